"""What must hold of sessions that rules made (P8), proven on the log: for `verify`.

A session of a rule says so, and the log keeps which rule took it and under what it is known; that its seconds are
nobody else's is proven with all evidence (`proving`).
"""

import json
from collections.abc import Iterator

from clepsydra.domain.session import Source
from clepsydra.language.message import Message, message
from clepsydra.ledger.ledger import Ledger
from clepsydra.store import checks, evidence, sessions

Broken = tuple[int, Message]
"""The number of a law, and what breaks it."""


def breaches(ledger: Ledger) -> Iterator[Broken]:
    """Sessions of rules without their rule, and decisions of rules whose sessions deny it."""
    named: set[str] = set()
    for row in evidence.by_rules(ledger.db):
        for each in json.loads(row.sessions):
            named.add(each)
            session = sessions.by_id(ledger.db, each)
            if session is not None and session.source is not Source.RULE:
                yield 5, message("session {id} was taken by a rule and does not say so", id=each)
    for each in checks.of_source(ledger.db, Source.RULE):
        if each not in named:
            yield 5, message("session {id} says that a rule made it, and no rule is known", id=each)
