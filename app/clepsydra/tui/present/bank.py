"""Lines of the bank in words for the screen: a row each, and what is known of the chosen one."""

from collections.abc import Mapping, Sequence
from datetime import date

from clepsydra.domain.match_proposal import Likeness, MatchProposal
from clepsydra.domain.receivables import Debt
from clepsydra.domain.terms import Client
from clepsydra.language import formats, matching_words
from clepsydra.language.translator import Translator
from clepsydra.ledger.receivables.bank_matching import BankLineRow
from clepsydra.tui.present.main import client_label
from clepsydra.tui.widgets.client_list import ClientRow
from clepsydra.tui.widgets.lines import Word, WordLine
from clepsydra.tui.widgets.log_table import Cell, Column, TableRow

_MARKS = {Likeness.SURE: "●", Likeness.LIKELY: "◐", Likeness.LOOK: "○"}
_MEANINGS = {Likeness.SURE: "gain", Likeness.LIKELY: "pending", Likeness.LOOK: "attention"}
CREDIT = "credit:"
"""Before a client among what a line may pay."""


def columns(tr: Translator) -> tuple[Column, ...]:
    """The columns of the list."""
    return (
        Column(tr.p("column", "Day"), 8),
        Column(tr.p("column", "Amount"), 12, align="right"),
        Column(tr.p("column", "From"), 14, share=2),
        Column(tr.p("column", "Pays"), 14, share=1),
        Column("", 11),
    )


def row(line: BankLineRow, proposal: MatchProposal | None, paid: str, tr: Translator) -> TableRow:
    """A line as a row: when, how much, from whom, what it pays or paid, how sure that is."""
    day = formats.date(date.fromordinal(line.day), tr.lang, "day")
    minor = line.rest_minor if proposal else line.minor
    amount = Cell(formats.money(minor, line.currency, tr.lang), "billable" if line.minor > 0 else "muted")
    said = Cell(" · ".join(filter(None, (line.name, line.text or line.ref))))
    if proposal is None:
        return TableRow(line.id, (Cell(day, "muted"), amount, said, Cell(paid), Cell(state(line, tr), "muted")))
    how = _MEANINGS[proposal.likeness]
    pays = ", ".join(proposal.documents)
    word = matching_words.likeness(proposal.likeness, tr)
    return TableRow(
        line.id, (Cell(day, "muted"), amount, said, Cell(pays), Cell(word, how)), _MARKS[proposal.likeness], how
    )


def state(line: BankLineRow, tr: Translator) -> str:
    """What became of a line, in a word."""
    if line.minor < 0:
        return tr.p("line of a bank", "passed on") if line.taken_minor else tr.p("line of a bank", "paid out")
    return {
        "open": tr.p("line of a bank", "open"),
        "matched": tr.p("line of a bank", "matched"),
        "ignored": tr.p("line of a bank", "ignored"),
    }[line.state]


def facts(
    line: BankLineRow, proposal: MatchProposal | None, clients: Mapping[str, Client], tr: Translator
) -> list[WordLine]:
    """What the bank told of a line, and what it is proposed to pay and why."""
    told = " · ".join(filter(None, (line.name, line.iban, line.ref))) or line.text
    lines = [WordLine((Word(f" {told}", "foreground", bold=True), Word(f"  {line.account}", "muted")))]
    if told != line.text:
        lines.append(WordLine((Word(f" {line.text}", "foreground"),)))
    if line.minor < -line.taken_minor:
        words = tr.t("money that went out: {press[bank.other]} makes it an expense of a client")
        lines.append(WordLine((Word(f" {words}", "muted"),)))
    if proposal is None:
        return lines
    client = client_label(proposal.client, clients, tr) if proposal.client else ""
    pays = ", ".join(proposal.documents) or tr.t(
        "say what it pays: {press[bank.other]} another, {press[bank.split]} in parts, {press[bank.ignore]} leave it out"
    )
    meaning = _MEANINGS[proposal.likeness]
    found = tr.t("{reason}: {about}", reason=matching_words.likeness(proposal.likeness, tr), about=pays)
    why = matching_words.why(proposal, client, line.currency, tr)
    lines.append(WordLine((Word(f" {_MARKS[proposal.likeness]} {found}", meaning, bold=True),)))
    lines.append(WordLine((Word(f" {why}", "muted"),)))
    return lines


def taught(tr: Translator) -> list[WordLine]:
    """How lines are matched, where none is to be seen."""
    lessons = (
        tr.t("a line that names an invoice and has its amount is sure: {press[bank.all]} books all that are"),
        tr.t("any other is asked: {press[bank.other]} says what it pays, {press[bank.split]} in parts"),
        tr.t("a file that is brought in again adds no line twice"),
    )
    return [WordLine((Word(" " + each, "muted"),)) for each in lessons]


def choices(
    debts: Sequence[Debt], proposal: MatchProposal, clients: Mapping[str, Client], currency: str, tr: Translator
) -> list[ClientRow]:
    """What a line may pay instead: open documents, the likely ones first, then clients whose credit it may be."""
    near = [*proposal.documents, *proposal.candidates, *proposal.about]

    def nearness(debt: Debt) -> tuple[int, bool, str]:
        place = near.index(debt.number) if debt.number in near else len(near)
        return place, debt.client != proposal.client, debt.number

    rows = [
        ClientRow(debt.number, f"{debt.number} · {client_label(debt.client, clients, tr)}",
                  amount=formats.money(debt.open_minor, debt.currency, tr.lang))
        for debt in sorted(debts, key=nearness) if debt.currency == currency
    ]  # fmt: skip
    named = sorted((slug for slug, each in clients.items() if not each.own), key=lambda slug: slug != proposal.client)
    return rows + [
        ClientRow(CREDIT + slug, tr.t("credit of {client}", client=client_label(slug, clients, tr))) for slug in named
    ]


def totals(lines: Sequence[tuple[BankLineRow, MatchProposal]], tr: Translator) -> str:
    """How many lines are open, and how many of them are sure and likely."""
    counts = {each: sum(found.likeness is each for _, found in lines) for each in Likeness}
    parts = [f"{_MARKS[each]} {matching_words.counted(each, count, tr)}" for each, count in counts.items() if count]
    return "  ".join(parts)
