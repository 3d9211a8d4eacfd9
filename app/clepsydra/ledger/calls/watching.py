"""The watcher of calls at work for a ledger: one instance alone detects, and what it notices is written down.

A lock of the system says whether somebody detects, and a lease in the log who does. Its holder leaves a sign of life
with every stretch of evidence and once a minute in a call; whoever finds the lock free takes over, closes what the
holder left open and goes on from its evidence. The runner works in threads of its own and only ever puts
news in a queue: the log is written by whoever calls `take`, in the thread that opened it.
"""

import os
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress

from clepsydra.calls.call import Rank
from clepsydra.calls.constants import ConstantError
from clepsydra.calls.evidence import MILLISECONDS
from clepsydra.calls.runner import MonitorUpdate, Runner
from clepsydra.calls.status import Mode, MonitorStatus
from clepsydra.domain.records import dataclass
from clepsydra.ledger.calls.ended_by_hand import closed_by_hand, program_of
from clepsydra.ledger.calls.lock import Lock, lock_file
from clepsydra.ledger.calls.model import Announced
from clepsydra.ledger.calls.recording import mend, record, ripen
from clepsydra.ledger.calls.runners import RunnerMaker, WatchChoice, runner_for
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.processes import this_host
from clepsydra.settings.model import CallSettings
from clepsydra.store import calls, leases
from clepsydra.store.calls import CallRow
from clepsydra.store.database import transaction
from clepsydra.store.ids import new_id
from clepsydra.store.leases import Lease

NAME = "calls"
BEAT = 60
"""Seconds between signs of life while a call is under way. Without one nothing is written: a lock says who lives."""

SILENT = 180
"""Seconds without a sign of life after which a lease of another machine is taken over."""

ASK = 5
"""Seconds between looks at whether another instance still detects."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the person can be told about detection: the runner's own status, or who detects instead of us.

    `problem` is what is wrong with a constant of the settings; the usual ones hold until it is mended.
    """

    status: MonitorStatus
    holder: Lease | None = None
    problem: ConstantError | None = None


class Watching:
    """Call `tick` now and then, `take` after every `wake`, and `stop` at the end, all in one thread."""

    def __init__(
        self,
        ledger: Ledger,
        instance: str | None,
        wake: Callable[[], object] = lambda: None,
        *,
        make: RunnerMaker = Runner,
        unwritten: Sequence[MonitorUpdate] = (),
    ) -> None:
        """`instance` is the watcher's name, a new one without it; `wake` is called in the runner's thread when there is
        news; `make` builds the runner; `unwritten` is what was noticed while an earlier log could not be written.
        """
        self._ledger, self._instance, self._wake = ledger, instance or new_id(ledger.now), wake
        self._make = make
        self._news: deque[MonitorUpdate] = deque(unwritten)
        self._announced: list[CallRow] = []
        self._runner: Runner | None = None
        self._settings = self._wanted()
        self._chosen = WatchChoice.of(ledger.settings)
        self._holder: Lease | None = None
        self._beat_at = self._asked_at = 0
        self._cut: set[tuple[str, int]] = set()
        self._lock = Lock(lock_file(ledger))

    # -- what is seen

    @property
    def told(self) -> Told:
        """How detection stands."""
        if self._chosen.nothing:
            return Told(MonitorStatus(Mode.OFF))
        if self._runner is None:
            return Told(MonitorStatus(self._chosen.mode), self._holder, self._chosen.problem)
        return Told(self._runner.status, None, self._chosen.problem)

    @property
    def unwritten(self) -> tuple[MonitorUpdate, ...]:
        """What was noticed and not written yet."""
        return tuple(self._news)

    @property
    def detecting(self) -> bool:
        """Whether this instance detects."""
        return self._runner is not None

    @property
    def in_call(self) -> bool:
        """Whether a call is under way here."""
        return self._runner is not None and bool(calls.calls_under_way(self._ledger.db))

    # -- what is called

    def tick(self) -> None:
        """Follow the settings, leave a sign of life, take the lease when it is free."""
        if self._settings != self._wanted():
            self.stop()
            self._settings = self._wanted()
            self._chosen = WatchChoice.of(self._ledger.settings)
            self._asked_at = 0
        now = self._ledger.now
        if self._runner is not None:
            self._follow_sessions(self._runner)
            self._announced += ripen(self._ledger)
        if self._chosen.nothing:
            if not 0 <= now - self._asked_at < ASK:
                self._asked_at = now
                self._end_what_is_left(now)
        elif self._runner is not None:
            if not 0 <= now - self._beat_at < BEAT and calls.calls_under_way(self._ledger.db):
                self._leave_sign(now)
        elif not 0 <= now - self._asked_at < ASK:
            self._asked_at = now
            self._try(now)

    def _wanted(self) -> tuple[CallSettings, bool, bool]:
        """The settings that a runner is made of."""
        settings = self._ledger.settings
        return settings.calls, settings.phone.line, settings.presence.lock

    def take(self) -> tuple[MonitorUpdate, ...]:
        """Write what was noticed since the last call, and return it; what the disk refuses is tried again later."""
        done = []
        while self._news:
            self._announced += record(self._ledger, self._news[0])
            done.append(self._news.popleft())
        if any(news.spans or news.events for news in done) and self._runner is not None:
            self._leave_sign(self._ledger.now)
        return tuple(done)

    def announced(self) -> list[Announced]:
        """The calls that people are to be told of since this was last asked."""
        rows, self._announced = self._announced, []
        return [Announced(row.id, row.program, row.program_name, row.started_at, Rank(row.rank)) for row in rows]

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
        try:
            self.take()
            with transaction(self._ledger.db):
                leases.release(self._ledger.db, NAME, self._instance)
        finally:
            self._lock.release()

    def _follow_sessions(self, runner: Runner) -> None:
        """A call whose session was ended by hand is over: what its program does next is another one."""
        for call, at in closed_by_hand(self._ledger):
            if (call.id, at) not in self._cut:
                self._cut.add((call.id, at))
                runner.cut(program_of(self._ledger, call), at * MILLISECONDS)

    # -- the lease

    def _try(self, now: int) -> None:
        mine = Lease(NAME, self._instance, os.getpid(), this_host(), now)
        holder = leases.holder(self._ledger.db, NAME)
        if (holder is not None and self._elsewhere(holder, now)) or not self._lock.take():
            self._holder = holder
            return
        with transaction(self._ledger.db):
            holder = leases.holder(self._ledger.db, NAME)
            leases.take(self._ledger.db, mine)
        self._holder, self._beat_at = None, now
        self._start(now if holder is None else min(now, holder.seen_at))

    def _end_what_is_left(self, now: int) -> None:
        """Nobody watches any more: a call that was under way when that was chosen ends at its last evidence."""
        if not calls.calls_under_way(self._ledger.db):
            return
        holder = leases.holder(self._ledger.db, NAME)
        if not (self._lock.held_by_another or (holder is not None and self._elsewhere(holder, now))):
            chosen = self._chosen
            mend(self._ledger, now if holder is None else min(now, holder.seen_at), chosen.constants, chosen.ignored)

    def _elsewhere(self, holder: Lease, now: int) -> bool:
        """Whether another machine detects for this log; a silent one no longer does."""
        other = holder.instance != self._instance and holder.host != this_host()
        return other and abs(now - holder.seen_at) <= SILENT

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
        self._lock.release()

    # -- the runner

    def _start(self, seen_at: int) -> None:
        chosen = self._chosen
        spans = mend(self._ledger, seen_at, chosen.constants, chosen.ignored)
        self._runner = runner_for(self._ledger, self._hear, spans, make=self._make)
        self._runner.start()

    def _hear(self, news: MonitorUpdate) -> None:
        self._news.append(news)
        with suppress(RuntimeError):  # whoever is to be woken has closed already
            self._wake()
