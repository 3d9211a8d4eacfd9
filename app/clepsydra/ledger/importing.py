"""Bring sessions in from the log's own CSV: all of them or, unless bad ones are to be skipped, none."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import astuple, dataclass, replace
from typing import TextIO

from clepsydra.domain.session import Session, Source
from clepsydra.exchange import log_csv
from clepsydra.exchange.problems import Problem, Reason
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.timers import settled, storable
from clepsydra.store import sessions
from clepsydra.store.ids import id_of_content


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, or would do: `known` rows were in the log already, `stored` says whether it was written."""

    added: int
    known: int
    problems: tuple[Problem, ...]
    stored: bool


def import_csv(ledger: Ledger, stream: TextIO, *, dry_run: bool = False, skip_bad: bool = False) -> Imported:
    """Read the log's own CSV and add its sessions in one transaction.

    A row that is in the log already is left alone, and a row without an id gets one made of what it says, so that
    importing twice changes nothing. Rows that can't be taken, such as one whose id the log has for something else, are
    problems with their line; with any problem nothing is written unless `skip_bad`.
    """
    known = {slug: [p.slug for p in client.projects] for slug, client in ledger.catalogue.clients.items()}
    rows, problems = _agreeing(ledger, *_identified(log_csv.read(stream, known)))
    if dry_run or (problems and not skip_bad):
        added = len(_new(ledger, rows))
        return Imported(added, len(rows) - added, tuple(problems), stored=False)
    with ledger.change("import {count} sessions") as said:
        new = _new(ledger, rows)
        said["count"] = len(new)
        sessions.add_many(ledger.db, (_session(ledger, row) for row in new))
    return Imported(len(new), len(rows) - len(new), tuple(problems), stored=bool(new))


Read = tuple[list[log_csv.Row], set[str], list[Problem]]
"""The rows, each with an id, the ids that the file gave, and the problems."""


def _agreeing(
    ledger: Ledger, rows: list[log_csv.Row], given: set[str], problems: list[Problem]
) -> tuple[list[log_csv.Row], list[Problem]]:
    """The rows without those whose id the log has for something else, which are problems."""
    fine = []
    for row in rows:
        held = sessions.by_id(ledger.db, row.id) if row.id in given else None
        column = _difference(ledger, row, held) if held else ""
        if column:
            problems.append(Problem(row.line, Reason.OTHER_CONTENT, column, row.id))
        else:
            fine.append(row)
    return fine, sorted(problems, key=lambda problem: problem.line)


def _difference(ledger: Ledger, row: log_csv.Row, held: Session) -> str:
    """The first column in which a row is not the session that the log has; empty where it is."""
    wanted = _session(ledger, replace(row, zone=row.zone or held.zone))
    return next((name for name in log_csv.COLUMNS if getattr(wanted, name) != getattr(held, name)), "")


def _identified(items: Iterable[log_csv.Row | Problem]) -> Read:
    rows: list[log_csv.Row] = []
    given: set[str] = set()
    problems: list[Problem] = []
    alike: Counter[str] = Counter()
    for item in items:
        if isinstance(item, Problem):
            problems.append(item)
        elif item.id:
            given.add(item.id)
            rows.append(item)
        else:
            content = repr(astuple(replace(item, line=0)))
            alike[content] += 1  # two rows that say the same are two sessions
            rows.append(replace(item, id=id_of_content(item.started_at, f"{content} {alike[content]}")))
    return rows, given, problems


def _new(ledger: Ledger, rows: Iterable[log_csv.Row]) -> list[log_csv.Row]:
    return [row for row in rows if not sessions.has(ledger.db, row.id)]


def _session(ledger: Ledger, row: log_csv.Row) -> Session:
    client = ledger.place(row.client, row.project)
    return Session(
        id=row.id,
        client=row.client,
        project=row.project,
        channel=row.channel,
        started_at=row.started_at,
        ended_at=row.ended_at,
        zone=row.zone or ledger.zone.key,
        day=ledger.day_of(row.started_at, client),
        scope=row.scope,
        decision=settled(row.scope, row.decision),
        note=storable(row.note),
        agreed_seconds=row.agreed_seconds,
        write_off=storable(row.write_off) if row.write_off else None,
        source=Source.IMPORT,
        logged_at=ledger.now,
    )
