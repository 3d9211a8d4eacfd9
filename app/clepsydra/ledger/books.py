"""What each client's finished work comes to, day by day, kept beside the log: nobody waits for a sum over years.

A book is right as of a row of the journal and under a client's terms. What changed since is summed again: only the days
that changed, where no billing group reaches over a day's end.
"""

import json
import sqlite3
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date

from clepsydra.domain.billing import FIGURE_NAMES, Figures
from clepsydra.domain.terms import Client
from clepsydra.ledger import parts, reports
from clepsydra.ledger.contracts import agreements, used
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.parts import Part
from clepsydra.settings.fingerprint import fingerprint
from clepsydra.store import journal, sessions, tallies
from clepsydra.store.database import transaction

STALE_ROWS = 500
"""A book that is right but so many rows of the journal behind is dated anew, to keep the look back short."""

_FORM = "1"
"""Of the stored body; books of another form are made anew."""


@dataclass(frozen=True, slots=True)
class Book:
    """One client's sums: unbilled work by day, each agreement's use by day, and stretches of days by their first.

    Days are ordinals; a use is seconds and minor units, a stretch is exact seconds and figures as the report has them.
    """

    unbilled: dict[int, Part] = field(default_factory=dict)
    uses: tuple[dict[int, tuple[int, int]], ...] = ()
    stretches: dict[int, tuple[int, Figures]] = field(default_factory=dict)


def read(
    ledger: Ledger, firsts: list[date] | None = None, only: set[str] | None = None
) -> tuple[dict[str, Book], list[tallies.Tally]]:
    """Every client's book (or those of `only`), and what to `keep` so that the next reading is quicker; only reads.

    With `firsts` each book holds the stretches that begin on those days.
    """
    reached = journal.latest_row(ledger.db)
    kept = tallies.all_tallies(ledger.db)
    wanted = {slug: c for slug, c in ledger.catalogue.clients.items() if only is None or slug in only}
    since = min((kept[slug].as_of for slug in wanted if slug in kept), default=reached)
    changes = journal.days_changed(ledger.db, since) if since < reached else []
    books, fresh = {}, []
    for slug, client in wanted.items():
        terms, tally = _FORM + fingerprint(client), kept.get(slug)
        known = tally if tally and tally.terms == terms and tally.as_of <= reached else None
        before = _from_body(known.body) if known else Book()
        days = {day for row, name, day in changes if name == slug and row > known.as_of} if known else None
        book = _brought_up(ledger, client, before, days)
        if firsts:
            book = _with_stretches(ledger, client, book, firsts)
        books[slug] = book
        if known is None or book != before or reached - known.as_of > STALE_ROWS:
            fresh.append(tallies.Tally(slug, reached, terms, _body(book)))
    return books, fresh


def keep(ledger: Ledger, fresh: list[tallies.Tally]) -> None:
    """Remember books for the next reader, unless the log cannot be written just now: they can be summed again."""
    if fresh and not ledger.db.in_transaction:
        with suppress(sqlite3.OperationalError), transaction(ledger.db, wait=False):
            for tally in fresh:
                tallies.keep(ledger.db, tally)


def _brought_up(ledger: Ledger, client: Client, book: Book, days: set[int] | None) -> Book:
    """A book with some days summed again, or all where None."""
    if days is not None and not days:
        return book
    some = days if days and len(days) <= parts.MANY_DAYS and parts.local(client) else None
    unbilled = parts.unbilled_parts(ledger, client, some)
    uses = tuple(used(ledger, agreement, some) for agreement in agreements(client))
    if some is not None:
        unbilled = {day: part for day, part in book.unbilled.items() if day not in some} | unbilled
        uses = tuple(
            {day: use for day, use in before.items() if day not in some} | now
            for before, now in zip(book.uses, uses, strict=True)
        )
    return Book(unbilled, uses)


def _with_stretches(ledger: Ledger, client: Client, book: Book, firsts: list[date]) -> Book:
    if book.stretches.keys() == {first.toordinal() for first in firsts}:
        return book
    rows = sessions.select(ledger.db, reports.Period(min(firsts)).filter(client.slug))
    found = [session for session in rows if not session.running]
    stretches = {}
    for first in firsts:
        some = [s for s in found if s.day >= first.toordinal()]
        figures = reports.open_figures(ledger, client, some)
        figures += reports.frozen_figures(ledger, client, reports.Period(first))
        stretches[first.toordinal()] = sum(s.exact_seconds(ledger.now) for s in some), figures
    return replace(book, stretches=stretches)


def _body(book: Book) -> str:
    content = {
        "unbilled": {
            day: [*_numbers(p.figures), p.sessions, p.pending_seconds, p.pending_minor, p.unsure_seconds]
            for day, p in book.unbilled.items()
        },
        "uses": book.uses,
        "stretches": {first: [seconds, *_numbers(f)] for first, (seconds, f) in book.stretches.items()},
    }
    return json.dumps(content, separators=(",", ":"))


def _numbers(figures: Figures) -> list[int]:
    return [getattr(figures, name) for name in FIGURE_NAMES]


def _from_body(body: str) -> Book:
    content, n = json.loads(body), len(FIGURE_NAMES)
    return Book(
        unbilled={int(day): Part(Figures(*row[:n]), *row[n:]) for day, row in content["unbilled"].items()},
        uses=tuple({int(day): (s, m) for day, (s, m) in use.items()} for use in content["uses"]),
        stretches={int(first): (row[0], Figures(*row[1:])) for first, row in content["stretches"].items()},
    )
