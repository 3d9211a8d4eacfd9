"""The process that listens: `python -m clepsydra.calls.voice [--device NAME] [--poll SECONDS] [--every MS]
[--list]`.

It runs apart from the watcher, so that the chatter of audio libraries reaches no screen, a device that hangs
hangs nobody else, and no sample ever enters the program that writes the log. It says, one JSON object a line,
when talk, or music, began and stopped. It ends with its parent, whose end closes its standard input.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from clepsydra.calls.ears import OWN_ID, Ear

_SAY_EVERY = 1_000
"""Milliseconds of sound after which it is said how far everything was heard, even if nothing was."""


def main() -> int:
    """Listen until the parent goes or the microphone does."""
    parser = argparse.ArgumentParser(prog="clepsydra.calls.voice")
    parser.add_argument("--device", default="")
    parser.add_argument("--poll", type=float, default=0.32)
    parser.add_argument("--every", type=int, default=_SAY_EVERY)
    parser.add_argument("--list", action="store_true")
    chosen = parser.parse_args()
    out = _own_output()
    _name_ourselves()
    try:
        if chosen.list:
            from clepsydra.calls.voice.microphone import input_devices

            _say(out, devices=input_devices())
        else:
            threading.Thread(target=_end_with_parent, daemon=True).start()
            _spare_memory(chosen.device)
            _listen(out, chosen.device, chosen.poll, chosen.every)
    except ImportError as error:
        _say(out, ear=Ear.NO_LIBRARY, detail=str(error))
    return 0


def _listen(out: TextIO, device: str, poll: float, every: int) -> None:
    from clepsydra.calls.voice.bursts import Bursts, Music
    from clepsydra.calls.voice.microphone import Deaf, Microphone
    from clepsydra.calls.voice.speech import RATE, WINDOW, Heard, Speech

    try:
        microphone, speech = Microphone(device), Speech()
        window = WINDOW * 1000 // RATE
        bursts, music = Bursts(window), Music(window)
        _say(out, ear=Ear.OPEN, device=microphone.name, pid=os.getpid())
        _give_back()
        said = 0
        while True:
            samples = microphone.read()
            if not len(samples):
                time.sleep(poll)
                continue
            heard = speech.decide(samples)
            talk = bursts.take(each is Heard.SPEECH for each in heard)
            other = music.take(each is Heard.SOUND for each in heard)
            if talk or other or bursts.at - said >= every:
                said = bursts.at
                _say(out, voice=talk, music=other, until=bursts.until, at=bursts.at)
    except Deaf as deaf:
        _say(out, ear=deaf.ear, detail=deaf.detail)


def _spare_memory(device: str) -> None:
    """Load less: one thread for sums of half a second, and of ALSA only what speaks to the sound server, if there is
    one and the device is not named as ALSA does. Its other plug-ins would bring whole libraries of codecs along."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    named_by_alsa = " " in device or ":" in device
    own = Path.home() / ".asoundrc"
    if sys.platform.startswith("linux") and not named_by_alsa and _served() and not own.exists():
        os.environ.setdefault("ALSA_CONFIG_PATH", str(Path(__file__).with_name("alsa.conf")))


def _served() -> bool:
    """Whether a sound server and the plug-in of ALSA that speaks to it are here."""
    folder = os.environ.get("XDG_RUNTIME_DIR", "")
    server = "PULSE_SERVER" in os.environ or (bool(folder) and Path(folder, "pulse", "native").exists())
    plugin = "libasound_module_pcm_pulse.so"
    places = (Path("/usr/lib"), Path("/usr/lib64"), *Path("/usr/lib").glob("*-linux-gnu*"))
    return server and any((place / "alsa-lib" / plugin).exists() for place in places)


def _give_back() -> None:
    """What loading the model took for a moment goes back to the system, where its library can do that."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def _say(out: TextIO, **words: object) -> None:
    out.write(json.dumps(words) + "\n")
    out.flush()


def _own_output() -> TextIO:
    """Keep the pipe to the parent for ourselves; whatever libraries print goes nowhere."""
    pipe = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for descriptor in (1, 2):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)
    return os.fdopen(pipe, "w", encoding="utf-8")


def _end_with_parent() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


def _name_ourselves() -> None:
    """Tell the sound server who we are; this process has no children that could inherit it."""
    os.environ["PULSE_PROP"] = f"application.id={OWN_ID} application.name=Clepsydra"
    os.environ["PIPEWIRE_ALSA"] = f'{{ application.id = "{OWN_ID}" application.name = "Clepsydra" }}'


if __name__ == "__main__":
    sys.exit(main())
