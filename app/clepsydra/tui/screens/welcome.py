"""The first screen of an empty home: what this is, and the ways to begin."""

from typing import ClassVar
from zoneinfo import available_timezones

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import Screen

from clepsydra.language.shown import TABLES
from clepsydra.ledger import demo
from clepsydra.ledger.ledger import DISK_ERRORS
from clepsydra.settings.edit import edit_settings
from clepsydra.tui.base_app import BaseApp, base_app_of
from clepsydra.tui.widgets.clepsydra_vessel import ClepsydraVessel, VesselView
from clepsydra.tui.widgets.client_list import ClientList, ClientRow
from clepsydra.tui.widgets.prose import Prose

_LANGUAGES = {lang: shown.name for lang, shown in TABLES.items()}


def _next_language(lang: str) -> str:
    """The language after this one, and the first one after the last."""
    known = list(_LANGUAGES)
    return known[(known.index(lang) + 1) % len(known)]


class Welcome(Screen[str | None]):
    """Offers the first client, the history in another program, the sample home, language and time zone.

    Dismisses with the new client's slug, with an empty one after work was brought in.
    """

    DEFAULT_CSS = """
    Welcome { align: center middle; }
    Welcome > Vertical { width: 72; max-width: 96%; height: auto; }
    Welcome ClepsydraVessel { height: 8; margin: 0 0 1 0; }
    Welcome ClientList { height: 6; }
    Welcome #about { height: 2; margin: 1 0 0 0; width: 100%; color: $muted; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+q", "quit", show=False)]

    @property
    def tui(self) -> BaseApp:
        """The app, typed."""
        return base_app_of(self.app)

    def compose(self) -> ComposeResult:
        """A half-full vessel with two sentences, the choices, a line about the one under the cursor."""
        with Vertical():
            yield ClepsydraVessel()
            yield ClientList(id="choices")
            yield Prose(id="about")

    def on_mount(self) -> None:
        """Say everything, and wait for a key."""
        self._busy = False
        self._show()
        self.query_one(ClientList).focus()

    def _show(self) -> None:
        tr = self.tui.tr
        lines = (
            ("Clepsydra", "heading"),
            ("", "foreground"),
            (tr.t("Times your work, calls and messages to the second,"), "foreground"),
            (tr.t("and shows what you would otherwise give away."), "foreground"),
        )
        self.query_one(ClepsydraVessel).show(VesselView(0.55, lines=lines))
        language = _LANGUAGES[tr.lang]
        other = _LANGUAGES[_next_language(tr.lang)]
        zone = self.tui.catalogue.settings.time_zone.key
        rows = [
            ClientRow("new", tr.t("Create the first client"), "n"),
            ClientRow("history", tr.t("Bring your history: Toggl, Clockify, Harvest, a calendar, …"), "i"),
            ClientRow("sample", tr.t("Look around in a sample home"), "s"),
            ClientRow("language", f"{language} → {other}", "l"),
            ClientRow("zone", tr.t("Time zone: {zone}", zone=zone), "z"),
            ClientRow("quit", tr.t("Quit"), "q"),
        ]
        self.query_one(ClientList).set_rows(rows)
        self._say_about(self.query_one(ClientList).selected)

    @on(ClientList.Highlighted)
    def _moved(self, event: ClientList.Highlighted) -> None:
        self._say_about(event.row)

    def _say_about(self, row: ClientRow | None) -> None:
        tr = self.tui.tr
        about = {
            "new": tr.t("A name and a rate are enough. Your clients are files in {folder}.",
                        folder=str(self.tui.home.clients_dir)),
            "history": tr.t("A file of the program you come from: you see first what is in it, and say which of it is "
                            "billed already."),
            "sample": tr.t("A year of an invented practice, in a folder of its own that goes when you leave: nothing "
                           "there is yours, so nothing can go wrong."),
            "language": tr.t("The language of the screens; each client has its own for documents."),
            "zone": tr.t("Decides when your days begin and end."),
            "quit": tr.t("You can begin at any time."),
        }  # fmt: skip
        if not self._busy:
            self.query_one("#about", Prose).show(about[row.slug] if row else "")

    # -- choosing

    def on_key(self, event: events.Key) -> None:
        """A choice's own key chooses it."""
        for row in self.query_one(ClientList).shown:
            if row.key == event.character:
                event.stop()
                self.query_one(ClientList).select(row.slug)
                self._choose(row.slug)

    @on(ClientList.Selected)
    def _chosen(self, event: ClientList.Selected) -> None:
        self._choose(event.row.slug)

    def _choose(self, what: str) -> None:
        if self._busy:
            return
        if what == "new":
            self._new_client()
        elif what == "history":
            self._bring_history()
        elif what == "sample":
            self._open_sample()
        elif what == "language":
            self._set({"language": _next_language(self.tui.tr.lang)})
        elif what == "zone":
            self._pick_zone()
        else:
            self.app.exit()

    def _new_client(self) -> None:
        from clepsydra.tui.screens.client_form import ClientForm

        def created(slug: str | None) -> None:
            if slug:
                self.dismiss(slug)

        self.app.push_screen(ClientForm(), created)

    def _bring_history(self) -> None:
        from clepsydra.tui.bring_in import bring_in

        bring_in(self.tui, lambda: self.dismiss(""))

    def _pick_zone(self) -> None:
        from clepsydra.tui.dialogs import Picker

        tr = self.tui.tr
        rows = [ClientRow(slug=zone, name=zone) for zone in sorted(available_timezones())]

        def picked(zone: str | None) -> None:
            if zone:
                self._set({"time_zone": zone})

        self.app.push_screen(Picker(tr.t("Time zone"), rows, tr.t("type a city"), tr.t("no such time zone")), picked)

    def _set(self, changes: dict[str, object]) -> None:
        try:
            edit_settings(self.tui.home, changes)
        except DISK_ERRORS as error:
            self.notify(str(error), severity="error", markup=False)
            return
        if "language" in changes:
            self.tui.follow_settings_language()
        self.tui.reload_files()
        self._show()

    # -- the sample home

    def _open_sample(self) -> None:
        self._busy = True
        self.query_one("#about", Prose).show(self.tui.tr.t("Inventing a year of work …"))
        self.run_worker(self._build_sample, thread=True, exit_on_error=False)

    def _build_sample(self) -> None:
        """In a thread: the folder is its own, so nothing of this home is touched."""
        tui = self.tui
        try:
            visit = demo.visit_demo(tui.environment, tui.ledger.now, tui.tr.lang)
        except DISK_ERRORS as error:
            tui.call_from_thread(self._failed, str(error))
        else:
            tui.call_from_thread(tui.leave_for_sample, visit)

    def _failed(self, words: str) -> None:
        self._busy = False
        self.notify(words, severity="error", markup=False)
        self._show()
