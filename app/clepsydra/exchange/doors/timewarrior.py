"""Timewarrior: its own files (`data/YYYY-MM.data`, one or a folder) and the JSON of `timew export`, both in UTC.

Tags come out sorted, so their places say nothing: which is the client is for the mapping to say. The `id` of an export
is renumbered with every interval and is no id; the start is, since intervals there never overlap.
"""

import re
from collections.abc import Iterator
from typing import Any

from clepsydra.exchange.doors.parts.objects import at, load, objects, text, texts
from clepsydra.exchange.doors.parts.tabular import decoded
from clepsydra.exchange.doors.parts.walls import stamp_of
from clepsydra.exchange.doors.shape import Answers, Ask, Door, DoorKind, DoorSource, Found, Item, LeftOut, ProblemCause
from clepsydra.exchange.problems import RowProblem, RowReason

_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')
_ESCAPE = re.compile(r"\\(.)")


def _sniff(name: str, head: bytes) -> int:
    if re.match(rb"inc \d{8}T\d{6}Z", head.lstrip(b"\xef\xbb\xbf \t\r\n")):
        return 95
    return 90 if re.search(rb'"start" ?: ?"\d{8}T\d{6}Z"', head) else 0


def read(source: DoorSource, answers: Answers) -> Iterator[Item]:
    """The intervals of either form, or of every `.data` file of a folder."""
    if source.head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"[", b"{"):
        yield from _exported(source)
        return
    files = {name: data for name, data in sorted(source.members.items()) if re.search(r"\d{4}-\d\d\.data$", name)}
    for data in files.values() if source.members else [source.data]:
        content = decoded(data)
        if content is None:
            yield RowProblem(1, RowReason.NOT_TEXT)
            continue
        for line, row in enumerate(content.splitlines(), 1):
            if row.startswith("exc "):
                yield LeftOut(line, ProblemCause.ABSENCE, row)
            elif row.strip():
                yield _interval(line, row)


def _interval(line: int, row: str) -> Item:
    """`inc A [- B] [# tags [# "annotation"]]`."""
    tokens = [(_ESCAPE.sub(r"\1", m[1]) if m[1] is not None else m[2], m[1] is not None) for m in _TOKEN.finditer(row)]
    if len(tokens) < 2 or tokens[0][0] != "inc":
        return RowProblem(line, RowReason.NOT_READABLE, "", row)
    rest = tokens[2:]
    end = ""
    if len(rest) > 1 and rest[0] == ("-", False):
        end, rest = rest[1][0], rest[2:]
    groups: list[list[str]] = []
    for word, quoted in rest:
        if word == "#" and not quoted:
            groups.append([])
        elif groups:
            groups[-1].append(word)
    tags = tuple(groups[0]) if groups else ()
    return _made(line, tokens[1][0], end, tags, " ".join(groups[1]) if len(groups) > 1 else "")


def _exported(source: DoorSource) -> Iterator[Item]:
    held = load(source)
    if isinstance(held, RowProblem):
        yield held
        return
    for index, entry in enumerate(objects(held), 1):
        yield _of_export(index, entry)


def _of_export(place: int, entry: dict[str, Any]) -> Item:
    tags = texts(at(entry, "tags"))
    return _made(place, text(entry, "start"), text(entry, "end"), tags, text(entry, "annotation"))


def _made(line: int, start: str, stop: str, tags: tuple[str, ...], note: str) -> Item:
    begin = stamp_of(start)
    if not isinstance(begin, int):
        return RowProblem(line, RowReason.INSTANT, "start", start)
    if not stop:
        return LeftOut(line, ProblemCause.RUNNING, " ".join(tags))
    end = stamp_of(stop)
    if not isinstance(end, int):
        return RowProblem(line, RowReason.INSTANT, "end", stop)
    if end < begin:
        return RowProblem(line, RowReason.ENDS_BEFORE, "end", stop, start)
    return Found(line, begin, end, key=start, tags=tags, note=note)


DOOR = Door("timewarrior", DoorKind.SESSIONS, _sniff, read, (Ask.MAPPING,), "Timewarrior", many=True)
