"""The end of the day: one question at a time, until every minute has an owner or a reason; then the day is closed."""

from datetime import date
from itertools import islice

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message

from clepsydra.domain.interval import Interval
from clepsydra.domain.records import dataclass, replace
from clepsydra.domain.session import Session
from clepsydra.language.folding import folded
from clepsydra.ledger.day.answers import Item, ItemKind
from clepsydra.ledger.day.open_items import open_items
from clepsydra.ledger.day.outside import NOWHERE, Outside, look_outside, tells
from clepsydra.ledger.day.solving import accept_all, solve
from clepsydra.ledger.days import Day, day_of, days_to_close
from clepsydra.ledger.ledger import Refused
from clepsydra.ledger.live.figures import Snapshot
from clepsydra.tui.actions.day import DayActions
from clepsydra.tui.actions.day_money import DayMoney
from clepsydra.tui.actions.day_moves import DayMoves
from clepsydra.tui.actions.sessions import SessionActions
from clepsydra.tui.actions.timeline_clicks import TimelineClicks
from clepsydra.tui.day_sessions import DaySessions
from clepsydra.tui.keys.dispatch import ActionScreen
from clepsydra.tui.keys.table import Needs, ScreenName
from clepsydra.tui.present import day as present_day
from clepsydra.tui.present import day_items as present_items
from clepsydra.tui.present import main as present
from clepsydra.tui.present.day_choices import Offer, keyed
from clepsydra.tui.widgets.action_bar import ActionBar, AnswerBar
from clepsydra.tui.widgets.clepsydra_vessel import ClepsydraVessel
from clepsydra.tui.widgets.lines import Lines
from clepsydra.tui.widgets.log_table import LogTable
from clepsydra.tui.widgets.panel import Panel
from clepsydra.tui.widgets.timeline import DayBar

_BESIDE_QUESTION = 19
"""Cells of the vessel and the frames beside the question."""

OTHERS_COUNTED = 99
"""Open days beyond so many are not counted: they are too many to be told apart."""


class DayScreen(DayMoney, DayMoves, DayActions, TimelineClicks, SessionActions, ActionScreen):
    """One civil day: its timeline, its question, what else is open."""

    SCREEN = ScreenName.DAY
    AUTO_FOCUS = ""  # when a dialog has closed the keyboard is where it was, and on a done day nowhere
    CSS = """
    DayScreen { layout: vertical; }
    DayScreen #day-panel { height: 6; }
    DayScreen #middle { height: 9; }
    DayScreen #vessel { width: 15; height: 9; padding: 0 1; }
    DayScreen #question-panel { width: 1fr; height: 9; border-title-color: $heading; }
    DayScreen #question { height: 1fr; }
    DayScreen AnswerBar { height: 3; dock: bottom; }
    DayScreen #items-panel { height: 1fr; }
    DayScreen #figures { height: 1; }
    DayScreen ActionBar.footer { height: 2; }
    DayScreen #day { height: 1fr; }
    DayScreen.-tall #day-panel { height: 7; }
    DayScreen.-high #day-panel { height: 10; }
    DayScreen.-tall #middle, DayScreen.-tall #vessel, DayScreen.-tall #question-panel { height: 11; }
    DayScreen.-high #middle, DayScreen.-high #vessel, DayScreen.-high #question-panel { height: 11; }
    """
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall"), (50, "-high")]  # noqa: RUF012 (Textual's own declaration)

    @dataclass
    class Looked(Message):
        """The reading thread has seen the calendars and repositories of a day."""

        day: date
        outside: Outside

    def __init__(self, day: date) -> None:
        super().__init__()
        self.day = day
        self._outside: dict[date, Outside] = {}
        self.zoom = 0
        self._offers: dict[str, Offer] = {}
        self._keys, self._names = dict[str, str](), dict[str, str]()
        self._drawn: Item | None = None

    def compose(self) -> ComposeResult:
        """The day and its figures, the timeline, the question beside the vessel, what else is open."""
        yield ActionBar(classes="footer")  # first, because the keys of the question are drawn by a kind of it
        yield Lines(id="title")
        yield Lines(id="figures")
        with Panel(id="day-panel"):
            yield DayBar(id="day")
        with Horizontal(id="middle"):
            yield ClepsydraVessel(id="vessel")
            with Panel(id="question-panel"):
                yield Lines(id="question")
                yield AnswerBar(id="answers")
        with Panel(id="items-panel"):
            yield LogTable(present_items.COLUMNS, header=False, id="items")
        yield DaySessions()

    def on_mount(self) -> None:
        """What the log alone knows at once; calendars and repositories when they are read."""
        self.query_one("#items", LogTable).focus()
        self.show_all()

    # -- drawing

    def show_all(self) -> None:
        """Read the day again and draw everything; the cursor stays where it was, on what is open next."""
        ledger, tr = self.ledger, self.tr
        day = day_of(ledger, self.day)
        if self.day not in self._outside:
            self._outside[self.day] = NOWHERE
            self._look_outside(day.bounds)
        self.seen = present_items.look(ledger, day, open_items(ledger, day, self._outside[self.day]))
        clients = [c for c in ledger.catalogue.clients.values() if c.active and not c.own]
        clients.sort(key=lambda c: folded(c.name))
        self._keys = self.tui.client_keys(ScreenName.DAY)
        self._names = {c.slug: present.client_name(c, tr) for c in clients}
        table = self.query_one("#items", LogTable)
        table.say_nothing(tr.t("no session"))
        table.set_columns(present_items.COLUMNS if self.seen.items else present_items.SESSION_COLUMNS)
        table.show(present_items.rows(ledger, self.seen, tr), table.cursor if self.seen.items else 0)
        # A list without an item would keep enter to itself.
        table.can_focus = bool(self.seen.items)
        self.set_focus(table if self.seen.items else None)
        asked, listed = present_items.panels(self.seen, tr)
        self.query_one("#question-panel", Panel).entitle(Content(asked))
        self.query_one("#items-panel", Panel).entitle(Content(listed))
        self.query_one("#title", Lines).show([present_items.title(self.seen, self.day == ledger.today, tr)])
        self.query_one("#figures", Lines).show([present_items.header(self.seen, tr)])
        self.query_one(ClepsydraVessel).show(present_items.vessel(self.seen))
        self.query_one(DaySessions).show(ledger, self.seen, tr)
        self.show_dues()
        self._draw_item()

    def _draw_item(self) -> None:
        """What hangs on the cursor: the question, its keys, and the mark on the timeline."""
        tr, item = self.tr, self.item
        if item is None:
            others = sum(1 for _ in islice(days_to_close(self.ledger), OTHERS_COUNTED)) if self.seen.day.closed else 0
            lines = present_items.done(self.seen, others, tr)
            self._offers = {}
        else:
            lines = present_items.question(self.ledger, item, self.app.size.width - _BESIDE_QUESTION, tr)
            taken = self.tui.keymap.taken(ScreenName.DAY) | (set(self._keys) if self._takes_client(item) else set())
            self._offers = keyed(item.kind, taken)
        self.query_one("#question", Lines).show(lines)
        shown = [(key, self._names[slug]) for key, slug in self._keys.items()] if self._takes_client(item) else []
        self.query_one(AnswerBar).show_under(len(lines), present_items.entries(shown, self._offers, tr))
        self.draw_bar()
        self.refresh_bar()
        self._drawn = item

    def draw_bar(self) -> None:
        """The timeline, with what is asked about marked."""
        zone, day, item = self.ledger.settings.time_zone, self.seen.day, self.item
        calls = [each.span for each in self.seen.items if each.kind is ItemKind.CALL]
        view = present_day.day_view(day, day.as_of, zone, self.ledger.catalogue.clients, self._keys, self.tr, calls)
        middle = (item.span.started_at + item.span.ended_at) // 2 if item else min(day.as_of, view.ends_at)
        view = present_day.zoomed(view, day, self.zoom, middle, zone)
        chosen = (item.span.started_at, item.span.ended_at) if item else None
        view = replace(view, chosen=chosen, legend=present_day.legend(self.tr))
        self.query_one(DayBar).show(view)

    def tick(self, snapshot: Snapshot) -> None:
        """A day that still runs moves on once a minute, or its gaps would be asked about as they were."""
        day = self.seen.day
        moving = bool(snapshot.running) or day.bounds.ended_at > snapshot.now
        if moving and snapshot.now - day.as_of >= 60:
            self.show_all()

    def _look_outside(self, span: Interval) -> None:
        settings, clients, day = self.ledger.settings, list(self.ledger.catalogue.clients.values()), self.day
        if not tells(settings, clients):
            return

        def read() -> None:
            self.post_message(self.Looked(day, look_outside(settings, clients, span)))

        self.run_worker(read, thread=True, group="outside", exit_on_error=False)

    @on(Looked)
    def _looked(self, event: Looked) -> None:
        for problem in event.outside.problems[:3]:
            self.say(problem, "warning")
        self._outside[event.day] = event.outside
        if event.day == self.day:
            self.show_all()

    def day_on_timeline(self) -> Day | None:
        """The day that is reconciled."""
        return self.seen.day

    def open_instant(self, day: Day, instant: int) -> None:
        """What is open there is asked about; else as everywhere."""
        for index, item in enumerate(self.seen.items):
            if item.kind is ItemKind.GAP and item.span.started_at <= instant < item.span.ended_at:
                table = self.query_one("#items", LogTable)
                if table.cursor != index:
                    table.cursor = index
                    table.focus()
                    return
        super().open_instant(day, instant)

    # -- what is meant

    @property
    def item(self) -> Item | None:
        """The open item under the cursor."""
        items = self.seen.items
        return items[min(self.query_one("#items", LogTable).cursor, len(items) - 1)] if items else None

    def _takes_client(self, item: Item | None) -> bool:
        return item is not None and item.kind in (ItemKind.GAP, ItemKind.CALL, ItemKind.WAITING)

    def target_session(self) -> Session | None:
        """The session the item is about."""
        item = self.item
        return item.sessions[-1] if item and item.sessions else None

    def current_client(self) -> str:
        """The client of the item, or of the day's last session."""
        session = self.target_session() or next(reversed(self.seen.day.sessions), None)
        return session.client if session else ""

    def present(self) -> set[Needs]:
        """Adds what is open and what is suggested."""
        met = super().present()
        if self.seen.items:
            met.add(Needs.OPEN_ITEM)
        if any(item.at_once for item in self.seen.items):
            met.add(Needs.SUGGESTION)
        if self.target_session():
            met.add(Needs.SESSION)
        return met

    # -- keys

    def take_key(self, event: events.Key) -> bool:
        """The keys of the question under the cursor, and those of clients."""
        item, key = self.item, event.character or ""
        if item is None:
            return False
        slug = self._keys.get(key) if self._takes_client(item) else None
        offer = self._offers.get(key)
        with self.telling():
            if slug:
                self.settle_for(item, slug)
            elif offer:
                self.answer(item, offer.choice)
        return bool(slug or offer)

    @on(LogTable.Highlighted, "#items")
    def _other_item(self) -> None:
        if hasattr(self, "seen") and self.item is not self._drawn:
            self._draw_item()

    @on(LogTable.Selected, "#items")
    def _chosen_item(self) -> None:
        if self.seen.items:  # a click on a session of a day without any does not close it
            self.action_do("day.accept")

    def do_day_accept(self) -> None:
        """Accept the suggestion, or raise `Refused`; close a day of which nothing is open; go on from a closed one."""
        item = self.item
        if item is not None:
            if item.suggestion is None:
                raise Refused("nothing is suggested here; choose an answer")
            solve(self.ledger, item, item.suggestion.answer)
            self.changed()
        elif self.seen.day.closed:
            self.do_day_oldest()
        else:
            self.do_day_close()

    def do_day_accept_all(self) -> None:
        """Accept every suggestion of the day, as one change, once all of them were seen."""
        from clepsydra.tui.screens.accept_all import AcceptAll

        items = self.seen.items

        def accepted(_: bool) -> None:
            count = accept_all(self.ledger, items)
            self.say(self.tr.n("accepted {count} suggestion", "accepted {count} suggestions", count))

        self.ask(AcceptAll(present_items.suggested(self.ledger, items, self.tr), self.tr), accepted)

    def do_day_edit(self) -> None:
        """Edit the session of the item."""
        self.do_session_edit()

    def do_day_agree(self) -> None:
        """Type the agreed time of the session's billing group."""
        self.do_session_agree()
