"""From a day and what is open about it to what the reconciliation screen shows; pure, so that it can be read."""

from collections.abc import Mapping, Sequence

from clepsydra.domain.billing import Treatment, treatment
from clepsydra.domain.civil import wall
from clepsydra.domain.interval import Interval, subtract, total
from clepsydra.domain.memory import Lateness
from clepsydra.domain.records import dataclass
from clepsydra.domain.session import Session
from clepsydra.language import formats
from clepsydra.language.translator import Translator
from clepsydra.ledger import names
from clepsydra.ledger.day import wording
from clepsydra.ledger.day.answers import Item, ItemKind
from clepsydra.ledger.day.open_items import short_gaps, unknown_gaps
from clepsydra.ledger.day.worth import day_rate
from clepsydra.ledger.days import Day, billable_seconds, lateness_of
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.open_work import worth
from clepsydra.tui.present import main as present
from clepsydra.tui.present.day_choices import Offer
from clepsydra.tui.widgets.action_bar import BarEntry
from clepsydra.tui.widgets.clepsydra_vessel import VesselView
from clepsydra.tui.widgets.drawing import wrapped
from clepsydra.tui.widgets.lines import Word, WordLine
from clepsydra.tui.widgets.log_table import Cell, Column, Rows, RowsOf, RowSource, TableRow

_MARKS: Mapping[ItemKind, tuple[str, str]] = {
    ItemKind.HAPPENED: ("⚙", "gain"),
    ItemKind.GAP: ("░", "gap"),
    ItemKind.WAITING: ("▒", "call"),
    ItemKind.CALL: ("▓", "call"),
    ItemKind.OVERLAP: ("╪", "attention"),
    ItemKind.DOUBTFUL: ("!", "attention"),
    ItemKind.RUNNING: ("▶", "timer-running"),
    ItemKind.AWAY: ("◌", "attention"),
    ItemKind.OVER_LONG: ("↔", "attention"),
    ItemKind.UNSURE: ("?", "unsure"),
    ItemKind.PENDING: ("?", "pending"),
    ItemKind.NO_NOTE: ("…", "muted"),
    ItemKind.AGREED: ("≈", "foreground"),
}

_WORDS = {"gap": "attention", "call": "call-live"}
"""The colours of words where a sign has one that is only for shapes."""

COLUMNS = (
    Column("", 11),
    Column("", 8, align="right", drop=2),
    Column("", 11, align="right"),
    Column("", 14, share=4),
    Column("", 28, share=1, drop=1),
)
"""Where it is narrow the length goes first, which begin and end tell too: what is suggested has to be read."""

SESSION_COLUMNS = (*COLUMNS[:-1], Column("", 14, drop=1, most=28))
"""Those of the sessions of a day: nothing is suggested there, and little stands out."""


@dataclass(frozen=True, slots=True)
class Seen:
    """All the screen knows of a day: read once, then drawn."""

    day: Day
    items: tuple[Item, ...]
    billable: int
    worth: tuple[int, str]
    logged: Mapping[Lateness, int]
    named_unknown: int
    short: tuple[int, int] = (0, 0)
    """How many gaps are too short to be asked, and their seconds."""


def look(ledger: Ledger, day: Day, items: Sequence[Item]) -> Seen:
    """Work out what the header says beside the items."""
    short = short_gaps(ledger, day)
    return Seen(
        day=day,
        items=tuple(items),
        billable=billable_seconds(ledger, day),
        worth=_worth(ledger, day, items, short),
        logged=lateness_of(ledger, day),
        named_unknown=total(unknown_gaps(ledger, day)),
        short=(len(short), total(short)),
    )


def _worth(ledger: Ledger, day: Day, items: Sequence[Item], short: Sequence[Interval]) -> tuple[int, str]:
    """What is unexplained at the day's rate, and the calls in it as the list has them; short gaps are not asked."""
    rate, missing = day_rate(ledger, day), day.timeline.unexplained
    calls = [
        item for item in items
        if item.kind is ItemKind.CALL and item.currency == rate.currency and not subtract([item.span], missing)
    ]  # fmt: skip
    rest = total(missing) - total(short) - sum(item.seconds for item in calls)
    return rate.worth(max(0, rest)) + sum(item.minor for item in calls), rate.currency


def title(seen: Seen, today: bool, tr: Translator) -> WordLine:
    """The day's name, and whether it is done."""
    day = seen.day
    name = formats.date(day.day, tr.lang, "full")
    left = [Word(" " + formats.sentence(name), "heading", bold=True)]
    if today:
        left.append(Word("  " + tr.t("today"), "muted"))
    if day.closed:
        right = Word("✓ " + tr.t("closed") + " ", "gain", bold=True)
    elif seen.items:
        right = Word(tr.n("{count} open item", "{count} open items", len(seen.items)) + " ", "attention")
    else:
        right = Word(tr.t("nothing open") + " ", "gain")
    return WordLine(tuple(left), (right,))


def header(seen: Seen, tr: Translator) -> WordLine:
    """Worked, billable, absent, unexplained and what that would be worth; how fresh the memory was, where it fits."""
    lang, timeline = tr.lang, seen.day.timeline
    words = []
    figures = [(tr.t("worked"), timeline.presence_seconds), (tr.t("billable"), seen.billable)]
    if timeline.explained_seconds:
        figures.append((tr.t("absent"), timeline.explained_seconds))
    for label, seconds in figures:
        words += [Word(f" {label} ", "muted"), Word(formats.duration(seconds, lang) + " ", bold=True)]
    missing = timeline.unexplained_seconds
    meaning = "attention" if missing else "muted"
    words += [Word(" " + tr.t("unexplained") + " ", "muted"), Word(formats.duration(missing, lang), meaning, bold=True)]
    minor, currency = seen.worth
    if minor:
        words.append(Word(" ≤ " + formats.money(minor, currency, lang), "attention"))
    return WordLine(tuple(words), (Word(fresh(seen.logged, tr) + " ", "muted"),))


def fresh(logged: Mapping[Lateness, int], tr: Translator) -> str:
    """How much was logged within the hour, the day, later and from memory."""
    parts = [
        f"{wording.lateness(kind, tr)} {formats.duration(seconds, tr.lang)}"
        for kind, seconds in logged.items()
        if seconds
    ]
    return tr.t("logged {parts}", parts=" · ".join(parts)) if parts else ""


def vessel(seen: Seen) -> VesselView:
    """The day as water: what has an owner, a reason or a name; full when nothing is open any more."""
    timeline = seen.day.timeline
    if not timeline.span_seconds:
        return VesselView(1.0 if seen.day.closed else 0.0, seen.day.closed)
    missing = timeline.unexplained_seconds - min(seen.named_unknown, timeline.unexplained_seconds)
    share = 1 - missing / timeline.span_seconds
    waits = bool(seen.items) and not seen.day.closed
    return VesselView(min(share, 0.98) if waits else share if missing else 1.0, seen.day.closed)


def row(ledger: Ledger, item: Item, tr: Translator) -> TableRow:
    """An open item as a row of the list."""
    suggested = ""
    if item.suggestion:
        suggested = "⏎ " + wording.answer(ledger, item, item.suggestion.answer, tr)
    mark, meaning = _MARKS[item.kind]
    return TableRow(
        item.subject,
        (
            Cell(wording.span(ledger, item, short=True), "muted"),
            Cell(formats.duration(item.seconds, tr.lang)),
            Cell(
                formats.money(item.minor, item.currency, tr.lang), "loss" if item.kind is ItemKind.GAP else "foreground"
            ),
            Cell(_what(ledger, item, tr)),
            Cell(suggested, "muted"),
        ),
        mark,
        meaning,
    )


def _what(ledger: Ledger, item: Item, tr: Translator) -> str:
    return " · ".join(t for t in (wording.kind(item.kind, tr), wording.about(ledger, item, tr)) if t)


def suggested(ledger: Ledger, items: Sequence[Item], tr: Translator) -> list[tuple[str, str]]:
    """What is suggested for open items, in full: when, what becomes of it, and what it was."""
    return [
        (
            wording.span(ledger, item),
            f"→ {wording.answer(ledger, item, item.suggestion.answer, tr)} ({_what(ledger, item, tr)})",
        )
        for item in items
        if item.suggestion and item.at_once
    ]


def question(ledger: Ledger, item: Item, room: int, tr: Translator) -> list[WordLine]:
    """What is asked about an item, and what is suggested; a reason of more than `room` cells has two lines where
    nothing else is known of the item."""
    length = formats.duration(item.seconds, tr.lang)
    money = formats.money(item.minor, item.currency, tr.lang)
    head = WordLine(
        (
            Word(f" {wording.span(ledger, item)}  ", "foreground", bold=True),
            Word(wording.kind(item.kind, tr), _WORDS.get(_MARKS[item.kind][1], _MARKS[item.kind][1]), bold=True),
            Word(f"  {length} · {money}", "foreground"),
        )
    )
    detail = _detail(ledger, item, tr)
    lines = [head, WordLine((Word(" " + detail, "muted"),))]
    if item.suggestion is None:
        lines.append(WordLine((Word(" " + tr.t("Nothing speaks for an answer: which is it?"), "muted"),)))
        return lines
    answer = wording.answer(ledger, item, item.suggestion.answer, tr)
    because, source = item.suggestion.reason.said(tr), wording.source(item.suggestion.source, tr)
    lines.append(WordLine((Word(" ⏎ ", "key", bold=True), Word(answer, "billable", bold=True))))
    told = wrapped(tr.t("because: {reason} ({source})", reason=because, source=source), room - 3)
    if not detail and len(told) > 1:
        del lines[1]
    return [*lines, *(WordLine((Word("   " + line, "muted"),)) for line in told)]


def _detail(ledger: Ledger, item: Item, tr: Translator) -> str:
    """Whose it is, with the times of each where there are two."""
    if item.kind is ItemKind.AGREED:
        given = wording.given(ledger, item.sessions[0].client, tr)
        return " · ".join(filter(None, (wording.about(ledger, item, tr), given)))
    if item.kind is not ItemKind.OVERLAP:
        return wording.about(ledger, item, tr)
    zone = ledger.settings.time_zone
    parts = []
    for session in item.sessions:
        begin, end = (formats.clock(wall(at, zone)) for at in (session.started_at, session.span(ledger.now).ended_at))
        parts.append(f"{names.place(ledger, session.client, session.project, tr)} {begin}–{end}")
    return tr.t("first {first}, later {second}", first=parts[0], second=parts[1])


def done(seen: Seen, others: int, tr: Translator) -> list[WordLine]:
    """What is said when nothing is open; a minute that nobody knows is not one with an owner."""
    if seen.day.close:
        lines = [WordLine((Word(" " + tr.t("This day is closed."), "gain", bold=True),))]
        lines.append(_accounted(seen.day.close.unknown_seconds, "foreground", tr))
        if others:
            words = tr.n("{count} other day is left open", "{count} other days are left open", others)
            lines.append(WordLine((Word(" ⏎ ", "key", bold=True), Word(words))))
        return lines
    if seen.day.empty:
        return [WordLine((Word(" " + tr.t("Nothing happened on this day."), "muted"),))]
    return [
        _accounted(seen.day.timeline.unexplained_seconds, "gain", tr),
        WordLine((Word(" ⏎ ", "key", bold=True), Word(tr.t("close the day"), "billable", bold=True))),
    ]


def _accounted(unknown: int, meaning: str, tr: Translator) -> WordLine:
    if unknown:
        time = formats.duration(unknown, tr.lang)
        return WordLine((Word(" " + tr.t("{time} stays unexplained: it may have been work.", time=time), "attention"),))
    return WordLine((Word(" " + tr.t("Every minute has an owner or a reason."), meaning, bold=True),))


def panels(seen: Seen, tr: Translator) -> tuple[str, str]:
    """What the frames of the question and of the list are called."""
    if seen.items:
        return tr.t("What was it?"), tr.t("Left open") if seen.day.closed else tr.t("Open")
    return tr.t("Done") if seen.day.closed else tr.t("Nothing is open"), tr.t("Sessions")


def folded_gaps(ledger: Ledger, seen: Seen, tr: Translator, *, exact: bool = False) -> str:
    """The gaps that are not asked, in one line, their time `exact` or in minutes; empty without any."""
    count, seconds = seen.short
    if not count:
        return ""
    under = formats.length(ledger.settings.day.gap_under, tr.lang)
    time = formats.timer(seconds) if exact else formats.duration(seconds, tr.lang)
    return tr.n("{count} gap up to {under} is not asked: {time}", "{count} gaps up to {under} are not asked: {time}",
                count, under=under, time=time)  # fmt: skip


def rows(ledger: Ledger, seen: Seen, tr: Translator) -> RowSource:
    """What is open; once nothing is, the sessions of the day."""
    found = RowsOf(seen.items, lambda item: row(ledger, item, tr))
    return found if seen.items else Rows(session_rows(ledger, seen, tr))


def session_rows(ledger: Ledger, seen: Seen, tr: Translator) -> list[TableRow]:
    """What was worked that day."""
    return [_session(ledger, session, seen.day.as_of, tr) for session in seen.day.sessions]


def _session(ledger: Ledger, session: Session, now: int, tr: Translator) -> TableRow:
    client = ledger.catalogue.clients.get(session.client)
    drawn = present.session_row(session, now, ledger.settings.time_zone, client, tr)
    span, length, name, what, flag = drawn.cells
    minor = worth(session, client, now) if client and treatment(session, client) is Treatment.BILLABLE else 0
    money = formats.money(minor, client.currency, tr.lang) if client and minor else ""
    said = " · ".join(text for text in (name.text, what.text) if text)
    return drawn._replace(cells=(span, length, Cell(money, "billable"), Cell(said), flag))


def entries(clients: Sequence[tuple[str, str]], offers: Mapping[str, Offer], tr: Translator) -> list[BarEntry]:
    """The keys that answer: those of the clients, then the others."""
    found = [BarEntry("␣" if key == " " else key, tr.t(offer.words)) for key, offer in offers.items()]
    return [*found, *(BarEntry(key, name) for key, name in clients)]
