"""Keys with what they do, a paragraph each: words that need more than a line go on under words, not under the key."""

from collections.abc import Sequence
from textwrap import wrap
from typing import Any

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from clepsydra.domain.records import dataclass
from clepsydra.tui.widgets.drawing import in_lines


class KeyLines(Static):
    """Pairs of a key and its words, wrapped to the width there is."""

    DEFAULT_CSS = "KeyLines { height: auto; width: 100%; }"

    def __init__(self, rows: Sequence[tuple[str, str]], indent: int, **kwargs: Any) -> None:
        """`indent` is where words begin, in cells; keys stand at the right before them."""
        self._rows, self._indent = tuple(rows), indent
        super().__init__(self._wrapped(72), **kwargs)

    @dataclass
    class Pressed(Message):
        """A paragraph was clicked; `row` is its number."""

        row: int

    def on_click(self, event: events.Click) -> None:
        """A click on a paragraph presses its key, where anybody listens."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        room, top = max(10, self.content_size.width - self._indent), 0
        for row, (_, words) in enumerate(self._rows):
            top += max(1, len(wrap(in_lines(words), room)))
            if offset.y < top:
                self.post_message(self.Pressed(row))
                return

    def on_resize(self) -> None:
        """Wrap anew."""
        self.update(self._wrapped(self.content_size.width))

    def _wrapped(self, width: int) -> Content:
        room = max(10, width - self._indent)
        hanging = "\n" + " " * self._indent
        return Content("\n").join([self._line(key, wrap(in_lines(words), room), hanging) for key, words in self._rows])

    def _line(self, key: str, words: list[str], hanging: str) -> Content:
        before = " " * max(0, self._indent - 2 - cell_len(key))
        return Content.assemble((f"{before}{key}  ", "bold"), hanging.join(words))
