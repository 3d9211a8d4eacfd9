"""Any report as a table in a file: CSV for spreadsheets in the dialect of a language, Markdown for mails and wikis.

User text is made inert in both: never a formula, never markup.
"""

import csv
import io
from collections.abc import Iterable, Sequence

from clepsydra.exchange.statement.markdown import escape
from clepsydra.exchange.text import guard, plain
from clepsydra.language.shown import table as shown


def to_csv(head: Sequence[str], rows: Iterable[Sequence[str | int | None]], lang: str) -> str:
    """A table as CSV text; integers stay integers, None is an empty cell."""
    form = shown(lang).spreadsheet
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=form.delimiter, lineterminator="\n")
    writer.writerow(head)
    for row in rows:
        writer.writerow("" if cell is None else cell if isinstance(cell, int) else guard(plain(cell)) for cell in row)
    return stream.getvalue()


def to_markdown(head: Sequence[str], rows: Iterable[Sequence[str]], right: frozenset[int] = frozenset()) -> str:
    """A table as Markdown text; `right` are the columns of figures."""
    lines = [_row(map(escape, head)), _row("---:" if i in right else "---" for i in range(len(head)))]
    lines += [_row(escape(plain(cell)) for cell in row) for row in rows]
    return "\n".join(lines) + "\n"


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"
