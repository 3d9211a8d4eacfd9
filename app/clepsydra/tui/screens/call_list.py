"""A list of calls before it is brought in: whose its numbers are. What is said becomes a contact of a client's file."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content

from clepsydra.language import formats
from clepsydra.ledger.evidence.parties import CallParty, learn, parties
from clepsydra.tui.base_app import BaseApp, base_app_of
from clepsydra.tui.dialogs import Dialog
from clepsydra.tui.keys import dialogs
from clepsydra.tui.pickers import place_picker
from clepsydra.tui.present import main as present
from clepsydra.tui.widgets.action_bar import AnswerBar, BarEntry
from clepsydra.tui.widgets.log_table import Cell, Column, LogTable, Rows, TableRow
from clepsydra.tui.widgets.prose import Prose

if TYPE_CHECKING:
    from clepsydra.evidence.phone.shape import ListFile

_MOST = 12
"""So many rows are seen at once."""


class CallListPreview(Dialog[bool | None]):
    """Dismisses with True once the contacts are written and the calls may come in."""

    DEFAULT_CSS = """
    CallListPreview { align: center middle; background: $background 60%; }
    CallListPreview > Vertical { width: 84; max-width: 98%; height: auto; border: round $line; background: $surface;
        padding: 0 1; border-title-color: $heading; }
    CallListPreview #told { color: $muted; height: auto; margin: 1 0 0 0; }
    CallListPreview AnswerBar { height: 2; margin: 1 0 0 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = dialogs.bindings(dialogs.CALL_LIST)

    def __init__(self, file: "ListFile", name: str, base_app: BaseApp) -> None:
        """Raises `Refused` where the list cannot be read."""
        super().__init__()
        self._base_app, self._name = base_app, name
        self._parties = parties(base_app.ledger, file)
        self._said: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """The numbers over what they bring, over the keys."""
        tr = self._base_app.tr
        with Vertical() as frame:
            frame.border_title = Content(tr.t("List of calls: {file}", file=self._name))
            columns = (Column("", 16, share=2), Column("", 14), Column("", 18, share=1))
            table = LogTable(columns, self._source(), header=False, id="parties")
            table.styles.height = max(1, min(_MOST, len(self._parties)))
            table.say_nothing(tr.t("no call of this list has a length"))
            yield table
            yield Prose("", id="told")
            yield AnswerBar(self._entries())

    def _entries(self) -> list[BarEntry]:
        tr = self._base_app.tr
        told = {"bring_in": tr.t("into the calls inbox"), "choose": tr.t("whose it is")}
        if any(each.suggested for each in self._parties):
            told |= {"accept": tr.t("yes, as suggested"), "accept_all": tr.t("all as suggested")}
        told |= {"nobody": tr.t("nobody’s"), dialogs.LEAVE: tr.t("not yet")}
        return [dialogs.entry(dialogs.CALL_LIST, does, label) for does, label in told.items()]

    def on_mount(self) -> None:
        """The first row."""
        self.query_one(LogTable).focus()
        self._tell()

    def _source(self) -> Rows:
        return Rows([self._row(each) for each in self._parties])

    def _row(self, each: CallParty) -> TableRow:
        tr = self._base_app.tr
        said = self._said.get(each.party, each.known)
        whose, meaning = self._whose(said), "foreground"
        if not said:
            meaning = "muted"
            whose = tr.t("{client}?", client=self._whose(each.suggested)) if each.suggested else tr.t("nobody’s")
        talked = f"{formats.number(each.calls, tr.lang)} × · {formats.duration(each.seconds, tr.lang)}"
        cells = (Cell(f"{each.name}  {each.party}".strip(), meaning), Cell(talked, meaning), Cell(whose, meaning))
        return TableRow(each.party, cells, "✓" if said else " ", "gain")

    def _whose(self, place: str) -> str:
        slug, _, project = place.partition("/")
        client = self._base_app.ledger.catalogue.clients.get(slug)
        if client is None:
            return ""
        named = client.project(project) if project else None
        name = present.client_name(client, self._base_app.tr)
        return f"{name} · {named.name or project}" if named else name

    # -- whose they are

    def _say(self, chosen: dict[str, str]) -> None:
        self._said |= chosen
        table = self.query_one(LogTable)
        table.show(self._source(), table.cursor)
        self._tell()

    def _tell(self) -> None:
        tr = self._base_app.tr
        taken = [each for each in self._parties if self._said.get(each.party, each.known)]
        count = sum(each.calls for each in taken)
        words = tr.n("{count} call goes into the inbox; the rest is nobody’s and is not kept",
                     "{count} calls go into the inbox; the rest is nobody’s and is not kept", count)  # fmt: skip
        if any(self._said.values()):
            words += " · " + tr.t("the numbers go into the clients’ files")
        self.query_one("#told", Prose).show(words)

    @property
    def _here(self) -> CallParty | None:
        cursor = self.query_one(LogTable).cursor
        return self._parties[cursor] if cursor < len(self._parties) else None

    def action_accept(self) -> None:
        """The row under the cursor is whose its name says; the cursor goes on."""
        here, table = self._here, self.query_one(LogTable)
        if here and here.suggested:
            self._say({here.party: here.suggested})
        table.show(self._source(), min(table.cursor + 1, len(self._parties) - 1))

    def action_accept_all(self) -> None:
        """Everybody is whose the name says, where nothing was said yet."""
        self._say({e.party: e.suggested for e in self._parties if e.suggested and e.party not in self._said})

    def action_nobody(self) -> None:
        """Take back what was said of the row under the cursor."""
        if self._here:
            self._said.pop(self._here.party, None)
            self._say({})

    def action_choose(self) -> None:
        """Say whose the row under the cursor is."""
        here, base_app = self._here, self._base_app
        if here is None:
            return
        title = base_app.tr.t("Whose number is it? {name}", name=here.name or here.party)
        picker = place_picker(base_app, title, own=False)
        base_app_of(self.app).push_screen(picker, lambda place: self._say({here.party: place} if place else {}))

    def action_bring_in(self) -> None:
        """Write the contacts, and let the calls in."""
        from clepsydra.settings.edit import EditRefused

        base_app = self._base_app
        with base_app.telling():
            try:
                if learn(
                    base_app.ledger, base_app.home, {party: place for party, place in self._said.items() if place}
                ):
                    base_app.reload_files()
            except EditRefused as refused:
                base_app.tell(str(refused), "error")
                return
            self.dismiss(True)
