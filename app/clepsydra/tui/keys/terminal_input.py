"""The keyboard behind a guard: bytes that are no text, and sequences that nobody knows, cost themselves alone."""

import os
import re
from codecs import getincrementaldecoder
from collections.abc import Iterator
from contextlib import suppress
from select import select
from time import monotonic

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.messages import ExitApp

_CHUNK = 4096
_WAIT = 0.1
"""Seconds after which the reading thread looks whether the program ends."""

_PATIENCE = 0.05
"""Seconds from its start within which a sequence that was cut by a read must be whole."""

_REPORTS = re.compile(
    r"\x1b\[(?:<?-?\d{1,6}(?:;-?\d{1,6})*[mM]|M[\x20-\U0010ffff]{3}|\?\d{1,5};\d\$y|\d{1,4};\d{1,4}R"
    r"|48;\d{1,5}(?:;\d{1,6}){3}t|200~|201~|I|O|(?:[\d:]{0,20};?){2,3}[u~ABCDEFHPQRS])"
)
"""What Textual itself reads beside keys: mouse, modes, sizes, pastes, focus, extended keys."""

_COMPLETE = re.compile(
    "\x1b(?:\\[M[\x20-\U0010ffff]{3}"
    "|\\[\\[?[0-?]*[ -/]*[@-~]"  # CSI
    "|[\\]P^_X][^\x07\x1b]*(?:\x07|\x1b\\\\)"  # OSC, DCS and other strings
    "|O[ -~])"
)
_BEGUN = re.compile("\x1b(?:\\[\\[?[0-?]*[ -/]*|\\[M[\x20-\U0010ffff]{0,2}|[\\]P^_X][^\x07\x1b]{0,2000}\x1b?|O)?$")
_HIGHEST = 0x10FFFF


def known(sequence: str) -> bool:
    """Whether a whole sequence is a key or a report; what is none would be typed letter by letter, as text."""
    if sequence in ANSI_SEQUENCES_KEYS:
        return True
    if not _REPORTS.fullmatch(sequence):
        return False
    numbers = [int(number) for number in re.findall(r"\d{1,9}", sequence)]
    return all(number <= _HIGHEST and not 0xD800 <= number <= 0xDFFF for number in numbers)


def without_unknown(text: str) -> tuple[str, str]:
    """The text without whole sequences that nobody knows, and a sequence begun at its end, which waits for its rest."""
    begun = _BEGUN.search(text)
    rest = begun[0] if begun else ""
    whole = text[: len(text) - len(rest)] if rest else text
    return _COMPLETE.sub(lambda found: found[0] if known(found[0]) else "", whole), rest


class GuardedKeyboard(LinuxDriver):
    """Textual's driver with a reading thread that nothing on the keyboard line can end."""

    def run_input_thread(self) -> None:
        """Read, decode and hand on until the program ends."""
        self._parser = XTermParser(self._debug)
        decoder = getincrementaldecoder("utf-8")("replace")
        rest, since = "", 0.0
        while not self.exit_event.is_set():
            data = self._read()
            if data is None:
                self.process_message(ExitApp())
                return
            since = since if rest else monotonic()
            text, rest = without_unknown(rest + decoder.decode(data))
            if rest and (rest == "\x1b" or monotonic() - since > _PATIENCE):
                text, rest = text + rest, ""
            self._feed(text)

    def _read(self) -> bytes | None:
        """What was typed; nothing after a while without a key; None where the terminal is gone."""
        try:
            ready, _, _ = select([self.fileno], [], [], _WAIT)
            data = os.read(self.fileno, _CHUNK) if ready else b""
        except (OSError, ValueError):
            return None
        return None if ready and not data else data

    def _feed(self, text: str) -> None:
        """Hand on what the parser makes of a text, piece by piece where it may hold more than letters."""
        for piece in _pieces(text):
            try:
                for event in self._parser.feed(piece):
                    self.process_message(event)
            except Exception:  # whatever a sequence may raise: it is lost, and the next key begins anew
                self._begin_anew()
        with suppress(Exception):
            for event in self._parser.tick():
                self.process_message(event)

    def _begin_anew(self) -> None:
        """A new parser that knows of the terminal what the old one did."""
        old, self._parser = self._parser, XTermParser(self._debug)
        self._parser.mouse_pixels = old.mouse_pixels
        self._parser.terminal_size, self._parser.terminal_pixel_size = old.terminal_size, old.terminal_pixel_size


def _pieces(text: str) -> Iterator[str]:
    if "\x1b" not in text:
        if text:
            yield text
        return
    yield from re.findall("\x1b[^\x1b]*|[^\x1b]+", text)
