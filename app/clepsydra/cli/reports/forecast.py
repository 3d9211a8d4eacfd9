"""report forecast: what will come in, what the month will have brought, and how often both would have held."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Arguments
from clepsydra.cli.outcome import tell_problems
from clepsydra.cli.reports.owed import chosen_client, tenths
from clepsydra.cli.reports.shapes import Data, ReportTable, put
from clepsydra.domain.money import half_up
from clepsydra.language import cash_words, formats

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clepsydra.domain.forecast_cash import Band, CashForecast, Expectation
    from clepsydra.domain.habits import PayingHabit
    from clepsydra.domain.month_revenue import MonthRevenue
    from clepsydra.ledger.forecast.expecting import CashOutlook
    from clepsydra.ledger.forecast.looking_back import TimesHeld


def forecast(context: CommandContext, given: Arguments) -> int:
    """Thirteen weeks of cash with a band, and the month's revenue in three lines."""
    if given.flag("check"):
        return _check(context, given)
    from clepsydra.ledger.forecast.expecting import expected
    from clepsydra.ledger.forecast.month_lines import revenue

    client = chosen_client(context, given)
    found = expected(context.ledger, client)
    months = [] if client else [each for each in revenue(context.ledger) if each.hopeful or each.contracted]
    put(
        context,
        given,
        lambda: _object(found, months),
        lambda: [*(_weeks_table(context, each) for each in found.currencies),
                 *(_parts_table(context, found, each) for each in found.currencies), _months_table(context, months),
                 _month_parts(context, months)],
        lambda: _data(found),
        _notes(context, found),
    )  # fmt: skip
    tell_problems(context)
    return 0


# -- for machines


def _band(prefix: str, band: "Band") -> dict[str, int]:
    return {f"{prefix}p10_minor": band.p10, f"{prefix}p50_minor": band.p50, f"{prefix}p90_minor": band.p90}


def _object(found: "CashOutlook", months: "list[MonthRevenue]") -> dict[str, Any]:
    balance = found.balance
    return {
        "weeks": [week for each in found.currencies for week in _week_objects(each, found.habits)],
        "totals": [{"currency": each.currency, **_band("days_30_", each.days_30)} for each in found.currencies],
        "balance": None if balance is None else {
            "begins_minor": balance.begins,
            "told_on": balance.told_on.isoformat(),
            "weeks": [{"p10_minor": low, "p50_minor": middle, "p90_minor": high}
                      for low, middle, high in balance.weeks],
        },
        "months": [_month_object(each) for each in months],
        "habits": [{"client": slug, "days_late": tenths(habit.average), "paid_invoices": habit.invoices,
                    "own": habit.own} for slug, habit in sorted(found.habits.items())],
    }  # fmt: skip


def _week_objects(each: "CashForecast", habits: "Mapping[str, PayingHabit]") -> list[dict[str, Any]]:
    return [
        {
            "from": week.begins.isoformat(),
            "currency": each.currency,
            **_band("", week.band),
            **_band("invoiced_", week.invoiced),
            **_band("total_", week.total),
            "parts": [_part_object(part, number, each.draws, habits) for part in each.of_week(number)],
        }
        for number, week in enumerate(each.weeks)
    ]


def _part_object(part: "Expectation", week: int, draws: int, habits: "Mapping[str, PayingHabit]") -> dict[str, Any]:
    incoming, habit = part.incoming, habits.get(part.incoming.client)
    return {
        "sort": incoming.sort.value,
        "number": incoming.number or None,
        "client": incoming.client,
        "project": incoming.project or None,
        "invoiced": incoming.sort.invoiced,
        "minor": incoming.minor,
        "due_on": incoming.due.isoformat(),
        "chance_percent": 100 * part.by_week[week] // draws,
        "early_on": part.early.isoformat(),
        "expected_on": part.middle.isoformat(),
        "late_on": part.late.isoformat(),
        "own_habit": habit is not None and habit.own,
    }


def _month_object(each: "MonthRevenue") -> dict[str, Any]:
    return {
        "month": each.first.isoformat()[:7],
        "currency": each.currency,
        "contracted_minor": each.contracted,
        "expected_minor": each.expected,
        "hopeful_minor": each.hopeful,
        "earned": [{"client": slug, "minor": minor} for slug, minor in each.earned.items()],
        "agreed": [{"client": slug, "project": project or None, "minor": minor}
                   for (slug, project), minor in each.fees.items()],
        "pace": [{"weekday": pace.weekday + 1, "days_left": pace.left, "weeks": pace.weeks,
                  "median_minor": half_up(pace.median), "quartile_minor": half_up(pace.quartile)}
                 for pace in each.paces],
    }  # fmt: skip


def _data(found: "CashOutlook") -> Data:
    head = ("from", "currency", "p10_minor", "p50_minor", "p90_minor", "invoiced_p50_minor")
    rows = [
        (week.begins.isoformat(), each.currency, week.band.p10, week.band.p50, week.band.p90, week.invoiced.p50)
        for each in found.currencies
        for week in each.weeks
    ]
    return Data(head, rows)


# -- in words


def _notes(context: CommandContext, found: "CashOutlook") -> list[str]:
    tr = context.tr
    if not found.currencies:
        return [tr.t("nothing is owed and nothing unbilled: nothing is known to come in")]
    notes = [cash_words.days_30(each, tr) for each in found.currencies]
    if found.balance is not None:
        low, middle, high = (
            formats.money(minor, context.ledger.settings.currency, tr.lang) for minor in found.balance.weeks[-1]
        )
        notes.append(tr.t("in the account at the end: {middle} ({low} – {high})", middle=middle, low=low, high=high))
    return notes


def _weeks_table(context: CommandContext, each: "CashForecast") -> ReportTable:
    tr = context.tr

    def money(minor: int) -> str:
        return formats.money(minor, each.currency, tr.lang)

    cells = [
        (
            formats.days(week.begins, week.begins + timedelta(days=6), tr.lang),
            money(week.band.p10), money(week.band.p50), money(week.band.p90), money(week.total.p50),
        )
        for week in each.weeks
    ]  # fmt: skip
    head = (tr.p("column", "Week"), tr.p("column", "At least"), tr.p("column", "Middle"), tr.p("column", "At most"),
            tr.p("column", "In all"))  # fmt: skip
    return ReportTable(tr.t("What will come in · four times in five between “at least” and “at most”"), head, cells,
                       frozenset({1, 2, 3, 4}))  # fmt: skip


def _parts_table(context: CommandContext, found: "CashOutlook", each: "CashForecast") -> ReportTable:
    tr = context.tr
    cells = [
        (
            part.incoming.number or cash_words.sort(part.incoming.sort, tr),
            context.place_name(part.incoming.client, part.incoming.project or "default"),
            formats.money(part.incoming.minor, each.currency, tr.lang),
            formats.date(part.incoming.due, tr.lang),
            cash_words.expected_on(part, tr),
            cash_words.habit(found.habits.get(part.incoming.client), tr),
        )
        for part in sorted(each.parts, key=lambda part: (part.middle, part.incoming.number))
    ]
    head = (tr.p("column", "Number"), tr.p("column", "Client"), tr.p("column", "Balance"), tr.p("column", "Due on"),
            tr.p("column", "Expected"), tr.p("column", "Habit"))  # fmt: skip
    return ReportTable("", head, cells, frozenset({2}))


def _months_table(context: CommandContext, months: "list[MonthRevenue]") -> ReportTable:
    tr = context.tr
    cells = [
        (name, each.currency, formats.money(minor, each.currency, tr.lang), what)
        for each in months
        for name, minor, what in cash_words.month_lines(each, tr)
    ]
    return ReportTable(tr.t("This month, before tax"), ("", "", tr.p("column", "Amount"), ""), cells, frozenset({2}))


def _month_parts(context: CommandContext, months: "list[MonthRevenue]") -> ReportTable:
    """What the three lines are made of: what clients brought, what agreements bring, the pace of the days left."""
    tr, cells = context.tr, list[tuple[str, str, str, str]]()
    for each in months:
        for slug, minor in each.earned.items():
            what = context.place_name(slug, "default")
            cells.append((tr.t("earned"), what, formats.money(minor, each.currency, tr.lang), ""))
        for (slug, project), minor in each.fees.items():
            what = context.place_name(slug, project or "default")
            cells.append((tr.t("agreed"), what, formats.money(minor, each.currency, tr.lang), ""))
        for pace in (pace for pace in each.paces if pace.brings):
            usual, good = (
                formats.money(half_up(some), each.currency, tr.lang) for some in (pace.median, pace.quartile)
            )
            left = tr.n("{count} day left", "{count} days left", pace.left)
            cells.append((cash_words.weekday(pace.weekday, tr), left, usual, good))
    head = ("", "", tr.p("column", "Amount"), tr.p("column", "At a good pace"))
    return ReportTable("", head, cells, frozenset({2, 3}))


# -- how often it held


def _check(context: CommandContext, given: Arguments) -> int:
    """How often the bands would have held in the last twelve months."""
    from clepsydra.ledger.forecast.looking_back import cash_held, month_held

    cash, month = cash_held(context.ledger), month_held(context.ledger)
    put(
        context,
        given,
        lambda: {"cash_30_days": _held_object(cash), "month": _held_object(month)},
        lambda: [_held_table(context, cash, month)],
        lambda: Data(("what", "held", "of", "less", "more"),
                     [("cash_30_days", cash.held, cash.of, cash.less, cash.more),
                      ("month", month.held, month.of, month.less, month.more)]),
    )  # fmt: skip
    tell_problems(context)
    return 0


def _held_table(context: CommandContext, cash: "TimesHeld", month: "TimesHeld") -> ReportTable:
    tr = context.tr
    cells = [
        (tr.t("what came in within 30 days"), cash_words.held(cash.held, cash.of, tr)),
        (tr.t("what a month brought"), cash_words.held(month.held, month.of, tr)),
    ]
    return ReportTable(tr.t("How often it would have held in the last twelve months"), ("", ""), cells)


def _held_object(held: "TimesHeld") -> dict[str, Any]:
    percent = 100 * held.held / held.of if held.of else None
    return {"held": held.held, "of": held.of, "less": held.less, "more": held.more,
            "held_percent": None if percent is None else round(percent, 1)}  # fmt: skip
