"""A line of the bank as the command line shows it."""

from datetime import date
from typing import TYPE_CHECKING, Any

from clepsydra.cli.context import CommandContext
from clepsydra.cli.output import plain
from clepsydra.language import formats
from clepsydra.ledger.receivables import banking

if TYPE_CHECKING:
    from clepsydra.store.bank_lines import BankLineRow

_SHOWN = 60


def line_cells(context: CommandContext, row: "BankLineRow") -> tuple[str, ...]:
    """A line as a row of a table."""
    tr = context.tr
    return (
        row.id[-6:],
        formats.date(date.fromordinal(row.day), tr.lang),
        formats.money(row.minor, row.currency, tr.lang),
        _state(context, row),
        plain(banking.said(row))[:_SHOWN],
    )


def _state(context: CommandContext, row: "BankLineRow") -> str:
    tr = context.tr
    if row.minor < 0:
        return tr.p("line of a bank", "passed on") if row.taken_minor else tr.p("line of a bank", "paid out")
    return {
        "open": tr.p("line of a bank", "open"),
        "matched": tr.p("line of a bank", "matched"),
        "ignored": tr.p("line of a bank", "ignored"),
    }[row.state]


def line_object(row: "BankLineRow") -> dict[str, Any]:
    """A line as JSON."""
    return {
        "id": row.id,
        "day": date.fromordinal(row.day).isoformat(),
        "minor": row.minor,
        "currency": row.currency,
        "name": row.name,
        "iban": row.iban,
        "ref": row.ref,
        "text": row.text,
        "state": row.state,
        "account": row.account,
        "bank_id": row.bank_id,
        "rest_minor": row.rest_minor if row.state == "open" else 0,
    }
