"""The ways from the main screen to the others; each screen is loaded when it is first opened."""

from clepsydra.tui.action_screen import ActionScreen
from clepsydra.tui.actions.table import Place, at
from clepsydra.tui.present.settings import FIELDS
from clepsydra.tui.widgets.client_list import ClientRow


class Navigation(ActionScreen):
    """Mixed into the main screen, which says which client is meant (`current_client`)."""

    def current_client(self) -> str:
        """The client that a statement is for at first."""
        raise NotImplementedError

    # -- what the palette of every screen knows

    def commands_elsewhere(self) -> list[ClientRow]:
        """The commands of this screen, every setting, every client's terms."""
        tr, keymap = self.tr, self.tui.keymap
        rows = [
            ClientRow(slug=a.id, name=f"{tr.t(a.label)} · {tr.t(a.help)}", age=keymap.shown(a))
            for a in at(Place.MAIN)
            if a.place is Place.MAIN
        ]
        settings = [field for _, fields in FIELDS for field in fields]
        for each in settings:
            names = (tr.t(text) for text in ("Settings", each.words, each.hint) if text)
            rows.append(ClientRow(slug=f"set:{each.key}", name=" · ".join(names)))
        clients = (client for client in self.ledger.catalogue.clients.values() if not client.own)
        terms = tr.t("rates, rounding, agreement, address, projects")
        return [*rows, *(ClientRow(slug=f"of:{c.slug}", name=f"{c.name} · {terms}") for c in clients)]

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
        else:
            self.action_do(slug)

    def do_go_day(self) -> None:
        """Reconcile today."""
        from clepsydra.tui.screens.day import Reconcile

        self.app.push_screen(Reconcile(self.ledger.today))

    def do_go_calendar(self) -> None:
        """The week as a calendar."""
        from clepsydra.tui.screens.calendar import CalendarScreen

        self.app.push_screen(CalendarScreen(self.ledger.today))

    def do_go_statements(self) -> None:
        """Preview and issue statements."""
        from clepsydra.tui.screens.statement import Statements

        self.app.push_screen(Statements(self.current_client()))
