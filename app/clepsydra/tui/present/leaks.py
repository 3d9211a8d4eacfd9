"""From the leak report to what its screen shows."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from rich.cells import cell_len

from clepsydra.domain.civil import wall
from clepsydra.domain.leaks import AFTER_BILLING, LeakClass, Standing
from clepsydra.domain.memory import Lateness
from clepsydra.domain.money import exponent, half_up, own_first
from clepsydra.language import formats
from clepsydra.language.translator import Translator
from clepsydra.ledger.calls import inbox
from clepsydra.ledger.leaks.report import LeakReport, LeakRow, LeakSum, sessions_behind
from clepsydra.ledger.leaks.words import explained, leak, whose
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.reports import Days
from clepsydra.tui.present import calls as present_calls
from clepsydra.tui.present.day_items import fresh
from clepsydra.tui.present.main import dated_row
from clepsydra.tui.widgets.drawing import as_many, fit
from clepsydra.tui.widgets.lines import Word, WordLine
from clepsydra.tui.widgets.log_table import Cell, Column, TableRow
from clepsydra.tui.widgets.meter import Figure
from clepsydra.tui.widgets.table_columns import fitted

NOTHING = "–"


def columns(rows: Sequence[TableRow], tr: Translator, *, compared: bool = True) -> tuple[Column, ...]:
    """The columns of the report, amounts as wide as they are, so that clients have their names; the time before only
    where it is `compared`.
    """
    shown = (
        Column(tr.p("column", "Leak"), 9),
        Column(tr.p("column", "Client"), 10, share=1, most=40),
        Column(tr.p("column", "Time"), 8, align="right"),
        Column(tr.p("column", "Lost"), 12, align="right"),
        Column(tr.p("column", "At risk"), 12, align="right"),
        Column(tr.p("column", "Up to"), 12, align="right"),
        Column(tr.p("column", "Before"), 12, align="right"),
    )
    return fitted(shown if compared else shown[:-1], rows, meeting=compared)


def title(days: Days, client: str, tr: Translator, before: Days | None = None) -> WordLine:
    """The period, whose leaks they are, and the time they stand beside."""
    shown = formats.days(days.first, days.last, tr.lang)
    left = [Word(" " + tr.t("Leaks") + "  ", "heading", bold=True), Word(shown, bold=True)]
    if client:
        left.append(Word(f"  {client}", "foreground"))
    if before is None:
        return WordLine(tuple(left))
    beside = formats.days(before.first, before.last, tr.lang)
    return WordLine(tuple(left), (Word(tr.t("compared with {days}", days=beside) + " ", "muted"),))


def figures(sums: Iterable[LeakSum], currency: str, tr: Translator) -> list[Figure]:
    """One bar per class, in one currency: what was lost, and what is at risk where nothing was.

    In words each has its time, what was lost, what is at risk or up to, under one another.
    """
    by_class = {each.kind: each for each in sums if each.currency == currency}
    shown = [kind for kind in LeakClass if kind not in AFTER_BILLING or kind in by_class]
    parts = [_said(by_class.get(kind), currency, tr) for kind in shown]
    widths = [max(cell_len(part[place]) for part in parts) for place in range(3)]
    found = []
    for kind, part in zip(shown, parts, strict=True):
        total = by_class.get(kind)
        size, meaning = (
            (total.minor, "gap") if total and total.minor else (total.risk_minor if total else 0, "attention")
        )
        words = "  ".join(fit(text, width, "right") for text, width in zip(part, widths, strict=True) if width)
        found.append(Figure(leak(kind, tr), float(size), words if any(part) else NOTHING, meaning))
    return found


def _said(total: LeakSum | None, currency: str, tr: Translator) -> tuple[str, str, str]:
    """The time, the money lost, and the money at risk, or up to where nobody said that it was work."""

    def money(minor: int) -> str:
        return formats.money(minor, currency, tr.lang)

    if total is None:
        return "", "", ""
    seconds = total.seconds or total.up_to_seconds
    beside = tr.t("at risk {money}", money=money(total.risk_minor)) if total.risk_minor else ""
    if total.up_to_minor:
        beside = tr.t("up to {money}", money=money(total.up_to_minor))
    return (formats.duration(seconds, tr.lang) if seconds else "", money(total.minor) if total.minor else "", beside)


def totals(rows: Iterable[LeakRow], own: str, room: int, tr: Translator) -> str:
    """What is lost, at risk and perhaps gone in all, as the main screen has it; other currencies than the person's by
    name where there is no room for their amounts.
    """
    heads = {Standing.LOST: tr.t("lost"), Standing.AT_RISK: tr.t("at risk"), Standing.UP_TO: tr.t("up to")}
    sums: dict[Standing, dict[str, int]] = {standing: {} for standing in Standing}
    for row in rows:
        if row.minor:
            of = sums[row.standing]
            of[row.currency] = of.get(row.currency, 0) + row.minor
    ordered = {standing: own_first(found, own) for standing, found in sums.items() if found}

    def said(standing: Standing, whole: int) -> str:
        return f"{heads[standing]} {formats.money_first(ordered[standing], tr.lang, whole)}"

    most = max(map(len, ordered.values()), default=0)
    full = " · ".join(said(standing, most) for standing in ordered)
    return full if cell_len(full) <= room else as_many([said(standing, 1) for standing in ordered], room)


def currencies(report: LeakReport, own: str) -> list[str]:
    """The currencies of the report, the one with most lost first; the person's own where nothing was."""
    lost: dict[str, int] = {}
    for each in report.sums:
        lost[each.currency] = lost.get(each.currency, 0) + each.minor + each.risk_minor
    return sorted(lost, key=lambda code: (-lost[code], code)) or [own]


_MARKS = {Standing.LOST: "●", Standing.AT_RISK: "◌", Standing.UP_TO: "?"}
_MEANINGS = {Standing.LOST: "loss", Standing.AT_RISK: "attention", Standing.UP_TO: "foreground"}


def row(ledger: Ledger, index: int, one: LeakRow, tr: Translator) -> TableRow:
    """One class of one client."""
    lost = bool(one.seconds or one.minor)
    money = formats.money(one.minor, one.currency, tr.lang) if one.minor else NOTHING
    before = formats.money(one.before_minor, one.currency, tr.lang) if one.before_seconds or one.before_minor else ""
    return TableRow(
        str(index),
        (
            Cell(leak(one.kind, tr)),
            Cell(whose(ledger, one.client, tr), "foreground" if one.client else "muted"),
            Cell(formats.duration(one.seconds, tr.lang) if one.seconds else NOTHING, "muted"),
            *(
                Cell(money, _MEANINGS[each] if lost else "muted") if each is one.standing else Cell(NOTHING, "muted")
                for each in Standing
            ),
            Cell(before or NOTHING, "muted"),
        ),
        _MARKS[one.standing],
        _MEANINGS[one.standing],
    )


def about(one: LeakRow | None, tr: Translator) -> str:
    """What falls in the class of a row."""
    return explained(one.kind, tr) if one else ""


def figure_title(ledger: Ledger, one: LeakRow, tr: Translator) -> str:
    """Which leak it is, whose, and how much: above what it is made of."""
    amount = formats.money(one.minor, one.currency, tr.lang) if one.minor else formats.duration(one.seconds, tr.lang)
    return " · ".join((leak(one.kind, tr), whose(ledger, one.client, tr), amount))


def memory(logged: dict[Lateness, int], tr: Translator) -> WordLine:
    """How fresh the memory of the period's sessions was."""
    return WordLine((Word(" " + fresh(logged, tr), "muted"),))


def behind(ledger: Ledger, one: LeakRow, tr: Translator) -> Iterator[TableRow]:
    """The sessions behind a figure, latest first, then the calls, gaps and statements."""
    for session in sessions_behind(ledger, one):
        yield dated_row(session, ledger, tr)
    for evidence in one.evidence:
        yield _evidence(ledger, one, evidence, tr)


def _evidence(ledger: Ledger, one: LeakRow, evidence: str, tr: Translator) -> TableRow:
    if one.kind is LeakClass.CALLS:
        return _call(ledger, evidence, tr)
    if one.kind is not LeakClass.MEMORY:
        return TableRow("", (Cell(""), Cell(""), Cell(""), Cell(evidence), Cell(leak(one.kind, tr)), Cell("")))
    zone = ledger.settings.time_zone
    begin, end = (int(at) for at in evidence.split(":"))
    cells = (
        Cell(formats.date(wall(begin, zone).date(), tr.lang, "day"), "muted"),
        Cell(f"{formats.clock(wall(begin, zone))}–{formats.clock(wall(end, zone))}", "muted"),
        Cell(formats.duration(end - begin, tr.lang)),
        Cell(tr.t("nobody’s")),
        Cell(tr.t("unexplained"), "muted"),
        Cell(""),
    )
    return TableRow("", cells, "░", "gap")


def _call(ledger: Ledger, ident: str, tr: Translator) -> TableRow:
    """A call that nobody took, with the program it was heard in and what was decided about it."""
    call, zone = inbox.find(ledger, ident), ledger.settings.time_zone
    day, span = formats.date(wall(call.started_at, zone).date(), tr.lang, "day"), call.span(ledger.now)
    cells = (
        Cell(day, "muted"),
        Cell(f"{formats.clock(wall(span.started_at, zone))}–{formats.clock(wall(span.ended_at, zone))}", "muted"),
        Cell(formats.duration(span.seconds, tr.lang)),
        Cell(present_calls.program(call, tr)),
        Cell(present_calls.state(call, tr), "muted"),
        Cell(""),
    )
    return TableRow("", cells, present_calls.MARK, "call")


def at_a_glance(rows: Iterable[LeakRow] | None, own: str, room: int, tr: Translator, free: int = 0) -> list[WordLine]:
    """What is lost, at risk and perhaps gone this month: three figures that are never one sum, each with as many of
    its parts as `room` cells hold: beside it, or below it while lines are `free`, what has no amount of its own first.

    Amounts of other currencies than the person's are named, not added.
    """
    if rows is None:
        return [WordLine((Word(" " + tr.t("reading…"), "muted"),))]
    lost, risk, perhaps = ([row for row in rows if row.standing is each] for each in Standing)
    seconds = sum(row.seconds for row in perhaps)
    unexplained = [tr.t("{time} unexplained", time=formats.duration(seconds, tr.lang))] if seconds else []
    heads = (tr.t("lost"), tr.t("at risk"), tr.t("up to"))
    width = max(map(cell_len, heads))
    glances = [
        _glance(heads[0], width, lost, _parts(lost, own, tr), "loss", own, room, tr),
        _glance(heads[1], width, risk, _parts(risk, own, tr), "attention", own, room, tr),
        _glance(heads[2], width, perhaps, unexplained, "foreground", own, room, tr),
    ]
    for index in (2, 0, 1):
        more = len(glances[index]) - 1
        if more > free:
            glances[index] = glances[index][:1]
        else:
            free -= more
    return [line for glance in glances for line in glance]


def _glance(
    head: str, width: int, rows: list[LeakRow], parts: list[str], meaning: str, own: str, room: int, tr: Translator
) -> list[WordLine]:
    """A figure with its parts beside it, or below it where not even one fits."""
    minor = sum(row.minor for row in rows if row.currency == own)
    others = sorted({row.currency for row in rows if row.currency != own and row.minor})
    amount = formats.money(minor, own, tr.lang) if minor or not others else ""
    beside = "".join(f" + {currency}" for currency in others)
    if width + 3 + cell_len(f"{amount:>11}{beside}") > room:
        amount, beside = f"{amount} +{len(others)}" if amount and others else amount, "" if amount else beside
    cells = max(1, min(11, room - width - 4))  # before the first layout there is no room
    said = f"{amount:>{cells}}{beside}" if amount else " + ".join(others).rjust(cells)
    shown = Word(f"  {said}", meaning if minor or others else "muted", bold=bool(minor or others))
    told = as_many(parts, room - width - cell_len(shown.text) - 3)
    figure, indent = Word(f" {head:<{width}}", "muted"), " " * (width + 3)
    below = "" if told else as_many(parts, room - len(indent))
    lines = [WordLine((figure, shown, Word(f"  {told}" if told else "", "muted")))]
    return [*lines, WordLine((Word(indent + below, "muted"),))] if below else lines


def _parts(rows: list[LeakRow], own: str, tr: Translator) -> list[str]:
    """The classes that a figure is made of, the largest first, in whole units."""
    sums: dict[LeakClass, int] = {}
    for row in rows:
        if row.currency == own and row.minor:
            sums[row.kind] = sums.get(row.kind, 0) + row.minor
    whole = 10 ** exponent(own)
    ordered = sorted(sums.items(), key=lambda each: -each[1])
    return [f"{leak(kind, tr)} {formats.number(half_up(Fraction(minor, whole)), tr.lang)}" for kind, minor in ordered]
