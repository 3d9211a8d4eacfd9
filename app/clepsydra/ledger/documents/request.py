"""What somebody asks of a document: which statements, lines and deposit, on which day, with which words."""

from datetime import date
from decimal import Decimal

from clepsydra.domain.document import DocumentKind
from clepsydra.domain.records import dataclass


@dataclass(frozen=True, slots=True)
class InvoiceRequest:
    """A document as it was asked for; nothing of it is reckoned yet.

    `statements` None takes every free one where no lines are typed; `work` states the open work and invoices it at
    once.
    `deduct` None deducts every open deposit. `deposit` is "30%", "500" before tax or "TTC:1000" with it. `proofs` says
    where the files are that lines name.
    """

    client: str
    kind: DocumentKind = DocumentKind.INVOICE
    statements: tuple[str, ...] | None = None
    lines: tuple[str, ...] = ()
    deposit: str = ""
    deduct: tuple[str, ...] | None = None
    work: bool = False
    first: date | None = None
    last: date | None = None
    on: date | None = None
    subject: str = ""
    order: str = ""
    note: str = ""
    own_rate: Decimal | None = None
    proofs: str = ""
    expenses: bool = True
