"""The full-screen program: one ledger, one clock tick, themes and files followed while it runs."""

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cached_property
from glob import escape
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import BindingType
from textual.screen import ModalScreen

from clepsydra.language.translator import Translator, translator
from clepsydra.ledger import opening, recovery
from clepsydra.ledger.day.evening import Evening
from clepsydra.ledger.ledger import DISK_ERRORS, Clock, Ledger
from clepsydra.ledger.live.figures import Live, Snapshot
from clepsydra.settings.clock import system_clock
from clepsydra.settings.home import Home, shipped
from clepsydra.settings.watch import Catalogue, Watch
from clepsydra.tui.actions import keymap
from clepsydra.tui.base import ActionScreen, TakesKeys
from clepsydra.tui.call_monitor import Hearing
from clepsydra.tui.file_problems import FileNews
from clepsydra.tui.idle import Idle, ask_about
from clepsydra.tui.late_days import LateDays
from clepsydra.tui.limits import LimitWatch
from clepsydra.tui.themes import ThemeLibrary, reload_into
from clepsydra.tui.toasts import Toasts

if TYPE_CHECKING:
    from clepsydra.ledger.demo import Visit
    from clepsydra.ledger.insights.overview import InsightReader
    from clepsydra.store.watchers import Watcher


class Clepsydra(Toasts):
    """The program a person keeps open all day."""

    BINDINGS: ClassVar[list[BindingType]] = []
    CSS = Toasts.CSS + "ModalScreen { background: $background 60%; }"

    def __init__(
        self,
        home: Home,
        environment: Mapping[str, str],
        clock: Clock = system_clock,
        monotonic: Callable[[], float] = time.monotonic,
        language: str = "",
        *,
        sample: bool = False,
    ) -> None:
        """`clock` tells UTC seconds, `monotonic` a clock that nobody sets; both are asked once a second.

        `sample` says that the home is an invented one, which the title then shows.
        """
        self.home = home
        self.environment = environment
        self.sample = sample
        self.visit: Visit | None = None
        self.asked_sender = False
        self.catalogue = Catalogue(home, environment)
        self.tr: Translator = translator(language or self.catalogue.settings.language)
        self.ledger: Ledger = opening.open_with(home, self.catalogue, clock)
        self.live = Live(self.ledger)
        self.keymap = keymap.build(self.catalogue.settings.keys)
        self.evening = Evening(self.ledger)
        self._idle = Idle(monotonic())
        self._language = language
        self._watch = Watch(home)
        self._limits = LimitWatch()
        self._late_days = LateDays(self.ledger)
        self._last_tick: tuple[int, float] | None = None
        self._beat_at = 0
        self._watcher: Watcher | None = None
        self.library = ThemeLibrary([shipped("themes"), home.themes_dir])
        self.hearing = Hearing(self)
        self._file_news = FileNews(self)
        super().__init__(monotonic)

    @cached_property
    def insights(self) -> "InsightReader":
        """What an hour earns, read when it is first asked for."""
        from clepsydra.ledger.insights.overview import InsightReader

        return InsightReader(self.ledger)

    def on_mount(self) -> None:
        """Themes, the main screen, and the clock."""
        self.title = "Clepsydra"
        wanted = self.catalogue.settings.theme
        reload_into(self, ThemeLibrary(self.library.folders, f"{escape(wanted)}.toml"), wanted)
        self.set_keymap({id_: ",".join(keys) for id_, keys in self.keymap.keys.items()})
        from clepsydra.tui.screens.main import Main

        main = Main()
        self.push_screen(main)
        if opening.is_new(self.ledger, self.home):
            from clepsydra.tui.actions.preferences import ask_evidence
            from clepsydra.tui.screens.welcome import Welcome

            def welcomed(slug: str | None) -> None:
                main.welcome_client(slug)
                if slug:
                    ask_evidence(self)

            self.push_screen(Welcome(), welcomed)

    def on_ready(self) -> None:
        """Everything that may take a moment, once the first frame is on the screen."""
        with self.telling():
            recovery.look_back(self.ledger)
            self._watcher = recovery.enter(self.ledger)
            self.hearing.start(self._watcher.instance)
            self.ask_doubts(recovery.doubts(self.ledger))
        self.changed()
        self.set_interval(1, self.tick)
        self.run_worker(lambda: opening.back_up_daily(self.ledger, self.home), thread=True, exit_on_error=False)
        self._read_themes()

    def on_unmount(self) -> None:
        """Say goodbye in the log, so that what runs on is not taken for a crash."""
        with suppress(*DISK_ERRORS):
            self.hearing.stop()
        if self._watcher:
            with suppress(*DISK_ERRORS):
                recovery.leave(self.ledger, self._watcher)

    def on_key(self, event: events.Key) -> None:
        """A key that no widget wanted. All come here in the order they were typed, whatever came up meanwhile."""
        if isinstance(self.screen, TakesKeys) and self.screen.take_key(event):
            event.prevent_default()

    async def on_event(self, event: events.Event) -> None:
        """A key after a long silence asks what the silence was, and nothing else."""
        silent = self._idle.heard(event, self._monotonic())
        asking = any(isinstance(screen, ModalScreen) for screen in self.screen_stack)
        if silent and not asking and ask_about(self, silent):
            return
        await super().on_event(event)

    def action_help_quit(self) -> None:
        """What ctrl+c says, in the person's language."""
        self.tell(self.tr.t("ctrl+q quits."), seconds=4)

    # -- the clock

    def tick(self) -> None:
        """Once a second; a disk that refuses does not stop the clock, closing does."""
        if not self.is_running:
            return
        with self.telling():
            self._tick()

    def _tick(self) -> None:
        """Has time passed as it should, has anything changed, what do the figures say now."""
        now, steady = self.ledger.now, self._monotonic()
        if self._last_tick:
            before, steady_before = self._last_tick
            unseen = abs((now - before) - (steady - steady_before))
            if max(unseen, steady - steady_before) > recovery.UNSEEN_SECONDS:
                self.ask_doubts(recovery.unseen_since(self.ledger, before))
        self._last_tick = (now, steady)
        if self._watcher and not 0 <= now - self._beat_at < recovery.BEAT_SECONDS:
            recovery.beat(self.ledger, self._watcher)
            self._beat_at = now
        self.hearing.tick()
        if self.evening.due():
            self.tell(self.tr.t("The day is waiting to be closed: r opens it."))
        if self._watch.changed():
            self.reload_files()
        elif self.live.refresh():
            self._show_all()
        else:
            self._tick_screen(self.snapshot())

    def on_call_news(self) -> None:
        """The watcher of calls has noticed something."""
        with self.telling():
            self.hearing.take()

    def snapshot(self) -> Snapshot:
        """The live figures as of now."""
        return self.live.at(self.ledger.now)

    def changed(self) -> None:
        """The log was changed here: show it at once."""
        self.live.refresh()
        self._show_all()
        for sentence in self._late_days.sentences(self.tr):
            self.notify(sentence, severity="warning", markup=False, timeout=8)

    def _show_all(self) -> None:
        for sentence in self._limits.sentences(self.snapshot(), self.tr):
            self.notify(sentence, severity="warning", markup=False, timeout=8)
        for screen in self.screen_stack:
            if isinstance(screen, ActionScreen) and screen.is_mounted:
                screen.show_all()

    def _tick_screen(self, snapshot: Snapshot) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, ActionScreen) and screen.is_mounted:
                screen.tick(snapshot)

    def ask_doubts(self, doubts: list[recovery.Doubt]) -> None:
        """Ask about sessions whose end is doubtful, if there are any."""
        if doubts:
            from clepsydra.tui.screens.doubt import ask_doubts

            ask_doubts(self, doubts)

    # -- files

    def reload_files(self) -> None:
        """A settings, client or theme file was written: take what is good, tell what is not."""
        self.catalogue.reload()
        settings = self.catalogue.settings
        self.tr = translator(self._language or settings.language)
        self.keymap = keymap.build(settings.keys)
        self.set_keymap({id_: ",".join(keys) for id_, keys in self.keymap.keys.items()})
        self._read_themes()
        self.live.refresh(terms_changed=True)
        self._show_all()

    def follow_settings_language(self) -> None:
        """Speak the language of the settings from the next reload on, whatever language was asked for at the start."""
        self._language = ""

    def leave_for_sample(self, visit: "Visit") -> None:
        """Close this home; the caller opens the sample home instead."""
        self.visit = visit
        self.exit()

    def _read_themes(self) -> None:
        """Take the themes that are good; then tell what is wrong in any file."""
        self._file_news.tell(reload_into(self, self.library, self.catalogue.settings.theme).problems)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """A colour for every meaning, also under Textual's own themes."""
        from clepsydra.tui.meanings import theme_variable_defaults

        return theme_variable_defaults(self.current_theme)

    def action_command_palette(self) -> None:
        """The actions of the screen, by their names; Textual's own palette would speak English."""
        if isinstance(self.screen, ActionScreen):
            self.screen.action_do("app.palette")


def run(home: Home, environment: Mapping[str, str], language: str = "", *, sample: bool = False) -> int:
    """Open the program on a home; returns the exit code. Needs a terminal on both sides.

    Whoever chose to look around in the sample home comes back to their own when they leave it; the sample is gone then.
    """
    mouse = environment.get("CLEPSYDRA_MOUSE", "1") != "0"
    while True:
        app = Clepsydra(home, environment, language=language, sample=sample)
        app.run(mouse=mouse)
        if app.visit is None:
            return app.return_code or 0
        language = app.tr.lang if language else ""
        try:
            Clepsydra(app.visit.home, environment, language=language, sample=True).run(mouse=mouse)
        finally:
            app.visit.end()
