"""The words of a statement for people, before Markdown or PDF gives them a shape.

Everything is decided here once: what a line is called, which columns there are, how time, rates and amounts read in the
client's language. By default the document is for the client, who sees the exact and the billed time; `internal` adds
what the difference is worth. User text comes through plain, never as markup.
"""

from collections.abc import Iterable

from clepsydra.domain.address import as_lines
from clepsydra.domain.civil import wall, zone_named
from clepsydra.domain.records import dataclass
from clepsydra.domain.statement import Statement, StatementState, day_sold
from clepsydra.exchange.statement.rows import Cells, RowWorder, Section
from clepsydra.exchange.text import plain
from clepsydra.language import formats
from clepsydra.language.translator import Translator
from clepsydra.settings.model import Seller


@dataclass(frozen=True, slots=True)
class StatementPage:
    """A statement in words of one language."""

    title: str
    label: str
    seller: tuple[str, ...]
    client: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    head: Cells
    sections: tuple[Section, ...]
    sums: Cells
    totals: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    internal: bool
    subject: str = ""
    word: str = ""
    """What it is about, and a personal note to its reader."""
    logo: str = ""
    """The file of a picture for the head, where there is one."""


def compose(statement: Statement, seller: Seller, tr: Translator, internal: bool = False) -> StatementPage:
    """Word a statement for its reader; `tr` speaks the client's language."""
    worder = RowWorder(statement, tr, internal)
    address = as_lines(seller.address, seller.street, seller.postcode, seller.city)
    return StatementPage(
        title=tr.t("Statement of hours"),
        label=_label(statement, tr),
        seller=_party(seller.name, address, (seller.tax_id, seller.email)),
        client=_party(statement.client_name, statement.client_address),
        facts=tuple(_facts(statement, tr)),
        head=worder.head(),
        sections=tuple(worder.sections()),
        sums=worder.sums(_sums_label(statement, tr), statement.totals, statement.fee_minor, day_sold(statement.lines)),
        totals=tuple(_totals(statement, tr)),
        notes=tuple(note for note in (*worder.notes(), *map(plain, seller.mentions)) if note),
        internal=internal,
        subject=plain(statement.subject),
        word=plain(statement.note, newlines=True).strip(),
        logo=seller.logo,
    )


def _sums_label(statement: Statement, tr: Translator) -> str:
    """What the last row adds up: hours, or hours and fees."""
    fees = any(line.fee_minor for line in statement.lines)
    return tr.p("statement", "Hours and fees") if fees else tr.p("statement", "Hours")


def _party(name: str, address: str, details: Iterable[str] = ()) -> tuple[str, ...]:
    lines = (plain(name), *plain(address, newlines=True).split("\n"), *map(plain, details))
    return tuple(line.strip() for line in lines if line.strip())


def _label(statement: Statement, tr: Translator) -> str:
    if statement.state is StatementState.PREVIEW:
        return tr.p("document", "Draft")
    return tr.p("document", "Void") if statement.state is StatementState.VOID else ""


def _facts(statement: Statement, tr: Translator) -> Iterable[tuple[str, str]]:
    """What stands at the head; a preview has no number and no date."""
    if statement.number:
        yield tr.p("statement", "Number"), plain(statement.number)
    yield tr.p("statement", "Period"), formats.days(statement.first_day, statement.last_day, tr.lang)
    if statement.issued_at is not None:
        issued = statement.issued_on or wall(statement.issued_at, zone_named(statement.zone)).date()
        yield tr.p("statement", "Issued on"), formats.date(issued, tr.lang)
    if statement.due_on is not None:
        yield tr.p("statement", "Due on"), formats.date(statement.due_on, tr.lang)
    if statement.order:
        yield tr.p("statement", "Order"), plain(statement.order)


def _totals(statement: Statement, tr: Translator) -> Iterable[tuple[str, str]]:
    """From before tax to what is still to be paid; the last one is what matters."""

    def amount(minor: int) -> str:
        return formats.money(minor, statement.currency, tr.lang)

    if statement.tax:
        yield tr.p("statement", "Total before tax"), amount(statement.net_minor)
        yield tr.t("Tax {percent}", percent=formats.percent(statement.tax, tr.lang)), amount(statement.tax_minor)
        yield tr.p("statement", "Total with tax"), amount(statement.total_minor)
    else:
        yield tr.p("statement", "Total"), amount(statement.total_minor)
    if statement.paid_minor:
        yield tr.p("statement", "Paid"), amount(-statement.paid_minor)
        yield tr.p("statement", "Still to pay"), amount(statement.balance_minor)
