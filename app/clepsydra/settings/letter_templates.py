"""The texts of reminders: `letters/<level>.<language>.txt` of the home, else those that are shipped.

The first line is the subject. `{number}` and the like stand for what the letter is about, `[word: …]` holds where the
word does, `[several]` and `[statement]` begin the texts for several documents and for a statement. Lines that begin
with # are for who writes them. What cannot be read is a problem of the file, with its line, and never of the evening.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from clepsydra.language.nearest import nearest
from clepsydra.settings.foreign import Unusable, content
from clepsydra.settings.home import shipped
from clepsydra.settings.problems import ProblemKind, SettingsProblem
from clepsydra.settings.toml_document import shown

PLACEHOLDERS = (
    "number", "issued", "due", "recap", "open", "iban", "ref", "days_late", "penalty", "fee", "attention", "seller",
)  # fmt: skip
ONE, SEVERAL, STATEMENT = "", "several", "statement"

_PLACE = re.compile(r"\{([^{}]*)\}")
_CONDITION = re.compile(r"\[(!?)([A-Za-z]+): ([^\[\]]*)\]")
_OPTIONAL = frozenset({"attention"})
"""What leaves its line standing when it is empty: “Hello {attention},” is then “Hello,”."""


class LetterTemplate(NamedTuple):
    """A file of letters: the lines of each of its texts, subject first."""

    texts: Mapping[str, tuple[str, ...]]

    def lines(self, *kinds: str) -> tuple[str, ...]:
        """The text of the first kind that the file has."""
        return next((self.texts[kind] for kind in kinds if kind in self.texts), self.texts[ONE])


class BrokenTemplate(Exception):
    """A person's own letter cannot be used; `problems` say file, line and what is allowed."""

    def __init__(self, problems: tuple[SettingsProblem, ...]) -> None:
        super().__init__(problems)
        self.problems = problems


def template(level: int, language: str, folder: Path | None) -> LetterTemplate:
    """The letter of a level in a language, the home's own first; raises `BrokenTemplate`, OSError."""
    name = f"{level}.{language}.txt"
    own = folder / name if folder else None
    if own is not None and own.exists():
        text, problems = _read(own)
        if problems:
            raise BrokenTemplate(problems)
        return _template(text)
    path = shipped("config") / "letters" / name
    if not path.is_file():
        path = path.with_name(f"{level}.en.txt")
    return _template(path.read_text("utf-8"))


def problems_in(folder: Path) -> tuple[SettingsProblem, ...]:
    """Everything wrong in a person's own letters."""
    if not folder.is_dir():
        return ()
    return tuple(problem for path in sorted(folder.glob("*.txt")) for problem in _read(path)[1])


def _read(path: Path) -> tuple[str, tuple[SettingsProblem, ...]]:
    try:
        text = content(path).decode("utf-8-sig").replace("\r\n", "\n")
    except Unusable as error:
        return "", (SettingsProblem(path, 1, "", ProblemKind.UNREADABLE, found=error.detail),)
    except UnicodeDecodeError:
        return "", (SettingsProblem(path, 1, "", ProblemKind.ENCODING, found=path.name),)
    problems = tuple(problem for line, each in _lines(text) for problem in _problems(path, line, each))
    if not problems and not _template(text).lines(ONE):
        problems = (SettingsProblem(path, 1, "", ProblemKind.EMPTY_LETTER),)
    return text, problems


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines that print, with their numbers."""
    for number, line in enumerate(text.split("\n"), 1):
        if not line.startswith("#"):
            yield number, line


def _problems(path: Path, number: int, line: str) -> Iterator[SettingsProblem]:
    for name in _PLACE.findall(line):
        if name not in PLACEHOLDERS:
            near = nearest(name, PLACEHOLDERS)
            yield SettingsProblem(
                path, number, "", ProblemKind.PLACEHOLDER, found=shown(f"{{{name}}}")[1:-1],
                allowed=tuple(f"{{{each}}}" for each in PLACEHOLDERS), nearest=f"{{{near}}}" if near else "",
            )  # fmt: skip
    rest = _PLACE.sub("", line)
    if "{" in rest or "}" in rest:
        yield SettingsProblem(
            path, number, "", ProblemKind.PLACEHOLDER, found=shown(line.strip())[1:-1],
            allowed=tuple(f"{{{each}}}" for each in PLACEHOLDERS),
        )  # fmt: skip


def _template(text: str) -> LetterTemplate:
    texts: dict[str, list[str]] = {ONE: []}
    kind = ONE
    for _, line in _lines(text):
        if line.strip() in (f"[{SEVERAL}]", f"[{STATEMENT}]"):
            kind = line.strip()[1:-1]
            texts[kind] = []
        elif texts[kind] or line.strip():
            texts[kind].append(line.rstrip())
    return LetterTemplate({kind: tuple(lines) for kind, lines in texts.items() if lines or kind == ONE})


def filled(lines: tuple[str, ...], values: Mapping[str, str], words: frozenset[str]) -> tuple[str, str]:
    """Subject and text of a letter: values put in, lines without theirs left out, blank lines never twice in a row."""
    made: list[str] = []
    for line in lines:
        found = _line(line, values, words)
        if found is None or (not found and (not made or not made[-1])):
            continue
        made.append(found)
    subject, *body = made or [""]
    return subject, "\n".join(body).strip("\n") + "\n"


def _line(line: str, values: Mapping[str, str], words: frozenset[str]) -> str | None:
    held = _CONDITION.sub(lambda match: match[3] if (match[2] in words) != bool(match[1]) else "", line)
    names = _PLACE.findall(held)
    if any(not values[name] for name in names if name not in _OPTIONAL):
        return None
    for name in _OPTIONAL.intersection(names):
        if not values[name]:
            held = re.sub(rf" ?\{{{name}\}}", "", held)
    return _PLACE.sub(lambda match: values[match[1]], held)
