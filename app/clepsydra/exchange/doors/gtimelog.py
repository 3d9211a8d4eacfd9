"""gtimelog: each line is the end of what was done since the line before; the first of a day is the arrival.

`Client: project: note -- tags`; a text that ends in `**` is slack and in `***` no time at all. A day reaches to the
virtual midnight at 2:00.
"""

import re
from collections.abc import Iterator

from clepsydra.domain.session import Precision
from clepsydra.exchange.doors.parts.dates import ordinal
from clepsydra.exchange.doors.parts.walls import Wall, Walls, clock_of
from clepsydra.exchange.doors.shape import Answers, Ask, Door, DoorKind, DoorSource, Found, Item, LeftOut, ProblemCause
from clepsydra.exchange.problems import RowProblem, RowReason

_LINE = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d)(?: ?[+-]\d{4})?:(?: (.*)|)")
_VIRTUAL_MIDNIGHT = 2 * 3600


def _sniff(name: str, head: bytes) -> int:
    lines = head.decode("utf-8", "replace").splitlines()[:20]
    return 92 if sum(bool(_LINE.fullmatch(line.strip())) for line in lines) >= max(1, len(lines) // 3) else 0


def read(source: DoorSource, answers: Answers) -> Iterator[Item]:
    """What was done between the lines of each day."""
    content = source.text
    if content is None:
        yield RowProblem(1, RowReason.NOT_TEXT)
        return
    walls = Walls(answers.zone, answers.fold)
    last: Wall | None = None
    for line, row in enumerate(content.splitlines(), 1):
        form = _LINE.fullmatch(row.strip())
        if not form:
            if row.strip() and not row.startswith("#"):
                yield RowProblem(line, RowReason.NOT_READABLE, "", row)
            continue
        day, clock = ordinal(form[1], "ymd"), clock_of(form[2])
        if day is None or clock is None:
            yield RowProblem(line, RowReason.DATE, "", f"{form[1]} {form[2]}")
            continue
        here = Wall(day, clock[0], False)
        if last is not None and _virtual(last) == _virtual(here):
            yield _entry(line, last, here, form[3] or "", walls)
        last = here


def _virtual(wall: Wall) -> int:
    return (wall.day or 0) - (1 if wall.second < _VIRTUAL_MIDNIGHT else 0)


def _entry(line: int, begin: Wall, end: Wall, said: str, walls: Walls) -> Item:
    if said.rstrip().endswith("**"):
        return LeftOut(line, ProblemCause.ABSENCE, said)
    span = walls.span(line, begin, end, None)
    if isinstance(span, RowProblem):
        return span
    said, mark, tags = said.rpartition(" -- ") if " -- " in said else (said, "", "")
    client, project, note = _parts(said)
    return Found(
        line, *span, precision=Precision.MINUTE, client=client, project=project, note=note,
        tags=tuple(tags.split()) if mark else (),
    )  # fmt: skip


def _parts(said: str) -> tuple[str, str, str]:
    parts = [part.strip() for part in said.split(": ", 2)]
    if len(parts) == 3:
        return parts[0], parts[1], parts[2]
    return (parts[0], "", parts[1]) if len(parts) == 2 else ("", "", parts[0])


DOOR = Door("gtimelog", DoorKind.SESSIONS, _sniff, read, (Ask.ZONE, Ask.FOLD), "gtimelog")
