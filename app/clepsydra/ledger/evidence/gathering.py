"""What happened in a stretch of time, from the log and from everywhere the person named, as one list.

Looking writes nothing. What is in the log already (calls noticed here, calls that came in a list) and what files tell
of the same is one happening; what was decided about it is read by its marks.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from clepsydra.calls.evidence import EvidenceKind
from clepsydra.domain.happenings import MINUTE_GRAIN, Happening, HappeningKind
from clepsydra.domain.interval import Interval
from clepsydra.domain.merging import Merged, merge
from clepsydra.domain.records import replace
from clepsydra.domain.session import Precision
from clepsydra.domain.terms import Client
from clepsydra.evidence.registry import look as look_everywhere
from clepsydra.evidence.registry import sources
from clepsydra.evidence.sources import HappeningsFound
from clepsydra.ledger.calls.suggesting import HEARD
from clepsydra.ledger.evidence.marks import marks
from clepsydra.ledger.evidence.model import Happened, WhatHappened
from clepsydra.ledger.evidence.owning import Owners
from clepsydra.ledger.evidence.placing import placed
from clepsydra.ledger.evidence.traces import traces
from clepsydra.ledger.ledger import Ledger
from clepsydra.settings.model import Settings
from clepsydra.store import calls, evidence
from clepsydra.store.calls import CallRow
from clepsydra.store.evidence import ListedCallRow

AROUND = 7200
"""Seconds around a stretch in which those who tell of it may lie: a call over its edge is one call."""


LINE, STREAMS = "live", "streams"
"""The sources that notice a call on this machine: the telephone line, and who holds the microphone."""


def look(settings: Settings, span: Interval) -> HappeningsFound:
    """What files and programs tell of a stretch of time; needs no ledger, so that a thread may do it."""
    return look_everywhere(settings, span, AROUND)


def look_for(settings: Settings, clients: Sequence[Client], span: Interval) -> HappeningsFound:
    """The same, with the commits and the planned meetings that clients' files and calendars tell."""
    told, beside = look(settings, span), traces(settings, clients, span)
    return HappeningsFound((*told.happenings, *beside.happenings), (*told.problems, *beside.problems))


def looks_anywhere(settings: Settings) -> bool:
    """Whether the person named anything to be read."""
    return any(each.reads(settings) for each in sources(settings))


WEEKS = 28
"""Days back, today with them, of which everything that waits is shown at once."""


def last_weeks(ledger: Ledger) -> Interval:
    """The last four weeks of the person's days, today with them."""
    return ledger.own_bounds(ledger.today - timedelta(days=WEEKS - 1), ledger.today)


def happened_on(ledger: Ledger, day: date, found: HappeningsFound | None = None) -> WhatHappened:
    """What happened on one of the person's days; see `happened`."""
    return happened(ledger, ledger.own_bounds(day), found)


def happened(ledger: Ledger, span: Interval, found: HappeningsFound | None = None) -> WhatHappened:
    """What began in a stretch of time; `found` is what `look` gave, which is asked where it is not given."""
    found = look_for(ledger.settings, list(ledger.catalogue.clients.values()), span) if found is None else found
    wide = Interval(span.started_at - AROUND, span.ended_at + AROUND)
    secrets = evidence.secrets(ledger.db)
    own = {id(each): marks(each, secrets) for each in found.happenings}
    known = evidence.known_marks(ledger.db, [one for each in own.values() for one in each])
    told = [with_row(each, own[id(each)], known) for each in found.happenings]
    owners = Owners(ledger)
    merged = [
        each
        for each in merge([*told, *stored(ledger, wide, told)])
        if span.started_at <= each.best.began < span.ended_at
    ]
    items = placed(ledger, [(each, owners.of(each), _marks_of(each, secrets)) for each in merged])
    return WhatHappened(tuple(items), found.problems)


def with_row(each: Happening, own: Sequence[str], known: dict[str, ListedCallRow]) -> Happening:
    """A call that came into the log from a list is that call."""
    row = next((known[mark] for mark in own if mark in known), None)
    return replace(each, row=row.call) if row else each


def _marks_of(merged: Merged, secrets: Sequence[bytes]) -> tuple[str, ...]:
    """The marks of everybody who tells it, the most exact first; a stored call is known by its row as well."""
    return tuple(one for each in merged.members if each.key for one in marks(each, secrets))


def stored(ledger: Ledger, span: Interval, told: Iterable[Happening]) -> list[Happening]:
    """The calls of the log, each told by those who told it then; not by those of `told`, who tell it again."""
    again = {(each.row, each.source) for each in told if each.row}
    decided = calls.decisions(ledger.db, "merged")
    rows = [
        row for row in calls.calls_between(ledger.db, span.started_at, span.ended_at)
        if row.id not in decided and (not row.folded or any(row.id == known for known, _ in again))
    ]  # fmt: skip
    listed: dict[str, list[ListedCallRow]] = {}
    for each in evidence.listed(ledger.db, [row.id for row in rows]):
        listed.setdefault(each.call, []).append(each)
    return [one for row in rows for one in _told_by(row, listed.get(row.id, ()), again)]


def noticed_by(row: CallRow) -> str:
    """The source that noticed a call of the log on this machine; empty where only lists told it."""
    kinds = set(json.loads(row.evidence))
    return LINE if EvidenceKind.LINE in kinds else STREAMS if kinds & HEARD else ""


def _told_by(row: CallRow, listed: Iterable[ListedCallRow], said: set[tuple[str, str]]) -> Iterable[Happening]:
    doubtful, noticed = bool(row.doubtful), noticed_by(row)
    if noticed or not listed:
        app = "" if noticed == LINE else row.program
        yield Happening(noticed or STREAMS, HappeningKind.CALL, row.started_at, row.ended_at, app=app,
                        doubtful=doubtful or row.rank != "certain", row=row.id)  # fmt: skip
    for each in listed:
        if (row.id, each.source) not in said:
            yield Happening(each.source, HappeningKind.CALL, each.started_at, each.ended_at, row=row.id,
                            grain=MINUTE_GRAIN if each.precision else 1, app=row.program, doubtful=doubtful,
                            rounded_up=each.precision == Precision.MINUTE_UP)  # fmt: skip


def find(items: Iterable[Happened], given: str) -> list[Happened]:
    """The happenings that an id, or its beginning, may mean."""
    wanted = given.strip().lower()
    exact = [each for each in items if each.id == wanted]
    return exact or [each for each in items if wanted and each.id.startswith(wanted)]
