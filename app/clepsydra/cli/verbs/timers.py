"""start, stop, switch, pause, resume: the verbs that people type all day, kept light."""

from collections.abc import Callable

from clepsydra.cli import reading
from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Argument, Arguments, Command, Option
from clepsydra.cli.outcome import clock_of, described, tell
from clepsydra.cli.parsing import JSON
from clepsydra.cli.shared import AT, CLIENT_PROJECT, NOTE, WORK_OPTIONS
from clepsydra.domain.session import Session
from clepsydra.language import formats
from clepsydra.language.translator import mark
from clepsydra.ledger import timers
from clepsydra.ledger.timers import Work
from clepsydra.settings.foreign import content


def start(context: CommandContext, given: Arguments) -> int:
    """Start a timer, ending what runs unless timers may run side by side."""
    return _begin(context, given, timers.start)


def switch(context: CommandContext, given: Arguments) -> int:
    """End everything that runs and start other work."""
    return _begin(context, given, timers.switch)


def _begin(context: CommandContext, given: Arguments, use: Callable[..., Session]) -> int:
    before = _watched(context)
    work: Work = reading.work(context, given)
    session = use(context.ledger, work, reading.instant(context, given.maybe("at")))
    lines = [_ended(context, each) for each in _no_longer_running(context, before)]
    begun = context.tr.t(
        "{work} runs since {time}", work=described(context, session), time=clock_of(context, session.started_at)
    )
    code = tell(context, given, "\n".join([*lines, begun]), session)
    if session.scope != "out":
        _tell_limit(context, session)
    return code


def _tell_limit(context: CommandContext, session: Session) -> None:
    """Say that the timer will pass a limit; the glance knows no contracts, so only who has one pays for the reading."""
    try:
        if b"contract" not in content(context.home.client_name(session.client)):
            return
    except OSError:
        return
    from clepsydra.domain.records import replace
    from clepsydra.language.limits import limit_sentence
    from clepsydra.ledger.agreements.alerts import passing
    from clepsydra.settings.asked import Asked

    ledger = replace(context.ledger, catalogue=Asked(context.home, context.environ))
    state = passing(ledger, session.client, session.project)
    if state is not None:
        context.say(limit_sentence(context.client_name(session), state, context.tr))


def _watched(context: CommandContext) -> list[Session]:
    """What runs, after a look back at whether anybody saw it run."""
    found = timers.running(context.ledger)
    if found:
        from clepsydra.ledger.recovery import look_back

        look_back(context.ledger)
    return found


def _no_longer_running(context: CommandContext, before: list[Session]) -> list[Session]:
    if not before:
        return []
    still = {session.id for session in timers.running(context.ledger)}
    return [context.ledger.session(session.id) for session in before if session.id not in still]


def _ended(context: CommandContext, session: Session) -> str:
    line = context.tr.t(
        "{work}: {length}, until {time}",
        work=described(context, session),
        length=formats.timer(session.exact_seconds(context.ledger.now)),
        time=clock_of(context, session.ended_at or context.ledger.now),
    )
    if session.doubtful_from is None:
        return line
    seen = clock_of(context, session.doubtful_from)
    doubt = context.tr.t("nobody saw it run since {time}; “clepsydra recover” asks what is true", time=seen)
    return f"{line}\n{doubt}"


def stop(context: CommandContext, given: Arguments) -> int:
    """End the running timer, or the one of a client."""
    _watched(context)
    session = timers.stop(context.ledger, reading.instant(context, given.maybe("at")), reading.client(context, given))
    return tell(context, given, _ended(context, session), session)


def pause(context: CommandContext, given: Arguments) -> int:
    """End what runs, to be resumed."""
    _watched(context)
    ended = timers.pause(context.ledger, reading.instant(context, given.maybe("at")))
    return tell(context, given, "\n".join(_ended(context, each) for each in ended), *ended)


def resume(context: CommandContext, given: Arguments) -> int:
    """Start again what was put aside last."""
    session = timers.resume(context.ledger, reading.instant(context, given.maybe("at")))
    begun = context.tr.t(
        "{work} runs since {time}", work=described(context, session), time=clock_of(context, session.started_at)
    )
    return tell(context, given, begun, session)


_WORK = (CLIENT_PROJECT, NOTE)
_RUNNING_CLIENT = Argument("client", mark("the one to end, where several run"), needed=False)
_SIMPLE: tuple[Option, ...] = (AT, JSON)

COMMANDS = (
    Command("start", mark("start a timer"), start, _WORK, (AT, *WORK_OPTIONS, JSON)),
    Command("stop", mark("end the running timer"), stop, (_RUNNING_CLIENT,), _SIMPLE),
    Command("switch", mark("end what runs and start other work"), switch, _WORK, (AT, *WORK_OPTIONS, JSON)),
    Command("pause", mark("end what runs, to be resumed"), pause, (), _SIMPLE),
    Command("resume", mark("start again what was paused or ended last"), resume, (), _SIMPLE),
)
