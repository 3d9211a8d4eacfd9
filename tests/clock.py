"""Instants as tests write them, and a clock that they set."""

from datetime import datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


def at(text: str, zone: ZoneInfo = PARIS, fold: int = 0) -> int:
    """The instant of a wall time such as `2026-11-24 9:30`, with seconds or without."""
    day, clock = text.split()
    padded = clock if clock.index(":") == 2 else f"0{clock}"
    return int(datetime.fromisoformat(f"{day} {padded}").replace(tzinfo=zone, fold=fold).timestamp())


class Clock:
    """A clock that stands until the test sets it."""

    def __init__(self, now: int = at("2026-11-24 14:32:07")) -> None:
        self.now = now

    def __call__(self) -> int:
        return self.now
