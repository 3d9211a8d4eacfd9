"""log: the sessions that fit what is asked, as a table or as JSON."""

from collections.abc import Iterator

from clepsydra.cli import reading
from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Argument, Arguments, Command, Option
from clepsydra.cli.outcome import described, short_id, tell_problems
from clepsydra.cli.parsing import JSON, Usage
from clepsydra.cli.shared import PERIOD
from clepsydra.domain.civil import wall
from clepsydra.domain.records import replace
from clepsydra.domain.session import Channel, Session, State
from clepsydra.language import formats, words
from clepsydra.language.translator import mark
from clepsydra.ledger.evidence.confirming import unconfirmed
from clepsydra.ledger.listing import Listing, searched
from clepsydra.ledger.log_search import SCOPES, Search, on_days, on_names, search_of
from clepsydra.ledger.name_lookup import project_meant

SHOWN = 50
"""How many sessions, the latest, are listed where no period is named."""


def log(context: CommandContext, given: Arguments) -> int:
    """List sessions in order of time: all of a period, or the latest."""
    search = _search(context, given)
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


def _search(context: CommandContext, given: Arguments) -> Search:
    """What is asked for: a kept filter, narrowed by whatever else is said."""
    ledger, search = context.ledger, _kept(context, given.maybe("filter"))
    search = replace(
        search,
        channel=given.word("channel") or search.channel,
        scope=given.word("scope") or search.scope,
        state=given.word("state") or search.state,
        text=given.word("text") or search.text,
        unbilled=given.flag("unbilled") or search.unbilled,
    )
    if named := given.maybe("client"):
        client, project = reading.place(context, named)
        search = replace(search, client=client, project=project if "/" in named else "")
    if within := given.maybe("project"):
        if not search.client:
            raise Usage("--project needs --client: a project belongs to one")
        search = replace(search, project=project_meant(ledger, search.client, within))
    return on_names(ledger, _within(context, given, search), context.tr)


def _kept(context: CommandContext, name: str | None) -> Search:
    """The search that was kept under a name; raises `Usage` where none was."""
    kept = context.ledger.settings.filters
    if name is None:
        return Search()
    if name not in kept:
        raise Usage("no filter is kept as “{name}”; kept are: {names}", name=name, names=", ".join(kept) or "–")
    return search_of(context.ledger, kept[name])


def _within(context: CommandContext, given: Arguments, search: Search) -> Search:
    """The search within --days, or from --from to --to; raises `Usage` for both at once."""
    period = reading.period(context, given)
    first, last = period.ordinals
    if days := given.maybe("days"):
        if first or last:
            raise Usage("either --days or --from and --to")
        return on_days(context.ledger, search, days)
    if first or last:
        return replace(search, days="", first_day=first, last_day=last)
    return search


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
            formats.date(begin.date(), tr.lang, "weekday"),
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
_FILTERS = (
    Option("days", mark("only this day, week, month or year, as in “last month”"), "PERIOD"),
    Option("project", mark("only this project of the client"), "PROJECT"),
    Option("channel", mark("only this channel"), "CHANNEL", tuple(Channel)),
    Option("scope", mark("only this scope; “out” is all that is out of scope"), "SCOPE", SCOPES),
    Option("state", mark("only this state"), "STATE", tuple(State)),
    Option("unbilled", mark("only what may still come on a statement")),
    Option("filter", mark("a filter that was kept in the log, by its name"), "NAME"),
)
"""The log's filters on the screen, as options."""

COMMANDS = (Command("log", mark("list sessions"), log, (_TEXT,), (*PERIOD, *_FILTERS, _ALL, JSON)),)
