"""watch: notice calls without the screen, all day, as a service."""

import shlex
import signal
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from clepsydra.cli.bell import Bell
from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Arguments, Command, Option
from clepsydra.cli.outcome import clock_of
from clepsydra.cli.output import plain
from clepsydra.language import formats
from clepsydra.language.translator import mark

if TYPE_CHECKING:
    from clepsydra.calls.runner import MonitorUpdate
    from clepsydra.language.message import Message
    from clepsydra.ledger.calls.model import Announced
    from clepsydra.ledger.calls.watching import Watching
    from clepsydra.ledger.ledger import Ledger
    from clepsydra.settings.watch import Catalogue, Watch

_T = TypeVar("_T")

_PAUSE = 60.0
"""Seconds between looks at the settings, while nothing is noticed."""

_IN_CALL = 4.0
"""Seconds between looks at whether the person has ended the session of the call under way."""

_ENDING = [signal.SIGTERM, signal.SIGINT]
if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
    _ENDING.append(signal.SIGHUP)
"""Signals that end the watcher in order: of a service, of a keyboard, of a terminal that is gone (but for `nohup`)."""

_WAIT = 5.0
"""The same while another instance detects."""

_SYSTEMD = """\
[Unit]
Description=Clepsydra notices calls
After=pipewire-pulse.service pulseaudio.service

[Service]
ExecStart={command}
Restart=on-failure
RestartSec=10

[Install]
WantedBy=default.target
"""

_LAUNCHD = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>Label</key><string>clepsydra.watch</string>
  <key>ProgramArguments</key>
  <array>
{arguments}
  </array>
  <key>RunAtLoad</key><true/>
  <key>KeepAlive</key><dict><key>SuccessfulExit</key><false/></dict>
</dict>
</plist>
"""


def watch(context: CommandContext, given: Arguments) -> int:
    """Notice calls and write them down until the process is told to end."""
    unit = given.maybe("print-unit")
    if unit:
        context.print(*_unit(context, unit).splitlines())
        return 0
    from clepsydra.settings.watch import Catalogue, Watch

    bell = Bell()
    with bell.ended_by(_ENDING):
        catalogue, files = Catalogue(context.home, context.environ), Watch(context.home)
        unwritten: tuple[MonitorUpdate, ...] = ()
        while not bell.ended:
            unwritten = _Watcher(context, catalogue, files, bell, unwritten).run()
    return 0


class _Watcher:
    """Watches for one open log, until it is told to end or the log is another file."""

    def __init__(
        self,
        context: CommandContext,
        catalogue: "Catalogue",
        files: "Watch",
        bell: Bell,
        unwritten: "tuple[MonitorUpdate, ...]",
    ) -> None:
        from clepsydra.ledger.calls.watching import Watching
        from clepsydra.ledger.log_watch import LogWatch
        from clepsydra.ledger.opening import open_with

        self._catalogue, self._files, self._bell = catalogue, files, bell
        self._ledger = open_with(context.home, catalogue, context.clock)
        self._log = LogWatch(self._ledger, context.home)
        self._watching = Watching(self._ledger, None, bell.ring, unwritten=unwritten)
        self._teller = _Teller(context, self._ledger, self._watching)

    def run(self) -> "tuple[MonitorUpdate, ...]":
        """Returns what was noticed and could not be written."""
        from clepsydra.ledger.ledger import DISK_ERRORS
        from clepsydra.ledger.log_watch import LogEvent
        from clepsydra.ledger.opening import let_go
        from clepsydra.ledger.processes import start_afresh

        due, rung = 0.0, False
        try:
            while not self._bell.ended:
                told = self._teller.trying(self._log.beat)
                if told:
                    self._teller.say(told.sentences)
                    if told.event is LogEvent.REOPEN:
                        break
                if not self._log.lost and (rung or time.monotonic() >= due):
                    rung = False
                    self._teller.trying(self._work)
                    due = time.monotonic() + _pause(self._watching)
                rung |= self._bell.heard(1.0)
                if self._log.lost:
                    due = 0.0
        finally:
            with suppress(*DISK_ERRORS):
                self._watching.stop()
            again = let_go(self._ledger.db)
        if not again and not self._bell.ended:
            start_afresh("")
        return self._watching.unwritten

    def _work(self) -> None:
        if self._files.changed():
            self._catalogue.reload()
        self._watching.tick()
        self._teller.tell()


def _pause(watching: "Watching") -> float:
    if not watching.detecting:
        return _WAIT
    return _IN_CALL if watching.in_call else _PAUSE


class _Teller:
    """Says in lines what is noticed and how detection stands, each thing once."""

    def __init__(self, context: CommandContext, ledger: "Ledger", watching: "Watching") -> None:
        self._context, self._ledger, self._watching = context, ledger, watching
        self._said = ""
        self._refused: set[str] = set()

    def tell(self) -> None:
        """Take the news and print them."""
        from clepsydra.ledger.calls.wording import status

        context = self._context
        news = self._watching.take()
        for call in self._watching.announced():
            self._began(call)
        for each in news:
            self._ended(each)
        said = " · ".join(context.said(message) for message in status(self._watching.told))
        if said != self._said:
            self._said = said
            self._line(said)

    def trying(self, part: "Callable[[], _T]") -> "_T | None":
        """Do a part; what the disk refuses is said once, and tried again at the next turn."""
        from clepsydra.ledger.failures import explained
        from clepsydra.ledger.ledger import DISK_ERRORS

        try:
            done = part()
        except DISK_ERRORS as error:
            message = explained(error)
            words = self._context.said(message) if message else plain(str(error))
            if words not in self._refused:
                self._refused.add(words)
                self._line(words)
            return None
        if part.__name__ == "_work":
            self._refused.clear()
        return done

    def say(self, sentences: "Iterable[Message]") -> None:
        """Print what has become of the log."""
        for sentence in sentences:
            self._line(self._context.said(sentence))

    def _began(self, call: "Announced") -> None:
        from clepsydra.calls.call import Rank

        context, where = self._context, self._where(call.program, call.program_name)
        words = {
            Rank.CERTAIN: context.tr.t("call through {program}", program=where),
            Rank.DOUBT: context.tr.t("perhaps a call through {program}", program=where),
            Rank.LISTENING: context.tr.t("listening through {program}", program=where),
        }[call.rank]
        self._line(f"{clock_of(context, call.started_at)}  {words}{self._whose(call.id)}")

    def _ended(self, news: "MonitorUpdate") -> None:
        from clepsydra.calls.call import CallEnded
        from clepsydra.ledger.calls.inbox import is_asked_about

        context = self._context
        for event in news.events:
            call = event.call
            if isinstance(event, CallEnded) and call.ended_at is not None and is_asked_about(self._ledger, call.id):
                where = self._where(call.program.id, call.program.name)
                length = formats.timer(call.ended_at - call.began_at)
                words = context.tr.t("end of the call through {program}: {length}", program=where, length=length)
                self._line(f"{clock_of(context, call.ended_at)}  {words}")

    def _where(self, program: str, name: str) -> str:
        from clepsydra.ledger.calls import wording

        return plain(wording.program(program, name, self._context.tr))

    def _whose(self, call: str) -> str:
        """Whose a call that has begun may be; empty where nothing says so."""
        from clepsydra.cli.verbs.calls import suggested
        from clepsydra.ledger.calls.planned import plans_for_waiting
        from clepsydra.ledger.calls.suggesting import likely

        found = likely(self._ledger, call, plans_for_waiting(self._ledger).hints)
        return f" · {suggested(self._context, found)}" if found else ""

    def _line(self, words: str) -> None:
        self._context.print(words)
        self._context.streams.out.flush()


def _unit(context: CommandContext, kind: str) -> str:
    """A file that keeps the watcher running, for systemd (user) or launchd."""
    words = [*_program(), "--home", str(context.home.path), "watch"] if context.home.data_root is None else [
        *_program(), "watch",
    ]  # fmt: skip
    if kind == "systemd":
        # systemd reads % and $ in a command as its own.
        quoted = shlex.join(words).replace("%", "%%").replace("$", "$$")
        return _SYSTEMD.format(command=quoted)
    from xml.sax.saxutils import escape

    return _LAUNCHD.format(arguments="\n".join(f"    <string>{escape(word)}</string>" for word in words))


def _program() -> list[str]:
    """How this program is called: its own script where there is one, else the interpreter with the package."""
    script = Path(sys.argv[0])
    if script.name == "clepsydra" and script.exists():
        return [str(script.resolve())]
    return [sys.executable, "-m", "clepsydra"]


_UNIT = Option("print-unit", mark("print a file that keeps it running as a service"), "KIND", ("systemd", "launchd"))
_NOTES = mark(
    "systemd: save it as ~/.config/systemd/user/clepsydra.service, then “systemctl --user enable --now clepsydra”. "
    "launchd: save it as ~/Library/LaunchAgents/clepsydra.watch.plist, then “launchctl load” it. "
    "The app and the watcher never detect twice: one waits for the other."
)

COMMANDS = (
    Command("watch", mark("notice calls without the screen, until told to end"), watch, (), (_UNIT,), notes=_NOTES),
)
