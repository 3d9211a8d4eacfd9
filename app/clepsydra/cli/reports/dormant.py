"""report dormant: who has gone quiet, who costs more than they bring."""

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from clepsydra.cli import reading
from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Arguments, Option
from clepsydra.cli.outcome import tell_problems
from clepsydra.cli.parsing import Usage
from clepsydra.cli.reports.rates import cell, per_hour, row_object
from clepsydra.cli.reports.shapes import Data, ReportTable, put
from clepsydra.language import formats
from clepsydra.language.translator import mark

if TYPE_CHECKING:
    from clepsydra.domain.earning import HourlyCost
    from clepsydra.ledger.insights.dormant import Dormant
    from clepsydra.ledger.insights.rates import RateRow

FLOOR = Option("quiet-for", mark("nobody is dormant before so many days"), "DAYS")


_LONGEST = 6
"""Figures of a number of days at most."""


def dormant(context: CommandContext, given: Arguments) -> int:
    """Clients quieter than their rhythm with the last context, and those an hour of whom costs more than it earns.

    Raises `Usage` for days that are no number.
    """
    from clepsydra.ledger.insights import dormant as quiet
    from clepsydra.ledger.insights.rates import rates_alone as rates_of

    typed = given.maybe("quiet-for")
    if typed is not None and not (typed.isdecimal() and len(typed) <= _LONGEST):
        raise Usage("“{word}” is not a number of days", word=typed)
    rows = quiet.dormant(context.ledger, int(typed) if typed else quiet.FLOOR_DAYS)
    period = reading.lately(context, given)
    # Without the cost of an hour nobody can cost more than they bring, and a year need not be read to say so.
    report = rates_of(context.ledger, period) if context.ledger.settings.cost else None
    poor = quiet.unprofitable(report) if report else []
    put(
        context,
        given,
        lambda: {
            "clients": [_dormant_object(row) for row in rows],
            "unprofitable": [row_object(row, report) for row, _ in poor] if report else [],
        },
        lambda: [_dormant_table(context, rows), _poor_table(context, poor, report.cost if report else None)],
        lambda: Data(list(_dormant_object(rows[0])) if rows else ["client"],
                     [[cell(value) for value in _dormant_object(row).values()] for row in rows]),
        [] if rows or poor else [context.tr.t("nobody is dormant, nobody costs more than they bring")],
    )  # fmt: skip
    tell_problems(context)
    return 0


def _dormant_object(row: "Dormant") -> dict[str, Any]:
    return {
        "client": row.client.slug,
        "last_day": row.last_day.isoformat(),
        "quiet_days": row.days,
        "usual_pause_days": row.usual_pause,
        "last_note": row.last_note,
        "last_call": row.last_call.isoformat() if row.last_call else None,
        "decides": row.client.context.decides,
        "promised": row.client.context.promised,
        "unbilled": row.unbilled,
    }


def _dormant_table(context: CommandContext, rows: "list[Dormant]") -> ReportTable:
    tr = context.tr
    cells = []
    for row in rows:
        known = [row.last_note]
        known += [tr.t("last call {day}", day=formats.date(row.last_call, tr.lang))] if row.last_call else []
        known += [tr.t("decides: {who}", who=row.client.context.decides)] if row.client.context.decides else []
        known += [tr.t("promised: {what}", what=row.client.context.promised)] if row.client.context.promised else []
        cells.append(
            (
                context.place_name(row.client.slug, "default"),
                formats.date(row.last_day, tr.lang),
                formats.age(row.days * formats.DAY, tr.lang),
                formats.age(row.usual_pause * formats.DAY, tr.lang) if row.usual_pause else "–",
                tr.t("unbilled work") if row.unbilled else "",
                " · ".join(part for part in known if part),
            )
        )
    head = (tr.p("column", "Client"), tr.p("column", "Last seen"), tr.p("column", "Quiet for"),
            tr.p("column", "Usual pause"), "", tr.p("column", "Last known"))  # fmt: skip
    return ReportTable(tr.t("Dormant"), head, cells, frozenset({2, 3}))


def _poor_table(
    context: CommandContext, poor: "list[tuple[RateRow, Fraction]]", cost: "HourlyCost | None"
) -> ReportTable:
    tr = context.tr
    cells = [
        (
            context.place_name(row.client, "default"),
            formats.duration(row.earning.seconds, tr.lang),
            per_hour(row.earning.real, row.currency, tr),
            per_hour(cost.worked if cost else None, row.currency, tr),
            per_hour(margin, row.currency, tr),
        )
        for row, margin in poor
    ]
    head = (tr.p("column", "Client"), tr.p("column", "Hours"), tr.p("column", "Real rate"),
            tr.p("column", "An hour costs"),
            tr.p("column", "Margin"))  # fmt: skip
    return ReportTable(tr.t("Under the cost of an hour"), head, cells, frozenset({1, 2, 3, 4}))
