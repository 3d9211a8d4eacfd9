"""report rates: what an hour really earns."""

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from clepsydra.cli import reading
from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Arguments
from clepsydra.cli.outcome import tell_problems
from clepsydra.cli.reports.shapes import Data, ReportTable, put
from clepsydra.domain.money import half_up
from clepsydra.language import formats, words
from clepsydra.language.translator import Translator

if TYPE_CHECKING:
    from clepsydra.ledger.insights.rates import RateRow, Rates


def rates(context: CommandContext, given: Arguments) -> int:
    """Revenue over all hours, unbilled ones included, against the agreed rate and the cost of an hour.

    Of the last twelve months, where no period is given.
    """
    from clepsydra.ledger.insights import rates as rates_report

    found = rates_report.rates_alone(context.ledger, reading.lately(context, given), reading.client(context, given))
    put(
        context,
        given,
        lambda: _rates_object(found),
        lambda: _rates_tables(context, found),
        lambda: _rates_data(found),
        _rates_notes(context, found),
    )
    tell_problems(context)
    return 0


def per_hour(minor: Fraction | None, currency: str, tr: Translator) -> str:
    """An hourly rate in minor units, in words."""
    return formats.hourly_rate(minor, currency, tr.lang)


def _percent(share: Fraction | None, tr: Translator) -> str:
    return "–" if share is None else formats.percent(share * 100, tr.lang, 1)


def _name(context: CommandContext, row: "RateRow") -> str:
    if row.channel is not None:
        return words.channel(row.channel, context.tr).capitalize()
    return context.place_name(row.client, row.project or "default")


def _rates_tables(context: CommandContext, found: "Rates") -> list[ReportTable]:
    tr = context.tr
    head = (
        tr.p("column", "Hours"), tr.p("column", "Billable"), tr.p("column", "Invoiced"), tr.p("column", "Real rate"),
        tr.p("column", "Collected"), tr.p("column", "Agreed rate"), tr.p("column", "Realised"),
        tr.p("column", "Margin"), "",
    )  # fmt: skip

    def cells(row: "RateRow") -> tuple[str, ...]:
        e = row.earning
        return (
            _name(context, row),
            formats.duration(e.seconds, tr.lang),
            formats.duration(e.billable, tr.lang),
            formats.money(e.invoiced_minor, row.currency, tr.lang),
            per_hour(e.real, row.currency, tr),
            per_hour(e.cash, row.currency, tr),
            per_hour(e.standard, row.currency, tr),
            _percent(e.realisation, tr),
            per_hour(found.margin(row), row.currency, tr),
            "" if e.ranked else tr.t("too few hours"),
        )

    right = frozenset(range(1, 9))
    return [
        ReportTable(tr.t("Clients"), (tr.p("column", "Client"), *head), [cells(r) for r in found.clients], right),
        ReportTable(tr.t("Projects"), (tr.p("column", "Project"), *head),
              [cells(r) for r in found.projects] if len(found.projects) > len(found.clients) else [], right),
        ReportTable(tr.t("Channels"), (tr.p("column", "Channel"), *head), [cells(r) for r in found.channels], right),
    ]  # fmt: skip


def _rates_notes(context: CommandContext, found: "Rates") -> list[str]:
    """The whole business in sentences."""
    tr = context.tr
    notes = [formats.days(found.first, found.last, tr.lang)]
    for currency, total in found.totals.items():
        parts = [
            tr.t("{rate} for each hour of client work", rate=per_hour(total.real, currency, tr)),
            tr.t("{rate} of it collected", rate=per_hour(total.cash, currency, tr)),
        ]
        business = found.business(currency)
        if business is not None:
            parts.append(tr.t("{rate} over all hours worked", rate=per_hour(business, currency, tr)))
        notes.append(tr.t("{label}: {value}", label=currency, value=" · ".join(parts)))
        notes.append(
            tr.t(
                "{realised} of the standard value invoiced, {collected} of it collected",
                realised=_percent(total.realisation, tr), collected=_percent(total.collection, tr),
            )
        )  # fmt: skip
    if found.utilisation is not None:
        notes.append(tr.t("{percent} of the available time was billable", percent=_percent(found.utilisation, tr)))
    if found.cost is not None:
        notes.append(
            tr.t("an hour costs {rate} of work, {billable} of billable work",
                 rate=per_hour(found.cost.worked, found.cost_currency, tr),
                 billable=per_hour(found.cost.billable, found.cost_currency, tr))
        )  # fmt: skip
    for each in found.effective:
        name, rate = context.place_name(each.client, each.project or "default"), per_hour(each.rate, each.currency, tr)
        time = formats.duration(each.seconds, tr.lang)
        notes.append(
            tr.t("{client}: the fee makes {rate} over the {time} it paid for", client=name, rate=rate, time=time)
        )
    return notes


def _minor(value: Fraction | None) -> int | None:
    return None if value is None else half_up(value)


def _share(value: Fraction | None) -> float | None:
    return None if value is None else round(float(value), 4)


def row_object(row: "RateRow", found: "Rates") -> dict[str, Any]:
    """One row with stable keys."""
    e = row.earning
    return {
        "client": row.client if row.channel is None else None,
        "project": row.project,
        "channel": row.channel.value if row.channel else None,
        "currency": row.currency,
        "worked_seconds": e.seconds,
        "billable_seconds": e.billable,
        "standard_minor": e.standard_minor,
        "invoiced_minor": e.invoiced_minor,
        "collected_minor": e.collected_minor,
        "real_hourly_minor": _minor(e.real),
        "cash_hourly_minor": _minor(e.cash),
        "standard_hourly_minor": _minor(e.standard),
        "margin_hourly_minor": _minor(found.margin(row)),
        "realisation": _share(e.realisation),
        "collection": _share(e.collection),
        "leakage": _share(e.leakage),
        "ranked": e.ranked,
    }


def _rates_object(found: "Rates") -> dict[str, Any]:
    from clepsydra.ledger.insights.rates import RateRow

    totals = [RateRow("", currency, total) for currency, total in found.totals.items()]
    cost = found.cost
    return {
        "first_day": found.first.isoformat(),
        "last_day": found.last.isoformat(),
        "clients": [row_object(row, found) for row in found.clients],
        "projects": [row_object(row, found) for row in found.projects],
        "channels": [row_object(row, found) for row in found.channels],
        "totals": [
            {**row_object(row, found), "business_hourly_minor": _minor(found.business(row.currency))}
            for row in totals
        ],
        "own_seconds": found.own_seconds,
        "worked_seconds": found.worked,
        "available_seconds": found.available,
        "utilisation": _share(found.utilisation),
        "cost": cost and {"currency": found.cost_currency, "worked_hourly_minor": _minor(cost.worked),
                          "billable_hourly_minor": _minor(cost.billable)},
        "retainers": [
            {"client": e.client, "project": e.project, "currency": e.currency, "periods": e.periods,
             "fee_minor": e.fee_minor, "used_seconds": e.seconds, "effective_hourly_minor": _minor(e.rate)}
            for e in found.effective
        ],
    }  # fmt: skip


def _rates_data(found: "Rates") -> Data:
    rows = [row_object(row, found) for row in (*found.clients, *found.projects, *found.channels)]
    head = list(rows[0]) if rows else ["client"]
    return Data(head, [[cell(row[name]) for name in head] for row in rows])


def cell(value: Any) -> str | int | None:
    """A value of a JSON object as a cell of CSV."""
    if isinstance(value, bool):
        return int(value)
    return str(value) if isinstance(value, float) else value
