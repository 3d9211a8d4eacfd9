"""Clients that have gone quiet, and clients who earn less than an hour costs.

A client is dormant when nothing was logged, stated or said for longer than its usual rhythm: twice the usual pause
between its days of work, and never less than a floor of days that the person sets.
"""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise

from clepsydra.domain.records import dataclass
from clepsydra.domain.session import Channel
from clepsydra.domain.terms import Client
from clepsydra.ledger.insights.rates import RateRow, Rates
from clepsydra.ledger.ledger import Ledger
from clepsydra.store import sessions, statements

FLOOR_DAYS = 30
"""Without another wish, nobody is dormant before a month has gone by."""

RHYTHM_TIMES = 2
RECENT = 400
"""So many of the latest sessions tell a client's rhythm."""


@dataclass(frozen=True, slots=True)
class Dormant:
    """A quiet client: days since the last sign, its usual pause in days, and the last context there is."""

    client: Client
    last_day: date
    days: int
    usual_pause: int
    last_note: str
    last_call: date | None
    unbilled: bool


def dormant(ledger: Ledger, floor: int = FLOOR_DAYS) -> list[Dormant]:
    """Active clients quieter than their rhythm and the floor, the longest first; own work is nobody's."""
    rows = []
    today = ledger.today.toordinal()
    for client in ledger.catalogue.clients.values():
        latest = None if client.own or not client.active else sessions.latest_day(ledger.db, client.slug)
        if latest is None or today - latest <= floor:  # whoever was worked for lately needs no further reading
            continue
        found = sessions.page(ledger.db, sessions.Filter(client=client.slug), RECENT)
        days = sorted({s.day for s in found})
        last = max([days[-1], *statements.stated_from(ledger.db, client.slug, days[-1])])
        pause = usual_pause(days)
        if today - last > max(floor, RHYTHM_TIMES * pause):
            calls = [s.day for s in found if s.channel is Channel.CALL]
            rows.append(
                Dormant(
                    client=client,
                    last_day=date.fromordinal(last),
                    days=today - last,
                    usual_pause=pause,
                    last_note=next((s.note for s in found if s.note), ""),
                    last_call=date.fromordinal(max(calls)) if calls else None,
                    unbilled=any(s.statement is None and s.write_off is None for s in found),
                )
            )
    return sorted(rows, key=lambda row: -row.days)


def usual_pause(days: Sequence[int]) -> int:
    """The pause between days of work that nine out of ten of them keep to; 0 with fewer than two days."""
    pauses = sorted(after - before for before, after in pairwise(days))
    return pauses[(len(pauses) - 1) * 9 // 10] if pauses else 0


def unprofitable(report: Rates) -> list[tuple[RateRow, Fraction]]:
    """Clients with enough hours whose real rate is below the full cost of an hour, and what an hour lacks."""
    found = []
    for row in report.clients:
        margin = report.margin(row)
        if margin is not None and margin < 0 and row.earning.ranked:
            found.append((row, margin))
    return sorted(found, key=lambda each: each[1])
