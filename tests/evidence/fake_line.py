"""A telephone on a private session bus, spoken with the same library: it tells signals, and lists its calls."""

import shutil
import subprocess
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest

SERVICE = "org.pipewire.Telephony"
ROOT = "/org/pipewire/Telephony"
GATEWAY = f"{ROOT}/ag0"
CALL = "org.pipewire.Telephony.Call1"
MANAGER = "org.freedesktop.DBus.ObjectManager"


@contextmanager
def private_bus(monkeypatch):
    """A bus of its own; without its program this is said, and the test is skipped."""
    daemon = shutil.which("dbus-daemon")
    if daemon is None:
        pytest.skip("NOT TESTED: dbus-daemon is not installed, so no telephone line was tried on a bus")
    process = subprocess.Popen(
        [daemon, "--session", "--nofork", "--print-address"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        address = process.stdout.readline().strip()
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", address)
        yield address
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


class FakeService:
    """A name on a bus, whose lists are read by `answer` and whose signals everybody hears."""

    def __init__(self, address, service):
        from jeepney import message_bus
        from jeepney.io.blocking import open_dbus_connection

        self._connection = open_dbus_connection(bus=address)
        self._connection.send_and_get_reply(message_bus.RequestName(service))
        self._lock = threading.Lock()
        self._ended = False
        self._thread = threading.Thread(target=self._answer, daemon=True)
        self._thread.start()

    def _answer(self):
        from jeepney import HeaderFields, MessageType, new_method_return

        while not self._ended:
            try:
                message = self._connection.receive(timeout=0.2)
            except TimeoutError:
                continue
            except OSError:
                return
            if message.header.message_type is MessageType.method_call:
                self._send(self.reply(message, new_method_return, message.header.fields[HeaderFields.path]))

    def reply(self, message, returned, path):
        """What is answered to a call."""
        return returned(message, *self.answer(path))

    def answer(self, path):
        """Signature and body of what a list at a path holds."""
        raise NotImplementedError

    def _send(self, message):
        with self._lock:
            self._connection.send(message)

    def signal(self, path, interface, member, signature, body):
        """Tell everybody something."""
        from jeepney import DBusAddress, new_signal

        self._send(new_signal(DBusAddress(path, interface=interface), member, signature, body))

    def die(self):
        """The service goes."""
        self._ended = True
        self._thread.join()
        self._connection.close()


class FakeLine(FakeService):
    """PipeWire's telephony service, as far as it is heard."""

    def __init__(self, address, service=SERVICE):
        self.calls = {}
        super().__init__(address, service)

    def answer(self, path):
        """The telephone, and the calls on it."""
        gateway = {GATEWAY: {"org.pipewire.Telephony.AudioGateway1": {}}}
        return "a{oa{sa{sv}}}", (self._objects() if path == GATEWAY else gateway,)

    def _objects(self):
        return {
            path: {CALL: {name: ("s", value) for name, value in known.items()}} for path, known in self.calls.items()
        }

    def add(self, number, state, n=0, *, twice=False):
        """A call appears."""
        path = f"{GATEWAY}/call{n}"
        self.calls[path] = {"LineIdentification": number, "State": state}
        for _ in range(2 if twice else 1):
            self.signal(GATEWAY, MANAGER, "InterfacesAdded", "oa{sa{sv}}", (path, self._objects()[path]))

    def state(self, state, n=0, *, twice=False):
        """A call changes its state."""
        path = f"{GATEWAY}/call{n}"
        self.calls[path]["State"] = state
        for _ in range(2 if twice else 1):
            self.signal(path, "org.freedesktop.DBus.Properties", "PropertiesChanged", "sa{sv}as",
                        (CALL, {"State": ("s", state)}, []))  # fmt: skip

    def remove(self, n=0, *, twice=False):
        """A call is over."""
        path = f"{GATEWAY}/call{n}"
        del self.calls[path]
        for _ in range(2 if twice else 1):
            self.signal(GATEWAY, MANAGER, "InterfacesRemoved", "oas", (path, [CALL]))


class FakeLogind(FakeService):
    """logind with one session, locked at first."""

    PATH = "/org/freedesktop/login1/session/_31"

    def __init__(self, address, uid):
        self._uid = uid
        super().__init__(address, "org.freedesktop.login1")

    def answer(self, path):
        """The sessions, or what is known of one."""
        if path == self.PATH:
            return "a{sv}", ({"LockedHint": ("b", True)},)
        return "a(susso)", ([("1", self._uid, "me", "seat0", self.PATH)],)

    def locked(self, value):
        """The desktop locks or unlocks."""
        body = ("org.freedesktop.login1.Session", {"LockedHint": ("b", value)}, [])
        self.signal(self.PATH, "org.freedesktop.DBus.Properties", "PropertiesChanged", "sa{sv}as", body)

    def sleeps(self, begins):
        """The machine is about to sleep, or woke."""
        manager = "org.freedesktop.login1.Manager"
        self.signal("/org/freedesktop/login1", manager, "PrepareForSleep", "b", (begins,))


class FakeObex(FakeService):
    """BlueZ's obexd with one telephone, whose lists are files that it writes where it is told to."""

    SESSION, TRANSFER = "/org/bluez/obex/client/session0", "/org/bluez/obex/client/session0/transfer0"

    def __init__(self, address, telephone, books):
        self.telephone, self.books, self.asked, self._looks = telephone, books, [], 0
        super().__init__(address, "org.bluez.obex")

    def reply(self, message, returned, path):
        """As obexd does: a session, a list chosen, a transfer that is under way for a while."""
        from jeepney import HeaderFields, new_error

        member, body = message.header.fields[HeaderFields.member], message.body
        self.asked.append(member)
        match member, body:
            case "CreateSession", (self.telephone, {"Target": ("s", "pbap")}):
                return returned(message, "o", (self.SESSION,))
            case "CreateSession", _:
                return new_error(message, "org.bluez.obex.Error.Failed", "s", ("Unable to find service record",))
            case "Select", ("int", book):
                self._book, self._looks = book, 0
            case "PullAll", (file, {"Format": ("s", "vcard21")}):
                Path(file).write_bytes(b"")
                self._file = Path(file)
                return returned(message, "oa{sv}", (self.TRANSFER, {"Status": ("s", "queued")}))
            case "GetAll", _ if path == self.TRANSFER:
                self._looks += 1
                if self._looks > 1:
                    self._file.write_text(self.books[self._book], "utf-8")
                return returned(message, "a{sv}", ({"Status": ("s", "complete" if self._looks > 1 else "active")},))
        return returned(message)
