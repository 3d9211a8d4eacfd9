"""What is worth a look, as rows: what to review, the hours that earned least, clients under their cost or gone quiet.

A row's id says what it is of; its last cell is a sentence that the screen tells of the row under the cursor.
"""

from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta

from clepsydra.domain.records import dataclass
from clepsydra.language import formats, words
from clepsydra.language.translator import Translator
from clepsydra.ledger.insights.least import Least, Poor
from clepsydra.ledger.insights.overview import Insight
from clepsydra.ledger.insights.reviews import Review
from clepsydra.ledger.ledger import Ledger
from clepsydra.tui.present.main import MINUS, client_name
from clepsydra.tui.widgets.log_table import Cell, Column, TableRow

PARTS = 3
"""So many groups of the least profitable hours are named for each currency."""

_MONDAY = date(2024, 1, 1)


@dataclass(frozen=True, slots=True)
class Subject:
    """Something a person can mean to stop, automate, delegate or price otherwise, and what it lost in minor units."""

    text: str
    lost_minor: int | None = None
    currency: str | None = None


def columns() -> tuple[Column, ...]:
    """What it is, whose, how much, and all of it in a sentence where there is room."""
    sentence = Column("", 52, share=1, drop=1)
    return Column("", 13, most=20), Column("", 20, share=3), Column("", 14, align="right"), sentence


def rows(found: Insight, reviews: Sequence[Review], ledger: Ledger, tr: Translator) -> list[TableRow]:
    """Every row: what is due for review first, what waits for its month last."""
    kept = [each.text for each in reviews]
    worth_a_look = [*_least_rows(found, ledger, tr), *_poor_rows(found, ledger, tr), *_dormant_rows(found, tr)]
    fresh = [row for row in worth_a_look if not any(text.startswith(row.cells[1].text) for text in kept)]
    due = [each for each in reviews if each.review_on <= ledger.today]
    later = [each for each in reviews if each.review_on > ledger.today]
    return [*(_review_row(e, True, tr) for e in due), *fresh, *(_review_row(e, False, tr) for e in later)]


def subject(row: TableRow, found: Insight) -> Subject:
    """What a row that is no review is about."""
    kind, _, place = row.id.partition(" ")
    text = row.cells[1].text
    if kind != "least":
        return Subject(text)
    each, part = least_at(found, place)
    return Subject(text, each.better(part) - part.minor, each.currency)


def least_at(found: Insight, place: str) -> tuple[Least, Poor]:
    """The hours that a row of the least profitable ones is of."""
    index, number = map(int, place.split())
    return found.least[index], found.least[index].parts[number]


def _review_row(each: Review, due: bool, tr: Translator) -> TableRow:
    again = tr.t("again {day}", day=formats.date(each.review_on, tr.lang, "day"))
    said = tr.t("kept on {day}", day=formats.date(each.made_on, tr.lang))
    if each.worth_minor and each.currency:
        said += " · " + tr.t("it lost {amount} then", amount=formats.money(each.worth_minor, each.currency, tr.lang))
    cells = (
        Cell(tr.t("to review") if due else words.review(each.kind, tr), "attention" if due else "muted"),
        Cell(f"{each.text} · {words.review(each.kind, tr)}" if due else each.text),
        Cell(again, "attention" if due else "muted"),
        Cell(said, "muted"),
    )
    return TableRow(f"review {each.id}", cells)


def _least_rows(found: Insight, ledger: Ledger, tr: Translator) -> Iterator[TableRow]:
    """The person's own currency first, in each of them what lost most."""
    own = ledger.settings.currency
    for index, each in sorted(enumerate(found.least), key=lambda one: one[1].currency != own):
        lost = sorted(((each.better(part) - part.minor, -n) for n, part in enumerate(each.parts)), reverse=True)
        for minor, place in lost[:PARTS]:
            part = each.parts[-place]
            named = client_name(ledger.client(part.client), tr) + " · " + words.channel(part.channel, tr)
            cells = (
                Cell(tr.t("least paid"), "loss"),
                Cell(named),
                Cell(MINUS + formats.money(minor, each.currency, tr.lang), "loss"),
                Cell(_least_words(each, part, tr), "muted"),
            )
            if minor > 0:
                yield TableRow(f"least {index} {-place}", cells)


def _least_words(each: Least, part: Poor, tr: Translator) -> str:
    slot = f"{formats.weekday(_MONDAY + timedelta(days=part.weekday), tr.lang)} {formats.clock(time(part.hour))}"
    return tr.t(
        "{time}, mostly {slot}: {amount} instead of {better}",
        time=formats.duration(part.seconds, tr.lang),
        slot=slot,
        amount=formats.money(part.minor, each.currency, tr.lang),
        better=formats.money(each.better(part), each.currency, tr.lang),
    )


def _poor_rows(found: Insight, ledger: Ledger, tr: Translator) -> Iterator[TableRow]:
    for row, margin in found.poor:
        rate = formats.hourly_rate(row.earning.real, row.currency, tr.lang)
        left = formats.hourly_rate(margin, row.currency, tr.lang)
        said = tr.t("an hour brings {rate}, {margin} after its cost", rate=rate, margin=left)
        cells = (Cell(tr.t("under cost"), "loss"), Cell(client_name(ledger.client(row.client), tr)), Cell(left, "loss"),
                 Cell(said, "muted"))  # fmt: skip
        yield TableRow(f"client {row.client}", cells)


def _dormant_rows(found: Insight, tr: Translator) -> Iterator[TableRow]:
    for row in found.dormant:
        context = row.client.context
        age = formats.age(row.days * formats.DAY, tr.lang)
        known = [
            tr.t("quiet for {age}", age=age),
            tr.t("last on {day}", day=formats.date(row.last_day, tr.lang)),
            tr.t("promised: {what}", what=context.promised) if context.promised else "",
            tr.t("decides: {who}", who=context.decides) if context.decides else "",
            row.last_note,
        ]
        cells = (Cell(tr.t("dormant"), "attention"), Cell(client_name(row.client, tr)), Cell(age, "attention"),
                 Cell(" · ".join(part for part in known if part), "muted"))  # fmt: skip
        yield TableRow(f"client {row.client.slug}", cells)
