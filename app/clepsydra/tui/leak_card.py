"""The card of this month's leaks: three lines, and where rows are free below it the parts that have no room in them."""

from collections.abc import Sequence
from typing import Any

from textual.app import ComposeResult

from clepsydra.language.translator import Translator
from clepsydra.ledger.leaks.report import LeakRow
from clepsydra.tui.present.leaks import at_a_glance
from clepsydra.tui.widgets.lines import Lines
from clepsydra.tui.widgets.panel import Panel


class LeakCard(Panel):
    """What is lost, at risk and perhaps gone, in a frame."""

    DEFAULT_CSS = """
    LeakCard { height: 5; }
    LeakCard Lines { height: 3; }
    """
    LEAST = 5
    """Its height while no row is free."""

    def __init__(self, **kwargs: Any) -> None:
        """Empty until it is told what to show."""
        super().__init__(**kwargs)
        self._known: tuple[Sequence[LeakRow] | None, str, Translator] | None = None
        self._drawn = (0, 0)

    def compose(self) -> ComposeResult:
        """Its lines."""
        yield Lines(id="leaks")

    def show(self, rows: Sequence[LeakRow] | None, own: str, tr: Translator) -> None:
        """Show other leaks; none yet while they are being read."""
        self._known = (rows, own, tr)
        self._draw(self._drawn[1])

    def stretch(self, free: int) -> int:
        """Use some of the rows that are free below; how many it needs."""
        if self._drawn != (self.size.width, free):
            self._draw(free)
        return int(self.styles.height.value) - self.LEAST if self.styles.height else 0

    def _draw(self, free: int) -> None:
        if self._known is None:
            return
        lines, (rows, own, tr) = self.query_one(Lines), self._known
        self._drawn = (self.size.width, free)
        shown = at_a_glance(rows, own, lines.size.width, tr, free)
        height = max(self.LEAST, len(shown) + 2)
        if self.styles.height is None or self.styles.height.value != height:
            self.styles.height, lines.styles.height = height, height - 2
        lines.show(shown)
