"""What is said after a deed: the session as it is now, and what is odd about it."""

from collections.abc import Iterable
from datetime import date

from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Arguments
from clepsydra.domain.annotations import TYPE_CHECKING, Any
from clepsydra.domain.civil import wall
from clepsydra.domain.session import Scope, Session
from clepsydra.language import formats

if TYPE_CHECKING:
    from clepsydra.domain.checks import Finding


def clock_of(context: CommandContext, instant: int, *, seconds: bool = False, which: bool = True) -> str:
    """The person's wall time of an instant, with its day where that is not today, and `which` of two where it is one
    that came twice.
    """
    ledger = context.ledger
    moment = wall(instant, ledger.settings.time_zone)
    moment = moment if which else moment.replace(tzinfo=None)
    if moment.date() == wall(ledger.now, ledger.settings.time_zone).date():
        return formats.clock(moment, seconds)
    return f"{formats.date(moment.date(), context.tr.lang, 'weekday')} {formats.clock(moment, seconds)}"


def until_of(context: CommandContext, begin: int, end: int, *, which: bool = True) -> str:
    """When a stretch ends, with its day where it is another than that of the beginning."""
    zone = context.ledger.settings.time_zone
    until = wall(end, zone)
    if wall(begin, zone).date() != until.date():
        return clock_of(context, end, which=which)
    return formats.clock(until if which else until.time())


def near_day(context: CommandContext, day: date) -> str:
    """A date with its weekday; in a terminal, where cells are few, one of this year has no year."""
    from clepsydra.cli.output import room_of

    lang = context.tr.lang
    if room_of(context.streams.out) is None or day.year != context.ledger.today.year:
        return formats.date(day, lang, "weekday")
    return f"{formats.weekday(day, lang)} {formats.date(day, lang, 'day')}"


def short_id(session: Session) -> str:
    """The end of a session's id: what people type."""
    return session.id[-6:]


def described(context: CommandContext, session: Session) -> str:
    """Client, project, scope where it is not in, and the note."""
    from clepsydra.cli.output import plain

    parts = [context.client_name(session)]
    if session.scope is not Scope.IN:
        from clepsydra.language import words

        parts.append(words.scope(session.scope, context.tr))
        if session.decision:
            parts.append(words.decision(session.decision, context.tr))
    if session.note:
        parts.append(plain(session.note))
    return " · ".join(parts)


def stretch(context: CommandContext, session: Session) -> str:
    """A session in one line: its id, from when to when, how long and for whom."""
    begin, end = session.started_at, session.span(context.ledger.now).ended_at
    zone = context.ledger.settings.time_zone
    # Of one time that came twice the length tells which it was.
    which = all(formats.of_two(wall(at, zone)) for at in (begin, end))
    times = f"{clock_of(context, begin, which=which)} – {until_of(context, begin, end, which=which)}"
    length = formats.timer(session.exact_seconds(context.ledger.now))
    return "  ".join((short_id(session), times, length, described(context, session)))


def tell(context: CommandContext, given: Arguments, done: str, *sessions: Session, more: Iterable[str] = ()) -> int:
    """Say what was done to sessions, or give them as JSON; then warn on standard error."""
    from clepsydra.ledger.warnings import findings

    found = {session.id: findings(context.ledger, session, price=not context.quick) for session in sessions}
    if given.flag("json"):
        from clepsydra.exchange.log_json import session_object

        objects: list[Any] = [
            session_object(session, context.ledger.now) | {"warnings": [f.check.value for f in found[session.id]]}
            for session in sessions
        ]
        context.json({"sessions": objects} if len(objects) != 1 else {"session": objects[0]})
    else:
        context.print(done, *more)
    for session in sessions:
        for finding in found[session.id]:
            context.say(warning(context, finding))
    tell_problems(context)
    return 0


def warning(context: CommandContext, finding: "Finding") -> str:
    """A warning as a sentence."""
    from clepsydra.language.warning_words import sentence

    return context.tr.t("warning: {what}", what=sentence(finding, context.tr))


def tell_problems(context: CommandContext) -> None:
    """Say, once, what is wrong in the settings and client files that were read; the work goes on with what they last
    said.
    """
    from clepsydra.cli.output import plain

    if context.told_problems:
        return
    context.told_problems = True
    for problem in context.problems:
        if not problem.warning:
            context.say(plain(problem.text(context.tr)))
