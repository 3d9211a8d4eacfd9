"""report: what is unbilled, what rounding cost and brought, where time and money leaked."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from clepsydra.cli import reading
from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Arguments
from clepsydra.cli.outcome import tell_problems
from clepsydra.cli.output import plain
from clepsydra.domain.figures import Figures
from clepsydra.exchange.statement.json import figures_object
from clepsydra.language import formats
from clepsydra.ledger import reports

if TYPE_CHECKING:
    from clepsydra.ledger.live.figures import Snapshot, Sums
    from clepsydra.ledger.live.unbilled import Unbilled


def rounding(context: CommandContext, given: Arguments) -> int:
    """Exact and billed time and money with every loss and gain, per client and per currency."""
    rows = reports.rounding(context.ledger, reading.period(context, given), reading.client(context, given))
    sums = reports.by_currency(rows)
    if given.flag("json"):
        context.json(
            {
                "clients": [
                    {"client": r.client, "currency": r.currency, **figures_object(r.figures)} for r in rows
                ],
                "totals": [{"currency": code, **figures_object(figures)} for code, figures in sums.items()],
            }
        )  # fmt: skip
    elif rows:
        tr = context.tr
        units = any(each.unit_loss_seconds or each.unit_gain_seconds for each in sums.values())
        head = (
            tr.p("column", "Client"), tr.p("column", "Exact"), tr.p("column", "Billed"), tr.p("column", "Amount"),
            tr.p("column", "Rounding lost"), tr.p("column", "gained"),
            *((tr.p("column", "Beyond units"), tr.p("column", "Units filled up")) if units else ()),
            tr.p("column", "Agreed lost"), tr.p("column", "gained"), tr.p("column", "Net"),
        )  # fmt: skip
        named = [(plain(context.place_name(row.client, "default")), row.figures, row.currency) for row in rows]
        named += [(tr.t("Total {currency}", currency=code), figures, code) for code, figures in sums.items()]
        body = [_rounding_row(context, *each, units=units) for each in named]
        context.table([head, *body], frozenset(range(1, len(head))))
    else:
        context.say(context.tr.t("nothing billable in that period"))
    tell_problems(context)
    return 0


def _rounding_row(
    context: CommandContext, name: str, figures: Figures, currency: str, *, units: bool
) -> tuple[str, ...]:  # fmt: skip
    """A client's figures; `units` shows what units of sale differ from the work, which is no rounding."""
    lang = context.tr.lang

    def both(seconds: int, minor: int, *, sign: bool = False) -> str:
        if not seconds and not minor:
            return "–"
        return f"{formats.duration(seconds, lang, sign)} {formats.money(minor, currency, lang, sign)}"

    return (
        name,
        formats.timer(figures.exact_seconds),
        formats.timer(figures.billed_seconds),
        formats.money(figures.billed_minor, currency, lang),
        both(figures.rule_loss_seconds, figures.rule_loss_minor),
        both(figures.rule_gain_seconds, figures.rule_gain_minor),
        *(
            (
                both(figures.unit_loss_seconds, figures.unit_loss_minor),
                both(figures.unit_gain_seconds, figures.unit_gain_minor),
            )
            if units
            else ()
        ),
        both(figures.manual_loss_seconds, figures.manual_loss_minor),
        both(figures.manual_gain_seconds, figures.manual_gain_minor),
        both(figures.net_seconds, figures.net_minor, sign=True),
    )


def totals(context: CommandContext, given: Arguments) -> int:
    """What is unbilled per client and currency and how old it is; what today, this week and this month came to.

    With --from or --to, what the work of that period came to instead.
    """
    from clepsydra.ledger.live.figures import Live

    if given.maybe("from") or given.maybe("to"):
        return _totals_of_period(context, given)

    only = reading.client(context, given)
    if only is not None:
        context.ledger.client(only)
    live = Live(context.ledger)
    live.refresh()
    snapshot = live.at(context.ledger.now)
    rows = [row for slug, row in snapshot.unbilled.items() if only in (None, slug) and _says_something(row)]
    if given.flag("json"):
        context.json(_totals_object(context, rows, snapshot, _surcharges(context, rows)))
    else:
        _print_totals(context, rows, snapshot, _surcharges(context, rows))
    tell_problems(context)
    return 0


def _totals_of_period(context: CommandContext, given: Arguments) -> int:
    """Exact, billed and not yet billed time and money of a period, per client and per currency."""
    rows = reports.totals(context.ledger, reading.period(context, given), reading.client(context, given))
    whole = reports.totals_by_currency(rows)
    if given.flag("json"):
        context.json(
            {
                "clients": [{"client": r.client, "currency": r.currency, **_period_object(r)} for r in rows],
                "totals": [{"currency": r.currency, **_period_object(r)} for r in whole],
            }
        )
    elif rows:
        tr = context.tr
        head = (
            tr.p("column", "Client"), tr.p("column", "Exact"), tr.p("column", "Billed"), tr.p("column", "Amount"),
            tr.p("column", "Unbilled"), tr.p("column", "Amount"),
        )  # fmt: skip
        named = [(plain(context.place_name(r.client, "default")), r) for r in rows]
        named += [(tr.t("Total {currency}", currency=r.currency), r) for r in whole]
        context.table([head, *(_period_row(context, *each) for each in named)], frozenset(range(1, 6)))
    else:
        context.say(context.tr.t("nothing billable in that period"))
    tell_problems(context)
    return 0


def _period_object(row: reports.Totals) -> dict[str, Any]:
    rest = {"unbilled_seconds": row.unbilled.billed_seconds, "unbilled_minor": row.unbilled_minor}
    return figures_object(row.figures) | rest | {"beyond_cap_minor": row.beyond_cap}


def _period_row(context: CommandContext, name: str, row: reports.Totals) -> tuple[str, ...]:
    lang = context.tr.lang
    return (
        name,
        formats.timer(row.figures.exact_seconds),
        formats.timer(row.figures.billed_seconds),
        formats.money(row.minor, row.currency, lang),
        formats.timer(row.unbilled.billed_seconds),
        formats.money(row.unbilled_minor, row.currency, lang),
    )


def _says_something(row: "Unbilled") -> bool:
    return bool(row.sessions or row.pending_seconds or row.minor)


def _sums_of(rows: "list[Unbilled]") -> dict[str, Figures]:
    return reports.by_currency([reports.ClientFigures(row.client, row.currency, row.figures) for row in rows])


def _surcharges(context: CommandContext, rows: "list[Unbilled]") -> dict[str, int]:
    """What an invoice of each client's open work would add, where it adds anything."""
    from clepsydra.ledger.billing import surcharges

    found = {row.client: surcharges.of_open_work(context.ledger, context.ledger.client(row.client)) for row in rows}
    return {client: minor for client, minor in found.items() if minor}


def _totals_object(
    context: CommandContext, rows: "list[Unbilled]", snapshot: "Snapshot", surcharges: Mapping[str, int]
) -> dict[str, Any]:
    from datetime import date

    from clepsydra.exchange.log_json import stamp

    today = context.ledger.today
    return {
        "now": stamp(snapshot.now),
        "clients": [
            {
                "client": row.client,
                "currency": row.currency,
                "sessions": row.sessions,
                "oldest_day": date.fromordinal(row.oldest_day).isoformat() if row.oldest_day else None,
                "age_days": row.age_days(today),
                "pending_seconds": row.pending_seconds,
                "pending_minor": row.pending_minor,
                **figures_object(row.figures),
                **_fees_object([row], surcharges),
            }
            for row in rows
        ],
        "totals": [
            {
                "currency": code,
                **figures_object(f),
                **_fees_object([row for row in rows if row.currency == code], surcharges),
            }
            for code, f in _sums_of(rows).items()
        ],
        "today": _stretch_object(snapshot.today),
        "week": _stretch_object(snapshot.week),
        "month": _stretch_object(snapshot.month),
    }


def _stretch_object(sums: "Sums") -> dict[str, Any]:
    totals = [
        {"currency": code, **figures_object(f), "beyond_cap_minor": sums.beyond_cap.get(code, 0)}
        for code, f in sorted(sums.figures.items())
    ]
    return {"worked_seconds": sums.seconds, "totals": totals}


def _fees_object(rows: "list[Unbilled]", surcharges: Mapping[str, int]) -> dict[str, int]:
    """Fees beside the figures, which are of hours alone, what a statement of today would come to before tax, and what
    its invoice would add to that.
    """
    return {
        "fee_minor": sum(row.fee_minor for row in rows),
        "unbilled_minor": sum(row.minor for row in rows),
        "surcharge_minor": sum(surcharges.get(row.client, 0) for row in rows),
    }


def _print_totals(
    context: CommandContext, rows: "list[Unbilled]", snapshot: "Snapshot", surcharges: Mapping[str, int]
) -> None:
    tr, today = context.tr, context.ledger.today
    lines: list[tuple[str, ...]] = []
    for row in sorted(rows, key=lambda r: -r.age_days(today)):
        days = row.age_days(today)
        age = formats.age(days * formats.DAY, tr.lang) if days else tr.t("today") if row.oldest_day else ""
        beside = []
        if row.pending_seconds:
            amount = formats.money(row.pending_minor, row.currency, tr.lang)
            beside.append(tr.t("undecided: {amount}", amount=amount))
        if row.client in surcharges:
            amount = formats.money(surcharges[row.client], row.currency, tr.lang)
            beside.append(tr.t("surcharges the invoice adds: {amount} before tax", amount=amount))
        lines.append(
            (
                plain(context.place_name(row.client, "default")),
                formats.duration(row.figures.billed_seconds, tr.lang),
                formats.money(row.minor, row.currency, tr.lang),
                age,
                " · ".join(beside),
            )
        )
    for currency, figures in _sums_of(rows).items():
        amount = formats.money(sum(row.minor for row in rows if row.currency == currency), currency, tr.lang)
        name = tr.t("Unbilled {currency}", currency=currency)
        lines.append((name, formats.duration(figures.billed_seconds, tr.lang), amount, "", ""))
    context.table(lines, frozenset({1, 2, 3}))
    lines = []
    for name, sums in (
        (tr.t("Today"), snapshot.today), (tr.t("This week"), snapshot.week), (tr.t("This month"), snapshot.month)
    ):  # fmt: skip
        amounts = " + ".join(formats.money(sums.earned(code), code, tr.lang) for code in sorted(sums.figures))
        lines.append((name, formats.duration(sums.seconds, tr.lang), amounts))
    context.print("")
    context.table(lines, frozenset({1, 2}))
