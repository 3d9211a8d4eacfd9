"""Instants in files: RFC 3339 in, epoch seconds out, and a named doubt instead of a guess."""

import re
from datetime import datetime
from enum import Enum
from zoneinfo import ZoneInfo

from clepsydra.domain.civil import instants_of

# RFC 3339, with a blank for the T and without seconds also taken; the offset is looked at apart.
_FORM = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.(?P<fraction>\d+))?)?(?P<offset>Z|[+-]\d\d:\d\d)?",
    re.ASCII | re.IGNORECASE,
)

# 1970 up to the last day of 9998: inside it every zone can show the instant and the day after.
_FIRST, _END = 0, 253_370_678_400


class UnclearInstant(Enum):
    """Why a text names no single instant."""

    FORM = "form"
    OFFSET = "offset"
    MISSING = "missing"
    AMBIGUOUS = "ambiguous"


def instant_of(text: str, zone: ZoneInfo | None = None) -> int | UnclearInstant:
    """The epoch second a text names, a fraction rounded half up: the log holds whole seconds.

    Without an offset the text is a wall time of `zone`: it counts when the clocks there showed it exactly once.
    """
    form = _FORM.fullmatch(text)
    if not form:
        return UnclearInstant.FORM
    try:
        found = datetime.fromisoformat(text.upper()).replace(microsecond=0)
    except ValueError:
        return UnclearInstant.FORM
    if found.tzinfo is not None:
        instants: tuple[int, ...] = (int(found.timestamp()),)
    elif zone is None:
        return UnclearInstant.OFFSET
    elif 1970 <= found.year <= 9998:
        instants = instants_of(found, zone)
    else:
        return UnclearInstant.FORM
    if len(instants) != 1:
        return UnclearInstant.AMBIGUOUS if instants else UnclearInstant.MISSING
    whole = instants[0] + ((form["fraction"] or "0")[0] >= "5")
    return whole if _FIRST <= whole < _END else UnclearInstant.FORM


def has_fraction(text: str) -> bool:
    """Whether an instant is told more exactly than to the second."""
    return bool(re.search(r"[.,]\d*[1-9]", text))
