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
    shortly, and then leave, a key with what it is for; then words at the left are said shortly, the last of them first.
    """

    left: tuple[Word, ...] = ()
    right: tuple[Word, ...] = ()


def _cells(words: Sequence[Word]) -> int:
    return sum(cell_len(one_line(word.text)) for word in words)


def _said_shortly(word: Word) -> Word:
    return word._replace(text=word.shorter[0], shorter=word.shorter[1:])


def _right(line: WordLine, width: int) -> Sequence[Word]:
    """The words at the right edge for which there is room."""
    left, words = _cells(line.left), line.right
    while words and left + _cells(words) > width:
        first, rest = words[0], words[1:]
        if first.shorter:
            words = (_said_shortly(first), *rest)
        else:
            words = rest[1:] if first.meaning == "key" else rest
    return words


def _left(line: WordLine, width: int) -> Sequence[Word]:
    """The words from the left, as long as there is room for them."""
    words = list(line.left)
    while _cells(words) > width and (long := [i for i, word in enumerate(words) if word.shorter]):
        words[long[-1]] = _said_shortly(words[long[-1]])
    return words


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
        words = _right(line, width)
        right = _cells(words)
        segments = [*self._words(_left(line, width - right), width - right), *self._words(words, right)]
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
