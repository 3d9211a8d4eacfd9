"""report leaks: where time and money went, per class and client, beside the same length of time before."""

from typing import Any

from clepsydra.cli import reading
from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Arguments
from clepsydra.cli.outcome import tell_problems
from clepsydra.cli.output import plain
from clepsydra.domain.leaks import Standing
from clepsydra.language import formats
from clepsydra.ledger.leaks.report import LeakReport, LeakRow, days_of, leak_report
from clepsydra.ledger.leaks.words import advice, leak, whose


def leaks(context: CommandContext, given: Arguments) -> int:
    """The leaks of a period, by class; this month without one."""
    period = reading.period(context, given)
    report = leak_report(
        context.ledger, days_of(context.ledger, period.first, period.last), reading.client(context, given)
    )
    if given.flag("json"):
        context.json(_object(context, report))
    else:
        _print(context, report)
    tell_problems(context)
    return 0


def _object(context: CommandContext, report: LeakReport) -> dict[str, Any]:
    remedy = report.remedy
    return {
        "from": report.days.first.isoformat(),
        "to": report.days.last.isoformat(),
        "before": {"from": report.before.first.isoformat(), "to": report.before.last.isoformat()},
        "leaks": [_row_object(row) for row in report.rows],
        "totals": [
            {
                "class": each.kind.value,
                "currency": each.currency,
                "lost_seconds": each.seconds,
                "lost_minor": each.minor,
                "at_risk_seconds": each.risk_seconds,
                "at_risk_minor": each.risk_minor,
                "up_to_seconds": each.up_to_seconds,
                "up_to_minor": each.up_to_minor,
                "before_seconds": each.before_seconds,
                "before_minor": each.before_minor,
            }
            for each in report.sums
        ],
        "figures": _figures(report),
        "units": [
            {"client": each.client, "currency": each.currency, "unit_loss_seconds": each.seconds,
             "unit_loss_minor": each.minor}
            for each in report.units
        ],
        "worst": report.worst.kind.value if report.worst else None,
        "remedy": (
            {"class": remedy.kind.value, "client": remedy.client or None, "minor": remedy.minor,
             "currency": remedy.currency}
            if remedy
            else None
        ),
        "advice": advice(context.ledger, report, context.tr),
    }  # fmt: skip


def _figures(report: LeakReport) -> list[dict[str, Any]]:
    """What is lost, at risk, and up to, each by currency: three figures that are never one sum."""
    found: dict[str, dict[str, Any]] = {}
    for row in report.rows:
        sums = found.setdefault(
            row.currency,
            {"currency": row.currency} | {f"{each}_{unit}": 0 for each in Standing for unit in ("seconds", "minor")},
        )
        sums[f"{row.standing}_seconds"] += row.seconds
        sums[f"{row.standing}_minor"] += row.minor
    return [found[currency] for currency in sorted(found)]


def _row_object(row: LeakRow) -> dict[str, Any]:
    return {
        "class": row.kind.value,
        "client": row.client or None,
        "currency": row.currency,
        "at_risk": row.at_risk,
        "standing": row.standing.value,
        "seconds": row.seconds,
        "minor": row.minor,
        "before_seconds": row.before_seconds,
        "before_minor": row.before_minor,
        "sessions": list(row.sessions),
        "evidence": list(row.evidence),
    }


def _print(context: CommandContext, report: LeakReport) -> None:
    tr, lang = context.tr, context.tr.lang

    def both(seconds: int, minor: int, currency: str) -> str:
        if not seconds and not minor:
            return "–"
        return f"{formats.duration(seconds, lang)} {formats.money(minor, currency, lang)}"

    head = (
        tr.p("column", "Leak"), tr.p("column", "Client"), tr.p("column", "Lost"), tr.p("column", "At risk"),
        tr.p("column", "Up to"), tr.p("column", "Before"),
    )  # fmt: skip
    rows = []
    for row in report.rows:
        now, before = (row.seconds, row.minor, row.currency), (row.before_seconds, row.before_minor, row.currency)
        three = (both(*now) if row.standing is each else both(0, 0, "") for each in Standing)
        name = plain(whose(context.ledger, row.client, tr))
        rows.append((leak(row.kind, tr), name, *three, both(*before)))
    context.print(formats.days(report.days.first, report.days.last, lang))
    if rows:
        context.table([head, *rows], frozenset({2, 3, 4, 5}), head=True, weakest=5)
    for each in report.units:
        name = plain(whose(context.ledger, each.client, tr))
        beyond = both(each.seconds, each.minor, each.currency)
        context.print(tr.t("{client}: {beyond} worked beyond the days or units sold", client=name, beyond=beyond))
    context.print(plain(advice(context.ledger, report, tr)))
