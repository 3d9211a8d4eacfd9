"""JSON of other programs: read whole, and asked for values of a kind without trusting any."""

import json
from collections.abc import Iterator
from typing import Any

from clepsydra.exchange.doors.shape import DoorSource
from clepsydra.exchange.problems import RowProblem, RowReason


def load(source: DoorSource) -> Any | RowProblem:
    """What the file holds, or why it is no JSON that can be read."""
    text = source.text
    if text is None:
        return RowProblem(1, RowReason.NOT_TEXT)
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        return RowProblem(error.lineno, RowReason.NOT_READABLE, "", error.msg)
    except (ValueError, RecursionError):
        return RowProblem(1, RowReason.NOT_READABLE, "", "JSON")


def text(thing: Any, *path: str) -> str:
    """The text at the end of a path of keys; empty where there is none."""
    found = at(thing, *path)
    return found.strip() if isinstance(found, str) else str(found) if isinstance(found, int) else ""


def at(thing: Any, *path: str) -> Any:
    """What stands at the end of a path of keys; None where it leads nowhere."""
    for key in path:
        thing = thing.get(key) if isinstance(thing, dict) else None
    return thing


def number(thing: Any, *path: str) -> float | int | None:
    """The number at the end of a path, unless it is none or beyond what a time can be."""
    found = at(thing, *path)
    if isinstance(found, bool) or not isinstance(found, int | float) or not -1e14 < found < 1e14:
        return None
    return found


def texts(thing: Any) -> tuple[str, ...]:
    """The texts of a list."""
    return tuple(each for each in thing if isinstance(each, str)) if isinstance(thing, list) else ()


def objects(thing: Any) -> Iterator[dict[str, Any]]:
    """The objects of a list, or of the values of an object."""
    each = thing.values() if isinstance(thing, dict) else thing if isinstance(thing, list) else ()
    return (one for one in each if isinstance(one, dict))
