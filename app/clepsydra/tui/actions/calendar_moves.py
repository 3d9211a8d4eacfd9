"""What is done to a session on the calendar: moved by half hours and days, cut where the cursor is."""

from collections.abc import Sequence
from datetime import timedelta

from clepsydra.domain.civil import first_instant_from, wall
from clepsydra.domain.interval import MINUTE, Interval
from clepsydra.ledger import editing
from clepsydra.ledger.absences import AbsenceRow
from clepsydra.ledger.editing import Edit
from clepsydra.ledger.ledger import Refused
from clepsydra.tui.actions.absences import AbsenceActions
from clepsydra.tui.actions.cutting import CuttingActions

_HALF = 30 * MINUTE


class CalendarMoves(AbsenceActions, CuttingActions):
    """Mixed into the calendar, which says which half hour is meant and follows what is moved."""

    def slot(self) -> Interval:
        """The half hour under the cursor."""
        raise NotImplementedError

    def moved_by(self, days: int, rows: int) -> None:
        """Follow a session that was moved by days and half hours."""
        raise NotImplementedError

    do_calendar_note = CuttingActions.do_session_note
    do_calendar_scope = CuttingActions.do_session_scope
    do_calendar_join = CuttingActions.do_session_join

    def absences_seen(self) -> Sequence[AbsenceRow]:
        """The absences of the day under the cursor."""
        raise NotImplementedError

    def target_absence(self) -> AbsenceRow | None:
        """The absence that fills most of the half hour under the cursor, where no session does."""
        seen = self.absences_seen()
        if not seen or self.target_session() is not None:
            return None
        slot = self.slot()

        def shared(row: AbsenceRow) -> int:
            return min(row.ended_at, slot.ended_at) - max(row.started_at, slot.started_at)

        found = max(seen, key=shared)
        return found if shared(found) > 0 else None

    def do_calendar_edit(self) -> None:
        """Edit the session or the absence."""
        absence = self.target_absence()
        if absence is None:
            self.do_session_edit()
        else:
            self.edit_absence(absence)

    def do_calendar_remove(self) -> None:
        """Take the session or the absence out of the log."""
        absence = self.target_absence()
        if absence is None:
            self.do_session_remove()
        else:
            self.remove_absence(absence)

    def do_calendar_split(self) -> None:
        """Cut the session where the half hour under the cursor begins; at its own begin the time is asked for."""
        session, at = self._target(), self.slot().started_at
        if session.started_at < at < session.span(self.ledger.now).ended_at:
            editing.split(self.ledger, session.id, at)
            self.changed()
        else:
            self.do_session_split()

    def do_calendar_earlier(self) -> None:
        """Move the session half an hour up."""
        self._move(seconds=-_HALF)

    def do_calendar_later(self) -> None:
        """Move the session half an hour down."""
        self._move(seconds=_HALF)

    def do_calendar_day_before(self) -> None:
        """Move the session to the day before, at the same time of day."""
        self._move(days=-1)

    def do_calendar_day_after(self) -> None:
        """Move the session to the day after, at the same time of day."""
        self._move(days=1)

    def _move(self, seconds: int = 0, days: int = 0) -> None:
        session = self._target()
        if session.ended_at is None:
            raise Refused("the session is still running; stop it first")
        begin = session.started_at + seconds
        if days:
            moved = wall(session.started_at, self.ledger.zone).replace(tzinfo=None) + timedelta(days=days)
            begin = first_instant_from(moved, self.ledger.zone)
        length = session.ended_at - session.started_at
        editing.edit(self.ledger, session.id, Edit(started_at=begin, ended_at=begin + length))
        self.moved_by(days, seconds // _HALF)
