"""simulate: the same period under another rounding rule."""

from pathlib import Path
from typing import Any

from clepsydra.cli import reading
from clepsydra.cli.context import Context
from clepsydra.cli.deeds import tell_problems
from clepsydra.cli.grammar import Command, Given, Option
from clepsydra.cli.output import plain
from clepsydra.cli.parsing import JSON, Usage
from clepsydra.cli.shared import PERIOD
from clepsydra.domain.rounding import Edge, GroupScope, Midnight, Model, RoundingRule, Tie
from clepsydra.exchange.statement_json import figures_object
from clepsydra.language import formats
from clepsydra.language.translator import mark
from clepsydra.ledger import reports
from clepsydra.settings.document import Document
from clepsydra.settings.rules import read_rule

_OPTIONS = (
    Option("model", mark("how time is rounded"), "MODEL", tuple(Model)),
    Option("step", mark("the step, as in 15m"), "LENGTH"),
    Option("scope", mark("what is rounded together"), "SCOPE", tuple(GroupScope)),
    Option("minimum", mark("never bill less than this"), "LENGTH"),
    Option("maximum", mark("never bill more than this"), "LENGTH"),
    Option("tie", mark("where “nearest” sends an exact half"), "TIE", tuple(Tie)),
    Option("grace", mark("what “grace” lets go beyond a full step"), "LENGTH"),
    Option("grace-first", mark("the grace also holds for the first step")),
    Option("first", mark("the first block of “first”"), "LENGTH"),
    Option("begin", mark("where “clock” sends the begin"), "EDGE", tuple(Edge)),
    Option("finish", mark("where “clock” sends the end"), "EDGE", tuple(Edge)),
    Option("tier", mark("a row of “tiers”: UP_TO=BILLED, the last one =BILLED"), "ROW", many=True),
    Option("flat", mark("what “flat” bills, however long it took"), "LENGTH"),
    Option("midnight", mark("what a day takes of a session over midnight"), "WHERE", tuple(Midnight)),
)


def simulate(context: Context, given: Given) -> int:
    """Compare what a period bills with what it would under another rule; nothing is stored."""
    rule = _rule(context, given)
    rows = reports.simulate(context.ledger, rule, reading.period(context, given), given.maybe("client"))
    if given.flag("json"):
        context.json(_object(rows, rule))
    elif rows:
        _print(context, rows, rule)
    else:
        context.say(context.tr.t("nothing billable in that period"))
    tell_problems(context)
    return 0


def _rule(context: Context, given: Given) -> RoundingRule:
    """The rule of the options, read and checked as one of a client's file."""
    entry: dict[str, object] = {}
    for option in _OPTIONS:
        value = given.maybe(option.name)
        if value is not None:
            entry[option.name] = value
    if given.flag("grace-first"):
        entry["grace_first"] = True
    if given.words("tier"):
        entry["tiers"] = [_tier(row) for row in given.words("tier")]
    document = Document(Path("--"), "", entry)
    rule = read_rule(document.root)
    for problem in document.problems():
        key = problem.key.partition("[")[0].replace("_", "-").replace("tiers", "tier")
        raise Usage("--{option}: {what}", option=key, what=problem.sentence(context.tr))
    return rule


def _tier(row: str) -> list[str]:
    bound, equals, billed = row.partition("=")
    if not equals:
        raise Usage("a tier is written UP_TO=BILLED, as in 4h=3h30, and the last one =7h; found {found}", found=row)
    return [bound, billed]


def _object(rows: list[reports.Simulated], rule: RoundingRule) -> dict[str, Any]:
    from clepsydra.exchange.statement_json import rule_object

    return {
        "rule": rule_object(rule),
        "clients": [
            {
                "client": row.client,
                "currency": row.currency,
                "actual": figures_object(row.actual),
                "simulated": figures_object(row.simulated),
                "difference_seconds": row.simulated.billed_seconds - row.actual.billed_seconds,
                "difference_minor": row.simulated.billed_minor - row.actual.billed_minor,
            }
            for row in rows
        ],
        "totals": [
            {"currency": currency, "difference_seconds": seconds, "difference_minor": minor}
            for currency, (seconds, minor) in _differences(rows).items()
        ],
    }


def _differences(rows: list[reports.Simulated]) -> dict[str, tuple[int, int]]:
    """Billed time and money that the rule would add, per currency."""
    sums: dict[str, tuple[int, int]] = {}
    for row in rows:
        seconds, minor = sums.get(row.currency, (0, 0))
        seconds += row.simulated.billed_seconds - row.actual.billed_seconds
        minor += row.simulated.billed_minor - row.actual.billed_minor
        sums[row.currency] = (seconds, minor)
    return dict(sorted(sums.items()))


def _print(context: Context, rows: list[reports.Simulated], rule: RoundingRule) -> None:
    from clepsydra.language import rules

    tr = context.tr
    lang = tr.lang
    context.print(tr.t("under the rule: {rule}", rule=rules.sentence(rule, tr)))
    lines: list[tuple[str, ...]] = [
        (tr.p("column", "Client"), tr.p("column", "Billed"), tr.p("column", "Amount"), tr.p("column", "It would be"),
         tr.p("column", "Amount"), tr.p("column", "Difference"))
    ]  # fmt: skip
    lines += [
        (
            plain(context.place_name(row.client, "default")),
            formats.timer(row.actual.billed_seconds),
            formats.money(row.actual.billed_minor, row.currency, lang),
            formats.timer(row.simulated.billed_seconds),
            formats.money(row.simulated.billed_minor, row.currency, lang),
            formats.money(row.simulated.billed_minor - row.actual.billed_minor, row.currency, lang, sign=True),
        )
        for row in rows
    ]
    for currency, (_, minor) in _differences(rows).items():
        amount = formats.money(minor, currency, lang, sign=True)
        lines.append((tr.t("Total {currency}", currency=currency), "", "", "", "", amount))
    context.table(lines, frozenset(range(1, 6)))


COMMANDS = (
    Command("simulate", mark("the same period under another rounding rule"), simulate, (), (*_OPTIONS, *PERIOD, JSON)),
)
