"""From typed lines to the lines of a document: prices filled in, taxes named, proofs found."""

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

from clepsydra.domain.document_lines import (
    E4,
    Allowance,
    Discount,
    DocumentLine,
    DocumentLineSort,
    Unit,
    discounted,
    filled_up,
    taken_off,
    time_line,
)
from clepsydra.domain.money import exact_minor
from clepsydra.domain.records import dataclass, field, replace
from clepsydra.domain.session import DEFAULT_PROJECT, Channel
from clepsydra.language.translator import Translator, mark_p
from clepsydra.language.typed.document_lines import SplitAmount, TypedLine, UnknownTax, parse_document_line
from clepsydra.language.typed.errors import Unreadable
from clepsydra.ledger.documents.taxing import Taxing
from clepsydra.ledger.errors import Refused


@dataclass(slots=True)
class TypedLines:
    """What typed lines come to: lines, discounts on the whole, the least it comes to, and the proofs of lines."""

    lines: list[DocumentLine] = field(default_factory=list)
    discounts: list[Discount] = field(default_factory=list)
    least_minor: int = 0
    proofs: dict[int, Path] = field(default_factory=dict)


def read_lines(texts: Iterable[str], taxing: Taxing, lang: str, tr: Translator, proofs: str = "") -> TypedLines:
    """Read lines as they were typed in a language; `tr` speaks the document's, `proofs` is where their files are.

    Raises `Refused` for a line that says nothing, an unknown tax, a proof that is not there.
    """
    found = TypedLines()
    for text in texts:
        typed = _parsed(text, taxing, lang)
        if typed.sort is None:
            name = typed.text or tr.p("invoice", "Discount")
            found.discounts.append(Discount(name, typed.percent, typed.off_minor, _key(typed, taxing)))
        elif typed.sort is DocumentLineSort.MINIMUM:
            found.least_minor = typed.price_minor or 0
        else:
            if typed.proof:
                found.proofs[len(found.lines)] = _proof(typed.proof, proofs)
            found.lines.append(_line(replace(typed, text=typed.text or tr.p(*_NAMES[typed.sort])), taxing))
    return found


def allowances_of(lines: list[DocumentLine], typed: TypedLines) -> tuple[Allowance, ...]:
    """What the discounts typed take off these lines; raises `Refused` where that is more than there is."""
    try:
        return discounted(lines, typed.discounts)
    except ValueError:
        raise Refused("the discounts take off more than there is") from None


_NAMES = {
    DocumentLineSort.TIME: mark_p("line", "Work"),
    DocumentLineSort.DAY: mark_p("line", "Days worked"),
    DocumentLineSort.ITEM: mark_p("line", "Services"),
    DocumentLineSort.REBILLED: mark_p("line", "Expenses"),
    DocumentLineSort.DISBURSEMENT: mark_p("line", "Disbursement"),
}
"""What a line is called that was typed without words."""


def _parsed(text: str, taxing: Taxing, lang: str) -> TypedLine:
    try:
        return parse_document_line(text, taxing.client.currency, lang, taxing.keys)
    except SplitAmount as split:
        raise Refused(
            "“{typed}” may be one amount, or an amount and words: write {joined}, or begin the words with a letter",
            typed=split.typed, joined=split.joined,
        ) from split  # fmt: skip
    except UnknownTax as unknown:
        raise Refused(
            "“{word}” is not a tax: write {keys}, or words without @",
            word=unknown.typed[:60], keys=", ".join(f"@{key}" for key in taxing.keys),
        ) from unknown  # fmt: skip
    except Unreadable as unreadable:
        raise Refused(
            "“{text}” is not a line of an invoice; write it like {examples}", text=text[:60],
            examples=" · ".join(unreadable.examples(lang)),
        ) from unreadable  # fmt: skip


def _key(typed: TypedLine, taxing: Taxing) -> str:
    """The key of the group that a discount is taken off, as its lines carry it."""
    return taxing.keyed(typed.tax).key if typed.tax else ""


def _proof(name: str, folder: str) -> Path:
    path = Path(folder) / Path(name).expanduser()
    if not path.is_file():
        raise Refused("the proof {file} is not there", file=str(path))
    return path


def _line(typed: TypedLine, taxing: Taxing) -> DocumentLine:
    assert typed.sort is not None
    tax = taxing.keyed(typed.tax) if typed.tax else taxing.services()
    if typed.sort is DocumentLineSort.DISBURSEMENT:
        tax = taxing.disbursement()
    if typed.sort is DocumentLineSort.TIME:
        line = time_line(typed.seconds, _hourly(typed, taxing), typed.text, tax)
    else:
        line = DocumentLine(typed.sort, typed.text, typed.quantity_e4, typed.unit, typed.price_minor or 0, tax)
    if typed.percent < 0:
        return replace(line, allowance_minor=taken_off(line, -typed.percent), allowance_percent=-typed.percent)
    if typed.percent:
        return replace(line, charge_minor=taken_off(line, typed.percent))
    return replace(line, allowance_minor=typed.off_minor)


def _hourly(typed: TypedLine, taxing: Taxing) -> Fraction:
    """The price of an hour in minor units: the one typed, else what the client pays that day."""
    if typed.price_minor is not None:
        return Fraction(typed.price_minor)
    client = taxing.client
    hourly = exact_minor(client.rate(DEFAULT_PROJECT, Channel.WORK, taxing.day), client.currency)
    if not hourly:
        raise Refused("{client} has no hourly rate: type a price, as in “2h x90 {text}”",
                      client=client.name, text=typed.text)  # fmt: skip
    return hourly


def minimum_line(minor: int, tax_lines: Iterable[DocumentLine], taxing: Taxing, tr: Translator) -> DocumentLine | None:
    """The line that fills services up to the least an invoice comes to; None where they reach it."""
    lack = filled_up(tax_lines, minor)
    text = tr.t("Up to the minimum of an invoice")
    return DocumentLine(DocumentLineSort.MINIMUM, text, E4, Unit.PIECE, lack, taxing.services()) if lack else None
