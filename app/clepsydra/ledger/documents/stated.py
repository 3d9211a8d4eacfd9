"""From a statement to the lines of an invoice, one for one, so that nothing is rounded twice.

A line of hours is its time times its rate; where billing groups were rounded apart, the cents between stay on the line
and are named.
"""

from fractions import Fraction

from clepsydra.domain.document_lines import E4, DocumentLine, DocumentLineSort, Unit, time_line
from clepsydra.domain.money import exact_minor
from clepsydra.domain.records import replace
from clepsydra.domain.rounding import MODELS
from clepsydra.domain.session import Channel
from clepsydra.domain.statement import Line, LineSort, Statement
from clepsydra.domain.taxes import TaxRule
from clepsydra.domain.terms import Client
from clepsydra.language import formats, words
from clepsydra.language.translator import Translator
from clepsydra.ledger.billing.surcharges import LineSurcharge, by_line
from clepsydra.ledger.ledger import Ledger

_SORTS = {
    LineSort.TIME: DocumentLineSort.TIME,
    LineSort.OVERAGE: DocumentLineSort.OVERAGE,
    LineSort.FEE: DocumentLineSort.FEE,
    LineSort.CAP: DocumentLineSort.CAP,
}


def lines_of(ledger: Ledger, statement: Statement, client: Client, tax: TaxRule, tr: Translator) -> list[DocumentLine]:
    """The invoice lines of a statement, surcharges after the line they belong to."""
    several = len({line.project for line in statement.lines}) > 1
    made = []
    more = by_line(ledger, statement, client)
    for index, (line, surcharges) in enumerate(zip(statement.lines, more, strict=True), 1):
        source = f"statement:{statement.number}/{index}"
        text = _text(line, several, tr)
        found = _line(line, statement.currency, text, tax)
        if found is None:
            continue
        detail = formats.days(line.first_day, line.last_day, tr.lang)
        made.append(replace(found, source=source, detail=detail))
        made += [replace(_surcharge(each, tax, tr), source=source) for each in surcharges]
    return made


def statement_titles(statement: Statement, tr: Translator) -> list[str]:
    """What the lines of a statement are about, as an invoice would say it."""
    several = len({line.project for line in statement.lines}) > 1
    return [_text(line, several, tr) for line in statement.lines]


def _text(line: Line, several: bool, tr: Translator) -> str:
    title = words.line_title(line, tr)
    note = line.note or title or words.channel(line.channel or Channel.WORK, tr).capitalize()
    project = line.project_name if several else ""
    return f"{project} · {note}" if project and project != note else note


def _hourly(line: Line, currency: str) -> Fraction:
    """Minor units of an hour."""
    return exact_minor(line.hourly, currency)


def _line(line: Line, currency: str, text: str, tax: TaxRule) -> DocumentLine | None:
    """The line in quantity and price; None where it bills nothing."""
    if line.sort is LineSort.INCLUDED:
        return None
    sort, stated = _SORTS[line.sort], line.figures.billed_minor + line.fee_minor
    if line.sort in (LineSort.FEE, LineSort.CAP) or not line.figures.billed_seconds:
        sign = -1 if stated < 0 else 1
        return DocumentLine(sort, text, sign * E4, Unit.PIECE, abs(stated), tax) if stated else None
    made = _days(line, currency, text, tax) or time_line(
        line.figures.billed_seconds, _hourly(line, currency), text, tax, sort
    )
    gap = stated - made.gross_minor
    return replace(made, charge_minor=max(0, gap), allowance_minor=max(0, -gap))


def _days(line: Line, currency: str, text: str, tax: TaxRule) -> DocumentLine | None:
    """Time that is sold by the day: days and half-days at the day's price; None for hours."""
    day = line.day_sold
    if day is None and "tiers" in MODELS[line.rule.model].keys and line.rule.tiers:
        day = line.rule.tiers[-1][1]
    if day is None:
        return None
    quantity = Fraction(line.figures.billed_seconds * E4, day) if day else Fraction(1, 2)
    if quantity.denominator != 1:
        return None
    price = _hourly(line, currency) * day / 3600
    return DocumentLine(
        DocumentLineSort.DAY, text, int(quantity), Unit.DAY, price.numerator, tax, price_base=price.denominator
    )


def _surcharge(each: LineSurcharge, tax: TaxRule, tr: Translator) -> DocumentLine:
    """What a line costs more for when it was done."""
    text = tr.t("Surcharge of {percent}", percent=formats.percent(each.percent, tr.lang))
    return time_line(each.seconds, each.hourly, text, tax, DocumentLineSort.SURCHARGE)
