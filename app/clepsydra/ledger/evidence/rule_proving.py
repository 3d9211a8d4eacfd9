"""What must hold of sessions that rules made (P8), proven on the log: for `verify`.

A session of a rule says so, the log keeps which rule took it and under what it is known, and its seconds are nobody
else's but where a person put other work over it since.
"""

import json
from collections.abc import Iterator

from clepsydra.domain.session import Session, Source
from clepsydra.language.message import message
from clepsydra.ledger.breach import Breach
from clepsydra.ledger.ledger import Ledger
from clepsydra.store import checks, evidence, sessions


def breaches(ledger: Ledger) -> Iterator[Breach]:
    """Sessions of rules without their rule, decisions of rules whose sessions deny it, seconds owned twice."""
    named: set[str] = set()
    for row in evidence.by_rules(ledger.db):
        for each in json.loads(row.sessions):
            session = None if each in named else sessions.by_id(ledger.db, each)
            named.add(each)
            if session is None:
                continue
            if session.source is not Source.RULE:
                yield Breach(5, message("session {id} was taken by a rule and does not say so", id=each))
            yield from _twice(ledger, session)
    for each in checks.of_source(ledger.db, Source.RULE):
        if each not in named:
            yield Breach(5, message("session {id} says that a rule made it, and no rule is known", id=each))


def _twice(ledger: Ledger, session: Session) -> Iterator[Breach]:
    """Others over a rule's session which no entry of the journal put there: what a person does is in the journal."""
    span = session.span(ledger.now)
    for other in sessions.within(ledger.db, span.started_at, max(span.ended_at, span.started_at + 1)):
        shares = other.id != session.id and other.placed and span.overlaps(other.span(ledger.now))
        if shares and checks.entry_of(ledger.db, "session", other.id) is None:
            yield Breach(
                2,
                message(
                    "session {one} of a rule: session {other} owns the same seconds", one=session.id, other=other.id
                ),
            )
