"""A telephone that is paired by Bluetooth is a line on D-Bus: with number and state, from the ring to the end.

    org.pipewire.Telephony, org.freedesktop.PipeWire.Telephony   session bus: PipeWire
    org.bluez (Telephony1, Call1)                                system bus: BlueZ
    org.ofono                                                    system bus: oFono
    org.kde.kdeconnect                                           session bus: says who rings, and no more

Signals, and lists of the calls there are: nothing is dialled, answered or hung up. Talk begins with the first `active`;
what never was active was a ring. A call on hold is the same call. A line whose service goes leaves an end in doubt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from typing import Any, Final

from clepsydra.calls.lines import LineNews, LineRing, LineTalk
from clepsydra.domain.records import dataclass
from clepsydra.evidence.live.bus import Bus, BusName, BusThread, Listened, Signal, plain

_MANAGER: Final = "org.freedesktop.DBus.ObjectManager"
_PROPERTIES: Final = "org.freedesktop.DBus.Properties"
_OFONO: Final = "org.ofono"
_OFONO_CALLS: Final = "org.ofono.VoiceCallManager"
_OFONO_CALL: Final = "org.ofono.VoiceCall"
_KDE: Final = "org.kde.kdeconnect"
_KDE_RINGS: Final = "org.kde.kdeconnect.device.telephony"


@dataclass(frozen=True, slots=True)
class LineService:
    """A program that tells of lines: on which bus, below which path, and its interfaces."""

    name: str
    bus: BusName
    root: str
    call: str
    """The interface of a call."""
    gateway: str = ""
    """The interface of the telephone itself: where it goes, so do its calls."""


SERVICES: Final = (
    LineService(
        "org.pipewire.Telephony", BusName.SESSION, "/org/pipewire/Telephony",
        "org.pipewire.Telephony.Call1", "org.pipewire.Telephony.AudioGateway1",
    ),
    LineService(
        "org.freedesktop.PipeWire.Telephony", BusName.SESSION, "/org/freedesktop/PipeWire/Telephony",
        "org.freedesktop.PipeWire.Telephony.Call1", "org.freedesktop.PipeWire.Telephony.AudioGateway1",
    ),
    LineService("org.bluez", BusName.SYSTEM, "/", "org.bluez.Call1", "org.bluez.Telephony1"),
    LineService(_OFONO, BusName.SYSTEM, "/", _OFONO_CALL),
)  # fmt: skip

HINTS: Final = ((_KDE, BusName.SESSION), (f"{_KDE}.daemon", BusName.SESSION))
"""Names that tell who rings."""

_TALKS: Final = frozenset({"active", "held"})
_OVER: Final = "disconnected"


@dataclass(slots=True)
class _Known:
    """What is known of one call."""

    number: str = ""
    talked: bool = False
    on: bool = False


class LineReader:
    """From what a bus tells to talk that begins and ends; the same told twice is told once. Pure."""

    def __init__(self, post: Callable[[LineNews], None]) -> None:
        self._post = post
        self._calls: dict[tuple[str, str], _Known] = {}

    def told(self, service: str, path: str, properties: dict[str, Any], *, already: bool = False) -> None:
        """Something is known of a call: its number, its state."""
        call = self._calls.setdefault((service, path), _Known())
        number = properties.get("LineIdentification")
        named = isinstance(number, str) and bool(number) and number != call.number
        call.number = number if named and isinstance(number, str) else call.number
        state = properties.get("State")
        if state == _OVER:
            self.removed(service, path)
        elif state in _TALKS and (state == "active" or call.talked or already):
            if not call.on or named:
                call.on = call.talked = True
                self._post(LineTalk(_stream(service, path), True, call.number, already))
        elif named and call.on:
            self._post(LineTalk(_stream(service, path), True, call.number))

    def removed(self, service: str, path: str, *, lost: bool = False) -> None:
        """A call is over, or was lost from sight."""
        call = self._calls.pop((service, path), None)
        if call is not None and call.on:
            self._post(LineTalk(_stream(service, path), False, call.number, lost=lost))

    def gone(self, service: str, below: str = "") -> None:
        """A service went, or one of its telephones with all that lies below it: the end of its calls is not known."""
        for name, path in list(self._calls):
            if name == service and (not below or path.startswith(below.rstrip("/") + "/")):
                self.removed(name, path, lost=True)

    def take(self, service: LineService, signal: Signal) -> None:
        """A signal of a service; what is none of a line is passed over."""
        match signal.interface, signal.member, signal.body:
            case (_, "InterfacesAdded", (str(path), dict(faces))) if service.call in faces:
                self.told(service.name, path, plain(faces[service.call]))
            case (_, "InterfacesRemoved", (str(path), list(faces))):
                if service.call in faces:
                    self.removed(service.name, path)
                if service.gateway in faces:
                    self.gone(service.name, path)
            case (_, "PropertiesChanged", (str(face), dict(changed), *_)) if face == service.call:
                self.told(service.name, signal.path, plain(changed))
            case (str(face), "CallAdded", (str(path), dict(known))) if face == _OFONO_CALLS:
                self.told(service.name, path, plain(known))
            case (str(face), "CallRemoved", (str(path),)) if face == _OFONO_CALLS:
                self.removed(service.name, path)
            case (str(face), "PropertyChanged", (str(name), value)) if face == _OFONO_CALL:
                self.told(service.name, signal.path, plain({name: value}))


def _stream(service: str, path: str) -> str:
    """A name for a call that does not tell which telephone it is on: a path holds its address."""
    return "line-" + blake2b(f"{service}{path}".encode(), digest_size=6).hexdigest()


class DBusLine:
    """The lines of this machine, each bus in a thread of its own."""

    def __init__(self, buses: Iterable[BusName] = (BusName.SESSION, BusName.SYSTEM)) -> None:
        self._buses = tuple(buses)
        self._threads: list[BusThread] = []

    def start(self, post: Callable[[LineNews], None]) -> None:
        """Begin to listen; a bus that is not there is looked for again now and then."""
        self._threads = [_OfBus(name, post).thread for name in self._buses]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Listen no more; calls that go on are left as they are."""
        for thread in self._threads:
            thread.stop()
        self._threads = []


class _OfBus:
    """Everything that one bus may tell of lines."""

    def __init__(self, name: BusName, post: Callable[[LineNews], None]) -> None:
        self._post, self._reader = post, LineReader(post)
        self._services = [service for service in SERVICES if service.bus is name]
        self.thread = BusThread(name, _wanted(name), self._begin, self._take, self._lost)
        self._owners: dict[str, str] = {}

    def _begin(self, bus: Bus) -> None:
        """The calls that are under way already."""
        for service in self._services:
            if bus.owned(service.name):
                for path, known in _standing(bus, service):
                    self._reader.told(service.name, path, known, already=True)

    def _take(self, signal: Signal) -> None:
        if signal.member == "NameOwnerChanged" and len(signal.body) == len(("name", "before", "after")):
            if not signal.body[2]:
                self._reader.gone(signal.body[0])
        elif signal.interface == _KDE_RINGS:
            self._rings(signal)
        else:
            for service in self._services:
                self._reader.take(service, signal)

    def _rings(self, signal: Signal) -> None:
        match signal.member, signal.body:
            case "callReceived", (str(event), str(number), *_) if event in ("callReceived", "ringing") and number:
                self._post(LineRing(number))

    def _lost(self) -> None:
        for service in self._services:
            self._reader.gone(service.name)


def _wanted(bus: BusName) -> Iterator[Listened]:
    for service in SERVICES:
        if service.bus is not bus:
            continue
        if service.name == _OFONO:
            yield Listened(_OFONO, _OFONO_CALLS)
            yield Listened(_OFONO, _OFONO_CALL)
        else:
            yield Listened(service.name, _MANAGER)
            yield Listened(service.name, _PROPERTIES, service.call)
    for name, of in HINTS:
        if of is bus:
            yield Listened(name, _KDE_RINGS)


def _standing(bus: Bus, service: LineService) -> Iterator[tuple[str, dict[str, Any]]]:
    """The calls of a service, with what is known of them."""
    if service.name == _OFONO:
        for modem in bus.listed(_OFONO, "/", "org.ofono.Manager", "GetModems"):
            for path, known in bus.listed(_OFONO, modem[0], _OFONO_CALLS, "GetCalls"):
                yield path, plain(known)
        return
    for path, faces in bus.objects(service.name, service.root).items():
        if service.call in faces:
            yield path, faces[service.call]
        elif service.gateway in faces and service.bus is BusName.SESSION:  # PipeWire lists the calls of each telephone
            for below, known in bus.objects(service.name, path).items():
                if service.call in known:
                    yield below, known[service.call]
