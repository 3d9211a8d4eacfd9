"""expense: add, list, remove."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clepsydra.cli import reading
from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Argument, Arguments, Command, Option
from clepsydra.cli.output import plain
from clepsydra.cli.parsing import JSON, Usage
from clepsydra.cli.shared import CLIENT
from clepsydra.language import formats
from clepsydra.language.translator import mark
from clepsydra.ledger.documents import expenses

if TYPE_CHECKING:
    from clepsydra.store.expenses import ExpenseRow


def add(context: CommandContext, given: Arguments) -> int:
    """Record an expense that the client's next invoice passes on. Raises `Usage` for what is no amount."""
    from clepsydra.language.typed.amounts import parse_amount
    from clepsydra.language.typed.errors import NotUnderstood
    from clepsydra.ledger.name_lookup import client_meant

    ledger = context.ledger
    client = ledger.client(client_meant(ledger, given.word("client")))
    typed = given.word("amount")
    try:
        minor = parse_amount(typed, client.currency, context.tr.lang)
    except NotUnderstood:
        raise Usage("“{word}” is not an amount in {currency}", word=typed, currency=client.currency) from None
    proof = given.maybe("proof")
    row = expenses.add(
        ledger, client.slug, minor, given.word("text"), on=reading.maybe_day(context, given.maybe("on")),
        tax=given.word("tax"), proof=Path(proof).expanduser() if proof else None,
        disbursement=given.flag("disbursement"), percent=margin(given.maybe("margin")),
    )  # fmt: skip
    code = tell(context, given, row, mark("recorded: {expense}"))
    for odd in expenses.warnings(row):
        context.say(context.tr.t("warning: {what}", what=context.said(odd)))
    return code


def margin(typed: str | None) -> Decimal:
    """What is put on, in percent; raises `Usage`."""
    percent = reading.number((typed or "0").rstrip("% \u00a0"))
    if percent is None or not 0 <= percent <= 1000:
        raise Usage("“{word}” is no percentage", word=typed or "")
    return percent


def list_all(context: CommandContext, given: Arguments) -> int:
    """Every expense, the oldest first, with the document that passed it on."""
    found = expenses.listed(context.ledger, reading.known_client(context, given))
    if given.flag("json"):
        context.json({"expenses": [_object(row) for row in found]})
        return 0
    context.table([_cells(context, row) for row in found], frozenset({2}))
    if not found:
        context.say(context.tr.t("no expense yet"))
    return 0


def remove(context: CommandContext, given: Arguments) -> int:
    """Take back an expense that is on no document."""
    row = expenses.remove(context.ledger, given.word("id"))
    return tell(context, given, row, mark("removed: {expense}"))


def _cells(context: CommandContext, row: "ExpenseRow") -> tuple[str, ...]:
    tr = context.tr
    kind = tr.p("expense", "disbursement") if row.disbursement else tr.p("expense", "passed on")
    return (
        row.id[-6:],
        formats.date(date.fromordinal(row.day), tr.lang),
        formats.money(row.minor, row.currency, tr.lang),
        kind,
        row.document or "",
        plain(context.ledger.name_of(row.client)),
        plain(row.text),
    )


def _object(row: "ExpenseRow") -> dict[str, Any]:
    return {
        "id": row.id,
        "client": row.client,
        "day": date.fromordinal(row.day).isoformat(),
        "minor": row.minor,
        "amount_minor": row.minor,
        "currency": row.currency,
        "text": row.text,
        "tax": row.tax or None,
        "disbursement": bool(row.disbursement),
        "margin_percent": row.percent,
        "proof_sha256": row.proof_sha or None,
        "proof": row.proof_name or None,
        "bank_line": row.bank_line or None,
        "document": row.document,
    }


def tell(context: CommandContext, given: Arguments, row: "ExpenseRow", sentence: str) -> int:
    """Show an expense: as JSON where asked, else in a sentence."""
    if given.flag("json"):
        context.json({"expenses": [_object(row)]})
    else:
        shown = " · ".join(cell for cell in _cells(context, row) if cell)
        context.print(context.tr.t(sentence, expense=shown))
    return 0


WHOSE = Argument("client", mark("the client"))
_AMOUNT = Argument("amount", mark("what it cost: before tax, for a disbursement what was paid"))
_TEXT = Argument("text", mark("what it was"))
_ID = Argument("id", mark("the expense: its id, or the start or end of it"))
ADDED = (
    Option("on", mark("the day; today without it"), "DAY"),
    Option("tax", mark("the tax its ticket says, std or none"), "KEY"),
    Option("proof", mark("the ticket or bill: it is copied and kept by its hash"), "FILE"),
    Option("disbursement", mark("paid in the client’s name: outside the tax, no turnover")),
    Option("margin", mark("what is put on, in percent"), "PERCENT"),
    JSON,
)

COMMANDS = (
    Command(
        "expense",
        mark("record expenses that invoices pass on"),
        commands=(
            Command("add", mark("record an expense"), add, (WHOSE, _AMOUNT, _TEXT), ADDED),
            Command("list", mark("list expenses"), list_all, (), (CLIENT, JSON)),
            Command("remove", mark("take back an expense"), remove, (_ID,), (JSON,)),
        ),
        default="list",
    ),
)
