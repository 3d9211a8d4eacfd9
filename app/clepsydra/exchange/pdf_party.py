"""The parties at the head of a document: name and address of who sends and who receives it."""

from collections.abc import Sequence

from clepsydra.exchange.pdf_sheet import INK, SOFT, Sheet, leading

_NAME = 10.5
_LINES = 3
"""So many lines one line of an address may take: what is beyond would push the document itself off the page."""


def party(sheet: Sheet, lines: Sequence[str], x: float, y: float, width: float, *, size: float, end: float) -> float:
    """Put a party at a place, its name first; answers where it ends, which is little below `end` at the most."""
    for index, line in enumerate(lines):
        name = index == 0
        points = _NAME if name else size
        sheet.font(points, bold=name, colour=INK if name else SOFT)
        for piece in sheet.wrap(line, width)[:_LINES]:
            sheet.put(piece, x, y=y)
            y += leading(points)
        if y > end:
            break
    return y
