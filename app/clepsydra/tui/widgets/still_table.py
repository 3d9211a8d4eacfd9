"""Rows in the columns of a table, without a cursor: the sums under it."""

from typing import ClassVar

from clepsydra.tui.widgets.log_table import LogTable


class StillTable(LogTable, can_focus=False):
    """A table that is only looked at."""

    HEADER_LINES: ClassVar[int] = 0

    def validate_cursor(self, cursor: int) -> int:  # noqa: ARG002
        """No row is ever chosen."""
        return -1
