"""Sentences that break between words alone, never inside an amount or a length: their spaces are no-break ones.

Textual breaks a line at any white space, no-break spaces too, so that “3 757,62 €” could lose its thousands to the
line above.
"""

from textwrap import wrap
from typing import Any

from textual.content import Content
from textual.widgets import Static

from clepsydra.tui.widgets.drawing import in_lines


def broken(text: str, width: int) -> str:
    """The text in lines of at most `width` characters; its own line ends stay, nothing in it acts on a terminal."""
    return "\n".join("\n".join(wrap(line, max(10, width))) for line in in_lines(text).split("\n"))


class Prose(Static):
    """A paragraph, wrapped to the width there is."""

    DEFAULT_CSS = "Prose { height: auto; width: 100%; }"

    def __init__(self, text: str = "", **kwargs: Any) -> None:
        """`text` may be anything a person typed."""
        self._text = text
        super().__init__(Content(broken(text, 72)), **kwargs)

    def show(self, text: str) -> None:
        """Say something else."""
        self._text = text
        self._wrap()

    def on_resize(self) -> None:
        """Wrap anew."""
        self._wrap()

    def _wrap(self) -> None:
        self.update(Content(broken(self._text, self.content_size.width or 72)))
