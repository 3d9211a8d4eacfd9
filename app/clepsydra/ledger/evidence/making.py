"""A rule made of something that happened: always so, with this person, from that day on."""

from collections.abc import Sequence
from datetime import date, timedelta

from clepsydra.domain.contacts import Contacts
from clepsydra.domain.happenings import HappeningKind
from clepsydra.domain.session import DEFAULT_PROJECT
from clepsydra.language.folding import folded
from clepsydra.ledger.contacts import contacts
from clepsydra.ledger.evidence.ruling import Ruled, rules_of
from clepsydra.ledger.evidence.trial import PAST, Trial, try_rules
from clepsydra.ledger.ledger import Ledger
from clepsydra.settings.evidence_rules import read_entry

Entry = dict[str, object]
"""A rule as it stands in a file."""


def entry_of(ledger: Ledger, found: Ruled, client: str, project: str = DEFAULT_PROJECT) -> Entry:
    """The rule that would take what is like this: its kind, who it was with, else its program or its subject."""
    item = found.item
    when: dict[str, object] = {"evidence": item.kind.value}
    party = _party(contacts(ledger), item.merged.everybody, client)
    if party:
        when["with"] = party
    elif item.kind in _ORIGINS and item.merged.origin:
        when[_ORIGINS[item.kind]] = item.merged.origin
    elif item.merged.app:
        when["app"] = folded(item.merged.app)
    if item.kind is HappeningKind.CALL:
        when["over"] = "1m"
    then: dict[str, object] = {"take": "close"}
    if project != DEFAULT_PROJECT:
        then = {"project": project} | then
    return {"from": ledger.own_day(item.began), "when": when, "then": then}


_ORIGINS = {HappeningKind.COMMIT: "repository", HappeningKind.MEETING: "calendar"}


def _party(known: Contacts, parties: Sequence[str], client: str) -> str:
    """Of those on the other side the client's own, else the first."""
    mine = [each for each in parties if any(slug == client for slug, _ in known.of(each))]
    return next(iter([*mine, *parties]), "")


def tried_with(ledger: Ledger, client: str, entry: Entry, last: date) -> Trial:
    """A dry run over the past days as if the rule stood at the end of the client's file."""
    own = ledger.client(client).decide
    past = {**entry, "from": last - timedelta(days=PAST)}  # what it would have done, had it been there
    rules = rules_of(ledger)
    rules[client] = (*own, read_entry(past, len(own) + 1, [each.slug for each in ledger.client(client).projects]))
    return try_rules(ledger, last - timedelta(days=PAST - 1), last, client, rules=rules)
