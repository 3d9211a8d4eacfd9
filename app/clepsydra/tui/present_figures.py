"""From live sums to the lines under the day: what is unbilled, what rounding takes, how far agreements are used."""

from collections.abc import Iterable
from datetime import date

from clepsydra.domain.billing import Figures
from clepsydra.language import formats
from clepsydra.language.translator import Translator
from clepsydra.ledger.live import ScopeUse, Snapshot, Sums
from clepsydra.tui.present import MINUS, OLD_AFTER_DAYS, client_name
from clepsydra.tui.widgets.lines import Line, Word
from clepsydra.tui.widgets.scope_bar import ScopeLevel


def counters(snapshot: Snapshot, today: date, tr: Translator) -> list[Line]:
    """The lines under the day: what is unbilled, what was worked, what rounding takes and gives."""
    return [_unbilled_line(snapshot, today, tr), _rounding_line(snapshot, tr)]


def _unbilled_line(snapshot: Snapshot, today: date, tr: Translator) -> Line:
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


def _rounding_line(snapshot: Snapshot, tr: Translator) -> Line:
    words_: list[Word] = [Word(" " + tr.t("Rounding") + "  ", "muted")]
    for label, sums in ((tr.t("today"), snapshot.today), (tr.t("month"), snapshot.month)):
        words_.append(Word(f"{label} ", "muted"))
        words_ += _loss_and_gain(sums, tr)
        words_.append(Word("   "))
    return Line(tuple(words_))


def _loss_and_gain(sums: Sums, tr: Translator) -> list[Word]:
    """Losses and gains side by side and never netted: time over all currencies, money per currency."""
    lost = sum(f.underbilled_seconds for f in sums.figures.values())
    gained = sum(f.overbilled_seconds for f in sums.figures.values())
    shown = []
    for seconds, attribute, sign, meaning in (
        (lost, "underbilled_minor", MINUS, "loss"), (gained, "overbilled_minor", "+", "gain"),
    ):  # fmt: skip
        money = " ".join(
            sign + formats.money(getattr(f, attribute), currency, tr.lang)
            for currency, f in sorted(sums.figures.items()) if getattr(f, attribute)
        )  # fmt: skip
        text = f"{sign}{formats.duration(seconds, tr.lang)}" + (f" {money}" if money else "")
        shown.append(Word(text, meaning if seconds else "muted"))
    return [shown[0], Word(" / ", "muted"), shown[1]]


def scope_levels(snapshot: Snapshot, tr: Translator) -> list[ScopeLevel]:
    """How far each agreement is used against how far its period has gone, the most used first."""
    return [_scope_level(use, tr) for use in snapshot.scopes if use.state.ratio is not None]


def _scope_level(use: ScopeUse, tr: Translator) -> ScopeLevel:
    state = use.state
    assert state.ratio is not None
    project = use.client.project(use.project) if use.project else None
    words_ = formats.percent(int(state.ratio * 100), tr.lang)
    if state.available:
        words_ += "  " + tr.t("{used} of {available}", used=formats.duration(state.used, tr.lang),
                              available=formats.duration(state.available, tr.lang))  # fmt: skip
    note = ""
    if state.over:
        note = tr.t("{time} over", time=formats.duration(state.over, tr.lang))
    elif state.elapsed_ratio is not None:
        note = tr.t("at {percent} of the period", percent=formats.percent(int(state.elapsed_ratio * 100), tr.lang))
    alarmed = state.level is not None and state.level >= 1
    warned = state.elapsed_ratio is not None and state.ratio > state.elapsed_ratio and state.level is not None
    return ScopeLevel(
        name=client_name(use.client, tr) + (f" · {project.name or project.slug}" if project else ""),
        used=float(state.ratio),
        words=words_,
        elapsed=None if state.elapsed_ratio is None else float(state.elapsed_ratio),
        meaning="loss" if alarmed else "attention" if warned else "billable",
        note=note,
    )


def rounding_words(figures: Figures, currency: str, tr: Translator) -> str:
    """A client's four parts of rounding in one line."""
    parts = []
    for name, label in (
        ("rule_loss", tr.t("lost by rule")), ("manual_loss", tr.t("given by hand")),
        ("rule_gain", tr.t("gained by rule")), ("manual_gain", tr.t("gained by hand")),
    ):  # fmt: skip
        seconds, minor = getattr(figures, f"{name}_seconds"), getattr(figures, f"{name}_minor")
        if seconds or minor:
            parts.append(f"{label} {formats.duration(seconds, tr.lang)} {formats.money(minor, currency, tr.lang)}")
    return " · ".join(parts)
