"""Long output on a terminal goes through the person's pager, where they named one: `PAGER="less -FRX"`."""

import io
import shlex
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TextIO

from clepsydra.cli.context import CommandContext


class _Held(io.StringIO):
    """What is printed, held until all of it is known; to those who ask, it is the terminal."""

    def __init__(self, terminal: TextIO) -> None:
        super().__init__()
        self._terminal = terminal

    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._terminal.fileno()


@contextmanager
def paged(context: CommandContext) -> Iterator[None]:
    """Hold what a command prints, then show it: through the pager where it is longer than the terminal."""
    terminal = context.streams.out
    held = _Held(terminal)
    context.streams.out = held
    try:
        yield
    finally:
        context.streams.out = terminal
        _show(held.getvalue(), terminal, context.environ)


def wanted(context: CommandContext) -> bool:
    """Whether the output is to be paged at all: on a terminal, with a pager named."""
    return bool(context.environ.get("PAGER", "").strip()) and context.streams.out.isatty()


def _show(text: str, terminal: TextIO, environ: Mapping[str, str]) -> None:
    import os
    import shutil

    words = shlex.split(environ.get("PAGER", ""))
    try:
        lines = os.get_terminal_size(terminal.fileno()).lines
    except (OSError, ValueError):
        lines = 0
    if text.count("\n") < lines or not words or not shutil.which(words[0]):
        terminal.write(text)
        terminal.flush()
        return
    terminal.flush()
    settings = {**os.environ, "LESS": os.environ.get("LESS", "FRX")}
    subprocess.run(words, input=text, text=True, encoding="utf-8", stdout=terminal, env=settings, check=False)
