"""What the log knows of detected calls: each with what became of it, whose it may have been and what it is worth."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from clepsydra.calls.call import Rank
from clepsydra.domain.interval import Interval, subtract, total
from clepsydra.domain.money import price
from clepsydra.domain.records import dataclass, field, replace
from clepsydra.domain.session import Channel
from clepsydra.ledger.calls.model import CalendarHint, CallState, CallSuggestion, DetectedCall
from clepsydra.ledger.calls.suggesting import suggestion
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.store import calls, sessions
from clepsydra.store.calls import CallRow, DecisionRow
from clepsydra.store.database import data_version

JUST_ENDED = 180
"""Seconds after its end for which a call is still in front of the person, if the clock has not gone back."""


def listed(
    ledger: Ledger,
    since: int | None = None,
    until: int | None = None,
    *,
    everything: bool = False,
    calendar: Sequence[CalendarHint] = (),
) -> list[DetectedCall]:
    """The calls that wait for a decision, or all of them, that share time with `[since, until)`; oldest first.

    A merged call is told as part of the call it belongs to.
    """
    decided = calls.decisions(ledger.db, None if everything else CallState.MERGED)
    merged = _merged(decided)
    rows = calls.calls_between(ledger.db, since, until) if everything else calls.undecided_calls(ledger.db)
    found = []
    for row in rows:
        decision = decided.get(row.id)
        if row.folded or (decision and decision.state == CallState.MERGED):
            continue
        whole = _whole(ledger, row, merged.get(row.id, ()))
        if not everything and not _shares(whole, since, until):
            continue
        found.append(_seen(ledger, whole, decision, calendar))
    return found


def folded(ledger: Ledger, since: int | None = None, until: int | None = None) -> list[DetectedCall]:
    """The ended calls so short that nobody is asked about them, that share time with `[since, until)`."""
    decided = calls.decisions(ledger.db)
    rows = [row for row in calls.calls_between(ledger.db, since, until) if row.folded and row.ended_at is not None]
    return [_seen(ledger, row, None, ()) for row in rows if row.id not in decided]


def is_asked_about(ledger: Ledger, call_id: str) -> bool:
    """Whether a call is in the log, and not so short that nobody is asked about it."""
    row = calls.call_by_id(ledger.db, call_id)
    return row is not None and not row.folded


def inbox(ledger: Ledger, calendar: Sequence[CalendarHint] = ()) -> list[DetectedCall]:
    """The calls that wait for a decision, oldest first."""
    return listed(ledger, calendar=calendar)


def find(ledger: Ledger, given: str, calendar: Sequence[CalendarHint] = ()) -> DetectedCall:
    """The call of that id, or whose id begins or ends so; raises `Refused` when none or several do."""
    row = calls.call_by_id(ledger.db, given)
    found = [row] if row else calls.calls_like(ledger.db, given) if len(given) >= 4 else []
    if not found:
        raise Refused("no call has the id “{given}”; “clepsydra calls” lists them", given=given)
    if len(found) > 1:
        raise Refused("several calls have the id “{given}”; type more of it", given=given)
    decision = calls.decision_of(ledger.db, found[0].id)
    if decision and decision.state == CallState.MERGED:
        return find(ledger, json.loads(decision.sessions)[0], calendar)
    merged = _merged(calls.decisions(ledger.db, CallState.MERGED))
    whole = _whole(ledger, found[0], merged.get(found[0].id, ()))
    return _seen(ledger, whole, decision, calendar)


def last_note(ledger: Ledger, client: str) -> str:
    """What a client's work was about last; empty when nothing was said of it lately."""
    latest = sessions.page(ledger.db, sessions.Filter(client=client), 20)
    return next((session.note for session in latest if session.note), "")


def _merged(decided: Mapping[str, DecisionRow]) -> dict[str, list[str]]:
    """The parts of each call that others were merged into."""
    parts: dict[str, list[str]] = {}
    for decision in decided.values():
        if decision.state == CallState.MERGED:
            parts.setdefault(json.loads(decision.sessions)[0], []).append(decision.call)
    return parts


def _whole(ledger: Ledger, row: CallRow, parts: Sequence[str]) -> CallRow:
    """A call with what was merged into it: from the first begin to the last end."""
    rows = [row, *(part for each in parts if (part := calls.call_by_id(ledger.db, each)))]
    if len(rows) == 1:
        return row
    ends = [each.ended_at for each in rows]
    kinds = sorted({kind for each in rows for kind in json.loads(each.evidence)})
    return replace(
        row,
        started_at=min(each.started_at for each in rows),
        ended_at=None if None in ends else max(end for end in ends if end is not None),
        evidence=json.dumps(kinds),
        seams=json.dumps(sorted({seam for each in rows for seam in json.loads(each.seams)})),
        doubtful=row.doubtful & calls.BEGIN_DOUBTFUL | rows[-1].doubtful & calls.END_DOUBTFUL,
    )


def _shares(row: CallRow, since: int | None, until: int | None) -> bool:
    begins_in = until is None or row.started_at < until
    return begins_in and (since is None or row.ended_at is None or row.ended_at > since)


def _seen(ledger: Ledger, row: CallRow, decision: DecisionRow | None, calendar: Sequence[CalendarHint]) -> DetectedCall:
    state = CallState(decision.state) if decision else CallState.INBOX
    suggested = suggestion(ledger, row, calendar) if state is CallState.INBOX else None
    call = DetectedCall(
        row.id, row.program, row.program_name, row.started_at, row.ended_at, tuple(json.loads(row.evidence)),
        bool(row.doubtful & calls.BEGIN_DOUBTFUL), bool(row.doubtful & calls.END_DOUBTFUL), row.title, state,
        decision.client if decision else None, tuple(json.loads(decision.sessions)) if decision else (), suggested,
        None, "", Rank(row.rank), tuple(json.loads(row.seams)), folded=bool(row.folded),
    )  # fmt: skip
    if state is CallState.ASSIGNED:
        return replace(call, written_off=_written_off(ledger, call.sessions))
    if suggested is None:
        return call
    currency = ledger.client(suggested.client).currency
    return replace(call, minor=worth(ledger, suggested, call.started_at, call.seconds(ledger.now)), currency=currency)


def _written_off(ledger: Ledger, made: Sequence[str]) -> bool:
    """Whether all that is left of the sessions that were made of a call is written off."""
    left = [session for ident in made if (session := sessions.by_id(ledger.db, ident))]
    return bool(left) and all(session.write_off is not None for session in left)


def worth(ledger: Ledger, suggested: CallSuggestion, began: int, seconds: int) -> int:
    """Minor units that so many seconds of a call are worth at the suggested client's own rate for calls."""
    client = ledger.client(suggested.client)
    day = date.fromordinal(ledger.day_of(began, client))
    return price(seconds, client.rate(suggested.project, Channel.CALL, day), client.currency)


# -- what waits, live


@dataclass(frozen=True, slots=True)
class CallsWaiting:
    """What the calls that nobody has decided about come to: seconds that no session owns, and their value per currency
    at the suggested clients' rates.

    `unpriced` of the `count` calls have nobody suggested. `front` is the one to ask about now: under way or just ended.
    """

    count: int = 0
    seconds: int = 0
    minor: dict[str, int] = field(default_factory=dict)
    unpriced: int = 0
    front: DetectedCall | None = None


class Waiting:
    """Keeps the calls that wait; `refresh` when the log may have changed, `at` for every tick."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._version: tuple[int, int] | None = None
        self._calls: list[DetectedCall] = []
        self._free: list[list[Interval]] = []
        self._calendar: tuple[CalendarHint, ...] = ()

    def plan(self, calendar: tuple[CalendarHint, ...]) -> None:
        """Suggest by these entries of calendars from now on."""
        self._calendar = calendar
        self._calls = inbox(self._ledger, calendar)

    def refresh(self, *, terms_changed: bool = False) -> bool:
        """Read what waits; True when that, or what is known of it, is not the same as before."""
        version = data_version(self._ledger.db)
        if version == self._version and not terms_changed:
            return False
        before = self._calls, self._free
        self._version, self._calls = version, inbox(self._ledger, self._calendar)
        self._free = list(_unowned(self._ledger, self._calls))
        return before != (self._calls, self._free)

    def at(self, now: int) -> CallsWaiting:
        """What waits as of an instant; touches no file."""
        minor: dict[str, int] = {}
        seconds, unpriced = 0, 0
        for call, free in zip(self._calls, self._free, strict=True):
            span = call.span(now)
            mine = total(part for each in free if (part := each.clip(span)))
            seconds += mine
            if call.suggestion is None:
                unpriced += 1
            else:
                value = worth(self._ledger, call.suggestion, call.started_at, mine)
                minor[call.currency] = minor.get(call.currency, 0) + value
        return CallsWaiting(len(self._calls), seconds, minor, unpriced, self._front(now))

    def _front(self, now: int) -> DetectedCall | None:
        near = [call for call in self._calls if call.ended_at is None or 0 <= now - call.ended_at <= JUST_ENDED]
        front = max(
            near, key=lambda call: (call.rank is Rank.CERTAIN, call.ended_at is None, call.started_at), default=None
        )
        if front is None or front.suggestion is None:
            return front
        return replace(front, minor=worth(self._ledger, front.suggestion, front.started_at, front.seconds(now)))


_FOR_EVER = 1 << 40


def _unowned(ledger: Ledger, waiting: Sequence[DetectedCall]) -> Iterator[list[Interval]]:
    """The parts of each call that neither a session nor an earlier call owns; a call under way goes on for ever."""
    earlier: list[Interval] = []
    for call in waiting:
        whole = Interval(call.started_at, _FOR_EVER if call.ended_at is None else call.ended_at)
        owned = [
            Interval(s.started_at, _FOR_EVER if s.ended_at is None else s.ended_at)
            for s in sessions.within(ledger.db, whole.started_at, whole.ended_at)
        ]
        yield subtract([whole], [*owned, *earlier])
        earlier.append(whole)
