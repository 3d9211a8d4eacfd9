"""From what an hour earns to the lines, cells and bars of the insights screen."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from fractions import Fraction

from clepsydra.domain.earning import per_hour
from clepsydra.domain.money import own_first
from clepsydra.language import formats
from clepsydra.language.translator import Translator
from clepsydra.ledger.insights.overview import Insight
from clepsydra.ledger.insights.rates import SLOTS, RateRow, Slot
from clepsydra.ledger.insights.words import value_words
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.live.figures import ScopeUse
from clepsydra.tui.present.main import client_name
from clepsydra.tui.widgets.drawing import LOWER_EIGHTHS, as_many
from clepsydra.tui.widgets.lines import Word, WordLine
from clepsydra.tui.widgets.log_table import Cell, Column, TableRow
from clepsydra.tui.widgets.week_grid import HEIGHTS, GridCell, WeekView

BAR = 14
FULL, EMPTY = "━", "─"
EARLY, LATE = 14, 40
"""The half hours shown at least: seven in the morning to eight in the evening."""
_MONDAY = date(2024, 1, 1)


def rate_columns(tr: Translator) -> tuple[Column, ...]:
    """The columns of the rates."""
    return (
        Column(tr.p("column", "Client"), 18, share=1, most=40),
        Column("", BAR, drop=3),
        Column(tr.p("column", "Earns"), 12, align="right"),
        Column(tr.p("column", "Agreed"), 12, align="right", drop=1),
        Column(tr.p("column", "Hours"), 9, align="right"),
        Column(tr.p("column", "By week"), 13, drop=2),
    )


def expected_rate(found: Insight, row: RateRow) -> Fraction | None:
    """Minor units an hour of a client earned or will earn: invoiced work, and what waits to be stated."""
    return per_hour(sum(found.trends.get(row.client, ())), row.earning.seconds)


def rate_rows(found: Insight, ledger: Ledger, tr: Translator) -> list[TableRow]:
    """One row per client, the best first: what an hour earns beside what was agreed, and its weeks."""
    rated = [(row, expected_rate(found, row)) for row in found.rates.clients]
    rated.sort(key=lambda each: (not each[0].earning.ranked, -(each[1] or 0)))
    best: dict[str, Fraction] = {}
    for row, rate in rated:
        tops = [rate or Fraction(0), row.earning.standard or Fraction(0), best.get(row.currency, Fraction(0))]
        best[row.currency] = max(tops)
    return [_rate_row(found, ledger, row, rate, best[row.currency], tr) for row, rate in rated]


def _rate_row(
    found: Insight, ledger: Ledger, row: RateRow, rate: Fraction | None, best: Fraction, tr: Translator
) -> TableRow:
    client = ledger.client(row.client)
    filled = round(BAR * float((rate or 0) / best)) if best else 0
    cost = found.rates.cost
    losing = cost is not None and row.currency == found.rates.cost_currency and (rate or 0) < cost.worked
    mark = "!" if losing and row.earning.ranked else " "
    name = client_name(client, tr) + ("" if row.earning.ranked else " " + tr.t("(too few hours)"))
    return TableRow(
        row.client,
        (
            Cell(name),
            Cell(FULL * filled + EMPTY * (BAR - filled), "loss" if losing else "billable"),
            Cell(formats.hourly_rate(rate, row.currency, tr.lang), "loss" if losing else "foreground"),
            Cell(formats.hourly_rate(row.earning.standard, row.currency, tr.lang), "muted"),
            Cell(formats.duration(row.earning.seconds, tr.lang), "muted"),
            Cell(spark(found.trends.get(row.client, ())), "work"),
        ),
        mark,
        "loss",
    )


def spark(values: tuple[int, ...]) -> str:
    """A line of small bars, one for each value, thinned to thirteen."""
    step = max(1, -(-len(values) // 13))
    sums = [sum(values[n : n + step]) for n in range(0, len(values), step)]
    top = max(sums, default=0)
    return "".join(LOWER_EIGHTHS[max(1, round(value * 8 / top))] if value > 0 else "·" for value in sums) if top else ""


def summary(found: Insight | None, currency: str, tr: Translator) -> list[WordLine]:
    """The whole business in two lines, the person's own currency first; while it is being read, that it is."""
    if found is None:
        return [WordLine((Word(" " + tr.t("reading the log…"), "muted"),))]
    report = found.rates
    codes = sorted(report.totals, key=lambda code: (code != currency, code))
    if not codes:
        return [WordLine((Word(" " + tr.t("nothing logged in that period"), "muted"),))]

    def rate(minor: Fraction | None, code: str) -> str:
        return formats.hourly_rate(minor, code, tr.lang)

    total = report.totals[codes[0]]
    first = [Word(" " + rate(total.real, codes[0]), "billable", bold=True)]
    first.append(Word("  " + tr.t("invoiced so far, over all client hours"), "muted"))
    second = [Word(" " + rate(total.cash, codes[0]), "foreground"), Word("  " + tr.t("collected"), "muted")]
    if report.cost is not None and codes[0] == report.cost_currency:
        cost = rate(report.cost.worked, codes[0])
        second.append(Word("   " + tr.t("an hour costs {rate}", rate=cost), "attention"))
    others = [Word(rate(report.totals[code].real, code) + " ", "billable") for code in codes[1:]]
    return [WordLine(tuple(first), tuple(_billable_share(found, tr))), WordLine(tuple(second), tuple(others))]


def _billable_share(found: Insight, tr: Translator) -> Iterator[Word]:
    if found.rates.utilisation is not None:
        share = formats.percent(found.rates.utilisation * 100, tr.lang, 0)
        yield Word(tr.t("{percent} of the time billable", percent=share) + " ", "muted")


def week_view(found: Insight, currency: str, tr: Translator) -> WeekView:
    """The grid of a typical week, from the first to the last half hour with work, seven to eight at least."""
    used = [n for n in range(SLOTS) if any(day[n].seconds for day in found.week)]
    first, last = min([EARLY, *used]), max([LATE - 1, *used])
    busiest = max((slot.seconds for day in found.week for slot in day), default=0)
    usual = _usual(found, currency)
    rows = tuple(tuple(_cell(day[n], busiest, usual, currency) for n in range(first, last + 1)) for day in found.week)
    names = tuple(formats.weekday(_MONDAY + timedelta(days=n), tr.lang) for n in range(7))
    return WeekView(names, first, rows)


def _usual(found: Insight, currency: str) -> Fraction:
    minor = sum(slot.minor.get(currency, 0) for day in found.week for slot in day)
    seconds = sum(slot.seconds for day in found.week for slot in day if currency in slot.minor)
    return per_hour(minor, seconds) or Fraction(0)


def _cell(slot: Slot, busiest: int, usual: Fraction, currency: str) -> GridCell:
    if not slot.seconds or not busiest:
        return GridCell()
    rate = per_hour(slot.minor.get(currency, 0), slot.seconds) or Fraction(0)
    meaning = "loss" if rate < usual / 2 else "attention" if rate < usual else "billable"
    return GridCell(slot.seconds / busiest, meaning)


def slot_name(weekday: int, slot: int, tr: Translator) -> str:
    """A half hour of the week: its weekday and begin."""
    day = formats.weekday(_MONDAY + timedelta(days=weekday), tr.lang, wide=True)
    return f"{day} {formats.clock(time(slot // 2, slot % 2 * 30))}"


def slot_words(found: Insight, weekday: int, slot: int, own: str, tr: Translator, room: int = 200) -> str:
    """What the cursor of the grid stands on, in so many cells; the rate in the person's `own` currency first."""
    here = found.week[weekday][slot]
    weekly = formats.duration(here.seconds // found.weeks, tr.lang)
    earned = own_first({code: minor for code, minor in here.minor.items() if minor}, own)
    rates = [formats.hourly_rate(per_hour(minor, here.seconds), code, tr.lang) for code, minor in earned]
    return as_many([slot_name(weekday, slot, tr), *rates[:1], tr.t("{time} a week", time=weekly), *rates[1:]], room)


def week_title(tr: Translator) -> str:
    """The title of the grid, with what its shapes mean: at the usual rate or more, at less, at half or less."""
    words = (("billable", tr.t("usual")), ("attention", tr.t("less")), ("loss", tr.t("half")))
    return tr.t("A typical week") + "".join(f" · {HEIGHTS[meaning][-1]} {said}" for meaning, said in words)


def heading_words(found: Insight, use: ScopeUse, tr: Translator) -> str:
    """Where an agreement is heading: what a fixed fee will have cost, beside the person's own estimate."""
    mine = (s for s in found.standings if (s.client.slug, s.project) == (use.client.slug, use.project))
    standing = next(mine, None)
    return value_words(standing, tr) if standing is not None else ""
