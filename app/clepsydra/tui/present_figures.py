"""From live sums to the lines under the day: what is unbilled, what rounding takes, how far agreements are used."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from clepsydra.domain.billing import Figures
from clepsydra.domain.money import half_up
from clepsydra.domain.terms import Client
from clepsydra.language import formats
from clepsydra.language.translator import Translator
from clepsydra.ledger.live import ScopeUse, Snapshot
from clepsydra.tui.present import MINUS, OLD_AFTER_DAYS, client_name
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
    the person's `own` comes first, and an ellipsis says that there are more.
    """
    rows = [(tr.t("today"), snapshot.today.figures), (tr.t("month"), snapshot.month.figures)]
    if client:
        rows.append((client_name(client, tr), dict(snapshot.month_by_client.get(client.slug, {}))))
    return [_rounding_head(width, tr), *(_rounding_row(label, sums, own, width, tr) for label, sums in rows)]


WIDE, WIDEST = 110, 160
"""From these widths on, what was under- and overbilled, then every part of rounding, shows its money too."""


def _widths(width: int) -> list[tuple[int, bool]]:
    """The cells of each column, and whether its money is shown."""
    parts, sums = width >= WIDEST, width >= WIDE
    plain = (9 if sums else 8, False)
    return [(21, True) if shown else plain for shown in (parts, parts, parts, parts, sums, sums)]


def _rounding_head(width: int, tr: Translator) -> Line:
    titles = (tr.t("rule −"), tr.t("rule +"), tr.t("hand −"), tr.t("hand +"), tr.t("under"), tr.t("over"))
    cells = zip(titles, _widths(width), strict=True)
    words = [Word(fit(title, size, "right"), "muted") for title, (size, _) in cells]
    return Line((Word(" " + fit(tr.t("Rounding"), 11), "muted"), *words, Word("  " + tr.t("net"), "muted")))


def _rounding_row(label: str, sums: Mapping[str, Figures], own: str, width: int, tr: Translator) -> Line:
    currency = own if own in sums or not sums else min(sums)
    more = "…" if sum(1 for f in sums.values() if f.exact_seconds) > 1 else ""

    def money(figure: str, sign: str) -> str:
        minor = getattr(sums.get(currency, Figures()), f"{figure}_minor")
        return f" {sign}{formats.money(minor, currency, tr.lang)}{more}" if minor else ""

    shown: list[Word] = [Word(" " + fit(label, 11), "muted")]
    for column, (size, with_money) in zip(_COLUMNS, _widths(width), strict=True):
        seconds = sum(getattr(f, f"{column.figure}_seconds") for f in sums.values())
        text = column.sign + formats.duration(seconds, tr.lang) if seconds else "–"
        if with_money and seconds:
            text += money(column.figure, column.sign)
        shown.append(Word(fit(text, size, "right"), column.meaning if seconds else "muted"))
    net_seconds = sum(f.net_seconds for f in sums.values())
    net_minor = sums.get(currency, Figures()).net_minor
    text = "  " + formats.duration(net_seconds, tr.lang, sign=True)
    if net_minor:
        text += f" {formats.money(net_minor, currency, tr.lang, sign=True)}{more}"
    shown.append(Word(text, "loss" if net_seconds < 0 else "gain" if net_seconds else "muted", bold=True))
    return Line(tuple(shown))


def scope_levels(snapshot: Snapshot, tr: Translator) -> list[ScopeLevel]:
    """How far each agreement is used against how far its period has gone, the most used first."""
    return [_scope_level(use, tr) for use in snapshot.scopes if use.state.ratio is not None]


def _scope_level(use: ScopeUse, tr: Translator) -> ScopeLevel:
    state = use.state
    assert state.ratio is not None
    project = use.client.project(use.project) if use.project else None
    name = client_name(use.client, tr) + (f" · {project.name or project.slug}" if project else "")
    words_ = formats.percent(int(state.ratio * 100), tr.lang)
    if state.available:
        words_ += "  " + tr.t("{used} of {available}", used=formats.duration(state.used, tr.lang),
                              available=formats.duration(state.available, tr.lang))  # fmt: skip
    note, short = _scope_notes(use, tr)
    alarmed = state.level is not None and state.level >= 1
    warned = state.elapsed_ratio is not None and state.ratio > state.elapsed_ratio and state.level is not None
    return ScopeLevel(
        name=("! " if use.alert is not None else "") + name,
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
