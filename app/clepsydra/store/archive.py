"""The bytes of issued documents, kept as they were: `documents/<year>/<number><ending>`.

Bytes are staged before the log commits them and take their name after; a kill between the two leaves a staged file that
the digest in the log tells from rubbish. Nothing here is ever replaced by other bytes.
"""

import re
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from clepsydra.settings.home import write_private

STAGED = ".staged"


def digest(content: bytes) -> str:
    """The SHA-256 of a document, in hexadecimal."""
    return sha256(content).hexdigest()


class Archive:
    """The documents of one home."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, number: str, ending: str) -> Path:
        """Where a document is kept; `ending` begins with a dot or with what tells copies apart."""
        # No two numbers share a name: what a name of a file may not hold is written out.
        name = re.sub(r"[^A-Za-z0-9_.+-]|^\.", lambda match: f"%{ord(match[0]):X}", number)
        year = re.search(r"(?<!\d)\d{4}(?!\d)", number)
        return self.folder / (year[0] if year else "other") / f"{name}{ending}"

    def stage(self, number: str, ending: str, content: bytes) -> None:
        """Put bytes where a kill cannot lose them, without their name yet; raises OSError."""
        path = self._staged(number, ending, digest(content))
        for folder in (self.folder, path.parent):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_private(path, content)

    def keep(self, number: str, ending: str, sha: str) -> None:
        """Give staged bytes their name, unless the document is there; raises OSError."""
        staged, path = self._staged(number, ending, sha), self.path(number, ending)
        if not staged.exists():
            return
        if not path.exists():
            staged.rename(path)
        elif digest(path.read_bytes()) == sha:
            staged.unlink(missing_ok=True)

    def drop(self, number: str, ending: str, content: bytes) -> None:
        """Take back staged bytes of a document that was not issued after all."""
        with suppress(OSError):
            self._staged(number, ending, digest(content)).unlink(missing_ok=True)

    def read(self, number: str, ending: str, sha: str | None = None) -> bytes | None:
        """The bytes of a document; of one that was killed at its issue, those staged with the digest. None for none."""
        if sha:
            with suppress(OSError):
                self.keep(number, ending, sha)
        try:
            return self.path(number, ending).read_bytes()
        except FileNotFoundError:
            return None

    def add(self, number: str, ending: str, content: bytes) -> None:
        """Keep the bytes of a document of which there are none yet; raises FileExistsError, OSError."""
        path = self.path(number, ending)
        for folder in (self.folder, path.parent):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_private(path, content, new=True)

    def _staged(self, number: str, ending: str, sha: str) -> Path:
        path = self.path(number, ending)
        return path.with_name(f".{path.name}.{sha[:16]}{STAGED}")
