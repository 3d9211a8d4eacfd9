"""The log: every session of all years, to leaf through, search, filter and mend."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Label, Static

from clepsydra.domain.records import dataclass
from clepsydra.domain.session import OWN, Session
from clepsydra.ledger import log
from clepsydra.ledger.ledger import DISK_ERRORS
from clepsydra.ledger.live.figures import Snapshot
from clepsydra.ledger.log import LogPages, LogReading, LogTotals, Search
from clepsydra.tui.actions.cutting import CuttingActions
from clepsydra.tui.actions.log_choice import LogChoice
from clepsydra.tui.actions.log_filters import LogFilters, SearchLine
from clepsydra.tui.actions.sessions import SessionActions
from clepsydra.tui.at_rest import AtRest
from clepsydra.tui.keys.dispatch import ActionScreen
from clepsydra.tui.keys.table import Needs, ScreenName
from clepsydra.tui.present import log as present_log
from clepsydra.tui.present import main as present
from clepsydra.tui.present import session as present_session
from clepsydra.tui.present.log import LogRows
from clepsydra.tui.widgets.action_bar import ActionBar
from clepsydra.tui.widgets.drawing import in_lines, one_line
from clepsydra.tui.widgets.lines import Lines
from clepsydra.tui.widgets.log_table import LogTable
from clepsydra.tui.widgets.panel import Panel

SETTLING = 0.3
"""Seconds after a change before sums are read anew."""


class LogScreen(LogFilters, LogChoice, CuttingActions, SessionActions, ActionScreen):
    """Every session, newest first."""

    SCREEN = ScreenName.LOG
    CSS = """
    LogScreen { layout: vertical; }
    LogScreen #log-panel { height: 1fr; }
    LogScreen #search-row { height: 1; display: none; padding: 0 1; }
    LogScreen #search-row.-shown { display: block; }
    LogScreen #search-row Label { width: 2; color: $key; }
    LogScreen #search-row Input { width: 1fr; background: $track; }
    LogScreen #session-panel { height: 6; }
    LogScreen.-tall #session-panel { height: 9; }
    LogScreen #facts { height: 2; }
    LogScreen #note-scroll { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
    LogScreen #note { height: auto; width: 100%; }
    LogScreen ActionBar { height: 2; }
    """
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]  # noqa: RUF012 (Textual's own declaration)

    @dataclass
    class Found(Message):
        """The reading thread has places: the newest ones, or all."""

        reading: LogReading
        pages: LogPages

    @dataclass
    class Summed(Message):
        """The reading thread has added up how long the sessions lasted."""

        reading: LogReading
        worked: LogTotals

    @dataclass
    class Failed(Message):
        """The reading thread could not read."""

        error: Exception

    def __init__(self, search: Search | None = None) -> None:
        """What is looked for at first; everything without."""
        super().__init__()
        self.search = search or Search()
        self.chosen: dict[str, Session] = {}
        self._worked: LogTotals | None = None
        self._reading: LogReading | None = None
        self._sums = AtRest(self, self._sum_again, SETTLING)
        self._shown_note: str | None = None
        self._added: Session | None = None

    # -- what is seen

    def compose(self) -> ComposeResult:
        """The list over the session it stands on."""
        yield Lines(id="title")
        with Panel(id="log-panel"):
            with Horizontal(id="search-row"):
                yield Label("/")
                yield SearchLine(id="search", compact=True, select_on_focus=False)
            yield LogTable(present_log.columns(self.app.size.width, self.tr), id="rows")
        with Panel(id="session-panel"):
            yield Lines(id="facts")
            with VerticalScroll(id="note-scroll"):
                yield Static(id="note")
        yield ActionBar()

    def on_mount(self) -> None:
        """The newest sessions at once, the rest while they are looked at."""
        self.pages = log.newest(self.ledger, self.search)
        self.table.focus()
        self._show_rows(0)
        self.tick(self.tui.snapshot())
        self.call_after_refresh(self._read)

    def on_unmount(self) -> None:
        """A search still under way is of no use any more, nor is what was found."""
        if self._reading:
            self._reading.cancel()
        if hasattr(self, "pages"):  # not where the disk refused the first of them
            self.pages.let_go()

    @property
    def table(self) -> LogTable:
        return self.query_one("#rows", LogTable)

    def show_all(self) -> None:
        """The log, the terms or the language changed: take it in, and stay on the same session."""
        before = self._added or self.target_session()
        keep_line, self._added = self._added is None, None
        self.keep_choice()
        if self.pages.catch_up():
            self._sums.soon()
        self._show_rows(self._index_of(before), keep_line=keep_line)

    def _show_rows(self, cursor: int, *, keep_line: bool = False) -> None:
        tr, table, width = self.tr, self.table, self.app.size.width
        searching = self._reading is not None and not self.pages.complete
        table.say_nothing(tr.t("searching…") if searching else present_log.nothing_words(self.search, tr))
        table.set_columns(present_log.columns(width, tr))
        source = LogRows(self.ledger, tr, self.pages, self.chosen, brief=width < present_log.BRIEF)
        if keep_line:
            table.show_at(source, cursor)
        else:
            table.show(source, cursor)
        self.query_one("#session-panel").display = bool(len(self.pages))
        if not len(self.pages):
            self._show_session(None)
        self._head(self.tui.snapshot())
        self.refresh_bar()

    def _head(self, snapshot: Snapshot) -> None:
        panel, tr = self.query_one("#log-panel", Panel), self.tr
        panel.entitle(Content(one_line(present_log.looked_for(self.search, self.ledger, tr))))
        searching = self._reading is not None and not self.pages.complete
        found, own = len(self.pages), self.ledger.settings.currency
        words = present_log.comes_to(
            self.search, found, self._worked, snapshot, own, panel.room, tr, searching=searching
        )  # fmt: skip
        if self.chosen:
            words = present_log.choice_words(self.chosen.values(), self.ledger, snapshot.now, tr)
        panel.foot(Content(words))

    def choice_changed(self) -> None:
        """Say what the choice comes to."""
        self._head(self.tui.snapshot())
        self.refresh_bar()

    def tick(self, snapshot: Snapshot) -> None:
        """The time of day, the length of what runs, and the sums with it."""
        title = present.title(snapshot.now, self.ledger.zone, self.tr, (), sample=self.tui.sample)
        self.query_one("#title", Lines).show([title])
        chosen = self.table.selected
        for run in snapshot.running:
            index = self.pages.index_of(run.session)
            if index is not None:
                self.table.update_row(index)
                if chosen and chosen.id == run.session.id:
                    self._show_session(run.session)
        if snapshot.running:
            self._head(snapshot)

    @on(LogTable.Highlighted)
    def _highlighted(self) -> None:
        self._show_session(self.target_session())

    def _show_session(self, session: Session | None) -> None:
        tr, ledger = self.tr, self.ledger
        facts, note, where = [], "", ""
        if session:
            where = present_session.place_label(session.client, session.project, ledger.catalogue.clients, tr)
            number = log.statement_number(ledger, session)
            late = ledger.settings.late_after
            facts = present_session.facts(session, number, ledger.now, ledger.zone, late, tr)
            note = session.note
        self.query_one("#session-panel", Panel).entitle(Content(one_line(where)))
        self.query_one("#facts", Lines).show(facts)
        if note != self._shown_note:
            self._shown_note = note
            self.query_one("#note", Static).update(Content(in_lines(note)))
            self.query_one("#note-scroll").scroll_home(animate=False)

    # -- reading

    def look_for(self, search: Search) -> None:
        """Search anew; what is shown stays until something is found."""
        if search != self.search:
            self.search = search
            self._read()

    def _read(self) -> None:
        self._worked = None
        self._begin(LogReading(self.ledger, self.search))
        self._head(self.tui.snapshot())

    def _begin(self, reading: LogReading) -> None:
        if self._reading:
            self._reading.cancel()
        self._reading = reading
        self.run_worker(lambda: self._run(reading), thread=True, exit_on_error=False)

    def _run(self, reading: LogReading) -> None:
        """In a thread: it only tells."""
        try:
            reading.run(
                lambda pages: self.post_message(self.Found(reading, pages)),
                lambda worked: self.post_message(self.Summed(reading, worked)),
            )
        except DISK_ERRORS as error:
            self.post_message(self.Failed(error))

    @on(Failed)
    def _failed(self, event: Failed) -> None:
        with self.telling():
            raise event.error

    @on(Found)
    def _found(self, event: Found) -> None:
        if event.reading is not self._reading:
            return
        before = self.target_session()
        again = self.pages.search == event.pages.search
        self.pages = event.pages
        self.pages.catch_up()
        if again or not self.search.text:
            self._show_rows(self._index_of(before), keep_line=again)
        else:
            self._show_rows(0)

    @on(Summed)
    def _summed(self, event: Summed) -> None:
        if event.reading is self._reading:
            self._worked = event.worked
            self._head(self.tui.snapshot())

    def _sum_again(self) -> None:
        """Unless the places are still being read and the sums follow them."""
        if self.pages.complete:
            self._begin(LogReading(self.ledger, self.search, positions_known=True))

    def _index_of(self, session: Session | None) -> int:
        """Where a session stands now; the same line as before where it is gone."""
        index = self.pages.index_of(session) if session else None
        return self.table.cursor if index is None else index

    # -- what can be done

    def session_added(self, session: Session) -> None:
        """Go to it once it is in the list."""
        self._added = session

    def present(self) -> set[Needs]:
        """Adds the session under the cursor."""
        return super().present() | ({Needs.SESSION} if self.target_session() else set())

    def target_session(self) -> Session | None:
        """The session under the cursor, as the log has it now."""
        row = self.table.selected
        return log.session_now(self.ledger, row.id) if row and row.id else None

    def current_client(self) -> str:
        """Whose a new session is at first: of the client looked at, else like the session under the cursor."""
        session = self.target_session()
        known = self.ledger.catalogue.clients
        wished = (self.search.client, session.client if session else "", *known)
        return next(slug for slug in wished if slug in known and (slug != OWN or len(known) == 1))

    @on(Input.Changed, "#search")
    def _search_typed(self) -> None:
        self.typing.soon()

    @on(LogTable.Selected)
    def _chosen(self) -> None:
        self.action_do("log.edit")

    do_log_agree = SessionActions.do_session_agree
    do_log_add = SessionActions.do_session_add
    do_log_split = CuttingActions.do_session_split
    do_log_join = CuttingActions.do_session_join
