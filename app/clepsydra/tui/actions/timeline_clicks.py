"""What was done in a stretch of the timeline: a gap is filled, a session or an absence edited, by a click or Enter."""

from textual import on

from clepsydra.domain.interval import Interval
from clepsydra.ledger.days import Day, grown
from clepsydra.tui.actions.absences import AbsenceActions
from clepsydra.tui.actions.sessions import SessionActions
from clepsydra.tui.widgets.timeline import DayBar


class TimelineClicks(AbsenceActions, SessionActions):
    """Mixed into a screen that shows the timeline of a day."""

    def day_on_timeline(self) -> Day | None:
        """The day that is shown."""
        raise NotImplementedError

    @on(DayBar.Chosen)
    def _chosen_instant(self, event: DayBar.Chosen) -> None:
        event.stop()
        day = self.day_on_timeline()
        if day is not None:
            with self.telling():
                self.open_instant(grown(day, self.ledger.now), event.instant)

    def open_instant(self, day: Day, instant: int) -> None:
        """Edit the session or absence an instant belongs to, or say what the gap was that it lies in."""
        from clepsydra.tui.screens.session_form import SessionForm

        now = self.ledger.now
        session = next((s for s in reversed(day.sessions) if s.placed and s.span(now).started_at <= instant
                        < s.span(now).ended_at), None)  # fmt: skip
        if session is not None:
            self.ask(SessionForm(session), lambda _: None)
            return
        absence = next((row for row in day.absences if row.started_at <= instant < row.ended_at), None)
        if absence is not None:
            self.edit_absence(absence)
            return
        gap = next((gap for gap in day.timeline.unexplained if gap.started_at <= instant < gap.ended_at), None)
        if gap is not None:
            span = Interval(gap.started_at, max(gap.started_at, min(gap.ended_at, now)))
            self.ask(SessionForm(None, self._beside(day, gap), span), lambda _: None)

    def _beside(self, day: Day, gap: Interval) -> str:
        """Whose the work before a gap was, which it most often goes on."""
        known = self.ledger.catalogue.clients
        before = [s.client for s in day.sessions if s.started_at <= gap.started_at and s.client in known]
        return before[-1] if before else self.current_client()
