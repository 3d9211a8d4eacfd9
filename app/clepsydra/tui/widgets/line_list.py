"""A list that draws only the lines on the screen, so that its length costs nothing.

Textual's own tables measure every row when they are filled; at ten years of sessions that takes minutes. Here a
subclass says how many rows there are and draws the one it is asked for.
"""

from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from clepsydra.tui.meanings import PLAIN, Ground, Painted


class LineList(Painted, ScrollView, can_focus=True):
    """A cursor over numbered rows, one line each, under an optional header that does not scroll."""

    DEFAULT_CSS = """
    LineList { height: 1fr; overflow-x: hidden; scrollbar-size-vertical: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False, id="list.up"),
        Binding("down", "move(1)", show=False, id="list.down"),
        Binding("pageup", "page(-1)", show=False, id="list.page-up"),
        Binding("pagedown", "page(1)", show=False, id="list.page-down"),
        Binding("home", "first", show=False, id="list.first"),
        Binding("end", "last", show=False, id="list.last"),
        Binding("enter", "choose", show=False, id="list.choose"),
    ]
    header_lines: int = 0

    cursor: reactive[int] = reactive(0, repaint=False)

    def row_total(self) -> int:
        """How many rows the list has."""
        raise NotImplementedError

    def draw_row(self, index: int, width: int, ground: Ground) -> list[Segment]:
        """The segments of one row, `width` cells in all."""
        raise NotImplementedError

    def draw_header(self, width: int) -> list[Segment]:
        """The segments of the header line."""
        return [Segment(" " * width)]

    def draw_nothing(self, width: int) -> list[Segment]:
        """The first line of an empty list."""
        return [Segment(" " * width)]

    def row_highlighted(self, index: int) -> None:
        """Called when the cursor has come to a row; a subclass posts its message here."""

    def row_chosen(self, index: int) -> None:
        """Called when the row under the cursor was chosen with enter or a click."""

    # -- what is drawn

    def cursor_mark(self, ground: Ground) -> Segment:
        """The first cell of a row: on the chosen one a bar where the keyboard is, elsewhere a dot.

        A list that never has the keyboard follows the line typed over it, so its choice is the one that counts.
        """
        style = self.palette.style("now" if ground.focused else "muted", ground=ground)
        return Segment(("▌" if ground.focused or not self.can_focus else "·") if ground.chosen else " ", style)

    @property
    def lines_in_view(self) -> int:
        """How many rows fit under the header."""
        return max(1, self.scrollable_content_region.height - self.header_lines)

    def rows_changed(self) -> None:
        """Measure again and draw everything; to be called after the rows have changed."""
        total = self.row_total()
        self.virtual_size = Size(self.size.width, total + self.header_lines)
        self.cursor = self.validate_cursor(self.cursor)
        self.refresh()

    def row_changed(self, index: int) -> None:
        """Draw one row again, if it is in view."""
        line = index - self.scroll_offset.y
        if 0 <= line < self.lines_in_view:
            self.refresh(Region(0, line + self.header_lines, self.size.width, 1))

    def on_resize(self) -> None:
        """Follow the width, and keep the cursor in view."""
        self.rows_changed()
        self._reveal()

    def render_line(self, y: int) -> Strip:
        """The strip of line `y` of the visible area."""
        width = self.scrollable_content_region.width
        if y < self.header_lines:
            return self.strip(self.draw_header(width), width)
        index = self.scroll_offset.y + y - self.header_lines
        if index < self.row_total():
            ground = Ground(chosen=True, focused=self.has_focus) if index == self.cursor else PLAIN
            return self.strip(self.draw_row(index, width, ground), width)
        if index == 0:
            return self.strip(self.draw_nothing(width), width)
        return self.strip((), width)

    def on_focus(self) -> None:
        """Draw the chosen row as focused."""
        self.row_changed(self.cursor)

    def on_blur(self) -> None:
        """Draw the chosen row as left."""
        self.row_changed(self.cursor)

    # -- the cursor

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a row."""
        return max(0, min(cursor, self.row_total() - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        """Move the view with the cursor."""
        self.row_changed(old)
        self._reveal()
        self.row_changed(new)
        if self.row_total():
            self.row_highlighted(new)

    def _reveal(self) -> None:
        top, lines = self.scroll_offset.y, self.lines_in_view
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False, immediate=True, force=True)
        elif self.cursor >= top + lines:
            self.scroll_to(y=self.cursor - lines + 1, animate=False, immediate=True, force=True)

    def action_move(self, rows: int) -> None:
        """Move the cursor up or down."""
        self.cursor += rows

    def action_page(self, pages: int) -> None:
        """Move the cursor by what is in view."""
        self.cursor += pages * max(1, self.lines_in_view - 1)

    def action_first(self) -> None:
        """Go to the first row."""
        self.cursor = 0

    def action_last(self) -> None:
        """Go to the last row."""
        self.cursor = self.row_total() - 1

    def action_choose(self) -> None:
        """Choose the row under the cursor."""
        if self.row_total():
            self.row_chosen(self.cursor)

    def on_click(self, event: events.Click) -> None:
        """One click moves the cursor, a second one chooses."""
        offset = event.get_content_offset(self)
        if offset is None or offset.y < self.header_lines:
            return
        index = self.scroll_offset.y + offset.y - self.header_lines
        if index >= self.row_total():
            return
        if event.chain > 1 and index == self.cursor:
            self.row_chosen(index)
        self.cursor = index
