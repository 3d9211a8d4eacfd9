"""One line that holds one of a few choices: left, right or space goes round them, a first letter goes to one."""

from collections.abc import Sequence
from typing import Any, ClassVar, Generic, TypeVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from clepsydra.domain.records import dataclass
from clepsydra.language.folding import folded
from clepsydra.tui.meanings import Painted
from clepsydra.tui.widgets.drawing import fit

V = TypeVar("V")


class Choice(Painted, Generic[V], can_focus=True):
    """Values with their words; the chosen one is shown between arrows that say there are others."""

    DEFAULT_CSS = "Choice { height: 1; width: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", show=False),
        Binding("right,space", "turn(1)", show=False),
        Binding("enter", "done", show=False),
    ]

    index: reactive[int] = reactive(0)

    @dataclass
    class Changed(Message):
        """Another value was chosen."""

        choice: "Choice[Any]"

        @property
        def control(self) -> "Choice[Any]":
            """The widget the message is from."""
            return self.choice

    @dataclass
    class Done(Message):
        """Enter was pressed: on to the next field."""

        choice: "Choice[Any]"

    def __init__(self, options: Sequence[tuple[V, str]], chosen: V | None = None, **kwargs: Any) -> None:
        """`options` are values with their words; `chosen` is one of them, by default the first."""
        super().__init__(**kwargs)
        self._options = tuple(options)
        if chosen is not None:
            self.choose(chosen)

    @property
    def value(self) -> V:
        """The chosen value."""
        return self._options[self.index][0]

    def choose(self, value: V) -> None:
        """Choose a value; one that is not offered changes nothing."""
        for index, (offered, _) in enumerate(self._options):
            if offered == value:
                self.index = index

    def action_turn(self, steps: int) -> None:
        """Go on to the next value, or back; round the end."""
        self.index = (self.index + steps) % len(self._options)

    def action_done(self) -> None:
        """Tell the form."""
        self.post_message(self.Done(self))

    def on_key(self, event: events.Key) -> None:
        """A letter goes to the next value whose words begin with it."""
        letter = folded(event.character or "").strip()
        others = [(self.index + step) % len(self._options) for step in range(1, len(self._options) + 1)]
        found = next((p for p in others if letter and folded(self._options[p][1]).startswith(letter)), None)
        if found is not None:
            event.stop()
            self.index = found

    def watch_index(self) -> None:
        """Tell the form."""
        if self.is_mounted:
            self.post_message(self.Changed(self))

    def on_click(self, event: events.Click) -> None:
        """A click goes on to the next value; on the left arrow, back."""
        offset = event.get_content_offset(self)
        self.action_turn(-1 if offset is not None and offset.x < 2 else 1)

    def on_focus(self) -> None:
        """Draw the arrows bright."""
        self.refresh()

    def on_blur(self) -> None:
        """Draw the arrows quiet."""
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line."""
        width = self.content_size.width
        if y:
            return self.strip((), width)
        style, ground = self.palette.style, "track" if self.has_focus else ""
        arrows = style("key" if self.has_focus else "muted", on=ground, bold=self.has_focus)
        words = fit(self._options[self.index][1], max(0, width - 4))
        text = style("foreground", on=ground)
        return self.strip([Segment("‹ ", arrows), Segment(words, text), Segment(" ›", arrows)], width)
