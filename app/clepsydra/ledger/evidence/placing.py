"""Happenings with their place in the log: what is covered, another's or free, what it is worth, what became of it.

Placing goes through a list once, calls before exchanges and what was only planned last, each in the order of time; what
an earlier open one would take is no longer free for the next. So the open seconds of a list are a union, never a sum of
doubles.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import date

from clepsydra.domain.happenings import HappeningKind
from clepsydra.domain.interval import Interval
from clepsydra.domain.merging import Merged
from clepsydra.domain.money import price
from clepsydra.domain.placing import NOWHERE_PLACED, REACH, Placement, before, over
from clepsydra.domain.records import dataclass, field, replace
from clepsydra.domain.session import TOUCH_CHANNELS, Channel, Session
from clepsydra.ledger.evidence.model import AskedCause, Happened, HappenedState
from clepsydra.ledger.evidence.owning import Owner
from clepsydra.ledger.ledger import Ledger
from clepsydra.store import calls, day_closes, evidence, sessions
from clepsydra.store.calls import DecisionRow
from clepsydra.store.evidence import EvidenceDecisionRow

Told = tuple[Merged, Owner, tuple[str, ...]]
"""A happening, whose it is, and its marks."""

EXCHANGES = frozenset({HappeningKind.MAIL, HappeningKind.MESSAGE})
"""What happens at an instant and takes as long as a touch."""

ENDS = frozenset({HappeningKind.COMMIT})
"""What ends work whose beginning nobody knows."""

CHANNELS = {
    HappeningKind.CALL: Channel.CALL, HappeningKind.MAIL: Channel.MESSAGE, HappeningKind.MESSAGE: Channel.MESSAGE,
    HappeningKind.MEETING: Channel.MEETING, HappeningKind.COMMIT: Channel.WORK,
}  # fmt: skip


@dataclass(frozen=True)
class HeldTime:
    """Who holds which stretch: sessions of the log, and what earlier happenings of the list would take."""

    sessions: Sequence[Session]
    now: int
    reserved: list[tuple[str, bool, Interval]] = field(default_factory=list)

    def of(self, client: str, *, exchanges: bool) -> list[Interval]:
        """What a client's work holds; with its short exchanges or without."""
        return [span for mine, is_exchange, span in self._all() if mine == client and (exchanges or not is_exchange)]

    def of_others(self, client: str, *, exchanges: bool) -> list[Interval]:
        """What everybody else's work holds."""
        return [span for mine, is_exchange, span in self._all() if mine != client and (exchanges or not is_exchange)]

    def everything(self) -> list[Interval]:
        """What anybody holds."""
        return [span for _, _, span in self._all()]

    def _all(self) -> Iterable[tuple[str, bool, Interval]]:
        for session in self.sessions:
            if session.placed:
                yield session.client, session.channel in TOUCH_CHANNELS, session.span(self.now)
        yield from self.reserved


def held(ledger: Ledger, since: int, until: int) -> HeldTime:
    """Who holds the time of a stretch."""
    return HeldTime(sessions.within(ledger.db, since - REACH, until + 1), ledger.now)


def placed(ledger: Ledger, told: Sequence[Told]) -> list[Happened]:
    """Every happening with its place, its worth and what became of it, in the order they were given."""
    if not told:
        return []
    begins = [merged.best.began for merged, _, _ in told]
    ends = [merged.best.ended or merged.best.began for merged, _, _ in told]
    holds = held(ledger, min(begins), max(ends))
    decided = evidence.decisions(ledger.db, [mark for _, _, marks in told for mark in marks])
    by_call = calls.decisions(ledger.db)
    found: dict[int, Happened] = {}
    order = sorted(range(len(told)), key=lambda n: (_turn(told[n][0]), begins[n], n))
    for n in order:
        found[n] = _placed(ledger, told[n], holds, decided, by_call)
    return [found[n] for n in range(len(told))]


def _turn(merged: Merged) -> int:
    """Calls and meetings that were held, exchanges, and what a calendar planned: it was perhaps not held."""
    best = merged.best
    if best.kind is HappeningKind.MEETING and best.doubtful:
        return 2
    return int(best.kind in EXCHANGES)


def _placed(
    ledger: Ledger,
    told: Told,
    holds: HeldTime,
    decided: dict[str, EvidenceDecisionRow],
    by_call: dict[str, DecisionRow],
) -> Happened:
    merged, owner, marks = told
    item = Happened(_id_of(ledger, merged), merged, marks, owner, HappenedState.OPEN, NOWHERE_PLACED)
    verdict = _verdict(item, decided, by_call)
    place = owner.place or next(iter(owner.places), None)
    if place is None:
        return (
            _decided(ledger, item, verdict)
            if verdict
            else replace(item, state=_nobodys(item), asked=_asked(ledger, item))
        )
    seconds = length_of(ledger, item, place)
    placement = placement_of(item, place[0], seconds, holds)
    item = replace(item, placement=placement, suggested_seconds=seconds)
    if verdict:
        return _decided(ledger, item, verdict)
    client = ledger.client(place[0])
    worth = price(
        placement.open_seconds,
        client.rate(place[1], CHANNELS[item.kind], date.fromordinal(ledger.day_of(item.began, client))),
        client.currency,
    )
    nothing_left = bool(seconds or item.kind in ENDS) and bool(placement.covered) and not placement.open_seconds
    item = replace(
        item,
        state=HappenedState.COVERED if nothing_left else HappenedState.OPEN,
        minor=worth if seconds is not None else None,
        currency=client.currency,
    )
    if len(owner.places) == 1 and not placement.crowded and seconds:
        holds.reserved.extend((place[0], item.kind in EXCHANGES, span) for span in (*placement.free, *placement.other))
    return replace(item, asked=_asked(ledger, item))


def length_of(ledger: Ledger, item: Happened, place: tuple[str, str], seconds: int | None = None) -> int | None:
    """How long it is taken for: as typed, as it lasted, or as the client's exchanges usually do; None where nobody
    knows."""
    if seconds is not None:
        return seconds
    if item.kind in EXCHANGES:
        return ledger.client(place[0]).touches_of(place[1]).default
    return item.merged.best.seconds


def placement_of(item: Happened, client: str, seconds: int | None, holds: HeldTime) -> Placement:
    """Where its seconds lie when it is a client's."""
    if item.kind in ENDS:
        return _up_to(item.began, client, seconds, holds)
    if seconds is None:
        return NOWHERE_PLACED
    if item.kind in EXCHANGES:
        work, others = holds.of(client, exchanges=False), holds.of_others(client, exchanges=False)
        return before(item.began, seconds, work, others, holds.everything())
    span = Interval(item.began, item.began + seconds)
    return over(span, holds.of(client, exchanges=True), holds.of_others(client, exchanges=True))


def _up_to(instant: int, client: str, seconds: int | None, holds: HeldTime) -> Placement:
    """Work that ended at an instant: the seconds before it. Where nobody knows how many, nothing is free, and of the
    last second is said who holds it."""
    span = Interval(instant - (1 if seconds is None else seconds), instant)
    found = over(span, holds.of(client, exchanges=True), holds.of_others(client, exchanges=True))
    return replace(found, free=()) if seconds is None else found


def _id_of(ledger: Ledger, merged: Merged) -> str:
    """What people type: four letters of the day it began, and a short digest of who tells it best.

    It is shown and never written, so it may be without a key, and is the same before there is a log.
    """
    from _blake2 import blake2b  # as in store.ids

    best = merged.best
    told = f"{best.source} {best.key or best.row}".encode("utf-8", "surrogateescape")
    return day_letters(ledger, best.began) + blake2b(told, digest_size=4).hexdigest()


_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"


def day_letters(ledger: Ledger, instant: int) -> str:
    """The person's day of an instant in four letters."""
    n = ledger.own_day(instant).toordinal()
    return "".join(_LETTERS[n >> shift & 31] for shift in (15, 10, 5, 0))


def day_of_letters(given: str) -> date | None:
    """The day that an id begins with; None where it begins with none."""
    found = [_LETTERS.find(letter) for letter in given.strip().lower()[:4]]
    if len(found) < 4 or min(found) < 0:
        return None
    n = found[0] << 15 | found[1] << 10 | found[2] << 5 | found[3]
    return date.fromordinal(n) if 0 < n <= date.max.toordinal() else None


# -- what became of it


def _verdict(
    item: Happened, decided: dict[str, EvidenceDecisionRow], by_call: dict[str, DecisionRow]
) -> tuple[HappenedState, tuple[str, ...], str] | None:
    call = by_call.get(item.row) if item.row else None
    mine = next((decided[mark] for mark in item.marks if mark in decided), None)
    rule = mine.rule if mine else ""
    if call is not None:
        state = HappenedState.TAKEN if call.state == "assigned" else HappenedState.LEFT
        return state, tuple(json.loads(call.sessions)) if call.state == "assigned" else (), rule
    if mine is not None:
        return HappenedState(mine.verdict), tuple(json.loads(mine.sessions)), rule
    return None


def _decided(ledger: Ledger, item: Happened, verdict: tuple[HappenedState, tuple[str, ...], str]) -> Happened:
    state, made, rule = verdict
    session = sessions.by_id(ledger.db, made[0]) if made else None
    place = (session.client, session.project) if session else None
    return replace(item, state=state, sessions=made, rule=rule, taken_for=place)


def _nobodys(item: Happened) -> HappenedState:
    """A call noticed on this machine waits to be told whose it is; what only files tell is a stranger's."""
    return HappenedState.OPEN if item.row else HappenedState.STRANGER


def _asked(ledger: Ledger, item: Happened) -> tuple[AskedCause, ...]:
    """Everything that keeps it from being taken without a word."""
    best, owner = item.merged.best, item.owner
    causes = {
        AskedCause.TWO_CLIENTS: len(owner.places) > 1,
        AskedCause.SUGGESTED: not owner.sure and len(owner.places) <= 1,
        AskedCause.UNKNOWN_LENGTH: item.kind in (HappeningKind.CALL, *ENDS) and best.ended is None,
        AskedCause.MINUTE_GRAIN: item.kind is HappeningKind.CALL and best.grain > 1,
        AskedCause.DOUBTFUL: best.doubtful,
        AskedCause.OTHERS_TIME: bool(item.placement.other_seconds) and not item.placement.crowded,
        AskedCause.NO_ROOM: item.placement.crowded,
        AskedCause.CLOSED_DAY: day_closes.of(ledger.db, ledger.own_day(item.began).toordinal()) is not None,
        AskedCause.OLD: ledger.now - (item.ended or item.began) > ledger.settings.late_after,
    }
    return tuple(cause for cause, holds in causes.items() if holds)
