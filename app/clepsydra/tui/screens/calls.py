"""The inbox of calls: what was noticed and nobody has decided about, or everything that ever was."""

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content

from clepsydra.domain.records import replace
from clepsydra.ledger.calls import deciding
from clepsydra.ledger.calls.explaining import explain
from clepsydra.ledger.calls.inbox import last_note, listed
from clepsydra.ledger.calls.model import CallState, DetectedCall
from clepsydra.ledger.ledger import Refused
from clepsydra.ledger.live.figures import Snapshot
from clepsydra.ledger.timers import Work
from clepsydra.settings.client_keys import client_keys
from clepsydra.tui.action_screen import ActionScreen
from clepsydra.tui.actions.calls import CallActions
from clepsydra.tui.actions.table import Needs, Place
from clepsydra.tui.present import calls as present_calls
from clepsydra.tui.present import main as present
from clepsydra.tui.widgets.action_bar import ActionBar
from clepsydra.tui.widgets.lines import Lines
from clepsydra.tui.widgets.log_table import Column, LogTable, TableRow
from clepsydra.tui.widgets.panel import Panel

_ALL_DAYS = 92
"""How many days back everything is listed."""


class _Rows:
    """The calls that were read, as rows."""

    def __init__(self, rows: list[TableRow]) -> None:
        self._rows = rows

    def count(self) -> int:
        """How many."""
        return len(self._rows)

    def page(self, offset: int, limit: int) -> list[TableRow]:
        """Some of them."""
        return self._rows[offset : offset + limit]


class Calls(CallActions, ActionScreen):
    """Calls, the latest first, over what is known of the chosen one."""

    PLACE = Place.CALLS
    CSS = """
    Calls { layout: vertical; }
    Calls #calls-panel { height: 1fr; }
    Calls #call-panel { height: 6; }
    Calls #facts { height: 4; }
    Calls ActionBar { height: 2; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._calls: list[DetectedCall] = []
        self._everything = False

    def compose(self) -> ComposeResult:
        """The list over the facts of one call."""
        tr = self.tr
        columns = (
            Column(tr.t("when"), 19),
            Column(tr.t("length"), 8, align="right"),
            Column(tr.t("program"), 10),
            Column(tr.t("worth"), 10, align="right"),
            Column(tr.t("whose"), 20, share=1),
            Column("", 14, drop=1),
        )
        yield Lines(id="title")
        with Panel(id="calls-panel"):
            yield LogTable(columns, id="calls")
        with Panel(id="call-panel"):
            yield Lines(id="facts")
        yield ActionBar()

    def on_mount(self) -> None:
        """What waits."""
        self.table.focus()
        self.show_all()

    @property
    def table(self) -> LogTable:
        """The list."""
        return self.query_one("#calls", LogTable)

    # -- drawing

    def show_all(self) -> None:
        """Read again; the cursor stays on its call."""
        before, place = self.target_call(), self.table.cursor
        ledger = self.ledger
        since = ledger.now - _ALL_DAYS * 86_400 if self._everything else None
        self._calls = listed(
            ledger, since, everything=self._everything, calendar=self.tui.call_monitor.calendars.hints
        )[::-1]
        self._keys = client_keys(ledger.catalogue.clients.values(), self.tui.keymap.taken(Place.CALLS))
        ids = [call.id for call in self._calls]
        self.table.say_nothing(self.tr.t("no call waits for a decision"))
        self._show_rows(ids.index(before.id) if before and before.id in ids else place)
        self.tick(self.tui.snapshot())
        self.refresh_bar()

    def _show_rows(self, cursor: int) -> None:
        ledger, zone = self.ledger, self.ledger.settings.time_zone
        rows = [present_calls.row(call, ledger.now, zone, ledger.today, self.names) for call in self._calls]
        self.table.show(_Rows(rows), cursor)
        self._show_facts()

    def _show_facts(self) -> None:
        call = self.target_call()
        panel = self.query_one("#call-panel", Panel)
        panel.entitle(Content(self.tr.t("Call")))
        if call is None:
            self.query_one("#facts", Lines).show([])
            return
        whose = call.client or (call.suggestion.client if call.suggestion else "")
        note = last_note(self.ledger, whose) if whose else ""
        zone = self.ledger.settings.time_zone
        found = explain(self.ledger, call.id)
        self.query_one("#facts", Lines).show(present_calls.facts(found, zone, note, self.names))
        keys = " ".join(f"{key} {self.names.place(slug)} " for key, slug in sorted(self._keys.items()))
        panel.foot(Content(keys))

    def tick(self, snapshot: Snapshot) -> None:
        """The clock, the state of the watcher, the length of a call under way."""
        tr, zone = self.tr, self.ledger.settings.time_zone
        status = present_calls.status_words(self.tui.call_monitor.told, tr)
        self.query_one("#title", Lines).show([present.title(snapshot.now, zone, tr, status)])
        title = tr.t("Calls of the last three months") if self._everything else tr.t("Calls to assign")
        self.query_one("#calls-panel", Panel).entitle(Content(title))
        if any(call.ended_at is None for call in self._calls):
            live = snapshot.calls.front
            self._calls = [replace(call, minor=live.minor) if live and live.id == call.id else call
                           for call in self._calls]  # fmt: skip
            self._show_rows(self.table.cursor)

    # -- what can be done

    def present(self) -> set[Needs]:
        """Adds the chosen call."""
        return super().present() | ({Needs.CALL} if self.target_call() else set())

    def target_call(self) -> DetectedCall | None:
        """The call under the cursor."""
        row = self.table.selected
        return next((call for call in self._calls if row and call.id == row.id), None)

    def take_key(self, event: events.Key) -> bool:
        """A client's own key says whose the call is."""
        slug, call = self._keys.get(event.character or ""), self.target_call()
        if not slug or not call:
            return False
        with self.telling():
            self.assign(call, Work(slug))
        return True

    @on(LogTable.Highlighted)
    def _moved(self) -> None:
        self._show_facts()

    @on(LogTable.Selected)
    def _chosen(self) -> None:
        self.action_do("calls.accept")

    def do_calls_accept(self) -> None:
        """It is whose it seems to be; one that was decided is asked about."""
        call = self._call()
        if call.state is CallState.INBOX:
            self.do_call_accept()
        else:
            self.do_call_assign()

    def do_calls_merge(self) -> None:
        """One call of this one and the one before it in time."""
        place = self.table.cursor
        if place + 1 >= len(self._calls):
            raise Refused("there is no earlier call to make one with")
        deciding.merge(self.ledger, self._calls[place + 1].id, self._call().id)
        self.changed()

    def do_calls_reopen(self) -> None:
        """Back to the inbox."""
        deciding.reopen(self.ledger, self._call().id)
        self.changed()

    def do_calls_all(self) -> None:
        """Everything, or only what waits."""
        self._everything = not self._everything
        self.show_all()

    do_calls_assign = CallActions.do_call_assign
    do_calls_split = CallActions.do_call_split
    do_calls_trim = CallActions.do_call_trim
    do_calls_personal = CallActions.do_call_personal
    do_calls_dismiss = CallActions.do_call_dismiss
    do_calls_never = CallActions.do_call_never
    do_calls_never_title = CallActions.do_call_never_title
    do_calls_unanswered = CallActions.do_call_unanswered
