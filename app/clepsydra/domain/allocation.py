"""How money received closes debts: every gap between what was asked and what came in has a kind.

Amounts are minor units. 2 285.40 received with a fee of 15.00 close 2 300.40; 921.40 EUR received with a fee of 12.00
close 1 000.00 USD at 0.94 with an exchange difference of -6.60.
"""

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from clepsydra.domain.document import Document
from clepsydra.domain.money import exponent, half_up, share
from clepsydra.domain.records import dataclass
from clepsydra.domain.taxes import TaxAmount


class AllocationKind(StrEnum):
    """What closes a part of a debt."""

    PAYMENT = "payment"
    DEPOSIT = "deposit"
    CREDIT = "credit"
    FEE = "fee"
    FX = "fx"
    DISCOUNT = "discount"
    WITHHELD = "withheld"
    WRITEOFF = "writeoff"
    CHARGES = "charges"
    """What came in beside the debt for its being late, outside its tax: it closes nothing of it."""


MONEY = (AllocationKind.PAYMENT, AllocationKind.DEPOSIT, AllocationKind.CREDIT)
"""The kinds that are money."""

KEPT_BACK = (AllocationKind.FEE, AllocationKind.DISCOUNT, AllocationKind.WRITEOFF)
"""The kinds by which less came in than was billed: what others kept, or was let go."""

LET_GO = (AllocationKind.DISCOUNT, AllocationKind.WRITEOFF)
"""Those of them by which the client pays less, whose tax is not owed either, or comes back; a bank keeps no tax."""


@dataclass(frozen=True, slots=True)
class Closing:
    """So much of the debt at an index of a list is closed: by money, by a fee."""

    index: int
    money_minor: int
    fee_minor: int


def closings(minor: int, fee_minor: int, open_minors: Sequence[int]) -> tuple[list[Closing], int]:
    """What money and the fee withheld from it close of debts in their order, and what is left of the money.

    The fee closes the end of what is closed. Raises ValueError for a fee above all that is open.
    """
    able, closed = minor + fee_minor, list[int]()
    for each in open_minors:
        closed.append(min(each, able))
        able -= closed[-1]
    found, fee = list[Closing](), fee_minor
    for index in reversed(range(len(closed))):
        part = min(fee, closed[index])
        fee -= part
        if closed[index]:
            found.append(Closing(index, closed[index] - part, part))
    if fee:
        raise ValueError("the fee is above what is open")
    return found[::-1], minor - sum(each.money_minor for each in found)


@dataclass(frozen=True, slots=True)
class Exchange:
    """What money of another currency closes: `worth_minor` is the debt's worth at the rate, in the money's currency.

    worth = received + fee - fx: 940.00 = 921.40 + 12.00 + 6.60.
    """

    worth_minor: int
    fx_minor: int


def exchanged(
    closed_minor: int, currency: str, rate: Decimal, received_minor: int, fee_minor: int, own: str
) -> Exchange:
    """The exchange difference of closing so much of a debt; `rate` is what one unit of its currency is worth."""
    worth = half_up(Fraction(closed_minor) * Fraction(rate) * 10 ** exponent(own) / 10 ** exponent(currency))
    return Exchange(worth, received_minor + fee_minor - worth)


def early_discount(document: Document) -> int:
    """What is taken off a document that is paid early: 2 % of 1 190.00 is 20.00 of base and 3.80 of tax, 23.80.

    Every base and every tax is reckoned on its own; where deposits or the smallest coin leave less to pay, in
    proportion.
    """
    if document.early is None or not document.total_minor:
        return 0
    percent = Fraction(document.early.percent) / 100
    whole = sum(half_up(tax.tax_minor * percent) for tax in document.taxes) + half_up(document.net_minor * percent)
    return half_up(Fraction(whole * document.payable_minor, document.total_minor))


@dataclass(frozen=True, slots=True)
class TaxPortion:
    """What of an amount with tax falls on one tax: its base and the tax itself; below zero it takes back."""

    category: str
    rate: Decimal
    part: str
    base_minor: int
    tax_minor: int


def tax_portions(taxes: Sequence[TaxAmount], net_minor: int, minor: int) -> list[TaxPortion]:
    """An amount with tax split over the taxes of a document with that net, in proportion and to the cent.

    23.80 of 1 000.00 + 190.00 is 20.00 + 3.80. Taxes of several parts share one base.
    """
    return portions_of([TaxPortion(t.category.value, t.rate, t.part, t.base_minor, t.tax_minor) for t in taxes],
                       net_minor, 0, minor)[0]  # fmt: skip


def portions_of(
    taxes: Sequence[TaxPortion], net_minor: int, laid_out_minor: int, minor: int
) -> tuple[list[TaxPortion], int]:
    """The same, with what is a disbursement apart: the portions of taxes, and that of what was laid out.

    A tax below zero takes back: half of 500.00 + 100.00 at 20 % and -500.00 - 27.50 at 5.5 % is half of each.
    """
    bases = [tax.base_minor for tax in taxes]
    apart = sum(bases) == net_minor
    weights = [*(bases if apart else [net_minor]), laid_out_minor, *(tax.tax_minor for tax in taxes)]
    sign = -1 if minor < 0 else 1
    parts = share(abs(minor), weights)
    at = len(parts) - len(taxes) - 1
    split, laid_out, owed = parts[:at], parts[at], parts[at + 1 :]
    if not apart:
        scale = Fraction(split[0], net_minor) if net_minor else Fraction(abs(minor), sum(weights) or 1)
        split = [half_up(base * scale) for base in bases]
    return [
        TaxPortion(tax.category, tax.rate, tax.part, sign * base, sign * amount)
        for tax, base, amount in zip(taxes, split, owed, strict=True)
    ], sign * laid_out
