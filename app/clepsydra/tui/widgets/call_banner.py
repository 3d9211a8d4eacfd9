"""A call that waits for an answer, in a few lines that take the keyboard until it is given, or until escape."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from clepsydra.domain.records import dataclass
from clepsydra.tui.widgets.lines import Lines


class CallBanner(Lines, can_focus=True):
    """While it has the keyboard, enter accepts the suggestion and a client's key says whose the call is."""

    DEFAULT_CSS = "CallBanner { height: 3; width: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "answer(True)", show=False),
        Binding("escape", "answer(False)", show=False),
    ]

    @dataclass
    class Answered(Message):
        """Enter (`yes`) or escape was pressed."""

        yes: bool

    class Resized(Message):
        """It has another size than before, or its first."""

    def on_resize(self) -> None:
        """Tell the screen: which words there are depends on the room for them."""
        self.post_message(self.Resized())

    def action_answer(self, yes: bool) -> None:
        """Tell the screen."""
        self.post_message(self.Answered(yes))
