"""A frame around what it holds, with words in its upper and its lower edge."""

from typing import Any

from textual.containers import Vertical
from textual.content import Content

from clepsydra.tui.meanings import Rethemed


class Panel(Vertical, Rethemed):
    """A frame that is drawn again only when its words are others, and brighter while the cursor is in it."""

    DEFAULT_CSS = """
    Panel { border: round $line; border-title-color: $muted; border-subtitle-color: $muted; padding: 0; }
    Panel:focus-within { border: round $heading; border-title-color: $heading; }
    """

    def __init__(self, *children: Any, **kwargs: Any) -> None:
        """`children` are what it holds."""
        super().__init__(*children, **kwargs)
        self._title, self._foot = Content(""), Content("")

    @property
    def room(self) -> int:
        """How many cells words in an edge may have; before the first layout those of the whole screen."""
        return (self.outer_size.width or self.app.size.width) - 6

    def entitle(self, title: Content) -> None:
        """Write into the upper edge."""
        if not title.is_same(self._title):
            self._title = title
            self.border_title = title

    def foot(self, words: Content) -> None:
        """Write into the lower edge."""
        if not words.is_same(self._foot):
            self._foot = words
            self.border_subtitle = words
