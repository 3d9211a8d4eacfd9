"""The figures over the lists of Money, and what is known of when a debt will be paid, in words."""

from collections.abc import Mapping, Sequence

from rich.cells import cell_len

from clepsydra.domain.forecast_cash import Expectation
from clepsydra.domain.receivables import Debt
from clepsydra.language import cash_words, formats
from clepsydra.language.translator import Translator
from clepsydra.ledger.forecast.aside import MoneyFigures
from clepsydra.ledger.receivables.owed_sums import OwedSum
from clepsydra.tui.present.cash import short
from clepsydra.tui.widgets.lines import Word, WordLine
from clepsydra.tui.widgets.log_table import Cell, Column, TableRow

EXTRA = (Column("", 15, drop=2), Column("", 38, drop=3))
"""The columns of what is known of a debt's payment, where there is room."""

_BAR = "▇"
_LONGEST = 7
"""Cells of the longest bar of ageing."""


def head(rows: Sequence[OwedSum], figures: MoneyFigures | None, own: str, width: int, tr: Translator) -> list[WordLine]:
    """Owed, overdue, thirty days and days of sales of one currency, and how old what is owed is; none without debts.

    It is the person's currency where it is owed in it; others are named, and stand in full in the reports. How far
    the thirty days may be off is left out where a line of `width` cells has no room for it.
    """
    if not rows:
        return []
    row = next((each for each in rows if each.currency == own), rows[0])
    words = [Word(" " + tr.t("Owed") + " ", "muted"), Word(_money(row.owed_minor, row, tr), "foreground", bold=True)]
    others = "".join(f" + {each.currency}" for each in rows if each is not row)
    words += [Word(others, "muted"), *_overdue(row, rows, tr)]
    within = _within_30_days(row, figures, tr)
    if sum(cell_len(word.text) for word in (*words, *within)) > width:
        within = within[:2]
    return [WordLine((*words, *within)), WordLine(_ages(row, tr), _days(row, figures, tr))]


def _overdue(row: OwedSum, rows: Sequence[OwedSum], tr: Translator) -> list[Word]:
    """What of it is late; that something is late in other currencies too."""
    late = [each for each in (row, *(each for each in rows if each is not row)) if each.overdue_minor]
    if not late:
        return []
    amounts = formats.money_first([(each.currency, each.overdue_minor) for each in late], tr.lang)
    return [Word("  " + tr.t("overdue {amount}", amount=amounts), "attention")]


def _money(minor: int, row: OwedSum, tr: Translator) -> str:
    return formats.money(minor, row.currency, tr.lang)


def _within_30_days(row: OwedSum, figures: MoneyFigures | None, tr: Translator) -> tuple[Word, ...]:
    """What comes in within thirty days, once it is read, and between what it may be where that is not the same."""
    made = figures.outlook.of(row.currency) if figures else None
    if made is None:
        return ()
    band = made.days_30
    low, high = (short(minor, row.currency, tr.lang) for minor in (band.p10, band.p90))
    about = f" ({low} – {high})" if band.p10 != band.p90 else ""
    return Word("  " + tr.t("in 30 d") + " ", "muted"), Word(_money(band.p50, row, tr)), Word(about, "muted")


def _days(row: OwedSum, figures: MoneyFigures | None, tr: Translator) -> tuple[Word, ...]:
    """The days of sales that are owed, once they are read."""
    known = figures.days.currencies if figures else ()
    days = next((each.outstanding.days for each in known if each.currency == row.currency), None)
    if days is None:
        return ()
    number = formats.number(cash_words.tenths(days), tr.lang, 1)
    return Word("DSO ", "muted"), Word(tr.t("{days} d", days=number) + " ")


def _ages(row: OwedSum, tr: Translator) -> tuple[Word, ...]:
    """What is owed by how late it is, as bars to one scale with their amounts."""
    not_due, first, second, *rest = row.buckets
    parts = [(tr.p("ages of debts", "not due"), not_due), ("1–30", first), ("31–60", second), ("61+", sum(rest))]
    largest = max(1, *(minor for _, minor in parts))
    words = list[Word]()
    for index, (name, minor) in enumerate(parts):
        bar = _BAR * max(1, minor * _LONGEST // largest) + " " if minor > 0 else ""
        meaning = ("billable", "pending", "attention", "loss")[index]
        words += [Word(f" {name} ", "muted"), Word(bar, meaning), Word(f"{short(minor, row.currency, tr.lang)} ")]
    return tuple(words)


def expected_of(figures: MoneyFigures | None) -> Mapping[str, Expectation]:
    """When each numbered debt is expected; of a plan, its next part."""
    found: dict[str, Expectation] = {}
    for made in figures.outlook.currencies if figures else ():
        for part in sorted(made.parts, key=lambda part: part.middle):
            if part.incoming.number:
                found.setdefault(part.incoming.number, part)
    return found


def payment_words(
    debt: Debt, figures: MoneyFigures | None, expected: Mapping[str, Expectation], tr: Translator
) -> tuple[str, str]:
    """When a debt is expected, and how its client pays; empty until it is read."""
    if figures is None or debt.number not in expected:
        return "", ""
    habit = cash_words.habit(figures.outlook.habits.get(debt.client), tr)
    return cash_words.expected_on(expected[debt.number], tr), habit


def with_payment(row: TableRow, words: tuple[str, str]) -> TableRow:
    """A row of a debt with the columns of `EXTRA`."""
    return row._replace(cells=(*row.cells, Cell(words[0]), Cell(words[1], "muted")))


def foot(words: tuple[str, str], tr: Translator) -> str:
    """The same in one line."""
    expected, habit = words
    return tr.t("expected {day} · {habit}", day=expected, habit=habit) if expected else ""
