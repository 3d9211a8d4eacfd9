"""The highest number of each series of documents, kept beside the log too.

A log that is brought back from a backup has forgotten the numbers given since. They stand in `numbers.json`, and in the
names of the documents that were written: numbers only rise. What is about to be given is noted before it is committed,
so that a kill between the two can neither lose a number nor give it twice.
"""

import json
import os
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from clepsydra.domain.records import dataclass, field, replace
from clepsydra.settings.home import NUMBERS, write_private
from clepsydra.store.billed_groups import OURS
from clepsydra.store.database import file_of

ELSEWHERE = "elsewhere:"
"""How series of documents begin that another program numbered; they are no business of ours."""


@dataclass(frozen=True, slots=True)
class GivenNumbers:
    """The last number of a series, and the ISO day it was given on."""

    n: int
    day: str


@dataclass(frozen=True, slots=True)
class Register:
    """What is known of numbers outside the log: the seller's zone, the last of each series, and the one under way."""

    zone: str = ""
    series: Mapping[str, GivenNumbers] = field(default_factory=dict)
    next: tuple[str, GivenNumbers] | None = None

    def highest(self, series: str) -> int:
        """The last number given in a series; 0 for none."""
        return self.series[series].n if series in self.series else 0

    def raised(self, others: Mapping[str, GivenNumbers]) -> "Register":
        """The register, no series of it lower than before."""
        higher = {name: given for name, given in others.items() if given.n > self.highest(name)}
        return replace(self, series={**self.series, **higher})


def folder_of(connection: sqlite3.Connection) -> Path | None:
    """The folder of the log; None for one in memory."""
    file = file_of(connection)
    return file.parent if file else None


def read(folder: Path) -> Register:
    """The register of a home; an empty one where there is none, or none that can be understood."""
    try:
        content = json.loads((folder / NUMBERS).read_bytes())
        series = {str(name): _given(each) for name, each in content["series"].items()}
        under_way = content.get("next")
        return Register(
            str(content.get("zone", "")), series, (str(under_way["series"]), _given(under_way)) if under_way else None
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Register()


def _given(content: Mapping[str, object]) -> GivenNumbers:
    n, day = content["n"], content["day"]
    if not isinstance(n, int) or not isinstance(day, str):
        raise ValueError(content)
    return GivenNumbers(n, day)


def write(folder: Path, register: Register) -> None:
    """Keep a register; raises OSError when the disk refuses."""
    content: dict[str, object] = {
        "zone": register.zone,
        "series": {name: {"n": given.n, "day": given.day} for name, given in sorted(register.series.items())},
    }
    if register.next:
        series, given = register.next
        content["next"] = {"series": series, "n": given.n, "day": given.day}
    write_private(folder / NUMBERS, json.dumps(content, indent=1).encode() + b"\n")


def in_log(connection: sqlite3.Connection) -> dict[str, GivenNumbers]:
    """The last number of each series that the log holds; days only where documents say on which they were issued."""
    found: dict[str, GivenNumbers] = {}
    for table in ("statement", "document", "charge_note"):
        with suppress(sqlite3.OperationalError):  # a log of another shape has no such table
            for series, n, day in connection.execute(
                f"SELECT last.series, last.n, json_extract(body, '$.issued_on') "
                f"FROM (SELECT series, max(n) AS n FROM {table} GROUP BY series) AS last "
                f"JOIN {table} ON {table}.series = last.series AND {table}.n = last.n"
            ):
                if not str(series).startswith(ELSEWHERE) and n is not None:
                    found[str(series)] = max(
                        GivenNumbers(int(n), day or ""), found.get(series, GivenNumbers(0, "")), key=_number
                    )
    return found


def issued(connection: sqlite3.Connection) -> dict[tuple[str, str, str], bool]:
    """Every statement and document of the log by number, client and digest of its body; whether it is void."""
    from hashlib import blake2b

    found: dict[tuple[str, str, str], bool] = {}
    for table in ("statement", "document"):
        with suppress(sqlite3.OperationalError):  # a log of another shape has no such table
            for series, number, client, state, body in connection.execute(
                f"SELECT series, number, client, state, body FROM {table}"
            ):
                if not str(series).startswith(ELSEWHERE):
                    found[number, client, blake2b(str(body).encode()).hexdigest()] = state == "void"
    return found


def kept_documents(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """The number and the ending of every file that the log has issued."""
    with suppress(sqlite3.OperationalError):  # a log of another shape has no such table
        yield from connection.execute(
            "SELECT statement.number, made.key FROM statement, json_each(body, '$.documents') AS made"
        ).fetchall()
    for ending, column in ((".pdf", "pdf_sha"), (".xml", "xml_sha")):
        with suppress(sqlite3.OperationalError):
            yield from ((row[0], ending) for row in connection.execute(
                f"SELECT number FROM document WHERE {column} <> ''").fetchall())  # fmt: skip


def remember(folder: Path, in_log: Mapping[str, GivenNumbers]) -> None:
    """Keep outside the log what it has given, as far as it is known; raises OSError."""
    register = read(folder)
    raised = register.raised(in_log)
    if register.next and not in_log:  # a log that cannot be asked may have committed it
        raised = raised.raised(dict([register.next]))
    write(folder, replace(raised, next=None))


def _number(given: GivenNumbers) -> int:
    return given.n


def device_of(connection: sqlite3.Connection, series: str) -> str:
    """The other device that has given numbers of a series; empty where none has."""
    for table in ("statement", "document"):
        with suppress(sqlite3.OperationalError):  # a log of another shape has no such table
            sql = f"SELECT device FROM {table} WHERE +series = ? AND device > '' LIMIT 1"
            row = connection.execute(sql, (series,)).fetchone()
            if row:
                return str(row[0])
    return ""


def own_series(connection: sqlite3.Connection, beginning: str) -> str | None:
    """The last series of this device alone whose name begins so; None when it has none."""
    for table in ("document", "statement"):
        with suppress(sqlite3.OperationalError):
            row = connection.execute(
                f"SELECT max(series) FROM {table} WHERE device = '' AND substr(series, 1, length(?1)) = ?1 "
                f"AND series NOT IN (SELECT series FROM {table} WHERE device <> '')",
                (beginning,),
            ).fetchone()
            if row[0]:
                return str(row[0])
    return None


def zone_in_log(connection: sqlite3.Connection) -> str:
    """The seller's zone as the latest statement of our own froze it; empty where none was, or it did not."""
    row = connection.execute(
        "SELECT coalesce(json_extract(body, '$.seller_zone'), '') FROM statement INDEXED BY statement_issued "
        f"WHERE {OURS} ORDER BY issued_at DESC LIMIT 1"
    ).fetchone()
    return str(row[0]) if row else ""


def in_names(folders: Iterable[Path], series: str) -> int:
    """The highest number of a series that a file's name in these folders begins with; 0 for none."""
    beginning, pattern = f"{series}-", re.compile(r"(\d{4,9})(?!\d)")
    found = [0]
    for folder in folders:
        with suppress(OSError):  # names alone: a path for each of forty thousand files costs a tenth of a second
            rests = [name[len(beginning) :] for name in os.listdir(folder) if name.startswith(beginning)]  # noqa: PTH208
            found += [int(match[1]) for rest in rests if (match := pattern.match(rest))]
    return max(found)
