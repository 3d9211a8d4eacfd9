"""What a stretch of days came to: exact time, figures by currency, and what caps take off them."""

from collections.abc import Iterable, Mapping

from clepsydra.domain.figures import Figures
from clepsydra.domain.records import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Sums:
    """Exact time and figures of one stretch of days; figures hold billable work only, per currency.

    `beyond_cap` are the minor units that caps take off them.
    """

    seconds: int
    figures: dict[str, Figures]
    beyond_cap: Mapping[str, int] = field(default_factory=dict)

    def earned(self, currency: str) -> int:
        """What clients pay for it before tax, in minor units."""
        billed = self.figures[currency].billed_minor if currency in self.figures else 0
        return billed - self.beyond_cap.get(currency, 0)

    def beyond(self, currency: str, minor: int) -> "Sums":
        """The same with so much more beyond caps."""
        off = {**self.beyond_cap, currency: self.beyond_cap.get(currency, 0) + minor}
        return replace(self, beyond_cap=off) if minor else self


def together(parts: Iterable[Sums]) -> Sums:
    """One stretch of days over all clients."""
    seconds, figures, off = 0, dict[str, Figures](), dict[str, int]()
    for part in parts:
        seconds += part.seconds
        for currency, each in part.figures.items():
            add(figures, currency, each)
        for currency, minor in part.beyond_cap.items():
            off[currency] = off.get(currency, 0) + minor
    return Sums(seconds, figures, off)


def add(figures: dict[str, Figures], currency: str, more: Figures) -> None:
    """Add figures to those of their currency."""
    figures[currency] = figures[currency] + more if currency in figures else more
