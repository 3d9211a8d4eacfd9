"""All that accepting every suggestion of a day would decide, in full, before it is decided."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content

from clepsydra.language.translator import Translator
from clepsydra.tui.dialogs import Dialog
from clepsydra.tui.keys import dialogs
from clepsydra.tui.widgets.action_bar import AnswerBar, BarEntry
from clepsydra.tui.widgets.key_lines import KeyLines

_INDENT = 14


class AcceptAll(Dialog[bool | None]):
    """Dismisses with True once they are to be accepted."""

    DEFAULT_CSS = """
    AcceptAll { align: center middle; background: $background 60%; }
    AcceptAll > Vertical { width: 78; max-width: 96%; height: auto; max-height: 92%; border: round $line;
        background: $surface; padding: 0 1; border-title-color: $heading; border-subtitle-color: $muted; }
    AcceptAll VerticalScroll { height: auto; max-height: 1fr; }
    AcceptAll AnswerBar { height: 1; margin: 1 0 0 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = dialogs.bindings(dialogs.ACCEPT_ALL)

    def __init__(self, rows: Sequence[tuple[str, str]], tr: Translator) -> None:
        """`rows` are when, and what becomes of it."""
        super().__init__()
        self._rows, self._tr = rows, tr

    def compose(self) -> ComposeResult:
        """A paragraph per suggestion over the keys; what is too long for the screen scrolls."""
        tr, count = self._tr, len(self._rows)
        with Vertical() as frame:
            frame.border_title = Content(tr.n("Accept {count} suggestion", "Accept {count} suggestions", count))
            with VerticalScroll():
                yield KeyLines(self._rows, _INDENT)
            yield AnswerBar(
                [
                    dialogs.entry(dialogs.ACCEPT_ALL, "dismiss(True)", tr.t("accept all")),
                    BarEntry("↑↓", tr.t("look")),
                    dialogs.entry(dialogs.ACCEPT_ALL, dialogs.LEAVE, tr.t("not yet")),
                ]
            )
