"""Every key of a screen, with what it does, and every sign, with what it means: made from the tables of both."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from clepsydra.tui.base_app import base_app_of
from clepsydra.tui.dialogs import Dialog
from clepsydra.tui.keys.table import SHARED, Action, ScreenName, at
from clepsydra.tui.present.legend import legend_rows
from clepsydra.tui.widgets.key_lines import KeyLines

_INDENT = 12
"""Where the words begin, in cells."""


class Help(Dialog[None]):
    """The keys of one screen."""

    DEFAULT_CSS = """
    Help { align: center middle; background: $background 60%; }
    Help > VerticalScroll { width: 104; max-width: 96%; height: auto; max-height: 92%; border: round $line;
        background: $surface; padding: 0 1; border-title-color: $heading; border-subtitle-color: $muted; }
    Help Static { height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1,enter,space", "dismiss(None)", show=False),
    ]

    def __init__(self, explained: ScreenName) -> None:
        super().__init__()
        self._explained = explained

    def compose(self) -> ComposeResult:
        """One line per action, the screen's own first."""
        app = base_app_of(self.app)
        tr = app.tr
        with VerticalScroll() as frame:
            frame.border_title = Content(tr.t("Keys"))
            frame.border_subtitle = Content(tr.t("↑↓ · esc closes"))
            actions = at(self._explained)
            own = [self._row(a) for a in actions if a.screen not in SHARED]
            if self._explained is ScreenName.MAIN:
                own.append(("1…9 a…z", tr.t("a client’s own key starts, switches to or stops its timer")))
            if own:
                yield KeyLines(own, _INDENT)
                yield Static("")
            if signs := legend_rows(self._explained, tr):
                yield KeyLines(signs, _INDENT)
                yield Static("")
            yield KeyLines([self._row(a) for a in actions if a.screen in SHARED], _INDENT)

    def _row(self, action: Action) -> tuple[str, str]:
        from clepsydra.tui.keys.names import key_name

        app = base_app_of(self.app)
        return " ".join(key_name(key) for key in app.keymap.of(action)), app.tr.t(action.help)
