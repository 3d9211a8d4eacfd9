"""The office hours in which room mode may open the microphone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time, tzinfo

from clepsydra.calls.evidence import MILLISECONDS


def office_hours(hours: Mapping[int, tuple[tuple[time, time], ...]], zone: tzinfo) -> Callable[[int], bool] | None:
    """Whether an instant, milliseconds of UTC, lies in these times of the week (0 is Monday); None for
    always.

    An end of 00:00 is the end of that day; a stretch that ends before it begins goes on into the next day.
    """
    if not any(hours.values()):
        return None

    def within(instant: int) -> bool:
        local = datetime.fromtimestamp(instant / MILLISECONDS, UTC).astimezone(zone)
        today, now = local.weekday(), local.time()
        for begins, ends in hours.get(today, ()):
            if begins <= now and (now < ends or ends <= begins):
                return True
        overnight = hours.get((today - 1) % 7, ())
        return any(time(0) < ends < begins and now < ends for begins, ends in overnight)

    return within
