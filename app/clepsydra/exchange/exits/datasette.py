"""Datasette's `metadata.json` for the log: what its views are, the units of their columns, and what to count by."""

import json
from collections.abc import Iterable
from typing import BinaryIO

from clepsydra.exchange.exits.shape import About, Exit, LogRow, What

_FACETS = ("client", "project", "channel", "state", "scope", "currency", "kind")
_ENDINGS = (("_seconds", "seconds"), ("_minor", "minor units of the currency"), ("hours", "hours"))
_SORT = ("started_at", "issued_at", "at", "day")


def write(rows: Iterable[LogRow], stream: BinaryIO, about: About) -> int:
    """The metadata of every readable view there is; the log itself is not read."""
    tables = {name: _table(columns) for name, columns in about.views}
    content = {
        "title": "Clepsydra",
        "description": "A log of working time: integers for machines in the tables, readable in the views.",
        "databases": {"clepsydra": {"tables": tables}},
    }
    stream.write((json.dumps(content, indent=2) + "\n").encode())
    return 0


def _table(columns: tuple[str, ...]) -> dict[str, object]:
    units = {name: unit for name in columns for ending, unit in _ENDINGS if name.endswith(ending)}
    found: dict[str, object] = {"facets": [name for name in _FACETS if name in columns]}
    if units:
        found["columns"] = {name: f"in {unit}" for name, unit in units.items()}
    sort = next((name for name in _SORT if name in columns), None)
    if sort is not None:
        found["sort_desc"] = sort
    return found


EXIT = Exit("datasette", ".json", write, "Datasette", What.METADATA)
