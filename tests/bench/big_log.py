"""Make a log as big as a working life, the same every time: for benchmarks and for nothing else.

    python -m tests.bench.big_log FOLDER [SESSIONS] [YEARS] [DAYS ON NO STATEMENT]

Forty clients with the usual rules work for twenty years; every month but the last sixty days is billed and paid. Rows
go in without their triggers, which are put back at the end; `verify` passes.
"""

import json
import random
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from clepsydra.domain.billing import group_sessions
from clepsydra.domain.session import Channel, Session, Source
from clepsydra.domain.statement import StatementState, compose, due_on, lines_from
from clepsydra.domain.statement_lines import bundles, shared
from clepsydra.domain.terms import Client
from clepsydra.ledger.statement_json import group_row, statement_body
from clepsydra.settings.home import Home
from clepsydra.store import chain, receipts, schema, statements
from clepsydra.store import sessions as store
from clepsydra.store.database import transaction
from clepsydra.store.ids import id_of_content
from clepsydra.store.opening import open_log
from clepsydra.store.receipts import AllocationRow, ReceiptRow
from clepsydra.store.statements import StatementRow

LAST_DAY = date(2026, 11, 23)
"""The day the log ends; nothing depends on the day it is made."""

CLIENTS = 40
OPEN_DAYS = 60

RULES = (
    'model = "up"\nstep = "15m"\nscope = "day"',
    'model = "up"\nstep = "6m"',
    'model = "exact"',
    'model = "nearest"\nstep = "15m"\nscope = "line"',
    'model = "up"\nstep = "30m"\nminimum = "30m"',
)
NOTES = ("weekly call", "review", "fix the build", "offer", "réunion avec l’équipe", "travel to the site", "")
CHANNELS = (Channel.WORK, Channel.WORK, Channel.WORK, Channel.CALL, Channel.MEETING, Channel.MESSAGE, Channel.FIX)


@dataclass(frozen=True)
class Made:
    """What was made: how much of it, and the instant the log ends."""

    sessions: int
    unbilled: int
    statements: int
    now: int


AGREED = {
    0: 'type = "hourly"\nfrom = 2026-10-01\nestimate = "1500h"\n',
    1: 'type = "retainer"\nfrom = 2026-10-01\nincluded = "20h"\nfee = "2000.00"\n'
       'carry = { cap = "5h", expires = "1 month" }\noverage_hourly = "130.00"\n',
    3: 'type = "fixed"\nfrom = 2026-10-01\nbudget = "300h"\nfee = "24000.00"\n\n'
       '[[contract.deliverables]]\nname = "half"\nweight = 1\naccepted = 2026-11-01\n\n'
       '[[contract.deliverables]]\nname = "rest"\nweight = 1\n',
}  # fmt: skip
"""What each eighth client has agreed on, by its number: hours that are counted, or a fee for the unbilled months."""


def write_clients(home: Home, *, agreed: bool = True) -> None:
    """Forty client files; a quarter of them has an estimate, a quarter a fee, unless nothing is to be `agreed`."""
    home.ensure()
    home.settings_file.write_text('time_zone = "Europe/Paris"\ncurrency = "EUR"\n', "utf-8")
    for n in range(CLIENTS):
        text = f'name = "Client {n:02d}"\ncurrency = "{("EUR", "EUR", "CHF")[n % 3]}"\n\n'
        text += f'[[rates]]\nfrom = 2000-01-01\nhourly = "{60 + 5 * (n % 20)}.00"\nchannel = {{ call = "140.00" }}\n\n'
        text += f"[[rounding]]\nfrom = 2000-01-01\n{RULES[n % len(RULES)]}\n"
        if agreed and (contract := AGREED.get(n % 8 if n % 4 else 0)):
            text += f"\n[contract]\n{contract}"
        home.client_file(f"client-{n:02d}").write_text(text, "utf-8")


def make(home: Home, clients: dict[str, Client], count: int, years: int, open_days: int) -> Made:
    """Fill the empty log of a home; `clients` are what `write_clients` wrote, as they were read."""
    connection = open_log(home.database)
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA foreign_keys = OFF")  # they would look for every statement's sessions without an index
    connection.execute("PRAGMA cache_size = -200000")
    slugs = [slug for slug in clients if slug.startswith("client-")]
    issued = 0
    now = _instant(LAST_DAY, 18 * 3600)
    with transaction(connection):
        triggers, indexes = _drop(connection, "trigger"), _drop(connection, "index")
        for slug in slugs:
            work = _work(clients[slug], count // len(slugs), years)
            issued = _fill(connection, clients[slug], work, LAST_DAY.toordinal() - open_days, issued)
        _journal(connection, now)
        for sql in (*indexes, *triggers):
            connection.execute(sql)
    unbilled = store.count(connection, store.Filter(unbilled=True))
    made = Made(store.count(connection), unbilled, issued, now)
    connection.execute("PRAGMA synchronous = FULL")
    connection.close()
    return made


def _drop(connection: sqlite3.Connection, kind: str) -> list[str]:
    """Take the triggers or the indexes away; returns what makes them again."""
    found = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = ? AND sql IS NOT NULL", (kind,))
    rows = found.fetchall()
    for name, _ in rows:
        connection.execute(f"DROP {kind} {name}")
    return [sql for _, sql in rows]


def _instant(day: date, seconds: int) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) + seconds


def _fill(connection: sqlite3.Connection, client: Client, work: Iterator[Session], open_from: int, issued: int) -> int:
    """One client's sessions and statements; returns how many statements there are now."""
    month: list[Session] = []
    for session in work:
        open_ = session.day >= open_from
        if month and (_month(session.day) != _month(month[0].day) or (open_ and month[0].day < open_from)):
            issued = _bill(connection, client, month, issued) if month[0].day < open_from else issued
            month = []
        month.append(session)
        if open_:
            store.add_many(connection, month)
            month = []
    store.add_many(connection, month)
    return issued


def _month(day: int) -> tuple[int, int]:
    on = date.fromordinal(day)
    return on.year, on.month


def _work(client: Client, count: int, years: int) -> Iterator[Session]:
    """Sessions of a client, spread evenly over the years, in order of time."""
    chance = random.Random(client.slug)
    first = LAST_DAY - timedelta(days=365 * years)
    days = (LAST_DAY - first).days
    for n in range(count):
        day = first + timedelta(days=n * days // count)
        begin = _instant(day, 7 * 3600 + chance.randrange(9 * 3600))
        channel = chance.choice(CHANNELS)
        length = chance.choice((300, 600)) if channel is Channel.MESSAGE else chance.randrange(120, 7200)
        yield Session(
            id=id_of_content(begin, f"{client.slug} {n}"),
            client=client.slug,
            project="default",
            channel=channel,
            started_at=begin,
            ended_at=begin + length,
            zone="Europe/Paris",
            day=day.toordinal(),
            note=chance.choice(NOTES),
            source=Source.TIMER,
            logged_at=begin,
        )


def _bill(connection: sqlite3.Connection, client: Client, work: list[Session], issued: int) -> int:
    """Write a month of sessions on a statement of their own."""
    if not work:
        return issued
    number = issued + 1
    id_ = id_of_content(number, "statement")
    groups = group_sessions(work, client, 0)
    first, last = date.fromordinal(work[0].day), date.fromordinal(work[-1].day)
    at = _instant(last, 20 * 3600)
    statement = replace(
        compose(client, lines_from(groups, client), first, last),
        state=StatementState.ISSUED,
        number=f"big-{number:05d}",
        issued_at=at,
        due_on=due_on(last, client.statement.terms),
    )
    lines = bundles(groups, client)
    rows = [
        group_row(group, id_, n, part)
        for n, line in enumerate(lines)
        for group, part in zip(line, shared(line), strict=True)
    ]
    assert statement.due_on is not None
    row = StatementRow(
        id=id_, series="big", n=number, number=statement.number, client=client.slug, first_day=first.toordinal(),
        last_day=last.toordinal(), issued_at=at, due_on=statement.due_on.toordinal(), currency=client.currency,
        net_minor=statement.net_minor, tax_minor=statement.tax_minor, body=statement_body(statement, rows, [], {}),
        state="issued", void_reason="", voided_at=None, paid_minor=0,
    )  # fmt: skip
    store.add_many(connection, (replace(session, statement=id_) for session in work))
    statements.seal(connection, row, rows, ())
    if statement.total_minor:
        receipt, paid, day = id_of_content(number, "payment"), statement.total_minor, last.toordinal() + 20
        receipts.add(
            connection, ReceiptRow(receipt, client.slug, day, paid, client.currency, "", "", ""),
            [AllocationRow(f"{receipt}-a001", receipt, None, id_, day, "payment", paid, paid)],
        )  # fmt: skip
    return number


def _journal(connection: sqlite3.Connection, now: int) -> None:
    """One entry that made it all."""
    label = json.dumps({"text": "import {count} sessions", "values": {"count": store.count(connection)}})
    connection.execute("INSERT INTO journal (n, at, label, redoable) VALUES (1, ?, ?, 0)", (now, label))
    for table in schema.JOURNALLED:
        columns = schema.columns(connection, table)
        content = "json_object(" + ", ".join(f"'{c}', {c}" for c in columns) + ")"
        connection.execute(f"INSERT INTO journal_row (entry, tbl, after) SELECT 1, '{table}', {content} FROM {table}")
    chain.seal(connection, 1)


def main(folder: str, count: int = 1_000_000, years: int = 20, open_days: int = OPEN_DAYS) -> Made:
    """Make a home with the big log in a folder."""
    from clepsydra.settings.load import load_clients, load_settings

    home = Home(Path(folder).absolute())
    write_clients(home)
    settings = load_settings(home, {}).value
    loaded = load_clients(home, settings)
    if loaded.problems:
        raise SystemExit(str(loaded.problems[0]))
    return make(home, dict(loaded.value), count, years, open_days)


if __name__ == "__main__":
    print(main(sys.argv[1], *map(int, sys.argv[2:])))
