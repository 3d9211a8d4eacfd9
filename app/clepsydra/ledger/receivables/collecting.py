"""What was collected: turnover and tax per rate by the day the money came in, disbursements apart.

A payment carries the taxes of what it pays in proportion, so that all payments of a document together carry all its
taxes to the cent. What a deposit carried is not carried again by the invoice that deducts it. Money that pays nothing
yet is the client's credit, and counts on the day it is applied.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from clepsydra.domain.allocation import MONEY, TaxPortion, portions_of
from clepsydra.domain.document import Document
from clepsydra.domain.document_lines import DocumentLineSort
from clepsydra.domain.money import half_up
from clepsydra.domain.records import dataclass
from clepsydra.ledger.billing import statements
from clepsydra.ledger.documents import reading
from clepsydra.ledger.documents.document_json import document_from
from clepsydra.ledger.ledger import Ledger
from clepsydra.store import documents, given_numbers, receipts
from clepsydra.store.receipts import Allocated

Rate = tuple[str, Decimal, str]
"""What tells a tax from others: category, percentage, name of the part."""


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


class _Carried(NamedTuple):
    """What is still to be carried of a document: its taxes, its net without disbursements, and those."""

    taxes: dict[Rate, tuple[int, int]]
    net_minor: int
    laid_out_minor: int

    @property
    def tax_minor(self) -> int:
        """All its taxes."""
        return sum(tax for _, tax in self.taxes.values())

    @property
    def total_minor(self) -> int:
        """With tax and what was laid out."""
        return self.net_minor + self.tax_minor + self.laid_out_minor

    def less(self, other: "_Carried") -> "_Carried":
        """Without what another carries."""
        rest = dict(self.taxes)
        for rate, (base, tax) in other.taxes.items():
            before = rest.get(rate, (0, 0))
            rest[rate] = before[0] - base, before[1] - tax
        return _Carried(rest, self.net_minor - other.net_minor, self.laid_out_minor - other.laid_out_minor)

    def listed(self) -> list[TaxPortion]:
        """The taxes as portions."""
        return [TaxPortion(*rate, base, tax) for rate, (base, tax) in self.taxes.items()]

    def part(self, closed_minor: int) -> "_Carried":
        """What so much of it carries."""
        portions, laid_out = portions_of(self.listed(), self.net_minor, self.laid_out_minor, closed_minor)
        net = closed_minor - laid_out - sum(p.tax_minor for p in portions)
        return _Carried({(p.category, p.rate, p.part): (p.base_minor, p.tax_minor) for p in portions}, net, laid_out)


def _carried(document: Document) -> _Carried:
    laid_out = sum(line.net_minor for line in document.lines if line.sort is DocumentLineSort.DISBURSEMENT)
    outside = next((line.tax.category for line in document.lines if line.sort is DocumentLineSort.DISBURSEMENT), None)
    taxes: dict[Rate, tuple[int, int]] = {}
    for tax in document.taxes:
        base = tax.base_minor - (laid_out if tax.category is outside else 0)
        taxes[tax.category.value, tax.rate, tax.part] = base, tax.tax_minor
    return _Carried(taxes, document.net_minor - laid_out, laid_out)


class _Debt(NamedTuple):
    """What a document or statement carries less its deposits, its credit notes with their days, and what it asks for
    with what the smallest coin added to that.
    """

    whole: _Carried
    credits: list[tuple[int, _Carried]]
    payable_minor: int
    rounding_minor: int

    def on(self, day: int) -> _Carried:
        """What is carried less the credit notes up to a day."""
        now = self.whole
        for credited, credit in self.credits:
            now = now.less(credit) if credited <= day else now
        return now

    def unrounded(self, closed_minor: int) -> int:
        """So much of what is asked, without its part of what the coin added."""
        if not self.rounding_minor or not self.payable_minor:
            return closed_minor
        return half_up(Fraction(closed_minor * (self.payable_minor - self.rounding_minor), self.payable_minor))


def _of_debt(ledger: Ledger, row: Allocated) -> _Debt:
    if not row.of_document:
        statement = statements.show(ledger, row.number)
        rate = ("S" if statement.tax else "Z", statement.tax, "")
        whole = _Carried({rate: (statement.net_minor, statement.tax_minor)}, statement.net_minor, 0)
        return _Debt(whole, [], statement.total_minor, 0)
    stored = documents.by_id(ledger.db, row.debt)
    assert stored is not None
    document = document_from(stored.body)
    whole = _carried(document)
    for deposit in document.prepaid:
        whole = whole.less(_of_deposit(ledger, deposit.number, stored.issued_day).part(deposit.minor))
    return _Debt(whole, _credits(ledger, row.debt), document.payable_minor, document.rounding_minor)


def _of_deposit(ledger: Ledger, number: str, deducted_day: int) -> _Carried:
    """What a deposit carries less its credit notes up to the day it was deducted; later ones follow a release."""
    stored = reading.row(ledger, number)
    whole = _carried(document_from(stored.body))
    for day, credit in _credits(ledger, stored.id):
        whole = whole.less(credit) if day <= deducted_day else whole
    return whole


def _credits(ledger: Ledger, document: str) -> list[tuple[int, _Carried]]:
    found = documents.credits_of(ledger.db, document)
    return [(each.issued_day, _carried(document_from(each.body))) for each in found]


def collected(ledger: Ledger, first: date | None = None, last: date | None = None) -> list[CollectedMoney]:
    """The money of a period, in the order of its days, with what each carries."""
    begin, end = (first or date.min).toordinal(), (last or date.max).toordinal()
    by_debt: dict[str, list[Allocated]] = defaultdict(list)
    wanted = set()
    for row in receipts.allocations(ledger.db, last=end):
        if row.kind in MONEY:
            by_debt[row.debt].append(row)
            if row.day >= begin:
                wanted.add(row.debt)
    found = [each for debt in wanted for each in _of_rows(ledger, by_debt[debt]) if each.row.day >= begin]
    return sorted(found, key=lambda each: (each.row.day, each.row.id))


def _of_rows(ledger: Ledger, rows: Sequence[Allocated]) -> Iterator[CollectedMoney]:
    """What the money of one debt carries: what all of it carries so far, less what it carried before."""
    debt = _of_debt(ledger, rows[0])
    closed, told = 0, _Carried({}, 0, 0)
    for row in rows:
        begin, end = debt.unrounded(closed), debt.unrounded(closed + row.minor)
        closed += row.minor
        so_far = debt.on(row.day).part(end)
        new, told = so_far.less(told), so_far
        worth = half_up(Fraction(new.net_minor * row.taken_minor, row.minor)) if row.minor else 0
        yield CollectedMoney(row, tuple(new.listed()), new.laid_out_minor, row.minor - (end - begin), worth)


def net_of(ledger: Ledger, rows: Sequence[Allocated]) -> Iterator[int]:
    """Of amounts with tax by which a debt was closed without money, in their order, what is no tax.

    They are the end of the debt, as money is its beginning, so that both together carry its taxes to the cent.
    """
    debt = _of_debt(ledger, rows[0])
    closed = 0
    for row in rows:
        now = debt.on(row.day)
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
