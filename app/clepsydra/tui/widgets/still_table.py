"""Rows in the columns of a table, without a cursor: the sums under it."""

from collections.abc import Sequence
from typing import Any

from clepsydra.tui.widgets.log_table import Column, LogTable


class StillTable(LogTable, can_focus=False):
    """A table that is only looked at."""

    def __init__(self, columns: Sequence[Column], **kwargs: Any) -> None:
        """`columns` as those of the table above it."""
        super().__init__(columns, header=False, **kwargs)

    def validate_cursor(self, cursor: int) -> int:  # noqa: ARG002
        """No row is ever chosen."""
        return -1
