"""report aging, report dso: who owes and how late it is, and how long money stays out."""

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from clepsydra.cli import reading
from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Arguments
from clepsydra.cli.outcome import tell_problems
from clepsydra.cli.reports.shapes import Data, ReportTable, put
from clepsydra.language import cash_words, formats
from clepsydra.language.translator import Translator

if TYPE_CHECKING:
    from clepsydra.ledger.forecast.outstanding import ClientDays, CurrencyDays, Outstanding, SalesOutstanding
    from clepsydra.ledger.receivables.ageing import Aging, OwedRow

_BUCKETS = ("not_due_minor", "to_30_minor", "to_60_minor", "to_90_minor", "over_90_minor")


def chosen_client(context: CommandContext, given: Arguments) -> str | None:
    """The client that was named, if one was; raises `Refused` where there is none such."""
    client = reading.client(context, given)
    if client is not None:
        context.ledger.client(client)
    return client


# -- aging


def aging(context: CommandContext, given: Arguments) -> int:
    """What is owed by how late it is, and what is not billed yet."""
    from clepsydra.ledger.receivables import ageing

    rows = ageing.aging(context.ledger, chosen_client(context, given))
    put(
        context,
        given,
        lambda: {"totals": [_aging_object(row) for row in rows]},
        lambda: [_aging_table(context, rows), _clients_table(context, rows), _owed_table(context, rows)],
        lambda: Data(
            ("number", "client", "currency", "due_on", "balance_minor", "late_days"),
            [
                (o.number, o.client, o.currency, o.due_on.isoformat(), o.minor, o.late_days)
                for r in rows
                for o in r.owed
            ],
        ),
        [] if rows else [context.tr.t("nothing is owed and nothing unbilled")],
    )
    tell_problems(context)
    return 0


def _aging_object(row: "Aging") -> dict[str, Any]:
    return {
        "currency": row.currency,
        **dict(zip(_BUCKETS, row.buckets, strict=True)),
        "owed_minor": row.owed_minor,
        "overdue_minor": row.overdue_minor,
        "credit_minor": row.credit_minor,
        "unbilled_minor": row.unbilled_minor,
        "unbilled_days": row.unbilled_days,
        "clients": [
            {"client": each.client, **dict(zip(_BUCKETS, each.buckets, strict=True)),
             "owed_minor": sum(each.buckets), "credit_minor": each.credit_minor}
            for each in row.clients
        ],
        "statements": [
            {"number": o.number, "kind": o.kind, "client": o.client, "due_on": o.due_on.isoformat(),
             "balance_minor": o.minor, "late_days": o.late_days, "disputed": o.disputed or None,
             "promised_on": o.promised.isoformat() if o.promised else None}
            for o in row.owed
        ],
    }  # fmt: skip


def _bucket_heads(tr: Translator) -> tuple[str, ...]:
    return (
        tr.p("column", "Not due"), tr.p("column", "1–30 d"), tr.p("column", "31–60 d"), tr.p("column", "61–90 d"),
        tr.p("column", "> 90 d"),
    )  # fmt: skip


def _aging_table(context: CommandContext, rows: "list[Aging]") -> ReportTable:
    tr = context.tr
    head = ("", *_bucket_heads(tr), tr.p("column", "Owed"), tr.p("column", "Credit"), tr.p("column", "Unbilled"),
            tr.p("column", "Oldest"))  # fmt: skip
    cells = [
        (
            row.currency,
            *(formats.money(minor, row.currency, tr.lang) for minor in row.buckets),
            formats.money(row.owed_minor, row.currency, tr.lang),
            formats.money(row.credit_minor, row.currency, tr.lang) if row.credit_minor else "",
            formats.money(row.unbilled_minor, row.currency, tr.lang),
            formats.age(row.unbilled_days * formats.DAY, tr.lang) if row.unbilled_days else "",
        )
        for row in rows
    ]
    return ReportTable(tr.t("Owed, by days past due"), head, cells, frozenset(range(1, 10)))


def _clients_table(context: CommandContext, rows: "list[Aging]") -> ReportTable:
    tr = context.tr
    cells = [
        (
            context.place_name(each.client, "default"),
            *(formats.money(minor, row.currency, tr.lang) if minor else "" for minor in each.buckets),
            formats.money(sum(each.buckets), row.currency, tr.lang),
            formats.money(each.credit_minor, row.currency, tr.lang) if each.credit_minor else "",
        )
        for row in rows
        for each in row.clients
    ]
    head = (tr.p("column", "Client"), *_bucket_heads(tr), tr.p("column", "Owed"), tr.p("column", "Credit"))
    return ReportTable("", head, cells, frozenset(range(1, 8)))


def _owed_table(context: CommandContext, rows: "list[Aging]") -> ReportTable:
    tr = context.tr
    cells = [
        (
            o.number,
            context.place_name(o.client, "default"),
            formats.money(o.minor, o.currency, tr.lang),
            formats.date(o.due_on, tr.lang),
            _standing(o, tr),
        )
        for row in rows
        for o in row.owed
    ]
    head = (tr.p("column", "Number"), tr.p("column", "Client"), tr.p("column", "Balance"), tr.p("column", "Due on"), "")
    return ReportTable("", head, cells, frozenset({2}))


def _standing(row: "OwedRow", tr: Translator) -> str:
    """How late it is, and what stands against it."""
    words = []
    if row.late_days > 0:
        words.append(tr.t("{age} late", age=formats.age(row.late_days * formats.DAY, tr.lang)))
    if row.disputed:
        words.append(tr.t("disputed: {why}", why=row.disputed))
    if row.promised:
        words.append(tr.t("promised for {day}", day=formats.date(row.promised, tr.lang, "day")))
    return " · ".join(words)


# -- days of sales outstanding


def dso(context: CommandContext, given: Arguments) -> int:
    """How many days of sales are owed, what they could be at best, how late each client pays."""
    from clepsydra.ledger.forecast.outstanding import outstanding

    found = outstanding(context.ledger, chosen_client(context, given))
    put(
        context,
        given,
        lambda: _dso_object(found),
        lambda: [_dso_table(context, found), _client_days_table(context, found)],
        lambda: _dso_data(found),
        _laid_out(found, context.tr)
        if found.currencies or found.clients
        else [context.tr.t("nothing was sold and nothing is owed")],
    )
    tell_problems(context)
    return 0


def _laid_out(found: "SalesOutstanding", tr: Translator) -> list[str]:
    """What of what is owed holds up no days, since it is no sale."""
    shown = [(row.outstanding.laid_out_minor, row.currency) for row in found.currencies]
    return [
        tr.t("of what is owed, {amount} was paid in clients’ names: no sale, so not counted in the days",
             amount=formats.money(minor, currency, tr.lang))
        for minor, currency in shown if minor
    ]  # fmt: skip


def tenths(days: Fraction | None) -> float | None:
    """Days to a tenth, half up, as JSON has them."""
    return None if days is None else float(cash_words.tenths(days))


def _days_object(each: "Outstanding") -> dict[str, Any]:
    return {
        "owed_minor": each.owed_minor,
        "not_due_minor": each.current_minor,
        "disbursements_minor": each.laid_out_minor,
        "dso_days": tenths(each.days),
        "best_dso_days": tenths(each.best),
        "delinquent_days": tenths(each.delinquent),
    }


def _currency_object(row: "CurrencyDays") -> dict[str, Any]:
    work, debtors = row.lockup or (None, None)
    return {
        "currency": row.currency,
        **_days_object(row.outstanding),
        "unbilled_minor": row.unbilled_minor,
        "collected_minor": row.collected_minor,
        "wip_days": tenths(work),
        "debtor_days": tenths(debtors),
        "lockup_days": None if work is None or debtors is None else tenths(work + debtors),
    }


def _client_object(row: "ClientDays") -> dict[str, Any]:
    return {
        "client": row.client,
        "currency": row.currency,
        **_days_object(row.outstanding),
        "days_late": tenths(row.habit.average) if row.habit else None,
        "paid_invoices": row.habit.invoices if row.habit else 0,
    }


def _dso_object(found: "SalesOutstanding") -> dict[str, Any]:
    return {
        "totals": [_currency_object(row) for row in found.currencies],
        "clients": [_client_object(row) for row in found.clients],
    }


def _dso_data(found: "SalesOutstanding") -> Data:
    rows = [_client_object(row) for row in found.clients]
    head = list(rows[0]) if rows else ["client"]
    return Data(head, [[str(v) if isinstance(v, float) else v for v in row.values()] for row in rows])


def days_text(days: Fraction | None, tr: Translator) -> str:
    """Days to a tenth, in words; a dash where they cannot be told."""
    return "–" if days is None else tr.t("{days} d", days=formats.number(cash_words.tenths(days), tr.lang, 1))


def _dso_table(context: CommandContext, found: "SalesOutstanding") -> ReportTable:
    tr = context.tr
    cells = [
        (
            row.currency,
            formats.money(row.outstanding.owed_minor, row.currency, tr.lang),
            days_text(row.outstanding.days, tr),
            days_text(row.outstanding.best, tr),
            days_text(row.outstanding.delinquent, tr),
            days_text(row.lockup[0] if row.lockup else None, tr),
            days_text(row.lockup[1] if row.lockup else None, tr),
        )
        for row in found.currencies
    ]
    head = ("", tr.p("column", "Owed"), tr.p("column", "DSO"), tr.p("column", "At best"), tr.p("column", "By lateness"),
            tr.p("column", "Unbilled, days"), tr.p("column", "Owed, days"))  # fmt: skip
    return ReportTable(tr.t("Days of sales that are owed"), head, cells, frozenset(range(1, 7)))


def _client_days_table(context: CommandContext, found: "SalesOutstanding") -> ReportTable:
    tr = context.tr
    cells = [
        (
            context.place_name(row.client, "default"),
            formats.money(row.outstanding.owed_minor, row.currency, tr.lang),
            days_text(row.outstanding.days, tr),
            days_text(row.habit.average if row.habit else None, tr),
            tr.n("{count} invoice", "{count} invoices", row.habit.invoices) if row.habit else "",
        )
        for row in found.clients
    ]
    head = (tr.p("column", "Client"), tr.p("column", "Owed"), tr.p("column", "DSO"), tr.p("column", "Days late"),
            tr.p("column", "Paid"))  # fmt: skip
    return ReportTable(tr.t("By client, over twelve months"), head, cells, frozenset({1, 2, 3, 4}))
