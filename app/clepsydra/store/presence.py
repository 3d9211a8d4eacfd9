"""When nobody sat at the machine: stretches of evidence that logind told, in the log beside those of calls."""

import sqlite3

from clepsydra.domain.interval import Interval

_LONGEST = 7 * 86_400_000
"""Milliseconds: a stretch that began earlier than this before a day is not looked for."""


def away(connection: sqlite3.Connection, since: int, until: int) -> list[tuple[Interval, str]]:
    """The stretches that share time with `[since, until)` and are over, in UTC seconds, with what they were: locked,
    asleep; in order of time."""
    rows = connection.execute(
        "SELECT began, ended, kind FROM evidence_span WHERE began BETWEEN ? AND ? AND kind IN ('locked', 'asleep') "
        "AND ended > ? ORDER BY began, kind",
        (since * 1000 - _LONGEST, until * 1000, since * 1000),
    )
    return [(Interval(began // 1000, max(began, ended) // 1000), kind) for began, ended, kind in rows]
