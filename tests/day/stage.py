"""A person's home with one busy day in it, and the app opened on that home."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from clepsydra.domain.session import Channel, Scope, Source
from clepsydra.ledger import editing
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.opening import open_ledger
from clepsydra.ledger.timers import Work
from clepsydra.settings.home import Home
from clepsydra.tui.app import Clepsydra

PARIS = ZoneInfo("Europe/Paris")
ENVIRONMENT = {"LANG": "en_GB.UTF-8"}
MINUTE, HOUR = 60, 3600

_CLIENT = """name = "{name}"
{key}
[[rates]]
from = 2020-01-01
hourly = "{hourly}"
[[rounding]]
from = 2020-01-01
model = "down"
step = "15m"
"""


def at(text: str, zone: ZoneInfo = PARIS) -> int:
    """The instant of a wall time written `2026-11-24 09:30`."""
    return int(datetime.fromisoformat(text).replace(tzinfo=zone).timestamp())


def home_in(folder: Path, settings: str = "") -> Home:
    """A home with three clients."""
    home = Home(folder)
    home.ensure()
    home.settings_file.write_text(f'time_zone = "Europe/Paris"\n{settings}', encoding="utf-8")
    for slug, name, key, hourly in (
        ("acme", "Acme SARL", 'key = "j"', "90"),
        ("brel", "Brel & Cie", "", "120"),
        ("dore", "Cabinet Doré", "", "75.50"),
    ):
        text = _CLIENT.format(name=name, key=key, hourly=hourly)
        (home.clients_dir / f"{slug}.toml").write_text(text, encoding="utf-8")
    return home


def busy_day(ledger: Ledger, day: str = "2026-11-24") -> None:
    """Two clients, a call over a timer, gaps, a message, own work."""

    def worked(begin: str, end: str, client: str, note: str = "", channel: Channel = Channel.WORK, **more) -> None:
        work = Work(client, note=note, channel=channel, **more)
        source = Source.TOUCH if channel is Channel.MESSAGE else Source.MANUAL
        editing.add(ledger, work, at(f"{day} {begin}"), at(f"{day} {end}"), source)

    worked("08:55", "10:20", "acme", "specification")
    worked("10:25", "12:10", "acme", "specification")
    worked("11:00", "11:20", "brel", "", Channel.CALL)
    worked("13:40", "15:00", "brel", "review", scope=Scope.OUT)
    worked("15:00", "15:40", "own", "invoices", Channel.ADMIN)
    worked("16:30", "18:05", "dore")
    worked("17:00", "17:05", "brel", "", Channel.MESSAGE)


class Clock:
    """A clock the test sets."""

    def __init__(self, now: int) -> None:
        self.now = now

    def __call__(self) -> int:
        return self.now


def opened(
    folder: Path, now: str = "2026-11-24 18:20", settings: str = "", language: str = "en",
    filled: Callable[[Ledger], None] = busy_day,
) -> Clepsydra:  # fmt: skip
    """The app on a home that `filled` has written into."""
    home = home_in(folder, settings)
    clock = Clock(at(now))
    ledger = open_ledger(home, ENVIRONMENT, clock)
    filled(ledger)
    ledger.db.close()
    return Clepsydra(home, ENVIRONMENT, clock, monotonic=lambda: float(clock.now), language=language)
