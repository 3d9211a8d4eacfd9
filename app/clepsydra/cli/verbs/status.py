"""status: what runs and what today came to, in a line that also fits a status bar."""

from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Arguments, Command, Option
from clepsydra.cli.outcome import clock_of, described, tell_problems
from clepsydra.cli.parsing import JSON, Usage
from clepsydra.domain.annotations import Any
from clepsydra.domain.session import Session
from clepsydra.language import formats
from clepsydra.language.translator import mark
from clepsydra.ledger.status import Status
from clepsydra.ledger.status import status as read


def status(context: CommandContext, given: Arguments) -> int:
    """Print what runs, what is doubtful and how long today has been; or one line of named parts."""
    if given.maybe("format") is not None or given.flag("watch"):
        return _one_line(context, given)
    found = read(context.ledger)
    if given.flag("json"):
        context.json(_object(context, found))
    else:
        context.print(*_lines(context, found))
    tell_problems(context)
    return 0


def _one_line(context: CommandContext, given: Arguments) -> int:
    from clepsydra.cli.verbs import status_line

    if given.flag("json"):
        raise Usage("choose one of --format and --json")
    template, idle = (
        status_line.checked(given.maybe("format") or "{work} {elapsed} {amount}"),
        given.maybe("idle") or "",
    )
    if given.flag("watch"):
        return status_line.watch(context, template, idle, context.again)
    context.print(status_line.line(context, read(context.ledger), template, idle, context.ledger.now))
    return 0


def _lines(context: CommandContext, found: Status) -> list[str]:
    tr, now = context.tr, context.ledger.now
    lines = [
        tr.t(
            "{work}: {length} since {time}",
            work=described(context, session),
            length=formats.timer(session.exact_seconds(now)),
            time=clock_of(context, session.started_at),
        )
        for session in found.running
    ]
    over = context.ledger.settings.warn.session_over
    longer = ((session, session.exact_seconds(now) - over) for session in found.running)
    lines += [
        tr.t("{work} has been running {time} longer than usual",
             work=described(context, session), time=formats.duration(seconds, tr.lang))
        for session, seconds in longer if seconds > 0
    ]  # fmt: skip
    if not found.running:
        lines.append(tr.t("nothing is running"))
    lines.append(tr.t("today: {length}", length=formats.duration(found.today_seconds, tr.lang)))
    if found.doubtful:
        lines.append(
            tr.n(
                "{count} session waits for an answer: “clepsydra recover”",
                "{count} sessions wait for an answer: “clepsydra recover”",
                len(found.doubtful),
            )
        )
    return lines


def _object(context: CommandContext, found: Status) -> dict[str, Any]:
    from clepsydra.exchange.log_json import session_object, stamp
    from clepsydra.ledger.open_work import worth

    ledger = context.ledger

    def running_object(session: Session) -> dict[str, Any]:
        client = ledger.client(session.client)
        value = {"exact_minor": worth(session, client, ledger.now), "currency": client.currency}
        return session_object(session, ledger.now) | value

    return {
        "now": stamp(ledger.now),
        "running": [running_object(session) for session in found.running],
        "doubtful": [session_object(session, ledger.now) for session in found.doubtful],
        "today_seconds": found.today_seconds,
    }


_FORMAT = Option("format", mark("one line of named parts, for prompts and bars"), "FORMAT")
_IDLE = Option("idle", mark("what that line says when nothing runs"), "TEXT")
_WATCH = Option("watch", mark("print the line again whenever it changes, for bars"))

COMMANDS = (
    Command(
        "status",
        mark("show what runs and how long today has been"),
        status,
        (),
        (_FORMAT, _IDLE, _WATCH, JSON),
        notes=mark(
            "The parts of --format, each in braces: client, work, project, note, channel, scope, elapsed, minutes, "
            "since, amount, today."
        ),
    ),
)
