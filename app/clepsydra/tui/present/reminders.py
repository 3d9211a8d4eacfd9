"""Reminders in words for the screen: who, how much, how late, which letter next and why now; and what else is to do."""

from collections.abc import Collection, Sequence
from datetime import date

from rich.cells import cell_len

from clepsydra.domain.chasing import ChaseLevel, ChaseStep
from clepsydra.domain.receivables import Debt
from clepsydra.language import dues_words, formats, reminder_tones
from clepsydra.language.translator import Translator
from clepsydra.ledger.chasing.charges import is_consumer
from clepsydra.ledger.chasing.evening import DuesItem, DuesKind
from clepsydra.ledger.chasing.reading import step_of, written
from clepsydra.ledger.ledger import Ledger
from clepsydra.tui.widgets.drawing import fit
from clepsydra.tui.widgets.lines import Word, WordLine
from clepsydra.tui.widgets.log_table import Cell, Column, TableRow

COLUMNS = (
    Column("", 14), Column("", 11), Column("", 12, align="right"), Column("", 18, drop=2),
    Column("", 28, share=1, drop=1),
)  # fmt: skip


def reminder_row(
    ledger: Ledger, step: ChaseStep, today: date, drafted: Collection[tuple[str, int]], tr: Translator
) -> TableRow:
    """A debt: whose, how much, how late, and what comes next."""
    debt = step.debt
    days = (today - step.due).days
    late = tr.n("{count} day late", "{count} days late", days) if days > 0 else tr.t("not due")
    sign, meaning, what = _next(step, (debt.id, int(step.level)) in drafted, tr,
                                consumer=is_consumer(ledger, debt.client))  # fmt: skip
    return TableRow(
        debt.number,
        (
            Cell(ledger.name_of(debt.client)),
            Cell(debt.number, "muted"),
            Cell(formats.money(debt.open_minor, debt.currency, tr.lang), "billable"),
            Cell(late, "attention" if days > 0 else "muted"),
            Cell(what, meaning),
        ),
        sign,
        meaning,
    )


def _next(step: ChaseStep, drafted: bool, tr: Translator, *, consumer: bool) -> tuple[str, str, str]:
    """The sign of a row, its colour, and which letter is next."""
    if step.stop:
        return " ", "muted", reminder_tones.stop(step.stop, tr)
    tone = reminder_tones.tone(step.level, tr, consumer=consumer)
    if drafted:
        return "✎", "pending", tr.t("{tone} · drafted, not sent", tone=tone)
    if step.now:
        return "!", "attention", tr.t("today · {tone}", tone=tone)
    return " ", "foreground", f"{formats.date(step.on, tr.lang, 'day')} · {tone}"


def why(ledger: Ledger, step: ChaseStep, tr: Translator) -> str:
    """Why this letter and why now, in a sentence."""
    parts = [
        tr.t("due on {day}", day=formats.date(step.due, tr.lang)),
        reminder_tones.tone(step.level, tr, consumer=is_consumer(ledger, step.debt.client)),
    ]
    if step.level is ChaseLevel.CHARGES:
        parts.append(tr.t("a call first often settles it"))
    if not ledger.client(step.debt.client).buyer.email:
        parts.append(tr.t("no email in the client’s file: a letter to print"))
    return " · ".join(parts)


def chase_line(ledger: Ledger, debt: Debt, tr: Translator) -> WordLine:
    """What was last written about a debt, and what comes next or why nothing does."""
    step = step_of(ledger, debt)
    sent = [row for row in written(ledger, debt.client) if row.debt == debt.id and row.sent_day is not None]
    words, consumer = [], is_consumer(ledger, debt.client)
    if sent:
        day = formats.date(date.fromordinal(sent[-1].sent_day or 1), tr.lang, "day")
        words.append(Word(f"{reminder_tones.tone(sent[-1].level, tr, consumer=consumer)} {day} · ", "muted"))
    _, meaning, what = _next(step, False, tr, consumer=consumer)
    words.append(Word(what if step.stop else tr.t("next letter: {what}", what=what), meaning))
    return WordLine(tuple(words))


def dues_lines(ledger: Ledger, items: Sequence[DuesItem], tr: Translator) -> list[WordLine]:
    """What else money wants done, a line each."""
    kinds = [dues_words.kind(item.kind.value, tr) for item in items]
    whose = [" · ".join(part for part in (ledger.name_of(item.client), item.number) if part) for item in items]
    wide = [max(map(cell_len, texts), default=0) for texts in (kinds, whose)]
    lines = []
    for item, kind, name in zip(items, kinds, whose, strict=True):
        amount = formats.money(item.minor, item.currency, tr.lang) if item.minor else ""
        when = dues_words.when(item.kind.value, item.day, item.days, item.usual_day, item.detail, tr)
        meaning = "attention" if item.kind in (DuesKind.PROMISE, DuesKind.LATE_BILLING) else "foreground"
        words = (
            Word(f" {fit(kind, wide[0])}  ", meaning),
            Word(fit(name, wide[1])),
            Word(f"  {when}", "muted"),
        )
        lines.append(WordLine(words, (Word(f"{amount} ", "billable"),)))
    return lines


def summary(items: Sequence[DuesItem], tr: Translator) -> str:
    """What money wants done, in one line: how many of each kind."""
    counts: dict[DuesKind, int] = {}
    for item in items:
        counts[item.kind] = counts.get(item.kind, 0) + 1
    named = ((dues_words.kind(kind.value, tr), count) for kind, count in counts.items())
    return " · ".join(tr.t("{reason}: {about}", reason=kind, about=count) for kind, count in named)
