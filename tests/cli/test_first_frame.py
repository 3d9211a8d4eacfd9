"""What is on the screen before the program is: what runs, read from the log and from nothing else."""

import os
import pty
import termios
from contextlib import suppress

from clepsydra.cli.context import CommandContext, Streams
from clepsydra.cli.first_frame import shown


class Terminal:
    """A terminal of its own, and what was sent to it while the program would have been loaded."""

    def __init__(self, cli, *, broken: bool = False) -> None:
        self._master, self._slave = pty.openpty()
        before = termios.tcgetattr(self._slave)
        with os.fdopen(self._slave, "w", encoding="utf-8") as out, os.fdopen(os.dup(self._slave)) as typed:
            context = CommandContext({"CLEPSYDRA_HOME": str(cli.home)}, Streams(typed, out, out), lambda: cli.now)
            with suppress(RuntimeError), shown(context):
                self.echoes = bool(termios.tcgetattr(self._slave)[3] & termios.ECHO)
                if broken:
                    raise RuntimeError
            assert termios.tcgetattr(self._slave) == before
            self.sent = self._read()
        os.close(self._master)

    def _read(self) -> str:
        os.set_blocking(self._master, False)
        sent = b""
        with suppress(OSError):
            while chunk := os.read(self._master, 10_000):
                sent += chunk
        return sent.decode()


def test_what_runs_is_shown_to_the_second(cli):
    cli.ok("start", "acme/api", "--at", "-1h12m44s")
    before = {path: path.read_bytes() for path in cli.home.rglob("*") if path.is_file()}
    terminal = Terminal(cli)
    assert "▶ Acme SARL · API rewrite   1:12:44" in terminal.sent
    assert not terminal.echoes, "keys typed meanwhile wait for the program"
    assert {path: path.read_bytes() for path in cli.home.rglob("*") if path.is_file()} == before


def test_nothing_is_shown_where_nothing_runs_or_nothing_can_be_read(cli):
    assert Terminal(cli).sent == "", "no log yet"
    assert not (cli.home / "clepsydra.db").exists()
    cli.ok("start", "acme")
    cli.ok("stop")
    terminal = Terminal(cli)
    assert (terminal.sent, terminal.echoes) == ("", True)
    (cli.home / "clepsydra.db").write_bytes(b"no log at all")
    assert Terminal(cli).sent == ""


def test_a_program_that_never_came_leaves_the_terminal(cli):
    cli.ok("start", "acme")
    sent = Terminal(cli, broken=True).sent
    assert sent.startswith("\x1b[?1049h")
    assert sent.endswith("\x1b[?1049l")
