"""What the process that listens shares with the watcher: how its microphone stands, and the name both go by.

Apart from everything else, for that process must stay small.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

OWN_ID: Final = "clepsydra"
"""The application id of our own streams."""


class Ear(StrEnum):
    """How it stands with the microphone of room mode."""

    UNUSED = "unused"
    """Room mode was not chosen: the microphone is never opened."""
    CLOSED = "closed"
    """Outside the office hours."""
    OPENING = "opening"
    OPEN = "open"
    """The microphone is open; to be seen on screen."""
    NO_LIBRARY = "no-library"
    """What room mode needs is not installed."""
    NO_DEVICE = "no-device"
    """There is no such input device."""
    BUSY = "busy"
    """The device cannot be opened now."""
    MOVED = "moved"
    """The sound system moved us to another device."""
    SILENT = "silent"
    """The device is open and delivers nothing: suspended."""
    LOST = "lost"
    """The device went away."""
