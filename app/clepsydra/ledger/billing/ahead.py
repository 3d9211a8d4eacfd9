"""A statement as it was asked for, and as it will be issued unless something moves: with its documents made before the
log is locked.

Inside the lock it is composed again, and its documents are made there only where it came out otherwise: nobody who
starts a timer meanwhile waits for a PDF.
"""

from collections.abc import Sequence
from datetime import date

from clepsydra.domain.records import dataclass, replace
from clepsydra.domain.statement import NO_WORDS, Statement, StatementState, StatementWords, due_on
from clepsydra.domain.terms import Client
from clepsydra.ledger import numbering
from clepsydra.ledger.billing.statement_files import Made, make
from clepsydra.ledger.ledger import Ledger


@dataclass(frozen=True, slots=True)
class StatementRequest:
    """A statement as it was asked for: a client's unbilled work, from a day on and to a day where they are told.

    `series` None takes that of the year; `at_once` makes its documents with it, else its first export makes them.
    """

    client: str
    first: date | None = None
    last: date | None = None
    series: str | None = None
    words: StatementWords = NO_WORDS
    at_once: bool = True


@dataclass(frozen=True, slots=True)
class StatementAhead:
    """The statement, its documents, and what else they were made by: formats, zone, seller."""

    statement: Statement
    made: Made
    by: tuple[object, ...]


def stamped(statement: Statement, client: Client, number: str, now: int, today: date) -> Statement:
    """A previewed statement as it is issued."""
    return replace(
        statement,
        state=StatementState.ISSUED,
        number=number,
        issued_at=now,
        issued_on=today,
        due_on=due_on(today, client.statement.terms),
    )


def _by(ledger: Ledger, formats: Sequence[str]) -> tuple[object, ...]:
    return tuple(formats), numbering.seller_zone(ledger).key, ledger.settings.seller


def made_ahead(ledger: Ledger, issued: Statement, formats: Sequence[str]) -> StatementAhead:
    """A statement with its documents, made now."""
    return StatementAhead(
        issued, make(ledger, issued, formats, numbering.seller_zone(ledger).key), _by(ledger, formats)
    )


def taken(ledger: Ledger, issued: Statement, formats: Sequence[str], early: StatementAhead | None) -> StatementAhead:
    """What was made ahead, where only the clock went on since; else the same made now."""
    if early is None or early.by != _by(ledger, formats):
        return made_ahead(ledger, issued, formats)
    later = replace(issued, issued_at=early.statement.issued_at)
    return early if later == early.statement else made_ahead(ledger, issued, formats)
