"""Why something is in the log, or is asked: from what told it, over whose it is, to what was billed of it.

Each step says where it comes from; files are named with their line. Reading only.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from clepsydra.domain.contacts import ContactPatterns, Contacts
from clepsydra.domain.records import dataclass
from clepsydra.domain.session import DEFAULT_PROJECT
from clepsydra.ledger.billing.agreed_time import group_of
from clepsydra.ledger.evidence.gathering import happened_on
from clepsydra.ledger.evidence.model import Happened, HappenedState
from clepsydra.ledger.evidence.owning import OwnerCause
from clepsydra.ledger.evidence.ruling import Ruled, ruled
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.store import evidence, sessions, statements

FileOf = Callable[[str], Path]
"""The file of a client's slug."""


@dataclass(frozen=True, slots=True)
class TracedBilling:
    """What was billed of a session: the group's exact and billed seconds; a statement's number where it is on one."""

    session: str
    statement: str = ""
    exact_seconds: int = 0
    billed_seconds: int = 0
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Trace:
    """Everything that is known of one happening; `found` is None where its files tell of it no more.

    `contact` and `rule` are file and line of what says whose it is, and of the rule that fits.
    """

    id: str
    found: Ruled | None = None
    contact: tuple[Path, int] | None = None
    rule: tuple[Path, int] | None = None
    kept_rule: str = ""
    sessions: tuple[str, ...] = ()
    billed: tuple[TracedBilling, ...] = ()


def trace(ledger: Ledger, file_of: FileOf, given: str) -> Trace:
    """What led to a happening's state, by its id or by the id of a session that was made of it.

    Raises `Refused` where neither a happening nor a session taken from evidence has that id.
    """
    item, row = _meant(ledger, given)
    if item is None:
        assert row is not None
        made = tuple(json.loads(row.sessions))
        return Trace(row.id, kept_rule=row.rule, sessions=made, billed=tuple(_billed(ledger, made)))
    (found,) = ruled(ledger, [item])
    rule = found.ruling.fitting[0] if found.ruling.fitting and found.ruling.client else None
    return Trace(
        item.id,
        found,
        _contact(ledger, item, file_of),
        _line(file_of(rule[0]), ("decide", rule[1].number - 1)) if rule else None,
        item.rule,
        item.sessions,
        tuple(_billed(ledger, item.sessions)),
    )


def _meant(ledger: Ledger, given: str) -> tuple[Happened | None, evidence.EvidenceDecisionRow | None]:
    from clepsydra.ledger.evidence.deciding import item_of

    try:
        session = ledger.session(given)
    except Refused:
        return item_of(ledger, given), None
    row = next(iter(evidence.of_session(ledger.db, session.id)), None)
    if row is None:
        raise Refused("session {id} was not taken from evidence", id=session.id[-6:])
    items = happened_on(ledger, ledger.own_day(row.at)).items
    return next((each for each in items if row.id in each.marks or session.id in each.sessions), None), row


def _contact(ledger: Ledger, item: Happened, file_of: FileOf) -> tuple[Path, int] | None:
    """The line of the contact that says whose it is."""
    if item.owner.why is not OwnerCause.CONTACT or item.state is HappenedState.STRANGER:
        return None
    parties = item.merged.everybody
    for slug, project in item.owner.places:
        client = ledger.catalogue.clients[slug]
        own = client.project(project) if project != DEFAULT_PROJECT else None
        places: list[tuple[tuple[str | int, ...], ContactPatterns]] = [((), client.contact)]
        if own is not None:
            places.insert(0, (("projects", client.projects.index(own)), own.contact))
        for path, patterns in places:
            for key in _matching(ledger, patterns, parties):
                return _line(file_of(slug), (*path, "contact", *key))
    return None


def _matching(ledger: Ledger, patterns: ContactPatterns, parties: Sequence[str]) -> Iterator[tuple[str, int]]:
    from clepsydra.evidence.phone.phone_numbers import pattern as number
    from clepsydra.evidence.phone.phone_numbers import region

    here = region(ledger.settings) if patterns.phone else ""
    for kind in ("phone", "mail", "chat"):
        for n, pattern in enumerate(getattr(patterns, kind)):
            only = ContactPatterns(**{kind: (pattern,)})
            alone = Contacts([(("it", DEFAULT_PROJECT), only)], lambda text: number(text, here))
            if any(alone.of(party) for party in parties):
                yield kind, n


def _line(file: Path, path: tuple[str | int, ...]) -> tuple[Path, int] | None:
    from clepsydra.settings.foreign import Unusable, content
    from clepsydra.settings.lines import TomlLines

    try:
        text = content(file).decode("utf-8-sig", "replace").replace("\r\n", "\n")
    except Unusable:
        return None
    return file, TomlLines(text).of(path)


def _billed(ledger: Ledger, made: tuple[str, ...]) -> Iterator[TracedBilling]:
    for each in made:
        session = sessions.by_id(ledger.db, each)
        if session is None:
            continue
        if session.statement is not None:
            number = statements.numbers(ledger.db, [session.statement]).get(session.statement, "")
            yield TracedBilling(each, number, session.exact_seconds(ledger.now))
            continue
        try:
            group = group_of(ledger, each)
        except Refused:  # written off, or not billable
            yield TracedBilling(each, exact_seconds=session.exact_seconds(ledger.now))
            continue
        seconds = group.seconds
        yield TracedBilling(each, "", seconds.exact, seconds.billed, group.key.rule.model.value)
