"""invoice: preview, issue, list, show, export, credit, send, defer, annul."""

from pathlib import Path
from typing import TYPE_CHECKING

from clepsydra.cli import reading
from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Argument, Arguments, Command, Option
from clepsydra.cli.output import plain, table
from clepsydra.cli.parsing import JSON, Usage
from clepsydra.cli.shared import CLIENT, FROM, TO
from clepsydra.cli.verbs.invoice_defer import OPTIONS as DEFER_OPTIONS
from clepsydra.cli.verbs.invoice_defer import defer
from clepsydra.cli.verbs.statement_preview import refuse_unconfirmed
from clepsydra.domain.document import CreditReason, Document, DocumentKind
from clepsydra.language import document_words as words
from clepsydra.language import formats
from clepsydra.language.translator import mark
from clepsydra.ledger.documents import issuing
from clepsydra.ledger.documents import reading as documents
from clepsydra.ledger.documents.missing import Lacking
from clepsydra.ledger.documents.request import InvoiceRequest
from clepsydra.ledger.receivables import document_objects

if TYPE_CHECKING:
    from decimal import Decimal

    from clepsydra.store.documents import DocumentStanding


def _request(context: CommandContext, given: Arguments) -> InvoiceRequest:
    """What was asked for on the command line."""
    from clepsydra.ledger.name_lookup import client_meant

    kind = DocumentKind.PRO_FORMA if given.flag("pro-forma") else DocumentKind.INVOICE
    client = client_meant(context.ledger, given.word("client"))
    period = reading.period(context, given) if given.maybe("from") or given.maybe("to") else None
    source = context.ledger.client(client).invoice.source
    deposit, statements = given.word("deposit"), _numbers(given.maybe("statements"))
    nothing_named = statements is None and not given.words("line") and not deposit
    return InvoiceRequest(
        client=client, kind=DocumentKind.DEPOSIT if deposit else kind, statements=statements,
        lines=tuple(given.words("line")), deposit=deposit, deduct=_numbers(given.maybe("deduct")),
        work=given.flag("work") or bool(period) or (source == "log" and nothing_named),
        first=period.first if period else None, last=period.last if period else None,
        on=reading.maybe_day(context, given.maybe("on")), subject=given.word("subject"), order=given.word("order"),
        note=given.word("note"), own_rate=exchange_rate(given.maybe("rate")), proofs=str(Path.cwd()),
    )  # fmt: skip


def _numbers(typed: str | None) -> tuple[str, ...] | None:
    if typed is None:
        return None
    return () if typed.strip().casefold() == "none" else tuple(n.strip() for n in typed.split(",") if n.strip())


def exchange_rate(typed: str | None) -> "Decimal | None":
    """What one unit of another currency is worth, as typed; raises `Usage`."""
    if typed is None:
        return None
    rate = reading.number(typed)
    if rate is None or not 0 < rate < 10**6:
        raise Usage("“{word}” is no rate of exchange", word=typed)
    return rate


def preview(context: CommandContext, given: Arguments) -> int:
    """What an invoice would hold if it were issued now, and everything that it lacks."""
    found = issuing.preview(context.ledger, _request(context, given))
    document = found.draft.document
    if given.maybe("pdf"):
        from clepsydra.ledger.documents.exporting import write_draft

        path = write_draft(context.ledger, found.draft, Path(given.word("pdf")))
        context.say(context.tr.t("draft written: {file}", file=plain(str(path))))
    if given.flag("json"):
        lacks = [{"file": each.file, "key": each.key, "law": each.law} for each in found.draft.lacks]
        context.json({"documents": [document_objects.draft_object(document, found.number)], "missing": lacks})
        return 0
    context.print(*pictured(context, document))
    context.say(*(context.said(each.message) for each in found.draft.lacks))
    return 0


def pictured(context: CommandContext, document: Document) -> list[str]:
    """A document as aligned text in the person's language."""
    from clepsydra.exchange.invoice.page import compose

    page = compose(document, context.tr)
    rows = [(row.quantity, row.price, row.tax, row.amount, plain(row.text.replace("\n", " "))) for row in
            (page.head, *page.rows)]  # fmt: skip
    return [
        " · ".join(part for part in (page.title, document.number, plain(document.buyer.name)) if part),
        *table([(plain(label), plain(value)) for label, value in page.facts]),
        "",
        *table(rows, frozenset({0, 1, 2, 3})),
        "",
        *table([(plain(label), value) for label, value in page.totals], frozenset({1})),
        "",
        *(plain(note) for note in page.notes),
    ]


def issue(context: CommandContext, given: Arguments) -> int:
    """Number and freeze an invoice; it is answered by a credit note, never changed."""
    request = _request(context, given)
    try:
        if not context.yes:
            if request.work:
                refuse_unconfirmed(context, request.client, request.first, request.last)
            _refuse_unshown(context, issuing.preview(context.ledger, request).draft.document)
        made = issuing.issue(context.ledger, request)
    except Lacking as lacking:
        context.say(*(f"clepsydra: {context.said(each.message)}" for each in lacking.missing))
        return 1
    return _tell(context, given, made.number, mark("issued: {document}"))


def _refuse_unshown(context: CommandContext, document: object) -> None:
    """Stop before a document is frozen for ever that does not show its letters."""
    from clepsydra.ledger.billing.glyphs import unshown_within
    from clepsydra.ledger.ledger import Refused

    odd = unshown_within(document)
    if odd is not None:
        raise Refused("{what}; --yes issues it all the same", what=context.said(odd))


def list_all(context: CommandContext, given: Arguments) -> int:
    """Every document, the latest first."""
    client = reading.known_client(context, given)
    found = documents.listed(context.ledger, client)
    if given.flag("json"):
        context.json({"documents": [document_objects.issued_object(context.ledger, each.number) for each in found]})
        return 0
    context.table([_cells(context, each) for each in found], frozenset({3, 4}))
    if not found:
        context.say(context.tr.t("no invoice yet"))
    return 0


def _cells(context: CommandContext, each: "DocumentStanding") -> tuple[str, ...]:
    from datetime import date

    tr, ledger = context.tr, context.ledger
    state = documents.state_of(each, documents.today_of(ledger))
    due = date.fromordinal(each.due_day)
    still = tr.t("{amount} open", amount=formats.money(each.open_minor, each.currency, tr.lang))
    return (
        each.number,
        words.document_state(state, tr),
        formats.date(date.fromordinal(each.issued_day), tr.lang),
        formats.money(each.total_minor, each.currency, tr.lang),
        still if each.open_minor else "",
        words.document_kind(DocumentKind(each.kind), tr),
        tr.t("due {day}", day=formats.date(due, tr.lang)) if each.open_minor else "",
        plain(ledger.name_of(each.client)),
    )


def show(context: CommandContext, given: Arguments) -> int:
    """A document as it was issued, and where it stands."""
    number = given.word("number")
    if given.flag("json"):
        return _tell(context, given, number, "")
    context.print(*pictured(context, documents.show(context.ledger, number)), "")
    return _tell(context, given, number, mark("{document}"))


def export(context: CommandContext, given: Arguments) -> int:
    """Copy a document's files, byte for byte as they were issued."""
    from clepsydra.ledger.documents.exporting import copy

    folder = Path(given.maybe("to") or context.home.statements_dir)
    written = copy(context.ledger, given.word("number"), given.words("format"), folder)
    if given.flag("json"):
        context.json({"files": [str(path) for path in written]})
    else:
        context.print(*(plain(str(path)) for path in written))
    return 0


def credit(context: CommandContext, given: Arguments) -> int:
    """Answer a document by a credit note: of all of it, of lines, or of amounts; raises `Usage` for a tax alone."""
    from clepsydra.ledger.receivables.crediting import Credit
    from clepsydra.ledger.receivables.crediting import credit as credit_

    amounts = given.words("amount")
    if given.maybe("tax"):
        if not amounts:
            raise Usage("“{word}” is a tax without an amount: write --amount “120 @{key}”",
                        word=given.word("tax"), key=given.word("tax").removeprefix("@"))  # fmt: skip
        amounts = [f"{each} {given.word('tax')}" if "@" not in each else each for each in amounts]
    reason = CreditReason(given.word("reason")) if given.maybe("reason") else None
    asked = Credit(given.word("number"), tuple(given.words("line")), tuple(amounts), reason, given.word("because"),
                   reading.maybe_day(context, given.maybe("on")))  # fmt: skip
    made = credit_(context.ledger, asked)
    return _tell(context, given, made.number, mark("credited: {document}"))


def send(context: CommandContext, given: Arguments) -> int:
    """Record that you sent a document, or what a platform answered; nothing is ever sent by itself."""
    from clepsydra.ledger.documents.exporting import record

    day = reading.maybe_day(context, given.maybe("on"))
    record(context.ledger, given.word("number"), given.maybe("event") or "sent", given.word("note"), day)
    return _tell(context, given, given.word("number"), mark("noted: {document}"))


def annul(context: CommandContext, given: Arguments) -> int:
    """Annul the last invoice of a series that nobody received, where the settings allow that."""
    from clepsydra.ledger.receivables.crediting import annul as annul_

    number = given.word("number")
    annul_(context.ledger, number, given.word("confirm"), given.word("because"))
    return _tell(context, given, number, mark("annulled: {document}"))


def _tell(context: CommandContext, given: Arguments, number: str, sentence: str) -> int:
    """Say what became of a document, or give it as JSON."""
    if given.flag("json"):
        context.json({"documents": [document_objects.issued_object(context.ledger, number)]})
    else:
        cells = _cells(context, documents.standing(context.ledger, number))
        context.print(context.tr.t(sentence, document=" · ".join(cell for cell in cells if cell)))
    return 0


EVENTS = ("sent", "pa:deposited", "pa:approved", "pa:refused", "pa:paid")

_WHOSE = Argument("client", mark("the client"))
_NUMBER = Argument("number", mark("the document, as in F2026-0042"))
_PUT_OFF = Argument("number", mark("the statement’s number, or the client whose draft it is"))
_TAX = Argument("tax", mark("the tax of the amounts, as in @std"), needed=False)
_ASKED = (
    Option("statements", mark("which statements, with commas; “none” for none; all free ones without it"), "N,N"),
    Option("line", mark("a line, as in “12h15 x120 API” or --line=-3% Remise; may be given more than once"), "LINE",
           many=True),
    Option("deposit", mark("a deposit: 30%, 500 before tax or TTC:1000 with it"), "DEPOSIT"),
    Option("deduct", mark("which deposits are deducted, “none” for none; all open ones without it"), "N,N"),
    Option("work", mark("state the open work and invoice it in one act")),
    FROM, TO,
    Option("on", mark("the day of issue; today without it"), "DAY"),
    Option("subject", mark("what it is about"), "TEXT"),
    Option("order", mark("the client’s order number"), "TEXT"),
    Option("note", mark("a personal note"), "TEXT"),
    Option("rate", mark("what one unit of the client’s currency is worth in yours"), "RATE"),
    JSON,
)  # fmt: skip
_PRO_FORMA = Option("pro-forma", mark("a pro forma: it has no number and counts nowhere"))
_PDF = Option("pdf", mark("write the draft as a PDF"), "FILE")
_CREDITED = (
    Option("line", mark("a line and how much of it, as in 2=1h30 or 3=1; may be given more than once"), "K=QUANTITY",
           many=True),
    Option("amount", mark("an amount before tax, as in “120 @std”; may be given more than once"), "AMOUNT", many=True),
    Option("reason", mark("why: an error frees the work, a gesture does not"), "REASON", tuple(CreditReason)),
    Option("because", mark("in words, for the client"), "TEXT"),
    Option("on", mark("the day of issue; today without it"), "DAY"),
    JSON,
)  # fmt: skip
_FORMAT = Option(
    "format", mark("which file; may be given more than once"), "FORMAT", ("pdf", "facturx", "xml"), many=True
)
_FOLDER = Option("to", mark("the folder to write to, instead of the home’s statements"), "DIR")
_EVENT = Option("event", mark("what happened, when it is not simply sent"), "EVENT", EVENTS)
_SENT_ON = Option("on", mark("the day; today without it"), "DAY")
_NOTE = Option("note", mark("what to remember of it"), "TEXT")
_CONFIRM = Option("confirm", mark("the number once more"), "NUMBER")
_BECAUSE = Option("because", mark("why"), "TEXT")

COMMANDS = (
    Command(
        "invoice",
        mark("preview, issue and follow invoices and credit notes"),
        commands=(
            Command("preview", mark("what an invoice would hold"), preview, (_WHOSE,), (*_ASKED, _PRO_FORMA, _PDF)),
            Command("issue", mark("number and freeze an invoice"), issue, (_WHOSE,), _ASKED),
            Command("list", mark("list invoices and credit notes"), list_all, (), (CLIENT, JSON)),
            Command("show", mark("show a document as it was issued"), show, (_NUMBER,), (JSON,)),
            Command("export", mark("copy a document’s files"), export, (_NUMBER,), (_FORMAT, _FOLDER, JSON)),
            Command("credit", mark("answer a document by a credit note"), credit, (_NUMBER, _TAX), _CREDITED),
            Command("send", mark("note that a document was sent"), send, (_NUMBER,), (_EVENT, _SENT_ON, _NOTE, JSON)),
            Command("defer", mark("put off a draft or a statement until a day"), defer, (_PUT_OFF,), DEFER_OPTIONS),
            Command("annul", mark("annul a document nobody received"), annul, (_NUMBER,), (_CONFIRM, _BECAUSE, JSON)),
        ),
        default="list",
    ),
)
