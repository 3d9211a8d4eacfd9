"""simulate: the same period under another rounding rule, other rates, other included hours."""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

from clepsydra.cli import reading
from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Arguments, Command, Option, Value
from clepsydra.cli.outcome import tell_problems
from clepsydra.cli.output import plain
from clepsydra.cli.parsing import JSON, Usage
from clepsydra.cli.shared import PERIOD
from clepsydra.domain.records import replace
from clepsydra.domain.rounding import RULE_KEYS, KeyKind, RoundingRule
from clepsydra.exchange.statement.json import figures_object
from clepsydra.language import formats, rounding_sentence
from clepsydra.language.translator import mark
from clepsydra.language.typed.durations import parse_duration
from clepsydra.language.typed.errors import NotUnderstood
from clepsydra.ledger.insights import what_if
from clepsydra.ledger.insights.what_if import Change, Simulated
from clepsydra.ledger.reports import Period
from clepsydra.settings.pricing import read_rule
from clepsydra.settings.problems import ProblemKind, SettingsProblem
from clepsydra.settings.toml_document import TomlDocument, shown


def _option(key: str, kind: KeyKind | type[StrEnum]) -> Option:
    """A key of a rounding rule as an option: `grace_first` as --grace-first, each row of `tiers` as --tier."""
    name, words = key.replace("_", "-"), rounding_sentence.KEYS[key]
    if kind is KeyKind.YES_NO:
        return Option(name, words)
    if kind is KeyKind.ROWS:
        return Option(name.removesuffix("s"), words, "ROW", many=True)
    if isinstance(kind, KeyKind):
        return Option(name, words, "LENGTH")
    return Option(name, words, _METAVARS.get(key, kind.__name__.upper()), tuple(kind))


_METAVARS = {"scope": "SCOPE", "midnight": "WHERE"}
_OPTIONS = {key: _option(key, kind) for key, kind in RULE_KEYS.items()}


def simulate(context: CommandContext, given: Arguments) -> int:
    """Compare what a period bills with what it would under other terms; nothing is stored.

    The period is the last twelve months, where none is given.
    """
    change = _change(context, given)
    period = reading.lately(context, given)
    rows = what_if.simulate(context.ledger, change, period, reading.client(context, given))
    if given.flag("json"):
        context.json(_object(rows, change, period))
    elif rows:
        _print(context, rows, change, period)
    else:
        context.say(context.tr.t("nothing billable in that period"))
    tell_problems(context)
    return 0


def _change(context: CommandContext, given: Arguments) -> Change:
    """What is to be different, as the options say."""
    by, hourly, included = given.maybe("rates-by"), given.maybe("hourly"), given.maybe("included")
    if by is not None and hourly is not None:
        raise Usage("choose one of --hourly and --rates-by")
    other = by is not None or hourly is not None or included is not None
    rule = {key: value for key, option in _OPTIONS.items() if (value := _typed(given, option)) is not None}
    return Change(
        rule=_rule(context, rule) if rule or not other else None,
        hourly=_number("hourly", hourly, 0) if hourly is not None else None,
        factor=1 + _number("rates-by", by.rstrip("% \u00a0"), -100) / 100 if by is not None else None,
        included=reading.duration(included) if included is not None else None,
    )


def _number(option: str, typed: str, least: int) -> Decimal:
    value = reading.number(typed)
    if value is None:
        raise Usage("“{word}” is not a number", word=typed)
    if value < least:
        raise Usage("--{option} cannot be below {least}", option=option, least=least)
    return value


def _typed(given: Arguments, option: Option) -> Value | None:
    """What was typed for a key of the rule; None where it was not named."""
    return given.flag(option.name) or given.words(option.name) or given.maybe(option.name)


def _rule(context: CommandContext, typed: Mapping[str, Value]) -> RoundingRule:
    """The rule of the options, read and checked as one of a client's file."""
    entry = {key: _value(context, _OPTIONS[key], value) for key, value in typed.items()}
    document = TomlDocument(Path("--"), "", entry)
    rule = read_rule(document.root)
    for problem in document.problems():
        raise _refused(problem, typed, context)
    return rule


def _value(context: CommandContext, option: Option, typed: Value) -> object:
    """What was typed for one key as its file would say it; a length in seconds."""
    if isinstance(typed, list):
        return [_tier(row) for row in typed]
    if option.metavar != "LENGTH" or not isinstance(typed, str):
        return typed
    try:
        return parse_duration(typed, days=True)
    except NotUnderstood as error:
        raise Usage("--{option}: {what}", option=option.name, what=error.text(context.tr)) from None


def _refused(problem: SettingsProblem, typed: Mapping[str, Value], context: CommandContext) -> Usage:
    """What a rule's file would say of a key, said of its option."""
    key = problem.key.partition("[")[0]
    option, other = _OPTIONS[key].name, "--" + problem.other.replace(" = ", " ").replace('"', "")
    if problem.message_id is ProblemKind.NEEDED:
        return Usage("--{option} is missing: {other} needs it", option=option, other=other)
    if problem.message_id is ProblemKind.MISSING:
        choices = problem.allowed_text(context.tr)
        return Usage("--{option} is missing; it is one of: {choices}", option=option, choices=choices)
    if problem.message_id is ProblemKind.UNUSED:
        return Usage("--{option} has no effect with {other}", option=option, other=other)
    if isinstance(typed[key], str):
        problem = replace(problem, found=shown(typed[key]))
    return Usage("--{option}: {what}", option=option, what=problem.sentence(context.tr))


def _tier(row: str) -> list[object]:
    bound, equals, billed = row.partition("=")
    if not equals:
        raise Usage("a tier is written UP_TO=BILLED, as in 4h=3h30, and the last one =7h; found {found}", found=row)
    return [reading.duration(bound) if bound.strip() else "", reading.duration(billed)]


def _object(rows: list[Simulated], change: Change, period: Period) -> dict[str, Any]:
    from clepsydra.exchange.statement.json import rule_object

    return {
        "first_day": period.first.isoformat() if period.first else None,
        "last_day": period.last.isoformat() if period.last else None,
        "rule": rule_object(change.rule) if change.rule else None,
        "hourly": None if change.hourly is None else format(change.hourly, "f"),
        "factor": None if change.factor is None else format(change.factor, "f"),
        "included_seconds": change.included,
        "clients": [
            {
                "client": row.client,
                "currency": row.currency,
                "actual": figures_object(row.actual),
                "simulated": figures_object(row.simulated),
                "actual_fee_minor": row.actual_fee_minor,
                "simulated_fee_minor": row.simulated_fee_minor,
                "agreed_sessions": row.agreed,
                "difference_seconds": row.simulated.billed_seconds - row.actual.billed_seconds,
                "difference_minor": row.simulated_minor - row.actual_minor,
            }
            for row in rows
        ],
        "totals": [
            {"currency": currency, "difference_seconds": seconds, "difference_minor": minor}
            for currency, (seconds, minor) in _differences(rows).items()
        ],
    }


def _differences(rows: list[Simulated]) -> dict[str, tuple[int, int]]:
    """Billed time and money that the rule would add, per currency."""
    sums: dict[str, tuple[int, int]] = {}
    for row in rows:
        seconds, minor = sums.get(row.currency, (0, 0))
        seconds += row.simulated.billed_seconds - row.actual.billed_seconds
        minor += row.simulated_minor - row.actual_minor
        sums[row.currency] = (seconds, minor)
    return dict(sorted(sums.items()))


def _print(context: CommandContext, rows: list[Simulated], change: Change, period: Period) -> None:
    from clepsydra.language import rounding_sentence

    tr = context.tr
    lang = tr.lang
    if period.first:
        context.print(formats.days(period.first, period.last or context.ledger.today, lang))
    if change.rule is not None:
        context.print(tr.t("under the rule: {rule}", rule=rounding_sentence.sentence(change.rule, tr)))
    if change.hourly is not None:
        context.print(tr.t("with every rate at {amount} an hour", amount=formats.number(change.hourly, lang)))
    if change.factor is not None:
        percent = formats.percent((change.factor - 1) * 100, lang)
        context.print(tr.t("with every rate changed by {percent}", percent=percent))
    if change.included is not None:
        context.print(tr.t("with {time} included", time=formats.duration(change.included, lang)))
    lines: list[tuple[str, ...]] = [
        (tr.p("column", "Client"), tr.p("column", "Billed"), tr.p("column", "Amount"), tr.p("column", "It would be"),
         tr.p("column", "Amount"), tr.p("column", "Difference"))
    ]  # fmt: skip
    lines += [
        (
            plain(context.place_name(row.client, "default")),
            formats.timer(row.actual.billed_seconds),
            formats.money(row.actual_minor, row.currency, lang),
            formats.timer(row.simulated.billed_seconds),
            formats.money(row.simulated_minor, row.currency, lang),
            formats.money(row.simulated_minor - row.actual_minor, row.currency, lang, sign=True),
        )
        for row in rows
    ]
    for currency, (_, minor) in _differences(rows).items():
        amount = formats.money(minor, currency, lang, sign=True)
        lines.append((tr.t("Total {currency}", currency=currency), "", "", "", "", amount))
    context.table(lines, frozenset(range(1, 6)))
    if agreed := sum(row.agreed for row in rows):
        context.say(tr.n("{count} session with an agreed time is left out",
                         "{count} sessions with agreed times are left out", agreed))  # fmt: skip


_TERMS = (
    Option("hourly", mark("every rate at so much an hour"), "AMOUNT"),
    Option("rates-by", mark("every rate changed by so many percent, as in 10 or -5"), "PERCENT"),
    Option("included", mark("the time a retainer includes each period"), "LENGTH"),
)

COMMANDS = (
    Command(
        "simulate",
        mark("a period, or the last twelve months, under another rounding rule, other rates or included hours"),
        simulate,
        (),
        (*_OPTIONS.values(), *_TERMS, *PERIOD, JSON),
    ),
)
