"""A microphone that hears what a test says, in real time: a pipe into a private sound server."""

from __future__ import annotations

import os
import threading
import time
from contextlib import suppress

import numpy as np

from tests.calls.audio import RATE, silence
from tests.calls.sound import SoundServer

_STEP = RATE // 10
"""A tenth of a second."""


class Microphone:
    """Hears silence until something is said. The server names it `pipe_mic`."""

    def __init__(self, server: SoundServer) -> None:
        pipe = server.folder / "microphone"
        words = f"source_name=pipe_mic file={pipe} format=s16le rate={RATE} channels=1".split()
        server.pactl("load-module", "module-pipe-source", *words)
        self._mouth = os.open(pipe, os.O_RDWR | os.O_NONBLOCK)
        self._left = np.zeros(0, np.int16)
        self._lock, self._ending = threading.Lock(), threading.Event()
        self._thread = threading.Thread(target=self._speak, daemon=True)

    def __enter__(self) -> Microphone:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.set()
        self._thread.join()
        os.close(self._mouth)

    def say(self, sound: np.ndarray) -> None:
        """Let it be heard from now on."""
        with self._lock:
            self._left = sound

    def _speak(self) -> None:
        began, steps = time.monotonic(), 0
        while not self._ending.wait(max(0.0, began + steps * _STEP / RATE - time.monotonic())):
            with self._lock:
                now, self._left = self._left[:_STEP], self._left[_STEP:]
            with suppress(BlockingIOError):  # nobody listens, and the pipe is full
                os.write(self._mouth, np.concatenate((now, silence((_STEP - len(now)) / RATE))).tobytes())
            steps += 1
