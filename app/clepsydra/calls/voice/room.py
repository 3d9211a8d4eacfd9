"""Room mode in the watcher: runs the listening process, dates what it tells, and brings it back when it is
lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, Final

from clepsydra.calls.clock import Clock, SystemClock
from clepsydra.calls.evidence import Evidence, EvidenceKind
from clepsydra.calls.status import Ear
from clepsydra.calls.streams.reading import OwnCapture
from clepsydra.calls.streams.watch import PAUSES
from clepsydra.calls.voice.ear import EarNews
from clepsydra.calls.voice.timeline import Timeline
from clepsydra.domain.records import dataclass

_OPENS: Final = 10.0
"""Seconds that a device and the libraries may take to open and deliver."""

_WATCHDOG: Final = 3.0
"""Seconds without a word after which the microphone is taken for suspended."""

_GIVE_UP: Final = 30.0
"""Seconds of silence of the device after which it is opened again."""

_HOURS: Final = 20.0
"""Seconds between looks at the office hours while they are over."""

_LEAN: Final = {"MALLOC_ARENA_MAX": "1"}
"""For the listening process, from its first moment: one pool of memory for its few threads."""

_GONE: Final[dict[str, object]] = {"ear": Ear.LOST}


class RoomListener:
    """Listens in a process of its own, within the office hours, until it is stopped."""

    def __init__(
        self,
        device: str = "",
        *,
        within: Callable[[int], bool] | None = None,
        clock: Clock | None = None,
        environment: Mapping[str, str] | None = None,
        command: Sequence[str] | None = None,
        pauses: tuple[float, ...] = PAUSES,
    ) -> None:
        """`within`: whether an instant, milliseconds of UTC, lies in the office hours; None for always."""
        self._device, self._within, self._clock = device, within, clock or SystemClock()
        self._environment = environment
        self._command = tuple(command) if command else (*listening_command(), "--device", device)
        self._pauses = pauses
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._listening_pid: int | None = None
        self.watchdog = _WATCHDOG
        self.heard_for = 0
        """Milliseconds of sound heard since the microphone was opened."""
        self._followed = ""
        self._moved = False
        self._thread = threading.Thread(target=self._run, name="clepsydra-room", daemon=True)
        self._tell: Callable[[EarNews], None] = lambda _news: None

    @property
    def pids(self) -> Sequence[int]:
        """The listening process, if there is one; where a launcher stands before it, both."""
        known = (self._process.pid if self._process else None, self._listening_pid)
        return tuple(pid for pid in known if pid is not None)

    def start(self, tell: Callable[[EarNews], None]) -> None:
        """Begin to listen, in our own thread."""
        self._tell = tell
        self._thread.start()

    def stop(self) -> None:
        """Let go of the microphone; it is closed when this returns."""
        self._stopping.set()
        self._end()
        self._thread.join()

    def seen(self, own: Sequence[OwnCapture]) -> None:
        """Notice when the sound system moved us: a microphone that went away may leave us on the
        loudspeakers."""
        mine = [each for each in own if each.pid in self.pids]
        if not mine:
            return
        if mine[0].monitor or (self._followed and mine[0].device != self._followed):
            self._moved = True
            self._end()
        else:
            self._followed = mine[0].device

    # -- the thread

    def _run(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            if not self._is_office_hour():
                self._tell(EarNews(ear=Ear.CLOSED))
                self._stopping.wait(_HOURS)
                continue
            self._tell(EarNews(ear=Ear.OPENING))
            heard = self._listen()
            failures = 0 if heard else failures + 1
            if self._is_office_hour():
                self._stopping.wait(self._pauses[min(failures, len(self._pauses) - 1)])

    def _is_office_hour(self) -> bool:
        return self._within is None or self._within(self._clock.now())

    def _listen(self) -> bool:
        """One life of the listening process; says whether anything was heard."""
        words: SimpleQueue[dict[str, Any]] = SimpleQueue()
        self._followed, self._moved, self.heard_for = "", False, 0
        try:
            process = subprocess.Popen(
                self._command,
                env={**_LEAN, **os.environ, **(self._environment or {}), "PYTHONPATH": _python_path()},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            self._tell(EarNews(ear=Ear.NO_LIBRARY, detail=str(error)))
            return False
        self._process = process
        threading.Thread(target=_read_words, args=(process, words), name="clepsydra-ear", daemon=True).start()
        try:
            return self._follow(words)
        finally:
            self._end()

    def _follow(self, words: SimpleQueue[dict[str, Any]]) -> bool:
        timeline = Timeline(self._clock)
        heard, silent, patience = False, 0.0, _OPENS
        while not self._stopping.is_set():
            try:
                word = words.get(timeout=patience)
            except Empty:
                silent += patience
                if silent >= _GIVE_UP:
                    return heard
                self._deaf(Ear.SILENT)
                continue
            if self._stopping.is_set():
                break
            if "voice" in word:
                if silent or not heard:
                    self._tell(EarNews((Evidence(self._clock.now(), EvidenceKind.DEAF, False),), ear=Ear.OPEN))
                heard, silent, patience = True, 0.0, self.watchdog
                self.heard_for = int(word["at"])
                self._tell(_news(timeline, word))
                if not self._is_office_hour():
                    self._silence(Ear.CLOSED)
                    return True
            elif word["ear"] == Ear.OPEN:
                self._listening_pid = int(word["pid"])
                self._tell(EarNews(ear=Ear.OPEN, device=str(word["device"])))
            else:
                self._deaf(Ear.MOVED if self._moved else Ear(word["ear"]), str(word.get("detail", "")))
                return heard
        self._silence(Ear.CLOSED)
        return heard

    def _deaf(self, ear: Ear, detail: str = "") -> None:
        """The microphone was lost: what is said now is not known."""
        self._tell(EarNews((Evidence(self._clock.now(), EvidenceKind.DEAF, True),), ear=ear, detail=detail))

    def _silence(self, ear: Ear) -> None:
        """We closed the microphone ourselves."""
        now = self._clock.now()
        self._tell(
            EarNews(tuple(Evidence(now, kind, False) for kind in (EvidenceKind.VOICE, EvidenceKind.MUSIC)), ear=ear)
        )

    def _end(self) -> None:
        process = self._process
        if process is None:
            return
        process.kill()
        process.wait()
        if process.stdin is not None:
            process.stdin.close()
        self._process = self._listening_pid = None


def _news(timeline: Timeline, word: Mapping[str, Any]) -> EarNews:
    timeline.heard(int(word["at"]))
    kinds = ((EvidenceKind.VOICE, word["voice"]), (EvidenceKind.MUSIC, word["music"]))
    edges = tuple(Evidence(timeline.instant(at), kind, on) for kind, told in kinds for on, at in told)
    return EarNews(edges, until=timeline.instant(int(word["until"])))


def _read_words(process: subprocess.Popen[bytes], words: SimpleQueue[dict[str, Any]]) -> None:
    assert process.stdout is not None
    with process.stdout as lines:
        for line in lines:
            words.put(json.loads(line))
    words.put(dict(_GONE))


def listening_command() -> tuple[str, ...]:
    """How to run the listening process; `-P`: nothing of the current folder is imported."""
    return sys.executable, "-P", "-m", "clepsydra.calls.voice"


def _python_path() -> str:
    root = str(Path(__file__).resolve().parents[3])
    return os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH", ""))))


@dataclass(frozen=True, slots=True)
class Inputs:
    """The names of the input devices that room mode can listen to, or why they cannot be known."""

    names: tuple[str, ...] = ()
    detail: str = ""
    """What the system said about it, untranslated."""


def input_devices(environment: Mapping[str, str] | None = None) -> Inputs:
    """Ask for the input devices in a process of its own, as room mode opens them."""
    try:
        done = subprocess.run(
            (*listening_command(), "--list"),
            env={**os.environ, **(environment or {}), "PYTHONPATH": _python_path()},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_OPENS,
            check=False,
        )
        said = json.loads(done.stdout or "{}")
        return Inputs(tuple(str(name) for name in said.get("devices", [])), str(said.get("detail", "")))
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        return Inputs(detail=str(error))
