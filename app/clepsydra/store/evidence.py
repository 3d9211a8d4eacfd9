"""Marks of happenings, what was decided about them, and which calls came in lists."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from clepsydra.domain.records import dataclass

_MOST = 500
"""How many values one query asks for."""


@dataclass(frozen=True, slots=True)
class EvidenceDecisionRow:
    """What was made of one thing that a source told; `sessions` is a JSON list of ids."""

    id: str
    kind: str
    at: int
    verdict: str
    rule: str
    sessions: str
    decided_at: int


@dataclass(frozen=True, slots=True)
class ListedCallRow:
    """A call as one list tells it, under its mark; seconds of UTC. `precision` is None where it tells seconds."""

    id: str
    call: str
    source: str
    started_at: int
    ended_at: int | None
    precision: str | None = None


_DECISION = ", ".join(EvidenceDecisionRow.__match_args__)
_LISTED = ", ".join(ListedCallRow.__match_args__)


def secrets(connection: sqlite3.Connection) -> list[bytes]:
    """The keys of the marks: this log's own first, then those of the logs that were put into it."""
    rows = connection.execute("SELECT secret FROM evidence_secret ORDER BY device <> '', id")
    return [bytes.fromhex(row[0]) for row in rows]


def decide(connection: sqlite3.Connection, row: EvidenceDecisionRow) -> None:
    """Write what was decided, in place of what was decided before."""
    undecide(connection, row.id)
    values = [getattr(row, column) for column in EvidenceDecisionRow.__match_args__]
    connection.execute(f"INSERT INTO evidence_decision ({_DECISION}) VALUES (?, ?, ?, ?, ?, ?, ?)", values)


def undecide(connection: sqlite3.Connection, mark: str) -> None:
    """Take a decision back."""
    connection.execute("DELETE FROM evidence_decision WHERE id = ?", (mark,))


def decisions(connection: sqlite3.Connection, marks: Collection[str]) -> dict[str, EvidenceDecisionRow]:
    """What was decided, by mark."""
    found = _of(connection, f"SELECT {_DECISION} FROM evidence_decision WHERE id IN", marks)
    return {row[0]: EvidenceDecisionRow(*row) for row in found}


def taken(connection: sqlite3.Connection) -> list[EvidenceDecisionRow]:
    """Everything that was taken, oldest first."""
    rows = connection.execute(f"SELECT {_DECISION} FROM evidence_decision WHERE verdict = 'taken' ORDER BY at, id")
    return [EvidenceDecisionRow(*row) for row in rows]


def by_rules(connection: sqlite3.Connection) -> list[EvidenceDecisionRow]:
    """Everything that rules took, oldest first."""
    rows = connection.execute(f"SELECT {_DECISION} FROM evidence_decision WHERE rule <> '' ORDER BY at, id")
    return [EvidenceDecisionRow(*row) for row in rows]


def of_session(connection: sqlite3.Connection, session: str) -> list[EvidenceDecisionRow]:
    """The decisions that made a session, one for each mark; ids are of one length, none is a part of another."""
    rows = connection.execute(
        f"SELECT {_DECISION} FROM evidence_decision WHERE instr(sessions, ?) ORDER BY id", (session,)
    )
    return [EvidenceDecisionRow(*row) for row in rows]


def refused(connection: sqlite3.Connection, marks: Collection[str]) -> set[str]:
    """Marks that were decided about once and are not any more: whoever took a decision back said no to it."""
    known = _of(connection, "SELECT DISTINCT key FROM journal_row WHERE tbl = 'evidence_decision' AND key IN", marks)
    return {row[0] for row in known} - decisions(connection, marks).keys()


def list_calls(connection: sqlite3.Connection, rows: Iterable[ListedCallRow]) -> None:
    """Write who tells a call, over what the same mark said before."""
    for row in rows:
        values = [getattr(row, column) for column in ListedCallRow.__match_args__]
        again = connection.execute(
            "UPDATE listed_call SET call = ?2, source = ?3, started_at = ?4, ended_at = ?5, precision = ?6 "
            "WHERE id = ?1", values,
        )  # fmt: skip
        if not again.rowcount:
            connection.execute(f"INSERT INTO listed_call ({_LISTED}) VALUES (?, ?, ?, ?, ?, ?)", values)


def move(connection: sqlite3.Connection, before: str, after: str) -> None:
    """Those who told one call tell another, which is told more exactly."""
    connection.execute("UPDATE listed_call SET call = ? WHERE call = ?", (after, before))


def listed(connection: sqlite3.Connection, calls: Collection[str]) -> list[ListedCallRow]:
    """Who tells these calls."""
    found = _of(connection, f"SELECT {_LISTED} FROM listed_call WHERE call IN", calls)
    return sorted((ListedCallRow(*row) for row in found), key=lambda row: row.id)


def known_marks(connection: sqlite3.Connection, marks: Collection[str]) -> dict[str, ListedCallRow]:
    """The calls that came in a list already, by mark."""
    found = _of(connection, f"SELECT {_LISTED} FROM listed_call WHERE id IN", marks)
    return {row[0]: ListedCallRow(*row) for row in found}


def listed_calls(connection: sqlite3.Connection) -> dict[str, list[ListedCallRow]]:
    """Who tells each call that came in a list."""
    found: dict[str, list[ListedCallRow]] = {}
    for row in connection.execute(f"SELECT {_LISTED} FROM listed_call ORDER BY call, id"):
        found.setdefault(row[1], []).append(ListedCallRow(*row))
    return found


def _of(connection: sqlite3.Connection, query: str, values: Collection[str]) -> Iterator[tuple[Any, ...]]:
    wanted = list(values)
    for start in range(0, len(wanted), _MOST):
        some = wanted[start : start + _MOST]
        yield from connection.execute(f"{query} ({', '.join('?' * len(some))})", some)
