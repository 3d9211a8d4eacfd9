"""Windows: the WASAPI sessions of every capture and playback device, through pycaw where it is installed.

A session is active while its program really streams; muting in the program keeps it active, leaving the call
ends it.
"""

from __future__ import annotations

import platform
import sys
from collections.abc import Container, Iterable, Sequence
from contextlib import suppress
from typing import Any, Final, Protocol

from clepsydra.calls.programs import METERS, identify
from clepsydra.calls.streams.polled import Polled
from clepsydra.calls.streams.reading import OwnCapture, Stream, StreamReading, Unavailable, UnavailableCause
from clepsydra.domain.records import dataclass

_ACTIVE: Final = 1
_SYSTEM_SOUNDS: Final = 0
"""The process id of the session that belongs to nobody."""


@dataclass(frozen=True, slots=True)
class AudioSession:
    """One audio session as WASAPI tells it."""

    pid: int
    executable: str
    active: bool


class Sessions(Protocol):
    """The questions that are put to WASAPI."""

    def list(self, *, capture: bool) -> Iterable[AudioSession]:
        """The sessions of all active devices of one direction; raises `Unavailable`."""


class WasapiHolders(Polled):
    """The programs with an active session."""

    def __init__(self, sessions: Sessions | None = None) -> None:
        super().__init__()
        self._sessions = sessions

    def read(self, own: Container[int], /) -> StreamReading:
        """Everything that runs now; raises `Unavailable` without pycaw or audio service."""
        if self._sessions is None:
            self._sessions = Wasapi()
        streams: list[Stream] = []
        ours: list[OwnCapture] = []
        for capture in (True, False):
            for session in self._sessions.list(capture=capture):
                if not session.active or session.pid == _SYSTEM_SOUNDS:
                    continue
                program = identify(session.executable)
                if session.pid in own:
                    ours += [OwnCapture(session.pid, "", monitor=False)] if capture else []
                elif program.id not in METERS:
                    streams.append(Stream(program, capture, session.pid, id=str(session.pid)))
        return StreamReading(tuple(streams), tuple(ours))

    def describe(self) -> str:
        """WASAPI is part of the system: its version is the system's."""
        return f"WASAPI {platform.version()}" if sys.platform == "win32" else ""


class Wasapi:
    """The thin layer over pycaw and comtypes."""

    def __init__(self, libraries: tuple[Any, Any] | None = None) -> None:
        """`libraries` stand in for comtypes and pycaw in tests."""
        try:
            comtypes, pycaw = libraries or _libraries()
        except (ImportError, OSError) as error:
            raise Unavailable(UnavailableCause.NO_LIBRARY, str(error)) from error
        comtypes.CoInitialize()
        self._all: Any = comtypes.CLSCTX_ALL
        self._errors: tuple[type[BaseException], ...] = (OSError, ValueError, comtypes.COMError)
        self._pycaw: Any = pycaw

    def list(self, *, capture: bool) -> Iterable[AudioSession]:
        """The sessions of all active devices of one direction; raises `Unavailable`."""
        flow = self._pycaw.EDataFlow.eCapture if capture else self._pycaw.EDataFlow.eRender
        state = self._pycaw.DEVICE_STATE.ACTIVE
        try:
            enumerator = self._pycaw.AudioUtilities.GetDeviceEnumerator()
            devices = enumerator.EnumAudioEndpoints(flow.value, state.value)
            count = int(devices.GetCount())
        except self._errors as error:
            raise Unavailable(UnavailableCause.NO_SERVER, str(error)) from error
        found: Sequence[AudioSession] = ()
        for n in range(count):
            # A device that goes while it is asked hides nothing but itself.
            with suppress(*self._errors):
                found = [*found, *self._of_device(devices.Item(n))]
        return found

    def _of_device(self, device: Any) -> Sequence[AudioSession]:
        interface = device.Activate(self._pycaw.IAudioSessionManager2._iid_, self._all, None)
        sessions = interface.QueryInterface(self._pycaw.IAudioSessionManager2).GetSessionEnumerator()
        found: Sequence[AudioSession] = ()
        for n in range(int(sessions.GetCount())):
            with suppress(*self._errors):
                control = sessions.GetSession(n).QueryInterface(self._pycaw.IAudioSessionControl2)
                pid = int(control.GetProcessId())
                found = [*found, AudioSession(pid, _executable(pid), control.GetState() == _ACTIVE)]
        return found


def _libraries() -> tuple[Any, Any]:
    import comtypes
    from pycaw import pycaw

    return comtypes, pycaw


def _executable(pid: int) -> str:
    try:
        import psutil
    except ImportError:
        return ""
    try:
        return str(psutil.Process(pid).name())
    except (psutil.Error, OSError):
        return ""
