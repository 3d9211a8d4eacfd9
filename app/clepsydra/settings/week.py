"""Times of the week as people write them: `mon-fri = "9:00-12:30, 14:00-18:00"`."""

from datetime import time

from clepsydra.settings import times, values
from clepsydra.settings.model import Hours
from clepsydra.settings.problems import Expected, ProblemKind
from clepsydra.settings.toml_document import TomlTable, shown


def hours_of_week(table: TomlTable) -> Hours:
    """Times by weekday, from keys such as `mon-fri` and values such as "9:00-12:30, 14:00-18:00"."""
    hours: dict[int, tuple[tuple[time, time], ...]] = {}
    for key in table.values:
        days = times.weekdays(key)
        if not days or hours.keys() & set(days) or len(days) != len(set(days)):
            table.note(ProblemKind.WRONG, key, found=shown(key), expected=Expected.WEEKDAYS)
        found = table.take(key, ranges, ())
        hours |= dict.fromkeys(days, found)
    return hours


def ranges(raw: object) -> tuple[tuple[time, time], ...]:
    """Ascending times of one day; raises `Wrong` for anything else."""
    wrong = values.Wrong(values.Fault(Expected.TIME_RANGES, (), "", raw))
    if not isinstance(raw, str):
        raise wrong
    found: list[tuple[time, time]] = []
    for part in raw.split(",") if raw.strip() else ():
        first, _, last = (each.strip() for each in part.partition("-"))
        try:
            begin, end = times.time_of_day(first), times.time_of_day("0:00" if last == "24:00" else last)
        except values.Wrong:
            raise wrong from None
        after_last = not found or (found[-1][1] != time(0) and begin >= found[-1][1])
        if not after_last or (end != time(0) and begin >= end):
            raise wrong
        found.append((begin, end))
    return tuple(found)
