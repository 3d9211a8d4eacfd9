"""One TOML file while it is read: its tables hand out typed values and note every problem with its place.

Reading never stops at the first problem. A key that nobody asked for is unknown; it is kept and reported as a warning.
"""

from collections.abc import Callable, Mapping
from datetime import date, time
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from clepsydra.language.nearest import nearest
from clepsydra.settings.foreign import Unusable, UnusableCause, content, tables
from clepsydra.settings.problems import WARNINGS, Expected, ProblemKind, SettingsProblem
from clepsydra.settings.values import Wrong, whole_decimal

T = TypeVar("T")
D = TypeVar("D")
KeyPath = tuple[str | int, ...]

_KINDS = {
    UnusableCause.REFUSED: ProblemKind.UNREADABLE,
    UnusableCause.NOT_PLAIN: ProblemKind.NOT_PLAIN,
    UnusableCause.TOO_LARGE: ProblemKind.TOO_LARGE,
}
_MOST_NOTES = 200
"""So many problems of one file are told at most."""
_MOST_UNKNOWN = 50
"""So many unknown keys of one table are told, and compared with those it knows."""


class Loaded(Generic[T]):
    """What was read, with everything that is wrong in it."""

    __slots__ = ("problems", "value")

    def __init__(self, value: T, problems: tuple[SettingsProblem, ...] = ()) -> None:
        self.value = value
        self.problems = problems

    @property
    def ok(self) -> bool:
        """Whether there is nothing worse than warnings."""
        return all(problem.warning for problem in self.problems)


class _Note(NamedTuple):
    path: KeyPath
    kind: ProblemKind
    details: Mapping[str, object]


class TomlDocument:
    """A file's text, its root table and the problems noted so far."""

    def __init__(self, file: Path, text: str, values: Mapping[str, object]) -> None:
        self.file = file
        self.root = TomlTable(self, values)
        self._text = text
        self._notes: list[_Note] = []

    def note(self, path: KeyPath, kind: ProblemKind, **details: object) -> None:
        """Remember a problem at a key; its line is looked for at the end."""
        if len(self._notes) < _MOST_NOTES or kind not in WARNINGS:
            self._notes.append(_Note(path, kind, details))

    def problems(self) -> tuple[SettingsProblem, ...]:
        """Every problem, in the order of their lines."""
        if not self._notes:
            return ()
        from clepsydra.settings.lines import TomlLines

        lines = TomlLines(self._text)
        found = [
            SettingsProblem(self.file, lines.of(path), spelled_path(path), kind, **details)  # type: ignore[arg-type]
            for path, kind, details in self._notes[:_MOST_NOTES]
        ]
        return tuple(sorted(found, key=lambda problem: problem.line))


class TomlTable:
    """One table of a document."""

    def __init__(self, document: TomlDocument, values: Mapping[str, object], path: KeyPath = ()) -> None:
        self.document = document
        self.values = values
        self.path = path
        self._asked: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def take(self, key: str, parse: Callable[[object], T], default: D, *, required: bool = False) -> T | D:
        """The value of a key, or the default where it is missing or wrong; what is wrong is noted."""
        self._asked.add(key)
        if key not in self.values:
            if required:
                self.missing(key, parse)
            return default
        try:
            return parse(self.values[key])
        except Wrong as wrong:
            for fault in wrong.faults:
                self.note(
                    ProblemKind.WRONG,
                    key,
                    *fault.at,
                    found=shown(fault.found),
                    allowed=fault.allowed,
                    expected=fault.expected,
                    nearest=fault.nearest,
                )
            return default

    def missing(self, key: str, parse: Callable[[object], object], other: str = "") -> None:
        """Note that a key is needed, by `other` where that depends; the parser tells what it would allow."""
        try:
            parse(None)
        except Wrong as wrong:
            fault = wrong.faults[0]
            kind = ProblemKind.NEEDED if other else ProblemKind.MISSING
            self.note(kind, key, allowed=fault.allowed, expected=fault.expected, other=other)

    def note(self, kind: ProblemKind, *path: str | int, **details: object) -> None:
        """Note a problem at a path below this table."""
        self.document.note((*self.path, *path), kind, **details)

    def clash(self, key: str, expected: Expected) -> None:
        """Note that a value does not agree with another one."""
        self.note(ProblemKind.WRONG, key, found=shown(self.values.get(key)), expected=expected)

    def unused(self, keys: frozenset[str], other: str) -> None:
        """Note those of the keys that stand here without effect beside `other`."""
        for key in sorted(keys & self.values.keys()):
            self.note(ProblemKind.UNUSED, key, found=shown(self.values[key]), other=other)

    def table(self, key: str) -> "TomlTable":
        """A table below this one, empty where there is none."""
        self._asked.add(key)
        found = self.values.get(key, {})
        if isinstance(found, dict):
            return TomlTable(self.document, found, (*self.path, key))
        self.clash(key, Expected.TABLE)
        return TomlTable(self.document, {}, (*self.path, key))

    def tables(self, key: str, *, single: bool = False) -> "list[TomlTable]":
        """The tables of a list; with `single`, one plain table counts as a list of one."""
        self._asked.add(key)
        found = self.values.get(key, [])
        path = (*self.path, key)
        if single and isinstance(found, dict):
            return [TomlTable(self.document, found, path)]
        if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
            self.clash(key, Expected.TABLES)
            return []
        return [TomlTable(self.document, each, (*path, i)) for i, each in enumerate(found)]

    def done(self) -> None:
        """Note the keys nobody asked for."""
        for key in sorted(self.values.keys() - self._asked)[:_MOST_UNKNOWN]:
            self.note(
                ProblemKind.UNKNOWN_KEY, key, found=shown(key), nearest=nearest(key, self._asked - set(self.values))
            )


def read(file: Path) -> TomlDocument | SettingsProblem:
    """A file as a document, or why it cannot be one."""
    try:
        data = content(file)
    except Unusable as error:
        return SettingsProblem(file, 1, "", _KINDS[error.why], found=error.detail)
    return parse(file, data)


def parse(file: Path, data: bytes) -> TomlDocument | SettingsProblem:
    """The bytes of a file as a document, or why they cannot be one."""
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return SettingsProblem(
            file, line, "", ProblemKind.ENCODING, found=repr(data[error.start : error.start + 4])[1:]
        )
    try:
        return TomlDocument(file, text, tables(text, whole_decimal))
    except ValueError as error:
        return _syntax(file, text, str(error))


def _syntax(file: Path, text: str, reason: str) -> SettingsProblem:
    """The problem behind the standard parser's message, which ends in "(at line 3, column 7)"."""
    lines = text.split("\n")
    numbers = reason.rpartition("(at line ")[2].partition(",")[0]
    last = len(text.rstrip().split("\n"))
    line = min(int(numbers), len(lines)) if numbers.isdigit() else last
    twice = ("overwrite", "twice", "mutate immutable", "redefine")
    kind = ProblemKind.TWICE if any(word in reason for word in twice) else ProblemKind.SYNTAX
    return SettingsProblem(file, line, "", kind, found=shown(lines[line - 1].strip()))


def shown(value: object, depth: int = 3) -> str:
    """A value much as it stands in the file, on one line, short, and with nothing a terminal would obey."""
    if isinstance(value, dict | list) and (not depth or not value):
        return ("{…}" if isinstance(value, dict) else "[…]") if value else ("{}" if isinstance(value, dict) else "[]")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _short(f'"{repr(value[:80])[1:-1]}"')
    if isinstance(value, dict):
        pairs = [f"{_key(key)} = {shown(each, depth - 1)}" for key, each in list(value.items())[:4]]
        return _short("{ " + ", ".join(pairs) + " }")
    if isinstance(value, list):
        return _short("[" + ", ".join(shown(each, depth - 1) for each in value[:6]) + "]")
    if isinstance(value, date | time):
        return value.isoformat()
    return _short(f"{value}") if not isinstance(value, int) or abs(value) < 10**40 else "…"


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"


def _key(key: str) -> str:
    bare = key.isascii() and key.replace("_", "a").replace("-", "a").isalnum()
    return key if bare else repr(key)


def spelled_path(path: KeyPath) -> str:
    """A key path as text: `rates[0].channel.call`."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += f".{_key(part)}" if text else _key(part)
    return text
