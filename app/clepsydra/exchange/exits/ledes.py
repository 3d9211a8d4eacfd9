"""LEDES 1998B, the invoice file of legal billing, from issued statements.

Each line is units × cost + adjustment, and the lines sum to the invoice's total, before tax: the format has no place
for one. A time that was agreed on stands as its own line of adjustment (`IF`), and so does what a cap takes off or
gives back. Texts are ASCII, and hold none of the signs that divide the file.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import BinaryIO

from clepsydra.domain.money import exponent, half_up, minor_units
from clepsydra.domain.session import DEFAULT_PROJECT
from clepsydra.domain.statement import Line, LineSort, Statement
from clepsydra.domain.statement_terms import LedesKeys
from clepsydra.exchange.doors.ledes import HEADER
from clepsydra.exchange.exits.shape import About, Exit, LogRow, What
from clepsydra.exchange.text import plain
from clepsydra.language.translator import translator
from clepsydra.language.words import line_title

Cells = tuple[str, ...]

_UNITS = Decimal("0.0001")
_SIGNS = str.maketrans({"|": "/", "[": "(", "]": ")"})


def write(rows: Iterable[LogRow], stream: BinaryIO, about: About) -> int:
    """One file of all the statements that are asked for."""
    stream.write(f"LEDES1998B[]\r\n{HEADER}[]\r\n".encode("ascii"))
    for statement, keys in about.statements:
        for cells in _lines(statement, keys, about.person):
            stream.write(("|".join(map(_text, cells)) + "[]\r\n").encode("ascii"))
    return len(about.statements)


def _text(text: str) -> str:
    """A text in ASCII on one line, without the signs that divide the file."""
    ascii_only = unicodedata.normalize("NFKD", plain(text).replace("’", "'").replace("–", "-"))
    return " ".join(ascii_only.encode("ascii", "ignore").decode().translate(_SIGNS).split())


def _lines(statement: Statement, keys: LedesKeys, person: str) -> Iterator[Cells]:
    number = 0
    for line in statement.lines:
        for kind, units, cost, adjustment, total, said in _items(line, statement.currency):
            number += 1
            yield (
                _day(statement.issued_on or statement.last_day), statement.number, keys.client_id or statement.client,
                keys.matter or (line.project if line.project != DEFAULT_PROJECT else statement.client),
                _amount(statement.net_minor, statement.currency), _day(statement.first_day), _day(statement.last_day),
                f"{statement.first_day} - {statement.last_day}", str(number), kind, units, adjustment, total,
                _day(line.last_day), keys.task if kind == "F" else "", "", keys.activity if kind == "F" else "",
                keys.timekeeper or "ME", said, keys.firm_id, cost, keys.name or person, keys.level, keys.matter,
            )  # fmt: skip


def _items(line: Line, currency: str) -> Iterator[tuple[str, str, str, str, str, str]]:
    """Kind, units, cost, adjustment, total and text of what a line of a statement becomes."""
    if line.sort is LineSort.INCLUDED:
        return
    said = line.note or line.project_name or line.sort.value
    if line.sort is LineSort.CAP:
        amount = _amount(line.fee_minor, currency)
        yield "IF", "", _amount(0, currency), amount, amount, line_title(line, translator("en"))
        return
    if line.fee_minor:
        amount = _amount(line.fee_minor, currency)
        yield "F", "1.00", amount, _amount(0, currency), amount, said
    if line.sort is LineSort.FEE:
        return
    figures = line.figures
    agreed = figures.manual_gain_minor - figures.manual_loss_minor
    seconds = figures.billed_seconds - figures.manual_gain_seconds + figures.manual_loss_seconds
    total = figures.billed_minor - agreed
    units = (Decimal(seconds) / 3600).quantize(_UNITS, ROUND_HALF_UP)
    cost = minor_units(line.hourly, currency)
    priced = half_up(Fraction(units) * cost)
    yield ("F", f"{units.normalize():f}", _amount(cost, currency), _amount(total - priced, currency),
           _amount(total, currency), said)  # fmt: skip
    if agreed:
        amount = _amount(agreed, currency)
        yield "IF", "", _amount(0, currency), amount, amount, "Agreed time"


def _day(day: date) -> str:
    return f"{day:%Y%m%d}"


def _amount(minor: int, currency: str) -> str:
    """An amount with a point and the decimals of its currency."""
    places = exponent(currency)
    return f"{Decimal(minor).scaleb(-places):.{places}f}"


EXIT = Exit("ledes", ".txt", write, "LEDES 1998B", What.STATEMENTS)
