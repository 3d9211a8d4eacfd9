"""From live sums to the lines under the day: what is unbilled, what rounding takes, how far agreements are used."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from clepsydra.domain.money import half_up, minor_units, own_first
from clepsydra.language import formats
from clepsydra.language.translator import Translator
from clepsydra.ledger.live.figures import ScopeUse, Snapshot, Sums
from clepsydra.settings.model import Goal, Goals
from clepsydra.tui.present.main import MINUS, OLD_AFTER_DAYS, client_name
from clepsydra.tui.widgets.lines import Word, WordLine
from clepsydra.tui.widgets.meter import Figure
from clepsydra.tui.widgets.scope_bar import CALM, ScopeLevel

if TYPE_CHECKING:
    from clepsydra.ledger.receivables.owed_sums import OwedSum
    from clepsydra.ledger.spans import SpanTotals


def earned_words(snapshot: Snapshot, goals: Goals, own: str, width: int, tr: Translator) -> list[Word]:
    """What today and this week brought so far, against a goal where there is one; the week only where there is room."""
    stretches = [
        (tr.p("earned", "today"), snapshot.today, goals.day),
        (tr.t("week"), snapshot.week, goals.week),
    ]
    shown = []
    for label, sums, goal in stretches[: 2 if width >= WEEK_FROM else 1]:
        gap = "   " if width >= WEEK_FROM else "  "
        shown += [Word(f"{gap}{label} ", "muted"), *_against(sums, goal, own, tr)]
    return shown if width >= _EARNED_FROM else []


_EARNED_FROM, WEEK_FROM, YEAR_FROM = 76, 100, 140


def week_word(snapshot: Snapshot, goals: Goals, own: str, tr: Translator) -> Word:
    """What the week brought in one word, which leaves the line as a whole where it has no room."""
    reached = _against(snapshot.week, goals.week, own, tr)[0].text
    return Word(f"{tr.t('week')} {reached}  ", "muted")


def _against(sums: Sums, goal: Goal | None, own: str, tr: Translator) -> list[Word]:
    if goal is not None and goal.seconds is not None:
        reached, time = sums.seconds >= goal.seconds, formats.duration(sums.seconds, tr.lang)
        of = tr.t("of {goal}", goal=formats.duration(goal.seconds, tr.lang))
        return [Word(time, "billable" if reached else "foreground", bold=True), Word(f" {of}", "muted")]
    minor = sums.earned(own)
    others = sorted(code for code in sums.figures if code != own and sums.earned(code))
    amount = formats.money(minor, own, tr.lang)
    target = minor_units(goal.amount, own) if goal and goal.amount is not None else None
    words = [Word(amount, "billable" if target is not None and minor >= target else "foreground", bold=True)]
    if target is not None:
        words.append(Word(" " + tr.t("of {goal}", goal=formats.money(target, own, tr.lang)), "muted"))
    if others:
        words.append(Word(" + " + " + ".join(others), "muted"))
    return words


def unbilled_line(snapshot: Snapshot, today: date, own: str, tr: Translator) -> WordLine:
    """What waits to be billed, the person's currency first, how old the oldest of it is, and how much was worked."""
    totals = own_first(snapshot.unbilled_totals(), own)
    amounts = "  ".join(formats.money(minor, currency, tr.lang) for currency, minor in totals)
    left = [Word(" " + tr.t("Unbilled") + "  ", "muted"), Word(amounts or "–", "foreground", bold=True)]
    days = max((row.age_days(today) for row in snapshot.unbilled.values() if row.sessions), default=0)
    if days:
        age = formats.age(days * 86_400, tr.lang)
        oldest, meaning = tr.t("oldest {age}", age=age), "attention" if days > OLD_AFTER_DAYS else "muted"
        left.append(Word(f"  {oldest}", meaning, shorter=(f"  {age}", "")))
    left.append(Word("  "))
    return WordLine(tuple(left), tuple(_worked(snapshot, tr)))


def _worked(snapshot: Snapshot, tr: Translator) -> Iterable[Word]:
    yield Word(tr.t("worked") + " ", "muted")
    for label, sums in (
        (tr.t("month"), snapshot.month), (tr.t("week"), snapshot.week), (tr.t("today"), snapshot.today),
    ):  # fmt: skip
        yield Word(f"{label} {formats.duration(sums.seconds, tr.lang)}  ", "muted")


def owed_line(rows: "Sequence[OwedSum]", own: str, key: str, tr: Translator) -> WordLine:
    """What is owed and overdue, the person's currency first, and how late the oldest of it is; more is behind a key."""
    ranked = sorted(rows, key=lambda row: (row.currency != own, row.currency))
    owed = "  ".join(formats.money(row.owed_minor, row.currency, tr.lang) for row in ranked)
    words = [Word(" " + tr.t("Owed") + "  ", "muted"), Word(owed, "foreground", bold=True)]
    overdue, oldest = _late(ranked, tr)
    if overdue:
        words += [Word(f"  {overdue}", "attention"), Word(f"  {oldest}", "muted")]
    return WordLine((*words, Word("  ")), _behind(key, tr))


def owed_briefly(rows: "Sequence[OwedSum]", own: str, tr: Translator) -> WordLine:
    """What is overdue, or else what is owed, where there is only half a line for it."""
    ranked = sorted(rows, key=lambda row: (row.currency != own, row.currency))
    overdue, oldest = _late(ranked, tr)
    if overdue:
        return WordLine((Word(f"  {formats.sentence(overdue)} ", "attention"),), (Word(f"{oldest} ", "muted"),))
    owed = formats.money_first([(row.currency, row.owed_minor) for row in ranked], tr.lang)
    return WordLine((Word("  " + tr.t("Owed") + "  ", "muted"), Word(owed, "foreground", bold=True)))


def _late(ranked: "Sequence[OwedSum]", tr: Translator) -> tuple[str, str]:
    """What is overdue, other currencies than the first by name, and how late the oldest of it is; empty if nothing."""
    late = [row for row in ranked if row.overdue_minor]
    if not late:
        return "", ""
    overdue = formats.money_first([(row.currency, row.overdue_minor) for row in late], tr.lang)
    oldest = formats.age(max(row.late_days for row in late) * formats.DAY, tr.lang)
    return tr.t("overdue {amount}", amount=overdue), tr.t("oldest {age}", age=oldest)


def rounding_line(snapshot: Snapshot, own: str, key: str, tr: Translator) -> WordLine:
    """What rounding and agreed times took and gave this month, in one line; its parts are behind a key."""
    sums = snapshot.month.figures
    currency = own if own in sums or not sums else min(sums)
    words = [Word(" " + tr.t("Rounding this month") + "  ", "muted")]
    if not any(f.rule_loss_seconds + f.manual_loss_seconds + f.rule_gain_seconds + f.manual_gain_seconds
               for f in sums.values()):  # fmt: skip
        return WordLine((*words, Word("–", "muted")), _behind(key, tr))
    for names, sign, meaning in (
        (("rule_loss", "manual_loss"), MINUS, "loss"), (("rule_gain", "manual_gain"), "+", "muted"),
    ):  # fmt: skip
        seconds = sum(getattr(f, f"{name}_seconds") for f in sums.values() for name in names)
        minor = sum(getattr(sums[currency], f"{name}_minor") for name in names) if currency in sums else 0
        text = f"{sign}{formats.duration(seconds, tr.lang)} {sign}{formats.money(minor, currency, tr.lang)}"
        words.append(Word(f"{text}   " if seconds else f"{sign}0   ", meaning if seconds else "muted"))
    return WordLine(tuple(words), _behind(key, tr))


def _behind(key: str, tr: Translator) -> tuple[Word, ...]:
    """The key of the screen that has the rest."""
    return Word(f"{key} ", "key"), Word(tr.t("details") + "  ", "muted")


def scope_levels(snapshot: Snapshot, tr: Translator) -> list[ScopeLevel]:
    """How far each agreement is used against how far its period has gone; a sign before those in danger."""
    uses = by_danger(snapshot)
    marked = any(_danger(use) != CALM for use in uses)
    levels = []
    for use in uses:
        mark = "! " if _danger(use) != CALM else "  " if marked else ""
        levels.append(_scope_level(use, mark, tr))
    return levels


def by_danger(snapshot: Snapshot) -> list[ScopeUse]:
    """The agreements of which a share is used: those in danger, then the most used."""
    uses = [use for use in snapshot.scopes if use.state.ratio is not None]
    return sorted(uses, key=lambda use: _DANGERS.index(_danger(use)))


_DANGERS = ("loss", "attention", CALM)


def _danger(use: ScopeUse) -> str:
    """What is used up; what is used faster than its period goes, or nearly used up where it has none."""
    state = use.state
    if state.ratio is None or state.level is None:
        return CALM
    if state.level >= 1:
        return "loss"
    pace = NEARLY if state.elapsed_ratio is None else state.elapsed_ratio
    return "attention" if state.ratio > pace else CALM


NEARLY = 0.8
"""The share of a ceiling from which on it is in danger."""


def agreement_name(use: ScopeUse, tr: Translator) -> str:
    """Whose agreement it is: the client, and the project where it has its own."""
    project = use.client.project(use.project) if use.project else None
    return client_name(use.client, tr) + (f" · {project.name or project.slug}" if project else "")


def _scope_level(use: ScopeUse, mark: str, tr: Translator) -> ScopeLevel:
    state = use.state
    assert state.ratio is not None
    words_ = tr.t("{percent} of {what}", percent=formats.percent(int(state.ratio * 100), tr.lang), what=_whole(use, tr))
    note, short = _scope_notes(use, tr)
    return ScopeLevel(
        name=mark + agreement_name(use, tr),
        used=float(state.ratio),
        words=words_,
        elapsed=None if state.elapsed_ratio is None else float(state.elapsed_ratio),
        meaning=_danger(use),
        note=note,
        short=short,
    )


def _whole(use: ScopeUse, tr: Translator) -> str:
    """What the share is a share of: the hours of the period, or the amount at which the agreement is capped."""
    contract, available = use.state.contract, use.state.available
    if available:
        return tr.t("the {time} agreed", time=formats.duration(available, tr.lang))
    if contract.cap is not None:
        minor = minor_units(contract.cap, use.client.currency)
        return tr.t("the {amount} cap", amount=formats.money(minor, use.client.currency, tr.lang))
    return tr.t("the agreement")


def _scope_notes(use: ScopeUse, tr: Translator) -> tuple[str, str]:
    """How far the period has gone, what drifts and when the hours run out; and the same without the last."""
    state, parts = use.state, []
    if state.over:
        parts.append(tr.t("{time} over", time=formats.duration(state.over, tr.lang)))
    elif state.elapsed_ratio is not None:
        elapsed = formats.percent(int(state.elapsed_ratio * 100), tr.lang)
        parts.append(tr.t("at {percent} of the time", percent=elapsed))
    short, drift = list(parts), half_up(use.drift * 100) if use.drift else 0
    if drift:
        share = formats.percent(drift, tr.lang)
        short.append(tr.t("drift {percent}", percent=share))
        parts.append(tr.t("drift {percent}: work nobody agreed", percent=share))
    end = [_end_words(use, tr)] if state.available and not state.over else []
    return " · ".join([*parts, *end]), " · ".join(short)


def _end_words(use: ScopeUse, tr: Translator) -> str:
    if use.end is None:
        return tr.t("end: not enough data")
    if use.end.latest is None:
        return tr.t("end from {day} on", day=formats.date(use.end.earliest, tr.lang, "day"))
    return tr.t("end {days}", days=formats.days(use.end.earliest, use.end.latest, tr.lang))


def week_figures(days: "Sequence[SpanTotals]", today: date, snapshot: Snapshot, tr: Translator) -> list[Figure]:
    """The days of a week as bars of their hours; today's are those of now, and an empty weekend has no line."""
    figures = []
    for day in days:
        seconds = snapshot.today.seconds if day.first == today else day.seconds
        if not seconds and day.first.weekday() > 4 and day.first != today:
            continue
        name = formats.date(day.first, tr.lang, "weekday").rsplit(" ", 2)[0]
        words = formats.timer(seconds) if seconds else "–"
        figures.append(Figure(name, seconds, words, "timer-running" if day.first == today else "work"))
    return figures


def status_words(calls: Sequence[Word], days: int, problems: int, tr: Translator, *, tonight: bool) -> list[Word]:
    """What waits beside the work, and `calls` as they are noticed: the last of it stays longest where it is narrow,
    which is what is to be done, or an open microphone.

    This evening's close waits, or that of `days` before today, and `problems` in files.
    """
    words = []
    if tonight:
        text, short = tr.t("close the day: {press[go.day]}"), tr.t("close: {press[go.day]}")
        words.append(Word(f"◷ {text}  ", "attention", shorter=(f"◷ {short} ", "◷ ")))
    elif days:
        text = tr.n("{count} day to close: {press[go.day]}", "{count} days to close: {press[go.day]}", days)
        short = tr.n("close {count} day: {press[go.day]}", "close {count} days: {press[go.day]}", days)
        least = tr.n("{count} day: {press[go.day]}", "{count} days: {press[go.day]}", days)
        words.append(Word(f"◷ {text}  ", "attention", shorter=(f"◷ {short} ", f"◷ {least} ", f"◷ {days} ")))
    if problems:
        text = tr.n("{count} problem in the client files", "{count} problems in the client files", problems)
        short = tr.n("{count} problem", "{count} problems", problems)
        words.append(Word(text + "  ", "attention", shorter=(f"! {short} ", f"!{problems} ")))
    open_microphone = any(word.bold for word in calls)
    return [*words, *calls] if open_microphone or not words else [*calls, Word("  "), *words]
