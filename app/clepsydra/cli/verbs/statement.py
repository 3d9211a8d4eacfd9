"""statement: preview, issue, list, show, export, void, pay."""

from datetime import date
from pathlib import Path

from clepsydra.cli import reading
from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Argument, Arguments, Command, Option
from clepsydra.cli.outcome import tell_problems
from clepsydra.cli.output import exact_or_drawn, plain
from clepsydra.cli.parsing import JSON
from clepsydra.cli.shared import CLIENT, FROM, TO
from clepsydra.cli.verbs.statement_preview import (
    issued_object,
    left_out,
    pictured,
    preview_object,
    refuse_odd,
    surcharge_words,
    tell_lacks,
    warn,
)
from clepsydra.domain.statement import Statement, StatementState, StatementWords
from clepsydra.domain.statement_terms import StatementTerms
from clepsydra.exchange.statement.registry import NAMES
from clepsydra.language import formats, words
from clepsydra.language.translator import Translator, mark, translator
from clepsydra.ledger.billing import statements
from clepsydra.ledger.billing.statements import Head

SHOWN = 50  # statements, the latest, that are listed unless all are asked for


def preview(context: CommandContext, given: Arguments) -> int:
    """What a statement would hold if it were issued now."""
    period = reading.period(context, given)
    found = statements.preview(context.ledger, reading.client(context, given) or "", period.first, period.last)
    form = next((form for form in ("csv", "markdown") if given.flag(form)), None)
    if form:
        from clepsydra.exchange.statement.registry import content_of
        from clepsydra.ledger.billing.statement_files import with_logo

        seller = with_logo(context.ledger, context.ledger.settings.seller)
        made = content_of(found.statement, form, seller, translator(found.statement.language))
        exact_or_drawn(context.streams.out).write(made.decode("utf-8-sig"))
    elif given.flag("json"):
        context.json(preview_object(context.ledger, found))
    else:
        context.print(*pictured(context, found.statement), *surcharge_words(context, found.statement))
    context.say(*left_out(context, found))
    tell_lacks(context, found)
    tell_problems(context)
    return 0


def issue(context: CommandContext, given: Arguments) -> int:
    """Number and lock a statement; its sessions can't be changed any more until it is void."""
    period = reading.period(context, given)
    client, series = reading.client(context, given) or "", given.maybe("series")
    said = StatementWords(given.maybe("subject"), given.maybe("order"), given.maybe("note"))
    if not context.yes:
        refuse_odd(context, statements.preview(context.ledger, client, period.first, period.last, said))
    statement = statements.issue(context.ledger, client, period.first, period.last, series, words=said)
    code = _tell(context, given, statement, mark("issued: {statement}"))
    warn(context, statements.odd_issue(context.ledger, statement))
    return code


def show(context: CommandContext, given: Arguments) -> int:
    """A statement as it was issued."""
    statement = statements.show(context.ledger, given.word("number"))
    if given.flag("json"):
        return _tell(context, given, statement, "")
    context.print(*pictured(context, statement), *surcharge_words(context, statement))
    return 0


def list_all(context: CommandContext, given: Arguments) -> int:
    """Every statement, the latest first."""
    client = reading.known_client(context, given)
    if given.flag("json"):
        found = statements.listed(context.ledger, client)
        context.json({"statements": [issued_object(context.ledger, each) for each in found]})
        return 0
    heads = statements.page(context.ledger, -1 if given.flag("all") else SHOWN, client=client, named=True)
    context.table([_row(context, head) for head in heads], frozenset({3, 4}))
    whole = statements.count(context.ledger, client)
    if not whole:
        context.say(context.tr.t("no statement yet"))
    elif whole > len(heads):
        tr, listed = context.tr, len(heads)
        context.say(tr.t("the latest {listed} of {whole}; --all shows every one", listed=listed, whole=whole))
    return 0


def _row(context: CommandContext, head: Head) -> tuple[str, ...]:
    """A statement in the list, by what stands in its row."""
    state = statements.standing(head)
    tr, due = context.tr, date.fromordinal(head.due_on)
    invoice = statements.invoice_of(context.ledger, head.number) if state is StatementState.ISSUED else None
    asked = tr.t("on {number}", number=invoice) if invoice else tr.t("due {day}", day=formats.date(due, tr.lang))
    return (
        head.number,
        _stands(state, head.paid_minor, tr),
        formats.days(date.fromordinal(head.first_day), date.fromordinal(head.last_day), tr.lang),
        formats.money(head.total_minor, head.currency, tr.lang),
        asked if state is StatementState.ISSUED else "",
        plain(head.client_name),
    )


def _cells(context: CommandContext, statement: Statement) -> tuple[str, ...]:
    tr = context.tr
    due = statement.due_on if statement.state is StatementState.ISSUED else None
    return (
        statement.number,
        _stands(statement.state, statement.paid_minor, tr),
        formats.days(statement.first_day, statement.last_day, tr.lang),
        formats.money(statement.total_minor, statement.currency, tr.lang),
        tr.t("due {day}", day=formats.date(due, tr.lang)) if due else "",
        plain(statement.client_name),
    )


def _stands(state: StatementState, paid_minor: int, tr: Translator) -> str:
    if state is StatementState.ISSUED and paid_minor > 0:
        return tr.p("statement state", "part paid")
    return words.statement_state(state, tr)


def export(context: CommandContext, given: Arguments) -> int:
    """Write a statement's documents and print where they are."""
    from clepsydra.ledger.billing.statement_files import files_of

    ledger = context.ledger
    found = files_of(ledger, statements.show(ledger, given.word("number")))
    client = ledger.catalogue.clients.get(found.statement.client)
    names = given.words("format") or (client.statement if client else StatementTerms()).formats
    folder = given.maybe("to")
    target = Path(folder) if folder else context.home.statements_dir
    written = list(found.write(names, target, internal=given.flag("internal")))
    paths = [each.path for each in written]
    for note in dict.fromkeys(each.note for each in written if each.note):
        context.say(context.said(note))
    if given.flag("json"):
        context.json({"files": [str(path) for path in paths]})
    else:
        context.print(*(plain(str(path)) for path in paths))
    return 0


def void(context: CommandContext, given: Arguments) -> int:
    """Void a statement: it keeps its number, and its sessions can be billed again."""
    statement = statements.void(context.ledger, given.word("number"), given.word("reason"))
    sentence = mark("void now, its sessions can be billed again; the number stays given: {statement}")
    return _tell(context, given, statement, sentence)


def pay(context: CommandContext, given: Arguments) -> int:
    """Record a payment, of the whole balance where no amount is given; one below zero corrects an earlier one."""
    from clepsydra.ledger.receivables import statement_payment

    statement = statements.show(context.ledger, given.word("number"))
    amount, day = given.maybe("amount"), reading.maybe_day(context, given.maybe("on"))
    minor = reading.signed_amount(context, amount, statement.currency) if amount is not None else None
    paid = statement_payment.pay(context.ledger, statement.number, minor, day, given.word("note"))
    balance = formats.money(paid.balance_minor, paid.currency, context.tr.lang)
    sentence = mark("paid: {statement}")
    if paid.balance_minor:
        sentence = mark("paid in part: {statement}, {balance} still to pay")
    code = _tell(context, given, paid, sentence, balance=balance)
    warn(context, statement_payment.odd_payment(context.ledger, paid, day))
    return code


def _tell(context: CommandContext, given: Arguments, statement: Statement, sentence: str, **more: str) -> int:
    """Say what was done to a statement, or give it as JSON."""
    if given.flag("json"):
        context.json(issued_object(context.ledger, statement))
    else:
        shown = " · ".join(cell for cell in _cells(context, statement) if cell)
        context.print(context.tr.t(sentence, statement=shown, **more))
    return 0


_WHOSE = Argument("client", mark("the client’s file name without .toml"))
_NUMBER = Argument("number", mark("the statement, as in 2026-0001"))
_SERIES = Option("series", mark("the series of numbers, for a second device; the year without it"), "NAME")
_AMOUNT = Argument(
    "amount",
    mark("what was received; all that is to be paid without it; below zero, as -50, to correct a payment"),
    needed=False,
)
_FORMAT = Option("format", mark("which document; may be given more than once"), "FORMAT", NAMES, many=True)
_INTERNAL = Option("internal", mark("with what each line loses and gains: not for the client"))
_FOLDER = Option("to", mark("the folder to write to, instead of the home’s statements"), "DIR")
_REASON = Option("reason", mark("why"), "REASON")
_ON = Option("on", mark("the day it was received"), "DAY")
_NOTE = Option("note", mark("what to remember of it"), "NOTE")
_ALL = Option("all", mark("all statements, not only the latest"))
_WORDS = (
    Option("subject", mark("what it is about"), "TEXT"),
    Option("order", mark("the client’s order number"), "NUMBER"),
    Option("note", mark("a personal note on it"), "TEXT"),
)
_CSV, _MARKDOWN = Option("csv", mark("print it as CSV")), Option("markdown", mark("print it as Markdown"))
_PREVIEW, _EXPORT = (FROM, TO, JSON, _CSV, _MARKDOWN), (_FORMAT, _FOLDER, _INTERNAL, JSON)
_VOID = mark("void a statement, so that its sessions can be billed again")

COMMANDS = (
    Command(
        "statement",
        mark("preview, issue and follow statements"),
        commands=(
            Command("preview", mark("what a statement would hold"), preview, (_WHOSE,), _PREVIEW),
            Command("issue", mark("number and lock a statement"), issue, (_WHOSE,), (FROM, TO, _SERIES, *_WORDS, JSON)),
            Command("list", mark("list statements"), list_all, (), (CLIENT, _ALL, JSON)),
            Command("show", mark("show a statement as it was issued"), show, (_NUMBER,), (JSON,)),
            Command("export", mark("write a statement’s documents"), export, (_NUMBER,), _EXPORT),
            Command("void", _VOID, void, (_NUMBER,), (_REASON, JSON)),
            Command("pay", mark("record a payment"), pay, (_NUMBER, _AMOUNT), (_ON, _NOTE, JSON)),
        ),
        default="list",
    ),
)
