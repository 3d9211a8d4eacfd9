"""The log as plain-text accounting reads it: hledger and ledger (one journal for both), and beancount.

Time is counted in seconds, since hours would have no end in decimals: 4364 s are 1.21222… h. Begin, end and id stand as
tags, so that nothing is lost on the way.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import BinaryIO

from clepsydra.domain.civil import wall, zone_named
from clepsydra.exchange.exits.shape import About, Exit, LogRow
from clepsydra.exchange.log_json import stamp
from clepsydra.exchange.text import plain

_UNIT = "SEC"
"""The commodity of time in beancount, whose names are capitals."""


def _text(text: str) -> str:
    """A text on one line in which no comment, tag or status can begin."""
    return " ".join(plain(text).replace(";", ",").replace("|", "/").split())


def _account(row: LogRow) -> str:
    parts = [row.session.client, row.session.project] if row.has_project else [row.session.client]
    return ":".join(parts)


def _day(row: LogRow) -> date:
    return wall(row.session.started_at, zone_named(row.session.zone)).date()


def write_hledger(rows: Iterable[LogRow], stream: BinaryIO, about: About) -> int:
    """A journal that hledger and ledger read alike: an unbalanced posting in seconds for each session."""
    count = 0
    for row in rows:
        lines = [
            f"{_day(row)} * ({row.session.id}) {_text(row.client_name)} | {_text(row.session.note)}".rstrip(),
            f"    ; start: {stamp(row.session.started_at)}",
            f"    ; end: {stamp(row.session.ended_at)}",
            f"    ; channel: {row.session.channel.value}",
            *([f"    ; statement: {_text(row.statement)}"] if row.statement else []),
            f"    (time:{_account(row)})  {row.seconds} s",
        ]
        stream.write(("\n".join(lines) + "\n\n").encode())
        count += 1
    return count


def write_beancount(rows: Iterable[LogRow], stream: BinaryIO, about: About) -> int:
    """A beancount ledger: accounts are opened on the day of their first session, which may come late in the file."""
    accounts = _Accounts()
    first: date | None = None
    count = 0
    for row in rows:
        day = _day(row)
        first = min(first or day, day)
        stream.write(("\n".join(_entry(row, day, accounts.of(_account(row)))) + "\n\n").encode())
        count += 1
    if first is not None:
        opened = [f"{first} commodity {_UNIT}", f"{first} open Equity:Worked {_UNIT}"]
        opened += [f"{first} open {name} {_UNIT}" for name in sorted(accounts.names.values())]
        stream.write(("\n".join(opened) + "\n").encode())
    return count


def _entry(row: LogRow, day: date, account: str) -> Iterator[str]:
    yield f'{day} * "{_quoted(row.client_name)}" "{_quoted(row.session.note)}"'
    yield f'  id: "{_quoted(row.session.id)}"'
    yield f'  start: "{stamp(row.session.started_at)}"'
    yield f'  end: "{stamp(row.session.ended_at)}"'
    if row.statement:
        yield f'  statement: "{_quoted(row.statement)}"'
    yield f"  {account}  {row.seconds} {_UNIT}"
    yield f"  Equity:Worked  -{row.seconds} {_UNIT}"


def _quoted(text: str) -> str:
    return " ".join(plain(text).split()).replace("\\", "\\\\").replace('"', '\\"')


class _Accounts:
    """Names that beancount takes, one for each client and project: `Expenses:Time:Acme-sarl:Api`."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}

    def of(self, account: str) -> str:
        """The name of an account, the same every time and nobody else's."""
        if account not in self.names:
            wanted = "Expenses:Time:" + ":".join(map(_component, account.split(":")))
            taken = set(self.names.values())
            free = (wanted if n == 1 else f"{wanted}-{n}" for n in range(1, len(taken) + 2))
            self.names[account] = next(name for name in free if name not in taken)
        return self.names[account]


def _component(slug: str) -> str:
    cleaned = re.sub(r"[^A-Za-z0-9-]", "-", slug).strip("-") or "X"
    return cleaned[0].upper() + cleaned[1:]


HLEDGER = Exit("hledger", ".journal", write_hledger, "hledger, ledger")
BEANCOUNT = Exit("beancount", ".beancount", write_beancount, "beancount")
