"""Statements in words for the screen: what is to bill, what was issued, the lines with what each loses and gains.

The losses are for the person's eyes; the documents a client gets come from `exchange` and do not show them.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from rich.cells import cell_len

from clepsydra.domain.figures import Figures
from clepsydra.domain.money import exponent, own_first
from clepsydra.domain.session import DEFAULT_PROJECT, Channel, Scope
from clepsydra.domain.statement import Line as StatementLine
from clepsydra.domain.statement import LineSort, Statement, StatementState
from clepsydra.domain.terms import Client
from clepsydra.exchange.statement.rows import rate_words, use_words
from clepsydra.language import formats, words
from clepsydra.language.folding import folded
from clepsydra.language.translator import Translator
from clepsydra.ledger.billing.preview import Preview
from clepsydra.ledger.billing.statements import Head
from clepsydra.ledger.live.figures import Snapshot
from clepsydra.tui.present.main import MINUS, OLD_AFTER_DAYS, client_name
from clepsydra.tui.widgets.client_list import ClientRow
from clepsydra.tui.widgets.drawing import split_amount
from clepsydra.tui.widgets.lines import Word, WordLine
from clepsydra.tui.widgets.log_table import Cell, TableRow

_STATES = {
    "paid": ("✓", "gain"),
    "nothing due": ("–", "muted"),
    "overdue": ("!", "attention"),
    "part paid": ("◐", "pending"),
    "issued": ("○", "pending"),
    "void": ("×", "muted"),
}
"""The sign and the meaning of each state of an issued statement."""


def to_bill(snapshot: Snapshot, clients: Iterable[Client], today: date, tr: Translator) -> list[ClientRow]:
    """The clients with billable work on no statement yet, the oldest first."""
    found = [(snapshot.unbilled[c.slug], c) for c in clients if c.slug in snapshot.unbilled and not c.own]
    waiting = [(sums, client) for sums, client in found if sums.sessions or sums.minor]
    waiting.sort(key=lambda pair: (-pair[0].age_days(today), folded(pair[1].name)))
    rows = []
    for sums, client in waiting:
        days = sums.age_days(today)
        rows.append(
            ClientRow(
                slug=client.slug,
                name=client_name(client, tr),
                amount=formats.money(sums.minor, client.currency, tr.lang),
                decimals=exponent(client.currency),
                age=formats.age(days * 86_400, tr.lang) if days else "",
                age_meaning="attention" if days > OLD_AFTER_DAYS else "muted",
            )
        )
    return rows


def state_of(head: Head, late: Collection[str]) -> str:
    """Where a listed statement stands: paid, in part too, overdue (its number is among the `late`), issued, void, or
    with nothing due.
    """
    if head.state == "void":
        return "void"
    if not head.total_minor:
        return "nothing due"
    if head.paid_minor >= head.total_minor:
        return "paid"
    if head.number in late:
        return "overdue"
    return "part paid" if head.paid_minor else "issued"


def state_words(state: str, tr: Translator) -> str:
    """The word for a state."""
    if state == "overdue":
        return tr.p("statement state", "overdue")
    if state == "part paid":
        return tr.p("statement state", "part paid")
    return words.statement_state(StatementState(state), tr)


def tail_of(currencies: Iterable[str], lang: str) -> int:
    """How many cells the longest of these currencies takes after the whole units of an amount."""
    return max((len(split_amount(formats.money(0, c, lang), exponent(c))[1]) for c in currencies), default=0)


def aligned(minor: int, currency: str, lang: str, tail: int) -> str:
    """An amount whose decimal sign keeps its place in a right-aligned column of several currencies."""
    whole, rest = split_amount(formats.money(minor, currency, lang), exponent(currency))
    return whole + rest.ljust(tail)


def head_row(head: Head, clients: Mapping[str, Client], late: Collection[str], tail: int, tr: Translator) -> TableRow:
    """An issued statement in the list."""
    state = state_of(head, late)
    sign, meaning = _STATES[state]
    client = clients.get(head.client)
    quiet = "muted" if state in ("void", "paid", "nothing due") else "foreground"
    return TableRow(
        head.number,
        (
            Cell(head.number, quiet),
            Cell(client_name(client, tr) if client else head.client, quiet),
            Cell(aligned(head.total_minor, head.currency, tr.lang, tail), quiet),
            Cell(state_words(state, tr) + (" ◐" if state == "overdue" and head.paid_minor else ""), meaning),
        ),
        sign,
        meaning,
    )


def line_row(line: StatementLine, statement: Statement, tr: Translator) -> TableRow:
    """A line with what was exact and billed, and what that loses or gains.

    The hours that a fee includes are shown and cost nothing; a fee and what a cap takes off have no time behind them.
    """
    included = line.sort is LineSort.INCLUDED
    timed = line.sort not in (LineSort.FEE, LineSort.CAP)
    out = line.scope is Scope.OUT
    rate = rate_words(line, statement.currency, tr.lang) if timed and not included else ""
    amount = formats.money(line.figures.billed_minor + line.fee_minor, statement.currency, tr.lang)
    return TableRow(
        line.sessions[0] if line.sessions else "",
        (
            Cell(_days(line.first_day, line.last_day, tr.lang), "muted"),
            Cell(_description(line, tr), "out-of-scope" if out else "foreground"),
            *(_times(line.figures, "muted" if included else "foreground") if timed else (Cell(""),) * 4),
            Cell(rate, "muted"),
            Cell("–", "muted") if included else Cell(amount, "billable"),
        ),
        "◇" if out else "=" if line.agreed else " ",
        "out-of-scope" if out else "pending",
    )


def total_row(statement: Statement, tr: Translator) -> TableRow:
    """The sums under the lines."""
    count = len(statement.lines)
    return TableRow(
        "total",
        (
            Cell(""),
            Cell(tr.n("{count} line", "{count} lines", count), "muted"),
            *_times(statement.totals),
            Cell(""),
            Cell(formats.money(statement.net_minor, statement.currency, tr.lang), "billable"),
        ),
    )


def _times(f: Figures, meaning: str = "foreground") -> tuple[Cell, Cell, Cell, Cell]:
    """To the second, so that what is exact, lost and gained makes what is billed."""
    lost, gained = f.underbilled_seconds, f.overbilled_seconds
    return (
        Cell(formats.timer(f.exact_seconds), meaning),
        Cell(formats.timer(f.billed_seconds), meaning),
        Cell(MINUS + formats.timer(lost) if lost else "", "loss"),
        Cell("+" + formats.timer(gained) if gained else "", "gain"),
    )


def _days(first: date, last: date, lang: str) -> str:
    if first == last:
        return formats.date(first, lang, "day")
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{formats.date(last, lang, 'day')}"
    return f"{first.day}/{first.month}–{last.day}/{last.month}"


def _description(line: StatementLine, tr: Translator) -> str:
    """What a line bills, what tells most about it first: a narrow column cuts off the rest."""
    parts = [line.note] if line.note else []
    if line.project != DEFAULT_PROJECT:
        parts.append(line.project_name or line.project)
    if name := words.line_title(line, tr):
        parts.insert(0, name)
    if line.channel and (line.channel is not Channel.WORK or not parts):
        parts.insert(0 if not line.note else len(parts), words.channel(line.channel, tr))
    if line.scope is not Scope.IN:
        parts.append(words.scope(line.scope, tr))
    if line.agreed:
        parts.append(tr.t("time as agreed"))
    if line.use:
        parts += use_words(line.use, tr)
    return " · ".join(parts)


def sums(statement: Statement, below: tuple[Word, ...], tr: Translator, surcharge_minor: int = 0) -> list[WordLine]:
    """Three lines under the table: losses and gains, how they came about, `below`; at the right what is to be paid."""
    f, money = statement.totals, _Money(statement.currency, tr.lang)
    lost = money.loss(f.underbilled_seconds, f.underbilled_minor)
    gained = money.gain(f.overbilled_seconds, f.overbilled_minor)
    whole = (Word(" " + tr.t("lost") + " ", "muted"), lost, Word("   " + tr.t("gained") + " ", "muted"), gained)
    by_hand: tuple[Word, ...] = ()
    if f.manual_loss_seconds or f.manual_gain_seconds:
        by_hand = (
            Word(" " + tr.t("of it by agreed times") + " ", "muted"),
            money.loss(f.manual_loss_seconds, f.manual_loss_minor), Word(" / ", "muted"),
            money.gain(f.manual_gain_seconds, f.manual_gain_minor),
        )  # fmt: skip
    if surcharge_minor:
        amount = formats.money(surcharge_minor, statement.currency, tr.lang, sign=True)
        by_hand += Word(" " + tr.t("surcharges the invoice adds") + " ", "muted"), Word(amount + "  ", "billable")
    return [WordLine(left, right) for left, right in zip((whole, by_hand, below), _to_pay(statement, tr), strict=True)]


class _Money(NamedTuple):
    """Says losses and gains in time and in one currency."""

    currency: str
    lang: str

    def loss(self, seconds: int, minor: int) -> Word:
        if not seconds:
            return Word("–", "muted")
        amount = formats.money(-minor, self.currency, self.lang)
        return Word(f"{MINUS}{formats.timer(seconds)} {amount}", "loss")

    def gain(self, seconds: int, minor: int) -> Word:
        if not seconds:
            return Word("–", "muted")
        amount = formats.money(minor, self.currency, self.lang, sign=True)
        return Word(f"+{formats.timer(seconds)} {amount}", "gain")


def _to_pay(statement: Statement, tr: Translator) -> list[tuple[Word, ...]]:
    """Tax, total and balance, as far as they say something, in three places that end with the most important."""
    tax = tr.t("Tax {percent}", percent=formats.percent(Fraction(statement.tax), tr.lang))
    rows = [(tax, statement.tax_minor, "foreground")] if statement.tax else []
    rows.append((tr.p("statement", "Total"), statement.total_minor, "billable"))
    if statement.paid_minor:
        rows.append((tr.p("statement", "Still to pay"), statement.balance_minor, "pending"))
    shown = [(label, formats.money(minor, statement.currency, tr.lang), meaning) for label, minor, meaning in rows]
    width = max(len(amount) for _, amount, _ in shown)
    rights: list[tuple[Word, ...]] = [
        (Word(f"  {label}  ", "muted"), Word(amount.rjust(width) + " ", meaning, bold=meaning == "billable"))
        for label, amount, meaning in shown
    ]
    return rights + [()] * (3 - len(rights))


def left_out(preview: Preview, unbilled: int | None, tr: Translator) -> tuple[Word, ...]:
    """Why some work of the period is not on the preview, and what is on it in doubt; what runs with its worth where
    the client’s `unbilled` minor units are told beside the preview of all of them.
    """
    parts, statement = [], preview.statement
    if preview.running:
        parts.append(tr.n("{count} running", "{count} running", preview.running))
        apart = 0 if unbilled is None or preview.doubtful else unbilled - statement.net_minor
        if apart > 0:
            parts[0] += " " + formats.money(apart, statement.currency, tr.lang)
    if preview.doubtful:
        parts.append(tr.n("{count} to confirm", "{count} to confirm", preview.doubtful))
    if preview.pending:
        parts.append(tr.n("{count} out of scope undecided", "{count} out of scope undecided", preview.pending))
    said = [Word(" " + tr.t("left out") + " ", "muted"), Word(" · ".join(parts), "attention")] if parts else []
    if preview.unsure:
        unsure = tr.n("{count} unsure is billed", "{count} unsure are billed", preview.unsure)
        said.append(Word(("   " if said else " ") + unsure, "unsure"))
    if preview.doubts:
        doubts = tr.n("{count} doubt, said before it is issued", "{count} doubts, said before it is issued",
                      len(preview.doubts))  # fmt: skip
        said.append(Word(("   " if said else " ") + doubts, "attention"))
    for first, last in preview.cut:
        cut = tr.t("cuts the agreed time of {days}", days=formats.days(first, last, tr.lang))
        said.append(Word(("   " if said else " ") + cut, "attention"))
    return tuple(said)


def facts(statement: Statement, state: str, tr: Translator) -> tuple[Word, ...]:
    """Of an issued statement: its state, when it is due, what was paid, why it is void."""
    sign, meaning = _STATES[state]
    parts = [Word(f" {sign} {state_words(state, tr)}", meaning)]
    if state == "void" and statement.void_reason:
        parts.append(Word(f" · {words.void_reason(statement.void_reason, tr)}", "muted"))
    elif state != "void" and statement.due_on:
        parts.append(Word(" · " + tr.t("due {day}", day=formats.date(statement.due_on, tr.lang)), "muted"))
    if statement.paid_minor:
        paid = formats.money(statement.paid_minor, statement.currency, tr.lang)
        parts.append(Word(" · " + tr.t("paid {amount}", amount=paid), "muted"))
    return tuple(parts)


def state_now(statement: Statement, late: Collection[str]) -> str:
    """Where an issued statement stands: paid, overdue, issued, void, or with nothing due."""
    return "overdue" if statement.number in late else statement.state.value


def amounts(by_currency: Mapping[str, int], own: str, lang: str, width: int) -> str:
    """Amounts side by side, one per currency; where there is no room for all, the first, and the others by name."""
    ordered = own_first(by_currency, own)
    told = [formats.money(minor, currency, lang) for currency, minor in ordered]
    whole = "  ".join(told)
    return whole if cell_len(whole) <= width else formats.money_first(ordered, lang)
