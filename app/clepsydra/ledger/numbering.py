"""Numbers of documents: allotted in the change that freezes, without holes, never twice, their days never going back.

A number belongs to the civil day of the seller, whose zone is fixed at the first issue: a client in Auckland does not
open the next year's series. The highest of each series is also kept outside the log (`store.given_numbers`): a backup
that was restored goes on after what had been given, and the document says which numbers it skips.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from string import ascii_uppercase
from zoneinfo import ZoneInfo

from clepsydra.domain.civil import civil_day, zone_named
from clepsydra.domain.records import dataclass, replace
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.store import given_numbers
from clepsydra.store.database import transaction
from clepsydra.store.given_numbers import GivenNumbers, Register

_SERIES = re.compile(r"[\w.-]{1,20}")


@dataclass(frozen=True, slots=True)
class Allotted:
    """A number of a series, the seller's day it belongs to, and the numbers before it that a lost log had given."""

    n: int
    day: date
    skipped: tuple[int, ...] = ()


def seller_zone(ledger: Ledger) -> ZoneInfo:
    """The zone whose days documents carry: the one of the first issue, else that of the settings."""
    folder = given_numbers.folder_of(ledger.db)
    fixed = (given_numbers.read(folder).zone if folder else "") or given_numbers.zone_in_log(ledger.db)
    with suppress(KeyError, ValueError):  # a name that this machine does not know
        return zone_named(fixed)
    return ledger.settings.seller.zone or ledger.settings.time_zone


def issue_day(ledger: Ledger) -> date:
    """The seller's civil day, which a document issued now carries."""
    return civil_day(ledger.now, seller_zone(ledger))


def series(ledger: Ledger, usual: str, wanted: str | None, offer: str) -> str:
    """The series a document issued here gets its number from: the wanted one, else the usual, else this device's own.

    A series belongs to one device. Raises `Refused` for one of another device, with `offer`, a command that takes the
    name of a series, filled in with one that is free.
    """
    name = wanted or usual
    if not _SERIES.fullmatch(name):
        raise Refused("“{series}” is no name of a series: up to 20 letters, digits, “-”, “.” and “_”", series=name)
    other = given_numbers.device_of(ledger.db, name)
    if not other:
        return name
    own = None if wanted else given_numbers.own_series(ledger.db, f"{usual}-")
    if own:
        return own
    taken = given_numbers.in_log(ledger.db)
    free = next((each for letter in ascii_uppercase[1:] if (each := f"{usual}-{letter}") not in taken), f"{usual}-")
    raise Refused("the numbers of {series} are given by another device ({device}); for a series of this one: {command}",
                  series=name, device=other, command=offer.format(free))  # fmt: skip


def highest(ledger: Ledger, series: str) -> int:
    """The last number of a series that was ever given, in the log or outside it; 0 for none."""
    in_log = given_numbers.in_log(ledger.db)
    return max(_before(ledger, series), in_log[series].n if series in in_log else 0)


def next_number(ledger: Ledger, series: str, start: int = 1) -> int:
    """The number that a document of a series would get now; `start` where the series was never used."""
    last = highest(ledger, series)
    return last + 1 if last else max(1, start)


def allot(ledger: Ledger, series: str, day: date, start: int = 1) -> Allotted:
    """The next number of a series for a document of that day; call it inside the change that freezes the document, and
    `settle` when that is committed. A series that was never used begins at `start`.

    Raises `Refused` where the day lies before the last one of the series, OSError where the register cannot be kept.
    """
    in_log = given_numbers.in_log(ledger.db)
    last = in_log.get(series, GivenNumbers(0, ""))
    folder = given_numbers.folder_of(ledger.db)
    register = given_numbers.read(folder) if folder else Register()
    days = [each for each in (last.day, register.series.get(series, last).day) if each]
    if days and day.isoformat() < max(days):
        if day != issue_day(ledger):
            raise Refused("the last number of {series} was given on {last}: one of {day} cannot follow it",
                          series=series, last=max(days), day=day.isoformat())  # fmt: skip
        raise Refused("the last number of {series} was given on {last}; today is {day} by this machine’s clock: set it",
                      series=series, last=max(days), day=day.isoformat())  # fmt: skip
    before = _before(ledger, series)
    given = max(last.n, before)
    n = given + 1 if given else max(1, start)
    if folder:
        zone = register.zone or seller_zone(ledger).key
        given_numbers.write(folder, replace(register, zone=zone, next=(series, GivenNumbers(n, day.isoformat()))))
    return Allotted(n, day, tuple(range(last.n + 1, n)) if given else ())


def settle(ledger: Ledger) -> None:
    """Keep outside the log what it has given; after every issue, and before a log is replaced."""
    folder = given_numbers.folder_of(ledger.db)
    if folder:
        with transaction(ledger.db):  # one at a time
            given_numbers.write(folder, settled(given_numbers.read(folder), given_numbers.in_log(ledger.db)))


def settled(register: Register, in_log: Mapping[str, GivenNumbers]) -> Register:
    """A register that knows what a log has given; what was under way and is not in the log was never given."""
    return replace(register.raised(in_log), next=None)


def _before(ledger: Ledger, series: str) -> int:
    """The last number that is known outside the log: in the register, in the names of documents."""
    folder = given_numbers.folder_of(ledger.db)
    if folder is None:
        return 0
    register = given_numbers.read(folder)
    return max(register.highest(series), given_numbers.in_names(_folders(folder), series))


def _folders(home: Path) -> list[Path]:
    documents = home / "documents"
    years = [path for path in documents.iterdir() if path.is_dir()] if documents.is_dir() else []
    return [home / "statements", documents, *years]
