"""Figures: what a line's seconds come to in money, so that every identity of law 4 holds to the cent.

Exact and billed are M of the line's seconds, each counter M of its own; the odd cent goes to the largest counter.
33 sessions of 100 s at 36.00, billed to the quarter hour on one line, are 29,700 s and 297.00.
"""

from collections.abc import Callable, Iterable, Sequence
from operator import add, attrgetter, sub

from clepsydra.domain.annotations import Any
from clepsydra.domain.billing import Seconds, counters
from clepsydra.domain.money import Hourly, Ratio, per_second, price_at, prices
from clepsydra.domain.records import dataclass


@dataclass(frozen=True, slots=True)
class Figures:
    """Sums over lines, in seconds and minor units of one currency; no netting inside a counter."""

    exact_seconds: int = 0
    billed_seconds: int = 0
    rule_loss_seconds: int = 0
    rule_gain_seconds: int = 0
    unit_loss_seconds: int = 0
    unit_gain_seconds: int = 0
    manual_loss_seconds: int = 0
    manual_gain_seconds: int = 0
    underbilled_seconds: int = 0
    overbilled_seconds: int = 0
    exact_minor: int = 0
    billed_minor: int = 0
    rule_loss_minor: int = 0
    rule_gain_minor: int = 0
    unit_loss_minor: int = 0
    unit_gain_minor: int = 0
    manual_loss_minor: int = 0
    manual_gain_minor: int = 0
    underbilled_minor: int = 0
    overbilled_minor: int = 0

    @property
    def net_seconds(self) -> int:
        """Billed less exact: above zero when more is billed than was worked."""
        return self.billed_seconds - self.exact_seconds

    @property
    def net_minor(self) -> int:
        """Billed less exact, in minor units."""
        return self.billed_minor - self.exact_minor

    @property
    def seconds(self) -> Seconds:
        """The seconds alone, to be priced anew."""
        return Seconds(*every(self)[: len(Seconds._fields)])

    @property
    def minor(self) -> tuple[int, ...]:
        """The minor units alone, in the order of `Seconds`."""
        return _minor_of(self)

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(*map(add, every(self), every(other)))

    def __sub__(self, other: "Figures") -> "Figures":
        return Figures(*map(sub, every(self), every(other)))


FIGURE_NAMES = Figures.__match_args__
every: Callable[[Figures], tuple[int, ...]] = attrgetter(*FIGURE_NAMES)
"""All of the figures, in the order of their names."""
_minor_of: Callable[[Figures], tuple[int, ...]] = attrgetter(*FIGURE_NAMES[len(Seconds._fields) :])

_LOSS, _GAIN = -1, 1
_NOTHING = (0,) * (len(Seconds._fields) - 2)


def line_figures(seconds: Seconds, hourly: Hourly, currency: str) -> Figures:
    """The figures of one line from the sums of its groups' seconds, in the order of `Seconds`, and its rate."""
    return Figures(*seconds, *line_minor(seconds, per_second(hourly, currency)))


def _count_into(
    sums: dict[object, list[int]], groups: Iterable[tuple[object, int, int, int | None]], *, unit: bool = False
) -> None:
    """Add the counters of many groups to the sums of their lines: of each its line, exact, rule's and agreed seconds.

    It is `counters`, group by group, without an object for any of them.
    """
    lost, gained = (4, 5) if unit else (2, 3)
    for line, exact, ruled, agreed in groups:
        one = sums.get(line)
        if one is None:
            one = sums[line] = [0] * len(Seconds._fields)
        if agreed is not None:
            one[:] = map(add, one, counters(exact, ruled, agreed, unit))
            continue
        one[0] += exact
        one[1] += ruled
        if ruled > exact:
            one[gained] += ruled - exact
            one[9] += ruled - exact
        elif exact > ruled:
            one[lost] += exact - ruled
            one[8] += exact - ruled


class SameRateLines:
    """The lines of one rate while the seconds of their groups are added up, as plain integers.

    As long as no two groups differ from the work both ways, as under nearly every rule, a line is two integers.
    """

    def __init__(self) -> None:
        self._worked: dict[object, int] = {}
        self._asked: dict[object, int] = {}
        self._way = 0
        self._whole: dict[object, list[int]] | None = None

    def add(
        self,
        keys: Sequence[object],
        exact: Sequence[int],
        ruled: Sequence[int],
        agreed: Sequence[int | None],
        *,
        unit: bool = False,
    ) -> None:
        """Take in billing groups: of each what makes its line, exact, rule's and agreed seconds."""
        least, most = (end(map(sub, ruled, exact), default=0) for end in (min, max))
        way = _GAIN if most > 0 else _LOSS if least < 0 else 0
        mixed = (least < 0 < most) or way * self._way < 0 or unit or agreed.count(None) < len(agreed)
        if mixed or self._whole is not None:
            _count_into(self._counters(), zip(keys, exact, ruled, agreed, strict=True), unit=unit)
            return
        self._way = self._way or way
        for sums, lengths in ((self._worked, exact), (self._asked, ruled)):
            known = sums.get
            for key, seconds in zip(keys, lengths, strict=True):
                sums[key] = known(key, 0) + seconds

    def add_group(self, key: object, seconds: Seconds) -> None:
        """Take in one group whose counters are known."""
        sums = self._counters().setdefault(key, [0] * len(seconds))
        sums[:] = map(add, sums, seconds)

    def figures(self, ratio: Ratio, wanted: Callable[[Any], bool] | None = None) -> Figures:
        """The sum of the lines, or of those whose key is wanted, each priced by itself, by the worth of a second."""
        if self._whole is not None:
            whole = self._whole
            return _figures_of_lines([whole[key] for key in whole if wanted is None or wanted(key)], ratio)
        if wanted is None:
            return Figures(*_one_way(list(self._worked.values()), list(self._asked.values()), ratio))
        keys = [key for key in self._worked if wanted(key)]
        return Figures(*_one_way([self._worked[key] for key in keys], [self._asked[key] for key in keys], ratio))

    def _counters(self) -> dict[object, list[int]]:
        """Every counter of each line, from now on."""
        if self._whole is None:
            pairs = zip(self._worked, self._worked.values(), self._asked.values(), strict=True)
            self._whole = {key: list(counters(exact, billed, billed)) for key, exact, billed in pairs}
        return self._whole


def _figures_of_lines(lines: Iterable[Sequence[int]], ratio: Ratio) -> Figures:
    """The sum of many lines of one rate, each priced by itself, from the sums of their groups' seconds."""
    plain: list[Sequence[int]] = []
    odd: list[Sequence[int]] = []
    for line in lines:
        (odd if (line[2] and line[3]) or line[4] or line[5] or line[6] or line[7] else plain).append(line)
    found = [(*line, *line_minor(line, ratio)) for line in odd]
    if plain:  # as most are
        found.append(_one_way([line[0] for line in plain], [line[1] for line in plain], ratio))
    return Figures(*map(sum, zip(*found, strict=True))) if found else Figures()


def _one_way(worked: Sequence[int], asked: Sequence[int], ratio: Ratio) -> tuple[int, ...]:
    """The sum of lines that differ from the work one way or not at all, which exact and billed seconds alone say."""
    sums: list[int] = []
    for exact, billed in ((worked, asked), (prices(worked, ratio), prices(asked, ratio))):
        whole, whole_asked = sum(exact), sum(billed)
        gain = sum([b - a for a, b in zip(exact, billed, strict=True) if b > a])
        loss = gain - whole_asked + whole
        sums += (whole, whole_asked, loss, gain, 0, 0, 0, 0, loss, gain)
    return tuple(sums)


def line_minor(seconds: Sequence[int], ratio: Ratio) -> list[int]:
    """The same in minor units alone, by the worth of a second."""
    exact, billed, *signed, under, over = seconds
    worked = price_at(exact, ratio)
    if not (under or over or any(signed)):
        return [worked, worked if billed == exact else price_at(billed, ratio), *_NOTHING]
    asked = price_at(billed, ratio)
    net = asked - worked
    loss, gain, *others = signed
    if not (loss or under or any(others)):  # as most are: the rule alone, and always the same way
        return [worked, asked, 0, net if gain else 0, 0, 0, 0, 0, 0, net if over else 0]
    return [worked, asked, *_settled(net, signed, ratio), *_settled(net, [under, over], ratio)]


def _settled(net: int, seconds: list[int], ratio: Ratio) -> list[int]:
    """M of each counter, losses and gains in turn; what is odd against `net` goes to the largest that can bear it."""
    filled = [n for n, each in enumerate(seconds) if each]
    if len(filled) == 1:  # as nearly all are: it bears all there is
        only = max(0, net if filled[0] % 2 else -net)
        return [only if n == filled[0] else 0 for n in range(len(seconds))]
    minor = [price_at(each, ratio) if each else 0 for each in seconds]
    odd = net - sum(minor[1::2]) + sum(minor[::2])
    if not odd:
        return minor
    for n in sorted(range(len(seconds)), key=lambda n: -seconds[n]):
        if not odd:
            break
        sign = _GAIN if n % 2 else _LOSS
        more = max(sign * odd, -minor[n])  # no counter falls below zero
        minor[n] += more if seconds[n] else 0
        odd -= sign * more if seconds[n] else 0
    return minor
