"""What stands in the way of a use case: a law or a missing thing, said in a sentence; or the disk."""

import sqlite3

from clepsydra.domain.annotations import Any
from clepsydra.language.message import Message

DISK_ERRORS = (sqlite3.Error, OSError)
"""What a full, read-only or damaged disk raises; nothing is half done when it does."""

LOG_ERRORS = (sqlite3.Error,)
"""Those of them that are surely of the log: a terminal that is gone raises OSError as well."""


class Refused(Exception):
    """A law or a missing thing stands against what was asked; `message` says what and what to do."""

    def __init__(self, text: str, /, **values: Any) -> None:
        self.message = Message(text, values)
        super().__init__(str(self.message))
