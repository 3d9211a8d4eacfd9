"""Money: integer minor units with a currency, and the one function that rounds.

Amounts of different currencies are never added. Rates are exact decimals, or the fraction that a day's price and its
length make; an amount is rounded once, half up, per statement line (law 3): 100 calls of 61 s at 90.00 on one line are
152.50, not 100 times 1.53.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from clepsydra.domain.records import dataclass

Hourly = Decimal | Fraction
"""An hourly rate in major units, exactly: a decimal where it is one, else a fraction."""

# ISO 4217 currencies whose minor unit is not a hundredth.
_EXPONENTS = {
    **dict.fromkeys(("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX"), 0),
    **dict.fromkeys(("VND", "VUV", "XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}


def exponent(currency: str) -> int:
    """Decimal places of the currency's minor unit (ISO 4217): 2 for EUR, 0 for JPY, 3 for TND."""
    return _EXPONENTS.get(currency, 2)


def half_up(value: Fraction) -> int:
    """Round to the nearest integer, ties away from zero: the only rounding of money there is."""
    return _half_up(value.numerator, value.denominator)


def _half_up(numerator: int, denominator: int) -> int:
    magnitude = (2 * abs(numerator) + denominator) // (2 * denominator)
    return magnitude if numerator >= 0 else -magnitude


Ratio = tuple[int, int]
"""Minor units for a second, as numerator and denominator."""


@lru_cache(maxsize=1024)
def per_second(hourly: Hourly, currency: str) -> Ratio:
    """What a second is worth at an hourly rate given in major units."""
    ratio = Fraction(hourly) * 10 ** exponent(currency) / 3600
    return ratio.numerator, ratio.denominator


def price(seconds: int, hourly: Hourly, currency: str) -> int:
    """Minor units that `seconds` are worth at an hourly rate given in major units, half up."""
    return price_at(seconds, per_second(hourly, currency))


def price_at(seconds: int, ratio: Ratio) -> int:
    """The same by the worth of a second, for whoever prices much at one rate."""
    return _half_up(seconds * ratio[0], ratio[1])


def prices(lengths: Sequence[int], ratio: Ratio) -> list[int]:
    """The prices of many stretches, each rounded by itself."""
    numerator, denominator = ratio
    if lengths and min(lengths) >= 0:  # in line: of a hundred thousand, the calls alone would cost the most
        twice, whole = 2 * numerator, 2 * denominator
        return [(seconds * twice + denominator) // whole for seconds in lengths]
    return [_half_up(seconds * numerator, denominator) for seconds in lengths]


def unrounded(seconds: int, hourly: Hourly, currency: str) -> Fraction:
    """The same, not rounded yet: for rates and ratios, never for an amount that is shown as money."""
    return seconds * Fraction(*per_second(hourly, currency))


def hourly_of(daily: Decimal, day: int) -> Hourly:
    """The hourly rate of a day's price in major units and its length in seconds: 650.00 for 7 h is 650/7.

    Raises `ValueError` for a day of no length.
    """
    if day <= 0:
        raise ValueError("a day that is sold has a length")
    rate = Fraction(daily) * 3600 / day
    rest = rate.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rate if rest > 1 else Decimal(rate.numerator) / Decimal(rate.denominator)


def scaled(hourly: Hourly, factor: Decimal) -> Hourly:
    """A rate times a factor, exactly."""
    return hourly * factor if isinstance(hourly, Decimal) else hourly * Fraction(factor)


def rate_text(hourly: Hourly) -> str:
    """A rate as it is frozen, without loss: "90.00", "650/7"."""
    return str(hourly)


def rate_from(text: str) -> Hourly:
    """The rate that `rate_text` wrote; raises `ValueError` or `ArithmeticError` for anything else."""
    return Fraction(text) if "/" in text else Decimal(text)


def minor_units(amount: Decimal | Fraction, currency: str) -> int:
    """An amount in major units as integer minor units, half up."""
    return half_up(exact_minor(amount, currency))


def exact_minor(amount: Decimal | Fraction, currency: str) -> Fraction:
    """An amount in major units in minor units, not rounded yet: for what is still to be multiplied or divided."""
    return Fraction(amount) * int(10 ** exponent(currency))


def share(minor: int, weights: Iterable[int]) -> list[int]:
    """Split an integer in proportion to weights, exactly: largest remainders get the odd units.

    A weight below zero takes back, as long as their sum is not below zero: 50 by 200 and -100 is 100 and -50. Where
    they sum to zero the first takes everything. Raises ValueError without any weight.
    """
    weights = list(weights)
    if len(weights) == 1:
        return [minor]
    whole = sum(weights)
    if minor and not weights:
        raise ValueError("nothing to share between")
    if not whole:
        return [minor if i == 0 else 0 for i in range(len(weights))]
    parts = [divmod(minor * w, whole) for w in weights]
    floors = [floor for floor, _ in parts]
    if odd := minor - sum(floors):
        rests = [-rest for _, rest in parts]
        for i in sorted(range(len(weights)), key=rests.__getitem__)[:odd]:
            floors[i] += 1
    return floors


def own_first(minor: Mapping[str, int], own: str) -> list[tuple[str, int]]:
    """Amounts by currency in the order they are shown: the person's own first, then by code."""
    return sorted(minor.items(), key=lambda pair: (pair[0] != own, pair[0]))


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in integer minor units of one currency."""

    minor: int
    currency: str

    def __add__(self, other: "Money") -> "Money":
        if self.currency != other.currency:
            raise ValueError(f"{self.currency} and {other.currency} cannot be added")
        return Money(self.minor + other.minor, self.currency)

    @property
    def major(self) -> Decimal:
        """The amount in major units, exactly."""
        return Decimal(self.minor).scaleb(-exponent(self.currency))
