"""The last good text of the settings and of every client's file, kept beside the log: a file that is broken moves no
time and no figure, and neither does a client's that is gone.

Only readers of whole files write here; a copy is one small file, written when the person's own has changed.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress

from clepsydra.domain.annotations import TYPE_CHECKING
from clepsydra.domain.session import OWN
from clepsydra.settings.foreign import content
from clepsydra.settings.home import KEPT, Home, is_slug, write_private

if TYPE_CHECKING:  # a timer that reads a copy has nothing to say about it
    from pathlib import Path

    from clepsydra.settings.problems import SettingsProblem

Expected = Callable[[], Iterable[str]]
"""Answers with the clients that the log names."""


SETTINGS = "_settings"
"""What the copy of the settings is called: a name that no client can have."""


class KeptTexts:
    """Copies of client files as they last were good, by slug, and of the settings as `SETTINGS`."""

    def __init__(self, home: Home) -> None:
        self._home = home

    def text(self, slug: str) -> bytes | None:
        """The last good text of a file; None where there never was one."""
        try:
            return content(self._name(slug)) if slug == SETTINGS or is_slug(slug) else None
        except OSError:
            return None

    def keep(self, slug: str, text: bytes) -> None:
        """Remember a good text; a disk that refuses keeps nobody from reading."""
        if self.text(slug) != text:
            with suppress(OSError):
                self._home.kept_dir.mkdir(mode=0o700, exist_ok=True)
                write_private(self.file(slug), text)

    def file(self, slug: str) -> "Path":
        """Where the copy of a file is."""
        from pathlib import Path

        return Path(self._name(slug))

    def _name(self, slug: str) -> str:
        return self._home.kept(KEPT, f"{slug}.toml")


def gone(home: Home, expected: Iterable[str]) -> list[str]:
    """The clients of the log that have no file; own work needs none."""
    return [slug for slug in expected if slug != OWN and not home.client_file(slug).exists()]


def gone_problem(home: Home, slug: str) -> "SettingsProblem":
    """That the file of a client of the log is gone, and where its last good text is."""
    from clepsydra.settings.problems import ProblemKind, SettingsProblem

    texts = KeptTexts(home)
    copy = str(texts.file(slug)) if texts.text(slug) is not None else ""
    return SettingsProblem(home.client_file(slug), 1, "", ProblemKind.GONE, found=slug, other=copy)
