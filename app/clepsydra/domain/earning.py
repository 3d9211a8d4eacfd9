"""What an hour really earns: revenue over all hours, the unbilled ones included, and what an hour costs.

Hours are fixed denominators: all that were logged for a client, and those a person has, never only the recorded ones,
which could be bettered by not recording. A figure is None where its denominator is nothing.
"""

from decimal import Decimal
from fractions import Fraction

from clepsydra.domain.interval import HOUR
from clepsydra.domain.money import half_up
from clepsydra.domain.records import dataclass

RANKED_FROM = 5 * HOUR
"""Under so many hours a rate says too little to be ranked."""


@dataclass(frozen=True, slots=True)
class Earning:
    """Seconds and minor units of one currency, of a client, a project, a channel or a whole business.

    `seconds` is all time, `billable` what a client pays for (by the hour or by a fee), `worth` what the billable
    time is worth at the agreed rates, unrounded; `invoiced_minor` and `collected_minor` are before tax.
    """

    seconds: int = 0
    billable: int = 0
    worth: Fraction = Fraction(0)
    invoiced_minor: int = 0
    collected_minor: int = 0

    def __add__(self, other: "Earning") -> "Earning":
        return Earning(
            self.seconds + other.seconds,
            self.billable + other.billable,
            self.worth + other.worth,
            self.invoiced_minor + other.invoiced_minor,
            self.collected_minor + other.collected_minor,
        )

    @property
    def ranked(self) -> bool:
        """Whether there are enough hours to compare it with others."""
        return self.seconds >= RANKED_FROM

    @property
    def real(self) -> Fraction | None:
        """Minor units invoiced for each hour of all time."""
        return per_hour(self.invoiced_minor, self.seconds)

    @property
    def cash(self) -> Fraction | None:
        """Minor units collected for each hour of all time."""
        return per_hour(self.collected_minor, self.seconds)

    @property
    def standard_minor(self) -> int:
        """What the billable time is worth at the agreed rates, rounded once."""
        return half_up(self.worth)

    @property
    def standard(self) -> Fraction | None:
        """Minor units an hour of billable time is worth at the agreed rates."""
        return per_hour(self.worth, self.billable)

    @property
    def realisation(self) -> Fraction | None:
        """What was invoiced of the standard value of billable time."""
        return self.invoiced_minor / self.worth if self.worth else None

    @property
    def collection(self) -> Fraction | None:
        """What was collected of what was invoiced."""
        return Fraction(self.collected_minor, self.invoiced_minor) if self.invoiced_minor else None

    @property
    def leakage(self) -> Fraction | None:
        """The share of the standard value that was not invoiced."""
        return None if self.realisation is None else 1 - self.realisation

    def utilisation(self, available: int) -> Fraction | None:
        """The share of the available seconds that was billable."""
        return Fraction(self.billable, available) if available else None


def per_hour(minor: int | Fraction, seconds: int) -> Fraction | None:
    """Minor units an hour; None without time."""
    return Fraction(minor * HOUR) / seconds if seconds else None


@dataclass(frozen=True, slots=True)
class HourlyCost:
    """What an hour must bring, in minor units: by worked hours of a year, and by those that are billable."""

    worked: Fraction
    billable: Fraction | None


def hourly_cost(yearly: Decimal, minor_per_major: int, seconds_a_year: int, utilisation: Fraction | None) -> HourlyCost:
    """The full hourly cost of a year's needs in major units; `utilisation` is the share of time that is billable."""
    worked = Fraction(yearly) * minor_per_major * HOUR / seconds_a_year
    return HourlyCost(worked, worked / utilisation if utilisation else None)
