"""PulseAudio and PipeWire (through pipewire-pulse), told by the server itself when a stream comes or goes.

Nothing is polled and no stream is opened: the client subscribes to news, and reads lists when there is some. The news
come first and the lists after, so that nothing falls between; a program that held the microphone before we came is in
the first lists. A lost connection is never mended: every attempt uses a new client.
"""

from __future__ import annotations

import ctypes.util
import threading
import time
from collections.abc import Callable, Container, Mapping
from contextlib import suppress
from typing import Any, Final

from clepsydra.calls.ears import OWN_ID
from clepsydra.calls.evidence import Family, Program
from clepsydra.calls.programs import METERS, identify
from clepsydra.calls.streams.reading import OwnCapture, Stream, StreamReading, Unavailable, UnavailableCause
from clepsydra.domain.records import dataclass

_NOBODY: Final = 0xFFFFFFFF
"""The client of streams that the server makes for itself: loopbacks, remapped sources."""

_HARDWARE: Final = 0x4
"""The flag of a sink that is a real device."""

_NAMELESS: Final = frozenset({
    "", "RecordStream", "AudioStream", "Record Stream", "ALSA Capture", "ALSA Playback", "audio-src", "Playback",
    "Playback Stream", "audio stream", "pulse-stream",
})  # fmt: skip
"""What browsers call a stream when they tell no title."""

_CALM: Final = 0.02
"""Seconds between two readings when news pour in."""

_MASKS: Final = ("source_output", "sink_input", "server")
"""What is heard of: streams, and another device by default. Devices tell of every turn of a volume."""

_GATHER: Final = 0.1
"""Seconds in which changes of streams are gathered before they are looked at: a stream is paused, renamed, moved."""

_ENOUGH: Final = 3
_STORM: Final = 3.0
"""After so many changes that said nothing, as of a volume that is dragged, they are looked at so many seconds apart."""

_SOON: Final = 6.0
"""Seconds after which what changes say is listened to anew."""


class PulseHolders:
    """The streams of a PulseAudio or PipeWire server."""

    def __init__(self, server: str | None = None, connect: Callable[[str | None], Any] | None = None) -> None:
        """`server`: its address, else the one of the environment; `connect` returns a `pulsectl.Pulse`."""
        self._server, self._connect = server, connect or connect_pulse
        self._pulse: Any = None
        self._run = ""
        """Tells the streams of one run of the server from those of the next."""
        self._guard = threading.Lock()
        self._news = self._only_changes = False
        self._rest = threading.Event()
        self._last: StreamReading | None = None
        self._useless = 0
        """Readings in a row that changes of streams caused and that said nothing new."""
        self._woken = False
        self._read_at = 0.0

    def read(self, own: Container[int], /) -> StreamReading:
        """Everything that runs now; raises `Unavailable` when the server does not answer."""
        pulse = self._pulse or self._open()
        time.sleep(max(0.0, self._read_at + _CALM - time.monotonic()))
        changes, self._news, self._only_changes = self._only_changes, False, False
        try:
            reading = _read(pulse, own, self._run)
        except Exception as error:
            self.close()
            raise Unavailable(UnavailableCause.NO_SERVER, str(error)) from error
        soon = time.monotonic() - self._read_at < _SOON
        self._useless = self._useless + 1 if changes and soon and reading == self._last else 0
        self._read_at, self._last = time.monotonic(), reading
        return reading

    def wait(self, seconds: float | None) -> None:
        """Sleep until there is news; raises `Unavailable` when the server goes away."""
        if self._pulse is None:
            raise Unavailable(UnavailableCause.NO_SERVER)
        if self._news or self._woken:
            self._woken = False
            self._rest.clear()
            return
        try:
            self._pulse.event_listen(seconds)
            if self._only_changes:
                self._calm_down(self._pulse)
        except Exception as error:
            self.close()
            raise Unavailable(UnavailableCause.NO_SERVER, str(error) or type(error).__name__) from error

    def _calm_down(self, pulse: Any) -> None:
        """Hear no news for a moment: a dragged slider sends dozens a second, and one reading answers them all."""
        pulse.event_mask_set()
        self._rest.wait(_STORM if self._useless >= _ENOUGH else _GATHER)
        pulse.event_mask_set(*_MASKS)

    def wake(self) -> None:
        """End a wait; safe while the other thread closes."""
        self._woken = True
        self._rest.set()
        with self._guard:
            if self._pulse is not None:
                self._pulse.event_listen_stop()

    def close(self) -> None:
        """Forget the connection."""
        with self._guard, suppress(Exception):
            pulse, self._pulse = self._pulse, None
            if pulse is not None:
                pulse.close()

    def describe(self) -> str:
        """What the server calls itself, as `PulseAudio (on PipeWire 1.0.5) 15.0.0`."""
        try:
            info = (self._pulse or self._open()).server_info()
        except Exception:
            return ""
        return f"{info.server_name} {info.server_version}"

    def _open(self) -> Any:
        pulse = self._connect(self._server)

        def told(event: Any) -> None:
            from pulsectl import PulseLoopStop

            self._only_changes = event.t == "change" and (self._only_changes or not self._news)
            self._news = True
            raise PulseLoopStop

        try:
            pulse.event_mask_set(*_MASKS)
            pulse.event_callback_set(told)
        except Exception as error:
            with suppress(Exception):
                pulse.close()
            raise Unavailable(UnavailableCause.NO_SERVER, str(error)) from error
        with self._guard:
            self._pulse = pulse
        self._run = _run_of(pulse)
        return pulse


def _run_of(pulse: Any) -> str:
    try:
        return f"{pulse.server_info().cookie:x}."
    except Exception:
        return ""


def _library() -> Any:
    """The module, kept from searching for its library where it has the right name at hand.

    That search would run a compiler where there is one, which takes half a second and writes files of its own.
    """

    def unknown(name: str) -> str | None:  # noqa: ARG001 (it stands for a function that looks)
        return None

    searching = ctypes.util.find_library
    ctypes.util.find_library = unknown
    try:
        import pulsectl
    finally:
        ctypes.util.find_library = searching
    return pulsectl


def connect_pulse(server: str | None) -> Any:
    """A client of a sound server, under our own name; raises `Unavailable`."""
    try:
        pulsectl = _library()
    except (ImportError, OSError) as error:
        # OSError: the package is there, the shared library libpulse is not.
        raise Unavailable(UnavailableCause.NO_LIBRARY, str(error)) from error
    pulse = pulsectl.Pulse(OWN_ID, server=server, connect=False)
    try:
        # Without a time limit: with one, pulsectl waits for all of it even if the server answers at once.
        pulse.connect(autospawn=False)
    except Exception as error:
        with suppress(Exception):
            pulse.close()
        raise Unavailable(UnavailableCause.NO_SERVER, str(error)) from error
    return pulse


@dataclass(frozen=True, slots=True)
class _Devices:
    """The sources and sinks of a server at one moment."""

    sources: Mapping[int, Any]
    sinks: Mapping[int, Any]
    default: str
    """Name of the default sink: its monitor is what the loudspeakers play."""

    @property
    def names(self) -> frozenset[str]:
        """What they are called."""
        return frozenset(str(device.name) for device in (*self.sources.values(), *self.sinks.values()))

    def virtual_sink(self, source: Any) -> Any:
        """The sink that other programs play into, as a virtual cable or a null sink is, if this is its monitor."""
        name = source.monitor_of_sink_name
        sink = next((each for each in self.sinks.values() if each.name == name), None)
        if sink is None or name == self.default or getattr(sink, "flags", 0) & _HARDWARE:
            return None
        return sink


def _read(pulse: Any, own: Container[int], run: str) -> StreamReading:
    devices = _Devices(
        {source.index: source for source in pulse.source_list()},
        {sink.index: sink for sink in pulse.sink_list()},
        pulse.server_info().default_sink_name,
    )
    streams: list[Stream] = []
    ours: list[OwnCapture] = []
    plays_into: set[tuple[str, int]] = set()
    for sink_input in pulse.sink_input_list():
        details = _details(pulse, sink_input)
        if details is None or _is_own(details, own) or details.get("media.role") == "event":
            continue
        device = devices.sinks.get(sink_input.sink)
        if stream := _stream(sink_input, details, device, run, capture=False):
            streams.append(stream)
            plays_into.add((stream.program.id, sink_input.sink))
    for output in pulse.source_output_list():
        details = _details(pulse, output)
        if details is None:
            continue
        source = devices.sources.get(output.source)
        monitor = source is None or bool(source.monitor_of_sink_name)
        if _is_own(details, own):
            ours.append(OwnCapture(_pid(details) or 0, source.name if source is not None else "", monitor))
            continue
        virtual = devices.virtual_sink(source) if monitor and source is not None else None
        if output.resample_method == "peaks" or (monitor and virtual is None):  # level meters ask for no sound
            continue
        stream = _stream(output, details, source, run, capture=True, virtual=monitor)
        if stream and not (virtual is not None and (stream.program.id, virtual.index) in plays_into):
            streams.append(stream)
    return StreamReading(tuple(streams), tuple(ours), devices.names)


def _details(pulse: Any, stream: Any) -> Mapping[str, str] | None:
    """The properties of a stream, with those of its client under them; None for the server's own streams.

    Native PipeWire clients name neither process nor program on the stream, only on the client.
    """
    if stream.client == _NOBODY:
        return None
    details: dict[str, str] = dict(stream.proplist)
    if "application.process.id" not in details or "application.process.binary" not in details:
        try:
            details = {**pulse.client_info(stream.client).proplist, **details}
        except Exception:
            return details  # the client left between two questions
    return details


def _is_own(details: Mapping[str, str], own: Container[int]) -> bool:
    return details.get("application.id") == OWN_ID or _pid(details) in own


def _stream(
    stream: Any, details: Mapping[str, str], device: Any, run: str, *, capture: bool, virtual: bool = False
) -> Stream | None:
    application = details.get("application.id") or details.get("pipewire.access.portal.app_id")
    program = identify(details.get("application.process.binary"), application, details.get("application.name"))
    if program.id in METERS:
        return None
    return Stream(
        program, capture, _pid(details), _title(program, details), f"{run}{stream.index}",
        details.get("media.role", "").strip().lower(), bool(stream.corked),
        str(device.name) if device is not None else "", virtual,
    )  # fmt: skip


def _title(program: Program, details: Mapping[str, str]) -> str | None:
    """The title of the tab, where the browser tells it (Firefox does); other stream names say nothing, nor does that of
    the browser itself."""
    name = details.get("media.name", "").strip()
    own = {details.get(each, "").strip().casefold() for each in ("application.name", "application.process.binary")}
    nameless = name in _NAMELESS or name.casefold() in own | {program.id, program.name.casefold()}
    return name if program.family is Family.BROWSER and not nameless else None


def _pid(details: Mapping[str, str]) -> int | None:
    text = details.get("application.process.id", "")
    return int(text) if text.isascii() and text.isdigit() else None
