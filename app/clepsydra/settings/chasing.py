"""`[chase]` of the settings and of a client's file: when and how who pays late is reminded.

Every parser returns the value or raises `Wrong` with what is allowed.
"""

import re
from datetime import date, datetime
from decimal import Decimal

from clepsydra.domain.chase_terms import LEAST_GAP, ChaseTerms
from clepsydra.settings import values
from clepsydra.settings.problems import Expected
from clepsydra.settings.toml_document import TomlTable
from clepsydra.settings.values import wrong

_MOST_DAYS = 365


def read_chase(root: TomlTable, default: ChaseTerms) -> ChaseTerms:
    """How a client is chased; what a file does not say is `default`. `chase = false` alone is taken too."""
    if isinstance(root.values.get("chase"), bool):
        return default._replace(chase=root.take("chase", values.yes_no, default.chase))
    table = root.table("chase")
    if not table.values:
        return default
    terms = ChaseTerms(
        chase=table.take("chase", values.yes_no, default.chase),
        levels=table.take("levels", levels, default.levels),
        courtesy=table.take("courtesy", courtesy, default.courtesy),
        gap=table.take("gap", gap, default.gap),
        fee=table.take("fee", fee, default.fee),
        rate=table.take("rate", formula, default.rate),
        floor=table.take("floor", formula, default.floor),
        holidays=tuple(table.take("holidays", values.list_of(holiday), default.holidays)),
    )
    table.done()
    return terms


def levels(raw: object) -> tuple[int, ...]:
    """Days after the due day of friendly, firm, charges and formal notice: ascending, four at most; none for none.

    Raises `Wrong` for anything else.
    """
    found = raw if isinstance(raw, list) else [raw]
    whole = all(isinstance(each, int) and not isinstance(each, bool) and 0 < each <= _MOST_DAYS for each in found)
    if not isinstance(raw, list) or not whole or len(found) > 4 or sorted(set(found)) != found:
        raise wrong(Expected.CHASE_LEVELS, raw)
    return tuple(found)


def courtesy(raw: object) -> int:
    """Days before the due day; true for five, false for no such letter. Raises `Wrong` for anything else."""
    if isinstance(raw, bool):
        return 5 if raw else 0
    return _days(raw, 0, 60, Expected.COURTESY)


def gap(raw: object) -> int:
    """Days between two letters to one client, five at least. Raises `Wrong` for anything else."""
    return _days(raw, LEAST_GAP, 60, Expected.CHASE_GAP)


def _days(raw: object, least: int, most: int, expected: Expected) -> int:
    match = re.fullmatch(r"([0-9]{1,3})(?: ?(?:days?|jours?|d|j))?", raw.strip()) if isinstance(raw, str) else None
    found = int(match[1]) if match else raw
    if isinstance(found, bool) or not isinstance(found, int) or not least <= found <= most:
        raise wrong(expected, raw)
    return found


def fee(raw: object) -> Decimal | None:
    """The fixed sum for a late document; an empty text leaves it to the country's law.

    Raises `Wrong` for anything else.
    """
    return None if raw == "" else values.money(raw)


def formula(raw: object) -> str:
    """A yearly rate in percent: "12.15", "ecb+10", "legal*3"; an empty text leaves it to the country's law.

    Raises `Wrong` for anything else.
    """
    from clepsydra.domain.interest import is_formula

    text = raw.strip().casefold().replace(",", ".") if isinstance(raw, str) else None
    if text is None or (text and not is_formula(text)):
        raise wrong(Expected.LATE_RATE, raw)
    return text


def holiday(raw: object) -> tuple[int, int, int]:
    """A day on which no letter is written: a date, or "12-25" for that day of every year.

    Raises `Wrong` for anything else.
    """
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw.year, raw.month, raw.day
    match = re.fullmatch(r"(?:([0-9]{4})-)?([0-9]{2})-([0-9]{2})", raw.strip()) if isinstance(raw, str) else None
    try:
        found = date(int(match[1] or 2000), int(match[2]), int(match[3])) if match else None  # 2000 has a 29 February
    except ValueError:
        found = None
    if match is None or found is None:
        raise wrong(Expected.HOLIDAY, raw)
    return int(match[1] or 0), found.month, found.day
