"""Credit notes and deposits: what is taken back of an invoice, and what is asked before it.

Credits of one invoice never exceed it, per line and per tax rate. Each rounds its own tax; the one that exhausts a
rate takes what is left of it, so that all together are the invoice to the cent: 10.00 at 5.5 % credited as 3.33 + 3.33
+ 3.34 is 0.18 + 0.18 + 0.19 of tax.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from clepsydra.domain.document import Document, DocumentKind, taxes_of
from clepsydra.domain.document_lines import E4, DocumentLine, DocumentLineSort, Unit
from clepsydra.domain.money import half_up, share
from clepsydra.domain.records import replace
from clepsydra.domain.taxes import TaxAmount, TaxRule, base_of, reachable, unreachable, with_tax


class TooMuch(ValueError):
    """More than is left; `left_minor` or `left_e4` says how much that is."""

    def __init__(self, left_minor: int = 0, left_e4: int = 0) -> None:
        super().__init__("more than is left")
        self.left_minor = left_minor
        self.left_e4 = left_e4


class Unreachable(ValueError):
    """A total with tax that no base gives; `below` and `above` are its nearest neighbours."""

    def __init__(self, below: int, above: int) -> None:
        super().__init__("no base gives this total")
        self.below = below
        self.above = above


def line_of(credit: DocumentLine) -> int | None:
    """The place in its invoice, from 0, of the line that a line of a credit note takes back; None for an amount."""
    return int(credit.source.removeprefix("line:")) - 1 if credit.source.startswith("line:") else None


def left_of_line(invoice: Document, credits: Iterable[Document], index: int) -> tuple[int, int]:
    """Quantity (ten-thousandths) and net minor units of an invoice's line that no credit has taken back."""
    line = invoice.lines[index]
    taken = [each for credit in credits for each in credit.lines if line_of(each) == index]
    return line.quantity_e4 - sum(t.quantity_e4 for t in taken), line.net_minor - sum(t.net_minor for t in taken)


def by_quantity(invoice: Document, credits: Sequence[Document], index: int, quantity_e4: int) -> DocumentLine:
    """The line of a credit note that takes back a quantity of an invoice's line, its allowance in proportion.

    The quantity that exhausts the line takes what is left of it. Raises `TooMuch`.
    """
    line = invoice.lines[index]
    left_e4, left_minor = left_of_line(invoice, credits, index)
    if not 0 < quantity_e4 <= left_e4:
        raise TooMuch(left_minor, left_e4)
    part = replace(line, quantity_e4=quantity_e4, source=f"line:{index + 1}", allowance_percent=Decimal(0))
    off = left_minor if quantity_e4 == left_e4 else half_up(Fraction(line.net_minor * quantity_e4, line.quantity_e4))
    gap = part.gross_minor - min(off, left_minor)
    return replace(part, allowance_minor=max(0, gap), charge_minor=max(0, -gap))


def by_amount(minor: int, tax: TaxRule, text: str) -> DocumentLine:
    """The line of a credit note over an amount before tax, at one of the invoice's rates."""
    return DocumentLine(DocumentLineSort.ITEM, text, E4, Unit.PIECE, minor, tax, source="amount")


def left_of_taxes(invoice: Document, credits: Iterable[Document]) -> dict[tuple[str, str], tuple[int, int]]:
    """What no credit has taken back, by tax group of the invoice: base and tax in minor units."""
    left = {t.group: [t.base_minor, t.tax_minor] for t in invoice.taxes}
    for credit in credits:
        for tax in credit.taxes:
            left[tax.group][0] -= tax.base_minor
            left[tax.group][1] -= tax.tax_minor
    return {group: (base, tax) for group, (base, tax) in left.items()}


def credit_taxes(
    invoice: Document, credits: Sequence[Document], lines: tuple[DocumentLine, ...]
) -> tuple[TaxAmount, ...]:
    """The taxes of a credit note: its own rounding, never above what is left of a rate, and all of it at the end.

    Raises `TooMuch` where a base exceeds what is left.
    """
    left = left_of_taxes(invoice, credits)
    made = []
    for tax in taxes_of(lines):
        base, rest = left.get(tax.group, (0, 0))
        if tax.base_minor > base:
            raise TooMuch(base)
        made.append(replace(tax, tax_minor=rest if tax.base_minor == base else min(tax.tax_minor, rest)))
    return tuple(made)


def mirrored(invoice: Document) -> Document:
    """A full credit of an invoice that nothing was credited of: its exact mirror, lines, allowances and taxes."""
    lines = tuple(replace(line, source=f"line:{i}") for i, line in enumerate(invoice.lines, 1))
    return replace(invoice, kind=DocumentKind.CREDIT, lines=lines)


def deposit_by_share(taxes: Sequence[tuple[TaxRule, int]], percent: Decimal) -> list[tuple[TaxRule, int]]:
    """Bases of a deposit of a percentage of an order, per tax rule, from the order's bases; half up each."""
    return [(rule, half_up(Fraction(base) * Fraction(percent) / 100)) for rule, base in taxes]


def deposit_by_net(taxes: Sequence[tuple[TaxRule, int]], minor: int) -> list[tuple[TaxRule, int]]:
    """Bases of a deposit of an amount before tax, split over the order's rates by base; raises `TooMuch`."""
    whole = sum(base for _, base in taxes)
    if minor > whole:
        raise TooMuch(whole)
    parts = share(minor, [base for _, base in taxes])
    return [(rule, part) for (rule, _), part in zip(taxes, parts, strict=True)]


def deposit_by_total(taxes: Sequence[tuple[TaxRule, int]], minor: int) -> list[tuple[TaxRule, int]]:
    """Bases of a deposit of an amount with tax, split by the totals of the order's rates, each made reachable.

    1 000.00 on an order of 3 156.00 (20 %) and 84.40 (5.5 %) is 973.94 + 26.06. Raises `TooMuch` over the order,
    `Unreachable` where no base gives the amount.
    """
    totals = [with_tax(base, rule) for rule, base in taxes]
    if minor > sum(totals):
        raise TooMuch(sum(totals))
    if minor == sum(totals):
        return list(taxes)
    split = share(minor, totals)
    rules = [rule for rule, _ in taxes]
    moved = reachable(split, rules)
    if moved is None:
        gap = unreachable(split[0], rules[0]) or (minor, minor)
        raise Unreachable(gap[0] + minor - split[0], gap[1] + minor - split[0])
    return [(rule, base_of(total, rule)) for rule, total in zip(rules, moved, strict=True)]


def deposit_lines(parts: Iterable[tuple[TaxRule, int]], text: str) -> tuple[DocumentLine, ...]:
    """The lines of a deposit invoice: one per tax rate."""
    return tuple(
        DocumentLine(DocumentLineSort.DEPOSIT, text, E4, Unit.PIECE, base, rule) for rule, base in parts if base
    )
