"""Super Productivity: its backup, which knows how long was worked on a task on each day, and no times.

A parent task there sums its subtasks, so the subtasks are taken, and of a parent only what is beyond them.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from clepsydra.domain.session import Precision
from clepsydra.exchange.doors.parts.amounts import LONGEST
from clepsydra.exchange.doors.parts.objects import at, load, number, objects, text, texts
from clepsydra.exchange.doors.shape import Answers, Ask, Door, DoorKind, DoorSource, Found, Item
from clepsydra.exchange.problems import RowProblem, RowReason

Tasks = Mapping[str, dict[str, Any]]


def _sniff(name: str, head: bytes) -> int:
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] != b"{":
        return 0
    marks = (b'"timeSpentOnDay"', b'"worklogExportSettings"', b'"advancedCfg"')
    return 92 if any(mark in head for mark in marks) or (b'"crossModelVersion"' in head and b'"project"' in head) else 0


def read(source: DoorSource, answers: Answers) -> Iterator[Item]:
    """The time of every task on every day."""
    held = load(source)
    if isinstance(held, RowProblem):
        yield held
        return
    data = at(held, "data") if isinstance(at(held, "data"), dict) else held
    tasks = _tasks(data)
    if not tasks:
        yield RowProblem(1, RowReason.NOT_THIS_FORM, "", "JSON", "Super Productivity: data.task")
        return
    below = _below(tasks)
    place = 0
    for key, task in tasks.items():
        days = at(task, "timeSpentOnDay")
        for day in days if isinstance(days, dict) else ():
            spent = number(days, day) or 0
            rest = spent - below[key, day]
            if rest > 0:
                place += 1
                yield _entry(place, key, task, day, rest, tasks, data)


def _tasks(data: Any) -> Tasks:
    found: dict[str, dict[str, Any]] = {}
    for root in ((), ("archiveYoung",), ("archiveOld",), ("taskArchive",)):
        for entities in (at(data, *root, "task", "entities"), at(data, *root, "entities")):
            for task in objects(entities):
                found.setdefault(text(task, "id"), task)
    return {key: task for key, task in found.items() if key}


def _below(tasks: Tasks) -> Mapping[tuple[str, str], float]:
    """What the subtasks of each parent have on each day, in milliseconds."""
    sums: dict[tuple[str, str], float] = defaultdict(float)
    for task in tasks.values():
        parent, days = text(task, "parentId"), at(task, "timeSpentOnDay")
        if parent and isinstance(days, dict):
            for day in days:
                sums[parent, day] += number(days, day) or 0
    return sums


def _entry(place: int, key: str, task: Any, day: str, spent: float, tasks: Tasks, data: Any) -> Item:
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return RowProblem(place, RowReason.DATE, "timeSpentOnDay", day)
    seconds = int(spent + 500) // 1000
    if seconds > LONGEST:
        return RowProblem(place, RowReason.DURATION, "timeSpentOnDay", str(spent))
    parent = tasks.get(text(task, "parentId"), {})
    project = text(task, "projectId") or text(parent, "projectId")
    tags = (text(data, "tag", "entities", tag, "title") or tag for tag in texts(at(task, "tagIds")) if tag != "TODAY")
    return Found(
        place, day=found, seconds=seconds, precision=Precision.DAY, key=f"{key}/{day}",
        client=text(data, "project", "entities", project, "title"),
        project=text(parent, "title"), note=text(task, "title"), tags=tuple(tags),
    )  # fmt: skip


DOOR = Door("superproductivity", DoorKind.SESSIONS, _sniff, read, (Ask.MAPPING,), "Super Productivity")
