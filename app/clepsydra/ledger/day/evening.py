"""The gentle reminder to close the day: one toast at the hour of the settings, and a sign until it is closed."""

from datetime import date, datetime, timedelta

from clepsydra.domain.civil import first_instant_from
from clepsydra.ledger.days import days_to_close
from clepsydra.ledger.ledger import Ledger
from clepsydra.store import day_closes, sessions


class Evening:
    """Knows whether the hour has come, and whether it was told already."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._told: date | None = None

    def waiting(self) -> bool:
        """Whether the hour has come and the day, which has work in it, is not closed."""
        settings, today = self._ledger.settings, self._ledger.today
        at = settings.reminders.close_day_at
        if at is None:
            return False
        # An hour before the day's own begin is one of the night that still belongs to it.
        day = today + timedelta(days=1) if at < settings.day_starts_at else today
        hour = first_instant_from(datetime.combine(day, at), settings.time_zone)
        if self._ledger.now < hour or day_closes.of(self._ledger.db, today.toordinal()):
            return False
        return bool(sessions.within(self._ledger.db, hour - 86_400, self._ledger.now))

    def left(self) -> int:
        """How many of the last two weeks' days are not closed, today aside; none for who closes no days."""
        today, latest = self._ledger.today, day_closes.latest(self._ledger.db)
        if latest is None:
            return 0
        first = max(date.fromordinal(latest + 1), today - timedelta(days=14))
        return sum(1 for _ in days_to_close(self._ledger, first, today - timedelta(days=1)))

    def due(self) -> bool:
        """Whether to say it now: once a day."""
        if self._told == self._ledger.today or not self.waiting():
            return False
        self._told = self._ledger.today
        return True
