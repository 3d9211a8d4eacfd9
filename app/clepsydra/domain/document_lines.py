"""Lines of a document: quantity times price, what is taken off and put on, and nothing else.

Law: net = half_up(quantity x price / base) - allowance + charge. Hours go out as minutes priced per 60, seconds as
seconds priced per 3600, so that what a client multiplies is what the line says: 12 h 15 at 120.00 is 735 min x
120.00 / 60 = 1 470.00, never 12.25 rounded to anything.
"""

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from clepsydra.domain.money import half_up, share
from clepsydra.domain.records import dataclass
from clepsydra.domain.taxes import TaxRule

E4 = 10_000
"""Quantities are integers of ten-thousandths."""


class DocumentLineSort(StrEnum):
    """What a line bills; `minimum` fills up to the least an invoice comes to, `deposit` is money asked beforehand."""

    TIME = "time"
    DAY = "day"
    FEE = "fee"
    OVERAGE = "overage"
    CAP = "cap"
    ITEM = "item"
    REBILLED = "rebilled"
    DISBURSEMENT = "disbursement"
    SURCHARGE = "surcharge"
    MINIMUM = "minimum"
    DEPOSIT = "deposit"


class Unit(StrEnum):
    """Units of UN/ECE Recommendation 20: minute, second, day, month, page, piece."""

    MINUTE = "MIN"
    SECOND = "SEC"
    DAY = "DAY"
    MONTH = "MON"
    PAGE = "ZP"
    PIECE = "C62"


PER_HOUR = {Unit.MINUTE: 60, Unit.SECOND: 3600}
"""How many of a unit of time make the hour that prices are for."""

NOT_SERVICES = frozenset({DocumentLineSort.REBILLED, DocumentLineSort.DISBURSEMENT, DocumentLineSort.MINIMUM})


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One line; quantity in ten-thousandths of the unit, `price_minor` for `price_base` units, amounts in minor units.

    `source` says what it came from (`statement:2026-0003/1`, `expense:…`), empty where it was typed.
    """

    sort: DocumentLineSort
    text: str
    quantity_e4: int
    unit: Unit
    price_minor: int
    tax: TaxRule
    price_base: int = 1
    allowance_minor: int = 0
    charge_minor: int = 0
    allowance_percent: Decimal = Decimal(0)
    source: str = ""
    detail: str = ""

    @property
    def gross_minor(self) -> int:
        """Quantity times price, before anything is taken off."""
        return half_up(Fraction(self.quantity_e4 * self.price_minor, E4 * self.price_base))

    @property
    def net_minor(self) -> int:
        """What the line comes to before tax."""
        return self.gross_minor - self.allowance_minor + self.charge_minor

    @property
    def quantity(self) -> Decimal:
        """The quantity in units."""
        return Decimal(self.quantity_e4) / E4


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is taken off a whole document from one tax group, in minor units; `percent` where it was typed so."""

    text: str
    minor: int
    base_minor: int
    tax: TaxRule
    percent: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Discount:
    """A discount on a document as it was typed: a percentage or minor units, of one tax key or of all services."""

    text: str
    percent: Decimal = Decimal(0)
    minor: int = 0
    tax: str = ""


def time_line(
    seconds: int, hourly: Fraction, text: str, tax: TaxRule, sort: DocumentLineSort = DocumentLineSort.TIME
) -> DocumentLine:
    """A line of time at an hourly price in minor units, as minutes where they are whole, else as seconds."""
    unit = Unit.SECOND if seconds % 60 else Unit.MINUTE
    count = seconds if unit is Unit.SECOND else seconds // 60
    base = PER_HOUR[unit] * hourly.denominator
    return DocumentLine(sort, text, count * E4, unit, hourly.numerator, tax, price_base=base)


def taken_off(line: DocumentLine, percent: Decimal) -> int:
    """A percentage of a line's gross amount in minor units, half up."""
    return half_up(Fraction(line.gross_minor) * Fraction(percent) / 100)


def discounted(lines: Iterable[DocumentLine], discounts: Iterable[Discount]) -> tuple[Allowance, ...]:
    """Allowances of a document by tax group; every discount reckons on the sum before any of them.

    One without a tax key is split over the rates of the services by net, largest remainders first; disbursements are
    never discounted. 50.00 on 2 680.00 at 20 % and 80.00 at 5.5 % is 48.55 + 1.45. Raises ValueError where nothing can
    be discounted, or more than there is.
    """
    bases: dict[tuple[str, tuple[Decimal, ...]], list[DocumentLine]] = {}
    for line in lines:
        if line.sort is not DocumentLineSort.DISBURSEMENT:
            bases.setdefault(line.tax.group, []).append(line)
    left = {group: sum(line.net_minor for line in found) for group, found in bases.items()}
    before = dict(left)
    made = []
    for discount in discounts:
        groups = [g for g, found in bases.items() if discount.tax in ("", *(line.tax.key for line in found))]
        whole = sum(before[g] for g in groups)
        minor = half_up(Fraction(whole) * Fraction(discount.percent) / 100) if discount.percent else discount.minor
        weights = [max(0, before[g]) for g in groups]
        if minor > sum(left[g] for g in groups):
            raise ValueError("more taken off than there is")
        for group, part in zip(groups, share(minor, weights), strict=True):
            if part:
                left[group] -= part
                made.append(Allowance(discount.text, part, before[group], bases[group][0].tax, discount.percent))
    return tuple(made)


def filled_up(lines: Iterable[DocumentLine], least_minor: int) -> int:
    """What the services lack to the least an invoice comes to, in minor units: max(0, least - sum of service nets)."""
    return max(0, least_minor - sum(line.net_minor for line in lines if line.sort not in NOT_SERVICES))
