"""Where the stretches of a day fall in a row of cells: pure geometry, in eighths of a cell.

Positions are elapsed seconds, never wall hours, so a day of 23 or 25 hours is drawn as long as it was. Everything
that happened is visible: a stretch too short to fill a cell still marks one.
"""

from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

from clepsydra.domain.records import dataclass

EIGHTHS = 8
NOBODY = -1


class Shape(IntEnum):
    """What a stretch of the day was; where two share a cell, the higher one is seen."""

    ABSENCE = 0
    GAP = 1
    OWN = 2
    WORK = 3
    TOUCH = 4
    CALL = 5


SOLID = frozenset({Shape.WORK, Shape.OWN})
"""Shapes drawn as full blocks, whose edges may fall inside a cell."""


@dataclass(frozen=True, slots=True)
class DayStretch:
    """One stretch of the day, half-open, in seconds on any one axis (epoch seconds will do).

    `key` is the letter that names it when there is no room for its `label`; `running` is the one now going on.
    """

    started_at: int
    ended_at: int
    shape: Shape
    key: str = ""
    label: str = ""
    running: bool = False


class CellFill(NamedTuple):
    """What one cell shows: the stretch on its left `eighths`, and the one behind it; -1 is nobody."""

    front: int
    eighths: int
    behind: int


_EMPTY = CellFill(NOBODY, 0, NOBODY)


def eighth_at(instant: int, begins_at: int, ends_at: int, cells: int) -> int:
    """The place of an instant in a row of `cells`, in eighths, kept inside the row."""
    span = max(1, ends_at - begins_at)
    return max(0, min(cells * EIGHTHS, (instant - begins_at) * cells * EIGHTHS // span))


def fill_cells(stretches: Sequence[DayStretch], begins_at: int, ends_at: int, cells: int) -> list[CellFill]:
    """What each of `cells` cells shows of the stretches between two instants; -1 stands for nobody."""
    edges = [
        (eighth_at(s.started_at, begins_at, ends_at, cells), eighth_at(s.ended_at, begins_at, ends_at, cells))
        for s in stretches
    ]
    owners = [NOBODY] * (cells * EIGHTHS)
    order = sorted(range(len(stretches)), key=lambda n: (stretches[n].shape, stretches[n].started_at))
    for number in order:
        left, right = edges[number]
        owners[left:right] = [number] * (right - left)
    _part_neighbours(owners, stretches)
    filled = [_cell(owners[at : at + EIGHTHS], stretches) for at in range(0, len(owners), EIGHTHS)]
    _mark_short(filled, order, edges, stretches)
    return filled


def _part_neighbours(owners: list[int], stretches: Sequence[DayStretch]) -> None:
    """Leave a hairline between two solid stretches that touch, so that a switch is seen without colour."""
    for at in range(EIGHTHS, len(owners) - 1):
        here, following = owners[at], owners[at + 1]
        if here == following or NOBODY in (here, following) or owners[at - EIGHTHS] != here:
            continue
        if stretches[here].shape in SOLID and stretches[following].shape in SOLID:
            owners[at] = NOBODY


def _cell(owners: list[int], stretches: Sequence[DayStretch]) -> CellFill:
    first = owners[0]
    if owners.count(first) == EIGHTHS:
        return CellFill(first, EIGHTHS, NOBODY) if first != NOBODY else _EMPTY
    most = max(set(owners), key=owners.count)
    if most != NOBODY and stretches[most].shape not in SOLID:
        return CellFill(most, EIGHTHS, NOBODY)
    length = next(index for index, owner in enumerate(owners) if owner != first)
    if first != NOBODY and stretches[first].shape not in SOLID:
        length, first = 0, NOBODY
    rest = owners[length:]
    behind = max(set(rest), key=rest.count)
    if behind != NOBODY and stretches[behind].shape not in SOLID:
        behind = NOBODY
    if first == NOBODY and behind == NOBODY:
        return _EMPTY
    return CellFill(first, length, behind)


def _mark_short(
    filled: list[CellFill], order: Sequence[int], edges: Sequence[tuple[int, int]], stretches: Sequence[DayStretch]
) -> None:
    """Give a whole cell to each stretch that has none, the most telling ones last so that they stay."""
    seen = {cell.front for cell in filled if cell.eighths >= EIGHTHS // 2}
    seen |= {cell.behind for cell in filled if cell.behind != NOBODY and cell.eighths <= EIGHTHS // 2}
    for number in order:
        left, right = edges[number]
        outside = left >= len(filled) * EIGHTHS or (right <= 0 < len(filled))
        if number in seen or outside or stretches[number].shape in (Shape.ABSENCE, Shape.GAP):
            continue
        filled[min(len(filled) - 1, (left + right) // 2 // EIGHTHS)] = CellFill(number, EIGHTHS, NOBODY)
