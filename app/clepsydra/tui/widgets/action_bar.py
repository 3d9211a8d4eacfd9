"""The footer: the most used actions with their keys; what cannot be done now stays in its place, dimmed."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from clepsydra.domain.records import dataclass
from clepsydra.tui.meanings import Painted

_SHOWN = {"⏎": "enter", "esc": "escape", "␣": "space", "tab": "tab"}
"""Keys that are drawn as a sign, by that sign."""


class BarEntry(NamedTuple):
    """One action in the footer, by its id, or a key that answers a question."""

    key: str
    label: str
    enabled: bool = True
    action: str = ""

    def event(self) -> events.Key:
        """Its key, as if it were pressed."""
        name = _SHOWN.get(self.key, self.key)
        return events.Key(name, name if len(name) == 1 else None)


class ActionBar(Painted):
    """As many actions as fit in the lines there are, in the order given; the last two always keep their place."""

    DEFAULT_CSS = "ActionBar { height: 1; width: 1fr; dock: bottom; }"

    KEPT = 2

    def __init__(self, entries: Sequence[BarEntry] = (), **kwargs: Any) -> None:
        """`entries` in order of importance, except for the last two."""
        super().__init__(**kwargs)
        self._entries = tuple(entries)
        self._gives_way = False

    def give_way(self, gives: bool) -> None:
        """Be one line high, or as high again as the screen has it: for a hint over it there may be no other room."""
        if gives != self._gives_way:  # a height that is none lays the screen out again, even where it was none before
            self._gives_way = gives
            self.styles.height = 1 if gives else None

    @dataclass
    class Pressed(Message):
        """An entry was clicked."""

        entry: BarEntry

    def on_click(self, event: events.Click) -> None:
        """A click on an entry presses its key."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        lines, place = self._flow(self.content_size.width, self.content_size.height), 1
        for entry in lines[offset.y] if offset.y < len(lines) else ():
            if place <= offset.x < place + _width(entry) - 1:
                self.post_message(self.Pressed(entry))
                return
            place += _width(entry)

    def show(self, entries: Sequence[BarEntry]) -> None:
        """Show other entries."""
        if tuple(entries) != self._entries:
            self._entries = tuple(entries)
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of actions."""
        width = self.content_size.width
        lines = self._flow(width, self.content_size.height)
        segments = [Segment(" ")]
        style = self.palette.style
        for entry in lines[y] if y < len(lines) else ():
            on = entry.enabled
            segments.append(Segment(entry.key, style("key" if on else "muted", bold=on)))
            segments.append(Segment(f" {entry.label}  ", style("foreground" if on else "muted")))
        return self.strip(segments, width)

    def _flow(self, width: int, height: int) -> list[list[BarEntry]]:
        first_kept = max(0, len(self._entries) - self.KEPT)
        rest, kept = self._entries[:first_kept], self._entries[first_kept:]
        lines: list[list[BarEntry]] = [[] for _ in range(height)]
        free = [width - 1] * height
        if height:
            free[-1] -= sum(map(_width, kept))
        row = 0
        for entry in rest:
            while row < height and _width(entry) > free[row]:
                row += 1
            if row >= height:
                break
            lines[row].append(entry)
            free[row] -= _width(entry)
        if height:
            lines[-1] += kept
        return lines


class AnswerBar(ActionBar):
    """The keys that answer a question: in the order given, none of them kept."""

    DEFAULT_CSS = "AnswerBar { height: 2; width: 1fr; }"
    KEPT = 0
    _usual = 0
    """Its height on this screen, before any of it was given away."""

    def show_under(self, lines: int, entries: Sequence[BarEntry]) -> None:
        """Show other entries under so many lines, which get those that the keys do not need."""
        self.show(entries)
        if self.size:
            self._make_room(lines)
        else:  # before the first layout nothing has a size
            self.call_after_refresh(self._make_room, lines)

    def _make_room(self, lines: int) -> None:
        styled = self.styles.height
        if styled is not None and isinstance(self.parent, Widget):
            self._usual = self._usual or int(styled.value)
            width, room = self.parent.content_size
            needed = sum(map(bool, self._flow(width, self._usual)))
            # The same height again lays nothing out.
            self.styles.height = max(1, needed, min(self._usual, room - lines))


def _width(entry: BarEntry) -> int:
    return cell_len(entry.key) + cell_len(entry.label) + 3
