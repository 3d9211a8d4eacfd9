"""Sessions as a person asks for them: of a period, of a client, of a search; all of them or the latest."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from clepsydra.domain.records import dataclass
from clepsydra.domain.session import Session
from clepsydra.ledger.ledger import Ledger
from clepsydra.store import sessions, statements

if TYPE_CHECKING:
    from clepsydra.ledger.log_search import Search


@dataclass(frozen=True, slots=True)
class Listing:
    """What fits a question; reads the log whenever it is asked, and then in order of time."""

    ledger: Ledger
    wanted: sessions.Filter

    def each(self) -> Iterator[Session]:
        """Every session that fits."""
        return sessions.select(self.ledger.db, self.wanted)

    def numbered(self) -> Iterator[tuple[Session, str | None]]:
        """The same, each with the number of the statement that bills it, which is looked up once."""
        known: dict[str | None, str | None] = {None: None}
        for session in self.each():
            if session.statement not in known:
                known.update(statements.numbers(self.ledger.db, [session.statement or ""]))
            yield session, known.get(session.statement)

    def latest(self, most: int) -> list[Session]:
        """The last so many of them."""
        return sessions.page(self.ledger.db, self.wanted, most)[::-1]

    def count(self) -> int:
        """How many there are."""
        return sessions.count(self.ledger.db, self.wanted)


def listing(ledger: Ledger) -> Listing:
    """Every session."""
    return Listing(ledger, sessions.EVERY)


def searched(ledger: Ledger, search: "Search") -> Listing:
    """The sessions that fit a search of the log; raises `Refused` where there is no such client."""
    if search.client:
        ledger.client(search.client)
    return Listing(ledger, search.filter(ledger))
