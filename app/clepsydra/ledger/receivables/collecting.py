"""What was collected: turnover and tax per rate by the day the money came in, disbursements apart.

A payment carries the taxes of what it pays in proportion, so that all payments of a document together carry all its
taxes to the cent. What a deposit carried moves, as far as it was paid, to the rates of the invoice that deducts it, on
the invoice's day; a credit note moves what was paid to the rates that are left. Such days count though no money comes
in, and from the first day on no rate is ever below zero. Money that pays nothing yet is the client's credit, and counts
on the day it is applied.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from clepsydra.domain.allocation import MONEY, TaxPortion
from clepsydra.domain.money import half_up
from clepsydra.domain.records import dataclass
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.receivables.carried import NOTHING, DebtFamily, Rate, debt_of, families
from clepsydra.store import given_numbers, receipts
from clepsydra.store.receipts import Allocated


class CollectedMoney(NamedTuple):
    """What one allocation of money carries, in minor units of the document's currency, and its worth in the receipt's.

    `turnover_minor` is before tax and without disbursements, in the currency of the money that came in.
    """

    row: Allocated
    taxes: tuple[TaxPortion, ...]
    laid_out_minor: int
    rounding_minor: int
    turnover_minor: int

    @property
    def net_minor(self) -> int:
        """Before tax; disbursements, and what the smallest coin added, apart."""
        taxed = sum(each.tax_minor for each in self.taxes)
        return self.row.minor - self.laid_out_minor - self.rounding_minor - taxed


def collected(ledger: Ledger, first: date | None = None, last: date | None = None) -> list[CollectedMoney]:
    """The money of a period, in the order of its days, with what each carries; a row of no money stands for a day on
    which what came in before moves to other rates.
    """
    begin, end = (first or date.min).toordinal(), (last or date.max).toordinal()
    by_debt: dict[str, list[Allocated]] = defaultdict(list)
    for row in receipts.allocations(ledger.db, last=end):
        if row.kind in MONEY:
            by_debt[row.debt].append(row)
    paid = {debt: "" if rows[0].of_document else rows[0].number for debt, rows in by_debt.items()}
    moved = {debt for debt, rows in by_debt.items() if rows[-1].day >= begin}
    found = [
        each
        for family in families(ledger, paid, moved, begin)
        for each in _of_family(family, [row for debt in family.debts for row in by_debt.get(debt, ())], end)
        if each.row.day >= begin
    ]
    return sorted(found, key=lambda each: (each.row.day, each.row.id))


def _of_family(family: DebtFamily, rows: Sequence[Allocated], last: int) -> Iterator[CollectedMoney]:
    """What the money of some debts carries: what all of it carries so far, less what it carried before."""
    money, told, latest = dict[str, int](), NOTHING, None
    days = sorted({day for day in family.turns() if day <= last} | {row.day for row in rows})
    by_day: dict[int, list[Allocated]] = defaultdict(list)
    for row in rows:
        by_day[row.day].append(row)
    for day in days:
        for row in (*([latest._replace(id="", day=day, minor=0)] if latest else []), *by_day[day]):
            debt, before = family.debts[row.debt], money.get(row.debt, 0)
            money[row.debt] = before + row.minor
            rounding = row.minor - (debt.unrounded(before + row.minor) - debt.unrounded(before))
            so_far = family.carried(day, money)
            new, told = so_far.less(told), so_far
            latest = row if row.minor else latest
            worth = half_up(Fraction(new.net_minor * latest.taken_minor, latest.minor)) if latest else 0
            if row.minor or new.laid_out_minor or any(tax != (0, 0) for tax in new.taxes.values()):
                yield CollectedMoney(row, tuple(new.listed()), new.laid_out_minor, rounding, worth)


def net_of(ledger: Ledger, rows: Sequence[Allocated]) -> Iterator[int]:
    """Of amounts with tax by which a debt was closed without money, in their order, what is no tax.

    They are the end of the debt, as money is its beginning, so that both together carry its taxes to the cent.
    """
    debt = debt_of(ledger, rows[0].debt, "" if rows[0].of_document else rows[0].number)
    closed = 0
    for row in rows:
        now = debt.left(row.day)
        before, after = (now.part(now.total_minor - debt.unrounded(each)) for each in (closed, closed + row.minor))
        closed += row.minor
        yield row.minor - (before.tax_minor - after.tax_minor)


@dataclass(frozen=True, slots=True)
class CollectedPeriod:
    """What a month or a quarter collected in one currency."""

    period: str
    first: date
    last: date
    currency: str
    net_minor: int
    laid_out_minor: int
    rounding_minor: int
    taxes: tuple[TaxPortion, ...]

    @property
    def tax_minor(self) -> int:
        """All taxes of it."""
        return sum(each.tax_minor for each in self.taxes)

    @property
    def total_minor(self) -> int:
        """All that came in for documents and statements."""
        return self.net_minor + self.tax_minor + self.laid_out_minor + self.rounding_minor


def by_period(rows: Sequence[CollectedMoney], by: str) -> list[CollectedPeriod]:
    """Collected money by month ("2026-11") or quarter ("2026-Q4") and currency."""
    groups: dict[tuple[str, date, date, str], list[CollectedMoney]] = defaultdict(list)
    for each in rows:
        groups[(*_period(date.fromordinal(each.row.day), by), each.row.currency)].append(each)
    return [_summed(*key, members) for key, members in sorted(groups.items())]


def _period(day: date, by: str) -> tuple[str, date, date]:
    from clepsydra.domain.periods import ONE_DAY, add_months

    months = 3 if by == "quarter" else 1
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    name = f"{day.year}-Q{(day.month + 2) // 3}" if by == "quarter" else f"{day.year}-{day.month:02d}"
    return name, first, add_months(first, months) - ONE_DAY


def _summed(name: str, first: date, last: date, currency: str, members: Sequence[CollectedMoney]) -> CollectedPeriod:
    sums: dict[Rate, tuple[int, int]] = {}
    for each in members:
        for tax in each.taxes:
            rate = (tax.category, tax.rate, tax.part)
            base, owed = sums.get(rate, (0, 0))
            sums[rate] = base + tax.base_minor, owed + tax.tax_minor
    taxes = tuple(TaxPortion(*rate, base, owed) for rate, (base, owed) in sorted(sums.items()) if base or owed)
    net, laid_out = sum(each.net_minor for each in members), sum(each.laid_out_minor for each in members)
    rounding = sum(each.rounding_minor for each in members)
    return CollectedPeriod(name, first, last, currency, net, laid_out, rounding, taxes)


@dataclass(frozen=True, slots=True)
class ThresholdState:
    """How much of a threshold the turnover of a year has reached."""

    key: str
    text: str
    year: int
    limit_minor: int
    turnover_minor: int
    currency: str
    source: str

    @property
    def percent(self) -> int:
        """Whole percent of it, rounded down."""
        return self.turnover_minor * 100 // self.limit_minor

    @property
    def state(self) -> str:
        """What to say of it: "over" from 100 % on, "near" from 80 %, else "ok"."""
        return "over" if self.percent >= 100 else "near" if self.percent >= NEAR else "ok"


NEAR = 80
"""Percent of a threshold from which it is said."""


def threshold_states(ledger: Ledger, year: int, lang: str) -> list[ThresholdState]:
    """The thresholds of the seller's country for a year, with what was collected of it. Raises ValueError."""
    from clepsydra.settings.thresholds import thresholds

    seller = ledger.settings.seller
    if not seller.country:
        return []
    met = {str(seller.regime), seller.form.casefold()}
    found = thresholds(seller.country, year, met, given_numbers.folder_of(ledger.db))
    if not found:
        return []
    rows = collected(ledger, date(year, 1, 1), date(year, 12, 31))
    own = _currencies(ledger)
    turnover: dict[str, int] = defaultdict(int)
    for each in rows:
        turnover[own.get(each.row.receipt or "", each.row.currency)] += each.turnover_minor
    return [
        ThresholdState(
            each.key, each.text(lang), year, each.limit_minor, turnover[each.currency], each.currency, each.source
        )
        for each in found
    ]


def _currencies(ledger: Ledger) -> dict[str, str]:
    """The currency of each receipt."""
    return {row.id: row.currency for row in receipts.select(ledger.db)}
