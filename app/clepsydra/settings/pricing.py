"""From `[[rates]]` and `[[rounding]]` to dated rates and rules."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from clepsydra.domain.interval import HOUR
from clepsydra.domain.money import Hourly, hourly_of
from clepsydra.domain.rounding import EXACT, MODELS, RULE_KEYS, GroupScope, KeyKind, Model, RoundingRule
from clepsydra.domain.session import Channel
from clepsydra.domain.terms import DatedRule, Rate
from clepsydra.settings import times, values
from clepsydra.settings.problems import Expected, ProblemKind
from clepsydra.settings.toml_document import TomlTable, shown

_ALL_MODEL_KEYS = frozenset().union(*(spec.keys for spec in MODELS.values()))


def since(table: TomlTable) -> date:
    """The day an entry holds from; without one it has always held."""
    return table.take("from", times.day, date.min)


def same_day(table: TomlTable, day: date) -> None:
    """Note that another entry holds from the same day."""
    if "from" in table:
        other = ".".join(part for part in table.path if isinstance(part, str))
        table.note(ProblemKind.DUPLICATE, "from", found=day.isoformat(), other=f"[[{other}]]")
    else:
        table.missing("from", times.day)


def read_rates(table: TomlTable) -> tuple[Rate, ...]:
    """The rates of a client or project, in the order of their dates."""
    rates: list[Rate] = []
    for entry in table.tables("rates"):
        rate = _rate(entry)
        entry.done()
        if any(rate.since == other.since for other in rates):
            same_day(entry, rate.since)
        rates.append(rate)
    return tuple(sorted(rates, key=lambda rate: rate.since))


def _rate(entry: TomlTable) -> Rate:
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


def _channel_rates(table: TomlTable) -> tuple[tuple[Channel, Hourly], ...]:
    """Rates by channel; an unknown channel is wrong, not merely unknown: work would be billed at another rate."""
    rates = []
    for key in table.values:
        try:
            channel = values.one_of(Channel)(key)
        except values.Wrong as wrong:
            fault = wrong.faults[0]
            table.note(
                ProblemKind.WRONG, key, found=shown(key), allowed=fault.allowed, nearest=fault.nearest.strip('"')
            )
            continue
        rates.append((channel, table.take(key, values.money, Decimal(0))))
    return tuple(rates)


def read_rounding(table: TomlTable) -> tuple[DatedRule, ...]:
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


def read_rule(table: TomlTable) -> RoundingRule:
    """The rule of one entry; what is wrong in it is noted in its document."""
    model = table.take("model", values.one_of(Model), None, required=True)
    found = {
        key: table.take(key, _parser(kind), getattr(EXACT, key)) for key, kind in RULE_KEYS.items() if key != "model"
    }
    rule = RoundingRule(model=model or Model.EXACT, **found)
    _check(table, rule, known=model is not None)
    return rule


def _parser(kind: KeyKind | type[StrEnum]) -> Callable[[object], Any]:
    return _PARSERS[kind] if isinstance(kind, KeyKind) else values.one_of(kind)


def _check(table: TomlTable, rule: RoundingRule, *, known: bool) -> None:
    """Note what a model needs and misses, what it has no use for, and limits that contradict each other."""
    name, spec = f'model = "{rule.model}"', MODELS[rule.model]
    for key in spec.needs:
        if key not in table:
            table.missing(key, _parser(RULE_KEYS[key]), other=name)
    if known:
        table.unused(_ALL_MODEL_KEYS - spec.keys, other=name)
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


_PARSERS: dict[KeyKind, Callable[[object], Any]] = {
    KeyKind.STEP: times.step,
    KeyKind.LENGTH: times.duration,
    KeyKind.LENGTH_ABOVE_ZERO: times.above_zero,
    KeyKind.YES_NO: values.yes_no,
    KeyKind.ROWS: _tiers,
}
