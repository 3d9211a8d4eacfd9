"""Drafts: documents that are being prepared. They have no number and claim nothing; each can be undone."""

import json
from datetime import date
from decimal import Decimal

from clepsydra.domain.document import DocumentKind
from clepsydra.domain.records import dataclass, replace
from clepsydra.language.plain import storable
from clepsydra.ledger.documents.drafting import terms_of
from clepsydra.ledger.documents.request import InvoiceRequest
from clepsydra.ledger.documents.typed import read_lines
from clepsydra.ledger.ledger import Ledger
from clepsydra.store import documents, drafts
from clepsydra.store.ids import new_id
from clepsydra.store.statements import OURS


@dataclass(frozen=True, slots=True)
class Prepared:
    """A draft as it is kept: what was asked so far, and when it was changed last."""

    id: str
    changed_at: int
    request: InvoiceRequest


def listed(ledger: Ledger) -> list[Prepared]:
    """All drafts, the one changed last first."""
    return [Prepared(id_, at, _request(body)) for id_, at, body in drafts.select(ledger.db)]


def begin(ledger: Ledger, client: str) -> Prepared:
    """The draft of a client, made where there is none: of its free statements, else of its open work."""
    for each in listed(ledger):
        if each.request.client == client:
            return each
    made = Prepared(new_id(ledger.now), ledger.now, wanted(ledger, client))
    with ledger.change("draft an invoice of {client}", client=client):
        drafts.put(ledger.db, made.id, client, ledger.now, _body(made.request))
    return made


def wanted(ledger: Ledger, client: str) -> InvoiceRequest:
    """What a draft of a client begins with: its free statements, else its open work."""
    free = tuple(documents.free_statements(ledger.db, client, OURS))
    return InvoiceRequest(client=client, statements=free, work=not free)


def change(ledger: Ledger, prepared: Prepared, request: InvoiceRequest) -> Prepared:
    """Keep a draft with what is asked now."""
    with ledger.change("change the draft of {client}", client=request.client):
        drafts.put(ledger.db, prepared.id, request.client, ledger.now, _body(request))
    return replace(prepared, request=request, changed_at=ledger.now)


def drop(ledger: Ledger, prepared: Prepared) -> None:
    """Throw a draft away; undo brings it back."""
    with ledger.change("drop the draft of {client}", client=prepared.request.client):
        drafts.remove(ledger.db, prepared.id)


def with_line(ledger: Ledger, prepared: Prepared, text: str, index: int | None = None) -> Prepared:
    """The draft with a typed line added, or put in the place of another; raises `Refused` for one that says nothing."""
    worth(ledger, prepared.request.client, text)
    lines = list(prepared.request.lines)
    if index is None:
        lines.append(storable(text.strip()))
    else:
        lines[index] = storable(text.strip())
    return change(ledger, prepared, replace(prepared.request, lines=tuple(lines)))


def without_line(ledger: Ledger, prepared: Prepared, index: int) -> Prepared:
    """The draft without one of its typed lines."""
    lines = [line for i, line in enumerate(prepared.request.lines) if i != index]
    return change(ledger, prepared, replace(prepared.request, lines=tuple(lines)))


def worth(ledger: Ledger, client: str, text: str) -> int | None:
    """What a typed line comes to, in minor units; None for a discount on the whole. Raises `Refused`."""
    terms = terms_of(ledger, client, None)
    found = read_lines([text], terms.taxing, ledger.settings.language, terms.tr)
    if found.lines:
        return found.lines[0].net_minor
    return found.least_minor or None


def _body(request: InvoiceRequest) -> str:
    return json.dumps(
        {
            "client": request.client, "kind": request.kind.value, "statements": request.statements,
            "lines": request.lines, "deposit": request.deposit, "deduct": request.deduct, "work": request.work,
            "subject": request.subject, "order": request.order, "note": request.note,
            "own_rate": str(request.own_rate) if request.own_rate else None,
            "on": request.on.isoformat() if request.on else None,
        },
        ensure_ascii=False,
    )  # fmt: skip


def _request(body: str) -> InvoiceRequest:
    content = json.loads(body)
    return InvoiceRequest(
        client=content["client"], kind=DocumentKind(content["kind"]), statements=_names(content["statements"]),
        lines=tuple(content["lines"]), deposit=content["deposit"], deduct=_names(content["deduct"]),
        work=content["work"], subject=content["subject"], order=content["order"], note=content["note"],
        own_rate=Decimal(content["own_rate"]) if content["own_rate"] else None,
        on=date.fromisoformat(content["on"]) if content["on"] else None,
    )  # fmt: skip


def _names(found: list[str] | None) -> tuple[str, ...] | None:
    return None if found is None else tuple(found)
