"""Which days the list of what happened is about: one of them, or the last weeks; files are read in a thread."""

from datetime import date, timedelta

from textual import on
from textual.message import Message

from clepsydra.domain.interval import Interval
from clepsydra.domain.records import dataclass
from clepsydra.evidence.sources import HappeningsFound
from clepsydra.language import formats
from clepsydra.ledger.evidence.gathering import last_weeks, look_for, looks_anywhere
from clepsydra.ledger.ledger import Refused
from clepsydra.tui.actions.happened import HappenedActions
from clepsydra.tui.present.client import REACHING
from clepsydra.tui.present.settings import BY_KEY

_NOT_READ = HappeningsFound()


class HappenedDays(HappenedActions):
    """Mixed into the screen of what happened; `day` is None while the last weeks are shown."""

    day: date | None = None

    @dataclass
    class Looked(Message):
        """The reading thread has seen what files tell of a stretch of time."""

        span: Interval
        told: HappeningsFound

    def __init__(self) -> None:
        super().__init__()
        self._told: dict[Interval, HappeningsFound] = {}

    def show_all(self, *, first: bool = False) -> None:
        """Read the log again; the cursor goes to the `first` row, or stays where it was."""
        raise NotImplementedError

    @property
    def span(self) -> Interval:
        """The stretch of time that is shown."""
        ledger = self.ledger
        if self.day is not None:
            return ledger.own_bounds(self.day)
        return last_weeks(ledger)

    @property
    def told(self) -> HappeningsFound:
        """What files tell of it; nothing while they are read."""
        if self.span not in self._told:
            self._told[self.span] = _NOT_READ
            self._look(self.span)
        return self._told[self.span]

    def heading(self) -> str:
        """The days that are shown, in words."""
        tr = self.tr
        if self.day is None:
            return tr.t("What happened · the last four weeks")
        return tr.t("What happened · {day}", day=formats.date(self.day, tr.lang, "day"))

    def lessons(self) -> list[str]:
        """What to do where nothing is to be seen: name something to be read, or look elsewhere."""
        tr = self.tr
        whose = tr.t("Whose it is: a client’s screen, “{group}”", group=tr.t(REACHING))
        elsewhere = tr.t(
            "{press[happened.previous]} {press[happened.next]} other days, {press[happened.weeks]} the last four "
            "weeks, {press[calls.all]} what was decided too"
        )
        if looks_anywhere(self.ledger.settings):
            return [elsewhere, whose]
        return [
            tr.t("Calls: settings, “{setting}”: the folder of the list", setting=tr.t(BY_KEY["phone.lists"].words)),
            tr.t("Sent mail: settings, “{setting}”", setting=tr.t(BY_KEY["mail.me"].words)),
            whose,
            elsewhere,
        ]

    def _look(self, span: Interval) -> None:
        settings, clients = self.ledger.settings, list(self.ledger.catalogue.clients.values())

        def read() -> None:
            self.post_message(self.Looked(span, look_for(settings, clients, span)))

        self.run_worker(read, thread=True, group="outside", exit_on_error=False)

    @on(Looked)
    def _looked(self, event: Looked) -> None:
        for problem in event.told.problems[:3]:
            self.say(problem, "warning")
        self._told[event.span] = event.told
        if event.told.happenings and event.span == self.span:
            self.show_all()

    # -- keys

    def _go(self, day: date | None) -> None:
        if day and day > self.ledger.today:
            raise Refused("{day} is still to come", day=day.isoformat())
        self.day = day
        self.show_all(first=True)

    def do_happened_previous(self) -> None:
        """The day before; of the last weeks, yesterday."""
        self._go((self.day or self.ledger.today) - timedelta(days=1))

    def do_happened_next(self) -> None:
        """The day after; of the last weeks, today."""
        self._go(self.day + timedelta(days=1) if self.day else self.ledger.today)

    def do_happened_today(self) -> None:
        """Today again."""
        self._go(self.ledger.today)

    def do_happened_weeks(self) -> None:
        """All that waits of the last weeks, or today again."""
        self._go(None if self.day else self.ledger.today)
