"""What is unbilled, per client: the figure that matters most, kept ready.

Finished sessions are summed once and remembered in the books; the reader adds what runs, second by second.
"""

from collections.abc import Set
from dataclasses import dataclass, field
from datetime import date

from clepsydra.domain.billing import Figures, Treatment, treatment
from clepsydra.domain.terms import Client
from clepsydra.ledger.agreements import due
from clepsydra.ledger.agreements.fees import FeesDue, due_now
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.live import books
from clepsydra.ledger.live.books import Book
from clepsydra.ledger.parts import Part, part_of
from clepsydra.store import sessions, tallies


@dataclass(frozen=True, slots=True)
class Unbilled:
    """A client's finished billable work on no statement yet, and what waits for a decision beside it.

    Days are ordinals; `pending_minor` is the value at the sessions' own rates. `figures` hold overage too; `fee_minor`
    is what is due beside hours: fees, less what caps take off.
    """

    client: str
    currency: str
    figures: Figures = field(default_factory=Figures)
    sessions: int = 0
    oldest_day: int | None = None
    pending_seconds: int = 0
    pending_minor: int = 0
    unsure_seconds: int = 0
    fee_minor: int = 0

    @property
    def minor(self) -> int:
        """Everything a statement of today would bill before tax."""
        return self.figures.billed_minor + self.fee_minor

    def age_days(self, today: date) -> int:
        """Days since the oldest unbilled session; 0 when there is none."""
        return max(0, today.toordinal() - self.oldest_day) if self.oldest_day else 0


def unbilled_of(ledger: Ledger, client: Client) -> Unbilled:
    """Sum one client's unbilled work from its sessions, all at once."""
    found = list(sessions.select(ledger.db, sessions.Filter(client=client.slug, unbilled=True)))
    ready = (s for s in found if not s.running and s.doubtful_from is None)
    days = [s.day for s in ready if treatment(s, client) is Treatment.BILLABLE]
    return _unbilled(client, part_of(ledger, client, found), min(days, default=None), due_now(ledger, client))


def unbilled(ledger: Ledger, only: Set[str] | None = None) -> dict[str, Unbilled]:
    """Every client's unbilled totals (or those of `only`), from the books where nothing has changed since."""
    with tallies.keeping(ledger.db) as fresh:
        found, summed_now = books.read(ledger, only=only)
        accounts, worked_out = due.read(ledger, [ledger.client(slug) for slug in found])
        fresh += summed_now + worked_out
    return {slug: summed(ledger.client(slug), book, accounts[slug].due) for slug, book in found.items()}


def summed(client: Client, book: Book, fees: FeesDue) -> Unbilled:
    """A client's total, as its book has it, with what is due beside hours."""
    return _unbilled(client, book.unbilled, book.oldest, fees)


def _unbilled(client: Client, part: Part, oldest: int | None, fees: FeesDue) -> Unbilled:
    days = [day for day in (oldest, fees.oldest_day) if day is not None]
    return Unbilled(
        client=client.slug,
        currency=client.currency,
        figures=part.figures + fees.beyond(),
        sessions=part.sessions,
        oldest_day=min(days, default=None),
        pending_seconds=part.pending_seconds,
        pending_minor=part.pending_minor,
        unsure_seconds=part.unsure_seconds,
        fee_minor=fees.minor,
    )
