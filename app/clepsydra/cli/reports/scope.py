"""report scope: overrun and drift apart, what stands undecided, and the list a person can show the client."""

from typing import TYPE_CHECKING, Any

from clepsydra.cli import reading
from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Arguments
from clepsydra.cli.outcome import tell_problems
from clepsydra.cli.reports.shapes import Data, ReportTable, put
from clepsydra.domain.session import Decision
from clepsydra.language import formats, words

if TYPE_CHECKING:
    from clepsydra.ledger.insights.scope import AgreementStanding, Drift, ScopeRequest


def scope(context: CommandContext, given: Arguments) -> int:
    """What was in scope, out of it and undecided, and where every agreement stands."""
    from clepsydra.ledger.insights import scope as scope_report

    client, period = reading.client(context, given), reading.lately(context, given)
    lately = not (given.maybe("from") or given.maybe("to"))
    drifts = scope_report.drifts(context.ledger, period, client, undecided=lately)
    standings = scope_report.standings(context.ledger, client)
    asked = [request for drift in drifts for request in drift.requests]
    put(
        context,
        given,
        lambda: _object(drifts, standings),
        lambda: [_standings(context, standings), _drifts(context, drifts), _requests(context, asked)],
        lambda: _data(asked),
        [] if drifts or standings else [context.tr.t("nothing logged in that period")],
    )
    tell_problems(context)
    return 0


def _standings(context: CommandContext, standings: "list[AgreementStanding]") -> ReportTable:
    from clepsydra.ledger.insights.scope import reached
    from clepsydra.ledger.insights.words import end_words, value_words

    tr = context.tr
    rows = []
    for each in standings:
        state = each.state
        ratio, elapsed = reached(state.ratio), reached(state.elapsed_ratio)
        available = formats.duration(state.available, tr.lang) if state.available is not None else ""
        rows.append(
            (
                context.place_name(each.client.slug, each.project or "default"),
                words.contract(state.contract.kind, tr),
                formats.duration(state.used, tr.lang),
                available,
                formats.percent(ratio, tr.lang) if ratio is not None else "",
                formats.percent(elapsed, tr.lang) if elapsed is not None else "",
                formats.duration(each.overrun, tr.lang) if each.overrun else "",
                end_words(each, tr),
                value_words(each, tr),
            )
        )
    head = (
        tr.p("column", "Client"), tr.p("column", "Contract"), tr.p("column", "Used"), tr.p("column", "Agreed"), "",
        tr.p("column", "Elapsed"), tr.p("column", "Overrun"), tr.p("column", "Runs out"), tr.p("column", "Heading for"),
    )  # fmt: skip
    return ReportTable(tr.t("Agreements"), head, rows, frozenset(range(2, 7)))


def _drifts(context: CommandContext, drifts: "list[Drift]") -> ReportTable:
    from clepsydra.ledger.insights.scope import percent

    tr = context.tr

    def both(seconds: int, minor: int, currency: str) -> str:
        if not seconds:
            return "–"
        return f"{formats.duration(seconds, tr.lang)} {formats.money(minor, currency, tr.lang)}"

    rows = [
        (
            context.place_name(d.client, d.project),
            formats.duration(d.inside.seconds, tr.lang),
            formats.duration(d.unsure.seconds, tr.lang) if d.unsure.seconds else "–",
            *(both(d.decided[x].seconds, d.decided[x].minor, d.currency) for x in Decision),
            formats.percent(percent(d.out_rate) or 0, tr.lang),
        )
        for d in drifts
    ]
    head = (
        tr.p("column", "Client"), tr.p("column", "In scope"), tr.p("column", "Unsure"),
        *(words.decision(decision, tr).capitalize() for decision in Decision), tr.p("column", "Drift"),
    )  # fmt: skip
    return ReportTable(tr.t("Drift"), head, rows, frozenset(range(1, 7)))


def _requests(context: CommandContext, asked: "list[ScopeRequest]") -> ReportTable:
    tr = context.tr
    rows = [
        (
            formats.date(r.day, tr.lang),
            context.place_name(r.client, r.project),
            formats.duration(r.seconds, tr.lang),
            formats.money(r.minor, r.currency, tr.lang),
            words.decision(r.decision, tr),
            formats.age(r.age_days * formats.DAY, tr.lang) if r.decision is Decision.PENDING and r.age_days else "",
            " · ".join(part for part in (r.note, r.order or r.asked) if part),
        )
        for r in asked
    ]
    head = (
        tr.p("column", "Date"), tr.p("column", "Client"), tr.p("column", "Time"), tr.p("column", "Value"),
        tr.p("column", "Decision"), tr.p("column", "Undecided for"), tr.p("column", "What, and who asked"),
    )  # fmt: skip
    return ReportTable(tr.t("Asked for outside the agreement"), head, rows, frozenset({2, 3}))


def _data(asked: "list[ScopeRequest]") -> Data:
    head = ("session", "client", "project", "day", "seconds", "minor", "currency", "decision", "age_days", "billed",
            "note", "request", "change_order")  # fmt: skip
    rows = [
        (r.session, r.client, r.project, r.day.isoformat(), r.seconds, r.minor, r.currency, r.decision.value,
         r.age_days, int(r.billed), r.note, r.asked, r.order)
        for r in asked
    ]  # fmt: skip
    return Data(head, rows)


def _object(drifts: "list[Drift]", standings: "list[AgreementStanding]") -> dict[str, Any]:
    return {"clients": [_drift(d) for d in drifts], "agreements": [_standing(s) for s in standings]}


def _drift(drift: "Drift") -> dict[str, Any]:
    from clepsydra.ledger.insights.scope import percent

    sums = {f"out_{x.value}_{unit}": getattr(drift.decided[x], unit) for x in Decision for unit in ("seconds", "minor")}
    data = _data(list(drift.requests))
    return {
        "client": drift.client,
        "project": drift.project,
        "currency": drift.currency,
        "in_seconds": drift.inside.seconds,
        "in_minor": drift.inside.minor,
        "unsure_seconds": drift.unsure.seconds,
        "unsure_minor": drift.unsure.minor,
        **sums,
        "out_seconds": drift.out_seconds,
        "out_percent": percent(drift.out_rate),
        "on_change_orders_seconds": drift.on_orders,
        "pending_by_age": [{"seconds": part.seconds, "minor": part.minor} for part in drift.pending_by_age()],
        "requests": [dict(zip(data.head, row, strict=True)) for row in data.rows],
    }


def _standing(each: "AgreementStanding") -> dict[str, Any]:
    from clepsydra.ledger.insights.scope import percent, reached

    state, end, value = each.state, each.end, each.value
    return {
        "client": each.client.slug,
        "project": each.project,
        "type": state.contract.kind.value,
        "first_day": state.first.isoformat(),
        "last_day": state.last.isoformat() if state.last else None,
        "used_seconds": state.used,
        "available_seconds": state.available,
        "used_percent": reached(state.ratio),
        "elapsed_percent": reached(state.elapsed_ratio),
        "overrun_seconds": each.overrun,
        "level": format(state.level, "f") if state.level is not None else None,
        "growth_percent": percent(each.growth),
        "exhaustion": end and {
            "earliest": end.earliest.isoformat(), "expected": end.expected.isoformat(),
            "latest": end.latest.isoformat() if end.latest else None,
        },
        "earned_value": value and {
            "early": value.early, "recoverable": value.recoverable, "baseline_seconds": value.baseline,
            "budget_seconds": value.budget, "actual_seconds": value.actual, "earned_seconds": value.earned,
            "at_completion_seconds": value.at_completion, "variance_seconds": value.variance,
            "estimate_seconds": value.estimate, "over_estimate_seconds": value.beyond,
            "own_at_completion_seconds": value.own_at_completion, "progress_percent": percent(value.progress),
            "cpi": _ratio(value.cpi), "tcpi": _ratio(value.tcpi), "hourly": _ratio(value.rate),
            "own_hourly": _ratio(value.own_rate),
        },
    }  # fmt: skip


def _ratio(value: Any) -> float | None:
    return None if value is None else round(float(value), 4)
