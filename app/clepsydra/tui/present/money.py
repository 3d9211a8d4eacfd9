"""Money in words for the screen: what is to bill, drafts, open and settled documents, and the lines of one."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum

from clepsydra.domain.document import Document, DocumentKind, DocumentState
from clepsydra.domain.terms import Client
from clepsydra.exchange.invoice.page import price_of, quantity_of, tax_label
from clepsydra.exchange.invoice.words import tax_name
from clepsydra.language import formats
from clepsydra.language.document_words import document_kind, document_state
from clepsydra.language.translator import Translator, mark, mark_p
from clepsydra.ledger.billing.statements import Head
from clepsydra.ledger.documents.missing import MissingField
from clepsydra.ledger.documents.reading import DocumentStanding, ToBill, state_of
from clepsydra.tui.present.main import client_name
from clepsydra.tui.widgets.lines import Word, WordLine
from clepsydra.tui.widgets.log_table import Cell, TableRow


class View(StrEnum):
    """The lists of the screen, from work to money."""

    BILL = "bill"
    DRAFTS = "drafts"
    OPEN = "open"
    OVERDUE = "overdue"
    SETTLED = "settled"


VIEWS = {
    View.BILL: mark_p("money", "To bill"),
    View.DRAFTS: mark_p("money", "Drafts"),
    View.OPEN: mark_p("money", "Open"),
    View.OVERDUE: mark_p("money", "Overdue"),
    View.SETTLED: mark_p("money", "Settled"),
}

EMPTY = {
    View.BILL: mark("nothing to bill: work shows here until it is invoiced"),
    View.DRAFTS: mark("no draft: Enter on a client under “To bill” makes one"),
    View.OPEN: mark("nothing else is owed"),
    View.OVERDUE: mark("nothing is overdue"),
    View.SETTLED: mark("nothing is settled yet"),
}
"""What each list says when there is nothing in it."""

_SIGNS = {
    DocumentState.ISSUED: ("○", "pending"),
    DocumentState.PARTLY_PAID: ("◐", "pending"),
    DocumentState.OVERDUE: ("!", "attention"),
    DocumentState.SETTLED: ("✓", "gain"),
    DocumentState.WRITTEN_OFF: ("×", "leak"),
    DocumentState.CREDITED: ("✓", "muted"),
    DocumentState.APPLIED: ("↩", "muted"),
    DocumentState.ANNULLED: ("×", "muted"),
}


def tabs(counts: Mapping[View, int], chosen: View, tr: Translator) -> WordLine:
    """The names of the lists with how much is in each; the chosen one stands out, without colour too."""
    words = []
    for index, (view, name) in enumerate(VIEWS.items(), 1):
        here = view is chosen
        text = f"{'▸' if here else ' '}{index} {tr.p(*name)} {counts[view]} "
        words.append(Word(text, "heading" if here else "muted", bold=here))
        words.append(Word("│" if view is not View.SETTLED else "", "muted"))
    return WordLine(tuple(words))


def bill_row(client: Client, found: ToBill, tr: Translator) -> TableRow:
    """A client with work to invoice: stated already, which comes first, or still open."""
    count = found.statements
    what = tr.n("{count} statement", "{count} statements", count) if count else tr.t("open work")
    amount = formats.money(found.minor if count else found.open_minor, client.currency, tr.lang)
    beside = formats.money(found.open_minor, client.currency, tr.lang) if count and found.open_minor else ""
    more = tr.t("+ {amount} open", amount=beside) if beside else ""
    return TableRow(client.slug, (Cell(client_name(client, tr)), Cell(what, "muted"), Cell(amount, "billable"),
                                  Cell(more, "muted")))  # fmt: skip


def draft_row(id_: str, client: Client, document: Document | None, lacks: int, tr: Translator) -> TableRow:
    """A draft: for whom, how many lines, what it comes to, and how much it lacks."""
    count = len(document.lines) if document else 0
    amount = formats.money(document.total_minor, document.currency, tr.lang) if document else ""
    missing = tr.n("{count} thing missing", "{count} things missing", lacks) if lacks else ""
    lines = tr.n("{count} line", "{count} lines", count)
    return TableRow(
        id_,
        (Cell(client_name(client, tr)), Cell(lines, "muted"), Cell(amount, "billable"), Cell(missing, "attention")),
        "!" if lacks else " ",
        "attention",
    )


def document_row(each: DocumentStanding, clients: Mapping[str, Client], today: date, tr: Translator) -> TableRow:
    """An issued document in a list."""
    state = state_of(each, today)
    sign, meaning = _SIGNS[state]
    client = clients.get(each.client)
    shown = each.open_minor or each.total_minor
    due = formats.date(date.fromordinal(each.due_day), tr.lang, "day") if each.open_minor else ""
    words = document_state(state, tr) if each.kind != "credit" else document_kind(DocumentKind.CREDIT, tr)
    return TableRow(
        each.number,
        (
            Cell(client_name(client, tr) if client else each.client),
            Cell(each.number, "muted"),
            Cell(formats.money(shown, each.currency, tr.lang), "billable" if each.open_minor else "muted"),
            Cell(f"{words} {due}".strip(), meaning),
        ),
        sign,
        meaning,
    )


def statement_row(head: Head, clients: Mapping[str, Client], tr: Translator) -> TableRow:
    """A statement on no invoice of which nothing is to be paid any more."""
    sign, meaning = _SIGNS[DocumentState.SETTLED]
    client = clients.get(head.client)
    return TableRow(
        head.number,
        (
            Cell(client_name(client, tr) if client else head.client),
            Cell(head.number, "muted"),
            Cell(formats.money(head.total_minor, head.currency, tr.lang), "muted"),
            Cell(document_state(DocumentState.SETTLED, tr), meaning),
        ),
        sign,
        meaning,
    )


def line_rows(document: Document, tr: Translator) -> list[TableRow]:
    """The lines of a document, in its table."""
    return [
        TableRow(
            f"line:{i}",
            (
                Cell(line.text + (f" · {line.detail}" if line.detail else "")),
                Cell(quantity_of(line, tr)),
                Cell(price_of(line, document.currency, tr), "muted"),
                Cell(tax_label(line, tr), "muted"),
                Cell(formats.money(line.net_minor, document.currency, tr.lang), "billable"),
            ),
        )
        for i, line in enumerate(document.lines)
    ]


def typed_row(place: int, text: str, minor: int | None, currency: str, tr: Translator) -> TableRow:
    """A line of a draft as it was typed, with what it comes to."""
    amount = formats.money(minor, currency, tr.lang) if minor is not None else ""
    cells = (Cell(text), Cell(""), Cell(""), Cell(""), Cell(amount, "billable"))
    return TableRow(f"typed:{place}", cells, "✎", "pending")


def sums(document: Document, tr: Translator) -> list[WordLine]:
    """What a document comes to, in two lines under its amounts."""

    def money(minor: int) -> str:
        return formats.money(minor, document.currency, tr.lang)

    first = [Word(tr.t("before tax {amount}", amount=money(document.net_minor)), "muted")]
    first += [
        Word(f"  {tax_name(tax.part, tr)} {formats.percent(tax.rate, tr.lang)} {money(tax.tax_minor)}", "muted")
        for tax in document.taxes
        if tax.part
    ]
    second = [Word(tr.t("total {amount}", amount=money(document.total_minor)), "billable")]
    if document.prepaid:
        second.append(Word("  " + tr.t("deposits {amount}", amount=money(-document.prepaid_minor)), "muted"))
        second.append(Word("  " + tr.t("to pay {amount}", amount=money(document.payable_minor)), "billable"))
    return [WordLine(right=tuple(first)), WordLine(right=tuple(second))]


def lacks(missing: Sequence[MissingField], tr: Translator) -> list[WordLine]:
    """Everything that is missing, each with the file and the key that mend it."""
    return [WordLine((Word("! ", "attention"), Word(each.message.said(tr), "attention"))) for each in missing]
