"""The log's filters on the screen, as options of the commands that read the log."""

from clepsydra.cli import reading
from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Arguments, Option
from clepsydra.cli.parsing import Usage
from clepsydra.domain.records import replace
from clepsydra.domain.session import Channel, State
from clepsydra.language.translator import mark
from clepsydra.ledger.log_search import SCOPES, Search, on_days, on_names, search_of
from clepsydra.ledger.name_lookup import project_meant

FILTERS = (
    Option("days", mark("only this day, week, month or year, as in “last month”"), "PERIOD"),
    Option("project", mark("only this project of the client"), "PROJECT"),
    Option("channel", mark("only this channel"), "CHANNEL", tuple(Channel)),
    Option("scope", mark("only this scope; “out” is all that is out of scope"), "SCOPE", SCOPES),
    Option("state", mark("only this state"), "STATE", tuple(State)),
    Option("unbilled", mark("only what may still come on a statement")),
    Option("filter", mark("a filter that was kept in the log, by its name"), "NAME"),
)
"""What may be asked beside the period and the client."""


def search_asked(context: CommandContext, given: Arguments) -> Search:
    """What is asked for: a kept filter, narrowed by whatever else is said.

    Raises `Usage` and `Refused` for what cannot be asked, `NotUnderstood` for a period that is none.
    """
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
