"""A line to type in that shows any text safely and gives back exactly what it was given, but for what was typed."""

from typing import Any

from textual import events
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input

from clepsydra.tui.widgets.drawing import in_line

_EXAMPLE = """
    TextLine > .input--placeholder, PlainLine > .input--placeholder { color: $foreground 78%; text-style: italic; }
    TextLine:ansi > .input--placeholder, PlainLine:ansi > .input--placeholder { color: ansi_default; }
"""
"""An example in an empty line is read too: Textual's own is too faint, and tells itself from text by colour alone."""


class _Line(Input):
    """A line whose size does not follow what is typed: no key has the whole screen laid out again, as Textual would."""

    virtual_size = Reactive(Size(0, 0), layout=False)


class TextLine(_Line):
    """An input for a person's own text.

    Textual writes what an input holds to the terminal as it is, escape codes included. Here line ends show as ⏎ and
    what could act on the terminal as a dot; where nothing was typed the text keeps them.
    """

    DEFAULT_CSS = _EXAMPLE

    def __init__(self, text: str = "", **options: Any) -> None:
        """`text` may hold anything; `options` are those of Textual's input."""
        self._given = text
        self._shown = in_line(text)
        super().__init__(value=self._shown, compact=True, **options)

    @property
    def text(self) -> str:
        """The text as it is now."""
        return self.text_of(self.value)

    def text_of(self, value: str) -> str:
        """The text when the line showed that, as at the Enter that was pressed on it."""
        return restored(self._given, self._shown, value)

    def _on_paste(self, event: events.Paste) -> None:
        """Several lines are kept, each end shown as ⏎; Textual would take the first and drop the others."""
        _insert(self, in_line(event.text), event)

    def put(self, text: str) -> None:
        """Hold another text, without telling that it changed."""
        self._given, self._shown = text, in_line(text)
        with self.prevent(Input.Changed):
            self.value = self._shown


class PlainLine(_Line):
    """An input for one line: of several pasted, all are taken, with a space between them."""

    DEFAULT_CSS = _EXAMPLE

    def _on_paste(self, event: events.Paste) -> None:
        _insert(self, " ".join(event.text.split("\n")), event)


def _insert(line: Input, text: str, event: events.Paste) -> None:
    event.stop()
    event.prevent_default()
    if text and line.selection.is_empty:
        line.insert_text_at_cursor(text)
    elif text:
        line.replace(text, *line.selection)


def restored(given: str, shown: str, typed: str) -> str:
    """What was typed over `shown`, with the characters of `given` at both ends where nothing was typed."""
    if typed == shown:
        return given
    limit = min(len(shown), len(typed))
    head = next((i for i in range(limit) if shown[i] != typed[i]), limit)
    tail = next((i for i in range(limit - head) if shown[-1 - i] != typed[-1 - i]), limit - head)
    return given[:head] + typed[head : len(typed) - tail].replace("⏎", "\n") + given[len(given) - tail :]
