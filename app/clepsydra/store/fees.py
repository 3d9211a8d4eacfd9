"""Fees in the log: which period, deliverable, overage or cap each statement has taken."""

import sqlite3
from collections.abc import Iterable
from datetime import date

from clepsydra.domain.claims import Claim, ClaimKind


def record(connection: sqlite3.Connection, statement: str, client: str, currency: str, claims: Iterable[Claim]) -> None:
    """Write what a statement takes, before the statement itself seals it."""
    connection.executemany(
        """
        INSERT INTO billed_fee (id, statement, client, project, kind, item, first_day, last_day, seconds, minor,
            currency) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [
            (f"{statement}-f{n:07d}", statement, client, c.project, c.kind, c.item, c.first.toordinal(),
             c.last.toordinal(), c.seconds, c.minor, currency)
            for n, c in enumerate(claims, 1)
        ],
    )  # fmt: skip


def taken(connection: sqlite3.Connection, client: str) -> list[Claim]:
    """What a client's live statements have taken."""
    return _claims(connection, "billed_fee.client = ? AND kind <> 'used' AND statement.state = 'issued'", client)


def used(connection: sqlite3.Connection, client: str) -> list[tuple[str, Claim]]:
    """What a client's live statements noted that their work used, each with its statement."""
    rows = connection.execute(
        """
        SELECT billed_fee.statement, project, billed_fee.first_day, seconds, minor
        FROM billed_fee JOIN statement ON statement.id = billed_fee.statement
        WHERE billed_fee.client = ? AND kind = 'used' AND statement.state = 'issued' ORDER BY billed_fee.id
        """,
        (client,),
    )
    return [
        (statement, Claim(ClaimKind.USED, project, "", date.fromordinal(day), date.fromordinal(day), seconds, minor))
        for statement, project, day, seconds, minor in rows
    ]


def of_statement(connection: sqlite3.Connection, statement: str) -> list[Claim]:
    """What one statement has taken, live or not."""
    return _claims(connection, "billed_fee.statement = ?", statement)


def _claims(connection: sqlite3.Connection, condition: str, value: object) -> list[Claim]:
    rows = connection.execute(
        f"""
        SELECT kind, project, item, billed_fee.first_day, billed_fee.last_day, seconds, minor
        FROM billed_fee JOIN statement ON statement.id = billed_fee.statement WHERE {condition} ORDER BY billed_fee.id
        """,
        (value,),
    )
    return [
        Claim(ClaimKind(kind), project, item, date.fromordinal(first), date.fromordinal(last), seconds, minor)
        for kind, project, item, first, last, seconds, minor in rows
    ]
