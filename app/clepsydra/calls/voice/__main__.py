"""The process that listens: `python -m clepsydra.calls.voice [--device NAME] [--poll SECONDS] [--every MS]
[--list]`.

It runs apart from the watcher, so that the chatter of audio libraries reaches no screen, a device that hangs
hangs nobody else, and no sample ever enters the program that writes the log. It says, one JSON object a line,
when talk, or music, began and stopped. It ends with its parent, whose end closes its standard input.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import threading
import time
from typing import TextIO

from clepsydra.calls.status import Ear

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
    from clepsydra.calls.streams.linux import OWN_ID

    os.environ["PULSE_PROP"] = f"application.id={OWN_ID} application.name=Clepsydra"
    os.environ["PIPEWIRE_ALSA"] = f'{{ application.id = "{OWN_ID}" application.name = "Clepsydra" }}'


if __name__ == "__main__":
    sys.exit(main())
