"""The main screen: who is billed, what runs, how the day went, what waits to be billed."""

from dataclasses import replace

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content

from clepsydra.domain.session import Session
from clepsydra.domain.terms import Client
from clepsydra.ledger import timers
from clepsydra.ledger.day import Day, day_of
from clepsydra.ledger.live import Snapshot
from clepsydra.tui import present, present_day, present_figures
from clepsydra.tui.actions import Needs, Place
from clepsydra.tui.base import ActionScreen
from clepsydra.tui.sessions import SessionActions
from clepsydra.tui.widgets.action_bar import ActionBar
from clepsydra.tui.widgets.big_time import BigTime
from clepsydra.tui.widgets.client_list import ClientList, ClientRow
from clepsydra.tui.widgets.lines import Lines, Word
from clepsydra.tui.widgets.log_table import Column, LogTable, TableRow
from clepsydra.tui.widgets.scope_bar import ScopeBar
from clepsydra.tui.widgets.timeline import DayBar

_COLUMNS = (
    Column("", 11),
    Column("", 8, align="right"),
    Column("", 10, share=1),
    Column("", 12, share=3, drop=1),
    Column("", 10, share=1, drop=2),
)


class _Rows:
    """Today's sessions, latest first, as rows of a table."""

    def __init__(self, rows: list[TableRow]) -> None:
        self._rows = rows

    def count(self) -> int:
        return len(self._rows)

    def page(self, offset: int, limit: int) -> list[TableRow]:
        return self._rows[offset : offset + limit]


class Main(SessionActions, ActionScreen):
    """What is open all day."""

    PLACE = Place.MAIN
    CSS = """
    Main { layout: vertical; }
    Main #top { height: 1fr; }
    Main .panel { border: round $line; border-title-color: $muted; border-subtitle-color: $muted; padding: 0; }
    Main .panel:focus-within { border: round $heading; border-title-color: $heading; }
    Main #clients-panel { width: 1fr; }
    Main #right { width: 1.25fr; }
    Main #now-panel { height: 5; }
    Main #sessions-panel { height: 1fr; }
    Main #day-panel { height: 6; }
    Main #counters { height: 2; }
    Main ActionBar { height: 2; }
    Main.-narrow #clients-panel { width: 44; }
    Main.-narrow #right { width: 1fr; }
    Main.-short #day-panel { height: 5; }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 (Textual's own declaration)
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]  # noqa: RUF012

    def compose(self) -> ComposeResult:
        """Clients at the left, what runs and today's sessions at the right, the day and the counters below."""
        tr = self.tr
        yield Lines(id="title")
        with Horizontal(id="top"):
            with Vertical(id="clients-panel", classes="panel"):
                yield ClientList(nothing=tr.t("no client yet: N creates the first"), id="clients")
            with Vertical(id="right"):
                with Vertical(id="now-panel", classes="panel"):
                    yield BigTime(id="now")
                with Vertical(id="sessions-panel", classes="panel"):
                    yield LogTable(_COLUMNS, nothing=tr.t("nothing logged today yet"), id="sessions")
        with Vertical(id="day-panel", classes="panel"):
            yield DayBar(id="day")
        yield ScopeBar(id="scopes")
        yield Lines(id="counters")
        yield ActionBar()

    def on_mount(self) -> None:
        """Names first: figures follow once they are read."""
        self._clients: list[Client] = []
        self._keys: dict[str, str] = {}
        self._day: Day | None = None
        self._titles()
        self._name_clients()
        self.query_one("#clients", ClientList).set_rows(self._client_rows(self.tui.snapshot()))
        self.query_one(LogTable).HEADER_LINES = 0  # type: ignore[misc]
        self.query_one("#clients", ClientList).focus()

    def _titles(self) -> None:
        tr = self.tr
        for panel, words in (
            ("#clients-panel", tr.t("Clients")), ("#now-panel", tr.t("Now")),
            ("#sessions-panel", tr.t("Today’s sessions")), ("#day-panel", tr.t("Today")),
        ):  # fmt: skip
            self.query_one(panel).border_title = Content(words)

    # -- drawing

    def show_all(self) -> None:
        """The log or the terms changed: read the day again and draw everything."""
        self._name_clients()
        self._day = day_of(self.ledger, self.ledger.today)
        self._titles()
        snapshot = self.tui.snapshot()
        self.query_one("#clients", ClientList).set_rows(self._client_rows(snapshot))
        self._show_sessions()
        self.tick(snapshot)
        self.refresh_bar()

    def _name_clients(self) -> None:
        active = (c for c in self.ledger.catalogue.clients.values() if c.active)
        self._clients = sorted(active, key=lambda c: (c.own, c.name.casefold()))
        self._keys = present.client_keys(self._clients, self.tui.keymap.taken(Place.MAIN))

    def _client_rows(self, snapshot: Snapshot) -> list[ClientRow]:
        return present.client_rows(snapshot, self._clients, self._keys, self.ledger.today, self.tr)

    def _show_sessions(self) -> None:
        assert self._day is not None
        settings, clients = self.ledger.settings, self.ledger.catalogue.clients
        rows = [
            present.session_row(s, self.ledger.now, settings.time_zone, clients.get(s.client), self.tr)
            for s in reversed(self._day.sessions)
        ]
        self.query_one(LogTable).show(_Rows(rows), self.query_one(LogTable).cursor)

    def tick(self, snapshot: Snapshot) -> None:
        """What moves with the clock: the time, what runs, the day's water, the counters."""
        if self._day is None:
            return
        settings, tr, clients = self.ledger.settings, self.tr, self.ledger.catalogue.clients
        if self._day.day != self.ledger.today:
            self.show_all()
            return
        self.query_one("#title", Lines).show([present.title(snapshot.now, settings.time_zone, tr, self._status())])
        waiting = 0 if snapshot.running else timers.paused(self.ledger)
        self.query_one(BigTime).show(present.time_view(snapshot.running, waiting, tr))
        rows = self.query_one("#clients", ClientList)
        for row in self._client_rows(snapshot):
            if row.running:
                rows.update_row(row)
        day = (
            replace(self._day, timeline=day_of(self.ledger, self._day.day).timeline) if snapshot.running else self._day
        )
        self.query_one(DayBar).show(
            present_day.day_view(day, snapshot.now, settings.time_zone, clients, self._keys, tr)
        )
        self.query_one("#day-panel").border_subtitle = Content(present_day.day_summary(day, tr))
        levels = present_figures.scope_levels(snapshot, tr)
        bars = self.query_one(ScopeBar)
        lines = min(len(levels), 3 if self.size.height >= 30 else 1)
        if bars.styles.height is None or bars.styles.height.value != lines:
            bars.styles.height = lines
        bars.show(levels)
        self.query_one("#counters", Lines).show(present_figures.counters(snapshot, self.ledger.today, tr))

    def _status(self) -> list[Word]:
        problems = len(self.tui.catalogue.problems)
        if not problems:
            return []
        words = self.tr.n("{count} problem in the client files", "{count} problems in the client files", problems)
        return [Word(words, "attention")]

    # -- what can be done

    def present(self) -> set[Needs]:
        """Adds what runs and what is selected."""
        met = super().present()
        if timers.running(self.ledger):
            met.add(Needs.RUNNING)
        if self.target_session() is not None:
            met.add(Needs.SESSION)
        return met

    def target_session(self) -> Session | None:
        """The session that session keys act on: the chosen row while the list has the keyboard, else what runs, else
        today's last."""
        table = self.query_one(LogTable)
        if table.has_focus and table.selected:
            return next((s for s in self._today() if s.id == table.selected.id), None)
        running = timers.running(self.ledger)
        if running:
            return running[-1]
        return self._today()[-1] if self._today() else None

    def _today(self) -> tuple[Session, ...]:
        return self._day.sessions if self._day else ()

    def on_key(self, event: events.Key) -> None:
        """A client's own key starts, switches to or stops its timer."""
        slug = self._keys.get(event.character or "")
        if slug:
            event.stop()
            with self.telling():
                self._toggle(slug)

    def _toggle(self, slug: str, project: str | None = None) -> None:
        running = [s for s in timers.running(self.ledger) if s.client == slug and project in (None, s.project)]
        if running:
            ended = timers.stop(self.ledger, client=slug)
            self._said_stop(ended)
        elif project is None:
            timers.start(self.ledger, timers.Work(slug))
        else:
            timers.start(self.ledger, timers.Work(slug, project))
        self.tui.changed()

    def _said_stop(self, ended: Session) -> None:
        from clepsydra.language import formats

        length = formats.timer(ended.exact_seconds(self.ledger.now))
        self.say(self.tr.t("{client} stopped after {length}", client=ended.client, length=length))

    @on(ClientList.Selected, "#clients")
    def _chosen_client(self, event: ClientList.Selected) -> None:
        with self.telling():
            self._toggle(event.row.slug)

    @on(LogTable.Selected)
    def _chosen_session(self) -> None:
        self.action_do("session.edit")

    def do_timer_client(self) -> None:
        """Start, switch to or stop the client under the cursor."""
        row = self.query_one("#clients", ClientList).selected
        if row:
            self._toggle(row.slug)

    def do_timer_toggle(self) -> None:
        """Stop what runs; start the last work again when nothing does."""
        if timers.running(self.ledger):
            self._said_stop(timers.stop(self.ledger))
        else:
            timers.resume(self.ledger)
        self.tui.changed()

    def do_timer_pause(self) -> None:
        """Pause what runs, or resume what was paused."""
        if timers.running(self.ledger):
            timers.pause(self.ledger)
            self.say(self.tr.t("paused; the same key resumes"))
        else:
            timers.resume(self.ledger)
        self.tui.changed()

    def do_timer_switch(self) -> None:
        """Pick a client or project by name or key."""
        self.ask(self.place_picker(self.tr.t("Switch to")), self._switch_to)

    def _switch_to(self, place: str) -> None:
        slug, _, project = place.partition("/")
        if any(s.client == slug and project in ("", s.project) for s in timers.running(self.ledger)):
            self.say(self.tr.t("{client} is already running", client=slug))
            return
        timers.switch(self.ledger, timers.Work(slug, project) if project else timers.Work(slug))

    def current_client(self) -> str:
        """The client that a touch or a statement is for at first: what runs, else the row under the cursor."""
        running = timers.running(self.ledger)
        if running and running[-1].client != "own":
            return running[-1].client
        row = self.query_one("#clients", ClientList).selected
        return row.slug if row and row.slug != "own" else self._clients[0].slug

    def do_go_log(self) -> None:
        """Browse every session."""
        from clepsydra.tui.screens.log import Log

        self.app.push_screen(Log())

    def do_go_statements(self) -> None:
        """Preview and issue statements."""
        from clepsydra.tui.screens.statement import Statements

        self.app.push_screen(Statements(self.current_client()))

    def do_client_new(self) -> None:
        """Create a client."""
        from clepsydra.tui.screens.client_form import ClientForm

        self.ask(ClientForm(), lambda slug: self.say(self.tr.t("created {client}", client=slug)))
