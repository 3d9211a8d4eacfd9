"""An invoice as PDF: A4 pages, archival (PDF/A-3B), with the electronic invoice inside and a code to pay by phone.

The words come from `page`, only their place is decided here. The same document gives the same bytes: the date inside
is that of issue.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from functools import partial
from pathlib import Path

from clepsydra.domain.document import Document
from clepsydra.domain.statement import Statement
from clepsydra.exchange.invoice import swiss_slip, xmp
from clepsydra.exchange.invoice.page import InvoicePage, InvoiceRow, compose
from clepsydra.exchange.invoice.payment_codes import EPC_MODULES, bars, epc_payload, matrix, swiss_payload
from clepsydra.exchange.pdf_party import party
from clepsydra.exchange.pdf_sheet import BOTTOM, HAIR, INK, LEFT, RIGHT, SHADE, SOFT, TOP, WATER, Colour, Sheet, leading
from clepsydra.exchange.statement import pdf
from clepsydra.language.translator import Translator

_BODY, _SMALL, _NOTE, _GAP, _PAD = 8.5, 7.0, 7.0, 4.5, 2.0
_STEP = 5.6
_TOTALS_LEFT = 112.0
EMBEDDED = {"facturx": ("factur-x.xml", "EN 16931"), "xrechnung": ("xrechnung.xml", "XRECHNUNG")}
"""What the embedded file is called by profile, and its level in the metadata."""


def to_pdf(
    document: Document,
    tr: Translator,
    xml: bytes = b"",
    annexes: Iterable[Statement] = (),
    label: str = "",
    logo: Path | None = None,
) -> bytes:
    """The document as PDF bytes in the language of `tr`; `label` is written across every page, `xml` is embedded.

    Raises OSError where the logo cannot be read.
    """
    page = compose(document, tr, label)
    made_at = datetime.combine(document.issued_on or date(2000, 1, 1), time(12), UTC)
    title = " ".join(part for part in (page.title, document.number) if part)
    sheet = Sheet(title, page.seller[0], tr.lang, made_at, label, archival=True)
    name, level = EMBEDDED.get(document.profile, ("", "")) if xml else ("", "")
    if name:
        sheet.attach(name, xml, made_at)
    sheet.describe(partial(xmp.packet, title, page.seller[0], made_at, attached=name, level=level))
    writer = _Writer(document, page, sheet, tr, title, logo)
    writer.write()
    for statement in annexes:
        pdf.annex(sheet, statement, tr)
    return sheet.finish(writer.foot)


def _colour(text: str) -> Colour:
    """The colour of "#146c78", or the house's own."""
    return (int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)) if text else WATER


class _Writer:
    """Lays one invoice out from top to bottom."""

    def __init__(
        self, document: Document, page: InvoicePage, sheet: Sheet, tr: Translator, title: str, logo: Path | None
    ) -> None:
        self._document, self._page, self._sheet, self._tr = document, page, sheet, tr
        self._title, self._logo = title, logo
        self._colour = _colour(document.colour)
        self._ends: dict[str, float] = {}
        self._text_width = 0.0

    def write(self) -> None:
        sheet = self._sheet
        sheet.add_page()
        self._parties()
        self._heading()
        self._measure()
        self._table()
        self._closing()
        payload = swiss_payload(self._document)
        if payload:
            swiss_slip.draw(sheet, self._document, payload, self._tr)

    # The head of the first page

    def _parties(self) -> None:
        sheet, top = self._sheet, TOP + 2
        if self._logo:
            sheet.picture(self._logo, LEFT, TOP - 8, 45, 18)
            top = TOP + 16
        else:
            sheet.box(LEFT, TOP - 5, 14, 1.1, self._colour)
        seller_end = party(sheet, self._page.seller, LEFT, top, 82, size=_BODY, end=TOP + 62)
        # Where a window envelope shows it.
        buyer_end = party(sheet, self._page.buyer, 112, TOP + 25, RIGHT - 112, size=_BODY, end=TOP + 62)
        sheet.y = max(seller_end, buyer_end) + 9

    def _heading(self) -> None:
        sheet, page = self._sheet, self._page
        sheet.font(21, bold=True)
        sheet.put(page.title, LEFT, tag="H1")
        if page.facts and self._document.number:
            left = LEFT + sheet.width_of(page.title) + 4
            sheet.font(21, colour=self._colour)
            sheet.put(page.facts[0][1], left, tag="H1")
        sheet.y += 9.5
        self._facts(page.facts[1:] if self._document.number else page.facts)
        if page.subject:
            sheet.font(10, bold=True)
            for line in sheet.wrap(page.subject, RIGHT - LEFT):
                sheet.put(line, LEFT, tag="H2")
                sheet.y += leading(10)
            sheet.y += 1
        if page.note:
            self._paragraph(page.note, _BODY)
        sheet.y += 3

    def _facts(self, facts: tuple[tuple[str, str], ...]) -> None:
        """Facts side by side, going on under the first where the line ends."""
        sheet, x = self._sheet, LEFT
        for label, value in facts:
            sheet.font(9.5)
            width = sheet.width_of(value)
            sheet.font(_SMALL, colour=SOFT)
            width = max(width, sheet.width_of(label))
            if x > LEFT and x + width > RIGHT:
                x = LEFT
                sheet.y += 10.5
            sheet.put(label, x)
            sheet.font(9.5)
            for line in sheet.wrap(value, RIGHT - x)[:1]:
                sheet.put(line, x, y=sheet.y + 4.6)
            x += width + 9
        sheet.y += 13.5 if facts else 0

    def _paragraph(self, text: str, size: float, colour: Colour = INK) -> None:
        sheet = self._sheet
        sheet.font(size, colour=colour)
        for line in sheet.wrap(text, RIGHT - LEFT):
            sheet.room(0)
            sheet.font(size, colour=colour)
            sheet.put(line, LEFT)
            sheet.y += leading(size)

    # The table

    def _measure(self) -> None:
        """Give every column of figures the width it needs, and the description what is left."""
        sheet, end = self._sheet, RIGHT
        for column in ("amount", "tax", "price", "quantity"):
            sheet.font(_SMALL)
            widths = [sheet.width_of(getattr(self._page.head, column))]
            sheet.font(_BODY)
            widths += [sheet.width_of(getattr(row, column)) for row in self._page.rows]
            self._ends[column] = end
            end -= max(widths) + _GAP
        self._text_width = end - LEFT

    def _table(self) -> None:
        self._head()
        self._sheet.on_new_page = self._next_page
        for row in self._page.rows:
            self._row(row)
        self._sheet.on_new_page = self._running_title

    def _running_title(self) -> None:
        sheet = self._sheet
        sheet.font(_SMALL, colour=SOFT)
        sheet.put(self._title, LEFT, y=TOP - 6)
        sheet.y = TOP

    def _next_page(self) -> None:
        self._running_title()
        self._head()

    def _head(self) -> None:
        sheet, head = self._sheet, self._page.head
        sheet.font(_SMALL, colour=SOFT)
        sheet.put(head.text, LEFT, tag="TH")
        for column, end in self._ends.items():
            sheet.put(getattr(head, column), end, "R", tag="TH")
        sheet.line(sheet.y + 2, self._colour, 0.35)
        sheet.y += 7

    def _row(self, row: InvoiceRow) -> None:
        sheet = self._sheet
        sheet.font(_BODY)
        text = [(line, False) for line in sheet.wrap(row.text, self._text_width)]
        sheet.font(_SMALL)
        for detail in row.detail.split("\n") if row.detail else ():
            text += [(line, True) for line in sheet.wrap(detail, self._text_width)]
        step = leading(_BODY)
        height = step * len(text)
        sheet.room(height if height < 40 else 3 * step)
        sheet.font(_BODY)
        for column, end in self._ends.items():
            sheet.font(_BODY, colour=INK if column in ("amount", "quantity") else SOFT)
            sheet.put(getattr(row, column), end, "R", tag="TD")
        for line, small in text:
            sheet.room(0)
            sheet.font(_SMALL if small else _BODY, colour=SOFT if small else INK)
            sheet.put(line, LEFT, tag="TD")
            sheet.y += step
        sheet.line(sheet.y - step + _PAD + 0.4, HAIR)
        sheet.y += 2 * _PAD - 0.3

    # Below the table

    def _closing(self) -> None:
        """What is to pay beside how to pay it, then the notes."""
        sheet = self._sheet
        totals = 12 + _STEP * len(self._page.totals)
        sheet.room(max(totals, 44.0))
        sheet.y += 3
        top = sheet.y
        end = self._totals()
        sheet.y = top
        paid_end = self._payment()
        sheet.y = max(end, paid_end) + 6
        for note in self._page.notes:
            self._paragraph(note, _NOTE, SOFT)
            sheet.y += 0.6

    def _totals(self) -> float:
        sheet, totals, left = self._sheet, self._page.totals, _TOTALS_LEFT
        for label, value in totals[:-1]:
            sheet.font(_BODY)
            width = sheet.width_of(value)
            sheet.font(_BODY, colour=SOFT)
            for line in sheet.wrap(label, RIGHT - left - width - 10)[:2]:
                sheet.put(line, left + 4)
                sheet.y += _STEP
            sheet.y -= _STEP
            sheet.font(_BODY)
            sheet.put(value, RIGHT - 4, "R")
            sheet.y += _STEP
        label, value = totals[-1]
        top = sheet.y - 3.0
        sheet.box(left, top, RIGHT - left, 11.5, SHADE)
        sheet.box(left, top, 1.1, 11.5, self._colour)
        sheet.font(9.5, bold=True)
        sheet.put(label, left + 4, y=top + 7.2)
        sheet.font(13, bold=True, colour=self._colour)
        sheet.put(value, RIGHT - 4, "R", y=top + 7.5)
        return top + 14

    def _payment(self) -> float:
        """The account and the code that bank apps read, which cannot be taken for anything else."""
        sheet, x = self._sheet, LEFT
        if not self._page.payment:
            return sheet.y
        payload = epc_payload(self._document)
        top = sheet.y - 3
        if payload:
            modules = matrix(payload)
            module = EPC_MODULES / len(modules)
            sheet.code(bars(modules), x, top, module)
            sheet.font(6.5, colour=SOFT)
            sheet.put(self._tr.t("Pay from your bank’s app"), x + EPC_MODULES / 2, "C", y=top + EPC_MODULES + 3.2)
            x += EPC_MODULES + 5
        y = top + 3
        for label, value in self._page.payment:
            sheet.font(6.5, colour=SOFT)
            sheet.put(label, x, y=y)
            self._payment_font(value, _TOTALS_LEFT - x - 2, bold=label == "IBAN")
            for line in sheet.wrap(value, _TOTALS_LEFT - x - 2):
                sheet.put(line, x, y=y + 3.6)
                y += 3.6
            y += 4.2
        return max(y, top + EPC_MODULES + 5 if payload else y)

    def _payment_font(self, value: str, width: float, *, bold: bool) -> None:
        """As large as the value fits on one line: an account cut in two is typed wrong."""
        for size in (_BODY, 8.0, 7.5, 7.0, 6.5):
            self._sheet.font(size, bold=bold)
            if self._sheet.width_of(value) <= width:
                return

    def foot(self, page: int, pages: int) -> None:
        """The seller by law, and which page this is."""
        sheet = self._sheet
        y = swiss_slip.ABOVE if page == sheet.slip_page else BOTTOM + 11
        sheet.line(y - 4.5)
        sheet.font(6.5, colour=SOFT)
        for index, line in enumerate(sheet.wrap(self._page.foot, 140)[:2]):
            sheet.put(line, LEFT, y=y + index * leading(6.5))
        sheet.put(self._tr.t("Page {page} of {pages}", page=page, pages=pages), RIGHT, "R", y=y)
