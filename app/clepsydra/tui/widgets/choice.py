"""One of a few: shown alone on its line, changed with the arrows or the first letter of its words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip

from clepsydra.tui.meanings import Ground, Painted
from clepsydra.tui.widgets.client_list import folded
from clepsydra.tui.widgets.drawing import fit


class Choice(Painted, can_focus=True):
    """A line with one of several values; `words` stand for them in the same order."""

    DEFAULT_CSS = "Choice { height: 1; width: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", show=False),
        Binding("right,space", "turn(1)", show=False),
        Binding("enter", "done", show=False),
    ]

    @dataclass
    class Changed(Message):
        """Another value was chosen."""

        choice: "Choice"

        @property
        def control(self) -> "Choice":
            """The widget the message is from."""
            return self.choice

    @dataclass
    class Done(Message):
        """Enter was pressed: on to the next field."""

        choice: "Choice"

    def __init__(self, values: Sequence[str], words: Sequence[str], chosen: str, **kwargs: Any) -> None:
        """`chosen` is one of `values`."""
        super().__init__(**kwargs)
        self._values, self._words = tuple(values), tuple(words)
        self._index = self._values.index(chosen)

    @property
    def value(self) -> str:
        """The value that is chosen."""
        return self._values[self._index]

    def choose(self, index: int) -> None:
        """Take another value, by its number."""
        if index != self._index:
            self._index = index
            self.refresh()
            self.post_message(self.Changed(self))

    def action_turn(self, steps: int) -> None:
        """The next value, or the one before; after the last comes the first."""
        self.choose((self._index + steps) % len(self._values))

    def action_done(self) -> None:
        """Tell the form."""
        self.post_message(self.Done(self))

    def on_key(self, event: events.Key) -> None:
        """A letter goes to the next value that begins with it."""
        letter = folded(event.character or "")
        order = [(self._index + step) % len(self._values) for step in range(1, len(self._values) + 1)]
        found = next((i for i in order if letter.strip() and folded(self._words[i]).startswith(letter)), None)
        if found is not None:
            event.stop()
            self.choose(found)

    def on_click(self) -> None:
        """A click takes the next value."""
        self.action_turn(1)

    def render_line(self, y: int) -> Strip:  # noqa: ARG002 (it has one line)
        """The words, between arrows where the keyboard is."""
        width = self.content_size.width
        ground = Ground(chosen=self.has_focus, focused=self.has_focus)
        style = self.palette.style
        words = self._words[self._index]
        segments = [Segment(fit(words, width), style("foreground"))]
        if self.has_focus:
            segments = [
                Segment("‹ ", style("key", ground=ground, bold=True)),
                Segment(fit(words, width - 4), style("foreground", ground=ground)),
                Segment(" ›", style("key", ground=ground, bold=True)),
            ]
        return self.strip(segments, width)
