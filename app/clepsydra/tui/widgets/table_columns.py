"""What tables are made of: cells and rows, columns, and how wide each column is."""

from collections.abc import Iterable, Mapping, Sequence
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


def fitted(columns: Sequence[Column], rows: Iterable[TableRow]) -> tuple[Column, ...]:
    """The columns as wide as their title and what is in them, up to their `most`; those with a share as they are."""
    longest = [cell_len(column.title) for column in columns]
    for row in rows:
        for place, cell in enumerate(row.cells[: len(longest)]):  # there may be more cells than columns are shown
            longest[place] = max(longest[place], cell_len(cell.text))
    return tuple(
        column if column.share else replace(column, width=min(need, column.most or need))
        for column, need in zip(columns, longest, strict=True)
    )


def share_width(columns: Sequence[Column], width: int) -> list[tuple[int, int]]:
    """Which columns are shown in `width` cells and how wide each is, as (number, width).

    Columns that may leave do so, highest `drop` first, until the needs of the rest fit with two cells between them;
    what is left over goes to the columns with a `share`.
    """
    shown = list(range(len(columns)))

    def needed() -> int:
        return sum(columns[number].width for number in shown) + 2 * (len(shown) - 1)

    for number in sorted((n for n in shown if columns[n].drop), key=lambda n: -columns[n].drop):
        if needed() <= width:
            break
        shown.remove(number)
    extra = _shared({number: columns[number] for number in shown}, max(0, width - needed()))
    return [(number, columns[number].width + extra[number]) for number in shown]


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
