"""Calls in the log: stretches of evidence, calls as they were detected, and what a person decided about them.

Evidence and detected calls are the machine's own and are written without the journal, for they can be derived again;
decisions are written inside a journalled change, like everything a person decides. Evidence is in milliseconds of UTC,
calls and decisions in seconds.
"""

import sqlite3
from collections.abc import Iterable, Sequence

from clepsydra.domain.interval import Interval
from clepsydra.domain.records import dataclass

BEGIN_DOUBTFUL = 1
END_DOUBTFUL = 2
"""Bits of `doubtful`: the call was under way when we began to look, or was lost from sight."""

LONGEST = 86_400
"""Whoever looks for the calls of a time looks for none that began longer than this many seconds before it."""


@dataclass(frozen=True, slots=True)
class SpanRow:
    """One stretch of evidence, milliseconds of UTC; it lasts while `ended` is None."""

    id: str
    kind: str
    program: str | None
    program_name: str | None
    family: str | None
    began: int
    ended: int | None
    pid: int | None
    already: int
    stream: str = ""
    role: str = ""
    corked: int = 0
    device: str = ""
    virtual: int = 0
    mark: str = ""
    """Keyed mark of its title; `title` is the text, only where a client wants it stored."""
    sense: str = ""
    lost: int = 0
    title: str = ""


@dataclass(frozen=True, slots=True)
class CallRow:
    """One detected call, seconds of UTC; it is under way while `ended_at` is None.

    `evidence` is a JSON list of kinds; `title` is empty unless a client asks for it; `client_hint` is the client, and
    its project, whose rule the title fitted.
    """

    id: str
    program: str
    program_name: str
    started_at: int
    ended_at: int | None
    evidence: str = "[]"
    doubtful: int = 0
    title: str = ""
    client_hint: str = ""
    rank: str = "certain"
    seams: str = "[]"
    """JSON list of seconds of UTC at which it may be two calls."""
    folded: int = 0
    """So short that nobody is asked about it."""


@dataclass(frozen=True, slots=True)
class LostCall:
    """An ended call that is nobody's."""

    id: str
    span: Interval


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """What became of a call. `sessions` is a JSON list of session ids; of a merged call, of the call it belongs to."""

    call: str
    state: str
    client: str | None
    sessions: str
    decided_at: int


NOTICED = "noticed"
"""The value of a change's label which says that the start or the end of a call made it, and no person."""

_SPAN_COLUMNS = SpanRow.__match_args__
_SPAN = ", ".join(_SPAN_COLUMNS)
_CALL_COLUMNS = CallRow.__match_args__
_CALL = ", ".join(f"detected_call.{column}" for column in _CALL_COLUMNS)
DECISION = "id, state, client, sessions, decided_at"


# -- evidence


def keep_span(connection: sqlite3.Connection, span: SpanRow) -> None:
    """Write a stretch of evidence, over its open form if that is there."""
    connection.execute(
        f"INSERT INTO evidence_span ({_SPAN}) VALUES ({', '.join('?' * len(_SPAN_COLUMNS))}) "
        "ON CONFLICT (id) DO UPDATE SET ended = excluded.ended, lost = excluded.lost",
        [getattr(span, column) for column in _SPAN_COLUMNS],
    )


def has_span(connection: sqlite3.Connection, span: str) -> bool:
    """Whether a stretch of evidence is kept."""
    return connection.execute("SELECT 1 FROM evidence_span WHERE id = ?", (span,)).fetchone() is not None


def spans_since(connection: sqlite3.Connection, since: int) -> list[SpanRow]:
    """The evidence that reaches beyond an instant, milliseconds of UTC, in order of its start."""
    rows = connection.execute(
        f"SELECT {_SPAN} FROM evidence_span WHERE ended IS NULL OR ended >= ? ORDER BY began, id", (since,)
    )
    return [SpanRow(*row) for row in rows]


def spans_before(connection: sqlite3.Connection, before: int, after: tuple[int, str], limit: int) -> list[SpanRow]:
    """Up to `limit` stretches of evidence that ended before an instant, in order from behind a begin and an id on."""
    rows = connection.execute(
        f"SELECT {_SPAN} FROM evidence_span WHERE began < ? AND ended < ? AND (began, id) > (?, ?) "
        "ORDER BY began, id LIMIT ?",
        (before, before, *after, limit),
    )
    return [SpanRow(*row) for row in rows]


def drop_spans(connection: sqlite3.Connection, ids: Iterable[str]) -> None:
    """Forget stretches of evidence."""
    connection.executemany("DELETE FROM evidence_span WHERE id = ?", ((id_,) for id_ in ids))


def forgot(connection: sqlite3.Connection, before: int) -> None:
    """Remember that evidence from before an instant, milliseconds of UTC, may be gone."""
    connection.execute("UPDATE journal_now SET forgotten = max(coalesce(forgotten, 0), ?)", (before,))


def forgotten(connection: sqlite3.Connection) -> int:
    """The instant, milliseconds of UTC, from before which evidence may be gone; zero when none was ever forgotten."""
    return int(connection.execute("SELECT coalesce(forgotten, 0) FROM journal_now").fetchone()[0])


def family_of(connection: sqlite3.Connection, program: str) -> str | None:
    """The family that a program was last known by; None where no evidence of it is kept."""
    row = connection.execute(
        "SELECT family FROM evidence_span WHERE program = ? ORDER BY began DESC LIMIT 1", (program,)
    ).fetchone()
    return row[0] if row else None


# -- calls


def keep_call(connection: sqlite3.Connection, call: CallRow) -> None:
    """Write a call as it is now known."""
    values = ", ".join("?" * len(_CALL_COLUMNS))
    newer = ", ".join(f"{column} = excluded.{column}" for column in _CALL_COLUMNS[1:])
    connection.execute(
        f"INSERT INTO detected_call ({', '.join(_CALL_COLUMNS)}) VALUES ({values}) "
        f"ON CONFLICT (id) DO UPDATE SET {newer}",
        [getattr(call, column) for column in _CALL_COLUMNS],
    )


def drop_call(connection: sqlite3.Connection, call: str) -> None:
    """Forget a call that was none; its evidence stays."""
    connection.execute("DELETE FROM detected_call WHERE id = ?", (call,))


def call_by_id(connection: sqlite3.Connection, call: str) -> CallRow | None:
    """The call of exactly that id."""
    return next(iter(_calls(connection, "detected_call.id = ?", (call,))), None)


def calls_like(connection: sqlite3.Connection, part: str) -> list[CallRow]:
    """Up to three calls whose ids begin or end with `part`; people type the last characters."""
    pattern = part.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    where = "detected_call.id LIKE ? ESCAPE '\\' OR detected_call.id LIKE ? ESCAPE '\\'"
    return _calls(connection, where, (pattern + "%", "%" + pattern), order="started_at, id LIMIT 3")


def calls_under_way(connection: sqlite3.Connection) -> list[CallRow]:
    """The calls that have not ended, oldest first."""
    return _calls(connection, "detected_call.ended_at IS NULL")


def undecided_calls(connection: sqlite3.Connection) -> list[CallRow]:
    """The calls nobody has decided about, oldest first; not those too short to be asked about."""
    # Few are left of very many: they are looked for in the order they lie in, and sorted then.
    return _calls(connection, "NOT folded AND id NOT IN (SELECT id FROM call_decision)", order="+started_at, id")


def calls_between(connection: sqlite3.Connection, since: int | None, until: int | None) -> list[CallRow]:
    """The calls that share time with `[since, until)`, oldest first; None leaves an end open."""
    terms, values = ["1"], []
    if since is not None:
        terms.append("(detected_call.ended_at IS NULL OR detected_call.ended_at > ?)")
        values.append(since)
    if until is not None:
        terms.append("detected_call.started_at < ?")
        values.append(until)
    return _calls(connection, " AND ".join(terms), values)


def _calls(
    connection: sqlite3.Connection, where: str, values: Sequence[object] = (), *, order: str = "started_at, id"
) -> list[CallRow]:
    rows = connection.execute(f"SELECT {_CALL} FROM detected_call WHERE {where} ORDER BY {order}", values)
    return [CallRow(*row) for row in rows]


def lost_calls(connection: sqlite3.Connection, since: int, until: int) -> list[LostCall]:
    """The ended calls that share time with `[since, until)` and are nobody's: undecided, personal or ignored.

    What is only offered, nobody knows to be a call.
    """
    rows = connection.execute(
        """
        SELECT detected_call.id, started_at, ended_at
        FROM detected_call LEFT JOIN call_decision ON call_decision.id = detected_call.id
        WHERE started_at > ? AND started_at < ? AND ended_at > ? AND ended_at > started_at
            AND (state = 'personal' OR (rank = 'certain' AND ((state IS NULL AND NOT folded) OR state = 'ignored')))
        ORDER BY started_at, detected_call.id
        """,
        (since - LONGEST, until, since),
    )
    return [LostCall(row[0], Interval(row[1], row[2])) for row in rows]


def on_the_line(connection: sqlite3.Connection, since: int, until: int) -> bool:
    """Whether any call, decided or not and even under way, shares time with `[since, until)`."""
    row = connection.execute(
        """
        SELECT 1 FROM detected_call
        WHERE started_at > ? AND started_at < ? AND (ended_at IS NULL OR ended_at > ?) LIMIT 1
        """,
        (since - LONGEST, until, since),
    ).fetchone()
    return row is not None


def last_clients(connection: sqlite3.Connection, program: str, before: int, limit: int) -> list[str]:
    """Whose the latest assigned calls of a program were, that began before an instant, the latest first."""
    rows = connection.execute(
        "SELECT client FROM detected_call JOIN call_decision ON call_decision.id = detected_call.id "
        "WHERE program = ? AND started_at < ? AND state = 'assigned' AND client IS NOT NULL "
        "ORDER BY started_at DESC LIMIT ?",
        (program, before, limit),
    )
    return [row[0] for row in rows]


# -- decisions


def decide(connection: sqlite3.Connection, decision: DecisionRow) -> None:
    """Write what became of a call, in place of what was decided before."""
    if decision_of(connection, decision.call):
        connection.execute(
            "UPDATE call_decision SET state = ?, client = ?, sessions = ?, decided_at = ? WHERE id = ?",
            (decision.state, decision.client, decision.sessions, decision.decided_at, decision.call),
        )
    else:
        connection.execute(
            f"INSERT INTO call_decision ({DECISION}) VALUES (?, ?, ?, ?, ?)",
            (decision.call, decision.state, decision.client, decision.sessions, decision.decided_at),
        )


def undecide(connection: sqlite3.Connection, call: str) -> None:
    """Take a decision back; the call waits in the inbox again."""
    connection.execute("DELETE FROM call_decision WHERE id = ?", (call,))


def decision_of(connection: sqlite3.Connection, call: str) -> DecisionRow | None:
    """What became of a call; None while it waits."""
    row = connection.execute(f"SELECT {DECISION} FROM call_decision WHERE id = ?", (call,)).fetchone()
    return DecisionRow(*row) if row else None


def decisions(connection: sqlite3.Connection, state: str | None = None) -> dict[str, DecisionRow]:
    """Every decision, or those of one state, by call."""
    rows = connection.execute(f"SELECT {DECISION} FROM call_decision WHERE ?1 IS NULL OR state = ?1", (state,))
    return {row[0]: DecisionRow(*row) for row in rows}
