"""log: the sessions of a period, as a table or as JSON."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from clepsydra.cli import reading
from clepsydra.cli.context import Context
from clepsydra.cli.deeds import described, short_id, tell_problems
from clepsydra.cli.grammar import Argument, Command, Given, Option
from clepsydra.cli.parsing import JSON
from clepsydra.cli.shared import PERIOD
from clepsydra.domain.civil import wall
from clepsydra.domain.session import Session, State
from clepsydra.language import formats, words
from clepsydra.language.translator import mark
from clepsydra.store import sessions

if TYPE_CHECKING:
    from clepsydra.ledger.reports import Period

SHOWN = 50
"""How many sessions, the latest, are listed where no period is named."""


def log(context: Context, given: Given) -> int:
    """List sessions in order of time: those of a period, or the latest."""
    period, client = reading.period(context, given), given.maybe("client")
    if client is not None:
        context.ledger.client(client)
    if given.flag("json"):
        from clepsydra.exchange import log_json

        found = sessions.select(context.ledger.db, _filter(period, client, given.word("text")))
        log_json.write(found, context.streams.out, context.ledger.now)
        return 0
    everything = given.flag("all") or period.first is not None or period.last is not None
    wanted = _filter(period, client, given.word("text"))
    if everything:
        listed: list[Session] = list(sessions.select(context.ledger.db, wanted))
    else:
        listed = sessions.page(context.ledger.db, wanted, SHOWN)[::-1]
    context.table(list(_rows(context, listed)), frozenset({3}))
    _tell_rest(context, wanted, len(listed))
    tell_problems(context)
    return 0


def _filter(period: "Period", client: str | None, text: str) -> sessions.Filter:
    return sessions.Filter(
        client=client,
        first_day=period.first.toordinal() if period.first else None,
        last_day=period.last.toordinal() if period.last else None,
        text=text,
    )


def _rows(context: Context, listed: list[Session]) -> Iterator[tuple[str, ...]]:
    now, zone, tr = context.ledger.now, context.ledger.settings.time_zone, context.tr
    for session in listed:
        begin = wall(session.started_at, zone)
        end = "…" if session.ended_at is None else formats.clock(wall(session.ended_at, zone))
        state = "" if session.state is State.APPROVED else words.state(session.state, tr)
        yield (
            short_id(session),
            formats.date(begin.date(), tr.lang, "weekday"),
            f"{formats.clock(begin)}–{end}",
            formats.timer(session.exact_seconds(now)),
            words.channel(session.channel, tr),
            state,
            described(context, session),
        )


def _tell_rest(context: Context, wanted: sessions.Filter, listed: int) -> None:
    whole = sessions.count(context.ledger.db, wanted)
    if not whole:
        context.say(context.tr.t("no session yet that fits"))
    elif whole > listed:
        context.say(context.tr.t("the latest {listed} of {whole}; --all shows every one", listed=listed, whole=whole))


_TEXT = Argument("text", mark("only sessions whose note, client or project holds this"), needed=False, rest=True)
_ALL = Option("all", mark("all sessions, not only the latest"))

COMMANDS = (Command("log", mark("list sessions"), log, (_TEXT,), (*PERIOD, _ALL, JSON)),)
