"""Lines of words in the colours of their meanings, cut to the width and never taller than they are told to be."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip

from clepsydra.tui.meanings import Painted
from clepsydra.tui.widgets.drawing import fit, one_line


class Word(NamedTuple):
    """A piece of text and what its colour means; `shorter` are ways to say it where there is no room for all of it."""

    text: str
    meaning: str = "foreground"
    bold: bool = False
    shorter: tuple[str, ...] = ()


class WordLine(NamedTuple):
    """Words from the left, and words that keep to the right edge: where there is no room, the first of them are said
    shortly, and then leave."""

    left: tuple[Word, ...] = ()
    right: tuple[Word, ...] = ()


def _cells(words: Sequence[Word]) -> int:
    return sum(cell_len(one_line(word.text)) for word in words)


class Lines(Painted):
    """Some lines; showing others asks for no layout."""

    DEFAULT_CSS = "Lines { height: 1; width: 1fr; }"

    def __init__(self, lines: Sequence[WordLine] = (), **kwargs: Any) -> None:
        """`lines` from the top; those beyond the widget's height are not drawn."""
        super().__init__(**kwargs)
        self._lines = tuple(lines)

    def show(self, lines: Sequence[WordLine]) -> None:
        """Show other lines; only those that are not the same are drawn."""
        before, self._lines = self._lines, tuple(lines)
        for y, (old, new) in enumerate(zip_longest(before, self._lines)):
            if old != new:
                self.refresh(Region(0, y, self.size.width, 1))

    def show_all(self, lines: Sequence[WordLine], most: int = 0) -> None:
        """Show other lines, all of them or `most`; asks for a layout only when there are more or fewer."""
        height = min(len(lines), most) if most else len(lines)
        if self.styles.height is None or self.styles.height.value != height:
            self.styles.height = height
        self.show(lines)

    def render_line(self, y: int) -> Strip:
        """One line."""
        width = self.content_size.width
        if y >= len(self._lines):
            return self.strip((), width)
        line = self._lines[y]
        left, words = _cells(line.left), line.right
        while words and left + _cells(words) > width:
            first = words[0]
            less = [first._replace(text=first.shorter[0], shorter=first.shorter[1:])] if first.shorter else []
            words = (*less, *words[1:])
        right = _cells(words)
        segments = [*self._words(line.left, width - right), *self._words(words, right)]
        return self.strip(segments, width)

    def _words(self, words: Sequence[Word], room: int) -> list[Segment]:
        segments = []
        for word in words:
            text = one_line(word.text)
            length = min(room, cell_len(text))
            if room <= 0:
                break
            segments.append(Segment(fit(text, length), self.palette.style(word.meaning, bold=word.bold)))
            room -= length
        return [*segments, Segment(" " * room)]
