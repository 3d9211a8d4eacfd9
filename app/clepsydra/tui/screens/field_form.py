"""What the forms share: a line per field, a line about the field with the keyboard; Enter keeps, Tab moves."""

from collections.abc import Iterator
from typing import Any, ClassVar, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Label, Static

from clepsydra.language import formats
from clepsydra.tui.base_app import BaseApp, base_app_of
from clepsydra.tui.dialogs import Dialog
from clepsydra.tui.widgets.choice import Choice
from clepsydra.tui.widgets.prose import Prose

R = TypeVar("R")

FormField = tuple[str, str, Widget]
"""A field's name, its label and the widget that holds it."""


class FieldForm(Dialog[R | None]):
    """A form that dismisses with what it holds; escape leaves everything as it was."""

    DEFAULT_CSS = """
    FieldForm { align: center middle; background: $background 60%; }
    FieldForm > Vertical { width: 76; max-width: 96%; height: auto; max-height: 100%; border: round $line;
        background: $surface; padding: 1 2 0 2; border-title-color: $heading; border-subtitle-color: $muted; }
    FieldForm .field { height: 1; width: 100%; }
    FieldForm .field Label { width: 17; color: $muted; }
    FieldForm .field.-here Label { color: $heading; }
    FieldForm .field Input { width: 1fr; padding: 0 2; background: $track 40%; }
    FieldForm .field Input:focus { background: $track; }
    FieldForm .field PlaceField { padding: 0 2; }
    FieldForm #said { height: 2; width: 100%; margin: 1 0 0 0; color: $muted; }
    FieldForm #said.wrong { color: $attention; }
    FieldForm #keys { height: 1; width: 100%; color: $muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        Binding("enter,ctrl+s", "keep", show=False, priority=True),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title, self._tried = title, False

    @property
    def tui(self) -> BaseApp:
        """The app, typed."""
        return base_app_of(self.app)

    # -- what a form says

    def fields(self) -> list[FormField]:
        """The fields from the top."""
        raise NotImplementedError

    def problems(self) -> dict[str, str]:
        """What is wrong now, by field."""
        return {}

    def hint(self, field: str) -> str:  # noqa: ARG002 (a form with hints says which)
        """A line about a field that is fine."""
        return ""

    def result(self) -> R:
        """What the form holds."""
        raise NotImplementedError

    # -- what is seen

    def compose(self) -> ComposeResult:
        """One line per field, a line about the one being filled, the keys."""
        with Vertical() as frame:
            frame.border_title = Content(self._title)
            fields = self.fields()
            for name, label, widget in fields:
                widget.id = name
                with Horizontal(classes="field", id=f"{name}-line"):
                    yield Label(label, markup=False)
                    yield widget
            yield Prose(id="said")
            keys = self.tui.tr.t("⏎ keep   tab ↑↓ fields   esc leave")
            if any(isinstance(widget, Choice) for _, _, widget in fields):
                keys = self.tui.tr.t("⏎ keep   tab ↑↓ fields   ←→ choices   esc leave")
            yield Static(Content(keys), id="keys")

    def on_mount(self) -> None:
        """Nothing is wrong before something was tried."""
        self.show_said()

    def text(self, name: str) -> str:
        """What stands in a line."""
        return self.query_one(f"#{name}", Input).value.strip()

    def chosen(self, name: str) -> Any:
        """What is chosen of a few."""
        return self.query_one(f"#{name}", Choice).value

    @on(events.DescendantFocus)
    @on(Input.Changed)
    @on(Choice.Changed)
    def show_said(self) -> None:
        """Say what there is to say about the field with the keyboard."""
        field = self.focused.id if self.focused and self.focused.id else ""
        for line in self.query(".field"):
            line.set_class(line.id == f"{field}-line", "-here")
        wrong = self.problems().get(field, "")
        said = self.query_one("#said", Prose)
        # A line that nothing was typed in yet is asked for; it is wrong once the form was to be kept.
        empty = isinstance(self.focused, Input) and not self.focused.value
        said.set_class(bool(wrong) and (self._tried or not empty), "wrong")
        said.show(formats.sentence(wrong or self.hint(field)))

    # -- the end

    def action_keep(self) -> None:
        """Leave with what the form holds, or go to the first field that is wrong."""
        wrong, self._tried = self.problems(), True
        if not wrong:
            self.dismiss(self.result())
            return
        field = next((name for name in self._order() if name in wrong), "")
        if field:
            self.query_one(f"#{field}").focus()
        self.show_said()

    def _order(self) -> Iterator[str]:
        for line in self.query(".field"):
            if line.display and line.id:
                yield line.id.removesuffix("-line")
