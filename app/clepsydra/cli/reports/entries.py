"""report entries: the sales journal of a period, as the accountant's program reads it."""

from typing import TYPE_CHECKING, Any

from clepsydra.cli import reading
from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Arguments
from clepsydra.cli.reports.shapes import Data, ReportTable, put
from clepsydra.exchange.invoice.xml import amount
from clepsydra.language import formats

if TYPE_CHECKING:
    from clepsydra.ledger.documents.accounting import AccountEntry

JOURNAL = "VT"
"""The journal of sales, as accountants call it."""


def entries(context: CommandContext, given: Arguments) -> int:
    """The entries of every document issued in a period; debits and credits of each sum to nothing."""
    from clepsydra.ledger.documents import accounting

    period = reading.period(context, given)
    rows = list(accounting.entries(context.ledger, period.first, period.last))
    put(
        context,
        given,
        lambda: {"entries": [_object(row) for row in rows]},
        lambda: [_table(context, rows)],
        lambda: Data(
            ("journal", "date", "account", "piece", "client", "label", "currency", "debit", "credit", "tax"),
            [
                (JOURNAL, row.day.isoformat(), row.account, row.piece, row.client, row.label, row.currency,
                 *_sides(row), row.tax)
                for row in rows
            ],
        ),
        [] if rows else [context.tr.t("no document was issued in that period")],
    )  # fmt: skip
    return 0


def _sides(row: "AccountEntry") -> tuple[str, str]:
    debit, credit = max(0, row.debit_minor), max(0, -row.debit_minor)
    return amount(debit, row.currency), amount(credit, row.currency)


def _object(row: "AccountEntry") -> dict[str, Any]:
    return {
        "journal": JOURNAL,
        "day": row.day.isoformat(),
        "account": row.account,
        "piece": row.piece,
        "client": row.client,
        "label": row.label,
        "currency": row.currency,
        "debit_minor": max(0, row.debit_minor),
        "credit_minor": max(0, -row.debit_minor),
        "tax_percent": row.tax or None,
    }


def _table(context: CommandContext, rows: "list[AccountEntry]") -> ReportTable:
    tr = context.tr
    head = (tr.p("column", "Date"), tr.p("column", "Account"), tr.p("column", "Piece"), tr.p("column", "Debit"),
            tr.p("column", "Credit"), tr.p("column", "Label"))  # fmt: skip
    cells = [
        (
            formats.date(row.day, tr.lang),
            row.account,
            row.piece,
            formats.money(row.debit_minor, row.currency, tr.lang) if row.debit_minor > 0 else "",
            formats.money(-row.debit_minor, row.currency, tr.lang) if row.debit_minor < 0 else "",
            row.label,
        )
        for row in rows
    ]
    return ReportTable(tr.t("Sales journal"), head, cells, frozenset({3, 4}))
