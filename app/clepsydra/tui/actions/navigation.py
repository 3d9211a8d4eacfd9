"""The ways from the main screen to the others; each screen is loaded when it is first opened."""

from clepsydra.tui.action_screen import ActionScreen


class Navigation(ActionScreen):
    """Mixed into the main screen, which says which client is meant (`current_client`)."""

    def current_client(self) -> str:
        """The client that a statement is for at first."""
        raise NotImplementedError

    def do_go_calls(self) -> None:
        """Decide about the calls that were noticed."""
        from clepsydra.tui.screens.happened import HappenedScreen

        self.app.push_screen(HappenedScreen())

    def do_go_log(self) -> None:
        """Browse every session."""
        from clepsydra.tui.screens.log import LogScreen

        self.app.push_screen(LogScreen())

    def do_go_day(self) -> None:
        """Reconcile today."""
        from clepsydra.tui.screens.day import Reconcile

        self.app.push_screen(Reconcile(self.ledger.today))

    def do_go_leaks(self) -> None:
        """Where time and money went."""
        from clepsydra.tui.screens.leaks import Leaks

        self.app.push_screen(Leaks())

    def do_go_calendar(self) -> None:
        """The week as a calendar."""
        from clepsydra.tui.screens.calendar import CalendarScreen

        self.app.push_screen(CalendarScreen(self.ledger.today))

    def do_go_rounding(self) -> None:
        """What rounding takes and gives, column by column."""
        from clepsydra.tui.screens.rounding import Rounding

        self.app.push_screen(Rounding())

    def do_go_settings(self) -> None:
        """Look at the settings and change them."""
        from clepsydra.tui.screens.settings import SettingsScreen

        self.app.push_screen(SettingsScreen())

    def do_go_statements(self) -> None:
        """Preview and issue statements."""
        from clepsydra.tui.screens.statement import Statements

        self.app.push_screen(Statements(self.current_client()))

    def do_go_money(self) -> None:
        """Draft and issue invoices, see what is open."""
        from clepsydra.tui.screens.money import MoneyScreen

        self.app.push_screen(MoneyScreen())
