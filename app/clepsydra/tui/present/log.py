"""The log as rows and as a sentence: what each session shows, what is looked for, what it comes to."""

from collections.abc import Collection, Mapping, Sequence

from clepsydra.domain.civil import wall
from clepsydra.domain.records import dataclass
from clepsydra.domain.session import Channel, Scope, Session, State
from clepsydra.language import formats, words
from clepsydra.language.translator import Translator
from clepsydra.ledger.evidence.confirming import unconfirmed
from clepsydra.ledger.ledger import DISK_ERRORS, Ledger
from clepsydra.ledger.live.figures import Snapshot
from clepsydra.ledger.log import LogPages, LogTotals, Search
from clepsydra.tui.present.main import flag_of, mark_of
from clepsydra.tui.present.session import place_label
from clepsydra.tui.widgets.log_table import Cell, Column, TableRow

BY_RULE = ("⚙", "attention")
"""The sign before a session that a rule made and no close of its day has confirmed."""

GONE = TableRow("", ())
"""A row whose session was taken out or moved since its place was read; the next reading closes the gap."""


def columns(tr: Translator) -> tuple[Column, ...]:
    """The columns of the log, the dispensable ones first to leave a narrow screen."""
    return (
        Column("", 4, drop=2),
        Column(tr.t("Date"), 10),
        Column(tr.t("From"), 5),
        Column(tr.t("To"), 5, drop=1),
        Column(tr.t("Length"), 8, align="right"),
        Column(tr.t("Client"), 12, share=2),
        Column(tr.t("Channel"), 11, drop=3),
        Column(tr.t("Note"), 15, share=5),
        Column(tr.t("State"), 12),
    )


@dataclass
class LogRows:
    """The pages of a search as rows of a table."""

    ledger: Ledger
    tr: Translator
    pages: LogPages

    def count(self) -> int:
        """How many sessions there are."""
        return len(self.pages)

    def page(self, offset: int, limit: int) -> Sequence[TableRow]:
        """A page of rows; each is told whether a day begins with it, for which the one before is read too."""
        before = 1 if offset else 0
        try:
            found = self.pages.page(offset - before, limit + before)
            numbers = self.pages.statement_numbers(found)
            ruled = {each.id for each in unconfirmed(self.ledger, filter(None, found))}
        except DISK_ERRORS:  # whatever asks the log next tells it; drawing must not end the program
            return [GONE] * min(limit, len(self.pages) - offset)
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
            return GONE
        tr, now = self.tr, self.ledger.now
        begin = wall(session.started_at, self.ledger.zone)
        end = formats.clock(wall(session.ended_at, self.ledger.zone)) if session.ended_at is not None else "…"
        seconds = session.exact_seconds(now)
        day_meaning = "foreground" if first else "muted"
        channel = words.channel(session.channel, tr)
        flag, flag_meaning = standing(session, numbers, tr)
        cells = (
            Cell(formats.weekday(begin.date(), tr.lang), day_meaning),
            Cell(formats.date(begin.date(), tr.lang, "short"), day_meaning),
            Cell(formats.clock(begin) if session.placed else "≈"),
            Cell(end if session.placed else "", "muted"),
            Cell(formats.timer(seconds), "timer-running")
            if session.running
            else Cell(formats.duration(seconds, tr.lang)),
            Cell(place_label(session.client, session.project, self.ledger.catalogue.clients, tr)),
            Cell(channel, "call" if session.channel is Channel.CALL else "muted"),
            Cell(session.note),
            Cell(flag, flag_meaning),
        )
        return TableRow(session.id, cells, *(BY_RULE if session.id in ruled else mark_of(session)))


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


def looked_for(search: Search, ledger: Ledger, tr: Translator) -> str:
    """What the list shows, in words."""
    parts = []
    if search.client:
        parts.append(place_label(search.client, search.project or "default", ledger.catalogue.clients, tr))
    if search.unbilled:
        parts.append(tr.t("unbilled"))
    if search.text:
        parts.append(tr.t("“{text}”", text=search.text))
    return " · ".join([tr.t("Log"), *parts])


def comes_to(
    search: Search, count: int, worked: LogTotals | None, snapshot: Snapshot, tr: Translator, *, searching: bool
) -> str:
    """How many sessions the list holds, how long they lasted, and what of them is unbilled where that is known."""
    if searching and not count:
        return tr.t("searching…")
    number = formats.number(count, tr.lang)
    parts = [tr.n("{number} session", "{number} sessions", count, number=number)]
    if searching:
        parts.append(tr.t("searching…"))
    elif worked:
        parts.append(formats.duration(worked.seconds(snapshot.now), tr.lang))
    amounts = unbilled_amounts(search, snapshot)
    if amounts is not None:
        shown = "  ".join(formats.money(minor, currency, tr.lang) for currency, minor in amounts)
        parts.append(tr.t("unbilled {amounts}", amounts=shown or "–"))
    return " · ".join(parts)


def unbilled_amounts(search: Search, snapshot: Snapshot) -> list[tuple[str, int]] | None:
    """Currencies and unbilled minor units of all clients or of one; a text or a project cuts through billing groups."""
    if search.text or search.project:
        return None
    if search.client:
        sums = snapshot.unbilled.get(search.client)
        return [(sums.currency, sums.minor)] if sums else None
    return sorted(snapshot.unbilled_totals().items())
