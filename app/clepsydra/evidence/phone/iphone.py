"""iPhone: `CallHistory.storedata`, the database of calls in an unencrypted backup or on a Mac.

`ZDATE` counts seconds from 2001-01-01 UTC with a fraction, `ZDURATION` seconds of talk. FaceTime and calls of other
programs, WhatsApp among them, are in it. The file is read from memory, with what waits in its `-wal`: opened in place
it would get files beside it, or be read without its newest calls.
"""

from collections.abc import Iterator

from clepsydra.domain.happenings import Happening, HappeningKind, Way
from clepsydra.evidence.phone.phone_numbers import party, region
from clepsydra.evidence.phone.shape import LONGEST_CALL, CallList, ListFile
from clepsydra.exchange.doors.parts import sqlite
from clepsydra.exchange.doors.parts.walls import half_up
from clepsydra.settings.sqlite_bytes import laid_over

SOURCE = "iphone"

RING = 30
"""Seconds that a record may lie before the talk."""

_EPOCH = 978_307_200
_TABLE = "ZCALLRECORD"
_COLUMNS = ("ZDATE", "ZDURATION", "ZADDRESS", "ZORIGINATED", "ZANSWERED", "ZSERVICE_PROVIDER", "ZNAME", "ZUNIQUE_ID",
            "ZISO_COUNTRY_CODE")  # fmt: skip
_NEEDED = {"ZDATE", "ZDURATION", "ZADDRESS"}
_OLD = ("date", "duration", "address", "flags")
"""Of `call`, in `call_history.db` of iOS 7 and before: its dates count from 1970, an odd `flags` went out."""
_APPS = {"whatsapp": "whatsapp", "facetime": "facetime", "telegram": "telegram"}


def _sniff(file: ListFile) -> int:
    if not file.data.startswith(sqlite.MAGIC):
        return 0
    if (sqlite.tables(_whole(file), _TABLE) or {}).get(_TABLE, set()) >= _NEEDED:
        return 95
    return 95 if (sqlite.tables(_whole(file), "call") or {}).get("call", set()) >= set(_OLD) else 0


def _whole(file: ListFile) -> bytes:
    return bytes(laid_over(file.data, file.tail))


def _read(file: ListFile) -> Iterator[Happening]:
    data = _whole(file)
    known = (sqlite.tables(data, _TABLE) or {}).get(_TABLE, set())
    if not known:
        for row in sqlite.select(data, f"SELECT {', '.join(_OLD)} FROM call ORDER BY date", _OLD):
            if row is not None:
                yield from _call(file, _of_old(row))
        return
    columns = [column for column in _COLUMNS if column in known]
    for row in sqlite.select(data, f"SELECT {', '.join(columns)} FROM {_TABLE} ORDER BY ZDATE", columns):
        if row is not None:
            yield from _call(file, row)


def _call(file: ListFile, row: sqlite.Row) -> Iterator[Happening]:
    """A call that was talked; the fraction of a second belongs to its begin and its end, each rounded."""
    date, seconds = row["ZDATE"], row["ZDURATION"]
    if not isinstance(date, int | float) or not isinstance(seconds, int | float):
        return
    if not 0 < seconds <= LONGEST_CALL or not -_EPOCH < date < 10**10:
        return
    if not file.wants(half_up(date) + _EPOCH):
        return
    missed = not row.get("ZORIGINATED") and row.get("ZANSWERED") == 0
    begin = half_up(date) + _EPOCH
    end = max(begin + 1, half_up(date + seconds) + _EPOCH)
    country = _text(row.get("ZISO_COUNTRY_CODE")).upper()
    address, provider = _text(row["ZADDRESS"]), _text(row.get("ZSERVICE_PROVIDER"))
    yield Happening(
        SOURCE, HappeningKind.CALL, begin, end, _party(address, country or region(file.settings)),
        Way.OUT if row.get("ZORIGINATED") else Way.IN, answered=not missed, ring=RING,
        key=_text(row.get("ZUNIQUE_ID")) or f"{address} {date}", label=_text(row.get("ZNAME")), app=_app(provider),
    )  # fmt: skip


def _of_old(row: sqlite.Row) -> sqlite.Row:
    """A row of the older table, as the newer one would have it."""
    date, flags = row["date"], row["flags"]
    since = date - _EPOCH if isinstance(date, int | float) else None
    return {
        "ZDATE": since, "ZDURATION": row["duration"], "ZADDRESS": row["address"],
        "ZORIGINATED": flags % 2 if isinstance(flags, int) else 0,
    }  # fmt: skip


def _party(address: str, country: str) -> tuple[str, ...]:
    """A number, or the mail address of whoever is called by it; an account of WhatsApp is a number of its country."""
    name, at, host = address.partition("@")
    if at and host.casefold().endswith("whatsapp.net"):
        return party("+" + name.lstrip("+"), country)
    return (address.casefold(),) if at else party(address, country)


def _app(provider: str) -> str:
    return next((app for part, app in _APPS.items() if part in provider.casefold()), "")


def _text(value: object) -> str:
    """A text of the database, which older systems keep as bytes."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace").strip("\0 ")
    return value.strip() if isinstance(value, str) else ""


DATABASE = CallList(SOURCE, _sniff, _read)
