"""A statement as PDF: one calm A4 sheet, or several with the head of the table repeated.

The words come from `document`; only their place is decided here. The same statement gives the same bytes, because the
date inside is that of issue (for a draft the last day of its period).
"""

from datetime import UTC, datetime, time
from pathlib import Path

from clepsydra.domain.civil import utc
from clepsydra.domain.records import replace
from clepsydra.domain.statement import Statement
from clepsydra.exchange.pdf_party import party
from clepsydra.exchange.pdf_sheet import BOTTOM, INK, LEFT, RIGHT, SHADE, SOFT, TOP, WATER, Sheet, leading
from clepsydra.exchange.statement.page import StatementPage, compose
from clepsydra.exchange.statement.rows import Cells, Section
from clepsydra.exchange.statement.shape import StatementWriter
from clepsydra.language.translator import Translator
from clepsydra.settings.model import Seller

_BODY, _SMALL, _HEAD = 8.5, 7.0, 7.0
_GAP = 5.0
_ROW_PAD = 1.9
_NOTE, _NOTE_GAP = 7.5, 0.8
_TOTAL_STEP = 6.0


def to_pdf(statement: Statement, seller: Seller, tr: Translator, internal: bool = False) -> bytes:
    """The statement as PDF bytes in the language of `tr`; drafts and void statements are marked across every page."""
    document = compose(statement, seller, tr, internal)
    if statement.issued_at is None:
        made_at = datetime.combine(statement.last_day, time(), UTC)
    else:
        made_at = utc(statement.issued_at)
    title = " ".join(part for part in (document.title, statement.number) if part)
    author = document.seller[0] if document.seller else ""
    return _Writer(document, Sheet(title, author, tr.lang, made_at, document.label), tr, title).write()


def annex(sheet: Sheet, statement: Statement, tr: Translator) -> None:
    """Append a statement's lines to the pages of an invoice: what the hours on it were."""
    document = replace(compose(statement, Seller(), tr), notes=(), label="")
    title = tr.t("Annex: statement {numbers}", numbers=statement.number)
    _Writer(document, sheet, tr, title).append()


def _two_lines(days: str) -> list[str]:
    """First and last day one under the other, so that the column stays narrow."""
    return days.replace(" – ", " –\n").split("\n")


class _Writer:
    """Lays one document out from top to bottom."""

    def __init__(self, document: StatementPage, sheet: Sheet, tr: Translator, title: str) -> None:
        self._document = document
        self._sheet = sheet
        self._tr = tr
        self._title = title
        self._ends: dict[str, float] = {}
        self._text_left = self._text_width = 0.0

    def write(self) -> bytes:
        sheet = self._sheet
        sheet.add_page()
        self._parties()
        self._heading()
        self._measure()
        self._table()
        self._closing()
        return sheet.finish(self._foot)

    def append(self) -> None:
        """Write heading and lines on a page of their own, without the parties and totals of a document of its own."""
        self._sheet.on_new_page = lambda: None
        self._sheet.add_page()
        self._sheet.y += 6
        self._heading()
        self._measure()
        self._table()

    # The head of the first page

    def _parties(self) -> None:
        sheet = self._sheet
        if self._document.logo:
            sheet.picture(Path(self._document.logo), LEFT, TOP - 8, 45, 18)
            top = TOP + 16
        else:
            sheet.box(LEFT, TOP - 4, 14, 0.9, WATER)
            top = TOP + 4
        seller_end = party(sheet, self._document.seller, LEFT, top, 85, size=_BODY, end=TOP + 70)
        # Where a window envelope shows it.
        client_end = party(sheet, self._document.client, 115, top + 14, RIGHT - 115, size=_BODY, end=TOP + 70)
        sheet.y = max(seller_end, client_end) + 13

    def _heading(self) -> None:
        sheet, document = self._sheet, self._document
        sheet.font(20, bold=True)
        sheet.put(document.title, LEFT)
        if document.label:
            left = LEFT + sheet.width_of(document.title) + 5
            sheet.font(8.5, bold=True, colour=WATER)
            width = sheet.width_of(document.label) + 6
            sheet.box(left, sheet.y - 5.4, width, 6, SHADE)
            sheet.put(document.label, left + 3, y=sheet.y - 1.3)
        sheet.y += 10
        x = LEFT
        for label, value in document.facts:
            sheet.font(_SMALL, colour=SOFT)
            sheet.put(label, x)
            label_width = sheet.width_of(label)
            sheet.font(9.5, colour=INK)
            sheet.put(value, x, y=sheet.y + 5)
            x += max(label_width, sheet.width_of(value)) + 11
        sheet.y += 16
        self._word()

    def _word(self) -> None:
        """What it is about, and a personal note, before the table."""
        sheet, document = self._sheet, self._document
        for text, bold in ((document.subject, True), (document.word, False)):
            sheet.font(9.5, bold=bold, colour=INK)
            for line in sheet.wrap(text, RIGHT - LEFT) if text else ():
                sheet.room(leading(9.5))
                sheet.put(line, LEFT)
                sheet.y += leading(9.5)
            sheet.y += 3 if text else 0

    # The table

    def _all_rows(self) -> list[Cells]:
        sections = self._document.sections
        rows = [row for section in sections for row in section.rows]
        return [*rows, *(section.subtotal for section in sections if section.subtotal), self._document.sums]

    def _measure(self) -> None:
        """Give every column of figures the width it needs, and the description what is left."""
        sheet, head, rows = self._sheet, self._document.head, self._all_rows()
        end = RIGHT
        for column in ("amount", "rate", "gap", "billed", "exact"):
            sheet.font(_HEAD)
            label_width = sheet.width_of(getattr(head, column))
            sheet.font(_BODY, bold=True)
            width = max(label_width, *(sheet.width_of(getattr(row, column)) for row in rows))
            self._ends[column] = end
            if width:
                end -= width + _GAP
        sheet.font(_BODY)
        widest = max(sheet.width_of(day) for row in rows for day in _two_lines(row.day))
        self._text_left = LEFT + widest + _GAP
        self._text_width = end - self._text_left

    def _table(self) -> None:
        self._head()
        self._sheet.on_new_page = self._next_page
        for section in self._document.sections:
            self._section(section)
        self._sums(self._document.sums, bold=True)
        self._sheet.on_new_page = self._running_title

    def _running_title(self) -> None:
        sheet = self._sheet
        sheet.font(_SMALL, colour=SOFT)
        sheet.put(self._title, LEFT)
        if self._document.client:
            sheet.put(sheet.wrap(self._document.client[0], 90)[0], RIGHT, "R")
        sheet.y += 9

    def _next_page(self) -> None:
        self._running_title()
        self._head()

    def _head(self) -> None:
        sheet, head = self._sheet, self._document.head
        sheet.font(_HEAD, colour=SOFT)
        sheet.put(head.day, LEFT)
        sheet.put(head.text, self._text_left)
        for column, end in self._ends.items():
            sheet.put(getattr(head, column), end, "R")
        sheet.line(sheet.y + 2.2, colour=INK, weight=0.25)
        sheet.y += 2.2 + _ROW_PAD + leading(_BODY) * 0.85

    def _section(self, section: Section) -> None:
        sheet = self._sheet
        if section.title:
            sheet.room(4 * leading(_BODY))
            sheet.font(_BODY, bold=True, colour=WATER)
            sheet.put(sheet.wrap(section.title, RIGHT - LEFT)[0], LEFT)
            sheet.y += leading(_BODY) + 1.6
        for row in section.rows:
            self._row(row)
        if section.subtotal:
            self._sums(section.subtotal, bold=False)
            sheet.y += 2.5

    def _row(self, row: Cells) -> None:
        """A line with its figures on the first line of text; long text goes on over the following pages."""
        sheet = self._sheet
        sheet.font(_BODY)
        text = [(line, False) for line in sheet.wrap(row.text, self._text_width)]
        days = _two_lines(row.day)
        sheet.font(_SMALL)
        text += [(line, True) for line in sheet.wrap(row.detail, self._text_width)] if row.detail else []
        step = leading(_BODY)
        height = step * max(len(text), len(days))
        # A short row stays whole; a long one begins where three of its lines fit.
        sheet.room(height if height < 40 else 3 * step)
        self._figures(row)
        for index in range(max(len(text), len(days))):
            sheet.room(0)
            if index < len(days):
                sheet.font(_BODY, colour=SOFT)
                sheet.put(days[index], LEFT)
            if index < len(text):
                line, small = text[index]
                sheet.font(_SMALL if small else _BODY, colour=SOFT if small else INK)
                sheet.put(line, self._text_left)
            sheet.y += step
        sheet.line(sheet.y - step + _ROW_PAD + 0.6)
        sheet.y += 2 * _ROW_PAD - 0.6

    def _figures(self, row: Cells, bold: bool = False) -> None:
        sheet = self._sheet
        for column, end in self._ends.items():
            soft = column in ("exact", "rate", "gap") and not bold
            sheet.font(_BODY, bold=bold, colour=SOFT if soft else INK)
            sheet.put(getattr(row, column), end, "R")

    def _sums(self, sums: Cells, bold: bool) -> None:
        sheet = self._sheet
        sheet.room(leading(_BODY))
        sheet.font(_BODY, bold=bold, colour=INK if bold else SOFT)
        sheet.put(sums.text, self._text_left)
        self._figures(sums, bold)
        sheet.y += leading(_BODY) + _ROW_PAD

    # Below the table

    def _closing(self) -> None:
        """Totals and notes, on one page unless the notes alone would fill it."""
        sheet = self._sheet
        sheet.font(_NOTE)
        notes = [sheet.wrap(note, RIGHT - LEFT) for note in self._document.notes]
        totals_height = 18.5 + _TOTAL_STEP * len(self._document.totals)
        notes_height = sum(len(lines) * leading(_NOTE) + _NOTE_GAP for lines in notes[:-1])
        sheet.room(totals_height + (notes_height if notes_height < 90 else 0))
        self._totals()
        self._notes(notes)

    def _totals(self) -> None:
        sheet, totals = self._sheet, self._document.totals
        sheet.y += 6
        left = self._totals_left()
        for label, value in totals[:-1]:
            sheet.font(_BODY, colour=SOFT)
            sheet.put(label, left + 4)
            sheet.font(_BODY)
            sheet.put(value, RIGHT - 4, "R")
            sheet.y += _TOTAL_STEP
        label, value = totals[-1]
        top = sheet.y - 3.5
        sheet.box(left, top, RIGHT - left, 10.5, SHADE)
        sheet.box(left, top, 0.9, 10.5, WATER)
        sheet.font(9.5, bold=True)
        sheet.put(label, left + 4, y=top + 6.5)
        sheet.font(11.5, bold=True, colour=WATER)
        sheet.put(value, RIGHT - 4, "R", y=top + 6.7)
        sheet.y = top + 22

    def _totals_left(self) -> float:
        """Where the block of totals begins: as narrow as looks well, as wide as its words need."""
        label, value = self._document.totals[-1]
        self._sheet.font(9.5, bold=True)
        needed = self._sheet.width_of(label)
        self._sheet.font(11.5, bold=True)
        needed += self._sheet.width_of(value) + 16
        return max(LEFT, min(118.0, RIGHT - needed))

    def _notes(self, notes: list[list[str]]) -> None:
        sheet = self._sheet
        for lines in notes:
            for line in lines:
                sheet.room(0)
                sheet.font(_NOTE, colour=SOFT)
                sheet.put(line, LEFT)
                sheet.y += leading(_NOTE)
            sheet.y += _NOTE_GAP

    def _foot(self, page: int, pages: int) -> None:
        sheet = self._sheet
        y = BOTTOM + 11
        sheet.line(y - 4.5)
        sheet.font(_SMALL, colour=SOFT)
        if self._document.seller:
            sheet.put(sheet.wrap(self._document.seller[0], 110)[0], LEFT, y=y)
        sheet.put(self._tr.t("Page {page} of {pages}", page=page, pages=pages), RIGHT, "R", y=y)


WRITER = StatementWriter(".pdf", to_pdf)
