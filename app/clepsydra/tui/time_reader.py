"""Begin, end and length as a form shows and reads them: texts that come back as the very instants they stand for."""

from datetime import time
from zoneinfo import ZoneInfo

from clepsydra.domain.civil import wall
from clepsydra.domain.records import dataclass
from clepsydra.language import formats, typed


@dataclass(frozen=True, slots=True)
class TimeReader:
    """What times are read against; `near` is an instant of the session's own day, for bare clock times."""

    now: int
    zone: ZoneInfo
    day_starts_at: time
    lang: str
    near: int | None = None

    def dated(self, instant: int) -> str:
        """An instant with its day; one that the clocks showed twice says which, seconds are left out where zero."""
        moment = wall(instant, self.zone)
        return f"{formats.date(moment.date(), self.lang, 'short')} {formats.clock(moment, bool(moment.second))}"

    def bare(self, instant: int) -> str:
        """A past instant: the bare clock time where that is read as this instant, else with its day."""
        moment = wall(instant, self.zone)
        text = formats.clock(moment, bool(moment.second))
        try:
            read = typed.parse_instant(text, self.now, self.zone, self.day_starts_at).instant
        except typed.NotUnderstood:
            read = None
        today = wall(self.now, self.zone).date()
        return text if read == instant and moment.date() == today else self.dated(instant)

    def after(self, begin: int, end: int) -> str:
        """An end: the bare clock time where that is read as this end, else with its day."""
        moment = wall(end, self.zone)
        bare = formats.clock(moment, bool(moment.second))
        try:
            return bare if self.end(bare, begin) == end else self.dated(end)
        except typed.NotUnderstood:
            return self.dated(end)

    def begin(self, text: str) -> int:
        """The instant typed as a begin: a bare clock time is of the session's own day. Raises `NotUnderstood`."""
        return typed.parse_instant(text, self.now, self.zone, self.day_starts_at, near=self.near).instant

    def end(self, text: str, begin: int) -> int:
        """The instant typed as an end: a bare clock time is the first after the start, +45m counts from there.

        Raises `NotUnderstood`, also for an end before its start.
        """
        return typed.parse_end(text, begin, self.now, self.zone, self.day_starts_at).instant


def length(seconds: int) -> str:
    """A length as `parse_duration` reads it to the second."""
    hours, rest = divmod(seconds, 3600)
    return formats.timer(seconds) if rest % 60 else f"{hours}h{rest // 60:02d}"
