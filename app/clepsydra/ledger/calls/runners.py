"""The runner of calls as the settings want it: what it watches, by which constants, and what is never a call."""

import sys
from collections.abc import Callable, Iterator, Sequence

from clepsydra.calls.constants import ConstantError, Constants
from clepsydra.calls.evidence import EvidenceSpan
from clepsydra.calls.hours import office_hours
from clepsydra.calls.lines import BusSource
from clepsydra.calls.runner import MonitorUpdate, Runner
from clepsydra.calls.status import Mode
from clepsydra.calls.voice.ear import Listener
from clepsydra.domain.records import dataclass, field
from clepsydra.ledger.calls.titles import ignored, title_marker
from clepsydra.ledger.ledger import Ledger
from clepsydra.settings.model import CallSettings, Settings

RunnerMaker = Callable[..., Runner]


@dataclass(frozen=True, slots=True)
class WatchChoice:
    """The settings as the runner takes them."""

    mode: Mode
    constants: Constants | None
    ignored: tuple[str, ...]
    problem: ConstantError | None = field(default=None, compare=False)
    line: bool = False
    """Whether telephone lines are listened to."""
    lock: bool = False
    """Whether logind is."""

    @property
    def nothing(self) -> bool:
        """Whether nothing at all is watched."""
        return self.mode is Mode.OFF and not self.line and not self.lock

    @classmethod
    def of(cls, everything: Settings) -> "WatchChoice":
        constants, problem, settings = None, None, everything.calls
        try:
            constants = Constants.from_mapping(settings.constants)
        except ConstantError as error:
            problem = error
        return cls(
            Mode(settings.evidence), constants, ignored(settings.ignore), problem,
            everything.phone.line, everything.presence.lock,
        )  # fmt: skip


def runner_for(
    ledger: Ledger,
    tell: Callable[[MonitorUpdate], None],
    history: Sequence[EvidenceSpan] = (),
    *,
    make: RunnerMaker = Runner,
) -> Runner:
    """A runner as the settings want it, not yet started."""
    chosen = WatchChoice.of(ledger.settings)
    return make(
        tell,
        mode=chosen.mode,
        constants=chosen.constants,
        ignored=chosen.ignored,
        history=history,
        listener=_listener(ledger) if chosen.mode is Mode.ROOM else None,
        mark=title_marker(ledger).mark,
        hear=_hear(ledger.settings.calls),
        lines=tuple(_bus(chosen)),
    )


def _bus(chosen: WatchChoice) -> Iterator[BusSource]:
    """What is listened to on the local bus; nothing of it is loaded where it was not switched on."""
    if chosen.line:
        from clepsydra.evidence.live.line import DBusLine

        yield DBusLine()
    if chosen.lock:
        from clepsydra.evidence.live.presence import Logind

        yield Logind()


def _hear(settings: CallSettings) -> Callable[[str], bool] | None:
    """What tells whether a playback in doubt is silent, where the person allowed it and the system can."""
    if not settings.peaks or not sys.platform.startswith("linux"):
        return None
    from clepsydra.calls.streams.peaks import audible

    return audible


def _listener(ledger: Ledger) -> Listener:
    from clepsydra.calls.voice.room import RoomListener

    settings = ledger.settings.calls
    return RoomListener(settings.device, within=office_hours(settings.office_hours, ledger.settings.time_zone))
