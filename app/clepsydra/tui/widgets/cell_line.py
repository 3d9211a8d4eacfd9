"""A row of cells under construction: what is written on it covers nothing that stands there already."""

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style


class CellLine:
    """A row of cells on which texts are written where they do not cover one another."""

    def __init__(self, width: int) -> None:
        self._cells: list[tuple[str, Style | None] | None] = [None] * width

    def put(self, place: int, glyph: str, style: Style) -> None:
        """Set one cell, whatever is there; a text that it would cut in two goes."""
        head = place
        while head and (cell := self._cells[head]) is not None and not cell[0]:
            head -= 1
        found = self._cells[head]
        if found is not None:
            for covered in range(head, min(len(self._cells), head + max(1, cell_len(found[0])))):
                self._cells[covered] = None
        self._cells[place] = (glyph, style)

    def write(self, place: int, text: str, style: Style) -> None:
        """Write a text with a blank after it, if all of it is free and fits."""
        width = cell_len(text)
        if not width or place + width > len(self._cells):
            return
        if any(cell is not None for cell in self._cells[place : place + width + 1]):
            return
        self._cells[place] = (text, style)
        for taken in range(place + 1, place + width):
            self._cells[taken] = ("", style)
        if place + width < len(self._cells):
            self._cells[place + width] = (" ", None)

    def segments(self) -> list[Segment]:
        """The row, with spaces where nothing is written."""
        return [Segment(" ") if cell is None else Segment(*cell) for cell in self._cells if cell is None or cell[0]]
