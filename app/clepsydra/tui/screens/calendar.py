"""The calendar: a week as days and half hours, a month and a year as bars; each opens what is behind it."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from clepsydra.domain.interval import Interval
from clepsydra.domain.session import OWN, Session
from clepsydra.language import formats
from clepsydra.ledger import log, spans
from clepsydra.ledger.absences import AbsenceRow
from clepsydra.ledger.days import Day, day_of
from clepsydra.ledger.live.figures import Snapshot
from clepsydra.ledger.log_search import Search
from clepsydra.tui.actions.calendar_moves import CalendarMoves
from clepsydra.tui.calendar_sums import MONTH, WEEK, YEAR, Bars, CalendarSums
from clepsydra.tui.keys.dispatch import ActionScreen
from clepsydra.tui.keys.table import Needs, ScreenName
from clepsydra.tui.present import main as present_main
from clepsydra.tui.present import session as present_session
from clepsydra.tui.present import week as present
from clepsydra.tui.widgets.action_bar import ActionBar
from clepsydra.tui.widgets.lines import Lines, Word, WordLine
from clepsydra.tui.widgets.log_table import LogTable
from clepsydra.tui.widgets.panel import Panel
from clepsydra.tui.widgets.week_calendar import WeekCalendar

_ROOMY = 100
"""Columns from which on a weekend of nothing has its place."""


class CalendarScreen(CalendarSums, CalendarMoves, ActionScreen):
    """A week, a month or a year to look at, and the week to work in."""

    SCREEN = ScreenName.CALENDAR
    CSS = """
    CalendarScreen #calendar-panel { height: 1fr; }
    CalendarScreen #facts { height: 2; }
    CalendarScreen ActionBar { height: 2; }
    """

    def __init__(self, day: date) -> None:
        super().__init__()
        self.day = day
        self.view = WEEK
        self.totals: list[spans.SpanTotals] = []
        self._days: list[Day] = []
        self._shown = (0, 0)

    # -- what is seen

    def compose(self) -> ComposeResult:
        """The calendar or the bars, over what the cursor is on."""
        yield Lines(id="title")
        with Panel(id="calendar-panel"):
            yield WeekCalendar(id="week")
            yield Bars((), id="bars")
        yield Lines(id="facts")
        yield ActionBar()

    def on_mount(self) -> None:
        """This moment of this week."""
        self.show_all()
        self._show_view()
        row = present.row_of(self.day, self.ledger.now, self.ledger) - self._shown[0]
        self.week.go(self.day.weekday(), row)

    @property
    def week(self) -> WeekCalendar:
        """The calendar of a week."""
        return self.query_one(WeekCalendar)

    def _show_view(self) -> None:
        self.week.display = self.view == WEEK
        self.bars.display = self.view != WEEK
        (self.week if self.view == WEEK else self.bars).focus()

    def show_all(self) -> None:
        """Draw the week, and read what it comes to; of a month and a year there is nothing else to draw."""
        if self.view == WEEK:
            monday = self.day - timedelta(days=self.day.weekday())
            days = [monday + timedelta(days=n) for n in range(7)]
            self._days = [day_of(self.ledger, day) for day in days]
            if not self.summed:
                self.totals = [spans.SpanTotals(day, day) for day in days]
            self.draw()
        self.read_sums()

    def draw(self) -> None:
        """Draw what was read."""
        panel, tr, totals = self.query_one(Panel), self.tr, self.totals
        if self.view == WEEK:
            totals = self._draw_week()
            first, last = totals[0].first, totals[-1].last
            words = tr.t(
                "Week {number} · {days}", number=first.isocalendar().week, days=formats.days(first, last, tr.lang)
            )
        else:
            self.draw_bars()
            words = formats.days(totals[0].first, totals[-1].last, tr.lang)
        panel.entitle(Content(words))
        panel.foot(Content(present.sum_words(totals, self.ledger.settings.currency, tr) if self.summed else ""))
        self.tick(self.tui.snapshot())
        self._show_facts()
        self.refresh_bar()

    def _draw_week(self) -> list[spans.SpanTotals]:
        """Draw the week, and return the days of it that have room."""
        totals = self.totals
        weekend = self.day.weekday() > 4 or any(day.sessions for day in self._days[5:])
        if self.app.size.width < _ROOMY and not weekend:
            totals = totals[:5]
        days = self._days[: len(totals)]
        before, self._shown = self._shown, present.rows_shown(days, self.ledger)
        view = present.calendar_view(days, totals, self.ledger, self._shown, self.tr)
        self.week.row += before[0] - self._shown[0] if before != (0, 0) else 0
        self.week.show(view)
        return totals

    def on_resize(self) -> None:
        """Another width gives longer bars, and a weekend of nothing its room."""
        if self.is_mounted and self.totals:
            self.draw()

    def tick(self, snapshot: Snapshot) -> None:
        """The time of day."""
        title = present_main.title(snapshot.now, self.ledger.zone, self.tr, (), sample=self.tui.sample)
        self.query_one("#title", Lines).show([title])

    @on(WeekCalendar.Moved)
    def _moved(self) -> None:
        if self._days and self.view == WEEK:
            self.day = self._days[self.week.day].day
        self._show_facts()

    @on(LogTable.Highlighted, "#bars")
    def _bar_moved(self, event: LogTable.Highlighted) -> None:
        moved = (span for span in self.totals if span.first.isoformat() == event.row.id)
        span = next(moved, None) if self.view != WEEK else None
        if span and not span.first <= self.day <= span.last:
            self.day = span.first

    def _show_facts(self) -> None:
        lines: list[WordLine] = []
        session = self.target_session()
        if session is not None:
            number, ledger = log.statement_number(self.ledger, session), self.ledger
            facts = present_session.facts(session, number, ledger.now, ledger.zone, ledger.settings.late_after, self.tr)
            place = present_session.place_label(session.client, session.project, ledger.catalogue.clients, self.tr)
            note = f" · {session.note}" if session.note else ""
            lines = [WordLine((Word(f" {place}{note}", "heading", bold=True),)), facts[0]]
        elif (absence := self.target_absence()) is not None:
            lines = present.absence_lines(absence, self.ledger, self.tr)
        elif self.view == WEEK and self._days:
            span = self._free()
            words = present_session.span_words(span.started_at, span.ended_at, self.ledger.zone, self.tr.lang)
            lines = [WordLine((Word(" " + self.tr.t("{span}: enter says what it was", span=words), "muted"),))]
        self.query_one("#facts", Lines).show(lines)

    # -- walking

    def _turn(self, steps: int) -> None:
        if self.view == WEEK:
            self.day += timedelta(days=7 * steps)
        elif self.view == MONTH:
            first = self.day.replace(day=1)
            self.day = (
                (first + timedelta(days=31)).replace(day=1) if steps > 0 else (first - timedelta(days=1)).replace(day=1)
            )
        else:
            self.day = date(self.day.year + steps, self.day.month, 1)
        self.show_all()

    def do_calendar_before(self) -> None:
        """The week, month or year before."""
        self._turn(-1)

    def do_calendar_after(self) -> None:
        """The week, month or year after."""
        self._turn(1)

    def do_calendar_today(self) -> None:
        """Back to today."""
        self.day = self.ledger.today
        self.show_all()
        self.week.go(self.day.weekday(), present.row_of(self.day, self.ledger.now, self.ledger) - self._shown[0])

    def do_calendar_view(self) -> None:
        """From the week to the month to the year."""
        self._go_to({WEEK: MONTH, MONTH: YEAR, YEAR: WEEK}[self.view])

    def _go_to(self, view: str) -> None:
        self.view = view
        self.show_all()
        self._show_view()
        if view == WEEK:
            self.week.go(self.day.weekday(), self.week.row)

    @on(WeekCalendar.Left)
    def _left(self, event: WeekCalendar.Left) -> None:
        self.day += timedelta(days=event.days)
        self.show_all()
        self.week.go(self.day.weekday(), self.week.row)

    def moved_by(self, days: int, rows: int) -> None:
        """Follow a session that was moved."""
        self.day += timedelta(days=days)
        self.changed()
        self.week.go(self.day.weekday(), self.week.row + rows)

    # -- what can be done

    def present(self) -> set[Needs]:
        """Adds the session under the cursor."""
        met = super().present()
        if self.target_session() is not None:
            met |= {Needs.SESSION, Needs.STRETCH}
        elif self.target_absence() is not None:
            met.add(Needs.STRETCH)
        return met

    def target_session(self) -> Session | None:
        """The session that fills most of the half hour under the cursor."""
        if self.view != WEEK or not self.week.cell.session:
            return None
        return log.session_now(self.ledger, self.week.cell.session)

    def current_client(self) -> str:
        """Whose a new session is at first: like the last one before the half hour."""
        known, slot = self.ledger.catalogue.clients, self.slot()
        before = [s for day in self._days for s in day.sessions if s.started_at < slot.started_at]
        wished = (*([before[-1].client] if before else []), *known)
        return next(slug for slug in wished if slug in known and (slug != OWN or len(known) == 1))

    def absences_seen(self) -> Sequence[AbsenceRow]:
        """The absences of the day under the cursor."""
        return self._days[self.week.day].absences if self._days and self.view == WEEK else ()

    def slot(self) -> Interval:
        """The half hour under the cursor."""
        day, row = self._days[self.week.day].day, self.week.row + self._shown[0]
        return Interval(present.instant_of(day, row, self.ledger), present.instant_of(day, row + 1, self.ledger))

    def _free(self) -> Interval:
        return present.free_around(self._days[self.week.day], self.slot(), self.ledger.now)

    @on(WeekCalendar.Chosen)
    @on(LogTable.Selected, "#bars")
    def _chosen(self) -> None:
        self.action_do("calendar.open")

    def do_calendar_open(self) -> None:
        """The session under the cursor, or what was done in a half hour of nothing; of a bar what is behind it."""
        if self.view == YEAR:
            self._go_to(MONTH)
        elif self.view == MONTH:
            self._go_to(WEEK)
        elif self.target_session() is not None or self.target_absence() is not None:
            self.do_calendar_edit()
        else:
            self.do_calendar_fill()

    def do_calendar_fill(self) -> None:
        """Say what the free half hour, or the whole gap it lies in, was."""
        from clepsydra.tui.screens.session_form import SessionForm

        self.ask(SessionForm(None, self.current_client(), self._free()), lambda _: None)

    def do_calendar_log(self) -> None:
        """The sessions of the day, or of the stretch under the cursor, in the log."""
        from clepsydra.tui.screens.log import LogScreen

        first = last = self.day
        if self.view == YEAR:
            last = first.replace(day=monthrange(first.year, first.month)[1])
        days = f"{first.isoformat()}..{last.isoformat()}"
        search = Search(days=days, first_day=first.toordinal(), last_day=last.toordinal())
        self.app.push_screen(LogScreen(search))

    def do_calendar_day(self) -> None:
        """Reconcile the day under the cursor."""
        from clepsydra.tui.screens.day import DayScreen

        self.app.push_screen(DayScreen(self.day))
