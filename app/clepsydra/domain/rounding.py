"""Rounding: how exact time becomes billed time.

A rule never touches a stored session; it maps the exact stretches of one billing group to billed seconds. `a` is the
group's exact seconds, `s` the step:

    exact a · up ceil(a/s)s · down floor(a/s)s · nearest with tie · grace: full steps, one more if the rest exceeds
    g, the first step always due unless `grace_first` · first: f if 0<a<=f, else f + ceil((a-f)/s)s · clock: both
    ends on the wall-clock grid of the client's zone, never negative · tiers: first row whose bound is not exceeded ·
    flat: k whatever a; then minimum and maximum, never on zero. A group of no length bills nothing under any model.

A multiple of the step never moves.
"""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from zoneinfo import ZoneInfo

from clepsydra.domain.civil import clock_change, wall
from clepsydra.domain.interval import Interval
from clepsydra.domain.records import dataclass

DAY = 86_400


class Model(StrEnum):
    """The operator of a rule."""

    EXACT = "exact"
    UP = "up"
    DOWN = "down"
    NEAREST = "nearest"
    GRACE = "grace"
    FIRST = "first"
    CLOCK = "clock"
    TIERS = "tiers"
    FLAT = "flat"


class GroupScope(StrEnum):
    """What makes a billing group."""

    ENTRY = "entry"
    DAY = "day"
    LINE = "line"
    STATEMENT = "statement"
    CUMULATIVE = "cumulative"


class Tie(StrEnum):
    """Where `nearest` sends a rest of exactly half a step."""

    UP = "up"
    DOWN = "down"
    EVEN = "even"


class Edge(StrEnum):
    """How model `clock` moves one end to the grid."""

    FLOOR = "floor"
    CEIL = "ceil"
    NEAREST = "nearest"


class Midnight(StrEnum):
    """Where a session that crosses the day's end goes when groups are days."""

    START = "start"
    SPLIT = "split"


@dataclass(frozen=True, slots=True)
class RoundingRule:
    """One rule; all durations are seconds, None where the model has no use for them.

    `tiers` holds (bound, billed) rows in ascending order; the bound of the last row is None. `unit` says that the rule
    makes units of sale.
    """

    model: Model = Model.EXACT
    step: int | None = None
    scope: GroupScope = GroupScope.ENTRY
    minimum: int | None = None
    maximum: int | None = None
    tie: Tie = Tie.UP
    grace: int = 0
    grace_first: bool = False
    first: int | None = None
    begin: Edge = Edge.FLOOR
    finish: Edge = Edge.CEIL
    tiers: tuple[tuple[int | None, int], ...] = ()
    flat: int | None = None
    midnight: Midnight = Midnight.START
    unit: bool = False

    @property
    def sells_units(self) -> bool:
        """Whether what it bills is a unit of sale (a day, half a day, a call-out at a flat time) and no rounding."""
        return self.unit or (self.scope is GroupScope.DAY and MODELS[self.model].sells)


EXACT = RoundingRule()


class KeyKind(StrEnum):
    """What a key of a rule may hold, where it is no choice between words."""

    STEP = "step"
    LENGTH = "length"
    LENGTH_ABOVE_ZERO = "length above zero"
    YES_NO = "yes or no"
    ROWS = "rows"


RULE_KEYS: Mapping[str, KeyKind | type[StrEnum]] = {
    "model": Model,
    "step": KeyKind.STEP,
    "scope": GroupScope,
    "minimum": KeyKind.LENGTH,
    "maximum": KeyKind.LENGTH_ABOVE_ZERO,
    "tie": Tie,
    "grace": KeyKind.LENGTH,
    "grace_first": KeyKind.YES_NO,
    "first": KeyKind.LENGTH_ABOVE_ZERO,
    "begin": Edge,
    "finish": Edge,
    "tiers": KeyKind.ROWS,
    "flat": KeyKind.LENGTH,
    "midnight": Midnight,
    "unit": KeyKind.YES_NO,
}
"""Every attribute of a rule and what it may hold: settings, `simulate` and JSON are made from this table."""


def _step(rule: RoundingRule) -> int:
    if not rule.step or rule.step < 0:
        raise ValueError(f"model {rule.model} needs a step above zero")
    return rule.step


def _ceil(a: int, s: int) -> int:
    return -(-a // s) * s


def _tie_goes_up(n: int, tie: Tie) -> bool:
    return tie is Tie.UP or (tie is Tie.EVEN and n % 2 == 1)


def _nearest(rule: RoundingRule, a: int) -> int:
    s = _step(rule)
    n, rest = divmod(a, s)
    return (n + (2 * rest > s or (2 * rest == s and _tie_goes_up(n, rule.tie)))) * s


def _grace(rule: RoundingRule, a: int) -> int:
    s = _step(rule)
    n, rest = divmod(a, s)
    first_due = n == 0 and rest > 0 and not rule.grace_first
    return (n + (rest > rule.grace or first_due)) * s


def _first(rule: RoundingRule, a: int) -> int:
    f = rule.first or 0
    if a == 0:
        return 0
    return f if a <= f else f + _ceil(a - f, _step(rule))


def _tiers(rule: RoundingRule, a: int) -> int:
    if a == 0:
        return 0
    for bound, billed in rule.tiers:
        if bound is None or a <= bound:
            return billed
    raise ValueError("tiers need a last row without bound")


def _on_grid(instant: int, zone: ZoneInfo, s: int, edge: Edge, tie: Tie) -> int:
    """Move an instant to the zone's wall-clock grid: every step from local midnight, which starts it anew.

    Half- and quarter-hour zones get the quarter hours people see. A change of the clocks is a point of the grid
    too, so that a later instant never lands before an earlier one.
    """
    local = wall(instant, zone)
    seconds_of_day = local.hour * 3600 + local.minute * 60 + local.second
    n, rest = divmod(seconds_of_day, s)
    if not rest:
        return instant
    below = instant - rest
    below = clock_change(below, instant, zone) or below
    if below == instant:
        return instant
    above = instant + min(s - rest, DAY - seconds_of_day)
    above = clock_change(instant, above, zone) or above
    if edge is Edge.NEAREST:
        down, up = instant - below, above - instant
        return below if down < up or (down == up and not _tie_goes_up(n, tie)) else above
    return below if edge is Edge.FLOOR else above


def _clock(rule: RoundingRule, span: Interval, zone: ZoneInfo) -> int:
    if not span.seconds:
        return 0
    s = _step(rule)
    begin = _on_grid(span.started_at, zone, s, rule.begin, rule.tie)
    return max(0, _on_grid(span.ended_at, zone, s, rule.finish, rule.tie) - begin)


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """All there is to a model: the keys it needs, those it also looks at, and what it bills.

    `bills` makes billed seconds of what all stretches of a group count for: their seconds, or what `counts` says where
    their ends matter. `sells`: what it bills of a day is a unit of sale; `fills`: it is never less than the exact time.
    """

    needs: tuple[str, ...]
    also: tuple[str, ...]
    bills: Callable[[RoundingRule, int], int]
    counts: Callable[[RoundingRule, Interval, ZoneInfo], int] | None = None
    sells: bool = False
    fills: bool = False

    def counted(self, rule: RoundingRule, span: Interval, zone: ZoneInfo) -> int:
        """What one stretch counts for."""
        return self.counts(rule, span, zone) if self.counts else span.seconds

    @property
    def keys(self) -> frozenset[str]:
        """The keys that mean something to this model and not to every one."""
        return frozenset(self.needs + self.also)


MODELS: Mapping[Model, ModelSpec] = {
    Model.EXACT: ModelSpec((), (), lambda rule, a: a, fills=True),
    Model.UP: ModelSpec(("step",), (), lambda rule, a: -(-a // (s := _step(rule))) * s, fills=True),
    Model.DOWN: ModelSpec(("step",), (), lambda rule, a: a // _step(rule) * _step(rule)),
    Model.NEAREST: ModelSpec(("step",), ("tie",), _nearest),
    Model.GRACE: ModelSpec(("step", "grace"), ("grace_first",), _grace),
    Model.FIRST: ModelSpec(("step", "first"), (), _first, fills=True),
    Model.CLOCK: ModelSpec(("step",), ("begin", "finish", "tie"), lambda rule, a: a, _clock),
    Model.TIERS: ModelSpec(("tiers",), (), _tiers, sells=True),
    Model.FLAT: ModelSpec(("flat",), (), lambda rule, a: rule.flat or 0, sells=True),
}


def _limited(rule: RoundingRule, exact: int, billed: int) -> int:
    """Minimum and maximum, never on zero; the maximum has the last word."""
    if exact and rule.minimum is not None:
        billed = max(billed, rule.minimum)
    if exact and rule.maximum is not None:
        billed = min(billed, rule.maximum)
    return billed


def rounded(rule: RoundingRule, spans: Sequence[Interval], zone: ZoneInfo) -> int:
    """Billed seconds of one group of exact stretches under a rule, before any agreed time; 0 for a group of no length.

    `zone` is the client's, for a model that looks at the clock.
    """
    spec, exact = MODELS[rule.model], sum(span.seconds for span in spans)
    if not exact:
        return 0
    counted = sum(spec.counted(rule, span, zone) for span in spans) if spec.counts else exact
    return _limited(rule, exact, spec.bills(rule, counted))


def rounded_length(rule: RoundingRule, exact: int) -> int:
    """The same of one stretch, by its length alone; not for a model that looks at its ends."""
    return _limited(rule, exact, MODELS[rule.model].bills(rule, exact)) if exact else 0


def rounded_lengths(rule: RoundingRule, lengths: Sequence[int]) -> Sequence[int]:
    """The same of many stretches, each by itself."""
    if rule.minimum is not None or rule.maximum is not None:
        return [rounded_length(rule, exact) for exact in lengths]
    bills = MODELS[rule.model].bills
    return [bills(rule, exact) if exact else 0 for exact in lengths]


def cuts(rule: RoundingRule) -> bool:
    """Whether a rule may bill a group less than its exact time; where a rest is carried on, every rule may."""
    return rule.scope is GroupScope.CUMULATIVE or rule.maximum is not None or not MODELS[rule.model].fills


def cumulative(rule: RoundingRule, spans: Sequence[Interval], zone: ZoneInfo) -> list[int]:
    """Billed seconds of each stretch when the rest is carried on: billed_k = R(sum to k) - R(sum to k-1).

    The stretches are those of one statement or of one report's period, as with scope `statement`: nothing is carried
    from one to the next.
    """
    spec, results = MODELS[rule.model], []
    exact = counted = before = 0
    for span in spans:
        exact += span.seconds
        counted += spec.counted(rule, span, zone)
        upto = _limited(rule, exact, spec.bills(rule, counted)) if exact else 0
        results.append(upto - before)
        before = upto
    return results
