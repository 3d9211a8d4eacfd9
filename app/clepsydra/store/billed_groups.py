"""Billing groups as statements froze them, one by one and as sums over years."""

import sqlite3
from typing import NamedTuple

# A range up to the character after ":", since LIKE looks at every row by a function.
OURS = "NOT (series >= 'elsewhere:' AND series < 'elsewhere;')"
"""What holds of statements that were issued here, and not by another program whose work was brought in."""


class GroupRow(NamedTuple):
    """One billing group as a statement froze it: a plain tuple, since a proof reads each there ever was."""

    statement: str
    client: str
    day: int
    exact_seconds: int
    rule_seconds: int
    billed_seconds: int
    exact_minor: int
    rule_minor: int
    billed_minor: int
    currency: str
    body: str


def groups_of(connection: sqlite3.Connection, statement: str) -> list[GroupRow]:
    """The groups a statement froze."""
    rows = connection.execute(
        """
        SELECT statement, client, day, exact_seconds, rule_seconds, billed_seconds, exact_minor, rule_minor,
            billed_minor, currency, body
        FROM billed_group WHERE statement = ? ORDER BY id
        """,
        (statement,),
    )
    return list(map(GroupRow._make, rows))


def days(connection: sqlite3.Connection, client: str, first: int, last: int) -> list[int]:
    """The days (ordinals), of some, that any statement of a client ever froze groups of; no group is read."""
    rows = connection.execute(
        "SELECT DISTINCT day FROM billed_group WHERE client = ? AND day BETWEEN ? AND ?", (client, first, last)
    )
    return [row[0] for row in rows]


_FIRST, _LAST = 0, 1 << 62

_RULE_LOSS, _RULE_GAIN = "max(0, part.exact_seconds - rule_seconds)", "max(0, rule_seconds - part.exact_seconds)"
_COUNTERS = f"""
    sum(part.exact_seconds), sum(part.billed_seconds),
    sum(CASE WHEN unit THEN 0 ELSE {_RULE_LOSS} END), sum(CASE WHEN unit THEN 0 ELSE {_RULE_GAIN} END),
    sum(CASE WHEN unit THEN {_RULE_LOSS} ELSE 0 END), sum(CASE WHEN unit THEN {_RULE_GAIN} ELSE 0 END),
    sum(max(0, rule_seconds - part.billed_seconds)), sum(max(0, part.billed_seconds - rule_seconds)),
    sum(max(0, part.exact_seconds - part.billed_seconds)), sum(max(0, part.billed_seconds - part.exact_seconds))
"""
"""The counters of law 4, each group by itself: nothing is netted inside a counter."""

_TOTALS = ", ".join(f"sum({name}_{unit})" for unit in ("seconds", "minor") for name in (
    "exact", "billed", "rule_loss", "rule_gain", "unit_loss", "unit_gain", "manual_loss", "manual_gain", "underbilled",
    "overbilled",
))  # fmt: skip


def whole_sums(
    connection: sqlite3.Connection, client: str, first_day: int | None, last_day: int | None
) -> dict[str, tuple[int, ...]]:
    """What live statements within some days came to, by currency: the counters in seconds, then in minor units.

    Statements of work that was billed elsewhere are none of them.
    """
    rows = connection.execute(
        f"""
        SELECT currency, {_TOTALS} FROM statement INDEXED BY statement_sums
        WHERE client = ?1 AND state = 'issued' AND {OURS} AND first_day >= ?2 AND last_day BETWEEN ?2 AND ?3
        GROUP BY currency
        """,
        (client, _FIRST if first_day is None else first_day, _LAST if last_day is None else last_day),
    )
    return {row[0]: tuple(row[1:]) for row in rows}


def cut_sums(
    connection: sqlite3.Connection, client: str, first_day: int | None, last_day: int | None
) -> list[tuple[str, str, tuple[int, ...]]]:
    """What live statements that reach beyond some days froze in them, line by line: the currency, the hourly rate as
    text, the counters in seconds.
    """
    if first_day is None and last_day is None:
        return []
    first, last = _FIRST if first_day is None else first_day, _LAST if last_day is None else last_day
    # The statements come first: they are few, and the groups of the period may be years of them.
    rows = connection.execute(
        f"""
        SELECT part.currency, hourly, {_COUNTERS}
        FROM statement INDEXED BY statement_sums
        CROSS JOIN billed_group AS part INDEXED BY billed_group_statement ON part.statement = statement.id
        WHERE statement.client = ?1 AND statement.state = 'issued' AND {OURS}
            AND (statement.first_day < ?2 OR statement.last_day > ?3)
            AND statement.first_day <= ?3 AND statement.last_day >= ?2 AND day BETWEEN ?2 AND ?3
        GROUP BY part.statement, line, part.currency, hourly
        """,
        (client, first, last),
    )
    return [(row[0], row[1], tuple(row[2:])) for row in rows]


_PART = """statement, part.client, day, part.exact_seconds, rule_seconds, part.billed_seconds, part.exact_minor,
    rule_minor, part.billed_minor, part.currency, part.body"""
"""A `GroupRow` of a group called `part`, beside its statement."""


def reaching(connection: sqlite3.Connection, client: str, before: int, since: int) -> list[GroupRow]:
    """The frozen groups of live statements that begin before a day and hold work of later ones too, from another on."""
    # The statements come first: few reach over a day.
    rows = connection.execute(
        f"""
        SELECT {_PART}
        FROM statement INDEXED BY statement_sums
        CROSS JOIN billed_group AS part INDEXED BY billed_group_statement ON part.statement = statement.id
        WHERE statement.client = ?1 AND statement.state = 'issued' AND {OURS}
            AND statement.first_day < ?2 AND statement.last_day >= ?3 AND day < ?2
            AND json_extract(part.body, '$.pieces[#-1][3]') >= max(?3, day + 1)
        ORDER BY part.id
        """,
        (client, before, since),
    )
    return list(map(GroupRow._make, rows))


def within(
    connection: sqlite3.Connection, client: str | None, first_day: int | None, last_day: int | None
) -> list[GroupRow]:
    """The frozen groups of live statements whose first day lies in the period, in order of issue."""
    terms, values = ["statement.state = 'issued'"], []
    for condition, value in (
        ("part.client = ?", client),
        ("part.day >= ?", first_day),
        ("part.day <= ?", last_day),
    ):
        if value is not None:
            terms.append(condition)
            values.append(value)
    rows = connection.execute(
        f"""
        SELECT {_PART}
        FROM billed_group AS part JOIN statement ON statement.id = part.statement
        WHERE {" AND ".join(terms)} ORDER BY issued_at, statement.rowid, part.id
        """,
        values,
    )
    return list(map(GroupRow._make, rows))


def overage(
    connection: sqlite3.Connection,
    client: str,
    first_day: int | None,
    last_day: int | None,
    *,
    over_an_end: bool = False,
) -> list[tuple[GroupRow, int, int]]:
    """The frozen groups of overage of live statements that reach into some days, or `over_an_end` of those too, beside
    the days of their statement; no other statement's are read.
    """
    rows = connection.execute(
        f"""
        SELECT statement.first_day, statement.last_day, {_PART}
        FROM statement INDEXED BY statement_sums
        CROSS JOIN billed_group AS part INDEXED BY billed_group_statement ON part.statement = statement.id
        WHERE statement.client = ?1 AND state = 'issued' AND {OURS} AND last_day >= ?2 AND first_day <= ?3
            AND (NOT ?4 OR first_day < ?2 OR last_day > ?3)
            AND EXISTS (SELECT 1 FROM billed_fee WHERE billed_fee.statement = statement.id AND kind = 'overage')
            AND part.channel IS NULL AND part.body->>'$.overage'
        ORDER BY issued_at, part.id
        """,
        (client, _FIRST if first_day is None else first_day, _LAST if last_day is None else last_day, over_an_end),
    )
    return [(GroupRow._make(row[2:]), row[0], row[1]) for row in rows]
