"""Whether somebody sits at the machine, as logind tells it on the system bus: locked, unlocked, asleep.

    org.freedesktop.login1.Manager   PrepareForSleep(true) before the machine sleeps, (false) when it wakes
    org.freedesktop.login1.Session   Lock, Unlock, and LockedHint, which desktops keep true while the screen is locked

Signals and property reads of the person's own sessions; nothing is locked, woken or kept from sleeping.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, Final

from clepsydra.calls.evidence import EvidenceKind
from clepsydra.calls.lines import Away, LineNews
from clepsydra.evidence.live.bus import Bus, BusName, BusThread, Listened, Signal, plain

SERVICE: Final = "org.freedesktop.login1"
_ROOT: Final = "/org/freedesktop/login1"
_MANAGER: Final = f"{SERVICE}.Manager"
_SESSION: Final = f"{SERVICE}.Session"
_PROPERTIES: Final = "org.freedesktop.DBus.Properties"

_WANTED: Final = (
    Listened(SERVICE, _MANAGER), Listened(SERVICE, _SESSION), Listened(SERVICE, _PROPERTIES, _SESSION),
)  # fmt: skip


class PresenceReader:
    """From what logind tells to locked and asleep; the same told twice is told once. Pure.

    A desktop that keeps `LockedHint` is believed in it alone: `Lock` is only the wish that somebody lock the screen.
    """

    def __init__(self, post: Callable[[LineNews], None]) -> None:
        self._post = post
        self._own: set[str] = set()
        self._hinted: set[str] = set()
        self._locked: set[str] = set()
        self._on: set[EvidenceKind] = set()

    def session(self, path: str, *, locked: bool) -> None:
        """One of the person's own sessions, as it stands when we begin to listen."""
        self._own.add(path)
        self._lock(path, locked, already=True)

    def take(self, signal: Signal) -> None:
        """A signal of logind; those of other people's sessions are passed over."""
        match signal.member, signal.body:
            case "PrepareForSleep", (bool(begins),):
                self._tell(EvidenceKind.ASLEEP, begins)
            case "PropertiesChanged", (str(face), dict(changed), *_) if face == _SESSION and signal.path in self._own:
                hint = plain(changed).get("LockedHint")
                if isinstance(hint, bool):
                    self._hinted.add(signal.path)
                    self._lock(signal.path, hint)
            case (("Lock" | "Unlock"), ()) if signal.path in self._own - self._hinted:
                self._lock(signal.path, signal.member == "Lock")

    def gone(self) -> None:
        """Nobody tells any more: what was locked is no longer known to be."""
        for kind in tuple(self._on):
            self._tell(kind, False)
        self._own, self._hinted, self._locked = set(), set(), set()

    def _lock(self, path: str, locked: bool, *, already: bool = False) -> None:
        (self._locked.add if locked else self._locked.discard)(path)
        self._tell(EvidenceKind.LOCKED, bool(self._locked), already=already)

    def _tell(self, kind: EvidenceKind, on: bool, *, already: bool = False) -> None:
        if on != (kind in self._on):
            (self._on.add if on else self._on.discard)(kind)
            self._post(Away(kind, on, already))


class Logind:
    """Listens to logind in a thread of its own."""

    def __init__(self) -> None:
        self._reader: PresenceReader | None = None
        self._thread: BusThread | None = None

    def start(self, post: Callable[[LineNews], None]) -> None:
        """Begin to listen; without logind nothing is ever told."""
        self._reader = reader = PresenceReader(post)
        self._thread = BusThread(BusName.SYSTEM, _WANTED, self._begin, reader.take, reader.gone)
        self._thread.start()

    def stop(self) -> None:
        """Listen no more."""
        if self._thread is not None:
            self._thread.stop()

    def _begin(self, bus: Bus) -> None:
        if self._reader is None or not bus.owned(SERVICE):
            return
        for path, known in own_sessions(bus):
            self._reader.session(path, locked=known.get("LockedHint") is True)


def own_sessions(bus: Bus) -> list[tuple[str, dict[str, Any]]]:
    """The sessions of the person who runs this, with their properties. Raises `BusGone`."""
    me = os.getuid() if hasattr(os, "getuid") else -1
    listed = bus.listed(SERVICE, _ROOT, _MANAGER, "ListSessions")
    # Of each its name, the person's number and name, the seat, the path.
    paths = [each[4] for each in listed if len(each) > len(("name", "uid", "user", "seat")) and each[1] == me]
    return [(path, bus.properties(SERVICE, path, _SESSION)) for path in paths]
