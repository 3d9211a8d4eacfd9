"""The text of a reminder in its client's language: what was done, when it was due, what is open, how to pay.

What was done comes from the document's own lines, three at most. Several documents are one letter with a table, whose
amounts are never added over currencies.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from clepsydra.domain.chasing import ChaseLevel, ChaseStep, DueLetter, asked_minor
from clepsydra.domain.check_digits import compact, is_iban, spaced
from clepsydra.domain.records import dataclass
from clepsydra.domain.statement import Statement
from clepsydra.exchange.text import plain
from clepsydra.language import formats
from clepsydra.language.translator import Translator, translator
from clepsydra.ledger.billing import statements
from clepsydra.ledger.chasing.charges import LateCharges, late_charges
from clepsydra.ledger.documents import reading
from clepsydra.ledger.documents.reading import today_of
from clepsydra.ledger.documents.stated import statement_titles
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.settings.letter_templates import ONE, SEVERAL, STATEMENT, BrokenTemplate, filled, template

TABLE_MARK = "\ue000"
"""Stands in a letter where its table is to be; a character that nobody types."""
MOST_TOLD = 3
"""So many lines of a document are told in a letter."""
_LONGEST_TEXT = 90


@dataclass(frozen=True, slots=True)
class ReminderLetter:
    """A letter as it would go out; `rows` is its table, without one empty, and `body` says where it stands."""

    letter: DueLetter
    lang: str
    day: date
    subject: str
    body: str
    rows: tuple[tuple[str, ...], ...]
    charges: tuple[LateCharges, ...]

    @property
    def text(self) -> str:
        """The letter as plain text, its table aligned."""
        return self.body.replace(TABLE_MARK, "\n".join(aligned(self.rows)))


def composed(ledger: Ledger, letter: DueLetter, folder: Path | None, *, charges: bool = True) -> ReminderLetter:
    """The letter in words, from the home's own templates in `folder` first.

    `charges`: say what late payment may cost, from the third letter on. Raises `Refused` where a template is broken.
    """
    client = ledger.client(letter.client)
    today, tr = today_of(ledger), translator(client.language)
    late: list[LateCharges] = []
    if charges and letter.level >= ChaseLevel.CHARGES:
        late = [found for step in letter.steps if (found := late_charges(ledger, step.debt, today))]
    try:
        texts = template(int(letter.level), client.language, folder)
    except BrokenTemplate as broken:
        problem = broken.problems[0]
        raise Refused("{problem}", problem=problem.text(translator(ledger.settings.language))) from broken
    values = _values(ledger, letter.steps, late, today, tr)
    alone = STATEMENT if letter.steps[0].debt.is_statement else ONE
    lines = texts.lines(SEVERAL if len(letter.steps) > 1 else alone)
    subject, body = filled(lines, values, _words(ledger, letter.steps))
    rows = tuple(_table(letter.steps, today, tr)) if len(letter.steps) > 1 else ()
    return ReminderLetter(letter, client.language, today, subject, body, rows, tuple(late))


def _words(ledger: Ledger, steps: Sequence[ChaseStep]) -> frozenset[str]:
    """What the conditions of a template may ask for: whether all have a code to scan; the seller's country."""
    seller = ledger.settings.seller
    debts = [step.debt for step in steps]
    coded = all(not each.is_statement and each.currency == "EUR" and not each.parts for each in debts)
    coded = coded and all(each.open_minor == each.total_minor for each in debts)  # a code asks for all of it
    return frozenset({seller.country[:2]} | ({"qr"} if coded and is_iban(compact(seller.iban)) else set()))


def _values(
    ledger: Ledger, steps: Sequence[ChaseStep], late: Sequence[LateCharges], today: date, tr: Translator
) -> dict[str, str]:
    """What stands in the places of a template; empty where it is not known, or not to be said."""
    first, seller, client = steps[0], ledger.settings.seller, ledger.client(steps[0].debt.client)
    days = (today - first.due).days
    numbers = [step.debt.number for step in steps]
    return {
        "number": _joined(numbers, tr),
        "issued": formats.date(first.debt.issued, tr.lang, "long"),
        "due": formats.date(first.due, tr.lang, "long"),
        "recap": TABLE_MARK if len(steps) > 1 else _recap(ledger, first, tr),
        "open": _sums([(step.debt.currency, asked_minor(step.debt, today)) for step in steps], tr),
        "iban": spaced(compact(seller.iban)),
        "ref": _joined([spaced(step.debt.reference) or step.debt.number for step in steps], tr),
        "days_late": tr.n("{count} day", "{count} days", days) if days > 0 else "",
        "penalty": _penalty(late, tr),
        "fee": _sums([(each.debt.currency, each.fee_minor) for each in late if each.fee_minor], tr),
        "attention": plain(client.buyer.attention),
        "seller": plain(seller.name),
    }


def _sums(amounts: Iterable[tuple[str, int]], tr: Translator) -> str:
    """Amounts added within each currency, and told one after the other."""
    sums: dict[str, int] = {}
    for currency, minor in amounts:
        sums[currency] = sums.get(currency, 0) + minor
    return _joined([formats.money(minor, currency, tr.lang) for currency, minor in sums.items()], tr)


def _penalty(late: Sequence[LateCharges], tr: Translator) -> str:
    """The interest to date, and of which half-year the rate is where its own is not known."""
    amounts = [(each.debt.currency, each.interest.minor) for each in late if each.interest.minor]
    if not amounts:
        return ""
    borrowed = next((each.interest.borrowed for each in late if each.interest.borrowed), None)
    return _sums(amounts, tr) + (f" ({rate_of(borrowed, tr)})" if borrowed else "")


def rate_of(begun: date, tr: Translator) -> str:
    """Of which half-year a rate is: "at the rate of H1 2026"."""
    if begun.month < 7:
        return tr.t("at the rate of H1 {year}", year=begun.year)
    return tr.t("at the rate of H2 {year}", year=begun.year)


def _joined(parts: Sequence[str], tr: Translator) -> str:
    """Things in a row: "a", "a and b", "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return tr.t("{first} and {last}", first=", ".join(parts[:-1]), last=parts[-1])


def _recap(ledger: Ledger, step: ChaseStep, tr: Translator) -> str:
    """What was done, when, and which statement goes with it."""
    if step.debt.is_statement:
        statement = statements.show(ledger, step.debt.number)
        return _told(statement_titles(statement, tr), _worked([statement]), step.debt.issued, tr)
    document = reading.show(ledger, step.debt.number)
    annexed = [statements.show(ledger, number) for number in document.statements]
    told = _told([line.text for line in document.lines], _worked(annexed), step.debt.issued, tr)
    if not document.statements:
        return told
    annexes = _joined([plain(each) for each in document.statements], tr)
    return told + " " + tr.n("(statement {numbers} attached)", "(statements {numbers} attached)",
                             len(document.statements), numbers=annexes)  # fmt: skip


def _worked(stated: Iterable[Statement]) -> tuple[date, date] | None:
    """The first and the last day of the work on statements; None without any."""
    lines = [line for statement in stated for line in statement.lines]
    return (min(line.first_day for line in lines), max(line.last_day for line in lines)) if lines else None


def _told(texts: Iterable[str], days: tuple[date, date] | None, issued: date, tr: Translator) -> str:
    """Three things at most, then how many others, and the days they were done on."""
    known = list(dict.fromkeys(_small(plain(" ".join(text.split()))) for text in texts if text.strip()))
    shown = known[:MOST_TOLD]
    if len(known) > MOST_TOLD:
        rest = len(known) - MOST_TOLD
        what = ", ".join(shown) + " " + tr.n("and {count} other", "and {count} others", rest)
    else:
        what = _joined(shown, tr)
    return f"{what} {_days(*days, issued, tr)}" if days else what


def _small(text: str) -> str:
    """A text within a sentence: a small first letter unless it begins an abbreviation; not longer than a line."""
    text = text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1].rstrip() + "…"
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] in ("’", "'", " ") else text


def _days(first: date, last: date, issued: date, tr: Translator) -> str:
    """Days of work within a sentence: "from 3 to 28 November", with the year where the document is of another."""
    begin, end = (formats.date(day, tr.lang, "long") for day in (first, last))
    if first.year == last.year:
        begin = begin.removesuffix(f" {first.year}")
    if last.year == issued.year:
        end = end.removesuffix(f" {last.year}")
    if first == last:
        return tr.p("within a sentence", "of {day}", day=end)
    if (first.year, first.month) == (last.year, last.month):
        begin = begin.partition(" ")[0]
    return tr.p("within a sentence", "from {first} to {last}", first=begin, last=end)


def _table(steps: Sequence[ChaseStep], today: date, tr: Translator) -> Iterable[tuple[str, ...]]:
    """The documents of a letter with what is open of each, and the sum of each currency."""
    yield (tr.p("letter", "Number"), tr.p("letter", "Of"), tr.p("letter", "Due on"), tr.p("letter", "Still to pay"))
    for step in steps:
        debt = step.debt
        yield (debt.number, formats.date(debt.issued, tr.lang, "short"), formats.date(step.due, tr.lang, "short"),
               formats.money(asked_minor(debt, today), debt.currency, tr.lang))  # fmt: skip
    for currency in dict.fromkeys(step.debt.currency for step in steps):
        whole = sum(asked_minor(step.debt, today) for step in steps if step.debt.currency == currency)
        yield (tr.p("letter", "Together"), "", "", formats.money(whole, currency, tr.lang))


def aligned(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """The rows of a table as lines of text; the amounts stand right."""
    widths = [max((len(row[index]) for row in rows), default=0) for index in range(4)]
    return [
        "  ".join(cell.rjust(width) if index == 3 else cell.ljust(width)
                  for index, (cell, width) in enumerate(zip(row, widths, strict=True)))
        for row in rows
    ]  # fmt: skip
