"""The log as rows and as a sentence: what each session shows, what is looked for, what it comes to."""

from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from datetime import date

from rich.cells import cell_len

from clepsydra.domain.billing import Treatment, treatment
from clepsydra.domain.civil import wall
from clepsydra.domain.money import own_first
from clepsydra.domain.records import dataclass
from clepsydra.domain.session import Channel, Decision, Scope, Session, State
from clepsydra.language import formats, words
from clepsydra.language.translator import Translator, mark
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.live.figures import Snapshot
from clepsydra.ledger.log import LogPages, LogTotals, Search
from clepsydra.ledger.log_search import ORDERS
from clepsydra.ledger.open_work import worth
from clepsydra.ledger.unconfirmed import unconfirmed
from clepsydra.tui.present.main import MINUS, decided, flag_of, mark_of
from clepsydra.tui.present.session import place_label
from clepsydra.tui.widgets.log_table import GONE, Cell, Column, TableRow

BY_RULE = ("⚙", "attention")
"""The sign before a session that a rule made and no close of its day has confirmed."""

_ORDER_WORDS = {
    "newest": mark("newest first"), "oldest": mark("oldest first"), "longest": mark("longest first"),
    "client": mark("by client"), "note": mark("by note"),
}  # fmt: skip


def scope_word(scope: str, tr: Translator) -> str:
    """What may be asked of scope, in words."""
    if scope in set(Decision):
        return decided(Scope.OUT, Decision(scope), tr)
    return words.scope(Scope(scope), tr)


def order_word(order: str, tr: Translator) -> str:
    """An order of the log, in words."""
    return tr.t(_ORDER_WORDS[order])


_WIDE, BRIEF = 150, 100
"""Cells across from which the reason of what was given away has room, and below which a state is a sign alone."""


def columns(width: int, tr: Translator) -> tuple[Column, ...]:
    """The columns of the log on a screen of so many cells, the dispensable ones first to leave a narrow one; states
    are said whole on a wide one, and by a sign where clients and notes need the room.
    """
    client, note = (12, 14) if width < BRIEF else (15, 22)  # words before the weekday
    state = Column("", 1) if width < BRIEF else Column(tr.t("State"), 11 if width < _WIDE else 26, drop=2)
    return (
        Column("", 4, drop=5),
        Column(tr.t("Date"), 10),
        Column(tr.t("From"), 5),
        Column(tr.t("To"), 5, drop=3),
        Column(tr.t("Length"), 7, align="right"),
        Column(tr.t("Worth"), 10, align="right"),
        Column(tr.t("Client"), client, share=6, most=40),
        Column(tr.t("Channel"), 11, share=1, drop=4, most=15),
        Column(tr.t("Note"), note, share=9, drop=1),
        state,
    )


@dataclass
class LogRows:
    """The pages of a search as rows of a table."""

    ledger: Ledger
    tr: Translator
    pages: LogPages
    chosen: Container[str] = ()
    brief: bool = False
    """Whether a state is said by its sign alone."""

    def count(self) -> int:
        """How many sessions there are."""
        return len(self.pages)

    def page(self, offset: int, limit: int) -> Sequence[TableRow]:
        """A page of rows; each is told whether a day begins with it, for which the one before is read too."""
        before = 1 if offset else 0
        found = self.pages.page(offset - before, limit + before)
        numbers = self.pages.statement_numbers(found)
        ruled = {each.id for each in unconfirmed(self.ledger, filter(None, found))}
        zone = self.ledger.zone
        days = [wall(s.started_at, zone).date() if s else None for s in found]
        return [
            self._row(found[i], numbers, ruled, first=i == 0 or days[i] != days[i - 1])
            for i in range(before, len(found))
        ]

    def _row(
        self, session: Session | None, numbers: Mapping[str, str], ruled: Collection[str], *, first: bool
    ) -> TableRow:
        if session is None:
            return GONE  # taken out or moved since its place was read; the next reading closes the gap
        tr, now = self.tr, self.ledger.now
        begin = wall(session.started_at, self.ledger.zone)
        ended = None if session.ended_at is None else wall(session.ended_at, self.ledger.zone)
        end = "…" if ended is None else formats.clock(ended, short=True)
        seconds = session.exact_seconds(now)
        day_meaning = "foreground" if first else "muted"
        channel = words.channel(session.channel, tr)
        flag, flag_meaning = standing(session, numbers, tr)
        kind, worth = self._worth(session)
        if not flag and kind is Treatment.INCLUDED:
            flag, flag_meaning = tr.t("in the fee"), "muted"
        if flag and self.brief:
            flag = sign_of(session)
        cells = (
            Cell(formats.weekday(begin.date(), tr.lang), day_meaning),
            Cell(formats.date(begin.date(), tr.lang, "short"), day_meaning),
            Cell(formats.clock(begin, short=True) if session.placed else "≈"),
            Cell(end if session.placed else "", "muted"),
            Cell(formats.timer(seconds), "timer-running" if session.running else "foreground"),
            worth,
            Cell(place_label(session.client, session.project, self.ledger.catalogue.clients, tr)),
            Cell(channel, "call-live" if session.channel is Channel.CALL else "muted"),
            Cell(session.note),
            Cell(flag, flag_meaning),
        )
        mark = ("✓", "key") if session.id in self.chosen else BY_RULE if session.id in ruled else mark_of(session)
        return TableRow(session.id, cells, *mark)

    def _worth(self, session: Session) -> tuple[Treatment | None, Cell]:
        """What its time is worth at its own rate; quiet where nothing is billed for it by the hour, and how it is."""
        found = worth_of(session, self.ledger, self.ledger.now)
        if found is None:
            return None, Cell("", "muted")
        kind, minor, currency = found
        amount = formats.money(minor, currency, self.tr.lang)
        return kind, Cell(amount, "foreground" if kind is Treatment.BILLABLE else _KINDS.get(kind, "muted"))


_KINDS = {Treatment.PENDING: "unsure", Treatment.ABSORBED: "loss", Treatment.WRITTEN_OFF: "loss"}


def worth_of(session: Session, ledger: Ledger, now: int) -> tuple[Treatment, int, str] | None:
    """What becomes of a session, and its minor units at its own rate; None for own work and clients without a file."""
    client = ledger.catalogue.clients.get(session.client)
    if client is None or client.own:
        return None
    return treatment(session, client), worth(session, client, now), client.currency


def choice_words(chosen: Iterable[Session], ledger: Ledger, now: int, tr: Translator) -> str:
    """How many sessions are chosen, how long they lasted, what their billable time is worth by currency."""
    sums: dict[str, int] = {}
    count = seconds = 0
    for session in chosen:
        count += 1
        seconds += session.exact_seconds(now)
        found = worth_of(session, ledger, now)
        if found and found[0] is Treatment.BILLABLE:
            sums[found[2]] = sums.get(found[2], 0) + found[1]
    ordered = own_first(sums, ledger.settings.currency)
    amounts = "  ".join(formats.money(minor, currency, tr.lang) for currency, minor in ordered)
    words = tr.n("{count} chosen", "{count} chosen", count)
    return " · ".join([words, formats.duration(seconds, tr.lang), *([amounts] if amounts else [])])


def standing(session: Session, numbers: Mapping[str, str], tr: Translator) -> tuple[str, str]:
    """What stands out most about a session, in few cells, and its meaning; a billed one shows its statement."""
    if session.state is State.APPROVED or session.state is State.RUNNING:
        if session.scope is Scope.UNSURE:
            return "? " + tr.t("unsure"), "unsure"
        if session.decision:
            return "↗ " + words.decision(session.decision, tr), "out-of-scope"
    text, meaning = flag_of(session, tr)
    if session.state is State.BILLED and session.statement is not None:
        text = numbers.get(session.statement, text)
    return text, meaning


def sign_of(session: Session) -> str:
    """What stands out most about a session, by a sign that the legend explains; in a fee where nothing else does."""
    if session.state is State.DOUBTFUL:
        return "!"
    if session.state is State.BILLED:
        return "○"
    if session.write_off is not None and not session.decision:
        return MINUS
    if session.scope is not Scope.IN:
        return "?" if session.scope is Scope.UNSURE else "↗"
    return "·" if session.agreed_seconds is None else "="


def nothing_words(search: Search, tr: Translator) -> str:
    """What the list says when there is no session in it, and the key that helps."""
    if search.everything:
        return tr.t("nothing logged yet: {press[log.add]} adds what was not timed")
    return tr.t("no session fits: {press[app.back]} shows all again")


def looked_for(search: Search, ledger: Ledger, tr: Translator) -> str:
    """What the list shows, in words."""
    parts = []
    if search.client:
        parts.append(place_label(search.client, search.project or "default", ledger.catalogue.clients, tr))
    if search.first_day is not None and search.last_day is not None:
        first, last = date.fromordinal(search.first_day), date.fromordinal(search.last_day)
        parts.append(formats.days(first, last, tr.lang))
    if search.channel:
        parts.append(words.channel(Channel(search.channel), tr))
    if search.scope:
        parts.append(scope_word(search.scope, tr))
    if search.state:
        parts.append(words.state(State(search.state), tr))
    if search.unbilled:
        parts.append(tr.t("unbilled"))
    if search.text:
        parts.append(tr.t("“{text}”", text=search.text))
    if search.order != ORDERS[0]:
        parts.append(order_word(search.order, tr))
    return " · ".join([tr.t("Log"), *parts])


def comes_to(
    search: Search,
    count: int,
    worked: LogTotals | None,
    snapshot: Snapshot,
    own: str,
    room: int,
    tr: Translator,
    *,
    searching: bool,
) -> str:
    """How many sessions the list holds, how long they lasted, and what of them is unbilled where that is known.

    Where `room` cells do not hold every amount, currencies beside the person's `own` are named.
    """
    if searching and not count:
        return tr.t("searching…")
    parts = [tr.n("{count} session", "{count} sessions", count)]
    if searching:
        parts.append(tr.t("searching…"))
    elif worked:
        parts.append(formats.duration(worked.seconds(snapshot.now), tr.lang))
    amounts = unbilled_amounts(search, snapshot, own)
    if amounts is None:
        return " · ".join(parts)
    shown = [formats.money(minor, currency, tr.lang) for currency, minor in amounts]
    told = " · ".join([*parts, tr.t("unbilled {amounts}", amounts="  ".join(shown) or "–")])
    if cell_len(told) <= room:
        return told
    named = formats.money_first(amounts, tr.lang)
    return " · ".join([*parts, tr.t("unbilled {amounts}", amounts=named)])


def unbilled_amounts(search: Search, snapshot: Snapshot, own: str) -> list[tuple[str, int]] | None:
    """Currencies and unbilled minor units of all clients or of one; a text or a project cuts through billing groups."""
    if search.text or search.project or search.narrow:
        return None
    if search.client:
        sums = snapshot.unbilled.get(search.client)
        return [(sums.currency, sums.minor)] if sums else None
    return own_first(snapshot.unbilled_totals(), own)
