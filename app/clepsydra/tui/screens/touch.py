"""One key and a digit: a short exchange is logged."""

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from clepsydra.domain.session import Channel
from clepsydra.language import formats, words
from clepsydra.tui.base_app import base_app_of
from clepsydra.tui.dialogs import Dialog, Picker
from clepsydra.tui.keys.digit_row import digit_of
from clepsydra.tui.present import main as present

Asked = tuple[str, Channel, int | None]
"""Where (`client` or `client/project`), through which channel, and for how many seconds (None: the usual)."""


class Touch(Dialog[Asked | None]):
    """Waits for the minutes of a touch; tab chooses another client first."""

    DEFAULT_CSS = """
    Touch { align: center middle; background: $background 60%; }
    Touch > Vertical { width: 62; max-width: 95%; height: auto; border: round $touch; background: $surface;
        padding: 0 1; border-title-color: $heading; }
    Touch Static { height: auto; }
    """

    def __init__(self, place: str, channel: Channel, picker: Callable[..., Picker]) -> None:
        """`picker` makes the dialog that chooses another client."""
        super().__init__()
        self._place, self._channel, self._picker = place, channel, picker
        self._tens = 0

    def compose(self) -> ComposeResult:
        """What is logged for whom, and the keys."""
        with Vertical():
            yield Static(id="said")

    def on_mount(self) -> None:
        """Say what is waited for."""
        self._show()

    def _show(self) -> None:
        app = base_app_of(self.app)
        tr, ledger = app.tr, app.ledger
        slug, _, project = self._place.partition("/")
        client = ledger.client(slug)
        usual = client.touches_of(project or "default").default
        channel = words.channel(self._channel, tr)
        self.query_one(Vertical).border_title = Content(formats.sentence(channel))
        minutes = f"{self._tens}+1…9" if self._tens else "1…9"
        lines = [
            Content.assemble((present.client_name(client, tr), "bold"), f" {project}"),
            Content(""),
            Content.assemble((f"{minutes:>7}  ", "bold"), tr.t("minutes; 0 is ten, + adds ten")),
            Content.assemble(("      ⏎  ", "bold"), tr.t("{length}, the usual", length=formats.length(usual, tr.lang))),
            Content.assemble(("    tab  ", "bold"), tr.t("another client")),
        ]
        self.query_one("#said", Static).update(Content("\n").join(lines))

    def on_key(self, event: events.Key) -> None:
        """No key goes by."""
        event.stop()
        self.take_key(event)

    def take_key(self, event: events.Key) -> bool:
        """A digit logs it, also one that was typed before the question was there."""
        if event.key == "escape":
            self.dismiss(None)
        elif digit := digit_of(event.character):
            minutes = self._tens + (int(digit) or (0 if self._tens else 10))
            self.dismiss((self._place, self._channel, minutes * 60))
        elif event.character == "+":
            self._tens += 10
            self._show()
        elif event.key == "enter":
            self.dismiss((self._place, self._channel, self._tens * 60 or None))
        elif event.key == "tab":
            self._choose()
        return True

    def _choose(self) -> None:
        app = base_app_of(self.app)

        def chosen(place: str | None) -> None:
            if place:
                self._place = place
                self._show()

        app.push_screen(self._picker(app.tr.t("For whom?"), own=False), chosen)
