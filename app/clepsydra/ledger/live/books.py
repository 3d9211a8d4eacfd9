"""What each client's finished work comes to, day by day, kept beside the log: nobody waits for a sum over years.

A book is right as of a row of the journal and under a client's terms. What changed since is summed again: only the days
that changed, where no billing group reaches over a day's end.
"""

import json
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import date

from clepsydra.domain.billing import FIGURE_NAMES, Figures
from clepsydra.domain.terms import Client
from clepsydra.ledger import parts, reports
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.parts import Part
from clepsydra.settings.fingerprint import fingerprint
from clepsydra.store import journal, sessions, tallies
from clepsydra.store.tallies import Kind, Tally

_FORM = "4"
"""Of the stored body; books of another form are made anew."""

_Row = list[int]
"""A day's unbilled work as stored: its figures, then the other numbers of a `Part`."""
_SESSIONS = len(FIGURE_NAMES)
"""The place in it of the number of sessions, the first behind the figures."""


@dataclass(frozen=True, slots=True)
class Book:
    """One client's sums: unbilled work and its oldest day, stretches of days by first.

    Days are ordinals; a stretch is exact seconds and figures as the report has them, by currency.
    """

    unbilled: Part = field(default_factory=Part)
    oldest: int | None = None
    stretches: dict[int, tuple[int, dict[str, Figures]]] = field(default_factory=dict)


def read(
    ledger: Ledger, firsts: list[date] | None = None, only: Set[str] | None = None
) -> tuple[dict[str, Book], list[Tally]]:
    """Every client's book (or those of `only`), and what to keep so that the next reading is quicker; only reads.

    With `firsts` each book holds the stretches that begin on those days.
    """
    reached = journal.latest_row(ledger.db)
    kept = tallies.all_tallies(ledger.db, Kind.WORK)
    wanted = {slug: c for slug, c in ledger.catalogue.clients.items() if only is None or slug in only}
    since = min((kept[slug].as_of for slug in wanted if slug in kept), default=reached)
    changes = journal.days_changed(ledger.db, since) if since < reached else []
    books, fresh = {}, []
    for slug, client in wanted.items():
        terms, tally = _FORM + fingerprint(client), kept.get(slug)
        known = tally if tally and tally.terms == terms and tally.as_of <= reached else None
        before = _from_body(known.body) if known else Book()
        changed = {day for row, name, day in changes if name == slug and row > known.as_of} if known else None
        book, days = before, None
        if changed is None or changed:
            book, days = _brought_up(ledger, client, changed)
        if firsts and book.stretches.keys() != {first.toordinal() for first in firsts}:
            days = _stored_days(ledger, slug) if days is None else days
            book = replace(book, stretches=_stretches(ledger, client, firsts, days))
        books[slug] = book
        if known is None or book is not before or reached - known.as_of > tallies.STALE_ROWS:
            text = tallies.days_of(ledger.db, Kind.WORK, slug) if days is None else tallies.compact(days)
            fresh.append(Tally(Kind.WORK, slug, reached, terms, _body(book), text))
    return books, fresh


def misleading(ledger: Ledger) -> set[str]:
    """The clients whose book, stretches and days included, is not what the log says."""
    found, fresh = read(ledger)
    days = {tally.client: tally.days for tally in fresh}
    wrong = set()
    for slug, book in found.items():
        client = ledger.client(slug)
        anew, rows = _brought_up(ledger, client, None)
        firsts = [date.fromordinal(first) for first in book.stretches]
        anew = replace(anew, stretches=_stretches(ledger, client, firsts, rows))
        kept = _days(days[slug]) if slug in days else _stored_days(ledger, slug)
        if (book, kept) != (anew, rows):
            wrong.add(slug)
    return wrong


def _brought_up(ledger: Ledger, client: Client, days: set[int] | None) -> tuple[Book, dict[int, _Row]]:
    """A book with some days summed again, or all where None; and its unbilled work by day."""
    some = days if days and parts.one_by_one(client, days) else None
    rows = {day: _row(part) for day, part in parts.unbilled_parts(ledger, client, some).items()}
    if some is not None:
        rows = {day: row for day, row in _stored_days(ledger, client.slug).items() if day not in some} | rows
    billable = (day for day, row in rows.items() if row[_SESSIONS])
    return Book(_whole(rows.values()), min(billable, default=None)), rows


def _stored_days(ledger: Ledger, slug: str) -> dict[int, _Row]:
    return _days(tallies.days_of(ledger.db, Kind.WORK, slug))


def _days(text: str) -> dict[int, _Row]:
    stored: dict[str, _Row] = json.loads(text)
    return {int(day): row for day, row in stored.items()}


def _row(part: Part) -> _Row:
    return [*_numbers(part.figures), part.sessions, part.pending_seconds, part.pending_minor, part.unsure_seconds]


def _part(row: _Row) -> Part:
    return Part(Figures(*row[:_SESSIONS]), *row[_SESSIONS:])


def _whole(rows: Iterable[_Row]) -> Part:
    sums = [sum(column) for column in zip(*rows, strict=True)]
    return _part(sums) if sums else Part()


def _stretches(
    ledger: Ledger, client: Client, firsts: list[date], days: Mapping[int, _Row]
) -> dict[int, tuple[int, dict[str, Figures]]]:
    stretches = {}
    for first in firsts:
        since = first.toordinal()
        seconds = sessions.finished_seconds(ledger.db, client.slug, since)
        sums = reports.both_figures(ledger, client, _unbilled_since(ledger, client, first, days), reports.Period(first))
        stretches[since] = seconds, {currency: each for currency, each in sums.items() if each != Figures()}
    return stretches


def _unbilled_since(ledger: Ledger, client: Client, first: date, days: Mapping[int, _Row]) -> Figures:
    """What is on no statement yet since a day; groups that reach over a day's end are cut there."""
    if parts.local(client):
        return _whole(row for day, row in days.items() if day >= first.toordinal()).figures
    found = sessions.select(ledger.db, reports.Period(first).filter(client.slug, unbilled=True))
    return reports.open_figures(ledger, client, (session for session in found if not session.running))


def _body(book: Book) -> str:
    return tallies.compact(
        {
            "unbilled": _row(book.unbilled),
            "oldest": book.oldest,
            "stretches": {
                first: [seconds, {currency: _numbers(each) for currency, each in figures.items()}]
                for first, (seconds, figures) in book.stretches.items()
            },
        }
    )


def _numbers(figures: Figures) -> list[int]:
    return [getattr(figures, name) for name in FIGURE_NAMES]


def _from_body(body: str) -> Book:
    content = json.loads(body)
    return Book(
        unbilled=_part(content["unbilled"]),
        oldest=content["oldest"],
        stretches={
            int(first): (seconds, {currency: Figures(*numbers) for currency, numbers in figures.items()})
            for first, (seconds, figures) in content["stretches"].items()
        },
    )
