"""On which line of a TOML text a key stands: the standard parser does not tell.

Imported only once there is something to report. The text has been parsed already, so this scanner follows the
structure and never judges it; where it gets lost, the nearest table found so far answers.
"""

import re
import tomllib
from bisect import bisect_left
from contextlib import suppress

KeyPath = tuple[str | int, ...]
"""Keys, and indexes where lists stand."""

_SPACE = re.compile(r"[ \t]*")
_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY = re.compile(r"""[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'""")
_STRING = re.compile(
    r'''"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?'{3,5}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*\'''',
    re.DOTALL,
)
_SCALAR = re.compile(r"[^,\]}\n#]*")


class _Lost(Exception):
    """The text is not what the scanner takes it for."""


class TomlLines:
    """The line of every table, key and list item of a text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._newlines = [i for i, character in enumerate(text) if character == "\n"]
        self._found: dict[KeyPath, int] = {(): 1}
        self._last: dict[KeyPath, int] = {}
        self._at = 0
        with suppress(_Lost, RecursionError, ValueError):
            self._document()

    def of(self, path: KeyPath) -> int:
        """The line where a key stands, counted from 1; of a missing key, the line of its table."""
        while path not in self._found:
            path = path[:-1]
        return self._found[path]

    def _document(self) -> None:
        table: KeyPath = ()
        while self._skip(_BLANK) < len(self._text):
            start = self._at
            if self._take("[["):
                table = self._header(self._key(), start, repeated=True)
                self._need("]]")
            elif self._take("["):
                table = self._header(self._key(), start, repeated=False)
                self._need("]")
            else:
                self._pair(table)

    def _header(self, keys: list[str], start: int, *, repeated: bool) -> KeyPath:
        path: KeyPath = ()
        for key in keys[:-1]:
            path = self._into((*path, key), start)
        path = (*path, keys[-1])
        if not repeated:
            self._note(path, start)
            return self._into(path, start)
        self._last[path] = self._last.get(path, -1) + 1
        return self._into(path, start)

    def _into(self, path: KeyPath, start: int) -> KeyPath:
        """A table, or the newest one of a list of tables."""
        self._note(path, start)
        if path in self._last:
            path = (*path, self._last[path])
            self._note(path, start)
        return path

    def _pair(self, table: KeyPath) -> None:
        start, path = self._at, table
        for key in self._key():
            path = (*path, key)
            self._note(path, start)
        self._need("=")
        self._value(path)

    def _key(self) -> list[str]:
        keys = []
        while True:
            self._skip(_SPACE)
            match = _KEY.match(self._text, self._at)
            if not match:
                raise _Lost
            self._at = match.end()
            keys.append(_plain(match.group()))
            self._skip(_SPACE)
            if not self._take("."):
                return keys

    def _value(self, path: KeyPath) -> None:
        self._skip(_SPACE)
        string = _STRING.match(self._text, self._at)
        if string:
            self._at = string.end()
        elif self._take("["):
            self._array(path)
        elif self._take("{"):
            self._inline(path)
        else:
            self._skip(_SCALAR)

    def _array(self, path: KeyPath) -> None:
        index = 0
        while not (self._skip(_BLANK) and self._take("]")):
            self._note((*path, index), self._at)
            self._value((*path, index))
            index += 1
            self._separator("]")

    def _inline(self, path: KeyPath) -> None:
        while not (self._skip(_BLANK) and self._take("}")):
            self._pair(path)
            self._separator("}")

    def _separator(self, end: str) -> None:
        self._skip(_BLANK)
        if not self._take(",") and not self._text.startswith(end, self._at):
            raise _Lost

    def _note(self, path: KeyPath, position: int) -> None:
        self._found.setdefault(path, bisect_left(self._newlines, position) + 1)

    def _skip(self, what: re.Pattern[str]) -> int:
        match = what.match(self._text, self._at)
        self._at = match.end() if match else self._at
        return self._at

    def _take(self, sign: str) -> bool:
        found = self._text.startswith(sign, self._at)
        self._at += len(sign) if found else 0
        return found

    def _need(self, sign: str) -> None:
        self._skip(_SPACE)
        if not self._take(sign):
            raise _Lost


def _plain(key: str) -> str:
    if "\\" in key and key.startswith('"'):
        return str(tomllib.loads(f"key = {key}")["key"])
    return key[1:-1] if key[0] in "\"'" else key
