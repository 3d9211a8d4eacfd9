"""Clockify: the detailed report as CSV. Date and clock follow a setting there, seconds stand in some files and not in
others, and the client's column may be missing; a minute on the clock beside a duration to the second ends by the
duration.
"""

from functools import partial

from clepsydra.exchange.doors.parts import sheet
from clepsydra.exchange.doors.parts.sheet import Row, SheetLayout
from clepsydra.exchange.doors.parts.tabular import head_of, recognised
from clepsydra.exchange.doors.shape import Ask, Door, DoorKind, ProblemCause


def _break(row: Row) -> ProblemCause | None:
    return ProblemCause.ABSENCE if row("type").casefold() in ("break", "time off", "holiday") else None


_SHEET = SheetLayout(
    names={
        "date": ("start date",),
        "begin": ("start time",),
        "end_date": ("end date",),
        "end": ("end time",),
        "duration": ("duration (h)", "time (h)", "duration (decimal)", "time (decimal)"),
        "client": ("client",),
        "project": ("project",),
        "task": ("task", "activity"),
        "note": ("description",),
        "tags": ("tags",),
        "person": ("user",),
        "email": ("email",),
        "billable": ("billable",),
        "billed": ("invoiced",),
        "invoice": ("invoice id",),
        "amount": ("billable amount*", "amount*"),
        "created": ("date of creation",),
        "type": ("type",),
    },
    required=("date", "begin", "duration"),
    project_for_client=True,
    skip=_break,
)


def _sniff(name: str, head: bytes) -> int:
    found = head_of(head)
    return max(recognised(found, ("start date", "start time", each), 95) for each in ("duration (h)", "time (h)"))


DOOR = Door(
    "clockify",
    DoorKind.SESSIONS,
    _sniff,
    partial(sheet.read, _SHEET),
    (Ask.DATES, Ask.ZONE, Ask.FOLD, Ask.ME),
    "Clockify",
)
