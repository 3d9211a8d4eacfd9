"""A home with a few clients and a clock put forward by hand, opened in the full-screen program."""

from clepsydra.domain.session import Channel
from clepsydra.ledger import editing, opening
from clepsydra.ledger.timers import Work
from clepsydra.settings.home import Home
from tests.client_files import acme, brel
from tests.clock import Clock, at
from tests.tui.frames import frame, idle
from tests.tui.sample_app import Listening

SETTINGS = """
language = "{lang}"
time_zone = "Europe/Paris"
currency = "EUR"
hints = false

[seller]
name = "Jeanne Durand"
"""

NAMES = {" ": "space", ":": "colon", ".": "full_stop", "/": "slash", "-": "minus", "+": "plus", "#": "number_sign"}


class Desk:
    """A person's home, their clock, and what they log by hand before the program is opened."""

    def __init__(self, folder, lang: str = "en") -> None:
        self.home = Home(folder / "home")
        self.home.ensure()
        self.home.settings_file.write_text(SETTINGS.format(lang=lang))
        self.home.client_file("acme").write_text(acme(key="a"))
        self.home.client_file("brel").write_text(brel())
        self.clock = Clock()
        self.environment = {"XDG_CACHE_HOME": str(folder / "cache")}
        self.ledger = opening.open_ledger(self.home, self.environment, self.clock)

    def log(self, client: str, begin: str, end: str, note: str = "", channel: Channel = Channel.WORK, **work):
        """Add a session; times of today may leave out their day."""
        days = [text if "-" in text else f"2026-11-24 {text}" for text in (begin, end)]
        return editing.add(self.ledger, Work(client, note=note, channel=channel, **work), *map(at, days))

    def open(self) -> Listening:
        """The program on this home."""
        return Listening(self.home, self.environment, clock=self.clock, monotonic=lambda: float(self.clock.now))


def text_of(screen) -> str:
    """A screen as text, with ordinary spaces."""
    return "\n".join(frame(screen)).replace("\u00a0", " ").replace("\u202f", " ")


async def type_in(pilot, text: str) -> None:
    """Press the keys of a text."""
    await pilot.press(*(NAMES.get(c, c) for c in text))


async def settled(pilot) -> None:
    """Wait for the keys to be done, for what runs beside the screen, and for it to be drawn."""
    await pilot.pause()
    await pilot.app.typed_ahead.caught_up()
    await idle(pilot.app)
    await pilot.pause()
