"""From live sums to the lines under the day: what is unbilled, what rounding takes, how far agreements are used."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal

from rich.cells import cell_len

from clepsydra.domain.figures import Figures
from clepsydra.domain.money import half_up
from clepsydra.domain.records import dataclass
from clepsydra.domain.terms import Client
from clepsydra.language import formats
from clepsydra.language.translator import Translator
from clepsydra.ledger.live.figures import ScopeUse, Snapshot
from clepsydra.tui.present.main import MINUS, OLD_AFTER_DAYS, client_name
from clepsydra.tui.widgets.drawing import fit
from clepsydra.tui.widgets.lines import Line, Word
from clepsydra.tui.widgets.scope_bar import ScopeLevel


def unbilled_line(snapshot: Snapshot, today: date, tr: Translator) -> Line:
    """What waits to be billed, one amount per currency, how old the oldest of it is, and how much was worked."""
    totals = snapshot.unbilled_totals()
    amounts = "  ".join(formats.money(minor, currency, tr.lang) for currency, minor in sorted(totals.items()))
    left = [Word(" " + tr.t("Unbilled") + "  ", "muted"), Word(amounts or "–", "billable", bold=True)]
    days = max((row.age_days(today) for row in snapshot.unbilled.values() if row.sessions), default=0)
    if days:
        oldest = tr.t("oldest {age}", age=formats.age(days * 86_400, tr.lang))
        left.append(Word(f"  {oldest}", "attention" if days > OLD_AFTER_DAYS else "muted"))
    left.append(Word("  "))
    return Line(tuple(left), tuple(_worked(snapshot, tr)))


def _worked(snapshot: Snapshot, tr: Translator) -> Iterable[Word]:
    for label, sums in (
        (tr.t("month"), snapshot.month), (tr.t("week"), snapshot.week), (tr.t("today"), snapshot.today),
    ):  # fmt: skip
        yield Word(f"{label} {formats.duration(sums.seconds, tr.lang)}  ", "muted")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the rounding table: which figure, its sign and its colour, with its money where there is room."""

    figure: str
    sign: str
    meaning: str


_COLUMNS = (
    Column("rule_loss", MINUS, "loss"),
    Column("rule_gain", "+", "gain"),
    Column("manual_loss", MINUS, "loss"),
    Column("manual_gain", "+", "gain"),
    Column("underbilled", MINUS, "loss"),
    Column("overbilled", "+", "gain"),
)


def rounding_lines(snapshot: Snapshot, client: Client | None, own: str, width: int, tr: Translator) -> list[Line]:
    """What rounding takes and gives: today, this month, and this month of one client.

    Losses and gains stand side by side, never netted; net is beside them. Amounts of several currencies are not added:
    the person's `own` comes first, the others follow in the net, by their names alone where there is no room.
    """
    rows = [(tr.t("today"), snapshot.today.figures), (tr.t("month"), snapshot.month.figures)]
    if client:
        rows.append((client_name(client, tr), dict(snapshot.month_by_client.get(client.slug, {}))))
    table = [_RoundingRow(label, sums, own if own in sums or not sums else min(sums), tr) for label, sums in rows]
    titles = (tr.t("rule −"), tr.t("rule +"), tr.t("hand −"), tr.t("hand +"), tr.t("under"), tr.t("over"))
    heads = (tr.t("Rounding"), titles, tr.t("net"))
    for shape in _SHAPES:
        lines = _set(table, heads, shape, _LABEL)
        taken = max(sum(cell_len(word.text) for word in line.left) for line in lines)
        if taken <= width:
            return _set(table, heads, shape, _WIDE_LABEL) if taken + _WIDE_LABEL - _LABEL <= width else lines
    return lines


@dataclass(frozen=True, slots=True)
class _Shape:
    """How much the table shows: which columns with their money, the net in all currencies or only their names, and
    the cells between columns; `sparse` leaves out the columns in which there is nothing."""

    money: tuple[bool, ...] = (False,) * 6
    net: Literal["all", "named", "own", "time"] = "own"
    gap: int = 2
    sparse: bool = False


_PARTS, _SUMS = (True,) * 6, (False,) * 4 + (True,) * 2
_SHAPES = (
    *(_Shape(money, net) for money in (_PARTS, _SUMS) for net in ("all", "named")),
    *(_Shape(net=net) for net in ("all", "named")),
    *(_Shape(net=net, gap=gap, sparse=True) for net in ("named", "own") for gap in (2, 1)),
    _Shape(net="time", gap=1),
)
"""From the richest to the barest: the first that fits is shown."""


_NOTHING = Word("–", "muted")


@dataclass(frozen=True, slots=True)
class _RoundingRow:
    """One row: its label, its figures by currency, the currency its amounts are in."""

    label: str
    sums: Mapping[str, Figures]
    currency: str
    tr: Translator

    def cell(self, column: Column, *, with_money: bool) -> Word:
        """One figure over all currencies, and its amount in the row's own."""
        seconds = sum(getattr(f, f"{column.figure}_seconds") for f in self.sums.values())
        if not seconds:
            return _NOTHING
        text = column.sign + formats.duration(seconds, self.tr.lang)
        minor = getattr(self.sums.get(self.currency, Figures()), f"{column.figure}_minor")
        if with_money and minor:
            text += f" {column.sign}{formats.money(minor, self.currency, self.tr.lang)}"
        return Word(text, column.meaning)

    def net(self, shown: str) -> Word:
        """Losses and gains together; other currencies that have a net too are shown or named."""
        seconds = sum(f.net_seconds for f in self.sums.values())
        minors = {currency: f.net_minor for currency, f in sorted(self.sums.items()) if f.net_minor}
        parts = [formats.duration(seconds, self.tr.lang, sign=True)]
        if shown != "time" and self.currency in minors:
            parts.append(formats.money(minors[self.currency], self.currency, self.tr.lang, sign=True))
        others = [currency for currency in minors if currency != self.currency]
        if shown == "all":
            parts += [formats.money(minors[currency], currency, self.tr.lang, sign=True) for currency in others]
        elif shown == "named":
            parts += [f"+ {currency}" for currency in others]
        return Word(" ".join(parts), "loss" if seconds < 0 else "gain" if seconds else "muted", bold=True)


_LABEL, _WIDE_LABEL, _FIGURE = 11, 24, 6
"""Cells of the labels, also where there is room for names, and the fewest of a figure: so the columns keep still while
figures grow and the cursor goes from client to client."""


def _set(
    table: Sequence[_RoundingRow], titles: tuple[str, tuple[str, ...], str], shape: _Shape, label_width: int
) -> list[Line]:
    """The table in columns as wide as what they hold."""
    label, heads, net = titles
    gap = " " * shape.gap
    rows = [
        [row.cell(column, with_money=money) for column, money in zip(_COLUMNS, shape.money, strict=True)]
        for row in table
    ]
    widths = [
        max(_FIGURE, cell_len(head), *(cell_len(row[number].text) for row in rows)) for number, head in enumerate(heads)
    ]
    kept = [n for n in range(len(heads)) if not shape.sparse or any(row[n] != _NOTHING for row in rows)]

    def line(first: str, cells: Sequence[Word], last: Word) -> Line:
        words = [
            Word(gap + fit(cells[n].text, widths[n], "right"), cells[n].meaning)
            for n in kept
        ]  # fmt: skip
        return Line((Word(" " + fit(first, label_width), "muted"), *words, last._replace(text="  " + last.text)))

    head = line(label, [Word(title, "muted") for title in heads], Word(net, "muted"))
    nets = [row.net(shape.net) for row in table]
    return [head, *(line(row.label, cells, last) for row, cells, last in zip(table, rows, nets, strict=True))]


def scope_levels(snapshot: Snapshot, tr: Translator) -> list[ScopeLevel]:
    """How far each agreement is used against how far its period has gone, the most used first."""
    uses = [use for use in snapshot.scopes if use.state.ratio is not None]
    unmarked = "  " if any(use.alert is not None for use in uses) else ""
    return [_scope_level(use, "! " if use.alert is not None else unmarked, tr) for use in uses]


def agreement_name(use: ScopeUse, tr: Translator) -> str:
    """Whose agreement it is: the client, and the project where it has its own."""
    project = use.client.project(use.project) if use.project else None
    return client_name(use.client, tr) + (f" · {project.name or project.slug}" if project else "")


def _scope_level(use: ScopeUse, mark: str, tr: Translator) -> ScopeLevel:
    state = use.state
    assert state.ratio is not None
    words_ = formats.percent(int(state.ratio * 100), tr.lang)
    if state.available:
        words_ += "  " + tr.t("{used} of {available}", used=formats.duration(state.used, tr.lang),
                              available=formats.duration(state.available, tr.lang))  # fmt: skip
    note, short = _scope_notes(use, tr)
    alarmed = state.level is not None and state.level >= 1
    warned = state.elapsed_ratio is not None and state.ratio > state.elapsed_ratio and state.level is not None
    return ScopeLevel(
        name=mark + agreement_name(use, tr),
        used=float(state.ratio),
        words=words_,
        elapsed=None if state.elapsed_ratio is None else float(state.elapsed_ratio),
        meaning="loss" if alarmed else "attention" if warned else "billable",
        note=note,
        short=short,
    )


def _scope_notes(use: ScopeUse, tr: Translator) -> tuple[str, str]:
    """How far the period has gone, what drifts and when the hours run out; and the same without the last."""
    state, parts = use.state, []
    if state.over:
        parts.append(tr.t("{time} over", time=formats.duration(state.over, tr.lang)))
    elif state.elapsed_ratio is not None:
        elapsed = formats.percent(int(state.elapsed_ratio * 100), tr.lang)
        parts.append(tr.t("at {percent} of the time", percent=elapsed))
    drift = half_up(use.drift * 100) if use.drift else 0
    if drift:
        parts.append(tr.t("drift {percent}", percent=formats.percent(drift, tr.lang)))
    end = [_end_words(use, tr)] if state.available and not state.over else []
    return " · ".join([*parts, *end]), " · ".join(parts)


def _end_words(use: ScopeUse, tr: Translator) -> str:
    if use.end is None:
        return tr.t("end: not enough data")
    if use.end.latest is None:
        return tr.t("end from {day} on", day=formats.date(use.end.earliest, tr.lang, "day"))
    return tr.t("end {days}", days=formats.days(use.end.earliest, use.end.latest, tr.lang))
