"""Taxes of a document: rules that hold from a day, groups of lines that share one, and what each owes.

Tax is reckoned once per category and rate on the sum of its lines (EN 16931, BT-117), never per line. A rule of several
parts, as Québec's, reckons each part on the same base: 1 234.56 at 5 % and 9.975 % is 61.73 + 123.15.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import product

from clepsydra.domain.money import half_up
from clepsydra.domain.records import dataclass, replace


class Category(StrEnum):
    """The categories of EN 16931 (BT-118): standard, zero, exempt, reverse charge, export, within the EU, outside."""

    STANDARD = "S"
    ZERO = "Z"
    EXEMPT = "E"
    REVERSE = "AE"
    EXPORT = "G"
    INTRA_EU = "K"
    OUTSIDE = "O"


@dataclass(frozen=True, slots=True)
class TaxPart:
    """One tax of a rule: its name on documents and its percentage."""

    name: str
    rate: Decimal


@dataclass(frozen=True, slots=True)
class TaxRule:
    """What a tax key means from a day on; `code` and `sentence` say why nothing is charged."""

    key: str
    parts: tuple[TaxPart, ...] = ()
    category: Category = Category.STANDARD
    code: str = ""
    sentence: str = ""
    since: date = date.min

    @property
    def rate(self) -> Decimal:
        """The percentages of all its parts together."""
        return sum((part.rate for part in self.parts), Decimal(0))

    @property
    def group(self) -> tuple[str, tuple[Decimal, ...]]:
        """What lines of one tax group share: category and percentages."""
        return self.category.value, tuple(part.rate for part in self.parts)


DISBURSEMENT = TaxRule(
    "disbursement",
    (),
    Category.EXEMPT,
    "VATEX-EU-79-C",
    "Débours, art. 267 II 2° du CGI et art. 79 c de la directive TVA",
)
"""Paid in the client's name: outside the base of the tax, with no rate."""


@dataclass(frozen=True, slots=True)
class TaxAmount:
    """What one part of one tax group owes, in minor units; a group of no part has one with an empty name."""

    key: str
    category: Category
    part: str
    rate: Decimal
    base_minor: int
    tax_minor: int
    code: str = ""
    sentence: str = ""

    @property
    def group(self) -> tuple[str, str]:
        """What tells this amount from others of the document."""
        return self.category.value, self.part + "|" + format(self.rate.normalize(), "f")


def tax_of(base_minor: int, rate: Decimal) -> int:
    """Tax in minor units on a base, half up: 80.00 at 5.5 % is 4.40."""
    return half_up(Fraction(base_minor) * Fraction(rate) / 100)


def with_tax(base_minor: int, rule: TaxRule) -> int:
    """A base and its tax: 811.62 at 20 % is 973.94."""
    return base_minor + sum(tax_of(base_minor, part.rate) for part in rule.parts)


def merged(rules: Iterable[TaxRule]) -> dict[tuple[str, tuple[Decimal, ...]], TaxRule]:
    """One rule per tax group, in the order of documents: the highest rate first.

    An invoice may have only one exempt group (BR-E-01): reasons that differ are joined, and codes that differ dropped.
    """
    found: dict[tuple[str, tuple[Decimal, ...]], TaxRule] = {}
    for rule in rules:
        known = found.setdefault(rule.group, rule)
        if rule.sentence and rule.sentence not in known.sentence:
            sentence = " ; ".join(part for part in (known.sentence, rule.sentence) if part)
            code = known.code if known.code == rule.code else ""
            found[rule.group] = replace(known, sentence=sentence, code=code)
    order = list(Category)
    return dict(sorted(found.items(), key=lambda item: (order.index(item[1].category), -item[1].rate)))


def amounts(bases: Mapping[TaxRule, int]) -> tuple[TaxAmount, ...]:
    """What each group owes, from the bases by rule in minor units."""
    sums: dict[tuple[str, tuple[Decimal, ...]], int] = {}
    for rule, base in bases.items():
        sums[rule.group] = sums.get(rule.group, 0) + base
    return tuple(
        TaxAmount(rule.key, rule.category, part.name, part.rate, sums[group], tax_of(sums[group], part.rate),
                  rule.code, rule.sentence)
        for group, rule in merged(bases).items()
        for part in rule.parts or (TaxPart("", Decimal(0)),)
    )  # fmt: skip


def unreachable(total_minor: int, rule: TaxRule) -> tuple[int, int] | None:
    """The nearest totals with tax that some base has, below and above; None where the total itself has one.

    At 20 % one total in six has none: 973.95 lies between 973.94 and 973.96.
    """
    base = base_of(total_minor, rule)
    if with_tax(base, rule) == total_minor:
        return None
    return with_tax(base, rule), with_tax(base + 1, rule)


def base_of(total_minor: int, rule: TaxRule) -> int:
    """The highest base whose total with tax does not exceed the one given."""
    base = int(Fraction(total_minor) / (1 + Fraction(rule.rate) / 100))
    while with_tax(base + 1, rule) <= total_minor:
        base += 1
    while with_tax(base, rule) > total_minor:
        base -= 1
    return base


def reachable(totals: Sequence[int], rules: Sequence[TaxRule]) -> list[int] | None:
    """Move cents between totals with tax until a base exists for each; their sum stays. None where no move helps.

    The smallest sum of moves wins, and of two equal ones the one that lowers the first: 973.95 + 26.05 at 20 % and
    5.5 % becomes 973.94 + 26.06.
    """

    def moves(total: int, rule: TaxRule) -> list[int]:
        return [move for move in _MOVES if total + move >= 0 and unreachable(total + move, rule) is None]

    pairs = zip(totals, rules, strict=True)
    sets = [each for each in product(*(moves(total, rule) for total, rule in pairs)) if sum(each) == 0]
    if not sets:
        return None
    best = min(sets, key=lambda each: (sum(map(abs, each)), each))
    return [total + move for total, move in zip(totals, best, strict=True)]


_MOVES = range(-3, 4)
