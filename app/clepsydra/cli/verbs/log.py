"""log: the sessions that fit what is asked, as a table or as JSON."""

from collections.abc import Iterator

from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Argument, Arguments, Command, Option
from clepsydra.cli.log_filters import FILTERS, search_asked
from clepsydra.cli.outcome import described, near_day, short_id, tell_problems
from clepsydra.cli.parsing import JSON
from clepsydra.cli.shared import PERIOD
from clepsydra.domain.civil import wall
from clepsydra.domain.session import Session, State
from clepsydra.language import formats, words
from clepsydra.language.translator import mark
from clepsydra.ledger.listing import Listing, searched
from clepsydra.ledger.unconfirmed import unconfirmed

SHOWN = 50
"""How many sessions, the latest, are listed where no period is named."""


def log(context: CommandContext, given: Arguments) -> int:
    """List sessions in order of time: all of a period, or the latest."""
    search = search_asked(context, given)
    wanted = searched(context.ledger, search)
    if given.flag("json"):
        from clepsydra.exchange import log_json

        log_json.write(wanted.numbered(), context.streams.out, context.ledger.now)
        return 0
    everything = given.flag("all") or search.first_day is not None or search.last_day is not None
    listed = list(wanted.each()) if everything else wanted.latest(SHOWN)
    context.table(list(_rows(context, listed)), frozenset({3}))
    _tell_rest(context, wanted, len(listed))
    tell_problems(context)
    return 0


def _rows(context: CommandContext, listed: list[Session]) -> Iterator[tuple[str, ...]]:
    now, zone, tr = context.ledger.now, context.ledger.settings.time_zone, context.tr
    ruled = {session.id for session in unconfirmed(context.ledger, listed)}
    for session in listed:
        begin = wall(session.started_at, zone)
        end = "…" if session.ended_at is None else formats.clock(wall(session.ended_at, zone))
        about = "" if session.precision is None else "≈"  # not exact to the second; without times it stands alone
        times = f"{about}{formats.clock(begin)}–{end}" if session.placed else about
        state = "" if session.state is State.APPROVED else words.state(session.state, tr)
        if session.id in ruled:
            state = " ".join(("⚙", state)).strip()  # a rule made it, and no close of its day has confirmed it
        yield (
            short_id(session),
            near_day(context, begin.date()),
            times,
            formats.timer(session.exact_seconds(now)),
            words.channel(session.channel, tr),
            state,
            described(context, session),
        )


def _tell_rest(context: CommandContext, wanted: Listing, listed: int) -> None:
    whole = wanted.count()
    if not whole:
        context.say(context.tr.t("no session yet that fits"))
    elif whole > listed:
        context.say(context.tr.t("the latest {listed} of {whole}; --all shows every one", listed=listed, whole=whole))


_TEXT = Argument("text", mark("only sessions whose note, client or project holds this"), needed=False, rest=True)
_ALL = Option("all", mark("all sessions, not only the latest"))
COMMANDS = (Command("log", mark("list sessions"), log, (_TEXT,), (*PERIOD, *FILTERS, _ALL, JSON)),)
