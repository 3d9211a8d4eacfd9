"""The field that names a client and project: space or a letter asks for the list to pick from."""

from typing import Any, ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip

from clepsydra.domain.records import dataclass
from clepsydra.tui.meanings import Ground, Painted
from clepsydra.tui.widgets.drawing import fit


class PlaceField(Painted, can_focus=True):
    """A line with a name; what may be picked is the form's to know."""

    DEFAULT_CSS = "PlaceField { height: 1; width: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "ask", show=False)]

    @dataclass
    class Asked(Message):
        """Another one is wanted; `typed` is the letter that said so, if one did."""

        typed: str = ""

    def __init__(self, name: str, key: str = "␣", **kwargs: Any) -> None:
        """`name` is shown, and the key that asks for another where the keyboard is."""
        super().__init__(**kwargs)
        self._key_shown = key
        self._name_shown = name

    def show(self, name: str) -> None:
        """Show another name."""
        self._name_shown = name
        self.refresh()

    def action_ask(self) -> None:
        """Ask for the list."""
        self.post_message(self.Asked())

    def on_key(self, event: events.Key) -> None:
        """A letter begins a name."""
        if event.character and event.character.isprintable() and not event.character.isspace():
            event.stop()
            self.post_message(self.Asked(event.character))

    def on_click(self) -> None:
        """A click asks too."""
        self.action_ask()

    def render_line(self, y: int) -> Strip:  # noqa: ARG002 (it has one line)
        """The name, and the key that changes it where the keyboard is."""
        width = self.content_size.width
        style = self.palette.style
        ground = Ground(chosen=self.has_focus, focused=self.has_focus)
        if not self.has_focus:
            return self.strip([Segment(fit(self._name_shown, width), style("foreground", bold=True))], width)
        return self.strip(
            [
                Segment(fit(self._name_shown, width - 2), style("foreground", ground=ground, bold=True)),
                Segment(f" {self._key_shown}", style("key", ground=ground, bold=True)),
            ],
            width,
        )
