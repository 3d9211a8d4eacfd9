"""What work of evenings, of weekends or in a hurry costs more: a statement does not bill it, its invoice adds it.

So a statement of 3 h at 90.00, half of them after 20:00 at +50 %, says 270.00, and 67.50 beside it. What is said here
is what the invoice will add, by the same reckoning; once one has the statement, it is what that froze. Overage of a fee
bears none, nor does what a cap takes off: of 3 h on a Saturday at 100.00 and +100 %, 50.00 of them taken off, 250.00.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from clepsydra.domain.civil import day_bounds, zone_named
from clepsydra.domain.interval import HOUR, Interval
from clepsydra.domain.money import exact_minor, half_up
from clepsydra.domain.session import Scope, Session
from clepsydra.domain.statement import Line, LineSort, Statement, StatementState
from clepsydra.domain.surcharges import Stretch, surcharged
from clepsydra.domain.terms import Client
from clepsydra.ledger.billing.preview import statement_alone
from clepsydra.ledger.billing.statements import show
from clepsydra.ledger.ledger import Ledger
from clepsydra.store import billed_groups, document_sums, documents, sessions, statements


class LineSurcharge(NamedTuple):
    """What a line costs more for a part of its billed seconds; `hourly` is the surcharge of an hour in minor units."""

    percent: Decimal
    seconds: int
    hourly: Fraction

    @property
    def minor(self) -> int:
        """What it comes to before tax."""
        return half_up(self.seconds * self.hourly / HOUR)


def by_line(ledger: Ledger, statement: Statement, client: Client) -> Iterator[list[LineSurcharge]]:
    """What each line of a statement costs more for when it was done, the highest percentage first."""
    if not client.surcharges or all(line.sort is not LineSort.TIME for line in statement.lines):
        yield from ([] for _ in statement.lines)
        return
    when = _when_done(ledger, statement)
    done = [when(line) if line.sort is LineSort.TIME else [] for line in statement.lines]
    for line, whole, left in zip(statement.lines, done, within_caps(statement.lines, done), strict=True):
        exact, billed = _seconds(whole), Fraction(0)
        if exact:
            billed = Fraction(line.figures.billed_seconds * _seconds(left), exact)
        hourly = exact_minor(line.hourly, statement.currency)
        shares = surcharged(left, billed, client.surcharges, client.zone)
        yield [LineSurcharge(percent, part, hourly * Fraction(percent) / 100) for percent, part in shares if part]


def of_statement(ledger: Ledger, statement: Statement) -> int:
    """The surcharges of a statement in minor units before tax: those of the live invoice that has it, else what one
    would add.

    Nothing where none will be: the client is invoiced elsewhere, or the statement is void or was paid by itself.
    """
    row = statements.by_number(ledger.db, statement.number) if statement.number else None
    holder = documents.holder(ledger.db, "statement", row.id) if row else None
    if holder:
        return document_sums.surcharge_of(ledger.db, holder, statement.number)
    client = ledger.catalogue.clients.get(statement.client)
    free = statement.state in (StatementState.PREVIEW, StatementState.ISSUED) and not statement.paid_minor
    if client is None or not _adds(client) or not free:
        return 0
    return sum(each.minor for line in by_line(ledger, statement, client) for each in line)


def of_open_work(ledger: Ledger, client: Client) -> int:
    """What an invoice of all of a client's finished open work would add; nothing is read where none can be."""
    return of_statement(ledger, statement_alone(ledger, client.slug)) if _adds(client) else 0


def of_free_statements(ledger: Ledger, client: Client) -> int:
    """What an invoice of all of a client's statements that are on none yet would add."""
    if not _adds(client):
        return 0
    numbers = documents.free_statements(ledger.db, client.slug, statements.OURS)
    return sum(of_statement(ledger, show(ledger, number)) for number in numbers)


def _adds(client: Client) -> bool:
    """Whether invoices to a client can have surcharges at all."""
    return bool(client.surcharges) and client.invoiced_here


def within_caps(lines: Sequence[Line], done: Sequence[Sequence[Stretch]]) -> Sequence[Sequence[Stretch]]:
    """What caps leave of the work of lines, given the stretches of each: the last ones that a cap names go first.

    What a raised cap gives back is an amount without hours, and leaves all.
    """
    caps = [line for line in lines if line.sort is LineSort.CAP and line.fee_minor < 0]
    if not caps:
        return done
    worth = {
        (n, place): part
        for n, (line, stretches) in enumerate(zip(lines, done, strict=True))
        if line.scope is not Scope.OUT
        for place, part in enumerate(_shares(line.figures.billed_minor, stretches))
    }
    left = dict(worth)
    for cap in caps:
        off = Fraction(-cap.fee_minor)
        for at in _latest(cap, lines, done, worth):
            taken = min(off, left[at])
            left[at] -= taken
            off -= taken
    return [
        [each.shortened(left[n, i] / worth[n, i]) if worth.get((n, i)) else each for i, each in enumerate(stretches)]
        for n, stretches in enumerate(done)
    ]


def _latest(
    cap: Line, lines: Sequence[Line], done: Sequence[Sequence[Stretch]], places: Iterable[tuple[int, int]]
) -> list[tuple[int, int]]:
    """The places of stretches, line by line, in the order in which a cap takes them off: what it names, the latest
    first; then, for the cents between groups and lines, what is nearest to that.
    """
    named = set(cap.sessions)
    projects = {line.project for line in lines if named.intersection(line.sessions)}

    def order(at: tuple[int, int]) -> tuple[object, ...]:
        each = done[at[0]][at[1]]
        return each.session in named, lines[at[0]].project in projects, each.begun, each.session, each.started_at

    return sorted(places, key=order, reverse=True)


def _shares(minor: int, stretches: Sequence[Stretch]) -> list[Fraction]:
    """An amount by the time of stretches; evenly where they have none, as with an agreed time for work of no length."""
    whole = _seconds(stretches)
    return [Fraction(minor * each.seconds, whole) if whole else Fraction(minor, len(stretches)) for each in stretches]


def _seconds(stretches: Iterable[Stretch]) -> int:
    return sum(each.seconds for each in stretches)


def _when_done(ledger: Ledger, statement: Statement) -> Callable[[Line], list[Stretch]]:
    """Tells when the work of a line was done: pieces of its billing groups, or its sessions while it is a preview."""
    row = statements.by_number(ledger.db, statement.number) if statement.number else None
    members = {each for line in statement.lines for each in line.sessions}
    known = {each: session for each in members if (session := sessions.by_id(ledger.db, each))}
    if row is None:
        return _by_sessions(statement, known)
    groups = defaultdict[str, list[Any]](list)
    """By the first of their sessions."""
    for group in billed_groups.groups_of(ledger.db, row.id):
        content = json.loads(group.body)
        if content["pieces"]:
            groups[content["pieces"][0][0]].append(content)

    def pieces(line: Line) -> Iterator[Stretch]:
        mine, days = set(line.sessions), range(line.first_day.toordinal(), line.last_day.toordinal() + 1)
        for content in (content for each in line.sessions for content in groups.get(each, ())):
            if content["project"] == line.project and mine.issuperset(piece[0] for piece in content["pieces"]):
                for ident, begin, end, day in content["pieces"]:
                    if ident in known and day in days:
                        yield _stretch(known[ident], begin, end)

    return lambda line: list(pieces(line))


def _by_sessions(statement: Statement, known: Mapping[str, Session]) -> Callable[[Line], list[Stretch]]:
    """The sessions of a line of a preview; of one that midnight cuts into several lines, what lies in its days."""
    lines = Counter(each for line in statement.lines if line.sort is LineSort.TIME for each in line.sessions)

    def sessions_(line: Line) -> Iterator[Stretch]:
        begin, end = (day_bounds(day, zone_named(statement.zone)) for day in (line.first_day, line.last_day))
        days = Interval(begin.started_at, end.ended_at)
        for session in (known[each] for each in line.sessions if each in known):
            span = session.span(session.started_at)
            if part := span.clip(days) if lines[session.id] > 1 else span:
                yield _stretch(session, part.started_at, part.ended_at)

    return lambda line: list(sessions_(line))


def _stretch(session: Session, begin: int, end: int) -> Stretch:
    return Stretch(begin, end, session.channel.value, session.note, session.id, session.started_at)
