"""What the log shows: searching while it is typed, one client, what is unbilled, a day to go to."""

from functools import cached_property
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from clepsydra.domain.records import replace
from clepsydra.language import formats, typed
from clepsydra.ledger import log
from clepsydra.ledger.log import Search
from clepsydra.ledger.log_search import line_of, on_names, search_of
from clepsydra.settings.edit import EditRefused, edit_settings
from clepsydra.tui.actions.log_choice import LogChoice
from clepsydra.tui.at_rest import AtRest
from clepsydra.tui.dialogs import Picker, Prompt
from clepsydra.tui.keys.dispatch import ActionScreen
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


class LogFilters(LogChoice, ActionScreen):
    """Mixed into the log, which shows `pages` of its `search` in a `table` and can `look_for` something else."""

    search: Search

    def look_for(self, search: Search) -> None:
        """Search anew."""
        raise NotImplementedError

    def do_log_search(self) -> None:
        """Type what to look for."""
        self.query_one("#search-row").add_class("-shown")
        self.query_one("#search", Input).focus()

    @cached_property
    def typing(self) -> AtRest:
        """Looks for the text of the search line once no more of it is typed."""
        return AtRest(self, lambda: self._search_text(self.query_one("#search", Input).value.strip()), TYPING_PAUSE)

    def _search_text(self, text: str) -> None:
        self.look_for(self._named(replace(self.search, text=text)))

    def _named(self, search: Search) -> Search:
        return on_names(self.ledger, search, self.tr)

    def do_app_back(self) -> None:
        """First the choice goes, then the search, then the filters, then the screen."""
        row, line = self.query_one("#search-row"), self.query_one("#search", Input)
        if self.chosen:
            self.let_go()
        elif row.has_class("-shown"):
            row.remove_class("-shown")
            self.table.focus()
            line.value = ""
            self._search_text("")
        elif not self.search.plain:
            self.look_for(Search())
        else:
            super().do_app_back()

    def do_log_client(self) -> None:
        """One client, or all again."""
        if self.search.client:
            self.look_for(replace(self.search, client="", project=""))
            return
        tr, known = self.tr, self.ledger.catalogue.clients
        keys = {slug: key for key, slug in self.tui.client_keys().items()}
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

    def do_log_filter(self) -> None:
        """Days, client, channel, scope, state, text and order, in one form."""
        from clepsydra.tui.screens.log_filter import FilterForm

        form = FilterForm(self.search, self.tr.t("Filter the log"), self.tr.t("every client"))
        self.ask(form, lambda search: self.look_for(self._named(search)))

    def do_log_kept(self) -> None:
        """Go to a filter that was kept, keep this one, or forget it."""
        tr, kept, line = self.tr, self.ledger.settings.filters, line_of(self.search)
        rows = [ClientRow(slug=f"={name}", name=name, contract=text) for name, text in kept.items()]
        if line in kept.values():
            rows.append(ClientRow(slug="-", name=tr.t("forget the filter that is shown")))
        elif line:
            rows.append(ClientRow(slug="+", name=tr.t("keep what is shown as a filter")))
        hint = tr.t("type a few letters")
        nothing = tr.t("no filter is kept: {press[log.filter]} filters, then keep it here")
        self.ask(Picker(tr.t("Kept filters"), rows, hint, nothing), self._kept_answered)

    def _kept_answered(self, answer: str) -> None:
        kept, line = self.ledger.settings.filters, line_of(self.search)
        if answer == "+":
            title, hint = (
                self.tr.t("Keep the filter"),
                self.tr.t("its name; the settings file holds it as: {line}", line=line),
            )
            self.ask(Prompt(title, hint), lambda name: self._keep_filter(name, line))
        elif answer == "-":
            name = next(name for name, text in kept.items() if text == line)
            self._keep_filter(name, None)
        else:
            self.look_for(self._named(search_of(self.ledger, kept[answer[1:]])))

    def _keep_filter(self, name: str, line: str | None) -> None:
        plain = " ".join(name.replace('"', "").replace("\\", "").split())
        if not plain:
            return
        try:
            edit_settings(self.tui.home, {f'filters."{plain}"': line})
        except EditRefused as refused:
            self.say(refused.problems[0].text(self.tr), "error")
            return
        self.tui.reload_files()

    def do_log_date(self) -> None:
        """Go to a day, its number of sessions said while it is typed."""
        settings, tr = self.ledger.settings, self.tr

        def bounds(text: str) -> tuple[str, int, int]:
            day = typed.parse_day(text, self.ledger.now, settings.time_zone, settings.day_starts_at)
            span = self.ledger.own_bounds(day)
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
