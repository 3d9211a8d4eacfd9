"""status: what runs and what today came to, in a line that also fits a status bar."""

from typing import Any

from clepsydra.cli.context import Context
from clepsydra.cli.deeds import clock_of, described, tell_problems
from clepsydra.cli.grammar import Command, Given
from clepsydra.cli.parsing import JSON
from clepsydra.domain.civil import day_bounds
from clepsydra.domain.session import Session
from clepsydra.language import formats
from clepsydra.language.translator import mark
from clepsydra.ledger import timers
from clepsydra.store import sessions


def status(context: Context, given: Given) -> int:
    """Print what runs, what is doubtful and how long today has been."""
    ledger = context.ledger
    running, waiting = timers.running(ledger), sessions.doubtful(ledger.db)
    if running:
        from clepsydra.ledger.recovery import look_back

        waiting = [doubt.session for doubt in look_back(ledger)]
        running = timers.running(ledger)
    today = _today_seconds(context)
    if given.flag("json"):
        context.json(_object(context, running, waiting, today))
    else:
        context.print(*_lines(context, running, waiting, today))
    tell_problems(context)
    return 0


def _today_seconds(context: Context) -> int:
    """Time logged since the person's day began, sessions clipped to it; side by side they count each."""
    ledger = context.ledger
    bounds = day_bounds(ledger.today, ledger.settings.time_zone, ledger.settings.day_starts_at)
    found = sessions.within(ledger.db, bounds.started_at, bounds.ended_at)
    parts = (session.span(ledger.now).clip(bounds) for session in found if session.doubtful_from is None)
    return sum(part.seconds for part in parts if part)


def _lines(context: Context, running: list[Session], waiting: list[Session], today: int) -> list[str]:
    tr, now = context.tr, context.ledger.now
    lines = [
        tr.t(
            "{work}: {length} since {time}",
            work=described(context, session),
            length=formats.timer(session.exact_seconds(now)),
            time=clock_of(context, session.started_at),
        )
        for session in running
    ]
    if not running:
        lines.append(tr.t("nothing is running"))
    lines.append(tr.t("today: {length}", length=formats.duration(today, tr.lang)))
    if waiting:
        lines.append(
            tr.n(
                "{count} session waits for an answer: “clepsydra recover”",
                "{count} sessions wait for an answer: “clepsydra recover”",
                len(waiting),
            )
        )
    return lines


def _object(context: Context, running: list[Session], waiting: list[Session], today: int) -> dict[str, Any]:
    from clepsydra.exchange.log_json import session_object, stamp
    from clepsydra.ledger.parts import worth

    ledger = context.ledger

    def running_object(session: Session) -> dict[str, Any]:
        client = ledger.client(session.client)
        value = {"exact_minor": worth(session, client, ledger.now), "currency": client.currency}
        return session_object(session, ledger.now) | value

    return {
        "now": stamp(ledger.now),
        "running": [running_object(session) for session in running],
        "doubtful": [session_object(session, ledger.now) for session in waiting],
        "today_seconds": today,
    }


COMMANDS = (Command("status", mark("show what runs and how long today has been"), status, (), (JSON,)),)
