"""A file of another program before it is brought in: for whom, how much, what is open. Enter does it.

The keys answer what the file leaves open, and the preview is worked out anew.
"""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content

from clepsydra.domain.records import replace
from clepsydra.language import formats
from clepsydra.language.typed import NotUnderstood, parse_day
from clepsydra.ledger import importing
from clepsydra.ledger.imports.plan import Options, Plan
from clepsydra.settings.imports import ImportMap
from clepsydra.tui.dialogs import Dialog, Prompt
from clepsydra.tui.pickers import place_picker
from clepsydra.tui.present import imports as present
from clepsydra.tui.shell import Shell, shell_of
from clepsydra.tui.widgets.action_bar import AnswerBar, BarEntry
from clepsydra.tui.widgets.key_lines import KeyLines
from clepsydra.tui.widgets.prose import Prose

if TYPE_CHECKING:
    from clepsydra.exchange.doors.shape import Door, DoorSource

_INDENT = 14


def opened(shell: Shell, path: Path) -> "tuple[DoorSource, Door, ImportMap]":
    """The file, what reads it, and what its texts mean.

    Raises `Refused` where no format knows it, OSError where it cannot be read.
    """
    from clepsydra.exchange.doors import opening

    source = opening.opened(path)
    door = importing.door_for(source)
    return source, door, importing.mapping_of(shell.home, door.name)


class ImportPreview(Dialog[importing.Imported | None]):
    """Dismisses with what was done; nothing is written before enter."""

    DEFAULT_CSS = """
    ImportPreview { align: center middle; background: $background 60%; }
    ImportPreview > Vertical { width: 96; max-width: 98%; height: auto; max-height: 94%; border: round $line;
        background: $surface; padding: 0 1; border-title-color: $heading; border-subtitle-color: $muted; }
    ImportPreview VerticalScroll { height: auto; max-height: 1fr; }
    ImportPreview #standing { color: $attention; margin: 1 0 0 0; }
    ImportPreview AnswerBar { height: 2; margin: 1 0 0 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "bring_in", show=False, priority=True),
        Binding("n", "toggle_new", show=False),
        Binding("c", "choose", show=False),
        Binding("s", "toggle_bad", show=False),
        Binding("b", "billed", show=False),
        Binding("d", "doubles", show=False),
        Binding("escape,q", "dismiss(None)", show=False),
    ]

    def __init__(self, source: "DoorSource", door: "Door", mapping: ImportMap, shell: Shell) -> None:
        """Work out the first preview."""
        super().__init__()
        self._source, self._door, self._mapping, self._shell = source, door, mapping, shell
        self._options, self._skip_bad = Options(as_sessions=True), False
        self._plan = self._made()

    def _made(self) -> Plan:
        return importing.prepare(self._shell.ledger, self._door, self._source, self._options, self._mapping)

    def compose(self) -> ComposeResult:
        """What the file holds over what is still to be said, over the keys."""
        tr = self._shell.tr
        with Vertical() as frame:
            frame.border_title = Content(f"{self._source.name} · {self._door.title or self._door.name}")
            with VerticalScroll():
                yield KeyLines(present.lines(self._plan, tr), _INDENT, id="lines")
            yield Prose("", id="standing")
            yield AnswerBar(self._entries())

    def _entries(self) -> list[BarEntry]:
        tr = self._shell.tr
        return [
            BarEntry("⏎", tr.t("bring in")),
            BarEntry("n", tr.t("make new clients")),
            BarEntry("c", tr.t("whose the rest is")),
            BarEntry("b", tr.t("billed before…")),
            BarEntry("s", tr.t("leave bad lines out")),
            BarEntry("d", tr.t("doubles: leave, take")),
            BarEntry("esc", tr.t("not yet")),
        ]

    async def on_mount(self) -> None:
        """Say what still stands against it."""
        await self._show(again=False)

    async def _show(self, *, again: bool = True) -> None:
        if again:
            with self._shell.telling():
                self._plan = self._made()
        tr = self._shell.tr
        held = self.query_one(VerticalScroll)
        await held.remove_children()
        await held.mount(KeyLines(present.lines(self._plan, tr), _INDENT))
        words = present.standing(self._plan, skip_bad=self._skip_bad, doubles=self._options.doubles, tr=tr)
        self.query_one("#standing", Prose).show(words)

    async def action_toggle_new(self) -> None:
        """Make the clients and projects that are missing, or not."""
        self._options = replace(self._options, new_clients=not self._options.new_clients)
        await self._show()

    async def action_toggle_bad(self) -> None:
        """Leave out the lines that cannot be taken, or not."""
        self._skip_bad = not self._skip_bad
        await self._show()

    async def action_doubles(self) -> None:
        """Leave out what looks like work in the log already, take it, or ask again."""
        following = {"": "leave", "leave": "take", "take": ""}
        self._options = replace(self._options, doubles=following[self._options.doubles])
        await self._show()

    def action_billed(self) -> None:
        """Say before which day all work was billed elsewhere."""
        shell = self._shell
        title, hint = shell.tr.t("Billed elsewhere before"), shell.tr.t("a day, as 1 oct 2026; empty for none")
        shell_of(self.app).push_screen(Prompt(title, hint, check=self._day_said), self._billed_before)

    def _day_said(self, typed: str) -> tuple[bool, str]:
        """Whether a text is a day, and which."""
        try:
            day = self._day(typed)
        except NotUnderstood as wrong:
            return False, wrong.text(self._shell.tr)
        return True, formats.date(day, self._shell.tr.lang, "full") if day else ""

    def _day(self, typed: str) -> date | None:
        settings = self._shell.ledger.settings
        now = self._shell.ledger.now
        return parse_day(typed, now, settings.time_zone, settings.day_starts_at) if typed.strip() else None

    async def _billed_before(self, typed: str | None) -> None:
        if typed is not None:
            self._options = replace(self._options, billed_before=self._day(typed))
            await self._show()

    def action_choose(self) -> None:
        """Say whose the entries are that nothing else places."""
        shell = self._shell
        picker = place_picker(shell.ledger, shell.tr, shell.tr.t("Whose work is it?"))
        shell_of(self.app).push_screen(picker, self._chosen)

    async def _chosen(self, place: str | None) -> None:
        if place is not None:
            self._options = replace(self._options, client=place)
            await self._show()

    def action_bring_in(self) -> None:
        """Do it, where nothing stands against it any more."""
        shell = self._shell
        if present.standing(self._plan, skip_bad=self._skip_bad, doubles=self._options.doubles, tr=shell.tr):
            return
        with shell.telling():
            done = importing.carry_out(
                shell.ledger, self._plan, self._options, home=shell.home, skip_bad=self._skip_bad
            )  # fmt: skip
            self.dismiss(done)
