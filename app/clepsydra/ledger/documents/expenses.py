"""Expenses: money laid out for a client, with its proof kept by its hash, until an invoice passes it on."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from clepsydra.domain.document_lines import E4, DocumentLine, DocumentLineSort, Unit, taken_off
from clepsydra.domain.records import replace
from clepsydra.language.message import Message, message
from clepsydra.language.plain import storable
from clepsydra.ledger.documents.taxing import tax_key
from clepsydra.ledger.errors import Refused
from clepsydra.settings.home import write_private
from clepsydra.store import expenses, given_numbers, receipts
from clepsydra.store.archive import digest
from clepsydra.store.documents import ClaimRow
from clepsydra.store.expenses import ExpenseRow
from clepsydra.store.ids import new_id

if TYPE_CHECKING:
    from clepsydra.ledger.documents.drafting import DraftTerms
    from clepsydra.ledger.ledger import Ledger

LARGEST = 20_000_000
"""Bytes of the largest proof that is kept."""


def add(
    ledger: "Ledger",
    client: str,
    minor: int,
    text: str,
    *,
    on: date | None = None,
    tax: str = "",
    proof: Path | None = None,
    disbursement: bool = False,
    percent: Decimal = Decimal(0),
    bank_line: str = "",
) -> ExpenseRow:
    """Record an expense in minor units of the client's currency; its proof is copied. Raises `Refused`, OSError.

    `tax` is the key of the tax that its ticket says; `bank_line` the line of a bank by which it was paid.
    """
    found = ledger.client(client)
    if found.own:
        raise Refused("own expenses are not passed on")
    if not text.strip():
        raise Refused("say what the expense was")
    if minor <= 0:
        raise Refused("an expense lies above zero")
    if tax:
        tax = tax_key(ledger, tax)
    day = on or ledger.today
    sha, name = kept_proof(ledger, proof) if proof else ("", "")
    row = ExpenseRow(
        new_id(ledger.now), found.slug, day.toordinal(), minor, found.currency, storable(text.strip()), tax,
        int(disbursement), str(percent), sha, storable(name), bank_line,
    )  # fmt: skip
    with ledger.change("expense of {client}: {text}", client=client, text=row.text):
        expenses.add(ledger.db, row)
    return row


def remove(ledger: "Ledger", given: str) -> ExpenseRow:
    """Take an expense back that no document has; raises `Refused`."""
    row = named(ledger, given)
    if row.document:
        raise Refused("the expense is on {document}: answer that with a credit note", document=row.document)
    with ledger.change("expense removed: {text}", text=row.text):
        expenses.remove(ledger.db, row.id)
    return row


def named(ledger: "Ledger", given: str) -> ExpenseRow:
    """The expense of that id, or whose id begins or ends so; raises `Refused` where none or several do."""
    found = expenses.like(ledger.db, given) if len(given) >= 4 else []
    if len(found) != 1:
        raise Refused("no expense has the id “{given}”, or several have", given=given)
    return found[0]


def listed(ledger: "Ledger", client: str | None = None) -> list[ExpenseRow]:
    """All expenses, or a client's, oldest first."""
    return expenses.select(ledger.db, client)


def warnings(row: ExpenseRow) -> list[Message]:
    """What makes a disbursement doubtful."""
    if row.disbursement and not row.proof_sha:
        return [message("a disbursement wants its proof, in the client’s name and of that very amount")]
    return []


def to_pass_on(ledger: "Ledger", terms: "DraftTerms") -> tuple[list[DocumentLine], list[ClaimRow]]:
    """The lines of a client's expenses that are on no document, up to the day of issue, and their claims."""
    rows = [
        row
        for row in expenses.select(ledger.db, terms.client.slug, free=True)
        if row.currency == terms.client.currency and row.day <= terms.day.toordinal()
    ]
    return [line_of(row, terms) for row in rows], [ClaimRow("expense", row.id) for row in rows]


def line_of(row: ExpenseRow, terms: "DraftTerms") -> DocumentLine:
    """An expense as a line: at the rate of the main service whatever its ticket said, a disbursement at none."""
    source = f"expense:{row.id}"
    if row.disbursement:
        rule = terms.taxing.disbursement()
        return DocumentLine(DocumentLineSort.DISBURSEMENT, row.text, E4, Unit.PIECE, row.minor, rule, source=source)
    line = DocumentLine(
        DocumentLineSort.REBILLED, row.text, E4, Unit.PIECE, row.minor, terms.taxing.services(), source=source
    )
    return replace(line, charge_minor=taken_off(line, Decimal(row.percent)))


def kept_proof(ledger: "Ledger", proof: Path) -> tuple[str, str]:
    """Copy a proof into the home by its hash; answers the hash and its first name. Raises `Refused`, OSError."""
    if not proof.is_file():
        raise Refused("the proof {file} is not there", file=str(proof))
    if proof.stat().st_size > LARGEST:
        raise Refused("the proof {file} is too large: at most 20 MB", file=str(proof))
    content = proof.read_bytes()
    sha = digest(content)
    home = given_numbers.folder_of(ledger.db)
    if home is not None:
        path = proof_file(home, sha, proof.name)
        for folder in (path.parent.parent, path.parent):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            write_private(path, content)
    return sha, proof.name


def proof_file(home: Path, sha: str, name: str) -> Path:
    """Where a proof is kept: by its hash, with the ending of its first name."""
    ending = re.sub(r"[^a-z0-9.]", "", Path(name).suffix.lower())[:8]
    return home / "proofs" / sha[:2] / f"{sha}{ending}"


def broken_proofs(ledger: "Ledger") -> list[str]:
    """The proofs that are gone or were changed, by the text of their expense; certificates of withheld tax by the name
    of their file."""
    home = given_numbers.folder_of(ledger.db)
    if home is None:
        return []
    kept = [(row.text, row.proof_sha, row.proof_name) for row in expenses.select(ledger.db)]
    kept += [(each.detail, each.proof_sha, each.detail) for each in receipts.allocations(ledger.db)]
    return [text for text, sha, name in kept if sha and is_broken(proof_file(home, sha, name), sha)]


def is_broken(path: Path, sha: str) -> bool:
    """Whether a kept file is gone or is another one."""
    return not path.is_file() or digest(path.read_bytes()) != sha
