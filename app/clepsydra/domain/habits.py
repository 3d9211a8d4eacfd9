"""How late each client pays: its own days past due, weighted by amount, and how many invoices tell it.

A payment of 1 000 paid 2 days late and one of 3 000 paid 10 days late make 8 days: (2 000 + 30 000) / 4 000. Paid
before the due day counts as the days before it, below zero.
"""

from collections.abc import Iterable
from fractions import Fraction

from clepsydra.domain.receivables import Payment
from clepsydra.domain.records import dataclass

FEW = 3
"""Under so many paid invoices a client is judged by the habit of the others."""


def days_late(payment: Payment) -> int:
    """Days from the due day to the day it was paid."""
    return (payment.paid - payment.due).days


@dataclass(frozen=True, slots=True)
class PayingHabit:
    """A client's days late weighted by amount, over the invoices that were paid."""

    average: Fraction
    invoices: int

    @property
    def own(self) -> bool:
        """Whether enough was paid to go by it."""
        return self.invoices >= FEW


def habits(payments: Iterable[Payment]) -> dict[str, PayingHabit]:
    """The habit of each client with a payment, whatever the currency: days are days, weighed within each one."""
    mine: dict[str, list[Payment]] = {}
    for payment in payments:
        if payment.minor > 0:
            mine.setdefault(payment.client, []).append(payment)
    return {client: habit(found) for client, found in mine.items()}


def habit(payments: list[Payment]) -> PayingHabit:
    """The habit of one client's payments; weights are shares within a currency, so that none is ever added to another.

    Raises `ZeroDivisionError` without any payment.
    """
    numbers = {payment.number for payment in payments}
    by_currency: dict[str, list[Payment]] = {}
    for payment in payments:
        by_currency.setdefault(payment.currency, []).append(payment)
    average = Fraction(0)
    for some in by_currency.values():
        weighted = Fraction(sum(each.minor * days_late(each) for each in some), sum(each.minor for each in some))
        average += weighted * Fraction(len(some), len(payments))
    return PayingHabit(average, len(numbers))


def histories(payments: Iterable[Payment]) -> dict[str, list[int]]:
    """Each client's days late, payment by payment, in the order given."""
    found: dict[str, list[int]] = {}
    for payment in payments:
        if payment.minor > 0:
            found.setdefault(payment.client, []).append(days_late(payment))
    return found
