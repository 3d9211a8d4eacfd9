"""A minute of random keys in a real terminal: nothing ends the program, and no note holds what was not typed there.

    python -m tests.mutations.keyboard 60 --rate 50 --seed 3

Keys are letters, figures, signs, enter, escape, tab, arrows, page keys, function keys, pastes of several lines,
Latin-1 bytes and sequences that no terminal sends. The letters of every note in the log at the end must have been
typed in that order.
"""

import argparse
import fcntl
import os
import pty
import select
import signal
import sqlite3
import struct
import sys
import tempfile
import termios
import time
from pathlib import Path
from random import Random

from tests.client_files import acme, brel

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789éàß .-/:"
KEYS = [
    b"\r",
    b"\x1b",
    b"\t",
    b"\x1b[A",
    b"\x1b[B",
    b"\x1b[C",
    b"\x1b[D",
    b"\x1b[5~",
    b"\x1b[6~",
    b"\x1bOP",
    b"\x1b[15~",
]
NOISE = [
    b"\xe9", b"\xff\xfe", b"\xc3", b"\x1b[99;99z", b"\x1b[?62;22c", b"\x1b]11;rgb:00/00/00\x07", b"\x1b[99999999999u",
    b"\x1b[M\xff\xff\xff", b"\x1b[<0;10;10M\x1b[<0;10;10m", b"\x1b[200~two\nlines\x1b[201~", b"\x00",
    b"\x1bP1$r",
]  # fmt: skip
AHEAD = [
    b"nfirst words\r",
    b"1nsecond\rm5",
    b"2ncaf\xc3\xa9 noir\rxyz",
    b"b9:30\r",
    b"an third\r\x1b",
    b"m12\r",
    b"lnfourth one\r",
]
"""Typed in one go, as fast as it can be sent."""
FORBIDDEN = {"q", "Q"}
"""Not typed: they may close the program, which would end the trial."""


def main() -> int:
    """Type for so many seconds; tell what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutations.keyboard", description=__doc__)
    parser.add_argument("seconds", type=float)
    parser.add_argument("--rate", type=float, default=50)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        (home / "clients").mkdir(parents=True)
        (home / "settings.toml").write_text('language = "en"\ntime_zone = "Europe/Paris"\n[calls]\nevidence = "off"\n')
        (home / "clients" / "acme.toml").write_text(acme(key="a"))
        (home / "clients" / "brel.toml").write_text(brel())
        typed, told = _type(home, options.seconds, 1 / options.rate, Random(options.seed))
        notes, strange = _strange(home, typed)
        fault = (home / "clepsydra.log").exists()
    print(f"{len(typed)} keys, {notes} notes, ended: {told or 'no'}, fault: {fault}, nobody typed: {strange}")
    return int(bool(told) or fault or bool(strange))


def _type(home: Path, seconds: float, pause: float, random: Random) -> tuple[list[bytes], str]:
    pid, terminal = pty.fork()
    if not pid:
        os.environ.update(TERM="xterm-256color", CLEPSYDRA_HOME=str(home))
        os.execv(sys.executable, [sys.executable, "-m", "clepsydra"])
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    _listen(terminal, 6)
    typed: list[bytes] = []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        ahead = random.random() < 0.03
        keys = b"\x1b" * 4 + random.choice(AHEAD) if ahead else _key(random)
        typed += [bytes([key]) for key in keys] if ahead else [keys]
        try:
            os.write(terminal, keys)
        except OSError:
            break
        if not _listen(terminal, pause):
            break
    _listen(terminal, 2)
    done, status = os.waitpid(pid, os.WNOHANG)
    if not done:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    return typed, f"status {status}" if done else ""


def _key(random: Random) -> bytes:
    kind = random.random()
    if kind < 0.75:
        return random.choice([each for each in LETTERS if each not in FORBIDDEN]).encode()
    return random.choice(KEYS if kind < 0.95 else NOISE)


def _listen(terminal: int, seconds: float) -> bool:
    """Read what the program draws; False when it has gone."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        ready, _, _ = select.select([terminal], [], [], left)
        try:
            if ready and not os.read(terminal, 65536):
                return False
        except OSError:
            return False
    return True


def _strange(home: Path, typed: list[bytes]) -> tuple[int, list[str]]:
    """How many notes there are, and those with letters that were not typed in that order."""
    pieces = b"".join(key if _is_text(key) else _text_of(key) for key in typed).decode("utf-8", "replace")
    log = sqlite3.connect(f"file:{home / 'clepsydra.db'}?mode=ro", uri=True)
    notes = {row[0] for row in log.execute("SELECT note FROM session WHERE note <> ''")}
    log.close()
    parts = {part for note in notes for part in note.split(" · ")}  # notes that were joined
    return len(notes), [part for part in sorted(parts) if part.strip("�") and not _from(part, pieces)]


def _from(note: str, pieces: str) -> bool:
    """Whether the letters of a note were typed in that order: a form can be left and come back to between two."""
    letters = iter(pieces)
    return all(letter in letters for letter in note if letter != " ")


def _is_text(key: bytes) -> bool:
    return not key.startswith((b"\x1b", b"\r", b"\t", b"\x00")) and len(key) <= 3


def _text_of(key: bytes) -> bytes:
    return b"two\nlines" if b"[200~" in key else b"\x00" if key in (b"\r", b"\x1b", b"\t") else b""


sys.exit(main())
