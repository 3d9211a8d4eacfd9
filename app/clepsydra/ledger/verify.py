"""Prove the laws on a live log, and name what breaks them.

Every check recomputes from the rows by another way than the one that wrote them. Reading only: nothing is mended here.

A proof covers every session, absence, closed day and decision by the journal's last word on it; the journal by a chain
of digests; what an issued statement froze by a digest in its row, which the journal holds; the locks by comparison with
the schema, which has no other triggers. It finds what was changed in the file by any other way than through the
program, except two things: a last entry of the journal that was cut off together with all it did, and a forger who
computed every digest anew.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from clepsydra.domain.claims import Claim, ClaimKind
from clepsydra.domain.records import replace
from clepsydra.domain.statement_lines import priced
from clepsydra.language.message import Length, message
from clepsydra.language.translator import mark
from clepsydra.ledger.agreements import proving as agreements
from clepsydra.ledger.agreements.overage import open_overage
from clepsydra.ledger.billing import late_work_proving, statement_files
from clepsydra.ledger.billing import proving as billing
from clepsydra.ledger.breach import Breach as Breach
from clepsydra.ledger.calls import proving as calls
from clepsydra.ledger.chasing import proving as chasing
from clepsydra.ledger.days import day_of, grown
from clepsydra.ledger.documents import proving as documents
from clepsydra.ledger.evidence import proving as evidence
from clepsydra.ledger.evidence import rule_proving
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.receivables import bank_proving
from clepsydra.ledger.receivables import proving as receivables
from clepsydra.ledger.reports import OWNERS, Period, chosen, ownership, rounding
from clepsydra.ledger.statement_json import contents_of, digest_of
from clepsydra.store import billed_groups, chain, checks, day_closes, fees, guards, sessions, statements
from clepsydra.store.database import reading

NO_CLIENT_FILE = mark("{client} has sessions but no client file")
"""A breach of the home and not of the log."""


def verify(ledger: Ledger) -> list[Breach]:
    """Every breach found; an empty list proves the log."""
    with reading(ledger.db):  # one state for all checks, whatever others write meanwhile
        still = ledger.standing  # and one instant, for what runs meanwhile
        return [breach for check in CHECKS for breach in _made(check, still)]


def _made(check: Callable[[Ledger], Iterator[Breach]], ledger: Ledger) -> Iterator[Breach]:
    """What a check finds; rows too broken to be computed with must not keep the others from being looked at."""
    try:
        yield from check(ledger)
    except sqlite3.DatabaseError as error:
        yield Breach(7, message("the file is damaged: {problem}", problem=str(error)))
    except (ValueError, TypeError, KeyError, ArithmeticError) as error:
        yield Breach(1, message("a check could not be finished: {problem}", problem=str(error) or type(error).__name__))


def _integrity(ledger: Ledger) -> Iterator[Breach]:
    for problem in checks.integrity(ledger.db):
        yield Breach(7, message("the file is damaged: {problem}", problem=problem))


def _instants(ledger: Ledger) -> Iterator[Breach]:
    for session_id, problem in checks.bad_sessions(ledger.db):
        yield Breach(1, message("session {id}: {problem}", id=session_id, problem=problem))


def _ownership(ledger: Ledger) -> Iterator[Breach]:
    sums = checks.seconds_by_client(ledger.db, ledger.now)
    for row in ownership(ledger, Period()):
        if sum(row.seconds[part] for part in OWNERS) != sums.get(row.client, 0):
            yield Breach(2, message("{client}: the parts of its time do not sum to the whole", client=row.client))
    for slug in sums.keys() - ledger.catalogue.clients.keys():
        yield Breach(2, message(NO_CLIENT_FILE, client=slug))


def _frozen(ledger: Ledger) -> Iterator[Breach]:
    """A statement still says what its groups say, and bills exactly its own sessions as they still are."""
    before, agreed = checks.statements_before(ledger.db), set[tuple[str, int]]()
    for row in statements.each(ledger.db):
        content, groups = json.loads(row.body), billed_groups.groups_of(ledger.db, row.id)
        yield from _as_taken(row, content, groups, fees.of_statement(ledger.db, row.id), before.get(row.number))
        if row.elsewhere and row.state != "void":
            yield from _brought_in(ledger, row, content)
        elif row.state != "void":
            bodies = contents_of(groups)
            yield from billing.statement_breaches(row, content, groups, bodies)
            agreed |= {(row.client, group.day) for group, body in zip(groups, bodies, strict=True) if "total" in body}
            listed = {session_id for line in content["lines"] for session_id in line["sessions"]}
            yield from _own_sessions(ledger, row, listed, _ends(bodies))
    for client, day in sorted(agreed):
        yield from billing.agreed_breaches(ledger, client, day)
    for session_id, number in checks.billed_by_none(ledger.db):
        yield _not_listed(session_id, number)


def _brought_in(ledger: Ledger, row: statements.StatementRow, content: dict[str, Any]) -> Iterator[Breach]:
    """Work that was billed elsewhere is as it came, and is billed there alone; its amounts are not asked about."""
    listed = {session_id for line in content["lines"] for session_id in line["sessions"]}
    yield from _own_sessions(ledger, row, listed, _ends([content]))


def _currencies(ledger: Ledger) -> Iterator[Breach]:
    """What is reported as billed is what statements froze and what is open, each in its own currency."""
    wanted = {place: minor for place, minor in checks.billed_money(ledger.db).items() if minor}
    for client in chosen(ledger, None):
        lines = (*billing.open_lines(ledger, client), *([group] for group in open_overage(ledger, client)))
        if minor := sum(priced(line).billed_minor for line in lines):
            wanted[client.slug, client.currency] = wanted.get((client.slug, client.currency), 0) + minor
    reported = {(row.client, row.currency): row.figures.billed_minor for row in rounding(ledger, Period())}
    for slug, currency in sorted(wanted.keys() | reported.keys()):
        known = slug in ledger.catalogue.clients  # that a client has no file is said by another check
        if known and wanted.get((slug, currency), 0) != reported.get((slug, currency), 0):
            yield Breach(3, message("{client}: what is reported in {currency} is not what was billed in it",
                                    client=slug, currency=currency))  # fmt: skip


def _own_sessions(
    ledger: Ledger, row: statements.StatementRow, listed: set[str], frozen: dict[str, tuple[int, int]]
) -> Iterator[Breach]:
    own = sessions.ends_on(ledger.db, row.id)
    if own == frozen and own.keys() == listed:  # as nearly always
        return
    for session_id in sorted((listed | frozen.keys()) - own.keys()):
        yield Breach(6, message("statement {number} bills session {id}, which is not its own",
                                number=row.number, id=session_id))  # fmt: skip
    for session_id in sorted(own.keys() - listed):
        yield _not_listed(session_id, row.number)
    for session_id in sorted(own.keys() & frozen.keys()):
        if own[session_id] != frozen[session_id]:
            yield Breach(5, message("session {id} was changed after statement {number} billed it",
                                    id=session_id, number=row.number))  # fmt: skip


def _not_listed(session_id: str, number: str) -> Breach:
    return Breach(6, message("session {id} says it is on statement {number}, which does not list it",
                             id=session_id, number=number))  # fmt: skip


def _as_taken(
    row: statements.StatementRow,
    content: dict[str, Any],
    groups: list[billed_groups.GroupRow],
    claims: list[Claim],
    id_before: Any,
) -> Iterator[Breach]:
    """What a statement took is what it froze, void or not, and beside hours it is what its lines say.

    The digest that it keeps may be of the id that it had in a log of an earlier shape.
    """
    digest = content.get("digest")
    if digest not in (None, digest_of(groups, claims)):
        renamed = [group._replace(statement=id_before) for group in groups]
        if digest != digest_of(renamed, claims):
            yield Breach(5, message("statement {number}: what it froze was changed", number=row.number))
    beside = [claim.minor for claim in claims if claim.kind not in (ClaimKind.OVERAGE, ClaimKind.USED)]
    if sum(beside) != content.get("fee_minor", 0):
        yield Breach(5, message("statement {number}: its fees are not those it took", number=row.number))


def _strangers(ledger: Ledger) -> Iterator[Breach]:
    """Nobody takes what is another's."""
    for number in checks.strangers(ledger.db):
        yield Breach(5, message("statement {number}: a part of it names another client or currency", number=number))


def _ends(bodies: Iterable[Mapping[str, Any]]) -> dict[str, tuple[int, int]]:
    """Begin and end of every session in frozen groups, put together again where a day's end cut it."""
    ends: dict[str, tuple[int, int]] = {}
    for body in bodies:
        for session_id, started_at, ended_at, _ in body["pieces"]:
            first, last = ends.get(session_id, (started_at, ended_at))
            ends[session_id] = (min(first, started_at), max(last, ended_at))
    return ends


def _numbers(ledger: Ledger) -> Iterator[Breach]:
    for series, missing in checks.number_gaps(ledger.db):
        yield Breach(6, message("statement numbers of {series} miss {n}", series=series, n=missing))


def _statement_files(ledger: Ledger) -> Iterator[Breach]:
    for number, file in statement_files.changed(ledger):
        yield Breach(5, message("statement {number}: its document {file} was changed", number=number, file=str(file)))


def _locks(ledger: Ledger) -> Iterator[Breach]:
    for name in guards.missing(ledger.db):
        yield Breach(7, message("the lock {name} of the log is missing or altered; the next change puts it back",
                                name=name))  # fmt: skip
    for name in guards.added(ledger.db):
        yield Breach(7, message("the log has a trigger that is not its own: {name}", name=name))


def _journal(ledger: Ledger) -> Iterator[Breach]:
    """Every row is as the journal last said, and nobody has rewritten what the journal said."""
    for place in (*chain.broken(ledger.db), *chain.broken_before(ledger.db)):
        yield Breach(7, message("entry {entry} of the journal was changed or taken out", entry=_entry(*place)))
    for place in checks.wrongly_undone(ledger.db):
        yield Breach(7, message("entry {entry} of the journal says wrongly whether it stands", entry=_entry(*place)))
    for table, row in checks.money_without_entry(ledger.db):
        yield Breach(7, message("{table} {key} was changed from outside the program", table=table, key=row))
    for table, key in (*checks.not_journalled(ledger.db), *checks.unproven_before(ledger.db)):
        yield Breach(7, message("{table} {key} was changed without the journal", table=table, key=key))


def _entry(device: str, n: int) -> str:
    """An entry by its number, after the name of the device unless it is this one."""
    return f"{device} {n}".lstrip()


def _days(ledger: Ledger) -> Iterator[Breach]:
    """Within the work of a closed day nothing is unexplained but what was named at its closing.

    Hours of work are the settings' own, which may have changed since; so may the zone and the time at which days begin:
    a day with other bounds than those it was closed with is not the day that was affirmed.
    """
    for close in day_closes.between(ledger.db, 1, date.max.toordinal()):
        day = replace(day_of(ledger, date.fromordinal(close.day)), working=())
        gaps = [gap.seconds for gap in grown(day, day.as_of).timeline.unexplained]
        # Gaps too short to be asked may come up later without opening the day again.
        short = sum(seconds for seconds in gaps if seconds <= ledger.settings.day.gap_under)
        left = sum(gaps) - short
        if close.began_at is not None:
            same = (close.began_at, close.ended_at) == (day.bounds.started_at, day.bounds.ended_at)
        else:
            same = all(session.zone == ledger.zone.key for session in day.sessions)
        if left > close.unknown_seconds and same:
            yield Breach(2, message("{day} is closed but nothing explains {time} of it",
                                    day=day.day.isoformat(), time=Length(left - close.unknown_seconds)))  # fmt: skip


CHECKS: tuple[Callable[[Ledger], Iterator[Breach]], ...] = (
    _integrity,
    _instants,
    _ownership,
    billing.breaches,
    _currencies,
    _frozen,
    _strangers,
    agreements.breaches,
    late_work_proving.breaches,
    _numbers,
    _statement_files,
    _locks,
    _journal,
    calls.breaches,
    evidence.breaches,
    rule_proving.breaches,
    _days,
    documents.breaches,
    receivables.breaches,
    bank_proving.breaches,
    chasing.breaches,
)
"""In the order in which what they find is told."""
