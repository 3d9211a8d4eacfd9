"""What money carries: of the documents it pays their net, their taxes by rate, and their disbursements.

All is told by where things stand on a day, whatever came first. A document carries its own rates, less credit notes, as
far as it was paid; what was paid of a deposit pays the invoice that deducts it, from its day on: of 1 127.50 paid for
500.00 at 20 % and 500.00 at 5.5 %, an invoice of 939.58 at 20 % makes 939.58 at 20 %, and nothing at 5.5 %.
"""

from collections import defaultdict
from collections.abc import Mapping, Set
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from clepsydra.domain.allocation import TaxPortion, portions_of
from clepsydra.domain.document import Document
from clepsydra.domain.document_lines import DocumentLineSort
from clepsydra.domain.money import half_up
from clepsydra.ledger.billing import statements
from clepsydra.ledger.documents.document_json import document_from
from clepsydra.ledger.ledger import Ledger
from clepsydra.store import document_debts, documents

Rate = tuple[str, Decimal, str]
"""What tells a tax from others: category, percentage, name of the part."""


class Carried(NamedTuple):
    """Taxes by rate, base and tax; net without disbursements, and those; all in minor units."""

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

    def plus(self, other: "Carried", sign: int = 1) -> "Carried":
        """With what another carries."""
        sums = dict(self.taxes)
        for rate, (base, tax) in other.taxes.items():
            before = sums.get(rate, (0, 0))
            sums[rate] = before[0] + sign * base, before[1] + sign * tax
        net, laid_out = self.net_minor + sign * other.net_minor, self.laid_out_minor + sign * other.laid_out_minor
        return Carried(sums, net, laid_out)

    def less(self, other: "Carried") -> "Carried":
        """Without what another carries."""
        return self.plus(other, -1)

    def listed(self) -> list[TaxPortion]:
        """The taxes as portions."""
        return [TaxPortion(*rate, base, tax) for rate, (base, tax) in self.taxes.items()]

    def part(self, closed_minor: int) -> "Carried":
        """What so much of it carries."""
        portions, laid_out = portions_of(self.listed(), self.net_minor, self.laid_out_minor, closed_minor)
        net = closed_minor - laid_out - sum(p.tax_minor for p in portions)
        return Carried({(p.category, p.rate, p.part): (p.base_minor, p.tax_minor) for p in portions}, net, laid_out)


NOTHING = Carried({}, 0, 0)


class Deduction(NamedTuple):
    """So much of a deposit that an invoice deducts, both by id: from the day (ordinal) of the invoice on, and until
    that of the credit note that set it free.
    """

    deposit: str
    invoice: str
    minor: int
    since: int
    until: int | None

    def holds(self, day: int) -> bool:
        """Whether it does on a day."""
        return self.since <= day and (self.until is None or day < self.until)


class CarryingDebt(NamedTuple):
    """What a document or statement carries, its credit notes with their days, and what it asks for with what the
    smallest coin added to that.
    """

    whole: Carried
    credits: list[tuple[int, Carried]]
    payable_minor: int
    rounding_minor: int

    def unrounded(self, closed_minor: int) -> int:
        """So much of what is asked, without its part of what the coin added."""
        if not self.rounding_minor or not self.payable_minor:
            return closed_minor
        return half_up(Fraction(closed_minor * (self.payable_minor - self.rounding_minor), self.payable_minor))

    def left(self, day: int) -> Carried:
        """What it carries less its credit notes up to a day."""
        rest = self.whole
        for issued, credit in self.credits:
            rest = rest.less(credit) if issued <= day else rest
        return rest

    def part(self, day: int, closed_minor: int) -> Carried:
        """What so much of it carries on a day; of what is credited wholly, as if it were not."""
        rest = self.left(day)
        return (rest if rest.total_minor else self.whole).part(closed_minor) if closed_minor else NOTHING


class DebtFamily(NamedTuple):
    """Debts by id that share money: invoices with the deposits they deduct, or one that does with none."""

    debts: dict[str, CarryingDebt]
    deductions: list[Deduction]

    def carried(self, day: int, money: Mapping[str, int]) -> Carried:
        """What money that came in for each debt carries on a day: that of a deposit as far as it can for the invoices
        that deduct it, the earliest first, and the rest for itself.
        """
        paid = {id_: debt.unrounded(money.get(id_, 0)) for id_, debt in self.debts.items()}
        for each in self.deductions:
            if each.holds(day):
                room = self.debts[each.invoice].left(day).total_minor - paid[each.invoice]
                part = max(0, min(each.minor, paid[each.deposit], room))
                paid[each.deposit] -= part
                paid[each.invoice] += part
        whole = NOTHING
        for id_, debt in self.debts.items():
            whole = whole.plus(debt.part(day, paid[id_]))
        return whole

    def turns(self) -> set[int]:
        """The days on which something else is carried though no money comes in."""
        days = {day for debt in self.debts.values() for day, _ in debt.credits}
        return days | {day for each in self.deductions for day in (each.since, each.until) if day is not None}


def families(ledger: Ledger, paid: Mapping[str, str], moved: Set[str], since: int) -> list[DebtFamily]:
    """The families of debts that were paid, by id; with the number of each that is a statement, none of a document.

    Only those are read of which something changed since a day (ordinal): a debt that money `moved`, that was credited
    or deducted.
    """
    found, changed = list[DebtFamily](), {*moved, *document_debts.credited(ledger.db, since)}
    deductions: dict[str, list[Deduction]] = defaultdict(list)
    for each in map(Deduction._make, document_debts.deductions(ledger.db)):
        deductions[each.deposit].append(each)
        deductions[each.invoice].append(each)
        if max(each.since, each.until or 0) >= since:
            changed.add(each.invoice)
    seen = set[str]()
    for first in paid:
        members = _members(first, deductions) - seen
        seen |= members
        if not changed.isdisjoint(members):
            mine = {each for id_ in members for each in deductions.get(id_, ())}
            debts = {id_: debt_of(ledger, id_, paid.get(id_, "")) for id_ in sorted(members)}
            found.append(DebtFamily(debts, sorted(mine, key=lambda each: (each.since, each.invoice, each.deposit))))
    return found


def _members(first: str, deductions: Mapping[str, list[Deduction]]) -> set[str]:
    found, waiting = set[str](), [first]
    while waiting:
        id_ = waiting.pop()
        if id_ not in found:
            found.add(id_)
            waiting += [other for each in deductions.get(id_, ()) for other in (each.deposit, each.invoice)]
    return found


def debt_of(ledger: Ledger, id_: str, statement_number: str = "") -> CarryingDebt:
    """A document by its id, or a statement, whose number is told."""
    if statement_number:
        statement = statements.show(ledger, statement_number)
        rate = ("S" if statement.tax else "Z", statement.tax, "")
        whole = Carried({rate: (statement.net_minor, statement.tax_minor)}, statement.net_minor, 0)
        return CarryingDebt(whole, [], statement.total_minor, 0)
    stored = documents.by_id(ledger.db, id_)
    assert stored is not None
    document = document_from(stored.body)
    credits = [(row.issued_day, _whole(document_from(row.body))) for row in documents.credits_of(ledger.db, id_)]
    return CarryingDebt(_whole(document), credits, document.payable_minor, document.rounding_minor)


def _whole(document: Document) -> Carried:
    """What all of a document carries."""
    laid_out = sum(line.net_minor for line in document.lines if line.sort is DocumentLineSort.DISBURSEMENT)
    outside = next((line.tax.category for line in document.lines if line.sort is DocumentLineSort.DISBURSEMENT), None)
    taxes: dict[Rate, tuple[int, int]] = {}
    for tax in document.taxes:
        base = tax.base_minor - (laid_out if tax.category is outside else 0)
        taxes[tax.category.value, tax.rate, tax.part] = base, tax.tax_minor
    return Carried(taxes, document.net_minor - laid_out, laid_out)
