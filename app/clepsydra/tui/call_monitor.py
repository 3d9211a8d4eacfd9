"""The watcher of calls in the app: started after the first frame, its news taken in on the screen's own thread."""

from collections.abc import Callable

from textual.message import Message

from clepsydra.calls.call import CallEnded, Rank
from clepsydra.calls.evidence import PHONE
from clepsydra.calls.runner import MonitorUpdate
from clepsydra.calls.status import Mode, MonitorStatus
from clepsydra.evidence.phone.phone_numbers import shortened
from clepsydra.language import formats
from clepsydra.ledger import recovery
from clepsydra.ledger.calls import wording
from clepsydra.ledger.calls.model import Announced
from clepsydra.ledger.calls.watching import Told, Watching
from clepsydra.tui.base_app import BaseApp
from clepsydra.tui.calendars import Calendars
from clepsydra.tui.idle import came_back
from clepsydra.tui.keys.dispatch import ActionScreen
from clepsydra.tui.keys.table import ScreenName


class CallNews(Message):
    """The watcher has noticed something; posted from its own thread."""


class CallMonitor:
    """What the app asks of the watcher. Before it has started, nothing is known."""

    def __init__(self, tui: BaseApp, ask_doubts: Callable[[list[recovery.Doubt]], None]) -> None:
        """`ask_doubts` asks about sessions whose end is doubtful."""
        self._tui = tui
        self._ask_doubts = ask_doubts
        self._watching: Watching | None = None
        self._seen: Told | None = None
        self.unwritten: tuple[MonitorUpdate, ...] = ()
        """What was noticed while the log could not be written."""
        self._numbers: dict[str, str] = {}
        """Who is on the telephone, shortened; in memory only."""
        self.calendars = Calendars(tui)

    @property
    def told(self) -> Told:
        """How calls are noticed now."""
        if self._watching is None:
            return Told(MonitorStatus(Mode(self._tui.ledger.settings.calls.evidence)))
        return self._watching.told

    def number_of(self, call_id: str) -> str:
        """The number of a telephone call that was noticed here, without its middle; empty where it is hidden."""
        return self._numbers.get(call_id, "")

    def start(self, instance: str) -> None:
        """Begin to watch, or to wait for the instance that does; first write what an earlier log could not take."""
        self._watching = Watching(
            self._tui.ledger, instance, lambda: self._tui.post_message(CallNews()), unwritten=self.unwritten
        )
        self.unwritten = ()
        self._watching.take()
        self._watching.tick()

    def tick(self) -> None:
        """Once a second: follow the settings, keep the lease; what the disk refused before is tried again."""
        if self._watching is not None:
            self._watching.tick()
            self.take()
        self.calendars.tick()

    def take(self) -> None:
        """Write what was noticed and show it."""
        if self._watching is None:
            return
        news, announced = self._watching.take(), self._watching.announced()
        if not news and not announced and self.told == self._seen:
            return
        self._seen = self.told
        events = [event for each in news for event in each.events]
        told = {event.call.id: event.call.title for event in events if event.call.program == PHONE}
        self._numbers |= {call: shortened(number, self._tui.ledger.settings) for call, number in told.items() if number}
        for call in announced:
            if call.rank is Rank.CERTAIN:
                self._tui.notices.call(wording.program(call.program, call.program_name, self._tui.tr))
            if call.rank is Rank.CERTAIN and not self._in_front():
                self._say(call)
        self._tui.changed()
        came_back(self._tui, [span for each in news for span in each.spans])
        if any(isinstance(event, CallEnded) and event.call.doubtful_end for event in events):
            self._ask_doubts(recovery.doubts(self._tui.ledger))

    def ignore(self, program: str) -> None:
        """Never this program again."""
        if self._watching is not None:
            self._watching.ignore(program)

    def stop(self) -> None:
        """Let go of everything; the lease is free when this returns."""
        watching, self._watching = self._watching, None
        if watching is not None:
            try:
                watching.stop()
            finally:
                self.unwritten = watching.unwritten

    def _in_front(self) -> bool:
        screen = self._tui.screen
        return isinstance(screen, ActionScreen) and screen.SCREEN is ScreenName.MAIN

    def _say(self, call: Announced) -> None:
        """A call begins while another screen is in front."""
        tr = self._tui.tr
        length = formats.timer(max(0, self._tui.ledger.now - call.started_at), short=True)
        words = tr.t("A call through {program} for {length}: it waits on the main screen",
                     program=wording.program(call.program, call.program_name, tr), length=length)  # fmt: skip
        self._tui.notify(words, markup=False, timeout=6)
