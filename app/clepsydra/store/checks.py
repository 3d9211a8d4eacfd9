"""Questions to the log that only a proof asks."""

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

from clepsydra.domain.records import dataclass
from clepsydra.store import schema
from clepsydra.store.calls import NOTICED


def integrity(connection: sqlite3.Connection) -> Iterator[str]:
    """What SQLite itself finds wrong with the file."""
    for row in connection.execute("PRAGMA integrity_check"):
        if row[0] != "ok":
            yield str(row[0])
    for row in connection.execute("PRAGMA foreign_key_check"):
        yield f"{row[0]} {row[1]}"


def bad_sessions(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Sessions whose fields cannot be: id and what is wrong."""
    rows = connection.execute(
        """
        SELECT id, 'ended_at < started_at' FROM session WHERE ended_at < started_at
        UNION ALL SELECT id, 'typeof(started_at)' FROM session WHERE typeof(started_at) <> 'integer'
        UNION ALL SELECT id, 'typeof(ended_at)' FROM session WHERE typeof(ended_at) NOT IN ('integer', 'null')
        UNION ALL SELECT id, 'decision' FROM session WHERE (scope = 'out') <> (decision IS NOT NULL)
        """
    )
    yield from ((row[0], row[1]) for row in rows)


def seconds_by_client(connection: sqlite3.Connection, now: int) -> dict[str, int]:
    """Exact seconds per client, summed by SQLite."""
    rows = connection.execute(
        "SELECT client, sum(max(coalesce(ended_at, ?), started_at) - started_at) FROM session GROUP BY client", (now,)
    )
    return {row[0]: row[1] for row in rows}


def billed_money(connection: sqlite3.Connection) -> dict[tuple[str, str], int]:
    """Minor units of time that live statements bill, by client and currency, summed by SQLite."""
    rows = connection.execute(
        """
        SELECT billed_group.client, billed_group.currency, sum(billed_group.billed_minor)
        FROM billed_group JOIN statement ON statement.id = billed_group.statement AND statement.state = 'issued'
        GROUP BY billed_group.client, billed_group.currency
        """
    )
    return {(row[0], row[1]): row[2] for row in rows}


def billed_by_none(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Sessions that name a statement which does not stand: the session and the statement's number."""
    rows = connection.execute(
        """
        WITH named AS (SELECT DISTINCT statement FROM session WHERE statement IS NOT NULL),
            fallen AS (
                SELECT named.statement, number FROM named LEFT JOIN statement ON statement.id = named.statement
                WHERE state IS NOT 'issued'
            )
        SELECT session.id, number FROM fallen JOIN session ON session.statement = fallen.statement
        """
    )
    yield from ((row[0], row[1] or "?") for row in rows)


def number_gaps(connection: sqlite3.Connection) -> Iterator[tuple[str, int]]:
    """Numbers missing below the highest of each series, but for those that a restored backup had forgotten."""
    for series, highest in connection.execute("SELECT series, max(n) FROM statement GROUP BY series").fetchall():
        given = {row[0] for row in connection.execute("SELECT n FROM statement WHERE series = ?", (series,))}
        if len(given) < highest:
            # What a log that was lost had given, as the statement that came after says.
            given |= {
                row[0]
                for row in connection.execute(
                    "SELECT value FROM statement, json_each(body, '$.skipped') WHERE series = ?", (series,)
                )
            }
        yield from ((series, n) for n in range(1, highest + 1) if n not in given)


def strangers(connection: sqlite3.Connection) -> Iterator[str]:
    """Statements whose frozen groups or fees name another client or currency than their own."""
    rows = connection.execute(
        """
        SELECT DISTINCT statement.number FROM statement JOIN (
            SELECT statement, client, currency FROM billed_group UNION ALL
            SELECT statement, client, currency FROM billed_fee
        ) AS part ON part.statement = statement.id
        WHERE part.client <> statement.client OR part.currency <> statement.currency
        """
    )
    yield from (row[0] for row in rows)


def wrongly_undone(connection: sqlite3.Connection) -> Iterator[tuple[str, int]]:
    """Entries whose mark is not what the last undo or redo of them says; never undone, they stand."""
    for table, number in (("journal", "n"), ("journal_before", "id")):
        rows = connection.execute(
            f"""
            SELECT entry.device, entry.{number} FROM {table} AS entry LEFT JOIN (
                SELECT device, target, max({number}), kind FROM {table} WHERE target IS NOT NULL GROUP BY device, target
            ) AS last ON last.device = entry.device AND last.target = entry.{number}
            WHERE entry.undone <> (last.kind IS 'undo')
            """
        )
        yield from (tuple(row) for row in rows)


def money_without_entry(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Statements and money written outside every entry of the journal, by another program: table and key."""
    for table in ("journal_row", "journal_row_before"):
        yield from connection.execute(
            f"SELECT tbl, CAST(json_extract(coalesce(after, before), '$.id') AS TEXT) FROM {table} "
            "WHERE entry IS NULL AND tbl IN ('statement', 'payment', 'receipt', 'allocation')"
        )


def not_journalled(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Rows that differ from what the journal last said of them: table and key."""
    for table in schema.JOURNALLED:
        said = f"SELECT key, max(id) AS id FROM journal_row WHERE tbl = '{table}' GROUP BY key"
        rows = connection.execute(
            f"""
            SELECT said.key FROM ({said}) AS said JOIN journal_row AS line ON line.id = said.id
            LEFT JOIN journal AS entry ON entry.device = line.device AND entry.n = line.entry
            LEFT JOIN {table} AS t ON t.id = said.key
            WHERE line.after IS NOT CASE WHEN t.id IS NOT NULL THEN {_content(connection, table)} END
            UNION ALL
            SELECT id FROM {table} AS t
            WHERE NOT EXISTS (SELECT 1 FROM journal_row WHERE tbl = '{table}' AND key = t.id)
            """
        )
        yield from ((table, str(row[0])) for row in rows)


def _content(connection: sqlite3.Connection, table: str) -> str:
    """A row `t` as the journal of the device that wrote it says it: who and where that device is, it leaves empty."""
    relative = {"person": "coalesce(entry.person, '')", "device": "line.device"}
    fields = [
        f"'{c}', CASE WHEN t.{c} = {relative[c]} THEN '' ELSE t.{c} END" if c in relative else f"'{c}', t.{c}"
        for c in schema.columns(connection, table)
    ]
    return f"json_object({', '.join(fields)})"


def statements_before(connection: sqlite3.Connection) -> dict[str, Any]:
    """The ids that statements had in a log of an earlier shape, by their numbers."""
    rows = connection.execute(
        "SELECT json_extract(after, '$.number'), json_extract(after, '$.id') FROM journal_row_before "
        "WHERE tbl = 'statement' AND before IS NULL"
    )
    return {row[0]: row[1] for row in rows}


def unproven_before(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Rows that were not as the journal said when the log was carried over from an earlier shape: table and key."""
    rows = connection.execute(
        "SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') "
        "FROM journal, json_each(label, '$.values.unproven') WHERE kind = 'carried'"
    )
    yield from (tuple(row) for row in rows)


@dataclass(frozen=True, slots=True)
class Written:
    """The journal's last word on a row: the entry, and what it was labelled with.

    `carried` says no more than that the row was there when the log was carried over from an earlier shape.
    """

    id: int
    text: str
    values: dict[str, Any]
    carried: bool

    @property
    def by_a_call(self) -> bool:
        """Whether the start or the end of a call that was noticed wrote it."""
        return NOTICED in self.values or self.text.startswith("a call through")  # only so in the entries of old logs


def entry_of(connection: sqlite3.Connection, table: str, key: str) -> Written | None:
    """Where a row was last written; None for one that the journal does not know."""
    row = connection.execute(
        """
        SELECT journal.id, journal.label, journal.kind FROM journal_row
        JOIN journal ON journal.device = journal_row.device AND journal.n = journal_row.entry
        WHERE tbl = ? AND key = ? ORDER BY journal_row.id DESC LIMIT 1
        """,
        (table, key),
    ).fetchone()
    if row is None:
        return None
    label = json.loads(row[1])
    return Written(int(row[0]), label["text"], label["values"], row[2] == "carried")


def of_source(connection: sqlite3.Connection, source: str) -> list[str]:
    """The sessions of a source."""
    rows = connection.execute("SELECT id FROM session WHERE source = ? ORDER BY id", (source,))
    return [row[0] for row in rows]
