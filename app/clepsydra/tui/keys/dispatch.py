"""From a key to what it does: the base of every screen, with the footer made of its keys and errors told in a line."""

from collections.abc import Callable, Container
from contextlib import AbstractContextManager
from importlib import import_module
from typing import Any, ClassVar, Protocol, cast, runtime_checkable

from textual import events
from textual.binding import Binding, BindingType
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget

from clepsydra.language.message import Message
from clepsydra.language.translator import Translator
from clepsydra.ledger import history, names
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.live.figures import Snapshot
from clepsydra.tui.base_app import BaseApp, base_app_of
from clepsydra.tui.dialogs import Picker
from clepsydra.tui.keys.table import BY_ID, Needs, ScreenName, at, why_not
from clepsydra.tui.memory import give_back
from clepsydra.tui.widgets.action_bar import ActionBar, BarEntry
from clepsydra.tui.widgets.client_list import ClientRow
from clepsydra.tui.widgets.hint_line import HintLine


@runtime_checkable
class TakesKeys(Protocol):
    """A screen with keys of its own beside those of the table, such as the keys of clients.

    They are asked for by the program, after what was typed before has been done: `m5` is a message of five minutes,
    however fast it is typed, and never the timer of the client whose key is 5.
    """

    def take_key(self, event: events.Key) -> bool:
        """Do what the key stands for here; whether it stands for anything."""


@runtime_checkable
class KnowsCommands(Protocol):
    """The screen under all others, from which everything can be reached."""

    def commands_elsewhere(self) -> list[ClientRow]:
        """Its own commands, every setting, every client's terms."""

    def do_elsewhere(self, slug: str) -> None:
        """Do one of them, wherever the person is."""


_SAYS_SAMPLE = (ScreenName.MAIN, ScreenName.LOG, ScreenName.CALENDAR, ScreenName.SETTINGS, ScreenName.CLIENT)
"""The screens whose title tells an invented home; on all others the footer does."""


_ROOM_FOR_HINTS, _ROOM_FOR_BOTH = 24, 30
"""Lines of the terminal from which on a hint is shown, and from which on beside the whole footer."""


def _screen(named: str) -> "type[ActionScreen]":
    """The screen that a row of the table opens, loaded when it is first opened."""
    module, _, name = named.partition(":")
    found: type[ActionScreen] = getattr(import_module(f"clepsydra.tui.screens.{module}"), name)
    return found


class ActionScreen(Screen[None]):
    """A screen whose keys come from the table; a subclass says which it is (`SCREEN`), and has a method for each action
    but those that only open a screen."""

    SCREEN: ClassVar[ScreenName] = ScreenName.ANY

    # Textual would draw the whole screen anew; what looks otherwise with the keyboard than without asks for itself.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        # Actions mixed into several screens name no screen: the keys are those of the screen they are mixed into.
        keys = at(cls.SCREEN) if "SCREEN" in cls.__dict__ else ()
        bindings = [Binding(",".join(a.keys), f"do('{a.id}')", a.label, show=False, id=a.id) for a in keys]
        cls.BINDINGS = cast(list[BindingType], bindings)
        super().__init_subclass__(**kwargs)

    def on_screen_resume(self) -> None:
        """It is seen again: show the time it is."""
        self.tui.catch_up(self)

    def on_unmount(self) -> None:
        """What a screen had read is free by now: give it back once the next one stands."""
        self.app.call_after_refresh(give_back)

    @property
    def tui(self) -> BaseApp:
        """The app, typed."""
        return base_app_of(self.app)

    @property
    def ledger(self) -> Ledger:
        """The open ledger."""
        return self.tui.ledger

    @property
    def tr(self) -> Translator:
        """The person's language."""
        return self.tui.tr

    # -- what a subclass says

    def present(self) -> set[Needs]:
        """Which needs of actions are met now; a subclass adds its own."""
        met = set()
        if any(not c.own for c in self.ledger.catalogue.clients.values()):
            met.add(Needs.CLIENT)
        if history.next_undo(self.ledger):
            met.add(Needs.UNDO)
        if history.next_redo(self.ledger):
            met.add(Needs.REDO)
        return met

    def show_all(self) -> None:
        """Draw everything anew: the log, the terms or the language changed."""

    def tick(self, snapshot: Snapshot) -> None:
        """Draw what moves with the clock; not asked for while another screen fills the terminal."""

    def changed(self) -> None:
        """The log was changed here: show it."""
        self.tui.changed()

    # -- doing

    def action_do(self, id_: str) -> None:
        """Do an action, or say what stands against it."""
        action = BY_ID[id_]
        with self.telling():
            reason = why_not(action, self.present())
            if reason:
                self.say(reason, "warning")
                return
            if action.opens:
                self.app.push_screen(_screen(action.opens)())
            else:
                getattr(self, action.method)()
            self.used(id_)

    def used(self, id_: str) -> None:
        """A key was used: what hints at it may go."""
        if self.tui.hints.used(id_):
            self.run_worker(self.tui.hints.keep, thread=True, exit_on_error=False)  # a slow disk holds no key back
            if self.is_mounted:
                self._show_hint(self.present())

    def telling(self) -> AbstractContextManager[None]:
        """What the ledger or the disk refuses becomes a line on the screen; nothing is half done."""
        return self.tui.telling()

    def say(self, what: Message | str, severity: str = "information") -> None:
        """A short line to the person; text is text, never markup."""
        self.tui.tell(names.sentence(self.ledger, what, self.tr), severity, seconds=4)

    def ask(self, dialog: Any, then: Callable[[Any], object]) -> None:
        """Open a dialog and go on with its answer, unless it was escaped."""

        def answered(answer: Any) -> None:
            if answer is not None:
                with self.telling():
                    then(answer)
                with self.telling():
                    self.changed()

        self.app.push_screen(dialog, answered)

    # -- the footer

    def refresh_bar(self) -> None:
        """Draw the footer: labels in the person's language, dimmed where something stands against them."""
        met = self.present()
        keymap = self.tui.keymap
        chosen = sorted((a for a in at(self.SCREEN) if a.footer), key=lambda a: a.footer)
        entries = [BarEntry(keymap.shown(a), self.tr.t(a.label), why_not(a, met) is None, a.id) for a in chosen]
        if self.tui.sample and self.SCREEN not in _SAYS_SAMPLE:
            entries.insert(0, BarEntry(self.tr.t("sample"), ""))
        self.query_one(ActionBar).show(entries)
        self._show_hint(met)

    def _show_hint(self, met: Container[Needs]) -> None:
        """One line over the footer while there is something to learn; a low screen gives a line of the footer for it,
        the smallest none.
        """
        height, bar = self.app.size.height, self.query_one(ActionBar)
        on = self.tui.catalogue.settings.hints and height >= _ROOM_FOR_HINTS
        hint = self.tui.hints.at(self.SCREEN, met) if on else None
        bar.give_way(hint is not None and height < _ROOM_FOR_BOTH)
        line = next(iter(self.query(HintLine)), None)
        if hint is None:
            if line:
                line.remove()
            return
        if line is None:
            line = HintLine()
            self.mount(line)  # the last above the footer, which is docked
        line.show(self.tr.t(hint.words))

    def on_action_bar_pressed(self, event: ActionBar.Pressed) -> None:
        """A click on the footer does the action; on the keys of a question it is that key."""
        event.stop()
        if event.entry.action:
            self.action_do(event.entry.action)
        else:
            self.app.post_message(event.entry.event())

    def press_digit(self, digit: str) -> bool:
        """Do what a digit does here, pressed on a keyboard that gives it only with shift; whether it does anything."""
        if isinstance(self, TakesKeys) and self.take_key(events.Key(digit, digit)):
            return True
        found = next((a for a in at(self.SCREEN) if digit in self.tui.keymap.of(a)), None)
        if found is not None:
            self.action_do(found.id)
        return found is not None

    # -- actions of all screens

    def do_history_undo(self) -> None:
        """Undo the last change."""
        done = history.undo(self.ledger, self.tui.home)
        self.say(self.tr.t("undone: {what}", what=names.said(self.ledger, done, self.tr)))
        self.changed()

    def do_history_redo(self) -> None:
        """Redo what was undone."""
        done = history.redo(self.ledger, self.tui.home)
        self.say(self.tr.t("done again: {what}", what=names.said(self.ledger, done, self.tr)))
        self.changed()

    def do_app_help(self) -> None:
        """Every key of this screen."""
        from clepsydra.tui.screens.help import Help

        self.app.push_screen(Help(self.SCREEN))

    def do_app_palette(self) -> None:
        """Find an action by its name or by what it does."""
        from clepsydra.tui.actions import commands

        tr = self.tr
        rows = [commands.row(a, self.tui) for a in at(self.SCREEN) if a.id != "app.palette"]
        own = {row.slug for row in rows}
        elsewhere = next((each for each in self.app.screen_stack if isinstance(each, KnowsCommands)), None)
        if elsewhere is not None:
            rows += [row for row in elsewhere.commands_elsewhere() if row.slug.removeprefix("in:") not in own]

        def chosen(slug: str) -> None:
            if slug in own or elsewhere is None:
                self.action_do(slug)
            else:
                elsewhere.do_elsewhere(slug)

        self.ask(Picker(tr.t("Commands"), rows, tr.t("type a few letters"), tr.t("no such command")), chosen)

    def do_app_theme(self) -> None:
        """Choose the colours."""
        from clepsydra.tui.actions.preferences import ask_theme

        ask_theme(self.tui, self.tui.library.themes)

    def do_app_evidence(self) -> None:
        """Choose how calls are noticed."""
        from clepsydra.tui.actions.preferences import ask_evidence

        ask_evidence(self.tui)

    def do_app_back(self) -> None:
        """Leave this screen for the one under it."""
        if len(self.app.screen_stack) > 2:
            self.app.pop_screen()

    def do_app_quit(self) -> None:
        """Close the program."""
        self.app.exit()

    def do_app_suspend(self) -> None:
        """Put the program aside; `fg` of the shell brings it back."""
        self.app.action_suspend_process()

    def do_app_exit(self) -> None:
        """Close the program from a screen that is left by `app.back`."""
        self.do_app_quit()
