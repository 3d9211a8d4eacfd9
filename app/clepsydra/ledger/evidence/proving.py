"""What must hold of what was taken from evidence, proven on the log: for `verify`.

Every taken second is owned once. What a person changed since, of the taken session or of what it meets, is theirs to
have changed, and is left out.
"""

import json
from collections.abc import Iterator

from clepsydra.language.message import message
from clepsydra.ledger.breach import Breach
from clepsydra.ledger.ledger import Ledger
from clepsydra.settings.model import Interrupt
from clepsydra.store import checks, evidence, sessions
from clepsydra.store.checks import Written


def breaches(ledger: Ledger) -> Iterator[Breach]:
    """Sessions that were taken from evidence and share seconds with others."""
    taken = _taken(ledger)
    seen: set[frozenset[str]] = set()
    for session_id, entry in taken.items():
        session = sessions.by_id(ledger.db, session_id)
        if session is None or _changed(ledger, session_id, entry):
            continue
        span = session.span(ledger.now)
        for other in sessions.within(ledger.db, span.started_at, max(span.ended_at, span.started_at + 1)):
            pair = frozenset({session.id, other.id})
            shares = other.placed and span.overlaps(other.span(ledger.now))
            if len(pair) < 2 or pair in seen or not shares or _changed(ledger, other.id, taken.get(other.id, entry)):
                continue
            seen.add(pair)
            yield Breach(
                2,
                message(
                    "taken evidence: sessions {one} and {other} own the same seconds", one=session.id, other=other.id
                ),
            )


def _taken(ledger: Ledger) -> dict[str, Written]:
    """Sessions made of evidence, each with the journal's entry that made it; not where calls are only noted, for there
    overlaps are meant."""
    found: dict[str, Written] = {}
    for row in evidence.taken(ledger.db):
        entry = checks.entry_of(ledger.db, "evidence_decision", row.id)
        if entry and not entry.carried and entry.values.get("interrupt") != Interrupt.NOTE:
            found |= dict.fromkeys(json.loads(row.sessions), entry)
    return found


def _changed(ledger: Ledger, session: str, since: Written) -> bool:
    """Whether a person wrote a session after an entry."""
    last = checks.entry_of(ledger.db, "session", session)
    return last is None or (last.id > since.id and not last.by_a_call)
