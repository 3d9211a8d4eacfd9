"""Told while another window is in front: the terminal's title and bell, a notice of the desktop.

Each can be switched off, and no client is named in any unless the settings say so.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from clepsydra.language import plain
from clepsydra.ledger.live.figures import Snapshot
from clepsydra.settings.machine import NoticeSettings

if TYPE_CHECKING:
    from clepsydra.tui.base_app import BaseApp

_PUSH, _POP = "\x1b[22;2t", "\x1b[23;2t"
"""What terminals keep and restore their title by."""


class Notices:
    """What was told already, so that each thing is told once."""

    def __init__(
        self, base_app: "BaseApp", write: Callable[[str], object], show: "Callable[[str, str], object] | None" = None
    ) -> None:
        """`write` sends a sequence to the terminal, `show` a notice to the desktop."""
        self._base_app, self._write = base_app, write
        self._show = show or self._on_desktop
        self._title = ""
        self._long: set[str] = set()

    @property
    def _settings(self) -> NoticeSettings:
        return self._base_app.ledger.settings.notices

    def tick(self, snapshot: Snapshot) -> None:
        """The title follows what runs, to the minute; a timer that runs too long is told of once."""
        self._set_title(self._words(snapshot) if self._settings.title else "")
        limit = self._base_app.ledger.settings.warn.session_over
        for run in snapshot.running:
            if run.seconds > limit and run.session.id not in self._long:
                self._long.add(run.session.id)
                name = run.client.name if self._settings.names else ""
                self.tell(self._base_app.tr.t("A timer has been running for long"), name)

    def _words(self, snapshot: Snapshot) -> str:
        if not snapshot.running:
            return "Clepsydra"
        run = snapshot.running[-1]
        length = f"{run.seconds // 3600}:{run.seconds % 3600 // 60:02d}"
        name = f" {plain.one_line(run.client.name)}" if self._settings.names else ""
        return f"▶ {length}{name} · Clepsydra"

    def _set_title(self, words: str) -> None:
        if words == self._title:
            return
        if not self._title:
            self._write(_PUSH)
        self._title = words
        self._write(f"\x1b]2;{words}\x07" if words else _POP)

    def call(self, program: str) -> None:
        """A call has begun."""
        self.tell(self._base_app.tr.t("A call has begun"), program)

    def evening(self) -> None:
        """The day waits to be closed."""
        self.tell(self._base_app.tr.t("The day is waiting to be closed"))

    def tell(self, summary: str, body: str = "") -> None:
        """Ring, and show it on the desktop, each where it is wanted."""
        if self._settings.bell:
            self._write("\x07")
        if self._settings.desktop:
            self._show(summary, plain.one_line(body))

    def close(self) -> None:
        """Give the terminal its own title back."""
        if self._title:
            self._set_title("")

    def _on_desktop(self, summary: str, body: str) -> None:
        """In a thread: a desktop that does not answer keeps nobody waiting, and one that is not there is no fault."""

        def show() -> None:
            from clepsydra.evidence.live.bus import Bus, BusGone, BusName

            try:
                bus = Bus(BusName.SESSION)
                try:
                    bus.show("Clepsydra", summary, body)
                finally:
                    bus.close()
            except BusGone:
                return

        self._base_app.run_worker(show, thread=True, exit_on_error=False)
