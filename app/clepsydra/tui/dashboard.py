"""What the main screen shows: who is billed, what runs, how the day went, what waits to be billed. It only draws."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content

from clepsydra.domain.interval import MINUTE
from clepsydra.domain.records import replace
from clepsydra.domain.terms import Client
from clepsydra.language import formats
from clepsydra.language.translator import Translator
from clepsydra.ledger.days import Day, grown
from clepsydra.ledger.live.figures import Snapshot
from clepsydra.tui.leak_card import LeakCard
from clepsydra.tui.present import calls as present_calls
from clepsydra.tui.present import day as present_day
from clepsydra.tui.present import figures as present_figures
from clepsydra.tui.present import main as present
from clepsydra.tui.present.today import NOTE, TodayRows
from clepsydra.tui.scene import Scene
from clepsydra.tui.widgets.big_time import BigTime, TimeView
from clepsydra.tui.widgets.call_banner import CallBanner
from clepsydra.tui.widgets.client_list import ClientList, ClientRow
from clepsydra.tui.widgets.drawing import one_line
from clepsydra.tui.widgets.heading_table import HeadingTable
from clepsydra.tui.widgets.lines import Lines, Word
from clepsydra.tui.widgets.log_table import Column, LogTable
from clepsydra.tui.widgets.meter import Meter
from clepsydra.tui.widgets.panel import Panel
from clepsydra.tui.widgets.scope_bar import ScopeBar
from clepsydra.tui.widgets.timeline import DayBar

if TYPE_CHECKING:
    from clepsydra.ledger.receivables.owed_sums import OwedSum
    from clepsydra.ledger.spans import SpanTotals

_COLUMNS = (
    Column("", 11),
    Column("", 8, align="right"),
    Column("", 8, share=3, most=26),
    Column("", 12, share=3, drop=1),
)
_FLAG_COLUMN = Column("", 8, share=1, drop=2)
"""The last column, there on days when it says something."""

BARS_TALL, BARS_SHORT, TALL = 3, 1, 30
"""How many agreements are shown at most, from this height on and below it."""
FRAMED = 3
"""The lines of a frame with one line in it."""
NARROW = 70
"""The width below which words that only explain a figure are left out."""
HIGH, HIGHER = 40, 50
"""The heights from which on the timeline is taller, and says what its shapes mean."""


class Dashboard(Vertical):
    """Clients at the left, what runs and today's sessions at the right, the day and the counters below."""

    DEFAULT_CSS = """
    Dashboard { height: 1fr; }
    Dashboard #top { height: 1fr; }
    Dashboard #left { width: 46%; max-width: 72; }
    Dashboard #clients-panel { height: 1fr; }
    Dashboard #week-panel { height: auto; display: none; }
    Dashboard #right { width: 1fr; }
    Dashboard #now-panel { height: 5; }
    Dashboard #now-panel.-named { border-title-color: $foreground; border-title-style: bold; }
    Dashboard #now-panel.-noted { height: 6; }
    Dashboard BigTime { height: 1fr; }
    Dashboard #sessions-panel { height: 1fr; }
    Dashboard.-close #sessions-panel { display: none; }
    Dashboard #day-panel { height: 6; }
    Dashboard #day-panel.-high { height: 7; }
    Dashboard #day-panel.-higher { height: 10; }
    Dashboard DayBar { height: 1fr; }
    Dashboard #owed { display: none; }
    Dashboard #scopes-panel { height: auto; }
    Dashboard #scopes-panel.-bare { border: none; }
    Dashboard #counters { height: 2; }
    Dashboard #call-panel { height: auto; display: none; border: round $call-live; border-title-color: $call-live; }
    Dashboard #call-panel:focus-within { border: heavy $call-live; border-title-color: $call-live; }
    Dashboard .-call #call-panel { display: block; }
    """

    _today: TodayRows | None = None
    _note_room = (0, 0)
    _owed_counted = True
    """Whether the counters have a line for what is owed."""
    _drawn_minute = -1
    """The minute as of which the day is drawn."""
    owed: "Sequence[OwedSum]" = ()
    """What clients owe, once it was summed up."""
    week: "Sequence[SpanTotals]" = ()
    """This week day by day, once it was read."""

    def compose(self) -> ComposeResult:
        """The panels, empty."""
        yield Lines(id="title")
        with Horizontal(id="top"):
            with Vertical(id="left"):
                with Panel(id="clients-panel"):
                    yield ClientList(id="clients")
                with Panel(id="week-panel"):
                    yield Meter(id="week")
            with Vertical(id="right"):
                with Panel(id="now-panel"):
                    yield BigTime(id="now")
                yield LeakCard(id="leaks-panel")
                yield Lines(id="owed")
                with Panel(id="call-panel"):
                    yield CallBanner(id="call")
                with Panel(id="sessions-panel"):
                    yield HeadingTable(_COLUMNS, id="sessions", header=False)
        with Panel(id="day-panel"):
            yield DayBar(id="day")
        with Panel(id="scopes-panel"):
            yield ScopeBar(id="scopes")
        yield Lines(id="counters")

    @property
    def clients(self) -> ClientList:
        """The list of clients."""
        return self.query_one("#clients", ClientList)

    @property
    def sessions(self) -> LogTable:
        """The list of today's sessions."""
        return self.query_one("#sessions", LogTable)

    def on_resize(self) -> None:
        """The day has as many lines as there is room for: the next second draws it anew."""
        self._drawn_minute = -1

    def show_all(self, scene: Scene, snapshot: Snapshot, status: Sequence[Word], time: TimeView) -> None:
        """Draw everything anew."""
        tr = scene.tr
        for panel, words in (
            ("#clients-panel", tr.t("Clients")), ("#sessions-panel", tr.t("Today’s sessions")),
            ("#day-panel", tr.t("Today")), ("#leaks-panel", tr.t("Leaks this month")),
            ("#week-panel", tr.t("This week")), ("#scopes-panel", tr.t("Agreements")),
        ):  # fmt: skip
            self.query_one(panel, Panel).entitle(Content(words))
        self.query_one("#leaks-panel", Panel).foot(Content.assemble((scene.leaks_key, "$key"), " ", tr.t("details")))
        self.clients.nothing = tr.t("no client yet: {press[client.new]} creates the first")
        self.clients.set_rows(self._client_rows(scene, self._in_order(scene, snapshot), snapshot))
        self.sessions.nothing = tr.t("nothing logged today yet")
        if scene.day:
            self._show_sessions(scene, scene.day)
        self._drawn_minute = -1
        self.tick(scene, snapshot, status, time)

    @staticmethod
    def _in_order(scene: Scene, snapshot: Snapshot) -> list[Client]:
        """Who runs first, then as lists show them."""
        running = {run.session.client for run in snapshot.running}
        return sorted(scene.clients, key=lambda client: client.slug not in running)

    @staticmethod
    def _client_rows(scene: Scene, clients: Sequence[Client], snapshot: Snapshot) -> list[ClientRow]:
        return present.client_rows(
            snapshot, clients, scene.keys, scene.ledger.today, scene.tr, scene.ledger.settings.warn.session_over
        )

    def _show_sessions(self, scene: Scene, day: Day) -> None:
        flagged = any(present.flag_of(session, scene.tr)[0] for session in day.sessions)
        table = self.sessions
        table.set_columns((*_COLUMNS, _FLAG_COLUMN) if flagged else _COLUMNS)
        self._note_room = self._room_of_notes()
        self._today = TodayRows(scene.ledger, day.sessions[::-1], scene.tr, *self._note_room)
        table.show(self._today, table.cursor)

    def _room_of_notes(self) -> tuple[int, int]:
        """How wide a note is, and how many lines there are for all of them."""
        return self.sessions.cells_of(NOTE), self.sessions.scrollable_content_region.height

    def _fit(self, scene: Scene) -> None:
        """Notes in full where the room has changed; no frame around no session at all, but what else is to be known."""
        free = self.query_one("#top").size.height - self.query_one("#now-panel").outer_size.height - LeakCard.LEAST
        self.set_class(free < FRAMED, "-close")
        free = free if 0 < free < FRAMED and not self.query_one("#right").has_class("-call") else 0
        owed = bool(self.owed) and not self._owed_counted
        used = self.query_one(LeakCard).stretch(max(min(free, 1), free - owed))
        self.query_one("#owed").display = owed and used < free
        if owed:
            words = present_figures.owed_briefly(self.owed, scene.ledger.settings.currency, scene.tr)
            self.query_one("#owed", Lines).show([words])
        if scene.day and self._note_room != self._room_of_notes():
            self._show_sessions(scene, scene.day)

    def show_running(self, scene: Scene, snapshot: Snapshot, time: TimeView) -> None:
        """Draw which timers run, and none of the sums."""
        self._show_time(time, scene.tr)
        self.clients.show_running({run.session.client: formats.timer(run.seconds) for run in snapshot.running})

    def tick(self, scene: Scene, snapshot: Snapshot, status: Sequence[Word], time: TimeView) -> None:
        """Draw what moves with the clock: the time, what runs, the counters; every minute the day's water."""
        tr, zone = scene.tr, scene.ledger.settings.time_zone
        settings = scene.ledger.settings
        wide = self.app.size.width >= present_figures.WEEK_FROM
        year = self.app.size.width >= present_figures.YEAR_FROM
        earned = present_figures.earned_words(snapshot, settings.goals, settings.currency, self.app.size.width, tr)
        if not wide:
            status = [present_figures.week_word(snapshot, settings.goals, settings.currency, tr), *status]
        title = present.title(snapshot.now, zone, tr, status, earned, sample=scene.sample, year=year, narrow=not wide)
        self.query_one("#title", Lines).show([title])
        self._show_time(time, tr)
        running = {run.session.client for run in snapshot.running}
        for row in self._client_rows(scene, [c for c in scene.clients if c.slug in running], snapshot):
            self.clients.update_row(row)
        self._show_seen()
        self.call_after_refresh(self._fit, scene)
        for index in self._today.running() if self._today else ():
            self.sessions.update_row(index)
        if scene.day and snapshot.now // MINUTE != self._drawn_minute:
            self._show_day(scene, scene.day, snapshot)
        self._show_week(scene, snapshot)
        self._show_scopes(snapshot, tr)
        self.show_counters(scene, snapshot)

    def _show_time(self, time: TimeView, tr: Translator) -> None:
        self.query_one(BigTime).show(time)
        panel = self.query_one("#now-panel", Panel)
        foot, meaning = time.foot
        # Where the card has a line for the note, the frame has not.
        tall = self.app.size.height >= TALL
        parts = (time.title, "" if tall else time.note)
        title = " · ".join(part for part in parts if part)
        panel.entitle(Content(f"▶ {one_line(title)}" if title else tr.t("Now")))
        panel.foot(Content.styled(foot, f"${meaning}") if foot else Content(""))
        panel.set_class(bool(time.title), "-named")
        panel.set_class(tall and bool(time.note), "-noted")

    def _show_seen(self) -> None:
        """Where not all clients fit, the last one in view and how many there are."""
        clients = self.clients
        total, last = clients.row_total(), clients.scroll_offset.y + clients.lines_in_view
        hidden = clients.size.height and total > clients.lines_in_view
        self.query_one("#clients-panel", Panel).foot(Content(f"{min(last, total)}/{total}" if hidden else ""))

    def _show_day(self, scene: Scene, day: Day, snapshot: Snapshot) -> None:
        ledger, self._drawn_minute = scene.ledger, snapshot.now // MINUTE
        day = grown(day, snapshot.now)
        view = present_day.day_view(
            day, snapshot.now, ledger.settings.time_zone, ledger.catalogue.clients, scene.keys, scene.tr
        )
        height = self.app.size.height
        panel = self.query_one("#day-panel")
        panel.set_class(height >= HIGH, "-high")
        panel.set_class(height >= HIGHER, "-higher")
        self.query_one(DayBar).show(replace(view, legend=present_day.legend(scene.tr)) if height >= HIGHER else view)
        self.query_one("#day-panel", Panel).foot(Content(present_day.day_summary(day, scene.tr)))

    def _show_week(self, scene: Scene, snapshot: Snapshot) -> None:
        """The days of the week as bars, where the list of clients leaves them room; today's grows with the clock."""
        figures = present_figures.week_figures(self.week, scene.ledger.today, snapshot, scene.tr)
        panel, left = self.query_one("#week-panel", Panel), self.query_one("#left")
        panel.display = bool(figures) and left.size.height - self.clients.row_total() - 2 >= len(figures) + 2
        if panel.display:
            self.query_one("#week", Meter).show(figures)
            panel.foot(Content(formats.timer(snapshot.week.seconds) if snapshot.week.seconds else ""))

    def _show_scopes(self, snapshot: Snapshot, tr: Translator) -> None:
        levels = present_figures.scope_levels(snapshot, tr)
        bars = self.query_one(ScopeBar)
        tall = self.app.size.height >= TALL
        lines = min(len(levels), BARS_TALL if tall else BARS_SHORT)
        panel = self.query_one("#scopes-panel", Panel)
        panel.display = bool(lines)
        panel.set_class(not tall, "-bare")
        if bars.styles.height is None or bars.styles.height.value != lines:
            bars.styles.height = lines
        hidden = len(levels) - lines
        more = tr.n("+{count} more", "+{count} more", hidden) if self.app.size.width >= NARROW else f"+{hidden}"
        bars.show(levels, more=more if hidden else "")

    def show_counters(self, scene: Scene, snapshot: Snapshot) -> None:
        """What is unbilled, what is owed, and what rounding takes and gives this month."""
        ledger = scene.ledger
        lines = [
            present_figures.unbilled_line(snapshot, ledger.today, ledger.settings.currency, scene.tr),
            present_figures.rounding_line(snapshot, ledger.settings.currency, scene.rounding_key, scene.tr),
        ]
        asked = 1 if self.query_one("#right").has_class("-call") else 0
        if snapshot.calls.count > asked and (self.app.size.height >= TALL or not asked):
            lines.insert(
                1, present_calls.waiting_line(snapshot.calls, scene.calls_key, ledger.settings.currency, scene.tr)
            )
        self._owed_counted = self.app.size.height >= TALL or not snapshot.calls.count
        if self.owed and self._owed_counted:
            lines.insert(1, present_figures.owed_line(self.owed, ledger.settings.currency, scene.money_key, scene.tr))
        self.query_one("#counters", Lines).show_all(lines)
