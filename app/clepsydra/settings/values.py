"""From what a person types to typed values: texts, numbers, money, words of a list.

Every parser takes what the TOML parser gave, returns the value or raises `Wrong` with what is allowed and, where it
can be guessed, what was meant. All refuse None, which TOML cannot express: that is how a missing key learns what it
should have been.
"""

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import NamedTuple, TypeVar

from clepsydra.language.nearest import nearest
from clepsydra.language.translator import LANGUAGES
from clepsydra.language.typed.amounts import read_decimal
from clepsydra.language.typed.errors import TypedKind, Unreadable
from clepsydra.language.typed.plain import plain
from clepsydra.settings.home import is_slug
from clepsydra.settings.problems import Expected

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)


class Fault(NamedTuple):
    """One thing wrong inside a value; `at` leads to it from the value's own key."""

    expected: Expected | None
    allowed: tuple[str, ...] = ()
    nearest: str = ""
    found: object = None
    at: tuple[str | int, ...] = ()


class Wrong(Exception):
    """A value is not what is allowed there."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(faults)
        self.faults = faults


def wrong(expected: Expected, raw: object, nearest: str = "") -> Wrong:
    """The refusal of a whole value."""
    return Wrong(Fault(expected, (), nearest, raw))


def quoted(text: str) -> str:
    """A text as it is typed in TOML."""
    return f'"{text}"'


def text(raw: object) -> str:
    """Any text. Raises `Wrong` for what is no text."""
    if not isinstance(raw, str):
        raise wrong(Expected.TEXT, raw)
    return raw


def filled(raw: object) -> str:
    """Text with something in it. Raises `Wrong` for anything else."""
    if not isinstance(raw, str) or not raw.strip():
        raise wrong(Expected.FILLED, raw)
    return raw.strip()


def yes_no(raw: object) -> bool:
    """true or false. Raises `Wrong` for anything else."""
    if not isinstance(raw, bool):
        meant = {"true": "true", "yes": "true", "on": "true", "false": "false", "no": "false", "off": "false"}
        raise wrong(Expected.YES_NO, raw, meant.get(raw.casefold(), "") if isinstance(raw, str) else "")
    return raw


def whole(raw: object) -> int:
    """A whole number, not negative. Raises `Wrong` for anything else."""
    if isinstance(raw, bool) or not isinstance(raw, int) or not 0 <= raw <= 1_000_000:
        raise wrong(Expected.WHOLE, raw)
    return raw


def decimal(raw: object, most: int, expected: Expected) -> Decimal:
    """A decimal from zero to `most`, typed as a number or in quotes. Raises `Wrong` for anything else."""
    value = None
    if isinstance(raw, int | Decimal) and not isinstance(raw, bool):
        value = Decimal(raw)
    elif isinstance(raw, str):
        value = _written(raw)
    if value is None or not _sensible(value) or value > most:
        raise wrong(expected, raw, "" if value is not None else _with_point(raw))
    return value


def _sensible(value: Decimal) -> bool:
    """Whether a decimal is a number that people write: its digits could fill the memory otherwise."""
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and -12 <= exponent <= 12 and 0 <= value <= 10**12


def _written(text: str) -> Decimal | None:
    """The number in a text, as people write it: "1245.5", "1245,5", "1 245,50"; six decimals at most."""
    try:
        found = read_decimal(plain(text, TypedKind.AMOUNT))
    except Unreadable:
        return None
    return found if found is not None and int(found.as_tuple().exponent) >= -6 else None


def _with_point(raw: object) -> str:
    """What a number was perhaps meant to be that could be read in two ways."""
    if isinstance(raw, str):
        bare = re.sub(r"\s", "", raw).replace(",", ".")
        return quoted(bare) if re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,6})?", bare) else ""
    return ""


def positive(raw: object) -> Decimal:
    """A number above zero: weights, shares. Raises `Wrong` for anything else."""
    value = decimal(raw, 10**9, Expected.POSITIVE)
    if not value:
        raise wrong(Expected.POSITIVE, raw)
    return value


def percentage(raw: object) -> Decimal:
    """A percentage, 0 to 100. Raises `Wrong` for anything else."""
    return decimal(raw, 100, Expected.PERCENTAGE)


def money(raw: object) -> Decimal:
    """An amount in major units: a whole number, or a decimal in quotes.

    A bare decimal is refused, because other programs that read the file would see a binary fraction.
    """
    if isinstance(raw, bool):
        raise wrong(Expected.MONEY, raw)
    if isinstance(raw, int) and 0 <= raw <= 10**12:
        return Decimal(raw)
    written = _written(raw) if isinstance(raw, str) else None
    if written is not None and written <= 10**12:
        return written
    is_plain = isinstance(raw, Decimal) and _sensible(raw)
    raise wrong(Expected.MONEY, raw, quoted(f"{raw:f}"[:20]) if is_plain else _with_point(raw))


def currency(raw: object) -> str:
    """An ISO 4217 code by its shape; which codes exist changes more often than this program.

    Raises `Wrong` for anything else.
    """
    if isinstance(raw, str) and re.fullmatch(r"[A-Z]{3}", raw):
        return raw
    typed = raw.strip().upper() if isinstance(raw, str) else ""
    signs = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "EURO": "EUR", "EUROS": "EUR"}
    code = signs.get(typed, typed)
    raise wrong(Expected.CURRENCY, raw, quoted(code) if re.fullmatch(r"[A-Z]{3}", code) else "")


def keystroke(raw: object) -> str:
    """One visible character. Raises `Wrong` for anything else."""
    if isinstance(raw, str) and len(raw) == 1 and raw.isprintable() and not raw.isspace():
        return raw
    raise wrong(Expected.KEYSTROKE, raw)


def keystrokes(raw: object) -> tuple[str, ...]:
    """Keys with commas between them; none unbinds the action. Raises `Wrong` for anything else."""
    if not isinstance(raw, str):
        raise wrong(Expected.KEYSTROKES, raw)
    return tuple(key.strip() for key in raw.split(",") if key.strip())


def slug(raw: object) -> str:
    """A short name for machines. Raises `Wrong` for anything else."""
    if isinstance(raw, str) and is_slug(raw):
        return raw
    guess = re.sub(r"[^a-z0-9_-]+", "-", raw.casefold()).strip("-_") if isinstance(raw, str) else ""
    raise wrong(Expected.SLUG, raw, quoted(guess[:60]) if guess else "")


def one_of(kind: type[E]) -> Callable[[object], E]:
    """A parser of one word of an enumeration. The parser raises `Wrong` for any other word."""

    def parse(raw: object) -> E:
        try:
            return kind(raw)  # type: ignore[arg-type]
        except ValueError:
            words = tuple(kind)
            near = nearest(raw, words) if isinstance(raw, str) else ""
            raise Wrong(Fault(None, words, quoted(near) if near else "", raw)) from None

    return parse


def language(raw: object) -> str:
    """A language that we speak. Raises `Wrong` for any other."""
    if raw not in LANGUAGES:
        near = nearest(raw, LANGUAGES) if isinstance(raw, str) else ""
        raise Wrong(Fault(None, LANGUAGES, quoted(near) if near else "", raw))
    return str(raw)


def list_of(item: Callable[[object], T]) -> Callable[[object], tuple[T, ...]]:
    """A parser of a list; every bad item is reported.

    The parser raises `Wrong` for what is no list, and for its bad items together.
    """

    def parse(raw: object) -> tuple[T, ...]:
        if not isinstance(raw, list):
            raise wrong(Expected.LIST, raw)
        values, faults = [], []
        for i, each in enumerate(raw):
            try:
                values.append(item(each))
            except Wrong as refused:
                faults += [fault._replace(at=(i, *fault.at)) for fault in refused.faults]
        if faults:
            raise Wrong(*faults)
        return tuple(values)

    return parse


def whole_decimal(raw: str) -> Decimal:
    """A TOML decimal exactly as typed; not a number where its exponent is beyond all sense."""
    try:
        return Decimal(raw)
    except InvalidOperation:
        return Decimal("NaN")
