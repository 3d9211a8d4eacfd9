"""A line of a document as people type it, one grammar for screen, command line and TOML.

`12h15 x120 API` time at an hourly price · `3j x650 Atelier` days · `1 x800 -10% Audit` pieces, less a share ·
`2 x40 @red Manuel` with a tax key · `=92,73 Train @recu.pdf` an expense passed on, with its proof ·
`d60 Dépôt @inpi.pdf` a disbursement · `-50 Remise`, `-3% Remise` off the whole · `min 250` the least it comes to.
What is none of these is text, which may be left out. Where an amount ends and the text begins is never guessed.
"""

import re
from collections.abc import Collection
from decimal import Decimal

from clepsydra.domain.document_lines import E4, DocumentLineSort, Unit
from clepsydra.domain.records import dataclass, replace
from clepsydra.language.typed.amounts import parse_amount
from clepsydra.language.typed.durations import read_duration
from clepsydra.language.typed.errors import NotUnderstood, TypedKind, Unreadable

_LONGEST = 500

_DAYS = re.compile(r"(?P<count>[0-9]+(?:[.,][0-9]{1,4})?)(?:j|d|jours?|days?)", re.IGNORECASE)
_MONTHS = re.compile(r"(?P<count>[0-9]+(?:[.,][0-9]{1,4})?)(?:mois|mo|months?)", re.IGNORECASE)
_PAGES = re.compile(r"(?P<count>[0-9]+(?:[.,][0-9]{1,4})?)(?:p|pages?)", re.IGNORECASE)
_COUNT = re.compile(r"(?P<count>[0-9]+(?:[.,][0-9]{1,4})?)")
_UNITS = (
    (_DAYS, DocumentLineSort.DAY, Unit.DAY),
    (_MONTHS, DocumentLineSort.ITEM, Unit.MONTH),
    (_PAGES, DocumentLineSort.ITEM, Unit.PAGE),
    (_COUNT, DocumentLineSort.ITEM, Unit.PIECE),
)
_PERCENT = re.compile(r"[-+−](?P<percent>[0-9]{1,3}(?:[.,][0-9]{1,4})?)%")
_PRICE = re.compile(r"[x×](?P<price>[0-9].*)", re.IGNORECASE)
_GROUP = re.compile(r"[0-9]{3}(?P<ends>(?:[.,][0-9]{1,4})?(?:[€£$]|[A-Z]{3})?)")
"""A word that goes on with an amount of a thousand or more; cents or a currency say that it ends there."""
_UNBROKEN = re.compile(r"(?<=[0-9])[\u00a0\u202f\u2009](?=[0-9]{3}(?![0-9]))")
_PROOF = re.compile(r"@(?P<proof>.+\.[A-Za-z0-9]{1,5})")


@dataclass(frozen=True, slots=True)
class TypedLine:
    """What was typed: `sort` None is a discount on the whole. Amounts are minor units, quantities ten-thousandths.

    `seconds` is set for time; `price_minor` None means the client's own price. `percent` is above zero for what is put
    on, below for what is taken off; `off_minor` is an amount taken off.
    """

    sort: DocumentLineSort | None
    text: str = ""
    seconds: int = 0
    quantity_e4: int = E4
    unit: Unit = Unit.PIECE
    price_minor: int | None = None
    percent: Decimal = Decimal(0)
    off_minor: int = 0
    tax: str = ""
    proof: str = ""


class SplitAmount(NotUnderstood):
    """Figures that may be one amount, or an amount and the begin of the words; `joined` is the one amount."""

    def __init__(self, typed: str) -> None:
        super().__init__(typed)
        self.joined = typed.replace(" ", "")


class UnknownTax(NotUnderstood):
    """A word that begins with @ and is neither a tax nor a file."""


def parse_document_line(text: str, currency: str, lang: str, taxes: Collection[str] = ()) -> TypedLine:
    """What a line says; `taxes` are the keys that `@key` may name. Raises `Unreadable`, `SplitAmount`, `UnknownTax`.

    "12h15 x120 API" is 44 100 seconds at 12000 minor units an hour; "-3% Remise" takes 3 % off the whole.
    """
    words = _UNBROKEN.sub("", text.replace("\n", " ")).split()
    if not words or len(text) > _LONGEST:
        raise Unreadable(text, TypedKind.LINE)
    try:
        head, rest = _head(words, currency, lang)
        return _modified(head, rest, currency, lang, taxes)
    except (SplitAmount, UnknownTax):
        raise
    except (Unreadable, ValueError):
        raise Unreadable(text, TypedKind.LINE) from None


def _head(words: list[str], currency: str, lang: str) -> tuple[TypedLine, list[str]]:
    """What the first words make of the line, and the words after them."""
    first, rest = words[0], words[1:]
    if match := _PERCENT.fullmatch(first):
        return TypedLine(None, percent=_number(match["percent"]), price_minor=0), rest
    if first[0] in "-−" and first[1:2].isdigit():
        minor, rest = _amount([first[1:], *rest], currency, lang)
        return TypedLine(None, off_minor=minor, price_minor=0), rest
    if first[0] == "=":
        minor, rest = _amount([first[1:], *rest], currency, lang)
        return TypedLine(DocumentLineSort.REBILLED, price_minor=minor), rest
    if first[0] in "dD" and first[1:2].isdigit():
        minor, rest = _amount([first[1:], *rest], currency, lang)
        return TypedLine(DocumentLineSort.DISBURSEMENT, price_minor=minor), rest
    if first.casefold() == "min" and rest:
        minor, rest = _amount(rest, currency, lang)
        return TypedLine(DocumentLineSort.MINIMUM, price_minor=minor), rest
    return _counted(words, currency, lang)


def _counted(words: list[str], currency: str, lang: str) -> tuple[TypedLine, list[str]]:
    """A quantity, then perhaps its price: "3j x650", "12 h 15 x 120", "2 x40"."""
    at = next((i for i, word in enumerate(words[:5]) if _PRICE.fullmatch(word) or word in ("x", "×")), None)
    quantity = words[: 1 if at is None else at]
    head = _quantity("".join(quantity))
    if at is None:
        if head.sort is not DocumentLineSort.TIME:
            raise ValueError("a price is missing")
        return head, words[1:]
    match = _PRICE.fullmatch(words[at])
    minor, rest = _amount([*([match["price"]] if match else []), *words[at + 1 :]], currency, lang)
    return replace(head, price_minor=minor), rest


def _quantity(typed: str) -> TypedLine:
    for pattern, sort, unit in _UNITS:
        if match := pattern.fullmatch(typed):
            quantity = int(_number(match["count"]) * E4)
            if quantity:
                return TypedLine(sort, quantity_e4=quantity, unit=unit)
    seconds = read_duration(typed.casefold())
    if not seconds:
        raise ValueError("neither a quantity nor a length of time")
    return TypedLine(DocumentLineSort.TIME, seconds=seconds, unit=Unit.MINUTE)


def _modified(line: TypedLine, words: list[str], currency: str, lang: str, taxes: Collection[str]) -> TypedLine:
    """The line with what stands between its price and its text, and with its tax and proof wherever they stand."""
    while words and line.sort not in (None, DocumentLineSort.MINIMUM):
        if match := _PERCENT.fullmatch(words[0]):
            sign = 1 if words[0][0] == "+" else -1
            line = replace(line, percent=sign * _number(match["percent"]))
        elif words[0][0] in "-−" and words[0][1:2].isdigit():
            minor, words = _amount([words[0][1:], *words[1:]], currency, lang)
            line = replace(line, off_minor=minor)
            continue
        else:
            break
        words = words[1:]
    text = []
    for word in words:
        if word[0] == "@" and word[1:] in taxes:
            line = replace(line, tax=word[1:])
        elif line.sort is not None and (match := _PROOF.fullmatch(word)):
            line = replace(line, proof=match["proof"])
        elif word[0] == "@" and word[1:2].isalnum() and not _PROOF.fullmatch(word):
            raise UnknownTax(word)
        else:
            text.append(word)
    return replace(line, text=" ".join(text))


def _number(typed: str) -> Decimal:
    return Decimal(typed.replace(",", "."))


def _amount(words: list[str], currency: str, lang: str) -> tuple[int, list[str]]:
    """The amount that the first words are, in minor units, and the words after it. Raises `SplitAmount`."""
    if not words:
        raise ValueError("an amount is missing")
    taken, sure = 1, True
    if re.fullmatch("[0-9]{1,3}", words[0]):
        while (match := _GROUP.fullmatch("".join(words[taken : taken + 1]))) is not None:
            taken, sure = taken + 1, bool(match["ends"])
            if sure:
                break
    typed = " ".join(words[:taken])
    if not sure:
        raise SplitAmount(typed)
    return parse_amount(typed, currency, lang), words[taken:]
