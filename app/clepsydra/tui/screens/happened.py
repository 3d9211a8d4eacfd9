"""What happened: calls and all other evidence as one list, of a day or of the last weeks.

Of today the list holds every call that waits for a decision, whenever it was. Calls keep their keys. Files are read in
a thread; until they are, the log alone speaks.
"""

from datetime import date

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content

from clepsydra.domain.records import replace
from clepsydra.ledger.calls import deciding
from clepsydra.ledger.calls.explaining import explain
from clepsydra.ledger.calls.inbox import last_note, listed
from clepsydra.ledger.calls.model import CallState, DetectedCall
from clepsydra.ledger.evidence.gathering import happened
from clepsydra.ledger.evidence.ruling import Ruled, ruled
from clepsydra.ledger.ledger import Refused
from clepsydra.ledger.live.figures import Snapshot
from clepsydra.ledger.timers import Work
from clepsydra.tui.actions.call_list import CallListActions
from clepsydra.tui.actions.calls import CallActions
from clepsydra.tui.actions.happened_days import HappenedDays
from clepsydra.tui.keys.table import Needs, ScreenName
from clepsydra.tui.present import calls as present_calls
from clepsydra.tui.present import happened as present_happened
from clepsydra.tui.present import main as present
from clepsydra.tui.present.happened import RowWords
from clepsydra.tui.present.happened_rows import STRANGERS, HappenedRow, listed_rows
from clepsydra.tui.widgets.action_bar import ActionBar
from clepsydra.tui.widgets.lines import Lines
from clepsydra.tui.widgets.log_table import LogTable, Rows
from clepsydra.tui.widgets.panel import Panel

_ALL_DAYS = 92
"""How many days back every call is listed."""

_FRAME = 4
"""Cells that a frame with its padding takes of the width."""


class HappenedScreen(CallListActions, HappenedDays):
    """Everything that happened, the latest first, over what is known of the chosen one."""

    SCREEN = ScreenName.HAPPENED
    CSS = """
    HappenedScreen { layout: vertical; }
    HappenedScreen #calls-panel { height: 1fr; }
    HappenedScreen #call-panel { height: 6; }
    HappenedScreen #facts { height: 4; }
    HappenedScreen ActionBar { height: 2; }
    """

    def __init__(self, day: date | None = None) -> None:
        """The list of a day, of today where none is given."""
        super().__init__()
        self._first_day = day
        self._calls: list[DetectedCall] = []
        self._rows: list[HappenedRow] = []
        self._found: list[Ruled] = []
        self._opened: set[str] = set()
        self._everything = False
        self._keys: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """The list over the facts of one thing that happened."""
        yield Lines(id="title")
        with Panel(id="calls-panel"):
            yield LogTable(present_happened.columns([], 0, self.tr), id="calls")
        with Panel(id="call-panel"):
            yield Lines(id="facts")
        yield ActionBar()

    def on_mount(self) -> None:
        """What waits."""
        self.day = self._first_day or self.ledger.today
        self.table.focus()
        self.show_all()

    @property
    def table(self) -> LogTable:
        """The list."""
        return self.query_one("#calls", LogTable)

    # -- drawing

    def show_all(self, *, first: bool = False) -> None:
        """Read again; the cursor goes to the `first` row, or stays on its own."""
        before, place = (None, 0) if first else (self.target(), self.table.cursor)
        ledger = self.ledger
        self._calls = self._listed_calls()
        self._found = ruled(ledger, happened(ledger, self.span, self.told).items)
        self._rows = listed_rows(
            self._calls, self._found, self._opened, everything=self._everything, day_of=ledger.own_day
        )
        self._keys = self.tui.client_keys(ScreenName.HAPPENED)
        ids = [row.id for row in self._rows]
        self.table.say_nothing(self.tr.t("nothing waits for a decision"))
        self._show_rows(ids.index(before.id) if before and before.id in ids else place)
        self.tick(self.tui.snapshot())
        self.refresh_bar()

    def _listed_calls(self) -> list[DetectedCall]:
        """The calls of the days that are shown, the latest first; of today whatever waits."""
        ledger, calendar = self.ledger, self.tui.call_monitor.calendars.hints
        since: int | None = self.span.started_at
        until: int | None = self.span.ended_at
        if self.day == ledger.today:
            since, until = ledger.now - _ALL_DAYS * 86_400 if self._everything else None, None
        return listed(ledger, since, until, everything=self._everything, calendar=calendar)[::-1]

    def _show_rows(self, cursor: int) -> None:
        words = self._words()
        rows = [words.row(seen) for seen in self._rows]
        self.table.set_columns(present_happened.columns(rows, self.app.size.width, self.tr))
        self.table.show(Rows(rows), cursor)
        self._show_facts()

    def _words(self) -> RowWords:
        ledger = self.ledger
        return RowWords(ledger.now, ledger.settings.time_zone, self.day or ledger.today, self.names)

    def on_resize(self) -> None:
        """Another width breaks the facts elsewhere."""
        if self._rows:
            self._show_facts()

    def _show_facts(self) -> None:
        seen, call = self.target(), self.target_call()
        panel, lines = self.query_one("#call-panel", Panel), self.query_one("#facts", Lines)
        through = f" · {present_calls.program(call, self.tr)}" if call else ""
        title = self.tr.t("Call") + through if call else self.tr.t("What is known")
        panel.entitle(Content(title if self._rows else self.tr.t("What can be seen here")))
        zone = self.ledger.settings.time_zone
        if call is not None:
            whose = call.client or (call.suggestion.client if call.suggestion else "")
            note = last_note(self.ledger, whose) if whose else ""
            ruled_by = seen.found if seen and seen.found and seen.found.ruling.fitting else None
            rule = present_happened.rule_words_of(ruled_by, self.tr) if ruled_by else ""
            room = self.app.size.width - _FRAME
            lines.show(present_calls.facts(explain(self.ledger, call.id), zone, note, self.names, room, rule))
        else:
            lines.show(present_happened.facts(seen, self._words()) if seen else present_happened.taught(self.lessons()))
        keys = sorted(self._keys.items()) if self._rows else []
        panel.foot(Content(present_happened.client_keys(keys, self.names, self.app.size.width - 2 * _FRAME)))

    def tick(self, snapshot: Snapshot) -> None:
        """The clock, the state of the watcher, the length of a call under way."""
        tr, zone = self.tr, self.ledger.settings.time_zone
        status = present_calls.status_words(self.tui.call_monitor.told, tr)
        self.query_one("#title", Lines).show([present.title(snapshot.now, zone, tr, status)])
        every = self._everything and self.day == self.ledger.today
        panel = self.query_one("#calls-panel", Panel)
        panel.entitle(Content(tr.t("Calls of the last three months") if every else self.heading()))
        panel.foot(Content(present_happened.summed(self._rows, snapshot.now, self.ledger.settings.currency, tr)))
        if any(call.ended_at is None for call in self._calls):
            live = snapshot.calls.front
            self._calls = [replace(call, minor=live.minor) if live and live.id == call.id else call
                           for call in self._calls]  # fmt: skip
            by_id = {call.id: call for call in self._calls}
            self._rows = [replace(row, call=by_id.get(row.id, row.call)) for row in self._rows]
            self._show_rows(self.table.cursor)

    # -- what can be done

    def present(self) -> set[Needs]:
        """Adds the chosen row, and the call that it is."""
        met = super().present()
        if self.target():
            met.add(Needs.HAPPENED)
        return met | ({Needs.CALL} if self.target_call() else set())

    def target(self) -> HappenedRow | None:
        """The row under the cursor."""
        row = self.table.selected
        return next((seen for seen in self._rows if row and seen.id == row.id), None)

    def target_call(self) -> DetectedCall | None:
        """The call under the cursor."""
        seen = self.target()
        return seen.call if seen else None

    def everything(self) -> list[Ruled]:
        """All that happened on the days that are shown, as rules see it."""
        return self._found

    def take_key(self, event: events.Key) -> bool:
        """A client's own key says whose it is."""
        slug, seen = self._keys.get(event.character or ""), self.target()
        if not slug or seen is None or not (seen.call or seen.found):
            return False
        with self.telling():
            if seen.call is not None:
                self.assign(seen.call, Work(slug))
            elif seen.found is not None:
                self.take_as(seen.found, Work(slug))
        return True

    @on(LogTable.Highlighted)
    def _moved(self) -> None:
        self._show_facts()

    @on(LogTable.Selected)
    def _chosen(self) -> None:
        self.action_do("calls.accept")

    def do_calls_accept(self) -> None:
        """It is whose it seems to be; what was decided is asked about, what is folded is taken whole."""
        seen = self.target()
        if seen is None:
            return
        if seen.call is not None:
            if seen.call.state is CallState.INBOX and not (seen.found and seen.found.rule):
                self.do_call_accept()
            elif seen.call.state is CallState.INBOX and seen.found is not None:
                self.take_found(seen.found)
            else:
                self.do_call_assign()
        elif seen.id == STRANGERS:
            self.do_happened_open()
        elif seen.group:
            self.take_group(seen.group)
        else:
            self.take_found(self.chosen())

    def do_calls_assign(self) -> None:
        """Pick whose it is."""
        if self.target_call() is not None:
            self.do_call_assign()
        else:
            self.ask_whose(self.chosen())

    def do_calls_trim(self) -> None:
        """Another begin or end of a call; how long anything else took."""
        if self.target_call() is not None:
            self.do_call_trim()
        else:
            self.ask_minutes(self.chosen())

    def do_calls_dismiss(self) -> None:
        """No call, or no work."""
        if self.target_call() is not None:
            self.do_call_dismiss()
        else:
            self.leave_found(self.chosen())

    def do_calls_split(self) -> None:
        """Cut a call in two; elsewhere show what is nobody's, or hide it. Raises `Refused` where there is neither."""
        if self.target_call() is not None:
            self.do_call_split()
        elif any(seen.id == STRANGERS for seen in self._rows):
            self._toggle(STRANGERS)
        else:
            raise Refused("there is no call here to cut in two")

    def do_happened_open(self) -> None:
        """Open or close a folded row. Raises `Refused` on a row that is none."""
        seen = self.target()
        if seen is None or not seen.group:
            raise Refused("nothing is folded here")
        self._toggle(seen.id)

    def _toggle(self, row: str) -> None:
        self._opened ^= {row}
        self.show_all()

    def do_calls_merge(self) -> None:
        """One call of this one and the one before it in time. Raises `Refused` when there is none before it."""
        ids = [call.id for call in self._calls]
        place = ids.index(self._call().id)
        if place + 1 >= len(ids):
            raise Refused("there is no earlier call to make one with")
        deciding.merge(self.ledger, ids[place + 1], ids[place])
        self.changed()

    def do_calls_reopen(self) -> None:
        """Back to the inbox."""
        deciding.reopen(self.ledger, self._call().id)
        self.changed()

    def do_calls_all(self) -> None:
        """Everything, or only what waits."""
        self._everything = not self._everything
        self.show_all()

    do_calls_personal = CallActions.do_call_personal
    do_calls_never = CallActions.do_call_never
    do_calls_never_title = CallActions.do_call_never_title
    do_calls_unanswered = CallActions.do_call_unanswered
