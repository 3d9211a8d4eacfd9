"""Work that was billed elsewhere, on opening statements: series `elsewhere:<door>`, one for each client and number.

They lock their sessions as ours do, and are paid by definition; whoever adds up what is owed leaves them out. What was
billed is the file's amount, or nothing known: the time is exact, and exact is what was billed. A number that is taken,
as by a file that grew, goes on as `number/2`.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import count
from typing import TYPE_CHECKING

from clepsydra.domain.figures import Figures
from clepsydra.domain.money import minor_units
from clepsydra.domain.rounding import EXACT
from clepsydra.domain.session import OWN, Decision, Scope
from clepsydra.domain.statement import Line, LineSort, Statement, StatementState
from clepsydra.domain.terms import Client
from clepsydra.ledger.imports.plan import BilledBefore, PlannedEntry
from clepsydra.ledger.statement_json import statement_body
from clepsydra.store import imports, statements
from clepsydra.store.ids import id_of_content
from clepsydra.store.statements import StatementRow

if TYPE_CHECKING:
    from clepsydra.ledger.ledger import Ledger

SERIES = "elsewhere:"

Bill = tuple[str, str]
"""Client and number of what was billed."""


def bill_elsewhere(
    ledger: "Ledger", door: str, new: list[PlannedEntry], clients: Mapping[str, Client], before: BilledBefore
) -> int:
    """Put the new sessions that were billed elsewhere on opening statements; returns how many statements.

    Call it inside the change that adds them.
    """
    bills: dict[Bill, list[PlannedEntry]] = {}
    for entry in new:
        number = number_of(entry, door, before)
        if number:
            bills.setdefault((entry.session.client, number), []).append(entry)
    n, taken = imports.numbers_of_series(ledger.db, SERIES + door)
    for (client, number), entries in sorted(bills.items()):
        n += 1
        free = next(each for each in _numbers(number) if each not in taken)
        taken.add(free)
        row, held = _row(ledger, door, clients[client], free, n, entries)
        statements.seal(ledger.db, row, (), held)
    return len(bills)


def number_of(entry: PlannedEntry, door: str, before: BilledBefore) -> str:
    """The number under which an entry was billed, or an empty text: its invoice's, else door, client and month."""
    session, billed = entry.session, entry.found.billed_as
    day = date.fromordinal(session.day)
    by_date = entry.found.exact is None and before.holds(session.client, day)
    if session.client == OWN or session.write_off is not None or not (billed or by_date):
        return ""
    if session.scope is Scope.OUT and session.decision is not Decision.BILL:
        return ""
    if billed and billed != "yes":
        return billed
    return f"{door}-{session.client}-{day:%Y-%m}"


def _numbers(number: str) -> Iterator[str]:
    yield number
    for n in count(2):
        yield f"{number}/{n}"


def _row(
    ledger: "Ledger", door: str, client: Client, number: str, n: int, entries: list[PlannedEntry]
) -> tuple[StatementRow, list[str]]:
    """The statement of some entries and the sessions it holds; what it froze of them stands in its body."""
    by_project: dict[str, list[PlannedEntry]] = {}
    for entry in entries:
        by_project.setdefault(entry.session.project, []).append(entry)
    currency, amounts = _amounts(client, entries)
    lines = tuple(_line(client, project, own, amounts) for project, own in sorted(by_project.items()))
    totals = sum((line.figures for line in lines), Figures())
    first, last = min(line.first_day for line in lines), max(line.last_day for line in lines)
    statement = Statement(
        client=client.slug, client_name=client.name, client_address=client.address, currency=currency,
        language=client.language, zone=client.zone.key, first_day=first, last_day=last, lines=lines, totals=totals,
        tax=Decimal(0), tax_minor=0, state=StatementState.PAID, number=number, issued_at=ledger.now, due_on=last,
    )  # fmt: skip
    outside = {
        "elsewhere": door,
        "amount_unknown": not amounts,
        "pieces": [[e.session.id, e.session.started_at, e.session.ended_at, e.session.day] for e in entries],
    }
    row = StatementRow(
        id=id_of_content(ledger.now, f"{SERIES}{door}\n{number}\n{client.slug}"), series=SERIES + door, n=n,
        number=number, client=client.slug, first_day=first.toordinal(), last_day=last.toordinal(),
        issued_at=ledger.now, due_on=last.toordinal(), currency=currency, net_minor=totals.billed_minor, tax_minor=0,
        body=statement_body(statement, (), (), outside), state="issued", void_reason="", voided_at=None, paid_minor=0,
    )  # fmt: skip
    return row, [entry.session.id for entry in entries]


def _amounts(client: Client, entries: list[PlannedEntry]) -> tuple[str, dict[str, int]]:
    """The currency, and what was billed for each session in its minor units; none where the file does not say all."""
    named = {found[0] for e in entries if (found := re.search(r"\b[A-Z]{3}\b", e.found.currency))}
    currency = named.pop() if len(named) == 1 else client.currency
    if named or any(entry.found.billed_minor is None for entry in entries):
        return client.currency, {}
    whole = {e.session.id: minor_units(Decimal(e.found.billed_minor or 0) / 100, currency) for e in entries}
    return currency, whole


def _line(client: Client, project: str, entries: list[PlannedEntry], amounts: dict[str, int]) -> Line:
    days = [date.fromordinal(entry.session.day) for entry in entries]
    seconds = sum((e.session.ended_at or e.session.started_at) - e.session.started_at for e in entries)
    minor = sum(amounts.get(entry.session.id, 0) for entry in entries)
    named = client.project(project)
    return Line(
        sort=LineSort.TIME, project=project, project_name=named.name if named else project, channel=None, note="",
        first_day=min(days), last_day=max(days), scope=Scope.IN, decision=None, hourly=Decimal(0), rule=EXACT,
        agreed=False, sessions=tuple(entry.session.id for entry in entries),
        figures=Figures(exact_seconds=seconds, billed_seconds=seconds, exact_minor=minor, billed_minor=minor),
    )  # fmt: skip
