"""Harvest: the detailed time report as CSV. It knows hours and no times, unless timers kept them; rows alike are two
entries; `Invoiced?` tells what was billed there.
"""

from functools import partial

from clepsydra.domain.records import replace
from clepsydra.exchange.doors.parts import sheet
from clepsydra.exchange.doors.parts.sheet import Row, SheetLayout
from clepsydra.exchange.doors.parts.tabular import head_of, recognised
from clepsydra.exchange.doors.shape import Ask, Door, DoorKind, Found


def _person(found: Found, row: Row) -> Found:
    name = " ".join(filter(None, (row("first"), row("last"))))
    return replace(found, person=name)


_SHEET = SheetLayout(
    names={
        "date": ("date",),
        "begin": ("started at",),
        "end": ("ended at",),
        "hours": ("hours",),
        "client": ("client",),
        "project": ("project",),
        "task": ("task",),
        "note": ("notes",),
        "first": ("first name",),
        "last": ("last name",),
        "billable": ("billable?",),
        "billed": ("invoiced?",),
        "invoice": ("invoice id", "invoice number"),
        "amount": ("billable amount",),
        "currency": ("currency",),
    },
    required=("date", "hours"),
    adjust=_person,
)


def _sniff(name: str, head: bytes) -> int:
    return recognised(head_of(head), ("date", "client", "project", "task", "notes", "hours", "billable?"), 95)


DOOR = Door("harvest", DoorKind.SESSIONS, _sniff, partial(sheet.read, _SHEET), (Ask.DATES, Ask.ZONE, Ask.ME), "Harvest")
