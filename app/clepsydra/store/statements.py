"""Statements in the log: numbered, sealed, voided, paid; never changed and never deleted."""

import sqlite3
from collections.abc import Iterable, Iterator

from clepsydra.domain.records import dataclass
from clepsydra.store.billed_groups import OURS as OURS
from clepsydra.store.billed_groups import GroupRow


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One stored statement; days are ordinals, instants UTC seconds, `body` the frozen statement as JSON."""

    id: str
    series: str
    n: int
    number: str
    client: str
    first_day: int
    last_day: int
    issued_at: int
    due_on: int
    currency: str
    net_minor: int
    tax_minor: int
    body: str
    state: str
    void_reason: str
    voided_at: int | None
    paid_minor: int

    @property
    def elsewhere(self) -> bool:
        """Whether another program issued it, whose work was brought in."""
        return self.series.startswith(ELSEWHERE)

    @property
    def total_minor(self) -> int:
        """What it asks, tax included."""
        return self.net_minor + self.tax_minor


@dataclass(frozen=True, slots=True)
class Head:
    """What a list of statements shows of one, without its lines; days are ordinals, amounts minor units.

    `client_name` is empty where it was not asked for.
    """

    number: str
    client: str
    first_day: int
    last_day: int
    due_on: int
    currency: str
    total_minor: int
    paid_minor: int
    state: str
    client_name: str = ""
    elsewhere: bool = False


ELSEWHERE = "elsewhere:"
PAID = f"""
    CASE WHEN {OURS} THEN (SELECT coalesce(sum(minor), 0) FROM allocation WHERE allocation.statement = statement.id)
    ELSE net_minor + tax_minor END
"""
"""What was paid of a statement; what was billed elsewhere is nobody's debt here."""

_ROW = f"""
    SELECT id, series, n, number, client, first_day, last_day, issued_at, due_on, currency, net_minor, tax_minor, body,
        state, void_reason, voided_at,
        {PAID} AS paid_minor
    FROM statement
"""


def seal(
    connection: sqlite3.Connection, row: StatementRow, groups: Iterable[GroupRow], session_ids: Iterable[str]
) -> None:
    """Write groups, claim the sessions, then the statement itself, after which none of it changes any more.

    Raises `sqlite3.IntegrityError` where a session is on another live statement.
    """
    connection.executemany(
        """
        INSERT INTO billed_group (id, statement, client, day, exact_seconds, rule_seconds, billed_seconds, exact_minor,
            rule_minor, billed_minor, currency, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [
            (f"{g.statement}-g{n:07d}", g.statement, g.client, g.day, g.exact_seconds, g.rule_seconds, g.billed_seconds,
             g.exact_minor, g.rule_minor, g.billed_minor, g.currency, g.body)
            for n, g in enumerate(groups, 1)
        ],
    )  # fmt: skip
    for session_id in session_ids:
        claimed = connection.execute(
            "UPDATE session SET statement = ? WHERE id = ? AND statement IS NULL", (row.id, session_id)
        )
        if claimed.rowcount != 1:
            raise sqlite3.IntegrityError("locked: the session is on an issued statement")
    connection.execute(
        """
        INSERT INTO statement (id, series, n, number, client, first_day, last_day, issued_at, due_on, currency,
            net_minor, tax_minor, body, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'issued')
        """,
        (row.id, row.series, row.n, row.number, row.client, row.first_day, row.last_day, row.issued_at, row.due_on,
         row.currency, row.net_minor, row.tax_minor, row.body),
    )  # fmt: skip


def void(connection: sqlite3.Connection, statement: str, reason: str, now: int) -> None:
    """Mark a statement void, then release its sessions."""
    connection.execute(
        "UPDATE statement SET state = 'void', void_reason = ?, voided_at = ? WHERE id = ?", (reason, now, statement)
    )
    connection.execute("UPDATE session SET statement = NULL WHERE statement = ?", (statement,))


def issued_after(connection: sqlite3.Connection, statement: str, other: str) -> bool:
    """Whether a statement was issued after another, both by their ids; within a second the log's own order counts."""
    row = connection.execute(
        "SELECT 1 FROM statement AS one, statement AS other WHERE one.id = ? AND other.id = ? "
        "AND (one.issued_at, one.rowid) > (other.issued_at, other.rowid)",
        (statement, other),
    ).fetchone()
    return row is not None


def by_number(connection: sqlite3.Connection, number: str) -> StatementRow | None:
    """The statement of that number: of ours rather than one from elsewhere, of this device rather than another."""
    row = connection.execute(f"{_ROW} WHERE number = ? ORDER BY {OURS} DESC, device LIMIT 1", (number,)).fetchone()
    return StatementRow(*row) if row else None


def numbers(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, str]:
    """The numbers of statements, by their ids in the log."""
    wanted = sorted(set(ids))
    places = ", ".join("?" * len(wanted))
    rows = connection.execute(f"SELECT id, number FROM statement WHERE id IN ({places})", wanted)
    return {row[0]: row[1] for row in rows}


def elsewhere(connection: sqlite3.Connection, client: str) -> set[str]:
    """The ids of a client's statements that another program issued."""
    # By the names of their series, or every statement of the client would be read.
    rows = connection.execute(
        "SELECT id FROM statement INDEXED BY statement_series "
        "WHERE series >= 'elsewhere:' AND series < 'elsewhere;' AND client = ?",
        (client,),
    )
    return {row[0] for row in rows}


def select(connection: sqlite3.Connection, client: str | None = None, first_day: int = 0) -> list[StatementRow]:
    """All statements, or a client's, that reach to a day or beyond; latest first."""
    condition, values = "WHERE last_day >= ?", list[object]([first_day])
    if client is not None:
        # Named with both its states, since this index knows the last days of a client's statements.
        condition = f"INDEXED BY statement_sums {condition} AND client = ? AND state IN ('issued', 'void')"
        values = [*values, client]
    return [
        StatementRow(*row)
        for row in connection.execute(f"{_ROW} {condition} ORDER BY issued_at DESC, series DESC, n DESC", values)
    ]


def agreed_by(connection: sqlite3.Connection, client: str) -> list[str]:
    """What a client's live statements keep of agreements, each as JSON; nothing else of their bodies is read."""
    rows = connection.execute(
        "SELECT json_extract(body, '$.agreed') AS agreed FROM statement "
        "WHERE client = ? AND state = 'issued' AND agreed IS NOT NULL ORDER BY issued_at DESC, series DESC, n DESC",
        (client,),
    )
    return [row[0] for row in rows]


def stated_from(connection: sqlite3.Connection, client: str, day: int) -> list[int]:
    """The last days, from one day on, of a client's live statements."""
    rows = connection.execute(
        "SELECT last_day FROM statement INDEXED BY statement_sums "
        "WHERE client = ? AND state = 'issued' AND last_day >= ?",
        (client, day),
    )
    return [row[0] for row in rows]


def heads(
    connection: sqlite3.Connection, limit: int, offset: int = 0, client: str | None = None, *, named: bool = False
) -> list[Head]:
    """A page of all statements or of a client's, latest first, without their lines; a limit below zero is none.

    `named` adds the name that the client had then, for which each statement is read whole.
    """
    condition, values = ("client = ?", (client,)) if client is not None else ("1", ())
    name = "json_extract(body, '$.client_name')" if named else "''"
    rows = connection.execute(
        f"""
        SELECT number, client, first_day, last_day, due_on, currency, net_minor + tax_minor, {PAID}, state,
            {name}, NOT ({OURS})
        FROM statement WHERE {condition} ORDER BY issued_at DESC, series DESC, n DESC LIMIT ? OFFSET ?
        """,
        (*values, limit, offset),
    )
    return [Head(*row) for row in rows]


def count(connection: sqlite3.Connection, client: str | None = None) -> int:
    """How many statements there are, of all or of a client, void ones included."""
    condition, values = ("client = ?", (client,)) if client is not None else ("1", ())
    return int(connection.execute(f"SELECT count(*) FROM statement WHERE {condition}", values).fetchone()[0])


def live(connection: sqlite3.Connection, client: str, since: int = 0) -> list[str]:
    """A client's live statements that reach to a day (ordinal) or beyond, in the order they were issued."""
    # Named, since this index tells the last day without reading a statement of years ago.
    rows = connection.execute(
        """
        SELECT id FROM statement INDEXED BY statement_sums
        WHERE client = ? AND state = 'issued' AND last_day >= ? ORDER BY issued_at, series, n
        """,
        (client, since),
    )
    return [row[0] for row in rows]


def documents(connection: sqlite3.Connection) -> Iterator[tuple[str, str, str]]:
    """The documents that statements were issued with: the number, the ending of the file, the digest of its bytes."""
    yield from connection.execute(
        "SELECT number, made.key, made.value FROM statement, json_each(json_extract(body, '$.documents')) AS made"
    )


def each(connection: sqlite3.Connection) -> Iterator[StatementRow]:
    """All statements, one at a time: together they may be more than memory holds."""
    for (statement,) in connection.execute("SELECT id FROM statement ORDER BY issued_at, series, n").fetchall():
        yield StatementRow(*connection.execute(f"{_ROW} WHERE id = ?", (statement,)).fetchone())
