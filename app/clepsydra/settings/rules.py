"""From `[[rates]]` and `[[rounding]]` to dated rates and rules."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from clepsydra.domain.interval import HOUR
from clepsydra.domain.money import Hourly, hourly_of
from clepsydra.domain.rounding import Edge, GroupScope, Midnight, Model, RoundingRule, Tie
from clepsydra.domain.session import Channel
from clepsydra.domain.terms import DatedRule, Rate
from clepsydra.settings import times, values
from clepsydra.settings.document import Table, shown
from clepsydra.settings.problems import Expected, Kind

_STEPPED = frozenset({Model.UP, Model.DOWN, Model.NEAREST, Model.GRACE, Model.FIRST, Model.CLOCK})

_MODEL_KEYS: dict[Model, frozenset[str]] = {
    Model.EXACT: frozenset(),
    Model.UP: frozenset({"step"}),
    Model.DOWN: frozenset({"step"}),
    Model.NEAREST: frozenset({"step", "tie"}),
    Model.GRACE: frozenset({"step", "grace", "grace_first"}),
    Model.FIRST: frozenset({"step", "first"}),
    Model.CLOCK: frozenset({"step", "begin", "finish", "tie"}),
    Model.TIERS: frozenset({"tiers"}),
    Model.FLAT: frozenset({"flat"}),
}
_ALL_MODEL_KEYS = frozenset().union(*_MODEL_KEYS.values())


def since(table: Table) -> date:
    """The day an entry holds from; without one it has always held."""
    return table.take("from", times.day, date.min)


def same_day(table: Table, day: date) -> None:
    """Note that another entry holds from the same day."""
    if "from" in table:
        other = ".".join(part for part in table.path if isinstance(part, str))
        table.note(Kind.DUPLICATE, "from", found=day.isoformat(), other=f"[[{other}]]")
    else:
        table.missing("from", times.day)


def read_rates(table: Table) -> tuple[Rate, ...]:
    """The rates of a client or project, in the order of their dates."""
    rates: list[Rate] = []
    for entry in table.tables("rates"):
        rate = _rate(entry)
        entry.done()
        if any(rate.since == other.since for other in rates):
            same_day(entry, rate.since)
        rates.append(rate)
    return tuple(sorted(rates, key=lambda rate: rate.since))


def _rate(entry: Table) -> Rate:
    """One entry: the price of an hour, or of a day with its length."""
    begins = since(entry)
    if "daily" not in entry:
        entry.unused(frozenset({"day"}), other="hourly")
        hourly: Hourly = entry.take("hourly", values.money, Decimal(0), required=True)
        return Rate(begins, hourly, _channel_rates(entry.table("channel")))
    daily = entry.take("daily", values.money, Decimal(0))
    day = entry.take("day", times.above_zero, HOUR, required=True)
    if "hourly" in entry:
        entry.take("hourly", values.money, Decimal(0))
        entry.clash("hourly", Expected.ONE_OF_RATES)
    return Rate(begins, hourly_of(daily, day), _channel_rates(entry.table("channel")), day)


def _channel_rates(table: Table) -> tuple[tuple[Channel, Hourly], ...]:
    """Rates by channel; an unknown channel is wrong, not merely unknown: work would be billed at another rate."""
    rates = []
    for key in table.values:
        try:
            channel = values.one_of(Channel)(key)
        except values.Wrong as wrong:
            fault = wrong.faults[0]
            table.note(Kind.WRONG, key, found=shown(key), allowed=fault.allowed, nearest=fault.nearest.strip('"'))
            continue
        rates.append((channel, table.take(key, values.money, Decimal(0))))
    return tuple(rates)


def read_rounding(table: Table) -> tuple[DatedRule, ...]:
    """The rounding rules of a client or project, in the order of their dates."""
    rules: list[DatedRule] = []
    for entry in table.tables("rounding"):
        channels = entry.take("channels", values.list_of(values.one_of(Channel)), ())
        rule = DatedRule(since(entry), read_rule(entry), frozenset(channels) or None)
        entry.done()
        if any(rule.since == other.since and _meet(rule.channels, other.channels) for other in rules):
            same_day(entry, rule.since)
        rules.append(rule)
    return tuple(sorted(rules, key=lambda rule: rule.since))


def _meet(some: frozenset[Channel] | None, others: frozenset[Channel] | None) -> bool:
    return bool(some & others) if some and others else some == others


def read_rule(table: Table) -> RoundingRule:
    """The rule of one entry; what is wrong in it is noted in its document."""
    model = table.take("model", values.one_of(Model), None, required=True)
    rule = RoundingRule(
        model=model or Model.EXACT,
        step=table.take("step", times.step, None),
        scope=table.take("scope", values.one_of(GroupScope), GroupScope.ENTRY),
        minimum=table.take("minimum", times.duration, None),
        maximum=table.take("maximum", times.above_zero, None),
        tie=table.take("tie", values.one_of(Tie), Tie.UP),
        grace=table.take("grace", times.duration, 0),
        grace_first=table.take("grace_first", values.yes_no, False),
        first=table.take("first", times.above_zero, None),
        begin=table.take("begin", values.one_of(Edge), Edge.FLOOR),
        finish=table.take("finish", values.one_of(Edge), Edge.CEIL),
        tiers=table.take("tiers", _tiers, ()),
        flat=table.take("flat", times.duration, None),
        midnight=table.take("midnight", values.one_of(Midnight), Midnight.START),
        unit=table.take("unit", values.yes_no, False),
    )
    _check(table, rule, known=model is not None)
    return rule


_NEEDS: tuple[tuple[frozenset[Model], str, Callable[[object], object]], ...] = (
    (_STEPPED, "step", times.step),
    (frozenset({Model.GRACE}), "grace", times.duration),
    (frozenset({Model.FIRST}), "first", times.above_zero),
    (frozenset({Model.TIERS}), "tiers", lambda raw: _tiers(raw)),
    (frozenset({Model.FLAT}), "flat", times.duration),
)


def _check(table: Table, rule: RoundingRule, *, known: bool) -> None:
    """Note what a model needs and misses, what it has no use for, and limits that contradict each other."""
    name = f'model = "{rule.model}"'
    for models, key, parse in _NEEDS:
        if rule.model in models and key not in table:
            table.missing(key, parse, other=name)
    if known:
        table.unused(_ALL_MODEL_KEYS - _MODEL_KEYS[rule.model], other=name)
    if rule.scope is not GroupScope.DAY:
        table.unused(frozenset({"midnight"}), other=f'scope = "{rule.scope}"')
    if rule.minimum is not None and rule.maximum is not None and rule.maximum < rule.minimum:
        table.clash("maximum", Expected.AT_LEAST_MINIMUM)
    if rule.model is Model.GRACE and rule.step and rule.grace >= rule.step:
        table.clash("grace", Expected.BELOW_STEP)


def _tiers(raw: object) -> tuple[tuple[int | None, int], ...]:
    """Rows of [up to, billed]; bounds ascend and the last is empty, billed time never falls."""
    wrong = values.Wrong(values.Fault(Expected.TIERS, (), "", raw))
    if not isinstance(raw, list) or not raw:
        raise wrong
    rows: list[tuple[int | None, int]] = []
    for i, row in enumerate(raw):
        if not isinstance(row, list) or len(row) != 2:
            raise values.Wrong(values.Fault(Expected.TIERS, (), "", row, (i,)))
        is_last = i == len(raw) - 1
        if (row[0] == "") is not is_last:
            raise values.Wrong(values.Fault(Expected.TIERS, (), "", row, (i,)))
        bound, billed = values.list_of(times.duration)([row[1] if is_last else row[0], row[1]])
        before = rows[-1] if rows else (0, 0)
        if billed < before[1] or (not is_last and bound <= (before[0] or 0)):
            raise values.Wrong(values.Fault(Expected.TIERS, (), "", row, (i,)))
        rows.append((None if is_last else bound, billed))
    return tuple(rows)
