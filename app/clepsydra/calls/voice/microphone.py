"""The only place that opens a microphone: PyAudio, polled.

Blocking and callback reads burn a whole core until the first sample comes and may hang when a device changes;
asking how much there is, and sleeping, never does. Less than a second is read at once, and nothing
is kept.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import Any, Final

import numpy as np

from clepsydra.calls.ears import Ear
from clepsydra.calls.voice.speech import RATE, WINDOW

_CHUNK: Final = 20 * WINDOW
"""Samples that are read at once: 0.64 s. The fewer the readings, the less each costs, and with what comes while we
sleep it stays under a second."""

_MULTIPLES: Final = (1, 3, 2)
"""Rates to try, as multiples of ours: 16, 48 and 32 kHz."""


class Deaf(Exception):
    """The microphone cannot be heard, with the reason."""

    def __init__(self, ear: Ear, detail: str = "") -> None:
        super().__init__(detail)
        self.ear, self.detail = ear, detail


class Microphone:
    """An open input device. Raises `Deaf` when it cannot be opened or is gone."""

    def __init__(self, device: str = "") -> None:
        """`device`: the name of an input device, of PortAudio or of the sound server; empty for the system's
        own."""
        try:
            import pyaudio
        except (ImportError, OSError) as error:
            raise Deaf(Ear.NO_LIBRARY, str(error)) from error
        self._format = pyaudio.paInt16
        wanted = device
        if device and device not in (names := _names(pyaudio)) and "pulse" in names:
            # Not a name of PortAudio: one of the sound server, which is chosen by its environment.
            os.environ["PULSE_SOURCE"], device = device, "pulse"
        self._audio: Any = pyaudio.PyAudio()
        try:
            index, name = self._choose(device)
            self.name = wanted or name
            self._stream, self._multiple = self._open(index)
        except Deaf:
            self._audio.terminate()
            raise

    def read(self) -> Any:
        """The next samples at our rate; empty while there are not enough of them yet.

        Raises `Deaf` when the device is lost.
        """
        try:
            available = self._stream.get_read_available()
            chunk = _CHUNK * self._multiple
            if available < chunk:
                return np.zeros(0, np.int16)
            samples = np.frombuffer(self._stream.read(chunk, exception_on_overflow=False), np.int16)
        except OSError as error:
            raise Deaf(Ear.LOST, str(error)) from error
        if self._multiple == 1:
            return samples
        return samples.reshape(-1, self._multiple).mean(axis=1).astype(np.int16)

    def close(self) -> None:
        """Let go of the device."""
        with suppress(OSError):
            self._stream.close()
        self._audio.terminate()

    def _choose(self, device: str) -> tuple[int, str]:
        try:
            if not device:
                chosen = self._audio.get_default_input_device_info()
                return int(chosen["index"]), str(chosen["name"])
            for index, name in _inputs(self._audio):
                if name == device:
                    return index, name
        except OSError as error:
            raise Deaf(Ear.NO_DEVICE, str(error)) from error
        raise Deaf(Ear.NO_DEVICE, device)

    def _open(self, index: int) -> tuple[Any, int]:
        failure: Exception | None = None
        for multiple in _MULTIPLES:
            try:
                stream = self._audio.open(
                    rate=RATE * multiple,
                    channels=1,
                    format=self._format,
                    input=True,
                    input_device_index=index,
                    frames_per_buffer=_CHUNK * multiple,
                )
            except (OSError, ValueError) as error:
                failure = error
                continue
            return stream, multiple
        raise Deaf(Ear.BUSY, str(failure))


def _inputs(audio: Any) -> list[tuple[int, str]]:
    found = [audio.get_device_info_by_index(index) for index in range(audio.get_device_count())]
    return [(int(each["index"]), str(each["name"])) for each in found if int(each["maxInputChannels"]) > 0]


def _names(pyaudio: Any) -> list[str]:
    audio = pyaudio.PyAudio()
    try:
        return [name for _, name in _inputs(audio)]
    finally:
        audio.terminate()


def input_devices() -> list[str]:
    """The names of the input devices that can be chosen."""
    import pyaudio

    return _names(pyaudio)
