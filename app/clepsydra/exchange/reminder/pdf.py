"""A letter as PDF: one calm A4 page, the address where an envelope shows it, a table of several debts.

The words come from the ledger; only their place is decided here. The same letter gives the same bytes.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from clepsydra.domain.records import dataclass
from clepsydra.exchange.pdf_sheet import BOTTOM, HAIR, INK, LEFT, RIGHT, SOFT, TOP, WATER, Sheet, leading

_BODY, _SMALL, _GAP = 10.0, 8.5, 3.2
_ENDS = (LEFT, 75.0, 108.0, RIGHT)


@dataclass(frozen=True, slots=True)
class PdfLetter:
    """What stands on a letter; `body` has paragraphs with blank lines between, `mark` where the table is to be."""

    sender: Sequence[str]
    recipient: Sequence[str]
    place_and_day: str
    subject: str
    body: str
    rows: Sequence[tuple[str, ...]]
    mark: str
    lang: str
    day: date


def letter_pdf(letter: PdfLetter) -> bytes:
    """The letter as PDF bytes."""
    made_at = datetime.combine(letter.day, time(12), UTC)
    sender = letter.sender[0] if letter.sender else ""
    sheet = Sheet(letter.subject, sender, letter.lang, made_at)
    sheet.add_page()
    sheet.box(LEFT, TOP - 4, 14, 0.9, WATER)
    ends = [_party(sheet, letter.sender, LEFT, TOP + 4), _party(sheet, letter.recipient, 115, TOP + 22)]
    sheet.y = max(ends) + 12
    sheet.font(_BODY)
    sheet.put(letter.place_and_day, RIGHT, "R")
    sheet.y += 12
    _lines(sheet, letter.subject, bold=True)
    sheet.y += 2 * _GAP
    for paragraph in letter.body.strip("\n").split("\n"):
        if not paragraph.strip():
            sheet.y += _GAP
        elif paragraph.strip() == letter.mark:
            _table(sheet, letter.rows)
        else:
            _lines(sheet, paragraph)
    return sheet.finish(lambda page, pages: _foot(sheet, page, pages))


def _party(sheet: Sheet, lines: Sequence[str], x: float, y: float) -> float:
    for index, line in enumerate(lines):
        sheet.font(10.5 if not index else _SMALL, bold=not index, colour=SOFT if index else INK)
        for piece in sheet.wrap(line, RIGHT - max(x, 105))[:3]:
            sheet.put(piece, x, y=y)
            y += leading(10.5 if not index else _SMALL)
    return y


def _lines(sheet: Sheet, text: str, *, bold: bool = False) -> None:
    sheet.font(_BODY, bold=bold)
    for piece in sheet.wrap(text, RIGHT - LEFT):
        sheet.room(leading(_BODY))
        sheet.font(_BODY, bold=bold)
        sheet.put(piece, LEFT)
        sheet.y += leading(_BODY)


def _table(sheet: Sheet, rows: Sequence[tuple[str, ...]]) -> None:
    for index, row in enumerate(rows):
        sheet.room(7)
        head, total = index == 0, len(row) > 1 and not row[1]
        sheet.font(_SMALL if head else _BODY, bold=total, colour=SOFT if head else INK)
        for cell, end in zip(row, _ENDS, strict=True):
            sheet.put(cell, end, "R" if end == RIGHT else "L")
        sheet.line(sheet.y + 2, HAIR)
        sheet.y += 7
    sheet.y += 1


def _foot(sheet: Sheet, page: int, pages: int) -> None:
    if pages > 1:
        sheet.font(7, colour=SOFT)
        sheet.put(f"{page} / {pages}", RIGHT, "R", y=BOTTOM + 8)
