"""What was issued and a log does not know of: statements of the log it would replace, numbers known outside it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from clepsydra.domain.records import dataclass
from clepsydra.settings.home import Home
from clepsydra.store import given_numbers
from clepsydra.store.database import connect_to_read


@dataclass(frozen=True, slots=True)
class Loss:
    """A statement or document, or a whole stretch of numbers of which only that they were given is known."""

    number: str
    client: str = ""

    def __str__(self) -> str:
        return f"{self.number} ({self.client})" if self.client else self.number


def by_restoring(home: Home, backup: Path) -> Iterator[Loss]:
    """What the present log holds, or was given outside it, and a backup does not, in order of number."""
    with closing(connect_to_read(backup)) as connection:
        kept, known = given_numbers.issued(connection), given_numbers.in_log(connection)
    try:
        with closing(connect_to_read(home.database)) as connection:
            present = given_numbers.issued(connection)
    except (OSError, sqlite3.Error):
        present = {}
    yield from (Loss(number, client) for (number, client, _) in sorted(present.keys() - kept.keys()))
    told = {number for number, _, _ in present}
    for series, given in sorted(given_numbers.read(home.database.parent).series.items()):
        first = known[series].n + 1 if series in known else 1
        unnamed = [n for n in range(first, given.n + 1) if not any(each.endswith(f"-{n:04d}") for each in told)]
        if unnamed:
            low, high = f"{series}-{unnamed[0]:04d}", f"{series}-{unnamed[-1]:04d}"
            yield Loss(low if low == high else f"{low} … {high}")
