"""Every key of a screen, with what it does: made from the table of actions."""

from textwrap import wrap
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from clepsydra.tui.actions import Action, Place, at


class Help(ModalScreen[None]):
    """The keys of one screen."""

    DEFAULT_CSS = """
    Help { align: center middle; background: $background 60%; }
    Help > VerticalScroll { width: 78; max-width: 96%; height: auto; max-height: 92%; border: round $line;
        background: $surface; padding: 0 1; border-title-color: $heading; }
    Help Static { height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1,enter,space", "dismiss(None)", show=False),
    ]

    def __init__(self, place: Place) -> None:
        super().__init__()
        self._place = place

    def compose(self) -> ComposeResult:
        """One line per action, the screen's own first."""
        from clepsydra.tui.app import Clepsydra

        assert isinstance(self.app, Clepsydra)
        with VerticalScroll() as frame:
            frame.border_title = Content(self.app.tr.t("Keys"))
            actions = at(self._place)
            own = [a for a in actions if a.place is not Place.ANY]
            yield Static(Content("\n").join([self._line(a) for a in own]))
            if self._place is Place.MAIN:
                text = self.app.tr.t("a client’s own key starts, switches to or stops its timer")
                yield Static(Content.assemble((f"{'1…9 a…z':>10}  ", "bold"), text))
            yield Static("")
            yield Static(Content("\n").join([self._line(a) for a in actions if a.place is Place.ANY]))

    def _line(self, action: Action) -> Content:
        from clepsydra.tui.app import Clepsydra
        from clepsydra.tui.keymap import key_name

        assert isinstance(self.app, Clepsydra)
        keys = " ".join(key_name(key) for key in self.app.keymap.of(action))
        words = wrap(self.app.tr.t(action.help), 60)
        return Content.assemble((f"{keys:>10}  ", "bold"), ("\n" + " " * 12).join(words))
