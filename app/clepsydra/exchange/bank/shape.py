"""What a file of a bank holds: for each account its movements and, where the file says them, both balances.

Amounts are minor units, below zero for money that went out; days are those of booking. Texts are as written in the
file, without what a terminal would obey. Law: opening + sum of the movements = closing, or the file is refused.
"""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from clepsydra.domain.money import exponent, minor_units
from clepsydra.domain.records import dataclass, replace
from clepsydra.exchange.problems import RowProblem, RowReason
from clepsydra.exchange.text import plain

LONGEST_TEXT = 2000
MOST = 10**15
"""Minor units beyond which an amount is a mistake."""
_PLACES = ("NONREF", "NOTPROVIDED", "NOT PROVIDED", "NONE", "")
_CURRENCY = re.compile("[A-Z]{3}")


class UnreadableBank(ValueError):
    """A file that cannot be taken; `problem` says the line and why."""

    def __init__(self, line: int, reason: RowReason, found: str = "", allowed: str = "", column: str = "") -> None:
        super().__init__(reason)
        self.problem = RowProblem(line, reason, column, found, allowed)


@dataclass(frozen=True, slots=True)
class BankMovement:
    """One movement that was booked: `line` of the file, `name` and `iban` of the other side, `ref` what it gave to
    know the payment by, `bank_id` the bank's own mark; empty where the file does not say.
    """

    line: int
    day: date
    minor: int
    currency: str
    name: str = ""
    iban: str = ""
    ref: str = ""
    text: str = ""
    bank_id: str = ""


@dataclass(frozen=True, slots=True)
class BankStatement:
    """The movements of one account over some days; `sequence` is the bank's number of the statement.

    A balance is None where the file does not say it; `waiting` counts what was not booked yet and is left out.
    """

    account: str
    currency: str
    movements: tuple[BankMovement, ...]
    first: date
    last: date
    opening_minor: int | None = None
    closing_minor: int | None = None
    sequence: str = ""
    waiting: int = 0

    def checked(self, line: int) -> "BankStatement":
        """Itself; raises `UnreadableBank` where its balances do not agree with its movements."""
        if self.opening_minor is None or self.closing_minor is None:
            return self
        reached = self.opening_minor + sum(each.minor for each in self.movements)
        if reached != self.closing_minor:
            raise UnreadableBank(
                line, RowReason.BALANCE, amount_text(reached, self.currency),
                amount_text(self.closing_minor, self.currency),
            )  # fmt: skip
        return self


@dataclass(frozen=True, slots=True)
class BankFile:
    """What one file holds; `format` as people call it."""

    format: str
    statements: tuple[BankStatement, ...]


def amount_text(minor: int, currency: str) -> str:
    """An amount as problems show it: -12.50 EUR."""
    return f"{Decimal(minor).scaleb(-exponent(currency))} {currency}"


def amount(text: str, currency: str, line: int) -> int:
    """Minor units of an amount in digits with one point or comma; raises `UnreadableBank` for anything else.

    More decimals than the currency has are refused, unless they are noughts.
    """
    cell = text.strip()
    if not re.fullmatch(r"[+-]?[0-9]{1,15}(?:[.,][0-9]{0,6})?|[+-]?[.,][0-9]{1,6}", cell, re.ASCII):
        raise UnreadableBank(line, RowReason.AMOUNT, text)
    try:
        value = Decimal(cell.replace(",", "."))
    except InvalidOperation:
        raise UnreadableBank(line, RowReason.AMOUNT, text) from None
    minor = minor_units(value, currency)
    if abs(minor) > MOST or Decimal(minor).scaleb(-exponent(currency)) != value:
        raise UnreadableBank(line, RowReason.AMOUNT, text)
    return minor


def currency_of(text: str, line: int) -> str:
    """The currency that three capitals name; raises `UnreadableBank` for anything else."""
    code = text.strip().upper()
    if not _CURRENCY.fullmatch(code):
        raise UnreadableBank(line, RowReason.CURRENCY, text)
    return code


def day_of(year: int, month: int, day: int, line: int, found: str) -> date:
    """A day of the calendar; raises `UnreadableBank` where there is none."""
    try:
        return date(year, month, day)
    except ValueError:
        raise UnreadableBank(line, RowReason.DATE, found, column="date") from None


def told(text: str) -> str:
    """A text of the file for people: one line, single blanks, bounded."""
    cut = text[: 2 * LONGEST_TEXT]
    return " ".join((cut if cut.isprintable() else plain(cut)).split())[:LONGEST_TEXT]


def given(text: str) -> str:
    """A reference or a mark; empty where the bank fills in that there is none."""
    shown = told(text)
    return "" if shown.upper() in _PLACES else shown


def joined(parts: Sequence[str]) -> str:
    """Texts one behind the other, none twice."""
    return told(" ".join(dict.fromkeys(part for part in map(told, parts) if part)))


def spanned(movements: Sequence[BankMovement], line: int, *ends: date | None) -> tuple[date, date]:
    """The first and last day of movements and balances; raises `UnreadableBank` where no day is told."""
    days = [each.day for each in movements] + [day for day in ends if day]
    if not days:
        raise UnreadableBank(line, RowReason.NO_MOVEMENT)
    return min(days), max(days)


def without_nothing(movements: Sequence[BankMovement]) -> tuple[BankMovement, ...]:
    """Movements of some money, their texts bounded: what moved nothing is told by banks for information."""
    return tuple(
        replace(each, name=told(each.name), iban=told(each.iban)[:40], ref=given(each.ref)[:140],
                text=told(each.text), bank_id=given(each.bank_id)[:140])
        for each in movements if each.minor
    )  # fmt: skip
