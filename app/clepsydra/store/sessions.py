"""Sessions in the log: rows to `Session` and back, and the questions asked of them."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import attrgetter

from clepsydra.domain.annotations import Any
from clepsydra.domain.session import Channel, Decision, Precision, Scope, Session, Source
from clepsydra.store.session_filter import EVERY as EVERY
from clepsydra.store.session_filter import Filter as Filter

COLUMNS = (
    "id", "client", "project", "channel", "started_at", "ended_at", "zone", "day", "scope", "decision", "note",
    "agreed_seconds", "write_off", "statement", "source", "logged_at", "doubtful_from", "request", "precision",
    "person", "device",
)  # fmt: skip
FIELDS = ", ".join(COLUMNS)
"""The columns of a session, as a query names them."""
_PLACES = ", ".join("?" * len(COLUMNS))


_CHANNELS = {each.value: each for each in Channel}
_SCOPES = {each.value: each for each in Scope}
_DECISIONS: dict[str | None, Decision | None] = {None: None} | {each.value: each for each in Decision}
_SOURCES = {each.value: each for each in Source}
_PRECISIONS: dict[str | None, Precision | None] = {None: None} | {each.value: each for each in Precision}


def from_row(row: Sequence[Any]) -> Session:
    """The session of a row of `FIELDS`."""
    # Looked up, because an enumeration that is called takes ten times as long and a log may hold a million sessions.
    (
        id_, client, project, channel, started_at, ended_at, zone, day, scope, decision, note, agreed_seconds,
        write_off, statement, source, logged_at, doubtful_from, request, precision, person, device,
    ) = row  # fmt: skip
    return Session(
        id_, client, project, _CHANNELS[channel], started_at, ended_at, zone, day, _SCOPES[scope], _DECISIONS[decision],
        note, agreed_seconds, write_off, statement, _SOURCES[source], logged_at, doubtful_from, request,
        _PRECISIONS[precision], person, device,
    )  # fmt: skip


_to_row: Callable[[Session], tuple[object, ...]] = attrgetter(*COLUMNS)


def add(connection: sqlite3.Connection, session: Session) -> None:
    """Write a new session."""
    connection.execute(f"INSERT INTO session ({FIELDS}) VALUES ({_PLACES})", _to_row(session))


def add_many(connection: sqlite3.Connection, sessions: Iterable[Session]) -> None:
    """Write many new sessions."""
    connection.executemany(f"INSERT INTO session ({FIELDS}) VALUES ({_PLACES})", map(_to_row, sessions))


def replace(connection: sqlite3.Connection, session: Session) -> None:
    """Write the fields of a session that is already there."""
    assignments = ", ".join(f"{column} = ?" for column in COLUMNS[1:])
    connection.execute(f"UPDATE session SET {assignments} WHERE id = ?", (*_to_row(session)[1:], session.id))


def remove(connection: sqlite3.Connection, session_id: str) -> None:
    """Delete a session; the journal keeps it. A call that was nothing else waits for a decision again."""
    from clepsydra.store import call_sessions

    call_sessions.let_go(connection, session_id)
    connection.execute("DELETE FROM session WHERE id = ?", (session_id,))


def running(connection: sqlite3.Connection) -> list[Session]:
    """The sessions that have not ended here, oldest first; what another device started is that one's to end."""
    # Named so that no statistics can ever turn this into a scan of the whole log.
    rows = connection.execute(
        f"SELECT {FIELDS} FROM session INDEXED BY session_open WHERE ended_at IS NULL AND device = '' "
        "ORDER BY started_at, id"
    )
    return [from_row(row) for row in rows]


def doubtful(connection: sqlite3.Connection) -> list[Session]:
    """The sessions whose end nobody has confirmed, oldest first."""
    rows = connection.execute(
        f"SELECT {FIELDS} FROM session INDEXED BY session_doubtful WHERE doubtful_from IS NOT NULL ORDER BY started_at"
    )
    return [from_row(row) for row in rows]


def by_id(connection: sqlite3.Connection, session_id: str) -> Session | None:
    """The session of exactly that id."""
    row = connection.execute(f"SELECT {FIELDS} FROM session WHERE id = ?", (session_id,)).fetchone()
    return from_row(row) if row else None


def any_agreed(connection: sqlite3.Connection, client: str) -> bool:
    """Whether any unbilled session of a client has an agreed time."""
    row = connection.execute(
        "SELECT 1 FROM session INDEXED BY session_unbilled WHERE client = ? AND statement IS NULL"
        " AND write_off IS NULL AND agreed_seconds IS NOT NULL LIMIT 1",
        (client,),
    ).fetchone()
    return row is not None


def others_agreed(connection: sqlite3.Connection, client: str, project: str, besides: str) -> bool:
    """Whether any unbilled session of a project but one has an agreed time."""
    row = connection.execute(
        "SELECT 1 FROM session INDEXED BY session_unbilled WHERE client = ? AND project = ? AND statement IS NULL"
        " AND write_off IS NULL AND agreed_seconds IS NOT NULL AND id <> ? LIMIT 1",
        (client, project, besides),
    ).fetchone()
    return row is not None


def agreed_on_statement(connection: sqlite3.Connection, client: str, project: str, day: int) -> bool:
    """Whether statements hold a session of a day, or of the one before, that has an agreed time."""
    row = connection.execute(
        "SELECT 1 FROM session INDEXED BY session_client_day WHERE client = ? AND day BETWEEN ? AND ? AND project = ?"
        " AND agreed_seconds IS NOT NULL AND statement IS NOT NULL LIMIT 1",
        (client, day - 1, day, project),
    ).fetchone()
    return row is not None


def ids_like(connection: sqlite3.Connection, part: str) -> list[str]:
    """Up to three ids that begin or end with `part`, in either case; people type the last characters."""
    pattern = part.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    rows = connection.execute(
        "SELECT id FROM session WHERE id LIKE ? ESCAPE '\\' OR id LIKE ? ESCAPE '\\' LIMIT 3",
        (pattern + "%", "%" + pattern),
    )
    return [row[0] for row in rows]


def billed_days(connection: sqlite3.Connection, client: str, first: int, last: int) -> list[int]:
    """The days (ordinals), of some, on which statements hold sessions of a client."""
    rows = connection.execute(
        "SELECT DISTINCT day FROM session INDEXED BY session_client_day "
        "WHERE client = ? AND day BETWEEN ? AND ? AND statement IS NOT NULL",
        (client, first, last),
    )
    return [row[0] for row in rows]


def select(connection: sqlite3.Connection, wanted: Filter = EVERY) -> Iterator[Session]:
    """The sessions a filter lets through, in order of time."""
    condition, values = wanted.where()
    sql = f"SELECT {FIELDS} FROM {wanted.source} WHERE {condition} ORDER BY started_at, id"
    cursor = connection.cursor()
    cursor.row_factory = None  # named rows take half as long again
    return map(from_row, cursor.execute(sql, values))


def within(connection: sqlite3.Connection, since: int, until: int) -> list[Session]:
    """The sessions that share time with `[since, until)`, and those of zero length in it, in order of time."""
    # Three index searches instead of a scan, none of which finds what another does: begun in the window or the day
    # before it, longer than a day, still open.
    cursor = connection.cursor()
    cursor.row_factory = None
    rows = cursor.execute(
        f"""
        SELECT {FIELDS} FROM session WHERE started_at >= ?1 - 86400 AND started_at < ?2
            AND (ended_at IS NULL OR ended_at > ?1 OR started_at >= ?1)
        UNION ALL SELECT {FIELDS} FROM session INDEXED BY session_long
            WHERE ended_at - started_at > 86400 AND started_at < ?1 - 86400 AND ended_at > ?1
        UNION ALL SELECT {FIELDS} FROM session INDEXED BY session_open
            WHERE ended_at IS NULL AND started_at < ?1 - 86400
        ORDER BY started_at, id
        """,
        (since, until),
    )
    return list(map(from_row, rows))


_PLACED = "(precision IS NULL OR precision LIKE 'minute%')"
"""Whether a session's begin and end are known."""


def spans(connection: sqlite3.Connection, since: int, until: int) -> list[tuple[int, int | None, str]]:
    """Begin, end and id of the sessions that share time with `[since, until)`, in order; hours without times do not."""
    return connection.execute(
        f"""
        SELECT started_at, ended_at, id FROM session WHERE started_at >= ?1 - 86400 AND started_at < ?2
            AND (ended_at IS NULL OR ended_at > ?1) AND {_PLACED}
        UNION ALL SELECT started_at, ended_at, id FROM session INDEXED BY session_long
            WHERE ended_at - started_at > 86400 AND started_at < ?1 - 86400 AND ended_at > ?1 AND {_PLACED}
        UNION ALL SELECT started_at, ended_at, id FROM session INDEXED BY session_open
            WHERE ended_at IS NULL AND started_at < ?1 - 86400
        ORDER BY started_at, id
        """,
        (since, until),
    ).fetchall()


def logged(connection: sqlite3.Connection, first_day: int, last_day: int) -> Iterator[tuple[int, int, int, str]]:
    """Begin, end, when it was written down, and source of the ended sessions of some civil days (ordinals, both
    included), in no order.
    """
    cursor = connection.cursor()
    cursor.row_factory = None
    return cursor.execute(
        "SELECT started_at, ended_at, logged_at, source FROM session "
        "WHERE day BETWEEN ? AND ? AND ended_at IS NOT NULL",
        (first_day, last_day),
    )


def ends_on(connection: sqlite3.Connection, statement: str) -> dict[str, tuple[int, int | None]]:
    """Begin and end of every session on a statement, by id."""
    rows = connection.execute("SELECT id, started_at, ended_at FROM session WHERE statement = ?", (statement,))
    return {row[0]: (row[1], row[2]) for row in rows}


def count(connection: sqlite3.Connection, wanted: Filter = EVERY) -> int:
    """How many sessions a filter lets through."""
    condition, values = wanted.where()
    return int(connection.execute(f"SELECT count(*) FROM {wanted.source} WHERE {condition}", values).fetchone()[0])


def finished_seconds(connection: sqlite3.Connection, client: str, first_day: int) -> int:
    """Exact seconds of a client's sessions since a civil day, without those that run."""
    row = connection.execute(
        "SELECT sum(ended_at - started_at) FROM session WHERE client = ? AND day >= ? AND ended_at IS NOT NULL",
        (client, first_day),
    ).fetchone()
    return int(row[0] or 0)


def seconds_by_scope(
    connection: sqlite3.Connection, client: str, first_day: int, last_day: int
) -> list[tuple[str, str, int]]:
    """Exact seconds of a client's finished work that is not written off, by project and scope."""
    rows = connection.execute(
        "SELECT project, scope, sum(ended_at - started_at) FROM session WHERE client = ? AND day BETWEEN ? AND ? "
        "AND ended_at IS NOT NULL AND doubtful_from IS NULL AND write_off IS NULL GROUP BY project, scope",
        (client, first_day, last_day),
    )
    return [(project, scope, int(seconds)) for project, scope, seconds in rows]


def page(
    connection: sqlite3.Connection, wanted: Filter, limit: int, before: tuple[int, str] | None = None
) -> list[Session]:
    """Up to `limit` sessions, newest first, that come before the place `(started_at, id)`: paging by key."""
    condition, values = wanted.where()
    if before is not None:
        condition += " AND (started_at, id) < (?, ?)"
        values += before
    sql = f"SELECT {FIELDS} FROM session WHERE {condition} ORDER BY started_at DESC, id DESC LIMIT ?"
    return [from_row(row) for row in connection.execute(sql, [*values, limit])]


def first_day(connection: sqlite3.Connection) -> int | None:
    """The ordinal of the first civil day with a session; None in an empty log."""
    found: int | None = connection.execute("SELECT min(day) FROM session").fetchone()[0]
    return found


def latest_day(connection: sqlite3.Connection, client: str) -> int | None:
    """The ordinal of the last civil day with a session of a client; None without one."""
    found: int | None = connection.execute("SELECT max(day) FROM session WHERE client = ?", (client,)).fetchone()[0]
    return found


def previous(connection: sqlite3.Connection, session: Session) -> Session | None:
    """The session of the same client, project and channel that began last before another."""
    same = Filter(client=session.client, project=session.project, channel=session.channel)
    found = page(connection, same, 1, before=(session.started_at, session.id))
    return found[0] if found else None


def following(connection: sqlite3.Connection, session: Session) -> Session | None:
    """The session of the same client, project and channel that began first after another."""
    row = connection.execute(
        f"SELECT {FIELDS} FROM session WHERE client = ? AND project = ? AND channel = ? AND (started_at, id) > (?, ?) "
        "ORDER BY started_at, id LIMIT 1",
        (session.client, session.project, session.channel, session.started_at, session.id),
    ).fetchone()
    return from_row(row) if row else None


def clients(connection: sqlite3.Connection) -> list[str]:
    """Every client the log names."""
    # Hops from one client to the next through the index instead of reading every row.
    rows = connection.execute(
        """
        WITH RECURSIVE hop (client) AS (
            SELECT min(client) FROM session
            UNION ALL
            SELECT (SELECT min(client) FROM session WHERE client > hop.client) FROM hop WHERE hop.client IS NOT NULL
        )
        SELECT client FROM hop WHERE client IS NOT NULL
        """
    )
    return [row[0] for row in rows]
