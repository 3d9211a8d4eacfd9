"""Watson: its file `frames`, in epoch seconds with lasting ids. What `watson log` prints shows wall times at the offset
of the day it was printed on, so that a summer's hour comes out wrong: it is refused.
"""

import re
from collections.abc import Iterator
from typing import Any

from clepsydra.exchange.doors.parts.objects import load, number, objects, texts
from clepsydra.exchange.doors.parts.tabular import head_of
from clepsydra.exchange.doors.parts.walls import half_up
from clepsydra.exchange.doors.shape import Answers, Ask, Door, DoorKind, DoorSource, Found, Item, LeftOut, ProblemCause
from clepsydra.exchange.problems import RowProblem, RowReason

_FRAME = re.compile(rb"\[\s*\[\s*\d+(?:\.\d+)?\s*,\s*\d+(?:\.\d+)?\s*,\s*\"")


def _sniff(name: str, head: bytes) -> int:
    if _FRAME.match(head.strip()):
        return 95
    if re.search(rb'"stop" ?: ?"\d{4}-\d\d-\d\dT', head) and b'"project"' in head:
        return 80
    if name in ("state", "frames") and head.strip()[:1] in (b"{", b"["):
        return 50
    return 85 if head_of(head) == ("id", "start", "stop", "project", "tags") else 0


def read(source: DoorSource, answers: Answers) -> Iterator[Item]:
    """The frames; a running one, which its file `state` holds, is left out."""
    if head_of(source.head) == ("id", "start", "stop", "project", "tags"):
        yield RowProblem(1, RowReason.NOT_THIS_FORM, "", "watson log", "frames")
        return
    held = load(source)
    if isinstance(held, RowProblem):
        yield held
    elif isinstance(held, dict):
        if number(held, "start") is not None:
            yield LeftOut(1, ProblemCause.RUNNING, str(held.get("project", ""))[:200])
    elif isinstance(held, list):
        if any("stop" in each for each in objects(held)):
            yield RowProblem(1, RowReason.NOT_THIS_FORM, "", "watson log", "frames")
            return
        for index, frame in enumerate(held, 1):
            yield _frame(index, frame)


def _frame(place: int, frame: Any) -> Item:
    """`[start, stop, project, id, [tags], updated]`."""
    if not isinstance(frame, list) or len(frame) < 4:
        return RowProblem(place, RowReason.NOT_READABLE, "", str(frame)[:80])
    times = {"start": frame[0], "stop": frame[1]}
    begin, end = number(times, "start"), number(times, "stop")
    if begin is None or end is None or begin < 0:
        return RowProblem(place, RowReason.INSTANT, "start", f"{frame[0]} {frame[1]}"[:80])
    if end < begin:
        return RowProblem(place, RowReason.ENDS_BEFORE, "stop", str(end), str(begin))
    project, key = (each if isinstance(each, str) else "" for each in frame[2:4])
    tags = texts(frame[4]) if len(frame) > 4 else ()
    return Found(place, half_up(begin), half_up(end), key=key, client=project, tags=tags,
                 rounded=bool(begin % 1 or end % 1))  # fmt: skip


DOOR = Door("watson", DoorKind.SESSIONS, _sniff, read, (Ask.MAPPING,), "Watson")
