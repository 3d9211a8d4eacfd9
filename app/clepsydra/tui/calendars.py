"""What calendars say of the calls that wait: files are read in a thread, and only while a call waits."""

from clepsydra.language.message import Message
from clepsydra.ledger import names
from clepsydra.ledger.calls.model import CalendarHint
from clepsydra.ledger.calls.planned import Plans, plans, waiting_span
from clepsydra.tui.base_app import BaseApp

LOOK = 60
"""Seconds between looks at the calendars while the same calls wait; a file that has not changed is not read again."""


class Calendars:
    """Keeps the entries that may say whose a call was. Before the first call that waits, no file is touched."""

    def __init__(self, tui: BaseApp) -> None:
        self._tui = tui
        self.hints: tuple[CalendarHint, ...] = ()
        self._problems: tuple[Message, ...] = ()
        self._seen: object = None
        self._looked_at = 0
        self._looking = False

    def tick(self) -> None:
        """Once a second: look again when other calls wait, when other calendars count, or when a while has passed."""
        ledger = self._tui.ledger
        waiting = self._tui.snapshot().calls
        if self._looking or not waiting.count or not (ledger.settings.calendars or self.hints):
            return
        seen = (waiting.count, waiting.front and waiting.front.id, ledger.settings.calendars)
        if seen == self._seen and 0 <= ledger.now - self._looked_at < LOOK:
            return
        self._seen, self._looked_at = seen, ledger.now
        span = waiting_span(ledger)
        if span is None:
            return
        settings, clients = ledger.settings, list(ledger.catalogue.clients.values())

        def read() -> None:
            try:
                found = plans(settings, clients, span)
            finally:
                self._looking = False
            self._tui.call_later(self._take, found)

        self._looking = True
        self._tui.run_worker(read, thread=True, group="calendars", exit_on_error=False)

    def _take(self, found: Plans) -> None:
        with self._tui.telling():
            if found.problems != self._problems:
                self._problems = found.problems
                for problem in found.problems[:3]:
                    words = names.sentence(self._tui.ledger, problem, self._tui.tr)
                    self._tui.notify(words, severity="warning", markup=False, timeout=8)
            if found.hints != self.hints:
                self.hints = found.hints
                self._tui.live.plan(found.hints)
                self._tui.changed()
