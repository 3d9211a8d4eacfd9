"""What rounding and agreed times take and give, as a table that fits its width, and what its columns mean."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from rich.cells import cell_len

from clepsydra.domain.figures import Figures
from clepsydra.domain.records import dataclass, replace
from clepsydra.domain.terms import Client
from clepsydra.language import formats
from clepsydra.language.translator import Translator
from clepsydra.ledger.live.figures import Snapshot
from clepsydra.tui.present.main import MINUS, client_name
from clepsydra.tui.widgets.drawing import fit
from clepsydra.tui.widgets.lines import Word, WordLine
from clepsydra.tui.widgets.table_columns import tail_of


@dataclass(frozen=True, slots=True)
class RoundingColumn:
    """One column of the rounding table: which figure, its sign and its colour, with its money where there is room."""

    figure: str
    sign: str
    meaning: str


_COLUMNS = (
    RoundingColumn("rule_loss", MINUS, "loss"),
    RoundingColumn("rule_gain", "+", "gain"),
    RoundingColumn("unit_loss", MINUS, "muted"),
    RoundingColumn("unit_gain", "+", "muted"),
    RoundingColumn("manual_loss", MINUS, "loss"),
    RoundingColumn("manual_gain", "+", "gain"),
    RoundingColumn("underbilled", MINUS, "loss"),
    RoundingColumn("overbilled", "+", "gain"),
)


def rounding_lines(
    snapshot: Snapshot, clients: Sequence[Client], own: str, width: int, tr: Translator
) -> list[WordLine]:
    """What rounding takes and gives: today, this week, this month, and this month of some clients.

    Losses and gains stand side by side, never netted; net is beside them. Amounts of several currencies are not added:
    the person's `own` comes first, the others follow in the net, by their names alone where there is no room.
    """
    rows = [
        (tr.t("today"), snapshot.today.figures),
        (tr.t("week"), snapshot.week.figures),
        (tr.t("month"), snapshot.month.figures),
    ]
    rows += [(client_name(each, tr), dict(snapshot.month_by_client.get(each.slug, {}))) for each in clients]
    table = [_RoundingRow(label, sums, own if own in sums or not sums else min(sums), tr) for label, sums in rows]
    titles = (
        tr.t("rule −"),
        tr.t("rule +"),
        tr.t("unit −"),
        tr.t("unit +"),
        tr.t("hand −"),
        tr.t("hand +"),
        tr.t("under"),
        tr.t("over"),
    )
    lines = _fitted(_RoundingTable(table, (tr.t("Rounding"), titles, tr.t("net"))), width)
    by_client = WordLine((Word(" " + tr.t("this month, by client"), "heading"),))
    return [*lines[:4], *([by_client, *lines[4:]] if clients else [])]


def _fitted(table: "_RoundingTable", width: int) -> list[WordLine]:
    """The table in the richest shape that has room."""
    shape = next((each for each in _SHAPES if table.width(each, _LABEL) <= width), _SHAPES[-1])
    if (widest := table.width(shape, _LABEL)) > width:
        return table.lines(shape, _LABEL)
    # Whole names are worth more than columns in which there is nothing; else they have the cells that are left.
    for each in (shape, replace(shape, sparse=True)):
        if table.width(each, _WIDE_LABEL) <= width:
            return table.lines(each, _WIDE_LABEL)
    return table.lines(shape, _LABEL + width - widest)


def rounding_legend(tr: Translator) -> list[tuple[str, str]]:
    """What each column of the table says."""
    return [
        (tr.t("rule −"), tr.t("time that was worked and that the rounding rule does not bill")),
        (tr.t("rule +"), tr.t("time that the rounding rule bills beyond what was worked")),
        (tr.t("unit −"), tr.t("time beyond the day or half-day that was sold: no rounding")),
        (tr.t("unit +"), tr.t("time of a day or half-day that was sold and not worked: no rounding")),
        (tr.t("hand −"), tr.t("time that an agreed total gave away: “let’s say two hours”")),
        (tr.t("hand +"), tr.t("time that an agreed total added")),
        (tr.t("under"), tr.t("billed less than was worked, group by group")),
        (tr.t("over"), tr.t("billed more than was worked, group by group")),
        (tr.t("net"), tr.t("over less under; the two are never netted elsewhere")),
    ]


@dataclass(frozen=True, slots=True)
class _Shape:
    """How much the table shows: which columns with their money, the net in all currencies or only their names, and
    the cells between columns; `sparse` leaves out the columns in which there is nothing, `summed` all but the sums;
    `exact` tells times to the second, so that parts and sums are seen to agree."""

    money: tuple[bool, ...] = (False,) * 8
    net: Literal["all", "named", "own", "time"] = "own"
    gap: int = 2
    sparse: bool = False
    summed: bool = False
    exact: bool = True


_PARTS, _SUMS = (True,) * 8, (False,) * 6 + (True,) * 2
_EXACT = (
    *(_Shape(money, net) for money in (_PARTS, _SUMS) for net in ("all", "named")),
    *(_Shape(net=net) for net in ("all", "named")),
    *(_Shape(net=net, gap=gap, sparse=True) for net in ("named", "own") for gap in (2, 1)),
)
_BAREST = (_Shape(net="time", gap=1, sparse=True, exact=False), _Shape(summed=True, exact=False))
_SHAPES = (*_EXACT, *(replace(shape, exact=False) for shape in _EXACT), *_BAREST)
"""From the richest to the barest: the first that fits is shown."""


_NOTHING = Word("–", "muted")


@dataclass(frozen=True, slots=True)
class _RoundingRow:
    """One row: its label, its figures by currency, the currency its amounts are in."""

    label: str
    sums: Mapping[str, Figures]
    currency: str
    tr: Translator

    def time(self, seconds: int, sign: str, *, exact: bool) -> str:
        """A time with its sign, to the second where there is room for that."""
        return sign + (formats.timer(seconds) if exact else formats.duration(seconds, self.tr.lang))

    def cell(self, column: RoundingColumn, *, with_money: bool, exact: bool) -> Word:
        """One figure over all currencies, and its amount in the row's own."""
        seconds = sum(getattr(f, f"{column.figure}_seconds") for f in self.sums.values())
        if not seconds:
            return _NOTHING
        text = self.time(seconds, column.sign, exact=exact)
        minor = getattr(self.sums.get(self.currency, Figures()), f"{column.figure}_minor")
        if with_money and minor:
            text += f" {column.sign}{formats.money(minor, self.currency, self.tr.lang)}"
        return Word(text, column.meaning)

    def net(self, shown: str, *, exact: bool) -> tuple[str, str, str, str]:
        """Losses and gains together: the time, the amount, other currencies that have a net too, shown or named; and
        what that means."""
        seconds = sum(f.net_seconds for f in self.sums.values())
        minors = {currency: f.net_minor for currency, f in sorted(self.sums.items()) if f.net_minor}
        time, amount = self.time(seconds, "+" if seconds > 0 else "", exact=exact), ""
        if shown != "time" and self.currency in minors:
            amount = formats.money(minors[self.currency], self.currency, self.tr.lang, sign=True)
        others = [currency for currency in minors if currency != self.currency]
        told = [formats.money(minors[each], each, self.tr.lang, sign=True) for each in others]
        rest = {"all": "  ".join(told), "named": " ".join(f"+ {currency}" for currency in others)}.get(shown, "")
        if not seconds and not minors:
            time = _NOTHING.text
        return time, amount, rest, "loss" if seconds < 0 else "gain" if seconds else "muted"


_LABEL, _WIDE_LABEL, _FIGURE = 11, 24, 6
"""Cells of the labels, also where there is room for names, and the fewest of a figure: so the columns keep still while
figures grow and the cursor goes from client to client."""


class _RoundingTable:
    """The table in columns as wide as what they hold; what several shapes show alike is told once."""

    def __init__(self, rows: Sequence[_RoundingRow], titles: tuple[str, tuple[str, ...], str]) -> None:
        self._rows = rows
        self._label, self._heads, self._net = titles
        self._columns: dict[tuple[int, bool, bool], tuple[list[Word], int]] = {}
        self._last: dict[tuple[str, bool], list[Word]] = {}

    def width(self, shape: _Shape, label_width: int) -> int:
        """The cells of its widest line."""
        columns = sum(shape.gap + width for _, width in self._shown(shape))
        return 1 + label_width + columns + 2 + max(cell_len(word.text) for word in self._nets(shape))

    def lines(self, shape: _Shape, label_width: int) -> list[WordLine]:
        """The titles and the rows."""
        gap, columns = " " * shape.gap, self._shown(shape)
        return [
            WordLine((
                Word(" " + fit(label, label_width), "muted"),
                *(Word(gap + fit(words[n].text, width, "right"), words[n].meaning) for words, width in columns),
                last._replace(text="  " + last.text),
            ))
            for n, (label, last) in enumerate(
                zip((self._label, *(row.label for row in self._rows)), self._nets(shape), strict=True)
            )
        ]  # fmt: skip

    def _shown(self, shape: _Shape) -> list[tuple[list[Word], int]]:
        """The columns of a shape."""
        columns = [self._column(n, money, shape.exact) for n, money in enumerate(shape.money)]
        if shape.summed:
            return [column for column, of_sums in zip(columns, _SUMS, strict=True) if of_sums]
        return [each for each in columns if not shape.sparse or any(word != _NOTHING for word in each[0][1:])]

    def _column(self, n: int, money: bool, exact: bool) -> tuple[list[Word], int]:
        """One column with its title, and how many cells it takes."""
        key = n, money, exact
        if key not in self._columns:
            cells = [row.cell(_COLUMNS[n], with_money=money, exact=exact) for row in self._rows]
            words = [Word(self._heads[n], "muted"), *cells]
            self._columns[key] = words, max(_FIGURE, *(cell_len(word.text) for word in words))
        return self._columns[key]

    def _nets(self, shape: _Shape) -> list[Word]:
        """The last column with its title."""
        key = shape.net, shape.exact
        if key not in self._last:
            self._last[key] = list(_nets(self._net, [row.net(shape.net, exact=shape.exact) for row in self._rows]))
        return self._last[key]


def _nets(title: str, nets: Sequence[tuple[str, str, str, str]]) -> Iterator[Word]:
    """The last column with its title: times under times, amounts met at their figures."""
    times = max(cell_len(title), *(cell_len(time) for time, *_ in nets))
    tails = [tail_of(amount) or "" for _, amount, *_ in nets]
    widest = max(map(cell_len, tails))
    amounts = [amount + " " * (widest - cell_len(tail))
               for (_, amount, *_), tail in zip(nets, tails, strict=True)]  # fmt: skip
    width = max(map(cell_len, amounts))
    yield Word(fit(title, times, "right"), "muted")
    for (time, _, rest, meaning), amount in zip(nets, amounts, strict=True):
        told = f"{fit(time, times, 'right')} {fit(amount, width, 'right')}  {rest}"
        yield Word(told.rstrip(), meaning, bold=True)
