"""What is not invoiced yet and will be: open work and fees of agreements, with the tax they will carry."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from clepsydra.domain.ageing import YEAR
from clepsydra.domain.forecast_cash import middle
from clepsydra.domain.month_revenue import last_of_month
from clepsydra.domain.records import dataclass
from clepsydra.domain.statement import Line, LineSort, due_on, tax_on
from clepsydra.domain.terms import Client
from clepsydra.ledger.agreements.contracts import counting
from clepsydra.ledger.agreements.fees import fees_due
from clepsydra.ledger.documents.reading import today_of
from clepsydra.ledger.errors import Refused
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.live.unbilled import Unbilled, unbilled
from clepsydra.ledger.open_work import open_work
from clepsydra.store import receivable_sums

USUAL_DELAY = 3
"""Days from the last session to the invoice where a client has had none in twelve months."""


@dataclass(frozen=True, slots=True)
class WorkToBill:
    """A client's work or fee that ends on a day and is to be billed: minor units with tax; `fee` for an agreement's."""

    client: str
    currency: str
    minor: int
    last: date
    project: str = ""
    fee: bool = False


def tax_percent(ledger: Ledger, client: Client, day: date) -> Decimal:
    """The tax that a client's work carries; what its statements say where it is invoiced elsewhere."""
    from clepsydra.ledger.documents.taxing import taxing
    from clepsydra.settings.countries import country

    if not client.invoiced_here:
        return client.statement.tax
    try:
        return taxing(ledger.settings, client, country(ledger.settings.seller.country), day).services().rate
    except Refused:  # its key is unknown: the draft will say so
        return client.statement.tax


def waiting_with_tax(ledger: Ledger, client: str | None = None) -> list[WorkToBill]:
    """The open work of all clients or one, that of earlier months and that of this one apart."""
    found = unbilled(ledger, None if client is None else {client})
    return [part for row in found.values() for part in _parts(ledger, row)]


def _parts(ledger: Ledger, row: Unbilled) -> Iterator[WorkToBill]:
    """A client's open work by the month in which its period ends."""
    if row.minor <= 0:
        return
    client, today = ledger.client(row.client), today_of(ledger)
    first, percent = today.replace(day=1), tax_percent(ledger, client, today)
    late = 0
    if row.oldest_day is not None and row.oldest_day < first.toordinal():
        work = open_work(ledger, client, None, first.toordinal() - 1).figures.billed_minor
        late = min(row.minor, work + max(0, row.fee_minor))  # a fee is due once its period has ended
    # Its tax is that of all of it, as one statement of today would ask.
    whole, before = (minor + tax_on(minor, percent) for minor in (row.minor, late))
    for minor, last in ((before, first - timedelta(days=1)), (whole - before, last_of_month(today))):
        if minor > 0:
            yield WorkToBill(client.slug, row.currency, minor, last)


def fees_to_come(ledger: Ledger, until: date) -> list[WorkToBill]:
    """What agreements will bill beside hours up to a day and do not yet: the fees of periods to come, with tax."""
    found = []
    today = today_of(ledger)
    for client in ledger.catalogue.clients.values():
        if client.own or not client.active or not has_fees(client):
            continue
        now = {_key(line) for line in fees_due(ledger, client).lines}
        percent = tax_percent(ledger, client, today)
        for line in fees_due(ledger, client, None, until).lines:
            if line.sort is LineSort.FEE and line.fee_minor > 0 and _key(line) not in now:
                minor = line.fee_minor + tax_on(line.fee_minor, percent)
                found.append(WorkToBill(client.slug, client.currency, minor, line.last_day, line.project, fee=True))
    return found


def has_fees(client: Client) -> bool:
    """Whether any of a client's agreements has a fee."""
    return any(contract.covers for _, contracts in counting(client) for contract in contracts)


def _key(line: Line) -> tuple[str, date, date, str]:
    return line.project, line.first_day, line.last_day, line.note


def usual_delays(ledger: Ledger) -> dict[str, int]:
    """The usual days from a client's last session to its invoice, of the last twelve months."""
    since = today_of(ledger).toordinal() - YEAR
    found: dict[str, list[int]] = {}
    for slug, days in receivable_sums.delays(ledger.db, since):
        found.setdefault(slug, []).append(max(0, days))
    return {slug: middle(days) for slug, days in found.items()}


def due_after(ledger: Ledger, client: Client, last: date, delay: int) -> date:
    """When what ends on a day will be due: it is invoiced as late as usual, never before today, then the terms run."""
    return due_on(max(today_of(ledger), last + timedelta(days=delay)), client.statement.terms)
