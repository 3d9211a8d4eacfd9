"""Bring sessions in from the log's own CSV: all of them or, unless bad ones are to be skipped, none."""

from dataclasses import dataclass
from typing import TextIO

from clepsydra.domain.session import Session, Source
from clepsydra.exchange import log_csv
from clepsydra.exchange.problems import Problem
from clepsydra.ledger.ids import new_ids
from clepsydra.ledger.ledger import Ledger
from clepsydra.store import sessions


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, or would do: `known` rows were in the log already, `stored` says whether it was written."""

    added: int
    known: int
    problems: tuple[Problem, ...]
    stored: bool


def import_csv(ledger: Ledger, stream: TextIO, *, dry_run: bool = False, skip_bad: bool = False) -> Imported:
    """Read the log's own CSV and add its sessions in one transaction.

    A row whose id is in the log already is left alone, so that importing twice changes nothing. Rows that can't be
    taken are problems with their line; with any problem nothing is written unless `skip_bad`.
    """
    known = {slug: [p.slug for p in client.projects] for slug, client in ledger.catalogue.clients.items()}
    rows: list[log_csv.Row] = []
    problems: list[Problem] = []
    for item in log_csv.read(stream, known):
        if isinstance(item, Problem):
            problems.append(item)
        else:
            rows.append(item)
    new = [row for row in rows if not row.id or sessions.by_id(ledger.db, row.id) is None]
    stored = bool(new) and not dry_run and (skip_bad or not problems)
    if stored:
        fresh = iter(new_ids(ledger.now, sum(not row.id for row in new)))
        made = [_session(ledger, row, row.id or next(fresh)) for row in new]
        with ledger.change("import {count} sessions", count=len(new)):
            sessions.add_many(ledger.db, made)
    return Imported(len(new), len(rows) - len(new), tuple(problems), stored)


def _session(ledger: Ledger, row: log_csv.Row, session_id: str) -> Session:
    client = ledger.place(row.client, row.project)
    return Session(
        id=session_id,
        client=row.client,
        project=row.project,
        channel=row.channel,
        started_at=row.started_at,
        ended_at=row.ended_at,
        zone=row.zone or ledger.zone.key,
        day=ledger.day_of(row.started_at, client),
        scope=row.scope,
        decision=row.decision,
        note=row.note,
        agreed_seconds=row.agreed_seconds,
        write_off=row.write_off,
        source=Source.IMPORT,
        logged_at=ledger.now,
    )
