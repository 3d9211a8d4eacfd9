"""The clients, one line each: key, running mark, name, time, unbilled amount, age, contract.

The list is read from left to right by importance and gives up columns from the right when it is narrow: first the
contract, then the time (the large one shows it), then the age. A client without an amount then shows the state of
the contract in its place.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.cells import cell_len
from rich.segment import Segment
from textual.message import Message

from clepsydra.domain.records import dataclass, replace
from clepsydra.language.folding import folded
from clepsydra.tui.meanings import PLAIN, Ground
from clepsydra.tui.widgets.drawing import fit, one_line, split_amount
from clepsydra.tui.widgets.line_list import LineList

RUNNING_MARK = "▶"
NARROWEST_NAME = 12


@dataclass(frozen=True, slots=True)
class ClientRow:
    """One client as the list shows it; every text is ready to be read."""

    slug: str
    name: str
    key: str = ""
    running: bool = False
    time: str = ""
    amount: str = ""
    decimals: int = 2
    age: str = ""
    age_meaning: str = "muted"
    contract: str = ""
    contract_meaning: str = "muted"
    also: str = ""
    """Other words that it is found by."""


def _fits(row: ClientRow, wanted: str) -> bool:
    if wanted in (row.slug, folded(row.key)):
        return True
    names = folded(f"{row.name} {row.also}")
    return all(word in names for word in wanted.split())


def _far(row: ClientRow, wanted: str) -> int:
    """How far what was typed is from a row that has other words: its name begins so, holds it, or those words do."""
    if not wanted or not row.also:
        return 0
    name = folded(row.name)
    return 0 if name.startswith(wanted) else 1 if all(word in name for word in wanted.split()) else 2


@dataclass(frozen=True, slots=True)
class _Columns:
    key: int
    name: int
    time: int
    whole: int
    fraction: int
    age: int
    contract: int

    @property
    def money(self) -> int:
        return self.whole + self.fraction


class ClientList(LineList):
    """The clients; the screen decides on keys, this widget on what is seen and where the cursor is."""

    @dataclass
    class Highlighted(Message):
        """The cursor has come to a client."""

        client_list: "ClientList"
        row: ClientRow

        @property
        def control(self) -> "ClientList":
            """The list the message is from."""
            return self.client_list

    @dataclass
    class Selected(Message):
        """A client was chosen."""

        client_list: "ClientList"
        row: ClientRow

        @property
        def control(self) -> "ClientList":
            """The list the message is from."""
            return self.client_list

    def __init__(self, rows: Sequence[ClientRow] = (), *, nothing: str = "", **kwargs: Any) -> None:
        """`nothing` is what an empty list says."""
        super().__init__(**kwargs)
        self._rows = list(rows)
        self._shown = list(rows)
        self._finding = ""
        self.nothing = nothing
        self._measured: tuple[int, _Columns] | None = None

    # -- data

    @property
    def selected(self) -> ClientRow | None:
        """The client under the cursor, if any is shown."""
        return self._shown[self.cursor] if self._shown else None

    @property
    def shown(self) -> Sequence[ClientRow]:
        """The clients that match what was typed, in their order."""
        return tuple(self._shown)

    def set_rows(self, rows: Sequence[ClientRow]) -> None:
        """Show these clients; the cursor stays on its client where it is still there."""
        self._rows = list(rows)
        self._filter_again()

    def show_running(self, times: Mapping[str, str]) -> None:
        """Show these clients as running, each with its time; everything else of the lines stays."""
        self.set_rows([replace(row, running=row.slug in times, time=times.get(row.slug, "")) for row in self._rows])

    def update_row(self, row: ClientRow) -> None:
        """Show one client's new figures; costs one drawn line when no column has to grow."""
        self._rows = [row if row.slug == old.slug else old for old in self._rows]
        for index, old in enumerate(self._shown):
            if old.slug == row.slug and old != row:
                self._shown[index] = row
                if self._fits(row):
                    self.row_changed(index)
                else:
                    self._measured = None
                    self.refresh()

    def find(self, typed: str) -> None:
        """Show only rows with that key, or with every typed word in their names; accents and case do not matter."""
        self._finding = folded(typed.strip())
        self._filter_again()

    def select(self, slug: str) -> bool:
        """Put the cursor on a client; false when it is not shown."""
        for index, row in enumerate(self._shown):
            if row.slug == slug:
                self.cursor = index
                return True
        return False

    def _filter_again(self) -> None:
        before, place, shown, measured = self.selected, self.cursor, self._shown, self._measured
        wanted = self._finding
        self._shown = sorted((row for row in self._rows if _fits(row, wanted)), key=lambda row: _far(row, wanted))
        self._measured = (measured[0], self._measure(measured[0])) if measured else None
        if before is None or not self.select(before.slug):
            self.cursor = 0
        if measured and measured == self._measured and len(shown) == len(self._shown) > 0:
            self._draw_others(shown)
        else:
            self.rows_changed()
        after = self.selected
        if after and self.cursor == place and (before is None or before.slug != after.slug):
            self.row_highlighted(self.cursor)

    def _draw_others(self, shown: Sequence[ClientRow]) -> None:
        """Draw the lines on which something else stood, as long as columns and length are the same."""
        for index, (old, new) in enumerate(zip(shown, self._shown, strict=True)):
            if old != new:
                self.row_changed(index)

    # -- drawing

    def row_total(self) -> int:
        """How many clients are shown."""
        return len(self._shown)

    def row_highlighted(self, index: int) -> None:
        """Tell the screen."""
        self.post_message(self.Highlighted(self, self._shown[index]))

    def row_chosen(self, index: int) -> None:
        """Tell the screen."""
        self.post_message(self.Selected(self, self._shown[index]))

    def _columns(self, width: int) -> _Columns:
        if self._measured is None or self._measured[0] != width:
            self._measured = (width, self._measure(width))
        return self._measured[1]

    def _measure(self, width: int) -> _Columns:
        parts = [split_amount(one_line(row.amount), row.decimals) for row in self._rows]
        key = max((cell_len(one_line(row.key)) for row in self._rows), default=1)
        time = max((cell_len(one_line(row.time)) for row in self._rows), default=0)
        whole = max((cell_len(part[0]) for part in parts), default=0)
        fraction = max((cell_len(part[1]) for part in parts), default=0)
        age = max((cell_len(one_line(row.age)) for row in self._rows), default=0)
        contract = max((cell_len(one_line(row.contract)) for row in self._rows), default=0)
        key, time, age = max(1, min(key, 3)), min(time, 12), min(age, 10)
        whole, fraction, contract = min(whole, 16), min(fraction, 9), min(contract, 24)

        def name() -> int:
            gaps = sum(2 for column in (time, whole + fraction, age, contract) if column)
            return width - 5 - key - gaps - time - whole - fraction - age - contract

        if contract and name() < NARROWEST_NAME + 6:
            contract = 0
        if time and name() < NARROWEST_NAME:
            time = 0
        if age and name() < NARROWEST_NAME:
            age = 0
        if not contract:  # its state then stands where an amount would
            instead = max((cell_len(one_line(row.contract)) for row in self._rows if not row.amount), default=0)
            whole += max(0, min(instead - whole - fraction, name() - NARROWEST_NAME))
        return _Columns(key, max(0, name()), time, whole, fraction, age, contract)

    def _fits(self, row: ClientRow) -> bool:
        if self._measured is None:
            return False
        columns = self._measured[1]
        whole, fraction = split_amount(one_line(row.amount), row.decimals)
        wanted = (
            (row.time, columns.time),
            (whole, columns.whole),
            (fraction, columns.fraction),
            (row.age, columns.age),
            (row.contract if not row.amount and not columns.contract else "", columns.money),
        )
        return all(cell_len(one_line(text)) <= width for text, width in wanted)

    def draw_row(self, index: int, width: int, ground: Ground) -> list[Segment]:
        """One client's line."""
        row = self._shown[index]
        columns = self._columns(width)
        style = self.palette.style
        plain = style("foreground", ground=ground)
        main = "timer-running" if row.running else "foreground"
        segments = [
            self.cursor_mark(ground),
            Segment(fit(row.key, columns.key), style("key", ground=ground, bold=True)),
            Segment(f" {RUNNING_MARK if row.running else ' '} ", style("timer-running", ground=ground)),
        ]
        timed = bool(row.time and columns.time)
        room = columns.name + (2 + columns.time if columns.time and not timed else 0)
        segments.append(Segment(fit(row.name, room), style(main, ground=ground, bold=row.running)))
        if timed:
            segments.append(Segment("  ", plain))
            segments.append(Segment(fit(row.time, columns.time, "right"), style(main, ground=ground, bold=row.running)))
        segments.extend(self._money(row, columns, ground))
        if columns.age:
            segments.append(Segment("  ", plain))
            segments.append(Segment(fit(row.age, columns.age, "right"), style(row.age_meaning, ground=ground)))
        if columns.contract:
            segments.append(Segment("  ", plain))
            segments.append(Segment(fit(row.contract, columns.contract), style(row.contract_meaning, ground=ground)))
        segments.append(Segment(" ", plain))
        return segments

    def _money(self, row: ClientRow, columns: _Columns, ground: Ground) -> list[Segment]:
        style = self.palette.style
        if not columns.money:
            return []
        space = Segment("  ", style("foreground", ground=ground))
        if not row.amount and not columns.contract:
            return [
                space,
                Segment(fit(row.contract, columns.money, "right"), style(row.contract_meaning, ground=ground)),
            ]
        whole, fraction = split_amount(one_line(row.amount), row.decimals)
        text = fit(whole, columns.whole, "right") + fit(fraction, columns.fraction)
        return [space, Segment(text, style("billable", ground=ground))]

    def draw_nothing(self, width: int) -> list[Segment]:
        """What an empty list says."""
        return [Segment(fit(f"  {self.nothing}", width), self.palette.style("muted", ground=PLAIN))]
