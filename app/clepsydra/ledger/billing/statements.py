"""Statements: preview, issue, void, pay. Lines and the state of their sessions change in one transaction."""

from datetime import date

from clepsydra.domain.civil import civil_day
from clepsydra.domain.statement import NO_WORDS, Statement, StatementState, StatementWords
from clepsydra.domain.statement_lines import shared
from clepsydra.domain.terms import Client
from clepsydra.language.message import Message, message
from clepsydra.language.plain import storable
from clepsydra.ledger import numbering
from clepsydra.ledger.agreements.contracts import counting
from clepsydra.ledger.agreements.proving import terms_of
from clepsydra.ledger.beside_log import Bytes, kept_or_dropped
from clepsydra.ledger.billing import agreed_time
from clepsydra.ledger.billing.ahead import StatementAhead, StatementRequest, made_ahead, stamped, taken
from clepsydra.ledger.billing.preview import CUT as CUT
from clepsydra.ledger.billing.preview import Preview
from clepsydra.ledger.billing.preview import preview as preview
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.ledger.statement_json import group_row, statement_body, statement_from_body
from clepsydra.store import documents, fees, sessions, statements
from clepsydra.store.ids import new_id
from clepsydra.store.statements import Head as Head
from clepsydra.store.statements import StatementRow


def issue(
    ledger: Ledger,
    client_slug: str,
    first_day: date | None = None,
    last_day: date | None = None,
    series: str | None = None,
    *,
    words: StatementWords = NO_WORDS,
    documents_at_once: bool = True,
) -> Statement:
    """Freeze, number and store the statement, and lock its sessions; raises `Refused` when there is nothing to bill.

    Numbers run without gaps within a series, without one that of the year of issue. The preview is taken again inside
    the transaction, so that what is stored is what the log holds at that very moment. Its documents are made with it,
    or else at their first export. `words` are what it says of its own.
    """
    ledger.client(client_slug)
    words = StatementWords(*(None if text is None else storable(text.strip()) for text in words))
    request = StatementRequest(client_slug, first_day, last_day, series, words, documents_at_once)
    early = ahead(ledger, request)
    with kept_or_dropped(ledger) as made:
        return issue_within(ledger, request, early, made)


def ahead(ledger: Ledger, request: StatementRequest) -> StatementAhead | None:
    """The statement that an issue would make now, with its documents; None where the issue will refuse, or makes them
    later.
    """
    if not request.at_once:
        return None
    client, ready = ledger.client(request.client), _preview(ledger, request)
    if not ready.statement.bills or ready.cut:
        return None
    today = numbering.issue_day(ledger)
    number = _next_number(ledger, _series(ledger, client, today, request.series))
    return made_ahead(ledger, stamped(ready.statement, client, number, ledger.now, today), _formats(client))


def issue_within(
    ledger: Ledger, request: StatementRequest, early: StatementAhead | None, made: list[Bytes]
) -> Statement:
    """Issue a statement, also inside a change that is open; who opened it keeps or drops what is `made`, and settles.

    Raises `Refused` when there is nothing to bill.
    """
    with ledger.change("issue the statement of {client}", client=request.client):
        ready = _preview(ledger, request)
        if not ready.statement.bills:
            raise Refused("{client} has nothing to bill in that period", client=ledger.name_of(request.client))
        for first, last in ready.cut:
            named = first.isoformat() if first == last else f"{first.isoformat()} – {last.isoformat()}"
            raise Refused(CUT, days=named)
        return _seal(ledger, request, ready, early, made)


def _preview(ledger: Ledger, request: StatementRequest) -> Preview:
    return preview(ledger, request.client, request.first, request.last, request.words)


def _formats(client: Client) -> tuple[str, ...]:
    return ("pdf", *client.statement.formats)


def _series(ledger: Ledger, client: Client, today: date, wanted: str | None) -> str:
    return numbering.series(ledger, str(today.year), wanted, f"clepsydra statement issue {client.slug} --series {{}}")


def _seal(
    ledger: Ledger, request: StatementRequest, ready: Preview, early: StatementAhead | None, made: list[Bytes]
) -> Statement:
    client, now, today = ledger.client(request.client), ledger.now, numbering.issue_day(ledger)
    series = _series(ledger, client, today, request.series)
    allotted = numbering.allot(ledger, series, today)
    id_ = new_id(now)
    issued = stamped(ready.statement, client, _number(series, allotted.n), now, today)
    papers = taken(ledger, issued, _formats(client) if request.at_once else (), early)
    issued = papers.statement
    assert issued.due_on is not None
    assert issued.issued_at is not None
    groups = [
        group_row(group, id_, n, part)
        for n, line in enumerate(ready.groups)
        for group, part in zip(line, shared(line), strict=True)
    ]
    made.append(papers.made)
    papers.made.stage()
    outside = {**papers.made.outside, **({"skipped": allotted.skipped} if allotted.skipped else {})}
    outside |= {"agreed": terms_of(client)} if counting(client) else {}
    row = StatementRow(
        id=id_, series=series, n=allotted.n, number=issued.number, client=client.slug,
        first_day=issued.first_day.toordinal(), last_day=issued.last_day.toordinal(), issued_at=issued.issued_at,
        due_on=issued.due_on.toordinal(), currency=issued.currency, net_minor=issued.net_minor,
        tax_minor=issued.tax_minor, body=statement_body(issued, groups, ready.claims, outside), state="issued",
        void_reason="", voided_at=None, paid_minor=0,
    )  # fmt: skip
    fees.record(ledger.db, id_, client.slug, client.currency, ready.claims)
    session_ids = sorted({s for line in issued.lines for s in line.sessions})
    statements.seal(ledger.db, row, groups, session_ids)
    return issued


def show(ledger: Ledger, number: str) -> Statement:
    """The statement of that number, as it was frozen; raises `Refused` when there is none."""
    return _thawed(row_of(ledger, number))


def listed(ledger: Ledger, client: str | None = None) -> list[Statement]:
    """All statements, or a client's, latest first."""
    return [_thawed(row) for row in statements.select(ledger.db, client)]


def page(ledger: Ledger, limit: int, offset: int = 0, client: str | None = None, *, named: bool = False) -> list[Head]:
    """Some of all statements or of a client's, latest first, without their lines; a limit below zero is none.

    `named` adds the name that the client had then.
    """
    return statements.heads(ledger.db, limit, offset, client, named=named)


def count(ledger: Ledger, client: str | None = None) -> int:
    """How many statements there are, of all or of a client, void ones included."""
    return statements.count(ledger.db, client)


def next_number(ledger: Ledger, client_slug: str) -> str:
    """The number that a statement of the client would get if it were issued now."""
    client = ledger.client(client_slug)
    return _next_number(ledger, _series(ledger, client, numbering.issue_day(ledger), None))


def _next_number(ledger: Ledger, series: str) -> str:
    return _number(series, numbering.next_number(ledger, series))


def _number(series: str, n: int) -> str:
    return f"{series}-{n:04d}"


def row_of(ledger: Ledger, number: str) -> StatementRow:
    """The row of the statement of that number; raises `Refused` when there is none."""
    row = statements.by_number(ledger.db, number)
    if row is None:
        raise Refused("there is no statement {number}; “clepsydra statement list” shows them", number=number)
    return row


def standing(row: StatementRow | Head) -> StatementState:
    """Where a stored statement stands; what was billed elsewhere was paid there."""
    if row.state == "void":
        return StatementState.VOID
    if row.elsewhere:
        return StatementState.PAID
    if not row.total_minor:
        return StatementState.NOTHING_DUE
    return StatementState.PAID if row.paid_minor >= row.total_minor else StatementState.ISSUED


def _thawed(row: StatementRow) -> Statement:
    return statement_from_body(row.body, state=standing(row), paid_minor=row.paid_minor, void_reason=row.void_reason)


def void(ledger: Ledger, number: str, reason: str) -> Statement:
    """Void a statement: it is kept with its number and reason, its sessions can be billed again.

    Raises `Refused` for one that is void, paid in part or on an invoice.
    """
    with ledger.change("void statement {number}", number=number):
        row = row_of(ledger, number)
        if row.state == "void":
            raise Refused("statement {number} is void already", number=number)
        refuse_invoiced(ledger, row)
        if row.paid_minor and not row.elsewhere:
            raise Refused("statement {number} has payments; undo them first", number=number)
        release(ledger, row.id, row.client, storable(reason))
    return show(ledger, number)


def release(ledger: Ledger, statement: str, client: str, reason: str) -> None:
    """Mark a statement void and release its sessions, within a change that does more."""
    mine = sessions.ends_on(ledger.db, statement).keys()
    statements.void(ledger.db, statement, reason, ledger.now)
    if client in ledger.catalogue.clients:  # without its file nothing can be told of days
        agreed_time.drop_outdated(ledger, ledger.client(client), statement, mine)


def invoice_of(ledger: Ledger, number: str) -> str | None:
    """The number of the live invoice that has a statement; None where none has."""
    row = statements.by_number(ledger.db, number)
    return documents.holder(ledger.db, "statement", row.id) if row else None


def refuse_invoiced(ledger: Ledger, row: StatementRow) -> None:
    """Raise `Refused` for a statement that an invoice holds: that is paid, or answered by a credit note."""
    holder = documents.holder(ledger.db, "statement", row.id)
    if holder:
        raise Refused("statement {number} is on invoice {document}: that is paid, or answered by a credit note",
                      number=row.number, document=holder)  # fmt: skip


def odd_issue(ledger: Ledger, statement: Statement) -> Message | None:
    """What is odd about a statement just issued: its period is not over."""
    today = civil_day(ledger.now, ledger.client(statement.client).zone)
    if statement.last_day <= today:
        return None
    return message("the period of {number} lies in the future: it ends on {day}",
                   number=statement.number, day=statement.last_day.isoformat())  # fmt: skip
