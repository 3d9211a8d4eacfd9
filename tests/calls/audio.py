"""Sound with known content, made from what Debian ships: voices, music, a keyboard, telephone tones.

Packages: asterisk-core-sounds-en-g722, asterisk-moh-opsound-g722, bucklespring-data, sound-theme-freedesktop,
ffmpeg. Everything is 16 kHz, mono, 16 bit.
"""

from __future__ import annotations

import random
import shutil
import subprocess
from functools import cache
from pathlib import Path

import numpy as np

RATE = 16_000
PROMPTS = Path("/usr/share/asterisk/sounds/en_US_f_Allison")
MUSIC = Path("/usr/share/asterisk/moh")
KEYS = Path("/usr/share/buckle/wav")
TONES = Path("/usr/share/sounds/freedesktop/stereo")

MISSING = [str(path) for path in (PROMPTS, MUSIC, KEYS, TONES) if not path.exists()] + (
    [] if shutil.which("ffmpeg") else ["ffmpeg"]
)


@cache
def decoded(path: Path) -> np.ndarray:
    options = ["-f", "g722"] if path.suffix == ".g722" else []
    command = [
        "ffmpeg",
        "-v",
        "error",
        *options,
        "-i",
        str(path),
        "-ac",
        "1",
        "-ar",
        str(RATE),
        "-f",
        "s16le",
        "-",
    ]
    return np.frombuffer(subprocess.run(command, capture_output=True, check=True).stdout, np.int16)


@cache
def prompts() -> tuple[Path, ...]:
    """Sentences of two seconds and more, in a fixed order."""
    return tuple(path for path in sorted(PROMPTS.glob("*.g722")) if path.stat().st_size > 16_000)


def silence(seconds: float) -> np.ndarray:
    return np.zeros(round(seconds * RATE), np.int16)


def fit(sound: np.ndarray, seconds: float) -> np.ndarray:
    size = round(seconds * RATE)
    return np.resize(sound, size) if len(sound) < size else sound[:size]


def louder(sound: np.ndarray, decibel: float) -> np.ndarray:
    return np.clip(sound * 10 ** (decibel / 20), -32_768, 32_767).astype(np.int16)


def mixed(*sounds: np.ndarray) -> np.ndarray:
    size = max(len(sound) for sound in sounds)
    total = np.zeros(size, np.int32)
    for sound in sounds:
        total[: len(sound)] += sound
    return np.clip(total, -32_768, 32_767).astype(np.int16)


def talk(seconds: float, rng: random.Random, longest_pause: float = 1.2, far: bool = True) -> np.ndarray:
    """A conversation: sentences with pauses, every other one from a loudspeaker; it begins and ends with
    speech."""
    parts: list[np.ndarray] = []
    size, wanted, turn = 0, round(seconds * RATE), 0
    while size < wanted:
        sentence = trimmed(decoded(rng.choice(prompts())))
        parts.append(louder(sentence, -14 if far and turn % 2 else 0))
        parts.append(silence(rng.uniform(0.2, longest_pause)))
        size, turn = size + len(parts[-2]) + len(parts[-1]), turn + 1
    sound = np.concatenate(parts)[:wanted]
    ending = trimmed(decoded(rng.choice(prompts())))[-wanted:]
    return np.concatenate((sound[: wanted - len(ending)], ending))


def trimmed(sound: np.ndarray) -> np.ndarray:
    """Without the silence around it, so that the truth of a scenario is the truth of its sound."""
    loud = np.flatnonzero(np.abs(sound.astype(np.int32)) > 600)
    return sound[loud[0] : loud[-1] + 1] if len(loud) else sound


def music(seconds: float, rng: random.Random) -> np.ndarray:
    sound = decoded(rng.choice(sorted(MUSIC.glob("*.g722"))))
    return fit(np.roll(sound, -rng.randrange(len(sound))), seconds)


def typing(seconds: float, rng: random.Random, per_second: float = 6) -> np.ndarray:
    sound = np.zeros(round(seconds * RATE), np.int32)
    keys = rng.sample(sorted(KEYS.glob("*-*.wav")), 30)
    for _ in range(round(seconds * per_second)):
        stroke = decoded(rng.choice(keys))
        at = rng.randrange(max(1, len(sound) - len(stroke)))
        sound[at : at + len(stroke)] += stroke[: len(sound) - at]
    return louder(np.clip(sound, -32_768, 32_767).astype(np.int16), -6)


def tone(name: str, seconds: float) -> np.ndarray:
    """A telephone that rings, is busy, or calls."""
    return fit(np.concatenate((decoded(TONES / f"{name}.oga"), silence(1))), seconds)


def noise(seconds: float, rng: random.Random, level: float = 60) -> np.ndarray:
    """The room: hiss and hum."""
    samples = np.arange(round(seconds * RATE))
    hiss = np.random.default_rng(rng.randrange(2**32)).normal(0, level, len(samples))
    return (hiss + level * np.sin(samples * (2 * np.pi * 50 / RATE))).astype(np.int16)


def chirp(seconds: float = 2.0) -> np.ndarray:
    """A sound that nothing else contains, to be searched for."""
    t = np.arange(round(seconds * RATE)) / RATE
    return (12_000 * np.sin(2 * np.pi * (300 + 700 * t) * t)).astype(np.int16)
