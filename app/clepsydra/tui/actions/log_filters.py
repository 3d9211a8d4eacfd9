"""What the log shows: searching while it is typed, one client, what is unbilled, a day to go to."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.timer import Timer
from textual.widgets import Input

from clepsydra.domain.civil import day_bounds
from clepsydra.domain.records import replace
from clepsydra.language import formats, typed
from clepsydra.language.folding import folded
from clepsydra.ledger import log
from clepsydra.ledger.log import LogPages, Search
from clepsydra.settings.client_keys import client_keys
from clepsydra.tui.action_screen import ActionScreen
from clepsydra.tui.dialogs import Picker, Prompt
from clepsydra.tui.present import main as present
from clepsydra.tui.widgets.client_list import ClientRow
from clepsydra.tui.widgets.log_table import LogTable

TYPING_PAUSE = 0.15
"""Seconds without a key after which a search begins."""


class SearchLine(Input):
    """The line a search is typed in; the arrows go on to what was found."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("down,enter", "found", show=False)]

    def action_found(self) -> None:
        """To the list."""
        self.screen.query_one(LogTable).focus()


class LogFilters(ActionScreen):
    """Mixed into the log, which shows `pages` of its `search` in a `table` and can `look_for` something else."""

    search: Search
    pages: LogPages
    _typing: Timer | None = None

    @property
    def table(self) -> LogTable:
        """The list."""
        raise NotImplementedError

    def look_for(self, search: Search) -> None:
        """Search anew."""
        raise NotImplementedError

    def do_log_search(self) -> None:
        """Type what to look for."""
        self.query_one("#search-row").add_class("-shown")
        self.query_one("#search", Input).focus()

    def search_typed(self, text: str) -> None:
        """Look for a text once no more of it is typed."""
        if self._typing:
            self._typing.stop()
        self._typing = self.set_timer(TYPING_PAUSE, lambda: self._search_text(text.strip()))

    def _search_text(self, text: str) -> None:
        clients = self.ledger.catalogue.clients.values()
        wanted = folded(text)
        named = tuple(c.slug for c in clients if text and wanted in folded(present.client_name(c, self.tr)))
        self.look_for(replace(self.search, text=text, named=named))

    def do_app_back(self) -> None:
        """First the search goes, then the filters, then the screen."""
        row, line = self.query_one("#search-row"), self.query_one("#search", Input)
        if row.has_class("-shown"):
            row.remove_class("-shown")
            self.table.focus()
            line.value = ""
            self._search_text("")
        elif not self.search.everything:
            self.look_for(Search())
        else:
            super().do_app_back()

    def do_log_client(self) -> None:
        """One client, or all again."""
        if self.search.client:
            self.look_for(replace(self.search, client="", project=""))
            return
        tr, known = self.tr, self.ledger.catalogue.clients
        keys = {slug: key for key, slug in client_keys(known.values(), set()).items()}
        rows = [
            ClientRow(slug=slug, name=present.client_label(slug, known, tr), key=keys.get(slug, ""))
            for slug in log.clients(self.ledger)
        ]
        hint = tr.t("type a name, or press a key")
        picker = Picker(tr.t("Show one client"), rows, hint, tr.t("no client of that name"))
        self.ask(picker, lambda slug: self.look_for(replace(self.search, client=slug)))

    def do_log_unbilled(self) -> None:
        """Only what is not billed, or all again."""
        self.look_for(replace(self.search, unbilled=not self.search.unbilled))

    def do_log_date(self) -> None:
        """Go to a day, its number of sessions said while it is typed."""
        settings, tr = self.ledger.settings, self.tr

        def bounds(text: str) -> tuple[str, int, int]:
            day = typed.parse_day(text, self.ledger.now, settings.time_zone, settings.day_starts_at)
            span = day_bounds(day, settings.time_zone, settings.day_starts_at)
            return formats.date(day, tr.lang, "full"), span.started_at, span.ended_at

        def check(text: str) -> tuple[bool, str]:
            if not text.strip():
                return False, ""
            try:
                day, since, until = bounds(text)
            except typed.NotUnderstood as wrong:
                return False, wrong.text(tr)
            count = self.pages.count_between(since, until)
            return True, tr.n("{day}: {count} session", "{day}: {count} sessions", count, day=day)

        def go(text: str) -> None:
            _, _, until = bounds(text)
            self.table.cursor = self.pages.index_before(until)

        self.ask(Prompt(tr.t("Go to a day"), tr.t("yesterday · mon · 2/11 · 2026-11-02"), "", check), go)
