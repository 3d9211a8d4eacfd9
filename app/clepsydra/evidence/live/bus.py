"""The local message bus (D-Bus), listened to: signals, and lists of what there is. Nothing is ever asked to be done,
but to show a notice where the person switched that on.

The library speaks messages over a Unix socket and nothing else; it is loaded with the first bus that is opened.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from clepsydra.domain.records import dataclass

if TYPE_CHECKING:
    from jeepney import MatchRule, Message
    from jeepney.io.blocking import DBusConnection

PAUSES: Final = (1.0, 2.0, 5.0, 15.0, 60.0)
"""Seconds before the next attempt to reach a bus, ever longer."""

PATIENCE: Final = 2.0
"""Seconds that an answer may take."""

_LOOK: Final = 5.0
"""Seconds between looks at whether to stop, should nothing have ended the wait."""

_log = logging.getLogger("clepsydra.bus")
_log.addHandler(logging.NullHandler())

_SYSTEM: Final = "unix:path=/run/dbus/system_bus_socket;unix:path=/var/run/dbus/system_bus_socket"

_DAEMON: Final = "org.freedesktop.DBus"


class BusName(StrEnum):
    """Which bus of this machine."""

    SESSION = "session"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Signal:
    """Something that a service told: from which path, through which interface, what."""

    path: str
    interface: str
    member: str
    body: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Listened:
    """Whose signals are wanted: those of the owner of a name, of one interface; `first` is what they begin with."""

    service: str
    interface: str
    first: str = ""


class BusGone(Exception):
    """There is no such bus, or it went; the text is the system's own."""


class BusRefused(Exception):
    """Whoever was asked said no; the text is theirs."""


class Bus:
    """A connection to a bus, for one thread."""

    def __init__(self, name: BusName) -> None:
        """Raises `BusGone` where there is no bus."""
        address = _address(name)
        self._connection: DBusConnection
        self._waiting: deque[Message] = deque()
        """What arrived while an answer was awaited."""
        try:
            from jeepney.io.blocking import open_dbus_connection

            self._connection = open_dbus_connection(bus=address)
        except Exception as error:  # of a library, a socket, an address, a greeting
            raise BusGone(str(error) or type(error).__name__) from error

    def listen(self, wanted: Iterable[Listened]) -> None:
        """Have these signals delivered, and whenever the owners of their names change. Raises `BusGone`."""
        from jeepney import MatchRule

        wanted = list(wanted)
        for each in wanted:
            rule = MatchRule(type="signal", sender=each.service, interface=each.interface)
            if each.first:
                rule.add_arg_condition(0, each.first)
            self._match(rule)
        for service in sorted({each.service for each in wanted}):
            owners = MatchRule(type="signal", sender=_DAEMON, interface=_DAEMON, member="NameOwnerChanged")
            owners.add_arg_condition(0, service)
            self._match(owners)

    def owned(self, service: str) -> bool:
        """Whether somebody answers under a name; nobody is started for it. Raises `BusGone`."""
        return bool(self._ask("/org/freedesktop/DBus", _DAEMON, _DAEMON, "NameHasOwner", "s", (service,))[0])

    def objects(self, service: str, path: str) -> dict[str, dict[str, dict[str, Any]]]:
        """The objects of a service below a path, with their interfaces and properties; none where it has no list.

        Raises `BusGone`.
        """
        answer = self._ask(path, service, "org.freedesktop.DBus.ObjectManager", "GetManagedObjects")
        return {} if not answer or not isinstance(answer[0], dict) else {
            each: {face: plain(known) for face, known in faces.items()} for each, faces in answer[0].items()
        }  # fmt: skip

    def properties(self, service: str, path: str, interface: str) -> dict[str, Any]:
        """The properties of an object; none where it is not there. Raises `BusGone`."""
        answer = self._ask(path, service, "org.freedesktop.DBus.Properties", "GetAll", "s", (interface,))
        return plain(answer[0]) if answer and isinstance(answer[0], dict) else {}

    def listed(self, service: str, path: str, interface: str, member: str) -> list[Any]:
        """A list that a service has, by the name of what reads it; empty where it has none. Raises `BusGone`."""
        answer = self._ask(path, service, interface, member)
        return list(answer[0]) if answer and isinstance(answer[0], list) else []

    def call(
        self, service: str, path: str, interface: str, member: str, signature: str = "", body: tuple[Any, ...] = (),
        *, patience: float = PATIENCE,
    ) -> tuple[Any, ...]:  # fmt: skip
        """What a service answers, which is started for it where the desktop can. Raises `BusGone`, and `BusRefused`
        where the answer is no."""
        from jeepney import DBusAddress, MessageType, new_method_call

        asked = new_method_call(DBusAddress(path, service, interface), member, signature or None, body)
        answer = self._send(asked, patience)
        if answer.header.message_type is not MessageType.method_return:
            raise BusRefused(str(answer.body[0]) if answer.body else "?")
        return tuple(answer.body)

    def show(self, program: str, summary: str, body: str) -> None:
        """A notice of the desktop; what is in it is text, never markup. Raises `BusGone`."""
        shown = body.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        name, path = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
        notice: tuple[Any, ...] = (program, 0, "", summary, shown, [], {}, -1)
        self._ask(path, name, name, "Notify", "susssasa{sv}i", notice)

    def next(self, seconds: float) -> Signal | None:
        """The next signal, or None when the time is over first. Raises `BusGone`."""
        until = monotonic() + seconds
        while (left := until - monotonic()) > 0:
            try:
                message = self._waiting.popleft() if self._waiting else self._connection.receive(timeout=left)
            except TimeoutError:
                return None
            except Exception as error:
                raise BusGone(str(error) or type(error).__name__) from error
            if (signal := _signal(message)) is not None:
                return signal
        return None

    def wake(self) -> None:
        """End a wait, from another thread: the connection is of no more use."""
        with suppress(OSError):
            self._connection.sock.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Let go of it."""
        with suppress(OSError):
            self._connection.close()

    def _match(self, rule: MatchRule) -> None:
        from jeepney import message_bus

        self._send(message_bus.AddMatch(rule))

    def _ask(
        self, path: str, service: str, interface: str, member: str, signature: str = "", body: tuple[Any, ...] = ()
    ) -> tuple[Any, ...]:
        from jeepney import DBusAddress, MessageFlag, MessageType, new_method_call

        call = new_method_call(DBusAddress(path, service, interface), member, signature or None, body)
        call.header.flags |= MessageFlag.no_auto_start
        answer = self._send(call)
        return tuple(answer.body) if answer.header.message_type is MessageType.method_return else ()

    def _send(self, message: Message, patience: float = PATIENCE) -> Message:
        from jeepney import HeaderFields

        serial, until = next(self._connection.outgoing_serial), monotonic() + patience
        try:
            self._connection.send(message, serial=serial)
            while True:
                told = self._connection.receive(timeout=max(0.0, until - monotonic()))
                if told.header.fields.get(HeaderFields.reply_serial) == serial:
                    return told
                self._waiting.append(told)
        except Exception as error:
            raise BusGone(str(error) or type(error).__name__) from error


def _address(name: BusName) -> str:
    """Where a bus is: a Unix socket of this machine. Raises `BusGone` where there is none, before any library is loaded
    for it; a bus on another machine is none of ours."""
    told = os.environ.get(f"DBUS_{name.upper()}_BUS_ADDRESS", "")
    usual = f"unix:path={os.environ.get('XDG_RUNTIME_DIR', '')}/bus" if name is BusName.SESSION else _SYSTEM
    usable = [each for each in (told or usual).split(";") if each.startswith("unix:") and _may_answer(each)]
    if not usable:
        raise BusGone(told or usual)
    return ";".join(usable)


def _may_answer(address: str) -> bool:
    """Whether the socket of an address is there; one without a file can only be tried."""
    parts = [part.removeprefix("path=") for part in address[len("unix:") :].split(",") if part.startswith("path=")]
    return all(Path(unquote(path)).exists() for path in parts)


def _signal(message: Message) -> Signal | None:
    from jeepney import HeaderFields, MessageType

    if message.header.message_type is not MessageType.signal:
        return None
    fields = message.header.fields
    return Signal(
        fields.get(HeaderFields.path, ""), fields.get(HeaderFields.interface, ""), fields.get(HeaderFields.member, ""),
        tuple(message.body),
    )  # fmt: skip


def plain(properties: dict[str, Any]) -> dict[str, Any]:
    """Properties without the signatures that D-Bus sends beside them."""
    return {
        name: value[1] if isinstance(value, tuple) and len(value) == len(("signature", "value")) else value
        for name, value in properties.items()
    }


class BusThread:
    """A thread that listens to one bus, and finds it again when it was lost."""

    def __init__(
        self, name: BusName, wanted: Iterable[Listened], begin: Callable[[Bus], None], take: Callable[[Signal], None],
        lost: Callable[[], None],
    ) -> None:  # fmt: skip
        """`begin` is told that the bus is there and may ask it what there is, `take` each signal, `lost` that the bus
        went; all in the thread."""
        self._name, self._wanted = name, tuple(wanted)
        self._begin, self._take, self._lost = begin, take, lost
        self._stopping = threading.Event()
        self._bus: Bus | None = None
        self._failures = 0
        self._thread = threading.Thread(target=self._run, name=f"clepsydra-{name}-bus", daemon=True)

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def stop(self) -> None:
        """Stop, and wait for the thread."""
        self._stopping.set()
        if (bus := self._bus) is not None:
            bus.wake()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._listen()
            except Exception as error:  # whatever others send, the thread goes on
                if not isinstance(error, BusGone):
                    _log.exception("what a bus told could not be understood")
                if not self._stopping.is_set():
                    self._lost()
            self._stopping.wait(PAUSES[min(self._failures, len(PAUSES) - 1)])
            self._failures += 1

    def _listen(self) -> None:
        self._bus = bus = Bus(self._name)
        try:
            bus.listen(self._wanted)
            self._begin(bus)
            self._failures = 0
            while not self._stopping.is_set():
                if (signal := bus.next(_LOOK)) is not None:
                    self._take(signal)
        finally:
            self._bus = None
            bus.close()
