"""One calm line over the footer that names a key worth knowing."""

from textual.content import Content
from textual.widgets import Static

from clepsydra.tui.widgets.drawing import one_line


class HintLine(Static):
    """The line; it is there only while there is something to say."""

    DEFAULT_CSS = """
    HintLine { height: 1; width: 1fr; padding: 0 1; color: $muted; text-style: italic; text-wrap: nowrap;
        text-overflow: ellipsis; }
    """

    def show(self, words: str) -> None:
        """Say something else."""
        self.update(Content(one_line(words)), layout=False)
