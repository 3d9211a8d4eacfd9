"""Claims: what statements have taken of an agreement beside hours."""

from datetime import date
from enum import StrEnum
from fractions import Fraction

from clepsydra.domain.money import half_up
from clepsydra.domain.records import dataclass, replace


class ClaimKind(StrEnum):
    """What a statement has taken.

    The fee of a period, a part of a fixed fee, what a change order brought, hours beyond the included ones, what a cap
    took off (or gave back). `used` bills nothing: it is what the statement's work consumed on a day.
    """

    PERIOD = "period"
    PART = "part"
    CHANGE = "change"
    OVERAGE = "overage"
    CAP = "cap"
    USED = "used"


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing taken, of the period or day from `first` to `last`, both inclusive.

    `project` is the agreement's, empty for the client's own; of `used` it is the work's. `seconds` are overage or use;
    `minor` is below zero for what a cap took off, and of `used` what the hours came to.
    """

    kind: ClaimKind
    project: str
    item: str
    first: date
    last: date
    seconds: int = 0
    minor: int = 0

    def touches(self, kind: ClaimKind, item: str, first: date, last: date) -> bool:
        """Whether it is of that kind and item and shares a day."""
        return self.kind is kind and self.item == item and self.first <= last and first <= self.last

    def within(self, first: date, last: date) -> "Claim":
        """The part of it that its days within some bounds stand for, pro rata, half away from zero."""
        days, mine = (self.last - self.first).days + 1, (min(last, self.last) - max(first, self.first)).days + 1
        if mine >= days:
            return self
        part = Fraction(max(0, mine), days)
        seconds, minor = half_up(self.seconds * part), half_up(self.minor * part)
        return replace(self, first=max(first, self.first), last=min(last, self.last), seconds=seconds, minor=minor)
