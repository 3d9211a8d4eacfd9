"""Money: integer minor units with a currency, and the one function that rounds.

Amounts of different currencies are never added. Rates are exact decimals; an amount is rounded once, half up,
per billing group (law 3).
"""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from clepsydra.domain.records import dataclass

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


@lru_cache(maxsize=1024)
def _minor_per_second(hourly: Decimal, currency: str) -> tuple[int, int]:
    ratio = Fraction(hourly) * 10 ** exponent(currency) / 3600
    return ratio.numerator, ratio.denominator


def price(seconds: int, hourly: Decimal, currency: str) -> int:
    """Minor units that `seconds` are worth at an hourly rate given in major units, half up."""
    numerator, denominator = _minor_per_second(hourly, currency)
    return _half_up(seconds * numerator, denominator)


def unrounded(seconds: int, hourly: Decimal, currency: str) -> Fraction:
    """The same, not rounded yet: for rates and ratios, never for an amount that is shown as money."""
    return seconds * Fraction(*_minor_per_second(hourly, currency))


def minor_units(amount: Decimal, currency: str) -> int:
    """An amount in major units as integer minor units, half up."""
    return half_up(Fraction(amount) * 10 ** exponent(currency))


def share(minor: int, weights: Iterable[int]) -> list[int]:
    """Split an integer in proportion to non-negative weights, exactly: largest remainders get the odd units.

    With all weights zero the first takes everything; without any weight there is nobody to take it: `ValueError`.
    """
    weights = list(weights)
    whole = sum(weights)
    if minor and not weights:
        raise ValueError("nothing to share between")
    if not whole:
        return [minor if i == 0 else 0 for i in range(len(weights))]
    floors = [minor * w // whole for w in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(minor * weights[i] % whole), i))
    for i in by_remainder[: minor - sum(floors)]:
        floors[i] += 1
    return floors


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
