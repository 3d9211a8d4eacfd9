"""What a weekday usually holds at an hour, from the weeks before: the most modest of suggestions."""

from collections import Counter
from datetime import datetime, timedelta
from functools import cached_property

from clepsydra.domain.civil import first_instant_from, wall
from clepsydra.domain.interval import Interval
from clepsydra.domain.session import TOUCH_CHANNELS, Session
from clepsydra.language.message import message
from clepsydra.ledger.day.answers import Because, DaySuggestion, absent, worked
from clepsydra.ledger.days import Day
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.timers import Work
from clepsydra.store import absences, sessions
from clepsydra.store.absences import AbsenceRow

WEEKS = 6
"""So many weeks are looked at."""

ENOUGH = 2
"""In so many of them, and in half of those with any work, it must have been the same."""

_Week = tuple[timedelta, list[Session], list[AbsenceRow]]


class Usual:
    """The same weekday of the weeks before a day."""

    def __init__(self, ledger: Ledger, day: Day) -> None:
        self._ledger, self._day = ledger, day

    @cached_property
    def _weeks(self) -> list[_Week]:
        """The weeks with any work on that weekday, and what there was."""
        found = []
        for week in range(1, WEEKS + 1):
            back = timedelta(weeks=week)
            bounds = self._ledger.own_bounds(self._day.day - back)
            some = sessions.within(self._ledger.db, bounds.started_at, bounds.ended_at)
            if some:
                away = absences.within(self._ledger.db, bounds.started_at, bounds.ended_at)
                found.append((back, some, away))
        return found

    def suggest(self, gap: Interval) -> DaySuggestion | None:
        """What filled at least half of the same hours in most weeks."""
        counts: Counter[tuple[str, str]] = Counter()
        latest: dict[tuple[str, str], Session] = {}
        for back, some, away in self._weeks:
            window = self._moved(gap, back)
            seconds: Counter[tuple[str, str]] = Counter()
            for session in some:
                part = session.span(self._ledger.now).clip(window)
                if part and session.channel not in TOUCH_CHANNELS:
                    place = (session.client, session.project)
                    seconds[place] += part.seconds
                    latest.setdefault(place, session)
            for row in away:
                part = row.span.clip(window)
                if part:
                    seconds["", row.reason] += part.seconds
            counts.update([place for place, length in seconds.most_common(1) if 2 * length >= window.seconds])
        if not counts:
            return None
        place, times = counts.most_common(1)[0]
        if times < ENOUGH or 2 * times < len(self._weeks):
            return None
        return self._said(gap, place, times, latest)

    def _said(
        self, gap: Interval, place: tuple[str, str], times: int, latest: dict[tuple[str, str], Session]
    ) -> DaySuggestion:
        client, name = place
        weeks = len(self._weeks)
        if not client:
            because = message("so on this weekday in {times} of {weeks} weeks", times=times, weeks=weeks)
            return DaySuggestion(absent(gap, name), Because.USUAL, because)
        known = self._ledger.catalogue.clients.get(client)
        because = message(
            "{client} at this time of this weekday in {times} of {weeks} weeks",
            client=(known.name if known else "") or client, times=times, weeks=weeks,
        )  # fmt: skip
        work = Work(client, name, channel=latest[place].channel)
        return DaySuggestion(worked(gap, work), Because.USUAL, because)

    def _moved(self, gap: Interval, back: timedelta) -> Interval:
        """The same wall times so many weeks before."""
        zone = self._ledger.settings.time_zone
        begin, end = (self._wall_before(at, back) for at in (gap.started_at, gap.ended_at))
        begins, ends = first_instant_from(begin, zone), first_instant_from(end, zone)
        return Interval(begins, max(begins + 1, ends))

    def _wall_before(self, instant: int, back: timedelta) -> datetime:
        return wall(instant, self._ledger.settings.time_zone).replace(tzinfo=None, fold=0) - back
