"""ActivityWatch: the JSON of its buckets. What its stopwatch was told is work; what its watchers saw of windows and
presence is evidence and never a session. Begin and end are rounded half up to the second, each by itself.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from clepsydra.exchange.doors.parts.objects import at, load, number, objects, text
from clepsydra.exchange.doors.shape import Answers, Ask, Door, DoorKind, DoorSource, Found, Item, LeftOut, ProblemCause
from clepsydra.exchange.problems import RowProblem, RowReason

_MICRO = 1_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
STOPWATCH = "general.stopwatch"


def _sniff(name: str, head: bytes) -> int:
    return 95 if b'"buckets"' in head[:400] and b'"hostname"' in head else 0


def read(source: DoorSource, answers: Answers) -> Iterator[Item]:
    """The stopwatch's labels; every other bucket once, as what it is."""
    held = load(source)
    if isinstance(held, RowProblem):
        yield held
        return
    place = 0
    for bucket in objects(at(held, "buckets")):
        name, kind = text(bucket, "id"), text(bucket, "type")
        if kind != STOPWATCH:
            place += 1
            yield LeftOut(place, ProblemCause.WATCHED, name)
            continue
        for event in objects(at(bucket, "events")):
            place += 1
            yield _entry(place, name, event)


def _entry(place: int, bucket: str, event: dict[str, Any]) -> Item:
    stamp, length = text(event, "timestamp"), number(event, "duration")
    label = text(event, "data", "label")
    begin = _micro(stamp)
    if begin is None or length is None or length < 0:
        return RowProblem(place, RowReason.INSTANT, "timestamp", stamp)
    if at(event, "data", "running") is True:
        return LeftOut(place, ProblemCause.RUNNING, label)
    end = begin + round(length * _MICRO)
    return Found(place, _seconds(begin), _seconds(end), key=f"{bucket} {stamp}", note=label,
                 rounded=bool(begin % _MICRO or end % _MICRO))  # fmt: skip


def _micro(stamp: str) -> int | None:
    """The microsecond of an ISO time with an offset; half a second is exact there."""
    try:
        found = datetime.fromisoformat(stamp)
        if found.tzinfo is None:
            return None
        past = found.astimezone(UTC) - _EPOCH
    except (ValueError, OverflowError):
        return None
    micro = (past.days * 86400 + past.seconds) * _MICRO + past.microseconds
    return micro if micro >= 0 else None


def _seconds(micro: int) -> int:
    return (micro + _MICRO // 2) // _MICRO


DOOR = Door("activitywatch", DoorKind.SESSIONS, _sniff, read, (Ask.MAPPING,), "ActivityWatch")
