"""A table over a source of rows that may hold millions: it asks only for the pages it shows.

The source answers two questions, how many rows there are and what a page of them says; the table keeps the pages it
saw last. Columns share the width: the least important ones leave when it is narrow. A column to the right whose
figures all have something behind them, as "12,50 €" and "8,00 CHF" have, is aligned at the figures.
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from rich.segment import Segment
from textual.message import Message

from clepsydra.domain.records import dataclass
from clepsydra.ledger.errors import DISK_ERRORS
from clepsydra.tui.meanings import PLAIN, Ground
from clepsydra.tui.widgets.drawing import fit
from clepsydra.tui.widgets.line_list import LineList
from clepsydra.tui.widgets.table_columns import Cell as Cell
from clepsydra.tui.widgets.table_columns import Column as Column
from clepsydra.tui.widgets.table_columns import MetFigures, needs_of, share_width
from clepsydra.tui.widgets.table_columns import TableRow as TableRow

PAGE = 200
PAGES_KEPT = 12

GONE = TableRow("", ())
"""A row that cannot be told: it is not there any more, or the disk refuses it."""


class RowSource(Protocol):
    """Where rows come from. Both calls are made while drawing, so they must answer within a few milliseconds."""

    def count(self) -> int:
        """How many rows there are."""

    def page(self, offset: int, limit: int) -> Sequence[TableRow]:
        """At most `limit` rows from number `offset` on."""


class Rows:
    """Some rows that are at hand."""

    def __init__(self, rows: Sequence[TableRow]) -> None:
        self._rows = rows

    def count(self) -> int:
        """How many there are."""
        return len(self._rows)

    def page(self, offset: int, limit: int) -> Sequence[TableRow]:
        """Some of them."""
        return self._rows[offset : offset + limit]


_Item = TypeVar("_Item")


class RowsOf(Generic[_Item]):
    """Rows that are made of their items as they come into view: a crowded day has a thousand."""

    def __init__(self, items: Sequence[_Item], row: Callable[[_Item], TableRow]) -> None:
        self._items, self._row = items, row

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def page(self, offset: int, limit: int) -> Sequence[TableRow]:
        """Some of them."""
        return [self._row(each) for each in self._items[offset : offset + limit]]


class LogTable(LineList):
    """The rows of a source, with a header and a cursor."""

    BY_NEED: ClassVar[bool] = True
    """Whether columns that share the width get what their longest text needs first."""

    @dataclass
    class Highlighted(Message):
        """The cursor has come to a row."""

        table: "LogTable"
        index: int
        row: TableRow

        @property
        def control(self) -> "LogTable":
            """The table the message is from."""
            return self.table

    @dataclass
    class Selected(Message):
        """A row was chosen."""

        table: "LogTable"
        index: int
        row: TableRow

        @property
        def control(self) -> "LogTable":
            """The table the message is from."""
            return self.table

    def __init__(
        self,
        columns: Sequence[Column],
        source: RowSource | None = None,
        *,
        nothing: str = "",
        header: bool = True,
        **kwargs: Any,
    ) -> None:
        """`nothing` is what an empty table says; without `header` the columns have no titles."""
        super().__init__(**kwargs)
        self.header_lines = 1 if header else 0
        self._all_columns = tuple(columns)
        self._source = source
        self.nothing = nothing
        self._count = source.count() if source else 0
        self._pages: OrderedDict[int, Sequence[TableRow]] = OrderedDict()
        self._layout: tuple[int, list[tuple[int, int]]] | None = None
        self._figures: dict[int, MetFigures] = {}

    # -- data

    def show(self, source: RowSource, cursor: int = 0) -> None:
        """Show another source, as a new search does."""
        self._source = source
        self.reload(cursor)

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Use other columns, as for figures that need more room or titles in another language."""
        if tuple(columns) != self._all_columns:
            self._all_columns, self._layout = tuple(columns), None
            self.refresh()

    def reload(self, cursor: int | None = None) -> None:
        """Ask the source again, as after a change; the cursor keeps its place unless another is given."""
        self._pages.clear()
        self._figures.clear()
        self._layout = None
        self._count = self._source.count() if self._source else 0
        self.rows_changed()
        if cursor is not None:
            self.cursor = cursor
        if self._count:
            self.row_highlighted(self.cursor)

    def row_at(self, index: int) -> TableRow | None:
        """The row at a place; none when the source has fewer rows than it said."""
        if self._source is None or not 0 <= index < self._count:
            return None
        number, place = divmod(index, PAGE)
        page = self._pages.get(number)
        if page is None:
            page = self._pages[number] = self._page(self._source, number * PAGE)
            self._note_figures(page)
            if len(self._pages) > PAGES_KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return page[place] if place < len(page) else None

    def _page(self, source: RowSource, offset: int) -> Sequence[TableRow]:
        """The rows of a page, empty ones where the disk refuses them until the table is read again."""
        try:
            return source.page(offset, PAGE)
        except DISK_ERRORS:  # whatever asks the log next tells it; drawing must not end the program
            return [GONE] * min(PAGE, self._count - offset)

    def show_at(self, source: RowSource, cursor: int) -> None:
        """Show another source, the row of the cursor on the line of the screen where the cursor is now."""
        line = self.cursor - self.scroll_offset.y
        self.show(source, cursor)
        self.scroll_to(y=max(0, self.cursor - line), animate=False, immediate=True, force=True)

    def update_row(self, index: int) -> None:
        """Ask the source for one row again and draw it, as for a length that grows; nothing if it was not shown."""
        number, place = divmod(index, PAGE)
        page = self._pages.get(number)
        if self._source is None or page is None or place >= len(page):
            return
        fresh = self._source.page(index, 1)
        self._pages[number] = [*page[:place], *fresh, *page[place + 1 :]]
        self._layout = None
        self._note_figures(fresh)
        self.row_changed(index)

    def say_nothing(self, words: str) -> None:
        """What to say while there is no row."""
        if words != self.nothing:
            self.nothing = words
            self.refresh()

    @property
    def selected(self) -> TableRow | None:
        """The row under the cursor."""
        return self.row_at(self.cursor)

    def row_total(self) -> int:
        """How many rows the source said it has."""
        return self._count

    def row_highlighted(self, index: int) -> None:
        """Tell the screen."""
        if row := self.row_at(index):
            self.post_message(self.Highlighted(self, index, row))

    def row_chosen(self, index: int) -> None:
        """Tell the screen."""
        if row := self.row_at(index):
            self.post_message(self.Selected(self, index, row))

    def cells_of(self, number: int) -> int:
        """How wide a column is drawn; nothing while it is not."""
        width = self.scrollable_content_region.width
        return dict(self._columns(width)).get(number, 0) if width else 0

    # -- drawing

    def _columns(self, width: int) -> list[tuple[int, int]]:
        """The columns that are shown, as (number, width); of so many rows that they come in pages none is asked."""
        if self._layout is None or self._layout[0] != width:
            known = self.BY_NEED and self._count <= PAGE and self.row_at(0) is not None
            needs = needs_of(self._pages[0]) if known else None
            self._layout = (width, share_width(self._all_columns, width - 4, needs))
        return self._layout[1]

    def _note_figures(self, rows: Sequence[TableRow]) -> None:
        """Remember what the figures of the columns to the right need to meet."""
        for number, column in enumerate(self._all_columns):
            if column.align == "right":
                figures = self._figures.setdefault(number, MetFigures())
                for row in rows:
                    if number < len(row.cells):
                        figures.note(row.cells[number].text)

    def _aligned(self, text: str, number: int, cells: int) -> str:
        """The text of a cell, its figures over those of the other rows."""
        figures = self._figures.get(number)
        return fit(figures.met(text, cells) if figures else text, cells, self._all_columns[number].align)

    def draw_header(self, width: int) -> list[Segment]:
        """The titles of the columns."""
        columns = self._all_columns
        titles = [fit(columns[number].title, cells, columns[number].align) for number, cells in self._columns(width)]
        return [Segment(fit("   " + "  ".join(titles), width), self.palette.style("muted"))]

    def draw_row(self, index: int, width: int, ground: Ground) -> list[Segment]:
        """One row of the source."""
        style = self.palette.style
        plain = style("foreground", ground=ground)
        row = self.row_at(index)
        if row is None:
            return [Segment(" " * width, plain)]
        segments = [
            self.cursor_mark(ground),
            Segment(fit(row.mark, 1), style(row.mark_meaning, ground=ground)),
        ]
        for place, (number, cells) in enumerate(self._columns(width)):
            cell = row.cells[number] if number < len(row.cells) else Cell("")
            text = self._aligned(cell.text, number, cells)
            segments.append(Segment("  " if place else " ", plain))
            segments.append(Segment(text, style(cell.meaning, ground=ground)))
        left = width - 1 - sum(segment.cell_length for segment in segments)
        return [*segments, Segment(" " * left, plain)] if left > 0 else segments

    def draw_nothing(self, width: int) -> list[Segment]:
        """What an empty table says."""
        return [Segment(fit(f"   {self.nothing}", width), self.palette.style("muted", ground=PLAIN))]
