"""What rules took of a day, each with its tick: space unticks, enter confirms what is ticked."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content

from clepsydra.language.translator import Translator
from clepsydra.tui.dialogs import Dialog
from clepsydra.tui.keys import dialogs
from clepsydra.tui.widgets.action_bar import AnswerBar
from clepsydra.tui.widgets.log_table import Cell, Column, LogTable, Rows, TableRow

_MOST = 12
"""So many rows are seen at once."""


class RuleTicks(Dialog[list[str] | None]):
    """Dismisses with the ids that were unticked."""

    DEFAULT_CSS = """
    RuleTicks { align: center middle; background: $background 60%; }
    RuleTicks > Vertical { width: 78; max-width: 96%; height: auto; border: round $line; background: $surface;
        padding: 0 1; border-title-color: $heading; }
    RuleTicks AnswerBar { height: 1; margin: 1 0 0 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = dialogs.bindings(dialogs.RULE_TICKS)

    def __init__(self, rows: Sequence[tuple[str, str]], tr: Translator) -> None:
        """`rows` are the ids, and what each of them is."""
        super().__init__()
        self._rows, self._tr = list(rows), tr
        self._left: set[str] = set()

    def compose(self) -> ComposeResult:
        """The rows over the keys."""
        tr = self._tr
        with Vertical() as frame:
            frame.border_title = Content(tr.t("Taken by rules"))
            table = LogTable((Column("", 20, share=1),), self._source(), header=False, id="ticks")
            table.styles.height = min(_MOST, len(self._rows))
            yield table
            yield AnswerBar(
                [
                    dialogs.entry(dialogs.RULE_TICKS, "confirm", tr.t("confirm")),
                    dialogs.entry(dialogs.RULE_TICKS, "tick", tr.t("tick or untick")),
                    dialogs.entry(dialogs.RULE_TICKS, dialogs.LEAVE, tr.t("not yet")),
                ]
            )

    def on_mount(self) -> None:
        """The first row."""
        self.query_one(LogTable).focus()

    def _source(self) -> Rows:
        return Rows([
            TableRow(ident, (Cell(words, "muted" if ident in self._left else "foreground"),),
                     " " if ident in self._left else "✓", "gain")
            for ident, words in self._rows
        ])  # fmt: skip

    def action_tick(self) -> None:
        """Untick the row under the cursor, or tick it again."""
        table = self.query_one(LogTable)
        self._left ^= {self._rows[table.cursor][0]}
        table.show(self._source(), table.cursor)

    def action_confirm(self) -> None:
        """What is ticked stands."""
        self.dismiss(sorted(self._left))
