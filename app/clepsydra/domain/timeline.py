"""A civil day laid out: where the person was present, what explains the rest, and what nothing explains.

Presence is the union of the day's sessions, so parallel work counts once. The day's span runs from the first begin to
the last end, widened to the working hours where there are any; span = presence + explained + unexplained (law 2).
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from clepsydra.domain.civil import MIDNIGHT, first_instant_from
from clepsydra.domain.interval import Interval, subtract, total, union
from clepsydra.domain.records import dataclass

UNPLACED = "unplaced"
"""The reason of a stretch that stands for work of which only the hours are known."""


@dataclass(frozen=True, slots=True)
class Stay:
    """The stretch of one session, as the timeline needs it."""

    session: str
    span: Interval


@dataclass(frozen=True, slots=True)
class Absence:
    """An explained stretch that is not work, with its reason."""

    span: Interval
    reason: str


@dataclass(frozen=True, slots=True)
class Overlap:
    """The time two sessions share."""

    first: str
    second: str
    span: Interval


@dataclass(frozen=True, slots=True)
class DayTimeline:
    """One day; the three lists are sorted and disjoint and fill `span`, which is None on an empty day.

    An explained stretch that two absences share belongs to the one that began first.
    """

    span: Interval | None
    presence: tuple[Interval, ...]
    explained: tuple[Absence, ...]
    unexplained: tuple[Interval, ...]
    stays: tuple[Stay, ...] = ()

    @property
    def overlaps(self) -> tuple[Overlap, ...]:
        """Every pair of the day's sessions that share time; found when asked for, as a crowded day has many."""
        return tuple(overlaps(self.stays))

    @property
    def span_seconds(self) -> int:
        """From the first begin to the last end, widened to the working hours."""
        return self.span.seconds if self.span else 0

    @property
    def presence_seconds(self) -> int:
        """Time with at least one session."""
        return total(self.presence)

    @property
    def explained_seconds(self) -> int:
        """Time without a session, within an absence."""
        return total(absence.span for absence in self.explained)

    @property
    def unexplained_seconds(self) -> int:
        """Time with neither."""
        return total(self.unexplained)


def day_timeline(
    window: Interval,
    stays: Iterable[Stay],
    absences: Iterable[Absence] = (),
    working: Iterable[Interval] = (),
    unplaced: int = 0,
) -> DayTimeline:
    """Lay out what of the sessions, absences and working hours lies within `window`.

    `unplaced` are seconds of work whose times nobody knows: as much of the gaps is explained, from the first on.

    The window is the civil day (`civil.day_bounds`), cut at the present moment while the day still runs, so that hours
    to come are not missed yet.
    """
    kept = [Stay(stay.session, part) for stay in stays if (part := _inside(stay.span, window))]
    presence = union(stay.span for stay in kept)
    framed = [stay.span for stay in kept] + [part for hours in working if (part := hours.clip(window))]
    span = Interval(min(i.started_at for i in framed), max(i.ended_at for i in framed)) if framed else None
    gaps = subtract([span] if span else [], presence)
    explained: list[Absence] = []
    for absence in sorted(absences, key=lambda a: (a.span, a.reason)):
        parts = [part for gap in gaps if (part := gap.clip(absence.span))]
        explained += [Absence(part, absence.reason) for part in parts]
        gaps = subtract(gaps, parts)
    filled = list(_filled(gaps, unplaced))
    explained += [Absence(part, UNPLACED) for part in filled]
    gaps = subtract(gaps, filled)
    return DayTimeline(
        span=span,
        presence=tuple(presence),
        explained=tuple(sorted(explained, key=lambda a: a.span)),
        unexplained=tuple(gaps),
        stays=tuple(kept),
    )


def _filled(gaps: Iterable[Interval], seconds: int) -> Iterator[Interval]:
    """The first so many seconds of the gaps."""
    for gap in gaps:
        if seconds <= 0:
            return
        yield Interval(gap.started_at, min(gap.ended_at, gap.started_at + seconds))
        seconds -= gap.seconds


def _inside(span: Interval, window: Interval) -> Interval | None:
    """The part within the window; a session without length is kept, for it still begins and ends the day."""
    if span.seconds:
        return span.clip(window)
    return span if window.started_at <= span.started_at < window.ended_at else None


def overlaps(stays: Iterable[Stay]) -> list[Overlap]:
    """Every pair of sessions that share time, in order of the time they share."""
    found = []
    open_stays: list[Stay] = []
    for stay in sorted(stays, key=lambda s: (s.span, s.session)):
        open_stays = [other for other in open_stays if other.span.ended_at > stay.span.started_at]
        for other in open_stays:
            shared = other.span.clip(stay.span)
            if shared:
                found.append(Overlap(other.session, stay.session, shared))
        open_stays.append(stay)
    return sorted(found, key=lambda o: (o.span, o.first, o.second))


def working_intervals(
    hours: Sequence[tuple[time, time]], day: date, zone: ZoneInfo, starts_at: time = MIDNIGHT
) -> list[Interval]:
    """The working hours of a civil day as instants, from the wall times of their begins and ends.

    Hours that end no later than they begin reach into the next date, and hours before `starts_at` belong to the date
    after: that is how a night shift is written.
    """
    found = []
    for begin, end in hours:
        first = day if begin >= starts_at else day + timedelta(days=1)
        last = first if end > begin else first + timedelta(days=1)
        begins = first_instant_from(datetime.combine(first, begin), zone)
        ends = first_instant_from(datetime.combine(last, end), zone)
        if begins < ends:
            found.append(Interval(begins, ends))
    return found


def missed(gaps: Iterable[Interval], working: Sequence[Interval], longer_than: int) -> list[Interval]:
    """The parts of gaps that may have been work: inside the hours of work, so outside the pauses these declare, and
    longer than so many seconds. Pass the gaps' own bounds where no hours are set.
    """
    found = [part for gap in gaps for hours in union(working) if (part := gap.clip(hours))]
    return [part for part in found if part.seconds > longer_than]


def pauses(working: Iterable[Interval]) -> list[Interval]:
    """The breaks that the working hours themselves foresee, between one stretch of them and the next."""
    return [Interval(before.ended_at, after.started_at) for before, after in pairwise(union(working))]
