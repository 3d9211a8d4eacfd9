"""What an import asks of the log: which ids it has, what another origin had in a stretch of time, by what it came."""

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from clepsydra.domain.session import Session
from clepsydra.store.sessions import FIELDS, from_row

_MANY = 500


def held(connection: sqlite3.Connection, ids: Iterable[str]) -> Iterator[Session]:
    """The sessions of these ids that there are."""
    wanted = iter(ids)
    while chunk := list(islice(wanted, _MANY)):
        places = ", ".join("?" * len(chunk))
        rows = connection.execute(f"SELECT {FIELDS} FROM session WHERE id IN ({places})", chunk)
        yield from map(from_row, rows)


def present(connection: sqlite3.Connection, ids: Iterable[str]) -> set[str]:
    """Those of the ids that the log has."""
    found: set[str] = set()
    wanted = iter(ids)
    while chunk := list(islice(wanted, _MANY)):
        places = ", ".join("?" * len(chunk))
        found.update(row[0] for row in connection.execute(f"SELECT id FROM session WHERE id IN ({places})", chunk))
    return found


def numbers_of_series(connection: sqlite3.Connection, series: str) -> tuple[int, set[str]]:
    """The last place of a series and every number that it has given."""
    rows = connection.execute("SELECT n, number FROM statement WHERE series = ? AND device = ''", (series,)).fetchall()
    return max((row[0] for row in rows), default=0), {row[1] for row in rows}


def ids_of_origin(connection: sqlite3.Connection, origin: str) -> Iterator[str]:
    """The ids of all that came in by a request that begins so, such as `import:toggl:`."""
    rows = connection.execute(
        "SELECT id FROM session WHERE source = 'import' AND substr(request, 1, ?) = ?", (len(origin), origin)
    )
    return (row[0] for row in rows)


class HeldSpan(NamedTuple):
    """A finished session beside which an entry is looked at; `request` says by what it came, `id` which it is."""

    started_at: int
    ended_at: int
    request: str
    id: str
    day: int
    client: str
    project: str


def spans_of_others(connection: sqlite3.Connection, since: int, until: int) -> list[HeldSpan]:
    """The finished sessions that begin in `[since, until)` or up to two days before, in order of time."""
    rows = connection.execute(
        "SELECT started_at, ended_at, request, id, day, client, project FROM session WHERE started_at >= ?"
        " AND started_at < ? AND ended_at IS NOT NULL ORDER BY started_at",
        (since - 172_800, until),
    )
    return list(map(HeldSpan._make, rows))
