"""What tables are made of: cells and rows, columns, and how wide each column is."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len

from clepsydra.domain.records import dataclass, replace


class Cell(NamedTuple):
    """The text of one cell and what its colour means."""

    text: str
    meaning: str = "foreground"


class TableRow(NamedTuple):
    """One row: the id its source knows it by, a mark of one cell before it, and its cells in column order."""

    id: str
    cells: Sequence[Cell]
    mark: str = " "
    mark_meaning: str = "foreground"


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    `width` is what it needs in cells; `share` what part of the space left over it takes, up to `most` cells in all
    (0 for any number); a column with a higher `drop` leaves earlier when the table is narrow (0 never leaves).
    """

    title: str
    width: int
    share: int = 0
    align: str = "left"
    drop: int = 0
    most: int = 0


@lru_cache(maxsize=4096)
def tail_of(text: str) -> str | None:
    """What stands behind the last figure of a text: " €" of "12,50 €"; none where there is no figure."""
    last = max((index for index, character in enumerate(text) if character.isdecimal()), default=None)
    return None if last is None else text[last + 1 :]


class MetFigures:
    """What a column to the right needs for its figures to meet: "12,50 €" over "8,00 CHF".

    They meet where every one has something behind it; "3 days" over "4h 00m" keep to the edge.
    """

    def __init__(self) -> None:
        self._tails: set[str] = set()
        self._longest = 0

    def note(self, text: str) -> None:
        """Take a cell in."""
        tail = tail_of(text)
        if tail is not None:
            self._tails.add(tail)
            self._longest = max(self._longest, cell_len(text) - cell_len(tail))

    @property
    def width(self) -> int:
        """The cells that they need all together; nothing where they keep to the edge."""
        apart = len(self._tails) > 1 and "" not in self._tails
        return self._longest + max(map(cell_len, self._tails)) if apart else 0

    def met(self, text: str, cells: int) -> str:
        """A text with blanks behind it, so that its figures meet those of the others in a column of so many cells."""
        tail = tail_of(text)
        if tail is None or not 0 < self.width <= cells:
            return text
        return text + " " * (max(map(cell_len, self._tails)) - cell_len(tail))


def fitted(columns: Sequence[Column], rows: Iterable[TableRow], *, meeting: bool = True) -> tuple[Column, ...]:
    """The columns as wide as their title and what is in them, up to their `most`; those with a share as they are.

    Without `meeting`, where cells are few, figures to the right have no more than the longest needs.
    """
    longest = [cell_len(column.title) for column in columns]
    figures = [MetFigures() for _ in columns]
    for row in rows:
        for index, cell in enumerate(row.cells[: len(longest)]):  # there may be more cells than columns are shown
            longest[index] = max(longest[index], cell_len(cell.text))
            figures[index].note(cell.text)
    for index, column in enumerate(columns):
        if meeting and column.align == "right":
            longest[index] = max(longest[index], figures[index].width)
    return tuple(
        column if column.share else replace(column, width=min(need, column.most or need))
        for column, need in zip(columns, longest, strict=True)
    )


def share_width(columns: Sequence[Column], width: int, needs: Mapping[int, int] | None = None) -> list[tuple[int, int]]:
    """Which columns are shown in `width` cells and how wide each is, as (number, width).

    Columns that may leave do so, highest `drop` first, until the needs of the rest fit with two cells between them;
    what is left over goes to the columns with a `share`: first what their longest text needs, where `needs` tells it,
    so that none is cut beside one with room to spare.
    """
    shown = list(range(len(columns)))

    def needed() -> int:
        return sum(columns[number].width for number in shown) + 2 * (len(shown) - 1)

    for number in sorted((n for n in shown if columns[n].drop), key=lambda n: -columns[n].drop):
        if needed() <= width:
            break
        shown.remove(number)
    spare = max(0, width - needed())
    wide = {number: columns[number] for number in shown}
    if needs is not None:
        extra = _shared({number: _at_most(column, needs.get(number, 0)) for number, column in wide.items()}, spare)
        wide = {number: replace(column, width=column.width + extra[number]) for number, column in wide.items()}
        spare -= sum(extra.values())
    extra = _shared(wide, spare)
    return [(number, column.width + extra[number]) for number, column in wide.items()]


def needs_of(rows: Iterable[TableRow]) -> dict[int, int]:
    """How many cells the longest text of each column has."""
    found: dict[int, int] = {}
    for row in rows:
        for number, cell in enumerate(row.cells):
            found[number] = max(found.get(number, 0), cell_len(cell.text))
    return found


def _at_most(column: Column, need: int) -> Column:
    return replace(column, most=max(column.width, min(need, column.most or need)))


def _shared(columns: Mapping[int, Column], spare: int) -> dict[int, int]:
    """What each column gets of the space left over; what one may not have goes to the others."""
    shares = sum(column.share for column in columns.values())
    extra = dict.fromkeys(columns, 0)
    left, parts = spare, shares
    for number, column in columns.items():
        extra[number] = left * column.share // parts if parts else 0
        left -= extra[number]
        parts -= column.share
        if column.most and column.width + extra[number] > column.most:
            others = {each: rest for each, rest in columns.items() if each != number}
            kept = max(0, column.most - column.width)
            return {number: kept, **_shared(others, spare - kept)}
    return extra
