"""Toggl Track: the detailed report as CSV. Dates and clocks follow the person's profile there; its tags are joined by
commas and may hold some. The summary report has no times and is refused by its name.
"""

from collections.abc import Iterator

from clepsydra.exchange.doors.parts import sheet
from clepsydra.exchange.doors.parts.sheet import SheetLayout
from clepsydra.exchange.doors.parts.tabular import head_of, recognised
from clepsydra.exchange.doors.shape import Answers, Ask, Door, DoorKind, DoorSource, Item
from clepsydra.exchange.problems import RowProblem, RowReason

_SHEET = SheetLayout(
    names={
        "date": ("start date",),
        "begin": ("start time",),
        "end_date": ("end date", "stop date"),
        "end": ("end time", "stop time"),
        "duration": ("duration",),
        "client": ("client",),
        "project": ("project",),
        "task": ("task",),
        "note": ("description",),
        "tags": ("tags",),
        "person": ("user", "member"),
        "email": ("email",),
        "billable": ("billable",),
        "amount": ("amount*",),
    },
    required=("date", "begin", "duration"),
    project_for_client=True,
)


def _sniff(name: str, head: bytes) -> int:
    found = head_of(head)
    if recognised(found, ("duration (h)",)):
        return 0
    return recognised(found, ("start date", "start time", "duration", "description")) or _summary(found)


def _summary(head: tuple[str, ...]) -> int:
    return 60 if {"project", "client", "duration"} <= set(head) and "start date" not in head and len(head) < 7 else 0


def read(source: DoorSource, answers: Answers) -> Iterator[Item]:
    """The entries of a detailed report."""
    if _summary(head_of(source.head)):
        yield RowProblem(1, RowReason.NOT_THIS_FORM, "", "Toggl summary report", "Toggl detailed report")
        return
    yield from sheet.read(_SHEET, source, answers)


DOOR = Door("toggl", DoorKind.SESSIONS, _sniff, read, (Ask.DATES, Ask.ZONE, Ask.FOLD, Ask.ME), "Toggl Track")
