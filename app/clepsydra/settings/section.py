"""A table of the settings as the record of its name: each key is a field, read as the field's type says.

    title: bool = True                              true or false
    session_over: SecondsAboveZero = 6 * 3600       a length that is not nothing
    hours_per_day: Annotated[int, times.step] = 7 * 3600    by a reader of its own

So a setting is told in one place, and what is plain needs no reader.
"""

from collections.abc import Callable
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, TypeVar, get_args

from clepsydra.settings import times, values
from clepsydra.settings.toml_document import TomlTable

R = TypeVar("R")

Seconds = Annotated[int, times.duration]
"""A length in seconds, typed as people write lengths."""
SecondsAboveZero = Annotated[int, times.above_zero]
"""The same, and not nothing."""
Texts = Annotated[tuple[str, ...], values.list_of(values.filled)]
"""A list of texts, none of them empty."""

_READERS: dict[object, Callable[[object], object]] = {
    bool: values.yes_no,
    str: values.text,
    int: values.whole,
    Decimal: values.money,
}


def read_section(table: TomlTable, record: type[R], **known: object) -> R:
    """The record that a table tells; a wrong value is noted and stands at its default, as a missing one does.

    `known` are fields that were read already. A field that is a record itself is a table below. Raises `TypeError` for
    a field of no type that can be read.
    """
    usual = record()
    found = {name: known[name] if name in known else _read(table, name, declared, getattr(usual, name))
             for name, declared in record.__annotations__.items()}  # fmt: skip
    table.done()
    return record(**found)


def _read(table: TomlTable, key: str, declared: object, default: object) -> object:
    if hasattr(declared, "__dataclass_fields__"):
        return read_section(table.table(key), declared)  # type: ignore[arg-type]
    return table.take(key, _reader(declared), default)


def _reader(declared: object) -> Callable[[object], object]:
    for told in get_args(declared)[1:]:
        if callable(told):
            return told  # type: ignore[no-any-return]
    if isinstance(declared, type) and issubclass(declared, StrEnum):
        return values.one_of(declared)
    if declared in _READERS:
        return _READERS[declared]
    raise TypeError(f"no setting can be read as {declared}")
