"""The log's own formats: the CSV that comes back exactly, and the JSON of `log --json`."""

import io
from collections.abc import Iterable
from typing import BinaryIO

from clepsydra.exchange import log_csv, log_json
from clepsydra.exchange.exits.shape import About, Exit, LogRow


def write_csv(rows: Iterable[LogRow], stream: BinaryIO, about: About) -> int:
    """The log's own CSV, with the number of each session's statement."""
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
    count = log_csv.write((log_csv.CsvRow.of(row.session, row.statement) for row in rows), text)
    text.flush()
    text.detach()
    return count


def write_json(rows: Iterable[LogRow], stream: BinaryIO, about: About) -> int:
    """The objects of `log --json`."""
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
    count = log_json.write(((row.session, row.statement or None) for row in rows), text, about.now)
    text.flush()
    text.detach()
    return count


CSV = Exit("csv", ".csv", write_csv, "Clepsydra")
JSON = Exit("json", ".json", write_json, "Clepsydra")
