"""What each client's agreements used and what they bill beside hours as of today, kept beside the log.

What was used is right as of a row of the journal and under a client's terms; of what changed since, only the days that
changed are read again, where no billing group reaches over a day's end. What is due is right as long as nothing moved
that it was worked out from: also no statement of the client, nor its civil day, nor the first day of the log, from
which agreements count. Only finished work enters either, so that no clock runs in them.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import astuple

from clepsydra.domain.billing import Figures
from clepsydra.domain.civil import civil_day
from clepsydra.domain.records import dataclass, field
from clepsydra.domain.terms import Client
from clepsydra.ledger import parts
from clepsydra.ledger.agreements.contracts import Agreement, Use, agreements, counting, first_day, use_from, used
from clepsydra.ledger.agreements.fees import FeesDue, Uses, due_now, pays_beside_hours, sums_due
from clepsydra.ledger.ledger import Ledger
from clepsydra.settings.fingerprint import fingerprint
from clepsydra.store import journal, tallies
from clepsydra.store.tallies import Kind, Tally

_FORM = "1"
"""Of the stored sums; those of another form are made anew."""


Counted = tuple[tuple[Agreement, Use], ...]
"""The agreements of a client that count something, and what each used."""


@dataclass(frozen=True, slots=True)
class Account:
    """What is due to a client beside hours, and what each of its agreements used, where that was asked for."""

    due: FeesDue = field(default_factory=FeesDue)
    uses: Uses = ()


@contextmanager
def read_due(ledger: Ledger, clients: Collection[Client]) -> Iterator[Mapping[str, FeesDue]]:
    """What is due as of today, by client, in one state of the log with all that is read meanwhile."""
    with tallies.keeping(ledger.db) as fresh:
        found, more = read(ledger, clients)
        fresh += more
        yield {slug: account.due for slug, account in found.items()}


@contextmanager
def read_uses(ledger: Ledger, clients: Collection[Client]) -> Iterator[Mapping[str, Counted]]:
    """The agreements that count something with what each used, by client, in one state of the log with all that is
    read meanwhile.
    """
    with tallies.keeping(ledger.db) as fresh:
        found, more = read(ledger, clients, uses=True)
        fresh += more
        yield {client.slug: counted(ledger, client, found[client.slug]) for client in clients}


def counted(ledger: Ledger, client: Client, account: Account) -> Counted:
    """The agreements of a client that count something, each with what an account with uses says of it."""
    pairs = zip(agreements(ledger, client), account.uses, strict=True)
    return tuple((agreement, use_from(days)) for agreement, days in pairs)


def read(ledger: Ledger, clients: Collection[Client], *, uses: bool = False) -> tuple[dict[str, Account], list[Tally]]:
    """The clients' accounts as of today, and what to keep so that the next reading is quicker; only reads."""
    ledger = ledger.standing  # the day that is kept is the day it was worked out for
    found = {client.slug: Account() for client in clients}
    some = [client for client in clients if counting(client)]
    if not some:
        return found, []
    kept, reached, begun = tallies.all_tallies(ledger.db, Kind.DUE), journal.latest_row(ledger.db), first_day(ledger)
    since = min((kept[client.slug].as_of for client in some if client.slug in kept), default=reached)
    changed = journal.clients_changed(ledger.db, since) if since < reached else {}
    changes = journal.days_changed(ledger.db, since) if changed.keys() & {client.slug for client in some} else []
    fresh: list[Tally] = []
    for client in some:
        slug, terms, row = client.slug, _FORM + fingerprint(client), kept.get(client.slug)
        known = row if row and row.terms == terms and row.as_of <= reached else None
        day = f"{civil_day(ledger.now, client.zone)} {begun}"
        due = _from_body(known.body, day) if known and changed.get(slug, 0) <= known.as_of else None
        if due is None:
            days = {day for row, name, day in changes if name == slug and row > known.as_of} if known else None
            found[slug] = _worked_out(ledger, client, days)
        else:
            found[slug] = Account(due, _stored_uses(ledger, slug) if uses else ())
        if due is None or (known and reached - known.as_of > tallies.STALE_ROWS):
            stored = tallies.compact(found[slug].uses or _stored_uses(ledger, slug))
            fresh.append(Tally(Kind.DUE, slug, reached, terms, _body(found[slug].due, day), stored))
    return found, fresh


def account_now(ledger: Ledger, client: Client) -> Account:
    """A client's account as of today, worked out from the log and from nothing that was kept."""
    return Account(due_now(ledger, client), _used(ledger, client, None))


def _worked_out(ledger: Ledger, client: Client, changed: set[int] | None) -> Account:
    uses = _uses(ledger, client, changed)
    if not pays_beside_hours(client):
        return Account(uses=uses)
    return Account(sums_due(ledger, client, civil_day(ledger.now, client.zone), uses), uses)


def _uses(ledger: Ledger, client: Client, days: set[int] | None) -> Uses:
    """What each agreement of a client used, with the days summed again that changed since it was stored, or all where
    None.
    """
    if days is None or (days and not parts.one_by_one(client, days)):
        return _used(ledger, client, None)
    stored = _stored_uses(ledger, client.slug)
    if not days:
        return stored
    return tuple(
        {day: use for day, use in before.items() if day not in days} | now
        for before, now in zip(stored, _used(ledger, client, days), strict=True)
    )


def _used(ledger: Ledger, client: Client, days: set[int] | None) -> Uses:
    return tuple(used(ledger, agreement, days) for agreement in agreements(ledger, client))


def _stored_uses(ledger: Ledger, slug: str) -> Uses:
    stored: list[dict[str, tuple[int, int]]] = json.loads(tallies.days_of(ledger.db, Kind.DUE, slug))
    return tuple({int(day): (seconds, minor) for day, (seconds, minor) in use.items()} for use in stored)


def _body(due: FeesDue, day: str) -> str:
    overage = {each: astuple(figures) for each, figures in due.overage.items()}
    return tallies.compact({"day": day, "minor": due.minor, "overage": overage, "oldest": due.oldest_day})


def _from_body(body: str, day: str) -> FeesDue | None:
    """What was due on a day, unless it was kept on another."""
    content = json.loads(body)
    if content["day"] != day:
        return None
    overage = {int(each): Figures(*numbers) for each, numbers in content["overage"].items()}
    return FeesDue(content["minor"], overage, content["oldest"])
