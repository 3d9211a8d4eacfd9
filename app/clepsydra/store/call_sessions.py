"""Which sessions were made of which calls and other evidence, followed while sessions are cut, joined and removed.

A decision names the sessions that a call became. What a person later does to those sessions must not leave it naming
none: a call without any is undecided again, or its time would be nobody's and nobody would be told.
"""

import json
import sqlite3
from collections.abc import Callable

from clepsydra.domain.records import replace
from clepsydra.store import evidence
from clepsydra.store.calls import DECISION as COLUMNS
from clepsydra.store.calls import DecisionRow, decide, undecide


def let_go(connection: sqlite3.Connection, session: str) -> None:
    """A session leaves the log; a call that was nothing but this session waits for a decision again."""
    _follow(connection, session, lambda ids: [each for each in ids if each != session])


def cut(connection: sqlite3.Connection, session: str, rest: str) -> None:
    """A part of a session became one of its own: both are of the calls that the whole was."""
    _follow(connection, session, lambda ids: [*ids, rest])


def joined(connection: sqlite3.Connection, kept: str, gone: str) -> None:
    """A session became a part of another, which is now of the calls of both."""
    _follow(connection, gone, lambda ids: list(dict.fromkeys(kept if each == gone else each for each in ids)))


def _follow(connection: sqlite3.Connection, session: str, change: Callable[[list[str]], list[str]]) -> None:
    for decision in _naming(connection, session):
        ids = change(json.loads(decision.sessions))
        if ids:
            decide(connection, replace(decision, sessions=json.dumps(ids)))
        else:
            undecide(connection, decision.call)
    for taken in evidence.of_session(connection, session):
        ids = change(json.loads(taken.sessions))
        if ids:
            evidence.decide(connection, replace(taken, sessions=json.dumps(ids)))
        else:
            evidence.undecide(connection, taken.id)


def _naming(connection: sqlite3.Connection, session: str) -> list[DecisionRow]:
    """The decisions that made a session of a call; ids are of one length, none is a part of another."""
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM call_decision WHERE state = 'assigned' AND instr(sessions, ?)", (session,)
    )
    return [DecisionRow(*row) for row in rows]
