"""LEDES 1998B: an invoice for legal work. Its fee lines are hours of a day, already billed under its number; expenses
and adjustments are no time.
"""

from collections.abc import Iterator
from datetime import date

from clepsydra.domain.session import Precision
from clepsydra.exchange.doors.parts import amounts
from clepsydra.exchange.doors.parts.dates import ordinal
from clepsydra.exchange.doors.shape import Answers, Door, DoorKind, DoorSource, Found, Item, LeftOut, ProblemCause
from clepsydra.exchange.problems import RowProblem, RowReason

HEADER = (
    "INVOICE_DATE|INVOICE_NUMBER|CLIENT_ID|LAW_FIRM_MATTER_ID|INVOICE_TOTAL|BILLING_START_DATE|BILLING_END_DATE|"
    "INVOICE_DESCRIPTION|LINE_ITEM_NUMBER|EXP/FEE/INV_ADJ_TYPE|LINE_ITEM_NUMBER_OF_UNITS|LINE_ITEM_ADJUSTMENT_AMOUNT|"
    "LINE_ITEM_TOTAL|LINE_ITEM_DATE|LINE_ITEM_TASK_CODE|LINE_ITEM_EXPENSE_CODE|LINE_ITEM_ACTIVITY_CODE|TIMEKEEPER_ID|"
    "LINE_ITEM_DESCRIPTION|LAW_FIRM_ID|LINE_ITEM_UNIT_COST|TIMEKEEPER_NAME|TIMEKEEPER_CLASSIFICATION|CLIENT_MATTER_ID"
)
"""The 24 fields of the format, in their order."""

_FIELDS = HEADER.split("|")


def _sniff(name: str, head: bytes) -> int:
    return 98 if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"LEDES1998B") else 0


def read(source: DoorSource, answers: Answers) -> Iterator[Item]:
    """The fee lines of the invoice."""
    content = source.text
    if content is None:
        yield RowProblem(1, RowReason.NOT_TEXT)
        return
    names: list[str] = []
    for line, row in enumerate(content.splitlines(), 1):
        row = row.strip()
        if line == 1 or not row:
            continue
        if not row.endswith("[]"):
            yield RowProblem(line, RowReason.NOT_READABLE, "", row)
            continue
        cells = [cell.strip() for cell in row[:-2].split("|")]
        if not names:
            names = [cell.upper() for cell in cells]
            if missing := [name for name in _FIELDS[:19] if name not in names]:
                yield RowProblem(line, RowReason.NO_COLUMN, missing[0], "", ",".join(names))
                return
        elif len(cells) != len(names):
            yield RowProblem(line, RowReason.CELLS, "", str(len(cells)), str(len(names)))
        else:
            yield _entry(line, dict(zip(names, cells, strict=True)))


def _entry(line: int, cells: dict[str, str]) -> Item:
    if cells["EXP/FEE/INV_ADJ_TYPE"] != "F":
        return LeftOut(line, ProblemCause.NOT_TIME, cells["LINE_ITEM_DESCRIPTION"])
    day = ordinal(cells["LINE_ITEM_DATE"], "ymd")
    if day is None:
        return RowProblem(line, RowReason.DATE, "LINE_ITEM_DATE", cells["LINE_ITEM_DATE"])
    seconds = amounts.hours(cells["LINE_ITEM_NUMBER_OF_UNITS"])
    if seconds is None or seconds > amounts.LONGEST:
        return RowProblem(line, RowReason.DURATION, "LINE_ITEM_NUMBER_OF_UNITS", cells["LINE_ITEM_NUMBER_OF_UNITS"])
    codes = (cells["LINE_ITEM_TASK_CODE"], cells["LINE_ITEM_ACTIVITY_CODE"])
    return Found(
        line, day=date.fromordinal(day), seconds=seconds, precision=Precision.HOURS,
        client=cells["CLIENT_ID"], project=cells["LAW_FIRM_MATTER_ID"], note=cells["LINE_ITEM_DESCRIPTION"],
        person=cells.get("TIMEKEEPER_ID", ""),
        tags=tuple(filter(None, codes)), billable=True, billed_as=cells["INVOICE_NUMBER"] or "yes",
        billed_minor=amounts.minor(cells["LINE_ITEM_TOTAL"]),
        key=f"{cells['INVOICE_NUMBER']}/{cells['LINE_ITEM_NUMBER']}",
    )  # fmt: skip


DOOR = Door("ledes", DoorKind.SESSIONS, _sniff, read, (), "LEDES 1998B")
