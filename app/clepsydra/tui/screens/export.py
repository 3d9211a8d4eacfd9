"""Which documents of a statement to write: one key per format, enter writes them."""

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from clepsydra.settings.model import FormatName
from clepsydra.tui.base_app import BaseApp, base_app_of
from clepsydra.tui.dialogs import Dialog


class WantedFiles(NamedTuple):
    """What to write: formats by their names, and whether with the losses, for the person alone."""

    formats: tuple[str, ...]
    internal: bool


_INTERNAL = "i"


def _keys() -> dict[str, str]:
    """Every format by its key: the first letter of its name that is free."""
    keys: dict[str, str] = {}
    for name in map(str, FormatName):
        keys[next(letter for letter in name if letter not in (*keys, _INTERNAL))] = name
    return keys


FORMATS = _keys()


class Export(Dialog[WantedFiles | None]):
    """Dismisses with the chosen documents; the client's own formats are chosen at first."""

    DEFAULT_CSS = """
    Export { align: center middle; background: $background 60%; }
    Export > Vertical { width: 66; max-width: 95%; height: auto; border: round $line; background: $surface;
        padding: 1 1 0 1; border-title-color: $heading; }
    Export Static { height: auto; width: 100%; }
    Export #where { color: $muted; margin: 1 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", show=False)]

    def __init__(self, title: str, formats: Sequence[str], folder: str) -> None:
        """`formats` are chosen at first, `folder` is where the documents go."""
        super().__init__()
        self._title, self._folder = title, folder
        self._chosen = {name for name in FORMATS.values() if name in formats} or {"pdf"}
        self._internal = False

    @property
    def tui(self) -> BaseApp:
        """The app, typed."""
        return base_app_of(self.app)

    def compose(self) -> ComposeResult:
        """The formats, the folder, the keys."""
        with Vertical() as frame:
            frame.border_title = Content(self._title)
            yield Static(id="formats")
            yield Static(Content(self._folder), id="where")
            yield Static(Content(self.tui.tr.t("⏎ write   esc leave")), classes="keys")

    def on_mount(self) -> None:
        """Show what is chosen at first."""
        self._show()

    def _show(self) -> None:
        tr = self.tui.tr
        names = {name: name.upper() if len(name) <= len("json") else name.title() for name in FORMATS.values()}
        lines = [self._line(key, names[name], on=name in self._chosen) for key, name in FORMATS.items()]
        lines.append(Content(""))
        lines.append(
            self._line(_INTERNAL, tr.t("internal copy: shows the losses, not for the client"), on=self._internal)
        )
        self.query_one("#formats", Static).update(Content("\n").join(lines))

    def _line(self, key: str, words: str, *, on: bool) -> Content:
        return Content.assemble((f"  {key}  ", "bold"), "[×] " if on else "[ ] ", words)

    def on_key(self, event: events.Key) -> None:
        """A format's key takes it in or out."""
        key = event.character or ""
        if event.key == "enter":
            event.stop()
            if self._chosen:
                self.dismiss(WantedFiles(tuple(f for f in FORMATS.values() if f in self._chosen), self._internal))
        elif key in FORMATS:
            event.stop()
            self._chosen ^= {FORMATS[key]}
            self._show()
        elif key == _INTERNAL:
            event.stop()
            self._internal = not self._internal
            self._show()
