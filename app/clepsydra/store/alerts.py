"""Alerts that a person has taken note of: which agreement, which period, up to which level."""

import sqlite3
from decimal import Decimal

from clepsydra.store.ids import new_id

_KIND = "alert"


def acknowledged(connection: sqlite3.Connection) -> dict[str, Decimal]:
    """The highest level taken note of, by agreement and period."""
    levels: dict[str, Decimal] = {}
    for (noted,) in connection.execute("SELECT subject FROM noted WHERE kind = ?", (_KIND,)):
        subject, _, level = noted.rpartition(" ")
        levels[subject] = max(levels.get(subject, Decimal(0)), Decimal(level))
    return levels


def acknowledge(connection: sqlite3.Connection, subject: str, level: Decimal, at: int) -> None:
    """Take note of a level; what is noted already stays as it is."""
    connection.execute(
        "INSERT INTO noted (id, subject, kind, at) "
        "SELECT ?1, ?2, ?3, ?4 WHERE NOT EXISTS (SELECT 1 FROM noted WHERE subject = ?2)",
        (new_id(at), f"{subject} {level}", _KIND, at),
    )
