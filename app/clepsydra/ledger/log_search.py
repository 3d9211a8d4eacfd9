"""What is looked for in the log, and the line that a search is kept as: `client:acme/api days:"last month" scope:out`.

A kept line says days as they were typed, so that "last month" moves with the calendar.
"""

import shlex
from datetime import date

from clepsydra.domain.records import dataclass, replace
from clepsydra.domain.session import DEFAULT_PROJECT, Channel, Decision, Scope, State
from clepsydra.language import typed
from clepsydra.language.folding import folded
from clepsydra.language.translator import Translator
from clepsydra.ledger.errors import Refused
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.names import place
from clepsydra.store import sessions

ORDERS = ("newest", "oldest", "longest", "client", "note")
"""The orders the log may be shown in."""

SCOPES = ("in", "pending", "bill", "absorb", "out", "unsure")
"""What may be asked of scope: a decision stands for what is out of scope and was decided so."""

_WORDS: dict[str, tuple[str, ...]] = {
    "channel": tuple(each.value for each in Channel),
    "scope": SCOPES,
    "state": tuple(each.value for each in State),
    "order": ORDERS,
}


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for; an empty field means anything.

    `named` are the clients whose names hold the text, which only the person's files know. `unbilled` is finished or
    running work that may still come on a statement. `days` is a period as it was typed, `first_day` and `last_day`
    what it meant: the person's own days, on which the work began.
    """

    client: str = ""
    project: str = ""
    text: str = ""
    named: tuple[str, ...] = ()
    unbilled: bool = False
    channel: str = ""
    scope: str = ""
    state: str = ""
    days: str = ""
    first_day: int | None = None
    last_day: int | None = None
    order: str = ORDERS[0]

    @property
    def everything(self) -> bool:
        """Whether every session fits."""
        return not (self.client or self.text or self.unbilled or self.narrow)

    @property
    def narrow(self) -> bool:
        """Whether more is asked than whose it is, a text, and whether it is billed."""
        return bool(self.channel or self.scope or self.state or self.days)

    @property
    def plain(self) -> bool:
        """Whether this is the log as it is opened: everything, in its usual order."""
        return self.everything and self.order == ORDERS[0]

    def filter(self, ledger: Ledger) -> sessions.Filter:
        """The same as the store asks it, by the person's days as they are now."""
        first, last = self.first_day, self.last_day
        decision = self.scope if self.scope in set(Decision) else None
        scope = Scope.OUT.value if decision else self.scope or None
        return sessions.Filter(
            client=self.client or None,
            project=self.project or None,
            channel=self.channel or None,
            since=None if first is None else ledger.own_bounds(date.fromordinal(first)).started_at,
            until=None if last is None else ledger.own_bounds(date.fromordinal(last)).ended_at,
            text=self.text,
            named=self.named,
            awaiting=self.unbilled,
            scope=scope,
            decision=decision,
            state=self.state or None,
        )


def on_days(ledger: Ledger, search: Search, days: str) -> Search:
    """The search within the days that were typed, any day for none; raises `NotUnderstood` for what is no period."""
    if not days.strip():
        return replace(search, days="", first_day=None, last_day=None)
    settings = ledger.settings
    first, last = typed.parse_period(days, ledger.now, settings.time_zone, settings.day_starts_at)
    return replace(search, days=days.strip(), first_day=first.toordinal(), last_day=last.toordinal())


def on_names(ledger: Ledger, search: Search, tr: Translator) -> Search:
    """The search with the clients whose names hold its text: what the log knows of them is their slugs."""
    clients, wanted = ledger.catalogue.clients, folded(search.text)
    fitting = (slug for slug in clients if wanted and wanted in folded(place(ledger, slug, DEFAULT_PROJECT, tr)))
    return replace(search, named=tuple(fitting))


def line_of(search: Search) -> str:
    """The line that a search is kept as."""
    whose = search.client + (f"/{search.project}" if search.project else "")
    order = "" if search.order == ORDERS[0] else search.order
    said = (
        ("client", whose), ("channel", search.channel), ("scope", search.scope), ("state", search.state),
        ("days", search.days), ("order", order), ("text", search.text),
    )  # fmt: skip
    words = [shlex.quote(f"{key}:{value}") for key, value in said if value]
    return " ".join([*words, *(["unbilled"] if search.unbilled else [])])


def search_of(ledger: Ledger, line: str) -> Search:
    """The search that a kept line stands for; raises `Refused` where a word of it is none, or no period."""
    try:
        words = shlex.split(line)
    except ValueError as error:
        raise Refused("the filter “{line}” cannot be read: a quotation mark is missing", line=line) from error
    search = Search()
    for word in words:
        key, colon, value = word.partition(":")
        if word == "unbilled":
            search = replace(search, unbilled=True)
        elif key == "client" and colon:
            client, _, project = value.partition("/")
            search = replace(search, client=client, project=project)
        elif key == "days" and colon:
            search = on_days(ledger, search, value)
        elif key == "text" and colon:
            search = replace(search, text=value)
        elif value in _WORDS.get(key, ()):
            search = _with_word(search, key, value)
        else:
            allowed = ", ".join(_WORDS.get(key, ("client", "days", "text", *_WORDS, "unbilled")))
            raise Refused("the filter has no “{word}”; allowed: {allowed}", word=word, allowed=allowed)
    return search


def _with_word(search: Search, key: str, value: str) -> Search:
    if key == "channel":
        return replace(search, channel=value)
    if key == "scope":
        return replace(search, scope=value)
    return replace(search, state=value) if key == "state" else replace(search, order=value)
