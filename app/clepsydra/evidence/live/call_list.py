"""The call list of a telephone that is paired by Bluetooth, fetched by obexd (PBAP) when a person asks for it.

    org.bluez.obex   session bus: Client1, PhonebookAccess1, Transfer1

Incoming and outgoing calls are pulled as vCards, of each only number, name and time; how long a call took is not in
them. The telephone asks its owner first. obexd writes a file: into a private folder that lies in memory where the
machine has such a one, read at once and removed.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep
from typing import Final

from clepsydra.evidence.live.bus import Bus, BusGone, BusName, BusRefused
from clepsydra.language.message import Message, message
from clepsydra.settings.foreign import Unusable, content

SERVICE: Final = "org.bluez.obex"

BOOKS: Final = ("ich", "och")
"""The lists that are pulled: calls that came in, calls that went out; of what was missed nothing is made."""

CONSENT: Final = 90.0
"""Seconds in which whoever holds the telephone may say yes to it."""

_TRANSFER: Final = 60.0
"""Seconds that a list may take."""

_LARGEST: Final = 16 * 1024 * 1024
_LOOK: Final = 0.1
_ROOT: Final = "/org/bluez/obex"
_CLIENT: Final = f"{SERVICE}.Client1"
_PHONEBOOK: Final = f"{SERVICE}.PhonebookAccess1"
_TRANSFERS: Final = f"{SERVICE}.Transfer1"
_WANTED: Final = {"Format": ("s", "vcard21"), "Fields": ("as", ["N", "FN", "TEL", "X-IRMC-CALL-DATETIME"])}


class NotFetched(Exception):
    """The telephone's list could not be had; the message says why."""

    def __init__(self, why: Message) -> None:
        super().__init__(str(why))
        self.why = why


def fetched(address: str) -> bytes:
    """The calls of the telephone of an address, as vCards. Raises `NotFetched`."""
    try:
        bus = Bus(BusName.SESSION)
    except BusGone as gone:
        raise NotFetched(message("there is no local bus (D-Bus): the telephone’s list cannot be asked for")) from gone
    try:
        return _asked(bus, address)
    except BusRefused as refused:
        raise NotFetched(message("the telephone’s list was not had: {why}", why=str(refused))) from refused
    except BusGone as gone:
        raise NotFetched(message("obexd did not answer: is BlueZ’s obexd installed, and the telephone near?")) from gone
    finally:
        bus.close()


def _asked(bus: Bus, address: str) -> bytes:
    (session,) = bus.call(
        SERVICE, _ROOT, _CLIENT, "CreateSession", "sa{sv}", (address, {"Target": ("s", "pbap")}), patience=CONSENT
    )
    try:
        with tempfile.TemporaryDirectory(prefix="clepsydra-", dir=_in_memory()) as folder:
            return b"".join(_book(bus, session, book, Path(folder) / f"{book}.vcf") for book in BOOKS)
    finally:
        with suppress(BusGone, BusRefused):
            bus.call(SERVICE, _ROOT, _CLIENT, "RemoveSession", "o", (session,))


def _book(bus: Bus, session: str, book: str, file: Path) -> bytes:
    """One list, once it is whole."""
    bus.call(SERVICE, session, _PHONEBOOK, "Select", "ss", ("int", book), patience=CONSENT)
    transfer, *_ = bus.call(SERVICE, session, _PHONEBOOK, "PullAll", "sa{sv}", (str(file), _WANTED), patience=CONSENT)
    until = monotonic() + _TRANSFER
    while (state := bus.properties(SERVICE, transfer, _TRANSFERS).get("Status", "gone")) not in ("complete", "gone"):
        if state == "error" or monotonic() > until:
            raise NotFetched(message("the telephone’s list was not had: {why}", why=str(state)))
        sleep(_LOOK)
    try:
        return content(file, _LARGEST)
    except Unusable as error:
        raise NotFetched(error.said_of(book)) from error


def _in_memory() -> str | None:
    """The person's own folder that is no disk; None where there is none, for the system's folder of such files."""
    folder = os.environ.get("XDG_RUNTIME_DIR", "")
    return folder if folder and os.access(folder, os.W_OK) else None
