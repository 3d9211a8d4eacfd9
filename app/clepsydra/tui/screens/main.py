"""The main screen: who is billed, what runs, how the day went, what waits to be billed."""

from textual import events, on
from textual.app import ComposeResult

from clepsydra.domain.session import Channel, Session
from clepsydra.language import formats
from clepsydra.ledger import timers
from clepsydra.ledger.calls import interrupting
from clepsydra.ledger.days import Day, day_of
from clepsydra.ledger.live.figures import Snapshot
from clepsydra.settings.client_keystrokes import in_order
from clepsydra.tui.actions.agreements import AgreementActions
from clepsydra.tui.actions.back_dating import BackDating
from clepsydra.tui.actions.current_call import CurrentCall
from clepsydra.tui.actions.imports import ImportActions
from clepsydra.tui.actions.navigation import Navigation
from clepsydra.tui.actions.sessions import SessionActions
from clepsydra.tui.actions.timeline_clicks import TimelineClicks
from clepsydra.tui.actions.typed_line import TypedLineActions
from clepsydra.tui.board_glance import BoardGlance
from clepsydra.tui.dashboard import Dashboard
from clepsydra.tui.keys.dispatch import ActionScreen
from clepsydra.tui.keys.table import BY_ID, Needs, ScreenName
from clepsydra.tui.leak_glance import LeakGlance
from clepsydra.tui.present import calls as present_calls
from clepsydra.tui.present import figures
from clepsydra.tui.present import main as present
from clepsydra.tui.scene import Scene
from clepsydra.tui.widgets.action_bar import ActionBar
from clepsydra.tui.widgets.big_time import BigTime, TimeView
from clepsydra.tui.widgets.client_list import ClientList
from clepsydra.tui.widgets.lines import Word
from clepsydra.tui.widgets.log_table import LogTable


class Main(
    LeakGlance,
    BoardGlance,
    Navigation,
    ImportActions,
    CurrentCall,
    BackDating,
    TypedLineActions,
    TimelineClicks,
    SessionActions,
    AgreementActions,
    ActionScreen,
):
    """What is open all day."""

    SCREEN = ScreenName.MAIN
    CSS = """
    Main ActionBar { height: 2; }
    Main.-narrow #left { width: 43; }
    Main.-tiny #left { width: 60%; }
    Main.-narrow #right { width: 1fr; }
    Main.-short #day-panel { height: 5; }
    Main.-short .-call #sessions-panel { display: none; }
    Main.-short .-call #leaks-panel { display: none; }
    Main.-short .-call #call-panel { height: 1fr; }
    """
    _days_left = 0
    """How many days before today are not closed."""
    _followed = ""
    """The running session that the cursor has followed."""
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (70, "-narrow"), (100, "-wide")]  # noqa: RUF012 (Textual's own declaration)
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]  # noqa: RUF012

    def compose(self) -> ComposeResult:
        """The dashboard over the footer."""
        yield Dashboard()
        yield ActionBar()

    def on_mount(self) -> None:
        """Names and what runs first: figures follow once they are read."""
        self._scene = self._set_scene(None)
        self._draw()
        self._draw_running()
        self.board.clients.focus()

    @property
    def board(self) -> Dashboard:
        """What draws the screen."""
        return self.query_one(Dashboard)

    # -- drawing

    def _set_scene(self, day: Day | None) -> Scene:
        clients = in_order(c for c in self.ledger.catalogue.clients.values() if c.active)
        keys = self.tui.client_keys()
        shown = (self.tui.keymap.shown(BY_ID[f"go.{name}"]) for name in ("calls", "rounding", "leaks", "money"))
        return Scene(self.ledger, self.tr, clients, keys, day, self.tui.sample, *shown)

    def show_all(self) -> None:
        """The log or the terms changed: read the day again and draw everything."""
        self._scene = self._set_scene(day_of(self.ledger, self.ledger.today))
        self._days_left = self.tui.evening.left()
        self._draw()
        self._follow_running()
        self.read_leaks()
        self.read_board()
        self.refresh_bar()

    def _follow_running(self) -> None:
        """Put the cursor on the client whose timer has just started, so that the keys that act on a client mean it."""
        running = timers.running(self.ledger)
        last = running[-1].id if running else ""
        if running and last != self._followed:
            self.board.clients.select(running[-1].client)
        self._followed = last

    def _draw(self) -> None:
        snapshot = self.tui.snapshot()
        self.show_front(snapshot)
        self.board.show_all(self._scene, snapshot, self._status(), self._time(snapshot))

    def tick(self, snapshot: Snapshot) -> None:
        """What moves with the clock; after the day's end, a new day."""
        if self._scene.day and self._scene.day.day != self.ledger.today:
            self.show_all()
            return
        self.show_front(snapshot)
        self.board.tick(self._scene, snapshot, self._status(), self._time(snapshot))

    def _time(self, snapshot: Snapshot) -> TimeView:
        """What the large clock shows: what runs, else the call that put it aside, else nothing."""
        front = snapshot.calls.front
        if front is not None and front.ended_at is None and not snapshot.running:
            return present_calls.call_time(front, snapshot.now, interrupting.put_aside(self.ledger), self.names)
        if not snapshot.running:
            return present.idle_view(timers.paused(self.ledger), self.tr, first=not timers.resumable(self.ledger))
        on_call = any(run.session.channel is Channel.CALL for run in snapshot.running)
        return present.time_view(snapshot, self.tr, self._after_call() if on_call else "")

    def _after_call(self) -> str:
        """The work that goes on when the call ends: client, project and note."""
        aside = interrupting.put_aside(self.ledger)
        if aside is None:
            return ""
        return present.session_title(aside, self.ledger.catalogue.clients.get(aside.client), self.tr)

    def _status(self) -> list[Word]:
        waiting, problems = self.tui.evening.waiting(), len(self.tui.catalogue.problems)
        calls = present_calls.status_words(self.tui.call_monitor.told, self.tr)
        return figures.status_words(calls, self._days_left, problems, self.tr, tonight=waiting)

    def changed(self) -> None:
        """Paint at once what runs now; the sums that follow from a change come right after."""
        self._draw_running()
        # Asked of a widget that is drawn now: the screen does not know yet that there is something to draw.
        self.query_one(BigTime).call_after_refresh(self._sum_up)

    def _draw_running(self) -> None:
        snapshot = self.tui.live.at_once(self.ledger.now)
        self.board.show_running(self._scene, snapshot, self._time(snapshot))

    def _sum_up(self) -> None:
        with self.telling():
            self.tui.changed()

    def day_on_timeline(self) -> Day | None:
        """Today."""
        return self._scene.day

    # -- what can be done

    def present(self) -> set[Needs]:
        """Adds what runs and what is selected."""
        met = super().present()
        if timers.running(self.ledger):
            met.add(Needs.RUNNING)
        if self.target_session() is not None:
            met.add(Needs.SESSION)
        if self.target_call() is not None:
            met.add(Needs.CALL)
        return met

    def target_session(self) -> Session | None:
        """The session that session keys act on: the chosen row while the list has the keyboard, else what runs, else
        today's last."""
        table = self.board.sessions
        if table.has_focus and table.selected:
            return next((s for s in self._today() if s.id == table.selected.id), None)
        running = timers.running(self.ledger)
        if running:
            return running[-1]
        return self._today()[-1] if self._today() else None

    def _today(self) -> tuple[Session, ...]:
        return self._scene.day.sessions if self._scene.day else ()

    def take_key(self, event: events.Key) -> bool:
        """A client's own key starts, switches to or stops its timer; while a call asks, it says whose that is."""
        slug = self._scene.keys.get(event.character or "")
        if slug:
            with self.telling():
                if self.asking:
                    self.answer_with(slug)
                else:
                    self._toggle(slug)
        return bool(slug)

    def _toggle(self, slug: str, project: str | None = None) -> None:
        running = [s for s in timers.running(self.ledger) if s.client == slug and project in (None, s.project)]
        if running:
            ended = timers.stop(self.ledger, client=slug)
            self._said_stop(ended)
        else:
            timers.start(self.ledger, timers.Work(slug) if project is None else timers.Work(slug, project))
        self.changed()
        self.used("timer.client")

    def _said_stop(self, ended: Session) -> None:
        length = formats.timer(ended.exact_seconds(self.ledger.now))
        self.say(self.tr.t("{client} stopped after {length}", client=self.name_of(ended), length=length))

    @on(ClientList.Selected, "#clients")
    def _chosen_client(self, event: ClientList.Selected) -> None:
        with self.telling():
            self._toggle(event.row.slug)

    @on(LogTable.Selected)
    def _chosen_session(self) -> None:
        self.action_do("session.edit")

    def do_timer_client(self) -> None:
        """Start, switch to or stop the client under the cursor."""
        if row := self.board.clients.selected:
            self._toggle(row.slug)

    def do_timer_toggle(self) -> None:
        """Stop what runs; start the last work again when nothing does."""
        if timers.running(self.ledger):
            self._said_stop(timers.stop(self.ledger))
        else:
            timers.resume(self.ledger)
        self.changed()

    def do_timer_pause(self) -> None:
        """Pause what runs, or resume what was paused."""
        if timers.running(self.ledger):
            timers.pause(self.ledger)
            self.say(self.tr.t("paused; the same key resumes"))
        else:
            timers.resume(self.ledger)
        self.changed()

    def do_timer_switch(self) -> None:
        """Pick a client or project by name or key."""
        self.ask(self.place_picker(self.tr.t("Switch to")), self._switch_to)

    def _switch_to(self, place: str) -> None:
        slug, _, project = place.partition("/")
        if any(s.client == slug and project in ("", s.project) for s in timers.running(self.ledger)):
            self.say(self.tr.t("{client} is already running", client=self.name_of(timers.running(self.ledger)[-1])))
            return
        timers.switch(self.ledger, timers.Work(slug, project) if project else timers.Work(slug))

    def current_client(self) -> str:
        """The client that a touch or a statement is for at first: what runs, else the row under the cursor."""
        running = timers.running(self.ledger)
        if running and running[-1].client != "own":
            return running[-1].client
        row = self.board.clients.selected
        return row.slug if row and row.slug != "own" else self._scene.clients[0].slug

    def do_client_file(self) -> None:
        """Open the file of the client under the cursor in the person's editor."""
        from clepsydra.tui.editor import open_in_editor

        row = self.board.clients.selected
        if row:
            open_in_editor(self.tui, self.tui.home.client_file(row.slug))

    def do_go_client(self) -> None:
        """The terms of the client under the cursor."""
        from clepsydra.tui.screens.client import ClientScreen

        row = self.board.clients.selected
        if row and row.slug == "own":
            self.say(self.tr.t("own work has no terms: nobody pays it"))
        elif row:
            self.app.push_screen(ClientScreen(row.slug))

    def do_client_new(self) -> None:
        """Create a client."""
        from clepsydra.tui.screens.client_form import ClientForm

        self.ask(ClientForm(), self.welcome_client)

    def welcome_client(self, slug: str | None) -> None:
        """Put the cursor on a client just created, or the first of those brought in: one key starts its timer."""
        clients = self.query_one("#clients", ClientList)
        if slug == "" and clients.shown:
            clients.select(clients.shown[0].slug)
        elif slug and clients.select(slug):
            name = present.client_name(self.ledger.client(slug), self.tr)
            self.say(self.tr.t("{client} is ready: ⏎ starts its timer", client=name))
