"""The last gate before the terminal: no character that commands one leaves inside a text, whoever drew it."""

from collections.abc import Sequence

from rich.segment import Segment
from textual.app import App
from textual.color import Color
from textual.filter import LineFilter

from clepsydra.language.plain import is_obeyed


class OnlyText(LineFilter):
    """Leaves out what a terminal would obey. It takes no cell of a line, so that nothing moves.

    Widgets show such characters as dots where they draw a person's text themselves; this holds for all the others, and
    for what is written later.
    """

    def __init__(self, after: Sequence[LineFilter] = ()) -> None:
        """Does what the filters `after` which it comes do, too: each filter costs at every line of every drawing."""
        super().__init__()
        self.after = after

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments where nothing is to be left out."""
        for each in self.after:
            segments = each.apply(segments, background)
        if all(segment.text.isprintable() for segment in segments):
            return segments
        return [
            segment if segment.text.isprintable() or segment.control else Segment(_only(segment.text), segment.style)
            for segment in segments
        ]


class TextApp(App[None]):
    """A program from which no text of a person's leaves as a command to the terminal, whatever a widget draws."""

    _only_text = OnlyText()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's own and that one, as one."""
        others = super().get_line_filters()
        if others != self._only_text.after:
            self._only_text = OnlyText(others)
        return [self._only_text]


def _only(text: str) -> str:
    return "".join(character for character in text if not is_obeyed(character))
