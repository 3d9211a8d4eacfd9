"""Insights: what an hour earns, where the week goes, how agreements stand, what is worth a look.

Agreements and what was kept to review are drawn at once; the rest is read in a thread and kept until the log changes.
"""

from collections.abc import Iterator
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message

from clepsydra.domain.records import dataclass
from clepsydra.domain.session import Session
from clepsydra.ledger.agreements.contracts import agreements, behind
from clepsydra.ledger.insights.overview import Insight
from clepsydra.ledger.insights.reviews import Review, open_reviews
from clepsydra.ledger.ledger import Refused
from clepsydra.ledger.live.figures import ScopeUse, Snapshot
from clepsydra.ledger.log import session_now
from clepsydra.tui.actions.reviews import ReviewActions
from clepsydra.tui.keys.dispatch import ActionScreen
from clepsydra.tui.keys.table import ScreenName
from clepsydra.tui.present import figures as present_figures
from clepsydra.tui.present import insights as present_insights
from clepsydra.tui.present import look as present_look
from clepsydra.tui.present.look import Subject
from clepsydra.tui.present.main import dated_row
from clepsydra.tui.reading_thread import read_behind
from clepsydra.tui.screens.leaks import Behind
from clepsydra.tui.widgets.action_bar import ActionBar
from clepsydra.tui.widgets.drawing import one_line
from clepsydra.tui.widgets.lines import Lines, Word, WordLine
from clepsydra.tui.widgets.log_table import LogTable, Rows
from clepsydra.tui.widgets.panel import Panel
from clepsydra.tui.widgets.scope_list import ScopeList
from clepsydra.tui.widgets.table_columns import fitted
from clepsydra.tui.widgets.week_grid import WeekGrid

WEEKS = (13, 4, 52)

MOST = 500
"""So many sessions are shown behind a figure, the latest."""

VIEWS = ("week", "scopes", "look")
"""The panels beside the rates; where there is no room for all, one of them is seen."""


class Insights(ReviewActions, ActionScreen):
    """What a person would rather look at than read."""

    SCREEN = ScreenName.INSIGHTS
    CSS = """
    Insights { layout: vertical; }
    Insights #summary { height: 2; }
    Insights #rates-panel { height: 1fr; }
    Insights .beside { height: 10; display: none; }
    Insights.-see-week #week-panel, Insights.-see-scopes #scopes-panel, Insights.-see-look #look-panel {
        display: block; }
    Insights #lower { height: auto; }
    Insights.-tall #scopes-panel { display: block; height: auto; max-height: 10; min-height: 3; }
    Insights.-tall #scopes { height: auto; max-height: 8; min-height: 1; }
    Insights.-tall #lower .beside { height: 12; }
    Insights.-tall.-see-scopes #week-panel { display: block; }
    Insights.-tall.-wide #week-panel { display: block; width: 52; }
    Insights.-tall.-wide #look-panel { display: block; width: 1fr; }
    Insights ActionBar { height: 2; }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 (Textual's own declaration)
    VERTICAL_BREAKPOINTS = [(0, "-short"), (32, "-tall")]  # noqa: RUF012
    AUTO_FOCUS: ClassVar[str | None] = "#rates"

    @dataclass
    class Ready(Message):
        """The thread has read the log."""

        found: Insight

    def __init__(self) -> None:
        super().__init__()
        self._weeks = WEEKS[0]
        self._found: Insight | None = None
        self._reviews: list[Review] = []
        self._scopes: list[ScopeUse] = []
        self._view = VIEWS[0]

    def compose(self) -> ComposeResult:
        """The rates over the week, the agreements and what is worth a look."""
        tr = self.tr
        yield Lines(id="title")
        yield Lines(id="summary")
        with Panel(id="rates-panel"):
            yield LogTable(present_insights.rate_columns(tr), nothing=tr.t("reading the log…"), id="rates")
        with Panel(id="scopes-panel", classes="beside"):
            yield ScopeList("", id="scopes")
        with Horizontal(id="lower"):
            with Panel(id="week-panel", classes="beside"):
                yield WeekGrid(id="week")
            with Panel(id="look-panel", classes="beside"):
                yield LogTable(present_look.columns(), id="look", header=False)
        yield ActionBar()

    def on_mount(self) -> None:
        """What is known at once; the rest follows."""
        self.add_class(f"-see-{self._view}")
        self.show_all()

    def on_unmount(self) -> None:
        """What was read of a long log is not kept while nobody looks at it."""
        self._found, self._weeks = None, 0
        self.tui.insights.let_go()

    # -- drawing

    def show_all(self) -> None:
        """The log or the terms changed, or another period was asked for: draw what is known, read what is not."""
        tr = self.tr
        self._reviews = open_reviews(self.ledger)
        self.query_one("#rates-panel", Panel).entitle(Content(tr.t("What an hour earns")))
        self.query_one("#scopes-panel", Panel).entitle(Content(tr.t("Agreements")))
        self.query_one("#week-panel", Panel).entitle(Content(present_insights.week_title(tr)))
        self.tick(self.tui.snapshot())
        known = self.tui.insights.known(self._weeks)
        if known is None:
            own = self.ledger.settings.currency
            self.query_one("#summary", Lines).show(present_insights.summary(self._found, own, tr))
            reader, weeks = self.tui.insights, self._weeks

            def read() -> Iterator[Message]:
                yield self.Ready(reader.read(weeks, lambda: self._weeks > 0))

            read_behind(self, "insights", read)
        else:
            self._show(known)
        self.refresh_bar()

    @on(Ready)
    def _ready(self, event: Ready) -> None:
        if event.found.weeks == self._weeks:
            self._show(event.found)

    def _show(self, found: Insight) -> None:
        self._found, tr = found, self.tr
        self._title()
        self.query_one("#summary", Lines).show(present_insights.summary(found, self.ledger.settings.currency, tr))
        rates = self.query_one("#rates", LogTable)
        rates.say_nothing(tr.t("nothing logged in that period"))
        rated = present_insights.rate_rows(found, self.ledger, tr)
        rates.set_columns(fitted(present_insights.rate_columns(tr), rated))
        rates.show(Rows(rated), rates.cursor)
        self.query_one(WeekGrid).show(present_insights.week_view(found, self.ledger.settings.currency, tr))
        look = self.query_one("#look", LogTable)
        look.say_nothing(tr.t("nothing yet: keep here what to stop, automate or delegate"))
        worth_a_look = present_look.rows(found, self._reviews, self.ledger, tr)
        look.set_columns(fitted(present_look.columns(), worth_a_look))
        look.show(Rows(worth_a_look), look.cursor)
        due = sum(each.review_on <= self.ledger.today for each in self._reviews)
        more = " · " + tr.n("{count} to review", "{count} to review", due) if due else ""
        self.query_one("#look-panel", Panel).entitle(Content(tr.t("Worth a look") + more))
        self._say_slot()
        self._say_row()
        self._say_agreement()

    def _title(self) -> None:
        tr = self.tr
        weeks = tr.n("the last {count} week", "the last {count} weeks", self._weeks)
        name = Word(" " + tr.t("Insights") + "  ", "heading", bold=True)
        self.query_one("#title", Lines).show([WordLine((name, Word(weeks, bold=True)))])

    def tick(self, snapshot: Snapshot) -> None:
        """Agreements as they stand with what runs."""
        self._title()
        self._scopes = present_figures.by_danger(snapshot)
        levels = present_figures.scope_levels(snapshot, self.tr)
        nothing = self.tr.t(
            "no agreement counts hours yet: {press[go.client]} on a client, then {press[client.contract]} makes one"
        )
        self.query_one(ScopeList).show(levels, nothing)

    def _say_slot(self) -> None:
        if self._found is not None:
            panel, own = self.query_one("#week-panel", Panel), self.ledger.settings.currency
            slot = self.query_one(WeekGrid).slot
            panel.foot(Content(present_insights.slot_words(self._found, *slot, own, self.tr, panel.room)))

    def _say_row(self) -> None:
        row = self.query_one("#look", LogTable).selected
        self.query_one("#look-panel", Panel).foot(Content(one_line(row.cells[-1].text) if row else ""))

    def _say_agreement(self) -> None:
        use, found = self._agreement(), self._found
        words = present_insights.heading_words(found, use, self.tr) if use and found else ""
        self.query_one("#scopes-panel", Panel).foot(Content(words))

    def _agreement(self) -> ScopeUse | None:
        cursor = self.query_one(ScopeList).cursor
        return self._scopes[cursor] if cursor < len(self._scopes) else None

    @on(WeekGrid.Moved)
    def _moved(self) -> None:
        self._say_slot()

    @on(LogTable.Highlighted, "#look")
    def _other_row(self) -> None:
        self._say_row()

    @on(ScopeList.Highlighted)
    def _other_agreement(self) -> None:
        self._say_agreement()

    # -- what is behind

    @on(WeekGrid.Chosen)
    def _chosen_slot(self, event: WeekGrid.Chosen) -> None:
        if self._found is not None:
            slot, own = (event.weekday, event.slot), self.ledger.settings.currency
            with self.telling():
                title = present_insights.slot_words(self._found, *slot, own, self.tr)
                self._open(title, self._found.in_slot(*slot, self.ledger))

    @on(LogTable.Selected)
    @on(ScopeList.Selected)
    def _chosen_row(self) -> None:
        self.action_do("insights.open")

    def do_insights_open(self) -> None:
        """The sessions behind the figure under the cursor; the words of a line that was kept."""
        if self.query_one(WeekGrid).has_focus:
            self.query_one(WeekGrid).action_choose()
        elif self.query_one(ScopeList).has_focus:
            self._open_agreement()
        else:
            self._open_row()

    def _open_row(self) -> None:
        look = self.query_one("#look", LogTable)
        row = (look if look.has_focus else self.query_one("#rates", LogTable)).selected
        if row is None or self._found is None:
            raise Refused("nothing is behind this figure any more")
        kind, _, place = row.id.partition(" ") if look.has_focus else ("client", "", row.id)
        if kind == "review":
            self.reword(next(each for each in self._reviews if each.id == place))
            return
        least = present_look.least_at(self._found, place)[1] if kind == "least" else None
        ids = list(least.sessions) if least else self._found.of_client(place)
        self._open(row.cells[1 if look.has_focus else 0].text, ids)

    def _open_agreement(self) -> None:
        use = self._agreement()
        if use is None:
            raise Refused("nothing is behind this figure any more")
        agreement = next(each for each in agreements(self.ledger, use.client) if each.project == use.project)
        name = present_figures.agreement_name(use, self.tr)
        self._show_behind(name, behind(self.ledger, agreement, use.state, MOST))

    def _open(self, title: str, ids: list[str]) -> None:
        self._show_behind(title, [s for ident in ids[:MOST] if (s := session_now(self.ledger, ident)) is not None])

    def _show_behind(self, title: str, found: list[Session]) -> None:
        if not found:
            raise Refused("nothing is behind this figure any more")
        self.app.push_screen(Behind(title, [dated_row(each, self.ledger, self.tr) for each in found]))

    def subject(self) -> Subject | Review:
        """What the cursor is on: a client, half hour, agreement, look; raises `Refused` where there is nothing."""
        grid, look, bars = self.query_one(WeekGrid), self.query_one("#look", LogTable), self.query_one(ScopeList)
        row = (look if look.has_focus else self.query_one("#rates", LogTable)).selected
        use = self._agreement()
        if grid.has_focus and self._found is not None:
            return Subject(present_insights.slot_name(*grid.slot, self.tr))
        if bars.has_focus and use is not None:
            return Subject(present_figures.agreement_name(use, self.tr))
        if row is None or self._found is None or grid.has_focus or bars.has_focus:
            raise Refused("nothing stands under the cursor yet")
        kind, _, place = row.id.partition(" ")
        if look.has_focus and kind == "review":
            return next(each for each in self._reviews if each.id == place)
        return present_look.subject(row, self._found) if look.has_focus else Subject(row.cells[0].text)

    def do_insights_period(self) -> None:
        """A quarter, a month, a year."""
        self._weeks = WEEKS[(WEEKS.index(self._weeks) + 1) % len(WEEKS)]
        self.show_all()

    def do_insights_view(self) -> None:
        """On to the next panel, and after the last one to the rates."""
        self.remove_class(f"-see-{self._view}")
        place = VIEWS.index(self._view)
        if place or self.query_one(f"#{self._view}").has_focus:
            place = (place + 1) % len(VIEWS)
            to = VIEWS[place] if place else "rates"
        else:
            to = self._view
        self._view = VIEWS[place]
        self.add_class(f"-see-{self._view}")
        self.query_one(f"#{to}").focus()
