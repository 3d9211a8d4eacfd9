"""Tables in text files as other programs write them: any usual coding, delimiter and `sep=` line, bounded cells.

`rows` streams; a broken quote is a problem of its line, and reading goes on behind it.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from clepsydra.exchange.problems import RowProblem, RowReason, nearest
from clepsydra.exchange.text import unguard

CELL_LIMIT = 8 * 1024 * 1024
"""Characters one cell may hold: beyond it a quote was most likely never closed."""

Record = tuple[int, list[str]]
"""A line number (from 1) and the cells of the record that begins there."""

_DELIMITERS = (",", ";", "\t", "|")


def decoded(data: bytes) -> str | None:
    """The text of a file in UTF-8, UTF-16 or a western 8-bit coding; None where it holds bytes that no text has."""
    for mark, coding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _tried(data, coding)
    if b"\0" in data[:4096]:
        wide = "utf-16-le" if data[1::2][:2048].count(0) > data[::2][:2048].count(0) else "utf-16-be"
        text = _tried(data, wide)
        return text if text is not None and "\0" not in text else None
    text = _tried(data, "utf-8")
    text = _tried(data, "cp1252") or data.decode("latin-1") if text is None else text
    return None if "\0" in text else text


def _tried(data: bytes, coding: str) -> str | None:
    try:
        return data.decode(coding)
    except UnicodeError:
        return None


def rows(text: str) -> Iterator[Record | RowProblem]:
    """The records of a table, empty ones left out."""
    csv.field_size_limit(max(csv.field_size_limit(), CELL_LIMIT))
    lines = iter(text.splitlines(keepends=True) if "\r" in text and "\n" not in text else _lines(text))
    first = next(lines, "")
    skipped = 0
    delimiter = ""
    if first.lower().startswith("sep=") and len(first.strip()) <= 5:
        delimiter = first.rstrip("\r\n")[4:5] or "\t"
        first, skipped = next(lines, ""), 1
    reader = csv.reader(chain([first], lines), delimiter=delimiter or delimiter_of(first), strict=True)
    while True:
        line = reader.line_num + 1 + skipped
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield RowProblem(line, RowReason.BROKEN_QUOTES, "", str(error))
            continue
        if any(cells):
            yield line, cells


def _lines(text: str) -> Iterator[str]:
    """The lines with their ends, without a copy of the whole."""
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end


def delimiter_of(line: str) -> str:
    """What stands between the cells of a heading: the candidate that comes most often."""
    return max(_DELIMITERS, key=line.count)


def folded(name: str) -> str:
    """A heading as it is compared: small letters, single blanks, without what surrounds it."""
    return " ".join(unguard(name).strip().strip('"').casefold().replace("_", " ").split())


def head_of(head: bytes) -> tuple[str, ...]:
    """The folded headings of a table from the beginning of its file; empty where it is no text."""
    whole = head[: head.rfind(b"\n") + 1] or head  # the last line may be cut inside a letter
    text = decoded(whole + b"\0" if head.startswith(b"\xff\xfe") else whole) or ""
    for record in rows(text[:4096]):
        return () if isinstance(record, RowProblem) else tuple(map(folded, record[1]))
    return ()


def recognised(head: Sequence[str], wanted: Sequence[str], surely: int = 90) -> int:
    """How sure a file is one of a format: `surely` where every heading it always has is there, else nothing."""
    return surely if all(any(_alike(name, each) for name in head) for each in wanted) else 0


def _alike(name: str, wanted: str) -> bool:
    return name.startswith(wanted[:-1]) if wanted.endswith("*") else name == wanted


class Columns:
    """Which cell of a record holds which field, by the headings that a format knows for it."""

    def __init__(self, head: Sequence[str], names: Mapping[str, Sequence[str]]) -> None:
        self.head = tuple(map(folded, head))
        self.places: dict[str, int] = {}
        for name, aliases in names.items():
            column = next((self._column(alias) for alias in aliases if self._column(alias) is not None), None)
            if column is not None:
                self.places[name] = column

    @property
    def currency(self) -> str:
        """The currency that the heading of the amounts names, as `amount (eur)` does; empty where it names none."""
        head = self.head[self.places["amount"]] if "amount" in self.places else ""
        named = re.search(r"\(([a-z]{3})\)$", head)
        return named[1].upper() if named else ""

    def _column(self, alias: str) -> int | None:
        """The place of a heading; one that ends in `*` may go on, as `amount (eur)` does."""
        if alias.endswith("*"):
            return next((i for i, name in enumerate(self.head) if name.startswith(alias[:-1])), None)
        return self.head.index(alias) if alias in self.head else None

    def missing(self, names: Mapping[str, Sequence[str]], required: Sequence[str]) -> Iterator[RowProblem]:
        """A problem for each required field that no heading holds, with the nearest heading."""
        for name in required:
            if name not in self.places:
                wanted = names[name][0].rstrip("*")
                yield RowProblem(1, RowReason.NO_COLUMN, wanted, "", ",".join(self.head), nearest(wanted, self.head))
