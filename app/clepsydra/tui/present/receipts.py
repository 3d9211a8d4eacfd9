"""What was paid of a debt, and how the rest is to be, in words for the screen."""

from collections.abc import Sequence
from datetime import date

from clepsydra.domain.receivables import Debt, Part
from clepsydra.domain.statement import Statement
from clepsydra.domain.terms import Client
from clepsydra.language import formats
from clepsydra.language.money_words import allocation_kind
from clepsydra.language.translator import Translator
from clepsydra.ledger.receivables.receipts import Allocated
from clepsydra.tui.present.main import client_name
from clepsydra.tui.present.statement import line_row
from clepsydra.tui.widgets.lines import Word, WordLine
from clepsydra.tui.widgets.log_table import Cell, TableRow


def closed_lines(
    debt: Debt, rows: Sequence[Allocated], credit_minor: int, own: str, today: date, tr: Translator
) -> list[WordLine]:
    """The plan, what closed it so far, and the credit that could; `own` is the currency of exchanges."""
    lines = []
    if debt.parts:
        words = [Word(tr.t("plan") + " ", "muted")]
        for index, part in enumerate(debt.parts, 1):
            words += [Word("  " if index > 1 else ""), _part(part, debt.currency, today, tr)]
        lines.append(WordLine(tuple(words)))
    if rows:
        text = " · ".join(_closed(row, own, tr) for row in rows)
        words = [Word(text, "muted")]
        if debt.open_minor:
            left = formats.money(debt.open_minor, debt.currency, tr.lang)
            words.append(Word("  " + tr.t("{amount} open", amount=left)))
        lines.append(WordLine(tuple(words)))
    if credit_minor > 0 and debt.open_minor:
        amount = formats.money(credit_minor, debt.currency, tr.lang)
        lines.append(
            WordLine((Word(tr.t("the client has a credit of {amount}: = applies it", amount=amount), "gain"),))
        )
    return lines


def _part(part: Part, currency: str, today: date, tr: Translator) -> Word:
    """One part of a plan: its day, what is open of it, a sign for paid and late."""
    day = formats.date(part.due, tr.lang, "day")
    if not part.open_minor:
        return Word(f"✓ {day}", "gain")
    late = bool(part.late_days(today))
    sign, meaning = ("!", "attention") if late else ("○", "pending")
    return Word(f"{sign} {day} {formats.money(part.open_minor, currency, tr.lang)}", meaning)


def _closed(row: Allocated, own: str, tr: Translator) -> str:
    amount = (
        formats.money(row.minor, row.currency, tr.lang) if row.minor else formats.money(row.taken_minor, own, tr.lang)
    )
    return f"{formats.date(date.fromordinal(row.day), tr.lang, 'day')} {allocation_kind(row.kind, tr)} {amount}"


def debt_row(debt: Debt, client: Client | None, today: date, tr: Translator) -> TableRow:
    """Something open in a list: how late it is, or when it is due."""
    late = (today - debt.next_due).days
    part = sum(1 for each in debt.parts if not each.open_minor) + 1
    due = formats.date(debt.next_due, tr.lang, "day")
    if late > 0:
        sign, meaning, words = "!", "attention", tr.n("{count} day late", "{count} days late", late)
    else:
        sign, meaning = ("◐" if debt.open_minor < debt.total_minor else "○"), "pending"
        words = tr.t("due {day}", day=due)
    if debt.parts:
        words += " · " + tr.t("part {n}/{count}", n=part, count=len(debt.parts))
    return TableRow(
        debt.number,
        (
            Cell(client_name(client, tr) if client else debt.client),
            Cell(debt.number, "muted"),
            Cell(formats.money(debt.open_minor, debt.currency, tr.lang), "billable"),
            Cell(words, meaning),
        ),
        sign,
        meaning,
    )


def stated(statement: Statement, tr: Translator) -> tuple[list[TableRow], list[WordLine]]:
    """The lines of a statement in the table of a document, and what they come to."""

    def money(minor: int) -> str:
        return formats.money(minor, statement.currency, tr.lang)

    first = [Word(tr.t("before tax {amount}", amount=money(statement.net_minor)), "muted")]
    if statement.tax:
        rate = formats.percent(statement.tax, tr.lang)
        first.append(Word(f"  {tr.t('Tax {percent}', percent=rate)} {money(statement.tax_minor)}", "muted"))
    total = Word(tr.t("total {amount}", amount=money(statement.total_minor)), "billable")
    return _statement_rows(statement, tr), [WordLine(right=tuple(first)), WordLine(right=(total,))]


def _statement_rows(statement: Statement, tr: Translator) -> list[TableRow]:
    """Description, time, rate, tax, amount of each line."""
    tax = Cell(formats.percent(statement.tax, tr.lang) if statement.tax else "", "muted")
    rows = []
    for index, line in enumerate(statement.lines):
        row = line_row(line, statement, tr)
        _, description, _, billed, _, _, rate, amount = row.cells
        rows.append(TableRow(f"stated:{index}", (description, billed, rate, tax, amount), row.mark, row.mark_meaning))
    return rows
