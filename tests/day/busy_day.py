"""A person's home with one busy day in it, and the app opened on that home."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from clepsydra.domain.session import Channel, Scope, Source
from clepsydra.ledger import editing
from clepsydra.ledger.day.answers import DayAnswer, ItemKind, Verb
from clepsydra.ledger.day.open_items import open_items
from clepsydra.ledger.day.solving import solve
from clepsydra.ledger.days import day_of
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.opening import open_ledger
from clepsydra.ledger.timers import Work
from clepsydra.settings.home import Home
from clepsydra.tui.app import Clepsydra
from tests.client_files import SINCE, client_file
from tests.clock import Clock, at

ENVIRONMENT = {"LANG": "en_GB.UTF-8"}
MINUTE, HOUR = 60, 3600


def home_in(folder: Path, settings: str = "") -> Home:
    """A home with three clients."""
    home = Home(folder)
    home.ensure()
    home.settings_file.write_text(
        f'time_zone = "Europe/Paris"\n{settings}\n[day]\ngap_under = "4m"\n', encoding="utf-8"
    )
    down = {"from": SINCE, "model": "down", "step": "15m"}
    for slug, name, hourly, more in (
        ("acme", "Acme SARL", "90", {"key": "j"}),
        ("brel", "Brel & Cie", "120", {}),
        ("dore", "Cabinet Doré", "75.50", {}),
    ):
        home.client_file(slug).write_text(client_file(name, hourly, down, **more), encoding="utf-8")
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
    keep_messages(ledger, day)


def keep_messages(ledger: Ledger, day: str) -> None:
    """Messages inside somebody else's work are right as they are: the person has said so."""
    for item in open_items(ledger, day_of(ledger, date.fromisoformat(day))):
        if item.kind is ItemKind.OVERLAP and any(each.channel is Channel.MESSAGE for each in item.sessions):
            solve(ledger, item, DayAnswer(Verb.KEEP))


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
