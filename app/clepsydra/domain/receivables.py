"""What is owed and what was paid of it, as those who age, match, chase and forecast see it.

Days are the seller's civil days, amounts minor units of the debt's own currency. Under a plan the parts say when how
much is due; what came in pays the earliest part first: of 333.34 + 333.33 + 333.33 with 500.00 open, the first part is
paid, 166.67 of the second is open, and all of the third.
"""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from clepsydra.domain.money import share
from clepsydra.domain.records import dataclass


class DebtKind(StrEnum):
    """What is owed for; a statement is one that is on no document."""

    INVOICE = "invoice"
    DEPOSIT = "deposit"
    STATEMENT = "statement"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an instalment plan, and what is still open of it."""

    due: date
    minor: int
    open_minor: int

    def late_days(self, today: date) -> int:
        """Days by which it is late; 0 for one that is paid or not yet due."""
        return max(0, (today - self.due).days) if self.open_minor else 0


@dataclass(frozen=True, slots=True)
class Debt:
    """An issued invoice or deposit invoice, or a statement that is on no document, with something still to be paid.

    `due` is the original day; `parts` is empty without a plan;
    `total_minor` is what it asked for; `reference` is what banks carry back, empty without one.
    """

    id: str
    number: str
    kind: DebtKind
    client: str
    currency: str
    issued: date
    due: date
    total_minor: int
    open_minor: int
    parts: tuple[Part, ...] = ()
    reference: str = ""

    @property
    def is_statement(self) -> bool:
        """Whether it is no document: paid, planned and shown as a statement."""
        return self.kind is DebtKind.STATEMENT

    @property
    def next_due(self) -> date:
        """The day from which something of it is late: of the earliest open part of a plan, else the original one."""
        return min((part.due for part in self.parts if part.open_minor), default=self.due)

    def by_day(self) -> tuple[Part, ...]:
        """What is open of it by the day it is due on; without a plan all of it on one day."""
        parts = tuple(part for part in self.parts if part.open_minor)
        return parts or (Part(self.due, self.total_minor, self.open_minor),)

    def overdue_minor(self, today: date) -> int:
        """What of it was due before a day: of a plan, its open parts of earlier days."""
        return sum(part.open_minor for part in self.by_day() if part.due < today)


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that came in for a debt, with the day on which what it paid was due."""

    number: str
    client: str
    currency: str
    due: date
    paid: date
    minor: int


def parts_of(planned: Sequence[tuple[date, int]], open_minor: int, due: date) -> tuple[Part, ...]:
    """The parts of a plan with what is open of each; `planned` are its days and amounts in order.

    What is open beyond the plan, since a receipt was taken back, is due on the original day.
    """
    if not planned:
        return ()
    closed = sum(minor for _, minor in planned) - open_minor
    parts = [Part(due, -closed, -closed)] if closed < 0 else []
    closed = max(0, closed)
    for day, minor in planned:
        paid = min(minor, closed)
        parts.append(Part(day, minor, minor - paid))
        closed -= paid
    return tuple(parts)


def equal_parts(minor: int, count: int) -> list[int]:
    """An amount in so many parts that differ by a minor unit at most, the larger first: 333.34 + 333.33 + 333.33."""
    return share(minor, [1] * count)
