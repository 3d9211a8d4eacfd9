"""A file of another program before it is brought in: for whom, how much, what is open. Enter does it.

The keys answer what the file leaves open, and the preview is worked out anew.
"""

import asyncio
from collections.abc import Awaitable, Callable, Generator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content

from clepsydra.domain.money import exponent
from clepsydra.domain.records import replace
from clepsydra.exchange.problems import RowReason
from clepsydra.language import formats
from clepsydra.language.typed import NotUnderstood, parse_amount, parse_day
from clepsydra.ledger import importing
from clepsydra.ledger.imports.plan import BilledBefore, Options, Plan
from clepsydra.ledger.imports.preview import client_rows, rates_told
from clepsydra.settings.imports import ImportMap
from clepsydra.tui.base_app import BaseApp, base_app_of
from clepsydra.tui.dialogs import Dialog, Picker
from clepsydra.tui.keys import dialogs
from clepsydra.tui.pickers import place_picker
from clepsydra.tui.present import imports as present
from clepsydra.tui.screens.client_values import ALL, Check, ClientValues
from clepsydra.tui.widgets.action_bar import AnswerBar, BarEntry
from clepsydra.tui.widgets.client_list import ClientRow
from clepsydra.tui.widgets.key_lines import KeyLines
from clepsydra.tui.widgets.prose import Prose

if TYPE_CHECKING:
    from clepsydra.exchange.doors.shape import Door, DoorSource

_INDENT = 14
_TAG = "_tag"
"""The field of a tag beside the clients': no slug has such a sign."""

Steps = Generator[tuple[int, int], None, Plan]
Then = Callable[[Mapping[str, str]], Awaitable[None]]


def opened(base_app: BaseApp, path: Path) -> "tuple[DoorSource, Door, ImportMap]":
    """The file, what reads it, and what its texts mean.

    Raises `Refused` where no format knows it, OSError where it cannot be read.
    """
    from clepsydra.exchange.doors import opening

    source = opening.opened(path)
    door = importing.door_for(source)
    return source, door, importing.mapping_of(base_app.home, door.name)


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
    BINDINGS: ClassVar[list[BindingType]] = dialogs.bindings(dialogs.IMPORT_FILE)

    def __init__(self, source: "DoorSource", door: "Door", mapping: ImportMap, base_app: BaseApp) -> None:
        """Work out the first preview."""
        super().__init__()
        self._source, self._door, self._mapping, self._base_app = source, door, mapping, base_app
        own_only = all(client.own for client in base_app.ledger.catalogue.clients.values())
        self._options, self._skip_bad, self._busy = Options(as_sessions=True, new_clients=own_only), False, False
        self._typed: dict[str, Mapping[str, str]] = {}
        self._plan = Plan(door.name)
        self._steps = self._begun()

    def _begun(self) -> "Steps | None":
        """The plan at once where the file is small; the steps that are still to be taken where it is large."""
        steps = importing.preparing(self._base_app.ledger, self._door, self._source, self._options, self._mapping)
        try:
            next(steps)
        except StopIteration as done:
            self._plan = done.value
            return None
        return steps

    def compose(self) -> ComposeResult:
        """What the file holds over what is still to be said, over the keys."""
        tr = self._base_app.tr
        with Vertical() as frame:
            frame.border_title = Content(f"{self._source.name} · {self._door.title or self._door.name}")
            with VerticalScroll():
                yield KeyLines(present.lines(self._plan, tr) if self._steps is None else (), _INDENT, id="lines")
            yield Prose("", id="standing")
            yield AnswerBar(self._entries())

    async def on_mount(self) -> None:
        """Say what still stands against it."""
        await self._show(again=False)

    async def _show(self, *, again: bool = True) -> None:
        if again:
            with self._base_app.telling():
                self._steps = self._begun()
        if self._steps is None:
            await self._shown()
        else:
            self.run_worker(self._read_on(self._steps), exclusive=True, exit_on_error=False)

    async def _read_on(self, steps: "Steps") -> None:
        """Read a large file while the screen lives, and esc leaves it."""
        tr, standing = self._base_app.tr, self.query_one("#standing", Prose)
        with self._base_app.telling():
            while True:
                try:
                    count, about = next(steps)
                except StopIteration as done:
                    self._plan, self._steps = done.value, None
                    break
                shown = formats.number(count, tr.lang)
                share = min(100, count * 100 // about)
                standing.show(tr.t("{shown} entries read, {share} %", shown=shown, share=share))
                await asyncio.sleep(0)
            await self._shown()

    async def _shown(self) -> None:
        tr = self._base_app.tr
        held = self.query_one(VerticalScroll)
        await held.remove_children()
        await held.mount(KeyLines(present.lines(self._plan, tr), _INDENT))
        words = present.standing(self._plan, skip_bad=self._skip_bad, doubles=self._options.doubles, tr=tr)
        self.query_one("#standing", Prose).show(words)
        self.query_one(AnswerBar).show(self._entries())

    def _entries(self) -> list[BarEntry]:
        return present.entries(self._plan, self._options, self._base_app.tr, skip_bad=self._skip_bad)

    async def _answer(self, **said: Any) -> None:
        self._options = replace(self._options, **said)
        await self._show()

    async def action_toggle_new(self) -> None:
        """Make the clients and projects that are missing, or not."""
        await self._answer(new_clients=not self._options.new_clients)

    async def action_toggle_bad(self) -> None:
        """Leave out the lines that cannot be taken, or not."""
        self._skip_bad = not self._skip_bad
        await self._show()

    async def action_doubles(self) -> None:
        """Leave out what looks like work in the log already, take it, or ask again."""
        following = {"": "leave", "leave": "take", "take": ""}
        await self._answer(doubles=following[self._options.doubles])

    async def action_order(self) -> None:
        """Day first, month first, or ask again."""
        following = {"": "dmy", "dmy": "mdy", "mdy": ""}
        await self._answer(dates=following[self._options.dates])

    async def action_fold(self) -> None:
        """The first or the second showing of a repeated hour, or ask again."""
        following = {"": "first", "first": "second", "second": ""}
        await self._answer(fold=following[self._options.fold])

    def action_person(self) -> None:
        """Say who of the persons in the file the work is taken of."""
        names = next((p.allowed.split(",") for p in self._plan.problems if p.reason is RowReason.PERSONS), [])
        tr, rows = self._base_app.tr, [ClientRow(slug=name, name=name) for name in names]

        async def picked(name: str | None) -> None:
            if name:
                await self._answer(me=name)

        picker = Picker(tr.t("Whose work is yours?"), rows, tr.t("type a name"), tr.t("nobody of that name"))
        base_app_of(self.app).push_screen(picker, picked)

    # -- values of clients

    def action_rates(self) -> None:
        """Say what an hour of the new clients costs."""
        tr, added = self._base_app.tr, self._plan.newcomers.added
        if added:
            rows = [(ALL, tr.t("All new clients")), *(each for each in self._named() if each[0] in added)]
            if "rates" not in self._typed:
                self._typed["rates"] = {slug: f"{rate:.2f}" for slug, rate in rates_told(self._plan).items()}
            self._ask("rates", tr.t("What an hour costs"), rows, self._rate_said, self._rated)

    def action_billed(self) -> None:
        """Say before which day work was billed elsewhere, of all and of each client, and by which tag it is known."""
        tr = self._base_app.tr
        rows = [(ALL, tr.t("All, before")), (_TAG, tr.t("With the tag")), *self._named()]
        self._ask("billed", tr.t("Billed already"), rows, self._billed_said, self._billed)

    def _named(self) -> list[tuple[str, str]]:
        """The clients of the file with their names, those with the most time first."""
        clients = self._plan.newcomers.clients
        return [(row.client, clients[row.client].name or row.client) for row in client_rows(self._plan)]

    def _ask(self, what: str, title: str, rows: list[tuple[str, str]], check: Check, then: Then) -> None:
        async def answered(typed: Mapping[str, str] | None) -> None:
            if typed is not None:
                self._typed[what] = typed
                await then(typed)

        form = ClientValues(title, rows, self._typed.get(what, {}), check)
        base_app_of(self.app).push_screen(form, answered)

    def _rate_said(self, field: str, typed: str) -> tuple[bool, str]:
        tr, currency = self._base_app.tr, self._base_app.ledger.settings.currency
        if not typed:
            return True, tr.t("an hour’s price, as 95; it can be changed at any time") if field == ALL else tr.t(
                "empty: as all new clients")  # fmt: skip
        try:
            minor = parse_amount(typed, currency, tr.lang)
        except NotUnderstood as wrong:
            return False, wrong.text(tr)
        return True, formats.hourly(Decimal(minor).scaleb(-exponent(currency)), currency, tr.lang)

    async def _rated(self, typed: Mapping[str, str]) -> None:
        currency, lang = self._base_app.ledger.settings.currency, self._base_app.tr.lang
        said = {slug: parse_amount(text, currency, lang) for slug, text in typed.items()}
        rates = {slug: said.get(slug, said.get(ALL)) for slug in self._plan.newcomers.added}
        await self._answer(
            rates={s: Decimal(minor).scaleb(-exponent(currency)) for s, minor in rates.items() if minor is not None}
        )

    def _billed_said(self, field: str, typed: str) -> tuple[bool, str]:
        tr = self._base_app.tr
        if field == _TAG:
            return True, tr.t("the tag of entries that are billed, if you have one")
        if not typed:
            return True, tr.t("a day, as 1 oct 2026; empty for none") if field == ALL else tr.t("empty: as all")
        try:
            return True, formats.date(self._day(typed), tr.lang, "full")
        except NotUnderstood as wrong:
            return False, wrong.text(tr)

    def _day(self, typed: str) -> date:
        ledger = self._base_app.ledger
        return parse_day(typed, ledger.now, ledger.settings.time_zone, ledger.settings.day_starts_at)

    async def _billed(self, typed: Mapping[str, str]) -> None:
        days = {field: self._day(text) for field, text in typed.items() if field != _TAG}
        everyone = days.pop(ALL, None)
        tags = (typed[_TAG],) if _TAG in typed else ()
        await self._answer(billed=BilledBefore(everyone, days), billed_tags=tags)

    # -- whose the rest is

    def action_choose(self) -> None:
        """Say whose the entries are that nothing else places."""
        base_app = self._base_app
        picker = place_picker(base_app, base_app.tr.t("Whose work is it?"))
        base_app_of(self.app).push_screen(picker, self._chosen)

    async def _chosen(self, place: str | None) -> None:
        if place is not None:
            await self._answer(client=place)

    def action_bring_in(self) -> None:
        """Do it, where nothing stands against it any more."""
        tr = self._base_app.tr
        standing = present.standing(self._plan, skip_bad=self._skip_bad, doubles=self._options.doubles, tr=tr)
        if standing or self._busy or self._steps is not None:
            return
        self._busy = True
        self.query_one("#standing", Prose).show(tr.t("bringing in …"))
        self.call_after_refresh(self._carry_out)

    async def _carry_out(self) -> None:
        base_app = self._base_app
        done: list[importing.Imported] = []
        with base_app.telling():
            done.append(importing.carry_out(
                base_app.ledger, self._plan, self._options, home=base_app.home, skip_bad=self._skip_bad
            ))  # fmt: skip
        if done:
            self.dismiss(done[0])
        else:
            self._busy = False
            await self._shown()
