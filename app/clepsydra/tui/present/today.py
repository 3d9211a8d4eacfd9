"""The sessions of today as rows, told anew whenever one is asked for, so that a running length moves."""

from collections.abc import Sequence

from clepsydra.domain.session import Session
from clepsydra.language.translator import Translator
from clepsydra.ledger.ledger import Ledger
from clepsydra.tui.present.main import session_row
from clepsydra.tui.widgets.drawing import wrapped
from clepsydra.tui.widgets.log_table import Cell, TableRow

NOTE = 3
"""The column of the note."""


class TodayRows:
    """Some sessions; where there is room, what does not fit into the column of the note goes on below."""

    def __init__(
        self, ledger: Ledger, sessions: Sequence[Session], tr: Translator, note_cells: int = 0, room: int = 0
    ) -> None:
        """Notes are `note_cells` wide, and there are lines for `room` of all; what runs has its note elsewhere."""
        self._ledger, self._sessions, self._tr = ledger, sessions, tr
        self._notes: dict[int, list[str]] = {}
        spare = room - len(sessions)
        for index, session in enumerate(sessions if note_cells else ()):
            lines = [] if session.running else wrapped(self._row(session).cells[NOTE].text, note_cells)
            if 1 < len(lines) <= spare + 1:
                self._notes[index] = lines
                spare -= len(lines) - 1
        self._lines = [(n, part) for n in range(len(sessions)) for part in range(len(self._notes.get(n, [""])))]

    def count(self) -> int:
        """How many lines there are."""
        return len(self._lines)

    def page(self, offset: int, limit: int) -> Sequence[TableRow]:
        """Some of them, as of now."""
        return [self._line(index, part) for index, part in self._lines[offset : offset + limit]]

    def running(self) -> list[int]:
        """The numbers of the lines whose lengths grow."""
        return [n for n, (index, part) in enumerate(self._lines) if not part and self._sessions[index].running]

    def _line(self, index: int, part: int) -> TableRow:
        row = self._row(self._sessions[index])
        if index not in self._notes:
            return row
        cells = list(row.cells) if not part else [Cell("")] * len(row.cells)
        cells[NOTE] = Cell(self._notes[index][part], row.cells[NOTE].meaning)
        return row._replace(cells=cells) if not part else TableRow("", cells)

    def _row(self, session: Session) -> TableRow:
        ledger = self._ledger
        client = ledger.catalogue.clients.get(session.client)
        return session_row(session, ledger.now, ledger.settings.time_zone, client, self._tr)
