"""Cash to come in words for the screen: the weeks, the parts of one, the month in three lines and what each is of."""

from collections.abc import Sequence
from datetime import timedelta
from fractions import Fraction

from clepsydra.domain.forecast_cash import CashForecast, ExpectedMoney
from clepsydra.domain.money import exponent, half_up
from clepsydra.domain.month_revenue import MonthRevenue
from clepsydra.domain.records import dataclass
from clepsydra.language import cash_words, formats
from clepsydra.language.translator import Translator
from clepsydra.ledger.forecast.expecting import CashOutlook
from clepsydra.ledger.ledger import Ledger
from clepsydra.tui.present.main import client_label
from clepsydra.tui.widgets.cash_weeks import CashColumn
from clepsydra.tui.widgets.lines import Word, WordLine
from clepsydra.tui.widgets.log_table import Cell, Column, TableRow

MONTH_LINES = ("contracted", "expected", "hopeful")
_SHORT = 100_000


def columns(each: CashForecast, lang: str) -> list[CashColumn]:
    """The weeks as columns."""
    return [
        CashColumn(
            (week.band.p10, week.band.p50, week.band.p90),
            (week.invoiced.p10, week.invoiced.p50, week.invoiced.p90),
            f"{week.begins.isocalendar().week}",
            short(week.band.p50, each.currency, lang) if week.band.p90 else "",
        )
        for week in each.weeks
    ]


def short(minor: int, currency: str, lang: str) -> str:
    """An amount in whole major units without its currency, in thousands where it is long."""
    exact = Fraction(minor, 10 ** exponent(currency))
    major = half_up(exact)
    return formats.number(major, lang, 0) if major < _SHORT else f"{formats.number(half_up(exact / 1000), lang, 0)}k"


def week_title(each: CashForecast, week: int, tr: Translator) -> str:
    """The days of a week and its band."""
    begins, band = each.weeks[week].begins, each.weeks[week].band
    low, middle, high = (formats.money(minor, each.currency, tr.lang) for minor in (band.p10, band.p50, band.p90))
    days = formats.days(begins, begins + timedelta(days=6), tr.lang)
    if low == high:
        return tr.t("{days}: {middle}", days=days, middle=middle)
    return tr.t("{days}: {middle} ({low} – {high})", days=days, middle=middle, low=low, high=high)


def summary(outlook: CashOutlook, each: CashForecast | None, own: str, tr: Translator) -> list[WordLine]:
    """What comes in within thirty days, and the account at the end where its balance was told."""
    if each is None:
        return []
    lines = [WordLine((Word(" " + cash_words.days_30(each, tr), "foreground", bold=True),))]
    if outlook.balance is not None and each.currency == own:
        low, middle, high = (formats.money(minor, own, tr.lang) for minor in outlook.balance.weeks[-1])
        words = tr.t("in the account at the end: {middle} ({low} – {high})", middle=middle, low=low, high=high)
        lines.append(WordLine((Word(" " + words, "muted"),)))
    return lines


def legend(tr: Translator) -> str:
    """What the strokes of a column mean."""
    return tr.t("█ nearly sure  ▓ likely  ░ if all goes well  ┃ ┃ not invoiced yet")


def part_columns() -> tuple[Column, ...]:
    """The columns of what comes in during a week."""
    return (
        Column("", 14, share=2, most=34), Column("", 11, share=1, most=20), Column("", 12, align="right"),
        Column("", 14), Column("", 24, share=3, drop=1),
    )  # fmt: skip


def part_rows(outlook: CashOutlook, each: CashForecast, week: int, ledger: Ledger, tr: Translator) -> list[TableRow]:
    """What comes in during a week in one draw of ten at least."""
    rows = []
    for index, part in enumerate(each.of_week(week)):
        money = part.incoming
        cells = (
            Cell(client_label(money.client, ledger.catalogue.clients, tr)),
            Cell(money.number or cash_words.sort(money.sort, tr), "muted"),
            Cell(formats.money(money.minor, each.currency, tr.lang), _meaning(money)),
            Cell(cash_words.expected_on(part, tr)),
            Cell(cash_words.habit(outlook.habits.get(money.client), tr), "muted"),
        )
        rows.append(TableRow(f"{index}", cells, "●" if money.sort.invoiced else "○", _meaning(money)))
    return rows


def _meaning(money: ExpectedMoney) -> str:
    return "billable" if money.sort.invoiced else "pending"


def month_rows(each: MonthRevenue | None, tr: Translator) -> list[TableRow]:
    """The three lines of the month."""
    if each is None:
        return []
    found = zip(MONTH_LINES, cash_words.month_lines(each, tr), ("billable", "foreground", "muted"), strict=True)
    return [
        TableRow(id_, (Cell(name), Cell(formats.money(minor, each.currency, tr.lang), meaning), Cell(what, "muted")))
        for id_, (name, minor, what), meaning in found
    ]


def line_title(line: str, tr: Translator) -> str:
    """What a line of the month is made of, as a title."""
    if line == MONTH_LINES[0]:
        return tr.t("What is contracted")
    if line == MONTH_LINES[1]:
        return tr.t("The usual pace: the middle of the last eight of each weekday")
    return tr.t("A good pace: what one of four of each weekday exceeds")


def month_columns() -> tuple[Column, ...]:
    """The columns of the three lines."""
    return (Column("", 11), Column("", 13, align="right"), Column("", 20, share=1))


def month_parts(each: MonthRevenue, line: str, ledger: Ledger, tr: Translator) -> list[TableRow]:
    """What a line of the month is made of: what clients brought and agreements bring, or the pace of the days left."""
    if line == MONTH_LINES[0]:
        return _contracted(each, ledger, tr)
    hopeful = line == MONTH_LINES[2]
    rows = []
    for pace in (pace for pace in each.paces if pace.brings):
        minor = half_up(pace.quartile if hopeful else pace.median)
        name = cash_words.weekday(pace.weekday, tr)
        left = tr.n("{count} day left", "{count} days left", pace.left)
        weeks = tr.n("of {count} week", "of {count} weeks", pace.weeks)
        cells = (Cell(name), Cell(left, "muted"), Cell(formats.money(minor, each.currency, tr.lang)),
                 Cell(weeks, "muted"), Cell(""))  # fmt: skip
        rows.append(TableRow(f"{pace.weekday}", cells))
    return rows


def _contracted(each: MonthRevenue, ledger: Ledger, tr: Translator) -> list[TableRow]:
    clients = ledger.catalogue.clients
    found: Sequence[tuple[str, str, str, int]] = [
        *((slug, "", tr.t("earned"), minor) for slug, minor in each.earned.items()),
        *((slug, project, tr.t("agreed"), minor) for (slug, project), minor in each.fees.items()),
    ]
    return [
        TableRow(
            f"{index}",
            (Cell(client_label(slug, clients, tr)), Cell(project or what, "muted"),
             Cell(formats.money(minor, each.currency, tr.lang), "billable"), Cell(""), Cell("")),
        )
        for index, (slug, project, what, minor) in enumerate(sorted(found, key=lambda row: -row[3]))
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class CashView:
    """Everything that is read for the screen."""

    outlook: CashOutlook
    months: tuple[MonthRevenue, ...]

    def currencies(self, own: str) -> list[str]:
        """The currencies with something to show, the person's own first."""
        codes = {each.currency for each in self.outlook.currencies}
        codes |= {each.currency for each in self.months if each.hopeful or each.contracted}
        return sorted(codes, key=lambda code: (code != own, code))

    def month(self, currency: str) -> MonthRevenue | None:
        """The month of one currency."""
        return next((each for each in self.months if each.currency == currency), None)
