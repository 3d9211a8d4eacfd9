"""What a command works with: the home, the words, the streams and, once it is asked for, the open log."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from clepsydra.cli import output
from clepsydra.domain.annotations import TYPE_CHECKING, TextIO
from clepsydra.settings.clock import system_clock

if TYPE_CHECKING:
    from clepsydra.domain.session import Session
    from clepsydra.language.message import Message
    from clepsydra.language.translator import Translator
    from clepsydra.ledger.ledger import Ledger
    from clepsydra.settings.asked import Asked
    from clepsydra.settings.glance import Glance
    from clepsydra.settings.home import Home
    from clepsydra.settings.problems import SettingsProblem


QUICK = frozenset({"call", "start", "stop", "switch", "pause", "resume", "status"})
"""Verbs that people type all day: they read only what they need, and no daily backup is made after them."""


READING = frozenset({"completion", "export", "log", "report", "simulate", "status", "verify"})
READING_MEMBERS = frozenset({"check", "list", "preview", "show", "strangers", "try", "why"})
"""Verbs, and members of any family of verbs, that change nothing, not even what is wrong with the log: it is opened so
that it cannot be written, and left to the byte as it was."""


def reads(path: str) -> bool:
    """Whether a command, by its verb and the member of its family, only reads."""
    verb, _, member = path.partition(" ")
    return verb in READING or member in READING_MEMBERS


class Streams:
    """Where a command reads and writes."""

    def __init__(self, stdin: TextIO, out: TextIO, err: TextIO) -> None:
        self.stdin, self.out, self.err = stdin, out, err


class CommandContext:
    """One call of the program. The log is opened, and the language looked up, only when something asks for it."""

    def __init__(
        self,
        environ: Mapping[str, str],
        streams: Streams,
        clock: Callable[[], int] = system_clock,
        *,
        home: str | None = None,
        language: str | None = None,
    ) -> None:
        self.environ = environ
        self.streams = streams
        self.clock = clock
        self._home, self.language = home, language
        self.quick = self.reading = False
        self.yes = False
        """Whether `--yes` was typed: what would be asked is answered."""
        self._terms: Asked | Glance | None = None
        self.told_problems = False
        self.reached = 0

    @cached_property
    def home(self) -> "Home":
        """The folders of the person."""
        from clepsydra.settings.home import Home

        return Home.find(self._home, self.environ)

    @cached_property
    def ledger(self) -> "Ledger":
        """The open log."""
        from clepsydra.ledger.opening import begin_anew, missing, open_to_read, open_with

        self._terms = self._read_terms()
        if self.yes and missing(self.home):
            begin_anew(self.home)
        if self.reading:  # the clock stands still, so that all that is said of a running timer agrees
            return open_to_read(self.home, self._terms, self.clock).standing
        from clepsydra.ledger.history import reached

        ledger = open_with(self.home, self._terms, self.clock, or_read=True)
        self.reached = reached(ledger)
        return ledger

    def _read_terms(self) -> "Asked | Glance":
        if self.quick:
            from clepsydra.settings.glance import Glance

            return Glance(self.home, self.environ)
        from clepsydra.settings.asked import Asked

        return Asked(self.home, self.environ)

    @property
    def problems(self) -> "tuple[SettingsProblem, ...]":
        """What is wrong in the settings and client files read so far."""
        return self._terms.problems if self._terms else ()

    @cached_property
    def tr(self) -> "Translator":
        """The words: of `--language`, else of the settings, else of the environment."""
        from clepsydra.language.translator import translator

        return translator(self.language or self._set_language(), self.environ)

    def _set_language(self) -> str:
        if "ledger" in self.__dict__:
            return self.ledger.settings.language
        try:
            from clepsydra.settings.load import load_settings

            return load_settings(self.home, self.environ).value.language
        except OSError:
            return ""

    def again(self) -> "CommandContext":
        """The same call on the log as it is now."""
        other = CommandContext(self.environ, self.streams, self.clock, home=self._home, language=self.language)
        other.quick, other.reading = self.quick, self.reading
        return other

    def close(self) -> None:
        """Close the log, if it was opened."""
        if "ledger" in self.__dict__:
            from clepsydra.ledger.opening import let_go

            let_go(self.ledger.db)

    def keep_safe(self) -> None:
        """Make the daily backup, after the work is done and not after a verb that must be quick."""
        if "ledger" in self.__dict__ and not self.quick:
            from clepsydra.ledger.opening import is_read_only

            if not is_read_only(self.ledger):
                self._back_up()

    def _back_up(self) -> None:
        """What was asked is done by now, whatever becomes of the copy."""
        from clepsydra.ledger.failures import explained_copy
        from clepsydra.ledger.ledger import DISK_ERRORS
        from clepsydra.ledger.opening import back_up_daily, long_backup_due

        try:
            if long_backup_due(self.ledger, self.home):
                self._back_up_aside()
                return
            cleared = back_up_daily(self.ledger, self.home)
        except DISK_ERRORS as error:
            what = self.said(explained_copy(error))
            self.say(self.tr.t("warning: {what}", what=what))
            return
        self.tell_cleared(cleared)

    def _back_up_aside(self) -> None:
        """Have the copy of a long log made by a process of its own, which nobody waits for."""
        import os
        import subprocess
        import sys

        home = ["--home", self._home] if self._home else []
        subprocess.Popen(
            [sys.executable, "-m", "clepsydra", *home, "backup", "--daily"], env={**os.environ, **self.environ},
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip

    def tell_cleared(self, cleared: "Sequence[object]") -> None:
        """Say how many unfinished files of killed programs were taken away."""
        if cleared:
            words = self.tr.n("cleared {count} unfinished file of a killed program",
                              "cleared {count} unfinished files of killed programs", len(cleared))  # fmt: skip
            self.say(words)

    def print(self, *lines: str) -> None:
        """Data, or what was done: to standard output."""
        output.write_lines(self.streams.out, lines)

    def say(self, *lines: str) -> None:
        """Talk: to standard error, once the data before it have been taken."""
        self.streams.out.flush()
        output.write_lines(self.streams.err, lines)

    def table(
        self,
        rows: Sequence[tuple[str, ...]],
        right: frozenset[int] = frozenset(),
        *,
        head: bool = False,
        weakest: int | None = None,
    ) -> None:
        """Aligned rows, the first a `head` if asked; on a terminal only the columns that fit, the `weakest` leaves
        first, and no row is broken."""
        lines = output.table(rows, right, output.room_of(self.streams.out), weakest)
        if head and lines and output.coloured(self.environ, self.streams.out):
            lines[0] = output.bold(lines[0])
        self.print(*lines)

    def json(self, content: object) -> None:
        """One JSON document to standard output."""
        output.write_json(self.streams.out, content)

    def said(self, message: "Message") -> str:
        """A message of the ledger in the person's language, with whatever people typed in it made harmless."""
        return output.plain(message.said(self.tr))

    def client_name(self, session: "Session") -> str:
        """Client and project as people call them."""
        return self.place_name(session.client, session.project)

    def place_name(self, client: str, project: str) -> str:
        """The names of a client and its project, the default one left out; slugs where nothing names them."""
        from clepsydra.ledger import names

        return output.plain(names.place(self.ledger, client, project, self.tr))
