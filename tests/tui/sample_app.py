"""The app on a practice in full swing, the sample home, on one afternoon; what it says in passing is kept."""

from datetime import datetime
from zoneinfo import ZoneInfo

from clepsydra.tui.app import Clepsydra

AFTERNOON = int(datetime(2026, 11, 24, 15, 40, tzinfo=ZoneInfo("Europe/Paris")).timestamp())


class Listening(Clepsydra):
    """Keeps what it says in passing."""

    said: tuple[str, ...] = ()

    def notify(self, message, **kwargs):
        self.said = (*self.said, message)
        super().notify(message, **kwargs)


def opened(home, lang="en"):
    """The app on that afternoon; no time passes."""
    return Listening(home, {}, clock=lambda: AFTERNOON, monotonic=lambda: 0.0, language=lang, sample=True)
