"""receipt: add, list, apply, difference, writeoff, undo."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from clepsydra.cli import reading
from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Argument, Arguments, Command, Option
from clepsydra.cli.output import plain
from clepsydra.cli.parsing import JSON
from clepsydra.cli.shared import CLIENT
from clepsydra.cli.verbs.invoice import exchange_rate
from clepsydra.language import formats
from clepsydra.language.money_words import allocation_kind
from clepsydra.language.translator import mark
from clepsydra.ledger.documents.reading import today_of
from clepsydra.ledger.errors import Refused
from clepsydra.ledger.receivables import closing, oddities, owing, receipts, receiving

if TYPE_CHECKING:
    from clepsydra.domain.receivables import Debt
    from clepsydra.ledger.receivables.receipts import Receipt


def add(context: CommandContext, given: Arguments) -> int:
    """Record money that came in, and what it closes. Raises `Refused` when nothing is open of the client."""
    ledger = context.ledger
    numbers, client = _paid(context, given.word("what"))
    debts = [owing.debt(ledger, number) for number in numbers]
    asked = debts[0].currency if debts else ledger.client(client).currency
    rate = exchange_rate(given.maybe("rate"))
    currency = ledger.settings.currency if rate is not None else asked
    certificate = given.maybe("certificate")
    day = reading.maybe_day(context, given.maybe("on")) or today_of(ledger)
    gaps = receiving.Gaps(
        fee_minor=_minor(context, given.maybe("fee"), currency) or 0,
        withheld_minor=_minor(context, given.maybe("withheld"), asked) or 0,
        charges_minor=_minor(context, given.maybe("charges"), asked) or 0,
        certificate=Path(certificate).expanduser() if certificate else None,
        discount=given.flag("discount"), late=context.yes, difference=given.flag("difference"), rate=rate,
        pays_minor=_minor(context, given.maybe("pays"), asked),
    )  # fmt: skip
    amount = given.maybe("amount")
    if not numbers and not given.flag("keep"):
        debts = [each for each in owing.debts(ledger, client) if each.currency == currency]
        if not debts and not amount:
            raise Refused("nothing is open of {number}", number=ledger.name_of(client))
    minor = reading.signed_amount(context, amount, currency) if amount else receiving.expected(ledger, debts, day, gaps)
    made = receiving.receive(
        ledger, minor, currency, day, numbers, client=client, method=given.word("method"), note=given.word("note"),
        gaps=gaps, hold=given.flag("keep"),
    )  # fmt: skip
    code = _tell(context, given, made, mark("received: {receipt}"))
    for odd in oddities.odd(ledger, made):
        context.say(context.tr.t("warning: {what}", what=context.said(odd)))
    return code


def _paid(context: CommandContext, typed: str) -> tuple[list[str], str]:
    """The numbers that were named, else the client."""
    from clepsydra.ledger.name_lookup import client_meant

    words = [word.strip() for word in typed.split(",") if word.strip()]
    named = any(char.isdigit() for char in typed) or any(owing.known(context.ledger, word) for word in words)
    if len(words) == 1 and not named:
        return [], client_meant(context.ledger, typed)
    return words, ""


def _minor(context: CommandContext, typed: str | None, currency: str) -> int | None:
    return None if typed is None else reading.signed_amount(context, typed, currency)


def list_all(context: CommandContext, given: Arguments) -> int:
    """Every receipt, the oldest first, with what it closed, and what clients have left."""
    ledger, tr = context.ledger, context.tr
    client = reading.known_client(context, given)
    found = receipts.listed(ledger, client)
    credits = {key: minor for key, minor in receipts.credits(ledger).items() if client in (None, key[0])}
    if given.flag("json"):
        context.json({
            "receipts": [receipts.receipt_object(ledger, each) for each in found],
            "credits": [{"client": slug, "currency": currency, "minor": minor}
                        for (slug, currency), minor in sorted(credits.items())],
        })  # fmt: skip
        return 0
    context.table([_cells(context, each) for each in found], frozenset({2}))
    for (slug, currency), minor in sorted(credits.items()):
        context.print(tr.t("credit of {client}: {amount}", client=plain(ledger.name_of(slug)),
                           amount=formats.money(minor, currency, tr.lang)))  # fmt: skip
    if not found:
        context.say(tr.t("no money received yet"))
    return 0


def _cells(context: CommandContext, receipt: "Receipt") -> tuple[str, ...]:
    tr = context.tr
    rest = formats.money(receipt.credit_minor, receipt.currency, tr.lang)
    sums: dict[tuple[str, str, str], int] = {}
    for each in receipt.allocations:
        key = each.number, each.kind, each.currency if each.minor else receipt.currency
        sums[key] = sums.get(key, 0) + (each.minor or each.taken_minor)
    closed = [
        f"{plain(number)} {allocation_kind(kind, tr)} {formats.money(minor, currency, tr.lang)}"
        for (number, kind, currency), minor in sums.items()
        if minor
    ]
    closed += [tr.t("credit {amount}", amount=rest)] if receipt.credit_minor else []
    return (
        receipt.id[-6:],
        formats.date(receipt.day, tr.lang),
        formats.money(receipt.minor, receipt.currency, tr.lang),
        plain(context.ledger.name_of(receipt.client)),
        ", ".join(closed),
    )


def apply(context: CommandContext, given: Arguments) -> int:
    """Pay a document or a statement from the client's credit."""
    number, typed = given.word("number"), given.maybe("amount")
    debt = owing.debt(context.ledger, number)
    minor = _minor(context, typed, debt.currency)
    closed = closing.apply(context.ledger, number, minor, reading.maybe_day(context, given.maybe("on")))
    return tell_debt(context, given, closed, mark("credit applied: {number}, {open} open"))


def difference(context: CommandContext, given: Arguments) -> int:
    """Close the cents by which something was paid short."""
    day = reading.maybe_day(context, given.maybe("on"))
    closed = closing.close_difference(context.ledger, given.word("number"), day)
    return tell_debt(context, given, closed, mark("small difference closed: {number}, {open} open"))


def write_off(context: CommandContext, given: Arguments) -> int:
    """Give up what will not be paid any more."""
    number = given.word("number")
    minor = _minor(context, given.maybe("amount"), owing.debt(context.ledger, number).currency)
    day = reading.maybe_day(context, given.maybe("on"))
    closed = closing.write_off(context.ledger, number, given.word("reason"), minor, day)
    code = tell_debt(context, given, closed, mark("written off: {number}, {open} open"))
    note = closing.note_on_loss(context.ledger, closed)
    if note is not None:
        context.say(context.said(note))
    return code


def take_back(context: CommandContext, given: Arguments) -> int:
    """Take back a receipt and all it closed; “undo” takes the taking back back."""
    receipt = closing.take_back(context.ledger, given.word("id"))
    if given.flag("json"):
        context.json({"receipt": receipt})
    else:
        context.print(context.tr.t("taken back: receipt {receipt}", receipt=receipt[-6:]))
    return 0


def tell_debt(context: CommandContext, given: Arguments, debt: "Debt", sentence: str) -> int:
    """Say what is open of a debt now, or give it as JSON."""
    if given.flag("json"):
        context.json({**debts_object(context, [debt.number])})
    else:
        still = formats.money(debt.open_minor, debt.currency, context.tr.lang)
        context.print(context.tr.t(sentence, number=plain(debt.number), open=still))
    return 0


def debts_object(context: CommandContext, numbers: "list[str]") -> dict[str, Any]:
    """Documents and statements as they stand now."""
    from clepsydra.exchange.statement.json import statement_object
    from clepsydra.ledger.billing import statements
    from clepsydra.ledger.receivables import document_objects

    content: dict[str, Any] = {"documents": [], "statements": []}
    for number in numbers:
        debt = owing.debt(context.ledger, number)
        if not debt.is_statement:
            content["documents"].append(document_objects.issued_object(context.ledger, number))
            continue
        standing = document_objects.debt_object(context.ledger, debt)
        content["statements"].append(statement_object(statements.show(context.ledger, number)) | standing)
    return content


def _tell(context: CommandContext, given: Arguments, receipt: "Receipt", sentence: str) -> int:
    if given.flag("json"):
        context.json({
            "receipts": [receipts.receipt_object(context.ledger, receipt)],
            **debts_object(context, list(receipt.numbers)),
        })  # fmt: skip
        return 0
    if receipt.credit_minor > 0 and receipt.numbers == () and given.word("what") and not given.flag("keep"):
        context.say(context.tr.t("nothing was open to pay: it is the client’s credit"))
    shown = " · ".join(cell for cell in _cells(context, receipt) if cell)
    context.print(context.tr.t(sentence, receipt=shown))
    for number in receipt.numbers:
        debt, tr = owing.debt(context.ledger, number), context.tr
        still = formats.money(debt.open_minor, debt.currency, tr.lang)
        context.print(tr.t("{number}: {amount} open", number=number, amount=still) if debt.open_minor
                      else tr.t("{number}: settled", number=number))  # fmt: skip
    return 0


_WHAT = Argument("what", mark("what is paid: numbers with commas, as in F2026-0042,F2026-0043; or the client"),
                 metavar="N[,N]|CLIENT")  # fmt: skip
_NUMBER = Argument("number", mark("the document or statement"))
_AMOUNT = Argument("amount", mark("what came in, below zero what went back; all that is open without it"), needed=False)
_PART = Argument("amount", mark("how much; as much as is open without it"), needed=False)
_ID = Argument("id", mark("the receipt: its id, or the start or end of it"))
_ON = Option("on", mark("the day; today without it"), "DAY")
_ADDED = (
    _ON,
    Option("fee", mark("what the bank kept of it"), "AMOUNT"),
    Option("rate", mark("what one unit of the document’s currency was worth in yours, where other money came in"),
           "RATE"),
    Option("pays", mark("how much of the document that other money pays; all of it without this"), "AMOUNT"),
    Option("discount", mark("take off the discount for paying early")),
    Option("withheld", mark("tax that the client kept back"), "AMOUNT"),
    Option("charges", mark("interest and fixed sum for being late, paid beside what is open"), "AMOUNT"),
    Option("certificate", mark("the certificate of that tax: it is copied and kept by its hash"), "FILE"),
    Option("difference", mark("close what is short of it, if it is no more than a small difference")),
    Option("keep", mark("keep it all as the client’s credit")),
    Option("method", mark("how it came: transfer, card, cash, cheque"), "WORD"),
    Option("note", mark("what to remember of it"), "NOTE"),
    JSON,
)  # fmt: skip
_REASON = Option("reason", mark("why it will not be paid"), "REASON")

COMMANDS = (
    Command(
        "receipt",
        mark("record money received and what it pays"),
        commands=(
            Command("add", mark("record money that came in"), add, (_WHAT, _AMOUNT), _ADDED),
            Command("list", mark("list receipts, and what clients have left"), list_all, (), (CLIENT, JSON)),
            Command("apply", mark("pay from the client’s credit"), apply, (_NUMBER, _PART), (_ON, JSON)),
            Command("difference", mark("close the cents that are short"), difference, (_NUMBER,), (_ON, JSON)),
            Command("writeoff", mark("give up what will not be paid"), write_off, (_NUMBER, _PART),
                    (_REASON, _ON, JSON)),
            Command("undo", mark("take back a receipt and all it closed"), take_back, (_ID,), (JSON,)),
        ),
        default="list",
    ),
)  # fmt: skip
