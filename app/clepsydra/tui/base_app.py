"""The program as its screens know it: the open ledger, the language, the keys, the live figures, and how to tell.

Screens and actions import this; the program itself (`app.py`), which opens the screens, is imported by none of them.
"""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable
from weakref import WeakSet

from textual.app import App
from textual.screen import ModalScreen, Screen

from clepsydra.language.translator import Translator, translator
from clepsydra.ledger import opening
from clepsydra.ledger.day.evening import Evening
from clepsydra.ledger.ledger import Clock, Ledger
from clepsydra.ledger.live.figures import Live, Snapshot
from clepsydra.ledger.opening import be_patient, give_way
from clepsydra.settings.client_keystrokes import client_keys
from clepsydra.settings.file_history import FileHistory
from clepsydra.settings.home import Home, shipped
from clepsydra.settings.machine import Mnemonic
from clepsydra.settings.watch import Catalogue
from clepsydra.tui.file_problems import FileProblems
from clepsydra.tui.hints import Hints
from clepsydra.tui.keys import keymap
from clepsydra.tui.keys.letters import LETTERS
from clepsydra.tui.keys.table import ScreenName
from clepsydra.tui.late_days import LateDays
from clepsydra.tui.limits import LimitWatch
from clepsydra.tui.reading_thread import GiveWay
from clepsydra.tui.refused_reads import RefusedReads
from clepsydra.tui.themes import ThemeLibrary, reload_into

if TYPE_CHECKING:
    from clepsydra.ledger.demo import Visit
    from clepsydra.ledger.insights.overview import InsightReader
    from clepsydra.ledger.leaks.report import LeakReading
    from clepsydra.tui.call_monitor import CallMonitor
    from clepsydra.tui.notices import Notices


PATIENCE = 0.3
"""Seconds that a key waits for another program that is writing; longer, and the clock on the screen would stand."""


@runtime_checkable
class Drawn(Protocol):
    """A screen that shows the log and moves with the clock."""

    def show_all(self) -> None:
        """Draw everything anew."""

    def tick(self, snapshot: Snapshot) -> None:
        """Draw what moves with the clock."""


class BaseApp(RefusedReads):
    """What every screen may ask of the program it stands in."""

    call_monitor: "CallMonitor"
    notices: "Notices"

    def __init__(
        self,
        home: Home,
        environment: Mapping[str, str],
        clock: Clock,
        monotonic: Callable[[], float],
        language: str = "",
        *,
        sample: bool = False,
    ) -> None:
        """`clock` tells UTC seconds, `monotonic` a clock that nobody sets; both are asked once a second.

        `sample` says that the home is an invented one, which the title then shows.
        """
        self.home = home
        self.environment = environment
        self.sample = sample or home.sample
        self.visit: Visit | None = None
        self.reopening = ""
        """Why the program closes only to open again on the same home; empty while it does not."""
        self.asked_sender = False
        self.catalogue = Catalogue(home, environment)
        self.ledger: Ledger = opening.open_with(home, self.catalogue, clock, or_read=True)
        be_patient(self.ledger.db, PATIENCE)
        self.readers = GiveWay()
        give_way(self.ledger.db, self.readers.pause)
        self.live = Live(self.ledger)
        self.month_leaks: LeakReading | None = None
        """The leaks of this month as the main screen tells them, once they are read."""
        self.evening = Evening(self.ledger)
        self._language = language
        self._take_words()
        self.hints = Hints(home.hints_file)
        self.file_history = FileHistory()
        self.library = ThemeLibrary([shipped("themes"), home.themes_dir])
        self._limits = LimitWatch()
        self._late_days = LateDays(self.ledger)
        self._file_problems = FileProblems()
        super().__init__(monotonic)
        self.animation_level = "none"  # a list that glides to its place answers its key some frames later

    @cached_property
    def insights(self) -> "InsightReader":
        """What an hour earns, read when it is first asked for."""
        from clepsydra.ledger.insights.overview import InsightReader

        return InsightReader(self.ledger)

    # -- the live figures

    def snapshot(self) -> Snapshot:
        """The live figures as of now."""
        return self.live.at(self.ledger.now)

    def changed(self) -> None:
        """The log was changed here: show it at once."""
        self.live.refresh()
        self.show_all()
        for sentence in self._late_days.sentences(self.tr):
            self.notify(sentence, severity="warning", markup=False, timeout=8)

    def show_all(self) -> None:
        """Draw every open screen anew."""
        for sentence in self._limits.sentences(self.snapshot(), self.tr):
            self.notify(sentence, severity="warning", markup=False, timeout=8)
        for screen in self._drawn():
            screen.show_all()

    @cached_property
    def _missed(self) -> WeakSet[Drawn]:
        """The screens behind another one that the clock has not moved."""
        return WeakSet()

    def tick_screens(self, snapshot: Snapshot) -> None:
        """Draw what moves with the clock where it can be seen; what the disk refuses one screen stops no other."""
        seen: list[object] = [*self._background_screens, self.screen]
        for screen in self._drawn():
            if screen in seen:
                self._tick(screen, snapshot)
            else:
                self._missed.add(screen)

    def catch_up(self, screen: Drawn) -> None:
        """A screen is seen again: draw what moved with the clock while it stood behind another one."""
        if screen in self._missed:
            self._tick(screen, self.snapshot())

    def _tick(self, screen: Drawn, snapshot: Snapshot) -> None:
        self._missed.discard(screen)
        with self.telling(again=False):
            screen.tick(snapshot)

    @property
    def _background_screens(self) -> list[Screen[Any]]:
        """Textual's own, but for a screen that fills the terminal: there it would go on drawing what is behind."""
        return super()._background_screens if isinstance(self.screen, ModalScreen) else []

    def _drawn(self) -> list[Drawn]:
        return [screen for screen in self.screen_stack if isinstance(screen, Drawn) and screen.is_mounted]

    def client_keys(self, here: ScreenName = ScreenName.MAIN) -> dict[str, str]:
        """Clients by their keys on a screen: those of the main screen wherever they can be."""
        taken = self.keymap.taken(here) if here is not ScreenName.MAIN else ()
        return client_keys(self.catalogue.clients.values(), self.keymap.taken(ScreenName.MAIN), taken)

    # -- files

    def reload_files(self) -> None:
        """A settings, client or theme file was written: take what is good, tell what is not."""
        self.catalogue.reload()
        self._take_words()
        self.set_keymap(self.keymap.remapped())
        self.read_themes()
        self.live.refresh(terms_changed=True)
        self.show_all()

    def _take_words(self) -> None:
        """The language of the settings, the keys that follow it, and the sentences that name them."""
        settings = self.catalogue.settings
        words = translator(self._language or settings.language)
        letters = LETTERS.get(words.lang, {}) if settings.mnemonic is Mnemonic.LANGUAGE else {}
        self.keymap = keymap.build(settings.keys, letters)
        self.tr: Translator = words.pressing(self.keymap.names())

    def read_themes(self) -> None:
        """Take the themes that are good; then tell what is wrong in any file."""
        themes = reload_into(self, self.library, self.catalogue.settings.theme).problems
        wrong = self._file_problems.now(themes, self.catalogue, self.keymap, self.home, self.tr)
        if wrong is None:
            return
        self.clear_notifications()
        if wrong.mended:
            words = self.tr.t("{files}: mended", files=", ".join(wrong.mended))
            self.notify(words, markup=False, timeout=4)
        for words in wrong.sentences:
            self.notify(words, severity="warning", markup=False, timeout=8)

    def follow_settings_language(self) -> None:
        """Speak the language of the settings from the next reload on, whatever language was asked for at the start."""
        self._language = ""

    def open_again(self, why: str) -> None:
        """Close this program and open it again: the log's file is another one now."""
        self.reopening = why
        self.exit()

    def leave_for_sample(self, visit: "Visit") -> None:
        """Close this home; the caller opens the sample home instead."""
        self.visit = visit
        self.exit()


def base_app_of(app: App[Any]) -> BaseApp:
    """The program that a widget or screen stands in, typed: `base_app_of(self.app)`."""
    assert isinstance(app, BaseApp)
    return app
