"""A table with lines between its rows that nobody can choose: headings, and what goes on from the row above."""

from typing import ClassVar

from clepsydra.tui.widgets.log_table import LogTable


class HeadingTable(LogTable):
    """The cursor passes over the lines without an id; texts that go on below were cut to the width of their column."""

    BY_NEED: ClassVar[bool] = False

    def validate_cursor(self, cursor: int) -> int:
        """The next row in the direction of the cursor that can be chosen."""
        at, last = super().validate_cursor(cursor), self.row_total() - 1
        step = -1 if cursor < self.cursor and at > 0 else 1
        while 0 <= at <= last and (row := self.row_at(at)) is not None and not row.id:
            at += step
        return at if 0 <= at <= last else self.cursor
