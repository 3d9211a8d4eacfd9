"""The ways from the main screen to the others; each screen is loaded when it is first opened."""

from clepsydra.language.message import Message, message
from clepsydra.ledger.failures import explained_copy
from clepsydra.ledger.ledger import DISK_ERRORS, Refused
from clepsydra.tui.editor import open_in_editor
from clepsydra.tui.keys.dispatch import ActionScreen
from clepsydra.tui.keys.table import BY_ID, Needs
from clepsydra.tui.widgets.client_list import ClientRow


class Navigation(ActionScreen):
    """Mixed into the main screen, which says which client is meant (`current_client`)."""

    def current_client(self) -> str:
        """The client that a statement is for at first."""
        raise NotImplementedError

    # -- what the palette of every screen knows

    def commands_elsewhere(self) -> list[ClientRow]:
        """Everything that can be done, set or opened."""
        from clepsydra.tui.actions import commands

        return commands.elsewhere(self.tui)

    def do_elsewhere(self, slug: str) -> None:
        """Come back to this screen, and do it from here."""
        while self.app.screen is not self:
            self.app.pop_screen()
        kind, _, name = slug.partition(":")
        if kind == "set":
            from clepsydra.tui.screens.settings import SettingsScreen

            self.app.push_screen(SettingsScreen(name))
        elif kind == "of":
            from clepsydra.tui.screens.client import ClientScreen

            self.app.push_screen(ClientScreen(name))
        elif kind == "file":
            open_in_editor(self.tui, self.tui.home.path / name)
        elif kind == "in":
            self._do_there(name)
        else:
            self.action_do(slug)

    def _do_there(self, id_: str) -> None:
        """Open the screen of an action, and do it there unless it is about something that must be chosen first."""
        from clepsydra.tui.actions.commands import WAYS

        action = BY_ID[id_]
        steps = [*WAYS[action.screen], *([id_] if action.needs in (Needs.NOTHING, Needs.CLIENT) else [])]

        def step() -> None:
            screen = self.app.screen
            if steps and isinstance(screen, ActionScreen):
                screen.action_do(steps.pop(0))
                self.app.call_after_refresh(step)

        step()

    def do_app_backup(self) -> None:
        """A checked copy of the log, made beside the work."""
        self.run_worker(self._back_up, thread=True, exit_on_error=False)

    def _back_up(self) -> None:
        from clepsydra.ledger import safekeeping

        said: Message | str
        try:
            said = message(
                "the log was copied to {file}", file=str(safekeeping.back_up(self.tui.home, self.ledger.clock))
            )
        except Refused as refused:
            said = refused.message
        except DISK_ERRORS as error:
            said = explained_copy(error)
        self.app.call_from_thread(self.say, said)

    def do_go_day(self) -> None:
        """Reconcile today."""
        from clepsydra.tui.screens.day import DayScreen

        self.app.push_screen(DayScreen(self.ledger.today))

    def do_go_calendar(self) -> None:
        """The week as a calendar."""
        from clepsydra.tui.screens.calendar import CalendarScreen

        self.app.push_screen(CalendarScreen(self.ledger.today))

    def do_go_statements(self) -> None:
        """Preview and issue statements."""
        from clepsydra.tui.screens.statement import Statements

        self.app.push_screen(Statements(self.current_client()))
