"""A week as a calendar and longer stretches as bars: from days and sums to cells and rows, no widgets."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from rich.cells import cell_len

from clepsydra.domain.civil import first_instant_from, wall
from clepsydra.domain.interval import MINUTE, Interval
from clepsydra.domain.money import own_first
from clepsydra.domain.session import Channel, Session
from clepsydra.domain.terms import Client
from clepsydra.language import formats, words
from clepsydra.language.translator import Translator
from clepsydra.ledger.absences import AbsenceRow
from clepsydra.ledger.day import wording
from clepsydra.ledger.days import Day
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.spans import SpanTotals
from clepsydra.tui.present.main import client_label
from clepsydra.tui.present.session import span_words
from clepsydra.tui.widgets.lines import Word, WordLine
from clepsydra.tui.widgets.log_table import Cell, Column, TableRow
from clepsydra.tui.widgets.week_calendar import CalendarCell, CalendarColumn, CalendarView

_USUAL = (16, 36)
"""Half hours that are always shown: eight to six."""

_SIGNS = {Channel.CALL: ("▓", "call"), Channel.MESSAGE: ("◆", "touch"), Channel.FIX: ("◆", "touch")}


def instant_of(day: date, row: int, ledger: Ledger) -> int:
    """The instant at which a half hour of a day begins."""
    midnight = datetime.combine(day, datetime.min.time())
    return first_instant_from(midnight + timedelta(minutes=30 * row), ledger.zone)


def row_of(day: date, instant: int, ledger: Ledger) -> int:
    """The half hour of a day that an instant falls in, counted from midnight; beyond it in a night that goes on."""
    moment = wall(instant, ledger.zone)
    days = (moment.date() - day).days
    return days * 48 + moment.hour * 2 + moment.minute // 30


def rows_shown(days: Sequence[Day], ledger: Ledger) -> tuple[int, int]:
    """The first half hour that is shown and the one after the last: eight to six, and around all that happened."""
    first, last = _USUAL
    for day in days:
        for session in day.sessions:
            span = session.span(ledger.now).clip(day.bounds)
            if span is not None and session.placed:
                first = min(first, row_of(day.day, span.started_at, ledger))
                last = max(last, row_of(day.day, max(span.started_at, span.ended_at - 1), ledger) + 1)
    return max(0, first), min(last, 72)


def calendar_view(
    days: Sequence[Day], totals: Sequence[SpanTotals], ledger: Ledger, shown: tuple[int, int], tr: Translator
) -> CalendarView:
    """Seven days as columns of half hours."""
    first, last = shown
    clients = ledger.catalogue.clients
    order = {slug: n for n, slug in enumerate(c for c in clients)}
    columns = tuple(
        CalendarColumn(
            head=_head(day, tr),
            hours=formats.duration(total.seconds, tr.lang) if total.seconds else "",
            money=_own_money(total.minor, ledger.settings.currency, tr),
            short=_short_money(total.minor, ledger.settings.currency, tr),
            cells=_cells(day, ledger, shown, clients, order, tr),
            today=day.day == ledger.today,
        )
        for day, total in zip(days, totals, strict=True)
    )
    clocks = tuple(f"{row // 2 % 24:02d}:{row % 2 * 30:02d}" for row in range(first, last))
    today = next((day for day in days if day.day == ledger.today), None)
    now = row_of(today.day, ledger.now, ledger) - first if today else None
    return CalendarView(clocks, columns, now)


def _head(day: Day, tr: Translator) -> str:
    closed = " ✓" if day.closed else ""
    return f"{formats.weekday(day.day, tr.lang)} {day.day.day}{closed}"


def _money(minor: Mapping[str, int], own: str, tr: Translator) -> str:
    """Amounts side by side, as wide blanks apart as keep them from being read as one."""
    return "  ".join(formats.money(each, currency, tr.lang) for currency, each in own_first(minor, own))


def _own_money(minor: Mapping[str, int], own: str, tr: Translator) -> str:
    """An amount in few cells: of the person's own currency, the others by name."""
    return formats.money_first(own_first(minor, own), tr.lang)


def _short_money(minor: Mapping[str, int], own: str, tr: Translator) -> str:
    """The first amount, and in how many other currencies there is more."""
    amounts = own_first(minor, own)
    if len(amounts) < 2:
        return _own_money(minor, own, tr)
    return f"{formats.money(amounts[0][1], amounts[0][0], tr.lang)} +{len(amounts) - 1}"


def _cells(
    day: Day, ledger: Ledger, shown: tuple[int, int], clients: Mapping[str, Client], order: Mapping[str, int],
    tr: Translator,
) -> tuple[CalendarCell, ...]:  # fmt: skip
    cells: list[CalendarCell] = []
    before: list[str] = []
    for row in range(*shown):
        slot = Interval(instant_of(day.day, row, ledger), instant_of(day.day, row + 1, ledger))
        session, others = most_of(day, slot, ledger.now)
        if session is None:
            cells.append(_empty(day, slot, tr))
            before = []
            continue
        before = [*before, session.id] if before and before[-1] == session.id else [session.id]
        name = client_label(session.client, clients, tr)
        note, more = session.note or words.channel(session.channel, tr), f" +{others}" if others else ""
        text = [name, note, ""][min(len(before), 3) - 1] + more
        begins = len(before) == 1
        tall = (f" {name}{more}", f" {note}") if begins else (f" {more}" if more else "", "")
        glyph, meaning = _sign(session, clients.get(session.client), order)
        cells.append(CalendarCell(glyph, meaning, f" {text}" if text else "", tall, session.id, begins=begins))
    return tuple(cells)


def most_of(day: Day, slot: Interval, now: int) -> tuple[Session | None, int]:
    """The session that fills most of a half hour, and how many others are in it."""
    found = [
        (min(span.ended_at, slot.ended_at) - max(span.started_at, slot.started_at), session)
        for session in day.sessions
        if session.placed and (span := session.span(now)).started_at < slot.ended_at
        and (span.ended_at > slot.started_at or span.started_at >= slot.started_at)
    ]  # fmt: skip
    if not found:
        return None, 0
    return max(found, key=lambda each: (each[0], -each[1].started_at))[1], len(found) - 1


def _sign(session: Session, client: Client | None, order: Mapping[str, int]) -> tuple[str, str]:
    glyph, meaning = _SIGNS.get(session.channel, ("█", "work"))
    if session.running:
        return glyph, "timer-running"
    if meaning == "work" and (client is None or client.own):
        return "▒", "own"
    if meaning == "work" and order.get(session.client, 0) % 2:
        return "█", "work-other"
    return glyph, meaning


def _empty(day: Day, slot: Interval, tr: Translator) -> CalendarCell:
    """Nothing was worked: why, where it is known; a sign where nothing explains it."""
    known = [(Interval(row.started_at, row.ended_at), row.reason) for row in day.absences]
    # The timeline, which a day on which nothing was worked has none of, knows what else explains time.
    for span, reason in [*known, *((each.span, each.reason) for each in day.timeline.explained)]:
        if span.started_at < slot.ended_at and span.ended_at > slot.started_at:
            why = f" {wording.reason(reason, tr)}"
            return CalendarCell("─", "absence", why, (why, ""))
    for gap in day.timeline.unexplained:
        if min(gap.ended_at, slot.ended_at) - max(gap.started_at, slot.started_at) >= 5 * MINUTE:
            return CalendarCell("░", "gap")
    return CalendarCell("·", "track")


def absence_lines(row: AbsenceRow, ledger: Ledger, tr: Translator) -> list[WordLine]:
    """Why nobody worked, when exactly, and what can be done about it."""
    note = f" · {row.note}" if row.note else ""
    span = span_words(row.started_at, row.ended_at, ledger.zone, tr.lang)
    length = formats.timer(row.ended_at - row.started_at)
    keys = tr.t("{press[calendar.edit]} edits it, {press[calendar.remove]} removes it")
    return [
        WordLine((Word(f" {wording.reason(row.reason, tr)}{note}", "absence", bold=True),)),
        WordLine((Word(f" {span}"), Word(f"  {length}", bold=True), Word(f"  {keys}", "muted"))),
    ]


def free_around(day: Day, slot: Interval, now: int) -> Interval:
    """The stretch that a session added at a half hour is for: the whole gap it lies in, else itself less what is
    taken.
    """
    gaps = [
        gap for gap in day.timeline.unexplained if gap.started_at < slot.ended_at and gap.ended_at > slot.started_at
    ]
    if gaps:
        return max(gaps, key=lambda gap: min(gap.ended_at, slot.ended_at) - max(gap.started_at, slot.started_at))
    begin = max([s.span(now).ended_at for s in day.sessions if s.placed and s.started_at <= slot.started_at
                 and s.span(now).ended_at < slot.ended_at] + [slot.started_at])  # fmt: skip
    end = min(
        [s.started_at for s in day.sessions if s.placed and begin < s.started_at < slot.ended_at] + [slot.ended_at]
    )
    return Interval(begin, end)


# -- longer stretches, as bars


_NAME, _HOURS, _BESIDE = 15, 9, 15
"""Cells of a stretch's name and hours, and of what stands beside the columns: frame, mark, sign and gaps."""
_LEAST_BAR = 20
"""Cells of the longest bar below which not all amounts are worth having."""


def bars(totals: Iterable[SpanTotals], width: int, own: str, tr: Translator) -> tuple[list[Column], list[TableRow]]:
    """Days or months as bars in a table of so many cells: each with its hours, and what they are worth.

    Where not all amounts have room beside the bars, those of other currencies than the person's `own` are named.
    """
    spans = list(totals)
    worths = [_money(span.minor, own, tr) for span in spans]
    room = width - _NAME - _HOURS - _BESIDE
    if room - max(map(cell_len, worths)) < _LEAST_BAR:
        worths = [_own_money(span.minor, own, tr) for span in spans]
    worth = max(8, *map(cell_len, worths))
    cells = max(8, room - worth)
    columns = [
        Column("", _NAME),
        Column("", cells),
        Column(tr.t("Hours"), _HOURS, align="right"),
        Column(tr.t("Worth"), worth, align="right"),
        Column("", 2),
    ]
    return columns, _bar_rows(spans, worths, cells, tr)


def _bar_rows(spans: Sequence[SpanTotals], worths: Sequence[str], cells: int, tr: Translator) -> list[TableRow]:
    """Each stretch with a bar of its hours: solid where they are billable, shaded where not."""
    most = max((span.seconds for span in spans), default=0) or 1
    rows = []
    for span, worth in zip(spans, worths, strict=True):
        solid = round(span.billable * cells / most)
        whole = max(round(span.seconds * cells / most), 1 if span.seconds else 0)
        bar = "█" * solid + "▒" * (whole - solid)
        one = span.first == span.last
        name = (
            formats.date(span.first, tr.lang, "weekday").rsplit(" ", 1)[0]
            if one
            else formats.days(span.first, span.last, tr.lang)
        )
        rows.append(TableRow(span.first.isoformat(), (
            Cell(name, "muted" if one and span.first.weekday() > 4 else "foreground"),
            Cell(bar, "work"),
            Cell(formats.duration(span.seconds, tr.lang) if span.seconds else "–", "foreground"),
            Cell(worth, "billable"),
            Cell("✓" if one and span.closed else "", "muted"),
        )))  # fmt: skip
    return rows


def sum_words(totals: Iterable[SpanTotals], own: str, tr: Translator) -> str:
    """How long stretches were together, and what that is worth before any rule: what is billed may be more or less."""
    spans = list(totals)
    minor: dict[str, int] = {}
    for span in spans:
        for currency, each in span.minor.items():
            minor[currency] = minor.get(currency, 0) + each
    parts = [formats.duration(sum(span.seconds for span in spans), tr.lang)]
    if minor:
        parts.append(tr.t("worth {amounts} before rounding", amounts=_money(minor, own, tr)))
    return " · ".join(parts)
