"""What is unbilled, per client: the figure that matters most.

Finished work is reckoned when the log has changed; the reader adds what runs, second by second.
"""

from collections.abc import Set
from datetime import date

from clepsydra.domain.figures import Figures
from clepsydra.domain.records import dataclass, field
from clepsydra.domain.terms import Client
from clepsydra.ledger.agreements.due import read_due
from clepsydra.ledger.agreements.fees import FeesDue
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.open_work import OpenWork, open_work


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


def unbilled(ledger: Ledger, only: Set[str] | None = None) -> dict[str, Unbilled]:
    """Every client's unbilled totals, or those of `only`, all from one state of the log."""
    clients = [client for slug, client in ledger.catalogue.clients.items() if only is None or slug in only]
    with read_due(ledger, clients) as due:
        return {each.slug: with_fees(each, open_work(ledger, each), due[each.slug]) for each in clients}


def with_fees(client: Client, work: OpenWork, fees: FeesDue) -> Unbilled:
    """A client's open work with what is due beside hours."""
    days = [day for day in (work.oldest_day, fees.oldest_day) if day is not None]
    return Unbilled(
        client=client.slug,
        currency=client.currency,
        figures=work.figures + fees.beyond(),
        sessions=work.sessions,
        oldest_day=min(days, default=None),
        pending_seconds=work.pending_seconds,
        pending_minor=work.pending_minor,
        unsure_seconds=work.unsure_seconds,
        fee_minor=fees.minor,
    )
