"""A statement as one HTML page: no script, nothing fetched, every text escaped."""

from collections.abc import Iterable, Iterator
from html import escape

from clepsydra.domain.statement import Statement
from clepsydra.exchange.exits.page import cell, head, page
from clepsydra.exchange.statement.page import StatementPage, compose
from clepsydra.exchange.statement.rows import Cells
from clepsydra.exchange.statement.shape import StatementWriter
from clepsydra.language.translator import Translator
from clepsydra.settings.model import Seller


def to_html(statement: Statement, seller: Seller, tr: Translator, internal: bool = False) -> bytes:
    """The statement as a page in the language of `tr`."""
    document = compose(statement, seller, tr, internal)
    return page(document.title, tr.lang, "".join(_body(document)))


def _body(document: StatementPage) -> Iterator[str]:
    title = f"{document.title} · {document.label}" if document.label else document.title
    yield f"<h1>{escape(title)}</h1>\n"
    for party in document.seller, document.client:
        if party:
            name, *rest = party
            yield f"<p><strong>{escape(name)}</strong>{''.join(f'<br>{escape(line)}' for line in rest)}</p>\n"
    facts = " · ".join(f"{label} {value}" for label, value in document.facts)
    yield f'<p class="facts">{escape(facts)}</p>\n'
    if document.subject:
        yield f"<p><strong>{escape(document.subject)}</strong></p>\n"
    if document.word:
        yield f"<p>{'<br>'.join(map(escape, document.word.splitlines()))}</p>\n"
    yield f"<table>\n{_head(document)}<tbody>\n{''.join(_rows(document))}</tbody>\n</table>\n<table><tbody>\n"
    for index, (label, value) in enumerate(document.totals, 1):
        kind = ' class="sum"' if index == len(document.totals) else ""
        yield f"<tr{kind}>{cell(label)}{cell(value, 'figure')}</tr>\n"
    yield "</tbody></table>\n"
    if document.notes:
        yield f"<footer>{'<br>'.join(map(escape, document.notes))}</footer>\n"


def _head(document: StatementPage) -> str:
    names = document.head
    exact = [(names.exact, "figure")] if names.exact else []
    gap = [(names.gap, "figure")] if document.internal else []
    return head(
        [(names.day, ""), (names.text, ""), *exact, (names.billed, "figure"), *gap,
         (names.rate, "figure"), (names.amount, "figure")]
    )  # fmt: skip


def _rows(document: StatementPage) -> Iterable[str]:
    columns = 5 + bool(document.head.exact) + document.internal
    for section in document.sections:
        if section.title:
            yield f'<tr><th colspan="{columns}">{escape(section.title)}</th></tr>\n'
        for cells in section.rows:
            yield f"<tr>{_cells(cells, document)}</tr>\n"
        if section.subtotal:
            yield f'<tr class="sum">{_cells(section.subtotal, document)}</tr>\n'
    yield f'<tr class="sum">{_cells(document.sums, document)}</tr>\n'


def _cells(cells: Cells, document: StatementPage) -> str:
    text = f"{cells.text}\n{cells.detail}" if cells.detail else cells.text
    gap = cell(cells.gap, "figure") if document.internal else ""
    times = (cells.exact, cells.billed) if document.head.exact else (cells.billed,)
    figures = "".join(cell(each, "figure") for each in times)
    return (
        cell(cells.day) + cell(text, "note") + figures + gap + cell(cells.rate, "figure") + cell(cells.amount, "figure")
    )


WRITER = StatementWriter(".html", to_html)
