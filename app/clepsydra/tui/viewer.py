"""A file in the viewer that the system has for it, beside the program and without a word on its terminal."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

_PATIENCE = 2.0
"""Seconds in which what opens files says that it cannot; one that is still at it shows the file."""


def private_folder() -> Path:
    """A new folder that only its owner can enter, for a file that is to be looked at; raises OSError."""
    return Path(tempfile.mkdtemp(prefix="clepsydra-"))


def open_in_viewer(path: Path) -> bool:
    """Open a file in the system's viewer; whether there was one that took it. Waits a moment for its refusal."""
    if sys.platform == "win32":
        try:
            os.startfile(path)
        except OSError:
            return False
        return True
    command = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    if command is None:
        return False
    nothing = subprocess.DEVNULL
    try:
        started = subprocess.Popen(
            [command, str(path)], stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True
        )
        return started.wait(_PATIENCE) == 0
    except subprocess.TimeoutExpired:
        return True
    except OSError:
        return False
