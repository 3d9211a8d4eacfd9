"""What each client's agreements bill beside hours as of today, kept beside the log: nobody waits for a sum over years.

It is right as long as nothing of what it was worked out from has moved: the client's sessions and statements (as of a
row of the journal), its terms, its civil day, and the first day of the log, from which agreements count. On any other
day, as after any change, it is worked out anew. Only finished work enters, so that no clock runs in it.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import astuple

from clepsydra.domain.billing import Figures
from clepsydra.domain.civil import civil_day
from clepsydra.domain.terms import Client
from clepsydra.ledger.agreements.contracts import first_day
from clepsydra.ledger.agreements.fees import FeesDue, Uses, pays_beside_hours, sums_due
from clepsydra.ledger.ledger import Ledger
from clepsydra.settings.fingerprint import fingerprint
from clepsydra.store import journal, tallies
from clepsydra.store.database import reading

_FORM = "1"
"""Of the stored body; what has another form is worked out anew."""


@contextmanager
def read_due(ledger: Ledger, clients: Collection[Client]) -> Iterator[Mapping[str, FeesDue]]:
    """What is due as of today, by client, in one state of the log with all that is read meanwhile."""
    with reading(ledger.db):
        found, fresh = read(ledger, clients)
        yield found
    tallies.keep(ledger.db, fresh)


def read(
    ledger: Ledger, clients: Collection[Client], uses: Mapping[str, Uses] | None = None
) -> tuple[dict[str, FeesDue], list[tallies.Due]]:
    """What is due as of today, by client, and what to keep so that the next reading is quicker; only reads.

    `uses` is what the clients' agreements consumed, where it is known already.
    """
    ledger = ledger.standing  # the day that is kept is the day it was worked out for
    found = {client.slug: FeesDue() for client in clients}
    paying = [client for client in clients if pays_beside_hours(client)]
    if not paying:
        return found, []
    fresh: list[tallies.Due] = []
    kept, reached, begun = tallies.all_due(ledger.db), journal.latest_row(ledger.db), first_day(ledger)
    since = min((kept[client.slug].as_of for client in paying if client.slug in kept), default=reached)
    changed = journal.clients_changed(ledger.db, since) if since < reached else {}
    for client in paying:
        slug, until = client.slug, civil_day(ledger.now, client.zone)
        terms, row = " ".join((_FORM, fingerprint(client), str(until), str(begun))), kept.get(slug)
        known = row if row and row.terms == terms and changed.get(slug, 0) <= row.as_of <= reached else None
        if known is None:
            found[slug] = sums_due(ledger, client, until, uses[slug] if uses else None)
        else:
            found[slug] = _from_body(known.body)
        if known is None or reached - known.as_of > tallies.STALE_ROWS:
            fresh.append(tallies.Due(slug, reached, terms, _body(found[slug])))
    return found, fresh


def _body(due: FeesDue) -> str:
    overage = {day: astuple(each) for day, each in due.overage.items()}
    return json.dumps({"minor": due.minor, "overage": overage, "oldest": due.oldest_day}, separators=(",", ":"))


def _from_body(body: str) -> FeesDue:
    content = json.loads(body)
    overage = {int(day): Figures(*numbers) for day, numbers in content["overage"].items()}
    return FeesDue(content["minor"], overage, content["oldest"])
