"""The full-screen program: one ledger, one clock tick, themes and files followed while it runs."""

import asyncio
import signal
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from glob import escape
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import BindingType
from textual.driver import Driver
from textual.message import Message
from textual.screen import ModalScreen

from clepsydra.language.plain import pasted
from clepsydra.ledger import crash_report, opening, recovery
from clepsydra.ledger.failures import explained_copy
from clepsydra.ledger.ledger import DISK_ERRORS, Clock
from clepsydra.ledger.opening import be_patient, held
from clepsydra.settings.clock import system_clock
from clepsydra.settings.home import Home
from clepsydra.settings.watch import Watch
from clepsydra.tui.base_app import PATIENCE, BaseApp
from clepsydra.tui.call_monitor import CallMonitor
from clepsydra.tui.idle import Idle, ask_about
from clepsydra.tui.keys.digit_row import digit_of
from clepsydra.tui.keys.dispatch import ActionScreen, TakesKeys
from clepsydra.tui.keys.typed_ahead import TypedAhead
from clepsydra.tui.log_alarm import LogAlarm
from clepsydra.tui.memory import ForgettingThreads, stays
from clepsydra.tui.notices import Notices
from clepsydra.tui.rule_taker import RuleTaker
from clepsydra.tui.themes import ThemeLibrary, reload_into

if TYPE_CHECKING:
    from clepsydra.store.watchers import Watcher

MOMENTS = 3
"""So many seconds in a row another program may hold the log before that is told: most hold it for an instant."""


class Clepsydra(BaseApp):
    """The program a person keeps open all day."""

    BINDINGS: ClassVar[list[BindingType]] = []
    CSS = (
        BaseApp.CSS
        + """
    ModalScreen { background: $background 60%; }
    /* The terminal's own colours are not blended: what is typed is read on its own ground alone. */
    Input:ansi { background: ansi_default !important; }
    """
    )

    def __init__(
        self,
        home: Home,
        environment: Mapping[str, str],
        clock: Clock = system_clock,
        monotonic: Callable[[], float] = time.monotonic,
        language: str = "",
        *,
        sample: bool = False,
        news: str = "",
    ) -> None:
        """The same as `BaseApp` takes, with the clocks of the system; `news` is what is told once it is open."""
        super().__init__(home, environment, clock, monotonic, language, sample=sample)
        self.call_monitor = CallMonitor(self, self.ask_doubts)
        self.notices = Notices(self, self._to_terminal)
        self._rule_taker = RuleTaker(self)
        self._idle = Idle(monotonic())
        self.typed_ahead = TypedAhead(self, self._deliver, self.readers.keyed)
        self._watch = Watch(home)
        self._last_tick: tuple[int, float] | None = None
        self._beat_at = 0
        self._news = news
        self._alarm = LogAlarm(self, self.ledger)
        self._refused: dict[str, int] = {}
        self._watcher: Watcher | None = None
        self.fault = ""
        """What a fault of the program says; it has ended then."""

    def on_mount(self) -> None:
        """Themes, the main screen, and the clock."""
        asyncio.get_running_loop().set_default_executor(ForgettingThreads())
        self._end_in_order()
        self.title = "Clepsydra"
        wanted = self.catalogue.settings.theme
        reload_into(self, ThemeLibrary(self.library.folders, f"{escape(wanted)}.toml"), wanted)
        self.set_keymap(self.keymap.remapped())
        from clepsydra.tui.screens.main import Main

        main = Main()
        self.push_screen(main)
        if opening.is_new(self.ledger, self.home):
            from clepsydra.tui.actions.preferences import ask_evidence
            from clepsydra.tui.screens.welcome import Welcome

            def welcomed(slug: str | None) -> None:
                main.welcome_client(slug)
                if slug is not None:
                    ask_evidence(self)

            self.push_screen(Welcome(), welcomed)

    def _end_in_order(self) -> None:
        """Being told to end, or losing the terminal, closes the program as its own key does."""
        hang_up = getattr(signal, "SIGHUP", signal.SIGTERM)  # Windows has none
        for number in (signal.SIGTERM, hang_up):
            with suppress(ValueError, RuntimeError, NotImplementedError):  # not in the main thread, or no such signals
                asyncio.get_running_loop().add_signal_handler(number, self.exit, None, 128 + number)

    def _fatal_error(self) -> None:
        """A fault of the program: Textual would draw it with all its variables, and they may name clients."""
        error = self._exception or RuntimeError()
        self.fault = f"{type(error).__name__}: {error}"
        crash_report.keep(error, self.home.log_file)
        self._close_messages_no_wait()

    def on_ready(self) -> None:
        """Everything that may take a moment; years of open work, which take a second, once names are on the screen."""
        with self.telling():
            self._enter()
        self.screen.call_after_refresh(self._try, self.changed)
        self.set_interval(1, self.tick)
        self.run_worker(self._back_up, thread=True, exit_on_error=False)
        self.read_themes()
        self.call_after_refresh(stays)
        if self._news:
            self.tell(self._news, "warning", seconds=20)

    def _back_up(self) -> None:
        """In a thread: the daily copy, and what killed programs have left."""
        try:
            cleared = opening.back_up_daily(self.ledger, self.home)
        except DISK_ERRORS as error:
            self.call_from_thread(self.notify, explained_copy(error).said(self.tr), severity="warning", markup=False)
            return
        if cleared:
            words = self.tr.n("cleared {count} unfinished file of a killed program",
                              "cleared {count} unfinished files of killed programs", len(cleared))  # fmt: skip
            self.call_from_thread(self.notify, words, markup=False)

    def _enter(self) -> None:
        """Stand in the log as an instance, ask about what ran unseen, begin to notice calls."""
        recovery.look_back(self.ledger)
        watcher = recovery.enter(self.ledger)
        self._watcher, self._beat_at = watcher, watcher.seen_at
        self.call_monitor.start(watcher.instance)
        self.ask_doubts(recovery.doubts(self.ledger))

    def on_unmount(self) -> None:
        """Say goodbye in the log, so that what runs on is not taken for a crash."""
        self.notices.close()
        with suppress(*DISK_ERRORS):
            self.call_monitor.stop()
        if self._watcher:
            with suppress(*DISK_ERRORS):
                recovery.leave(self.ledger, self._watcher)

    def on_key(self, event: events.Key) -> None:
        """A key that no widget wanted. All come here in the order they were typed, whatever came up meanwhile."""
        digit = digit_of(event.character)
        if (isinstance(self.screen, TakesKeys) and self.screen.take_key(event)) or (
            digit != event.character
            and digit
            and isinstance(self.screen, ActionScreen)
            and self.screen.press_digit(digit)
        ):
            event.prevent_default()

    async def _dispatch_message(self, message: Message) -> None:
        """Textual's own; what the disk refuses while anything is answered is told and ends nothing."""
        with self.telling():
            await super()._dispatch_message(message)

    async def on_event(self, event: events.Event) -> None:
        """A key after a long silence asks what the silence was, and nothing else."""
        silent = self._idle.heard(event, self._monotonic())
        asking = any(isinstance(screen, ModalScreen) for screen in self.screen_stack)
        if silent and not asking and ask_about(self, silent):
            return
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            await self.typed_ahead.take(event)
        else:
            await super().on_event(event)

    async def _deliver(self, event: events.Event) -> None:
        """Hand a key or a paste to what has the focus now; of a paste, what is text."""
        if isinstance(event, events.Paste):
            event = events.Paste(pasted(event.text))
        await super().on_event(event)

    def get_driver_class(self) -> type[Driver]:
        """Textual's own, with a guard where it reads a terminal of this kind of system."""
        found = super().get_driver_class()
        if sys.platform == "win32" or found.__name__ != "LinuxDriver":
            return found
        from clepsydra.tui.keys.terminal_input import GuardedKeyboard

        return GuardedKeyboard

    def action_help_quit(self) -> None:
        """What ctrl+c says, in the person's language."""
        self.tell(self.tr.t("ctrl+q quits."), seconds=4)

    # -- the clock

    def tick(self) -> None:
        """Once a second; what the disk or another program refuses does not stop the clock, closing does."""
        if not self.is_running:
            return
        be_patient(self.ledger.db, 0.0)
        try:
            there = self._try(self._alarm.beat)
            parts = self._mind_the_gap, self._leave_sign, self.call_monitor.tick, self._evening
            for each in (*parts, self._rule_taker.take_by_rules) if there else ():
                self._try(each)
            if not (there and self._try(self._follow)):
                self.tick_screens(self.snapshot())
            self.notices.tick(self.snapshot())
        finally:
            be_patient(self.ledger.db, PATIENCE)

    def _try(self, part: Callable[[], bool | None]) -> bool:
        """Do a part of what a second asks for; whether it could be done, and did not say that it was nothing."""
        try:
            done = part() is not False
            self._refused.pop(part.__name__, None)
        except DISK_ERRORS as error:
            done, times = False, self._refused.get(part.__name__, 0) + 1
            self._refused[part.__name__] = times
            if times > MOMENTS or not held(error):
                with self.telling(again=False):
                    raise
        return done

    def _mind_the_gap(self) -> None:
        """Has time passed as it should."""
        now, steady = self.ledger.now, self._monotonic()
        if self._last_tick:
            before, steady_before = self._last_tick
            unseen = abs((now - before) - (steady - steady_before))
            if max(unseen, steady - steady_before) > recovery.UNSEEN_SECONDS:
                self.ask_doubts(recovery.unseen_since(self.ledger, before))
        self._last_tick = (now, steady)

    def _to_terminal(self, sequence: str) -> None:
        """A sequence of ours: the title or the bell."""
        if self._driver is not None:
            self._driver.write(sequence)

    def _leave_sign(self) -> None:
        now = self.ledger.now
        if self._watcher is None:
            self._enter()
        elif not 0 <= now - self._beat_at < recovery.BEAT_SECONDS:
            recovery.beat(self.ledger, self._watcher)
            self._beat_at = now

    def _evening(self) -> None:
        if self.evening.due():
            self.tell(self.tr.t("The day is waiting to be closed: {press[go.day]} opens it."))
            self.notices.evening()

    def _follow(self) -> bool:
        """Show what has changed in files and log; False where nothing has."""
        if self._watch.changed():
            self.reload_files()
        elif self.live.refresh():
            self.show_all()
        else:
            return False
        return True

    def on_call_news(self) -> None:
        """The watcher of calls has noticed something."""
        with self.telling():
            self.call_monitor.take()

    def ask_doubts(self, doubts: list[recovery.Doubt]) -> None:
        """Ask about sessions whose end is doubtful, if there are any."""
        if doubts:
            from clepsydra.tui.screens.doubt import ask_doubts

            ask_doubts(self, doubts)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """A colour for every meaning, also under Textual's own themes."""
        from clepsydra.tui.meanings import theme_variable_defaults

        return theme_variable_defaults(self.current_theme)

    def action_command_palette(self) -> None:
        """The actions of the screen, by their names; Textual's own palette would speak English."""
        if isinstance(self.screen, ActionScreen):
            self.screen.action_do("app.palette")
