"""What late payment costs a business, reckoned to the day and offered; never to a consumer, never put on an invoice."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from clepsydra.domain.interest import Interest, RateTable, interest, late_rate
from clepsydra.domain.money import minor_units
from clepsydra.domain.receivables import Debt
from clepsydra.domain.records import dataclass
from clepsydra.domain.terms import Client
from clepsydra.language.message import Message, message
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.settings.rates import late_rules
from clepsydra.store import chasing, given_numbers


class ChargeTerms(NamedTuple):
    """What holds for one client: formulas of the rate and its floor, the fixed sum with its currency, the rates."""

    rate: str
    floor: str
    fee: Decimal | None
    currency: str
    table: RateTable


@dataclass(frozen=True, slots=True)
class LateCharges:
    """What one debt bears for being late, in minor units of its currency."""

    debt: Debt
    interest: Interest
    fee_minor: int
    formula: str

    @property
    def minor(self) -> int:
        """All of it."""
        return self.interest.minor + self.fee_minor


def is_consumer(ledger: Ledger, client: str) -> bool:
    """Whether a client is a private person, who is never charged for paying late."""
    known = ledger.catalogue.clients.get(client)
    return known is not None and known.buyer.kind == "consumer"


def charge_terms(ledger: Ledger, client: Client) -> ChargeTerms | None:
    """What may be asked of a client beside the debt; None for consumers, and where no law or contract gives anything.

    What the person set wins over the country's law. Raises `Refused` where the home's own rates cannot be read.
    """
    if client.buyer.kind == "consumer":
        return None
    try:
        rules = late_rules(ledger.settings.seller.country, given_numbers.folder_of(ledger.db))
    except ValueError as error:
        raise Refused("{problem}", problem=str(error)) from error
    law = rules.terms.get(client.buyer.kind)
    if law is None and client.buyer.kind != "business":
        return None
    rate, floor, fee = client.chase.rate, client.chase.floor, client.chase.fee
    if law is not None:
        rate, floor, fee = rate or law.rate, floor or law.floor, fee if fee is not None else law.fee
    if not rate and not fee:
        return None
    typed = client.chase.fee is not None or law is None
    return ChargeTerms(rate, floor, fee, client.currency if typed else law.currency, rules.table)  # type: ignore[union-attr]


def late_charges(ledger: Ledger, debt: Debt, until: date) -> LateCharges | None:
    """What a debt bears up to a day; None where nothing may be asked, or it is not late."""
    client = ledger.catalogue.clients.get(debt.client)
    terms = charge_terms(ledger, client) if client else None
    if terms is None or until <= debt.next_due:
        return None
    parts = [part for part in debt.parts if part.due < until and part.open_minor]
    if parts:
        made = [interest(part.open_minor, part.due, until, terms.rate, terms.table) for part in parts]
    else:
        paid = [(date.fromordinal(day), minor) for day, minor, _ in chasing.closed(ledger.db, debt.id)]
        made = [interest(debt.total_minor, debt.due, until, terms.rate, terms.table, paid)]
    known = [each for each in made if each]
    whole = Interest(sum(each.minor for each in known), tuple(span for each in known for span in each.spans))
    same = terms.fee is not None and terms.currency == debt.currency
    fee = minor_units(terms.fee, debt.currency) if terms.fee is not None and same else 0
    return LateCharges(debt, whole, fee, terms.rate if known else "") if whole.minor or fee else None


def below_floor(ledger: Ledger, today: date) -> Iterator[tuple[str, Message]]:
    """Clients whose late rate lies below what the law allows at least, or names a rate that nobody knows."""
    for slug, client in ledger.catalogue.clients.items():
        terms = None if client.own else charge_terms(ledger, client)
        if terms is None or not terms.rate:
            continue
        rate = late_rate(terms.rate, terms.table, today)
        floor = late_rate(terms.floor, terms.table, today) if terms.floor else None
        if rate is None:
            yield slug, message("the late rate {rate} names a rate that is not known", rate=terms.rate)
        elif floor is not None and rate.percent < floor.percent:
            yield slug, message("the late rate of {rate} % lies below the floor of {floor} % ({formula})",
                                rate=f"{rate.percent.normalize():f}", floor=f"{floor.percent.normalize():f}",
                                formula=terms.floor)  # fmt: skip
