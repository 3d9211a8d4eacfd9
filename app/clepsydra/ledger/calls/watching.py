"""The watcher of calls at work for a ledger: one instance alone detects, and what it notices is written down.

A lease in the log says who detects. Its holder leaves a sign of life; whoever finds the holder dead or silent takes
over, closes what it left open and goes on from its evidence. The runner works in threads of its own and only ever puts
news in a queue: the log is written by whoever calls `take`, in the thread that opened it.
"""

import os
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress

from clepsydra.calls.constants import ConstantError, Constants
from clepsydra.calls.evidence import Span
from clepsydra.calls.hours import office_hours
from clepsydra.calls.runner import News, Runner
from clepsydra.calls.status import Mode, Status
from clepsydra.calls.voice.ear import Listener
from clepsydra.domain.records import dataclass, field
from clepsydra.ledger.calls.recording import mend, record
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.recovery import process_alive
from clepsydra.settings.model import CallSettings
from clepsydra.store import calls, leases
from clepsydra.store.database import transaction
from clepsydra.store.leases import Lease

NAME = "calls"
BEAT = 20
"""Seconds between signs of life."""

SILENT = 75
"""Seconds without a sign of life after which a lease is taken over, even if a process of that number lives."""

ASK = 5
"""Seconds between looks at whether another instance still detects."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the person can be told about detection: the runner's own status, or who detects instead of us.

    `problem` is what is wrong with a constant of the settings; the usual ones hold until it is mended.
    """

    status: Status
    holder: Lease | None = None
    problem: ConstantError | None = None


RunnerMaker = Callable[..., Runner]


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The settings as the runner takes them."""

    mode: Mode
    constants: Constants | None
    ignored: tuple[str, ...]
    problem: ConstantError | None = field(default=None, compare=False)

    @classmethod
    def of(cls, settings: CallSettings) -> "_Chosen":
        constants, problem = None, None
        try:
            constants = Constants.from_mapping(settings.constants)
        except ConstantError as error:
            problem = error
        return cls(Mode(settings.evidence), constants, settings.ignore, problem)


def runner_for(
    ledger: Ledger, tell: Callable[[News], None], history: Sequence[Span] = (), *, make: RunnerMaker = Runner
) -> Runner:
    """A runner as the settings want it, not yet started."""
    chosen = _Chosen.of(ledger.settings.calls)
    return make(
        tell,
        mode=chosen.mode,
        constants=chosen.constants,
        ignored=chosen.ignored,
        history=history,
        listener=_listener(ledger) if chosen.mode is Mode.ROOM else None,
    )


def _listener(ledger: Ledger) -> Listener:
    from clepsydra.calls.voice.room import RoomListener

    settings = ledger.settings.calls
    return RoomListener(settings.device, within=office_hours(settings.office_hours, ledger.settings.time_zone))


class Watching:
    """Call `tick` now and then, `take` after every `wake`, and `stop` at the end, all in one thread."""

    def __init__(
        self,
        ledger: Ledger,
        instance: str,
        wake: Callable[[], object] = lambda: None,
        *,
        make: RunnerMaker = Runner,
        alive: Callable[[int], bool] = process_alive,
        unwritten: Sequence[News] = (),
    ) -> None:
        """`wake` is called in the runner's thread when there is news; `make` builds the runner; `unwritten` is what was
        noticed while an earlier log could not be written.
        """
        self._ledger, self._instance, self._wake = ledger, instance, wake
        self._make, self._alive = make, alive
        self._news: deque[News] = deque(unwritten)
        self._runner: Runner | None = None
        self._settings = ledger.settings.calls
        self._chosen = _Chosen.of(self._settings)
        self._holder: Lease | None = None
        self._beat_at = self._asked_at = 0

    # -- what is seen

    @property
    def told(self) -> Told:
        """How detection stands."""
        if self._chosen.mode is Mode.OFF:
            return Told(Status(Mode.OFF))
        if self._runner is None:
            return Told(Status(self._chosen.mode), self._holder, self._chosen.problem)
        return Told(self._runner.status, None, self._chosen.problem)

    @property
    def unwritten(self) -> tuple[News, ...]:
        """What was noticed and not written yet."""
        return tuple(self._news)

    @property
    def detecting(self) -> bool:
        """Whether this instance detects."""
        return self._runner is not None

    # -- what is called

    def tick(self) -> None:
        """Follow the settings, leave a sign of life, take the lease when it is free."""
        if self._settings != self._ledger.settings.calls:
            self.stop()
            self._settings = self._ledger.settings.calls
            self._chosen = _Chosen.of(self._settings)
            self._asked_at = 0
        now = self._ledger.now
        if self._chosen.mode is Mode.OFF:
            if not 0 <= now - self._asked_at < ASK:
                self._asked_at = now
                self._end_what_is_left(now)
        elif self._runner is not None:
            if not 0 <= now - self._beat_at < BEAT:
                self._leave_sign(now)
        elif not 0 <= now - self._asked_at < ASK:
            self._asked_at = now
            self._try(now)

    def take(self) -> tuple[News, ...]:
        """Write what was noticed since the last call, and return it; what the disk refuses is tried again later."""
        done = []
        while self._news:
            record(self._ledger, self._news[0])
            done.append(self._news.popleft())
        if done and self._runner is not None:
            self._leave_sign(self._ledger.now)
        return tuple(done)

    def ignore(self, program: str) -> None:
        """Never this program again, from now on."""
        if self._runner is not None:
            self._runner.ignore(program)

    def stop(self) -> None:
        """Stop detecting, write the rest and give the lease back; a call under way may be gone on with by another."""
        if self._runner is None:
            return
        runner, self._runner = self._runner, None
        runner.stop()
        self.take()
        with transaction(self._ledger.db):
            leases.release(self._ledger.db, NAME, self._instance)

    # -- the lease

    def _try(self, now: int) -> None:
        mine = Lease(NAME, self._instance, os.getpid(), os.uname().nodename, now)
        holder = leases.holder(self._ledger.db, NAME)
        if holder is not None and self._lives(holder, now):
            self._holder = holder
            return
        with transaction(self._ledger.db):
            holder = leases.holder(self._ledger.db, NAME)
            if holder is not None and self._lives(holder, now):
                self._holder = holder
                return
            leases.take(self._ledger.db, mine)
        self._holder, self._beat_at = None, now
        self._start(now if holder is None else min(now, holder.seen_at))

    def _end_what_is_left(self, now: int) -> None:
        """Nobody watches any more: a call that was under way when that was chosen ends at its last evidence."""
        if not calls.calls_under_way(self._ledger.db):
            return
        holder = leases.holder(self._ledger.db, NAME)
        if holder is None or not self._lives(holder, now):
            chosen = self._chosen
            mend(self._ledger, now if holder is None else min(now, holder.seen_at), chosen.constants, chosen.ignored)

    def _lives(self, holder: Lease, now: int) -> bool:
        if holder.instance == self._instance or abs(now - holder.seen_at) > SILENT:
            return False
        return holder.host != os.uname().nodename or self._alive(holder.pid)

    def _leave_sign(self, now: int) -> None:
        with transaction(self._ledger.db):
            mine = leases.beat(self._ledger.db, NAME, self._instance, now)
        self._beat_at = now
        if not mine:  # this machine slept so long that another took over: its news count from here on
            self._give_up()

    def _give_up(self) -> None:
        runner, self._runner = self._runner, None
        if runner is not None:
            runner.stop()
        self._news.clear()

    # -- the runner

    def _start(self, seen_at: int) -> None:
        chosen = self._chosen
        spans = mend(self._ledger, seen_at, chosen.constants, chosen.ignored)
        self._runner = runner_for(self._ledger, self._hear, spans, make=self._make)
        self._runner.start()

    def _hear(self, news: News) -> None:
        self._news.append(news)
        with suppress(RuntimeError):  # whoever is to be woken has closed already
            self._wake()
