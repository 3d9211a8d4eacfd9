"""Instalment plans: a debt in parts to the cent, each due on its own day.

A plan is of what is open when it is made; what comes in pays its earliest part first. It is replaced by another, or
taken away; the document keeps its own due day.
"""

from collections.abc import Sequence
from datetime import date

from clepsydra.domain.periods import months_after
from clepsydra.domain.receivables import Debt, Part, equal_parts
from clepsydra.ledger.documents import reading
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.ledger.receivables import owing
from clepsydra.store import receipts
from clepsydra.store.ids import new_id

MOST = 60
"""Parts of a plan at most."""


def monthly(ledger: Ledger, number: str, count: int, first: date | None = None) -> list[date]:
    """The days of so many monthly parts, counted from the first: 31 Jan, 28 Feb, 31 Mar.

    Without a first day it is the debt's own due day, or today where that is over. Raises `Refused`.
    """
    if not 1 <= count <= MOST:
        raise Refused("a plan has 1 to {most} parts", most=MOST)
    debt = owing.debt(ledger, number)
    begin = first or max(debt.due, reading.today_of(ledger))
    return [months_after(begin, months) for months in range(count)]


def make(ledger: Ledger, number: str, days: Sequence[date], amounts: Sequence[int | None] = ()) -> Debt:
    """Plan what is open of a debt in parts due on these days, replacing the plan it had.

    Parts without an amount share what the others leave, the first of them taking the odd cents. Raises `Refused`.
    """
    with ledger.change("instalment plan of {number}", number=number):
        debt = owing.debt(ledger, number)
        id_ = new_id(ledger.now)
        parts = [(f"{id_}-p{n:03d}", part.due.toordinal(), part.minor)
                 for n, part in enumerate(_parts(debt, days, amounts), 1)]  # fmt: skip
        receipts.put_plan(ledger.db, debt.id, parts)
    return owing.debt(ledger, number)


def preview(ledger: Ledger, number: str, days: Sequence[date], amounts: Sequence[int | None] = ()) -> list[Part]:
    """The parts that `make` would plan; raises `Refused`."""
    return _parts(owing.debt(ledger, number), days, amounts)


def _parts(debt: Debt, days: Sequence[date], amounts: Sequence[int | None]) -> list[Part]:
    if not debt.open_minor:
        raise Refused("nothing is open of {number}", number=debt.number)
    if not 1 <= len(days) <= MOST:
        raise Refused("a plan has 1 to {most} parts", most=MOST)
    if list(days) != sorted(set(days)):
        raise Refused("the days of a plan follow one another, each once")
    if days[0] < debt.issued:
        raise Refused("a plan does not begin before {number} was issued", number=debt.number)
    minors = _shared(debt, [*amounts, *[None] * (len(days) - len(amounts))])
    return [Part(day, minor, minor) for day, minor in zip(days, minors, strict=True)]


def _shared(debt: Debt, amounts: Sequence[int | None]) -> list[int]:
    """Amounts of all parts, to the cent the whole."""
    rest = debt.open_minor - sum(each for each in amounts if each is not None)
    free = [index for index, each in enumerate(amounts) if each is None]
    shares = dict(zip(free, equal_parts(rest, len(free)), strict=True)) if free and rest > 0 else {}
    minors = [shares.get(index, each or 0) for index, each in enumerate(amounts)]
    if sum(minors) != debt.open_minor or min(minors) <= 0:
        raise Refused("the parts must sum to what is open of {number}, each above zero", number=debt.number)
    return minors


def remove(ledger: Ledger, number: str) -> Debt:
    """Take the plan of a debt away, so that it is due on its own day again; raises `Refused` without one."""
    with ledger.change("instalment plan of {number} taken away", number=number):
        debt = owing.debt(ledger, number)
        if not debt.parts:
            raise Refused("{number} has no instalment plan", number=number)
        receipts.put_plan(ledger.db, debt.id, ())
    return owing.debt(ledger, number)


def missed(debt: Debt, today: date) -> list[Part]:
    """The parts that are late."""
    return [part for part in debt.parts if part.late_days(today)]
