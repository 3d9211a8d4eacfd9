"""macOS 14.2 and later: CoreAudio lists the processes that use sound, and which of them use input and output.

Reading these properties asks for no permission and opens no device. Where the system tells when they change, it is
listened to, and asked only then; where it does not, it is asked once a second. Earlier systems only tell that some
device runs, which mere playback through a headset does too: there the answer is "unknown".
"""

from __future__ import annotations

import ctypes
import platform
import sys
from collections.abc import Callable, Container, Sequence
from typing import Any, Final, Protocol

from clepsydra.calls.programs import METERS, identify
from clepsydra.calls.streams.polled import EVERY, Polled
from clepsydra.calls.streams.reading import OwnCapture, Stream, StreamReading, Unavailable, UnavailableCause

_SYSTEM: Final = 1
_PROCESSES, _PID, _BUNDLE = "prs#", "ppid", "pbid"
_RUNS_INPUT, _RUNS_OUTPUT = "piri", "piro"
_UTF8: Final = 0x08000100
_PATH_MAX: Final = 4096
_NOW_AND_THEN: Final = 30.0
"""Seconds between two questions though the news are told: one may have been missed."""


class Properties(Protocol):
    """The questions that are put to CoreAudio; selectors are its four-letter codes."""

    def objects(self, item: int, selector: str) -> Sequence[int]:
        """A list of object ids; raises `Unavailable` where the property does not exist."""

    def number(self, item: int, selector: str) -> int:
        """An unsigned 32-bit value, 0 when the object has just gone."""

    def text(self, item: int, selector: str) -> str:
        """A string, empty when the object has none."""

    def executable(self, pid: int) -> str:
        """The path of a process, empty when it has just gone."""

    def listen(self, item: int, selector: str, changed: Callable[[], None]) -> bool:
        """Call `changed`, in a thread of the system's, whenever a property changes; False where that cannot be."""


class CoreAudioHolders(Polled):
    """The processes that CoreAudio serves."""

    def __init__(self, properties: Properties | None = None) -> None:
        super().__init__()
        self._properties = properties
        self._listened: set[int] = set()
        """The processes whose news are told."""

    def read(self, own: Container[int], /) -> StreamReading:
        """Everything that runs now; raises `Unavailable` before macOS 14.2."""
        if self._properties is None:
            self._properties = CoreAudio()
        streams: list[Stream] = []
        ours: list[OwnCapture] = []
        items = self._properties.objects(_SYSTEM, _PROCESSES)
        self._listen(self._properties, items)
        for item in items:
            listens = bool(self._properties.number(item, _RUNS_INPUT))
            plays = bool(self._properties.number(item, _RUNS_OUTPUT))
            if not listens and not plays:
                continue
            pid = self._properties.number(item, _PID)
            if pid in own:
                ours += [OwnCapture(pid, "", monitor=False)] if listens else []
                continue
            bundle = self._properties.text(item, _BUNDLE)
            program = identify(self._properties.executable(pid), bundle)
            if program.id in METERS:
                continue
            streams += [
                Stream(program, capture, pid, id=str(pid)) for capture, on in ((True, listens), (False, plays)) if on
            ]
        return StreamReading(tuple(streams), tuple(ours))

    def _listen(self, properties: Properties, items: Sequence[int]) -> None:
        """Hear of processes that come and go, and of each that begins or stops to use sound."""
        heard = all(
            properties.listen(item, selector, self.wake)
            for item, selectors in self._asked(items).items() for selector in selectors
        )  # fmt: skip
        if heard:
            self._listened = {_SYSTEM, *items}
        self.every = _NOW_AND_THEN if heard else EVERY

    def _asked(self, items: Sequence[int]) -> dict[int, tuple[str, ...]]:
        fresh: dict[int, tuple[str, ...]] = {
            item: (_RUNS_INPUT, _RUNS_OUTPUT) for item in items if item not in self._listened
        }
        return fresh if _SYSTEM in self._listened else {_SYSTEM: (_PROCESSES,), **fresh}

    def describe(self) -> str:
        """CoreAudio has no version of its own but the system's."""
        return f"CoreAudio, macOS {platform.mac_ver()[0]}" if sys.platform == "darwin" else ""


class _Address(ctypes.Structure):
    _fields_ = (("selector", ctypes.c_uint32), ("scope", ctypes.c_uint32), ("element", ctypes.c_uint32))


_LISTENER: Final = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_uint32, ctypes.c_uint32, ctypes.c_void_p, ctypes.c_void_p)
"""AudioObjectPropertyListenerProc."""


def _code(letters: str) -> int:
    return int.from_bytes(letters.encode("ascii"), "big")


class CoreAudio:
    """The thin layer over the frameworks of the system."""

    def __init__(self) -> None:
        self._listeners: list[Any] = []
        frameworks = "/System/Library/Frameworks"
        try:
            self._audio: Any = ctypes.CDLL(f"{frameworks}/CoreAudio.framework/CoreAudio")
            self._core: Any = ctypes.CDLL(f"{frameworks}/CoreFoundation.framework/CoreFoundation")
            self._process: Any = ctypes.CDLL("/usr/lib/libproc.dylib")
        except OSError as error:
            raise Unavailable(UnavailableCause.NO_LIBRARY, str(error)) from error
        self._core.CFStringGetCString.argtypes = [
            ctypes.c_void_p,
            ctypes.c_char_p,
            ctypes.c_long,
            ctypes.c_uint32,
        ]
        self._core.CFRelease.argtypes = [ctypes.c_void_p]

    def objects(self, item: int, selector: str) -> Sequence[int]:
        """A list of object ids; raises `Unavailable` where the property does not exist."""
        address, size = self._address(selector), ctypes.c_uint32()
        if self._audio.AudioObjectGetPropertyDataSize(item, ctypes.byref(address), 0, None, ctypes.byref(size)):
            raise Unavailable(UnavailableCause.TOO_OLD)
        values = (ctypes.c_uint32 * (size.value // 4))()
        if not self._get(item, address, values):
            raise Unavailable(UnavailableCause.NO_SERVER)
        return list(values)

    def number(self, item: int, selector: str) -> int:
        """An unsigned 32-bit value, 0 when the object has just gone."""
        value = ctypes.c_uint32()
        return value.value if self._get(item, self._address(selector), value) else 0

    def text(self, item: int, selector: str) -> str:
        """A string, empty when the object has none."""
        reference = ctypes.c_void_p()
        if not self._get(item, self._address(selector), reference) or not reference.value:
            return ""
        buffer = ctypes.create_string_buffer(_PATH_MAX)
        found = self._core.CFStringGetCString(reference, buffer, len(buffer), _UTF8)
        self._core.CFRelease(reference)
        return buffer.value.decode("utf-8", "replace") if found else ""

    def executable(self, pid: int) -> str:
        """The path of a process, empty when it has just gone."""
        buffer = ctypes.create_string_buffer(_PATH_MAX)
        length = self._process.proc_pidpath(pid, buffer, len(buffer))
        return buffer.value.decode("utf-8", "replace") if length > 0 else ""

    def listen(self, item: int, selector: str, changed: Callable[[], None]) -> bool:
        """Call `changed`, in a thread of the system's, whenever a property changes; False where that cannot be."""

        def told(_item: int, _count: int, _addresses: object, _data: object) -> int:
            changed()
            return 0

        proc = _LISTENER(told)
        address = self._address(selector)
        if self._audio.AudioObjectAddPropertyListener(item, ctypes.byref(address), proc, None):
            return False
        self._listeners.append(proc)  # the system keeps only a pointer
        return True

    def _address(self, selector: str) -> _Address:
        return _Address(_code(selector), _code("glob"), 0)

    def _get(self, item: int, address: _Address, value: Any) -> bool:
        size = ctypes.c_uint32(ctypes.sizeof(value))
        answer = self._audio.AudioObjectGetPropertyData(
            item, ctypes.byref(address), 0, None, ctypes.byref(size), ctypes.byref(value)
        )
        return bool(answer == 0)
