"""Any bank's table: read by what `banks/<name>.toml` says of its columns.

Rows before the heading and lines without date and amount are passed over; a row that has one and not the other is a
problem of its line, since money would be lost. Amounts may carry a currency, a minus behind them, or parentheses.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from datetime import date

from clepsydra.domain.check_digits import compact, is_iban
from clepsydra.exchange.bank.headings import DEEPEST_HEADING, Records, heading, records
from clepsydra.exchange.bank.shape import (
    BankFile,
    BankMovement,
    BankStatement,
    UnreadableBank,
    amount,
    currency_of,
    joined,
    spanned,
    without_nothing,
)
from clepsydra.exchange.doors.parts.dates import ordinal, parts_of
from clepsydra.exchange.problems import RowReason
from clepsydra.language.typed.days import parse_date
from clepsydra.settings.banks import BankTable

_OUT = frozenset({"d", "db", "dr", "debit", "dbit", "s", "soll", "af", "out", "-"})
_IN = frozenset({"c", "cr", "credit", "crdt", "h", "haben", "bij", "in", "+"})
_WAITING = frozenset(
    {
        "pending",
        "en attente",
        "en cours",
        "a venir",
        "reverted",
        "declined",
        "failed",
        "vorgemerkt",
        "refuse",
        "refusee",
        "rejected",
        "cancelled",
        "annule",
        "annulee",
    }
)

NOTHING = '""'
"""How a problem shows a cell that is empty."""


def known(text: str, banks: Sequence[BankTable]) -> BankTable | None:
    """The bank whose heading stands in the text."""
    lines = text.splitlines()
    return next((bank for bank in banks if _head_line(lines, bank, _head(bank)) is not None), None)


def _head(bank: BankTable) -> list[str]:
    return [heading(cell) for cell in bank.header]


def _head_line(lines: Sequence[str], bank: BankTable, head: Sequence[str]) -> int | None:
    """In which line (from 0) the heading of a bank stands."""
    for line in range(bank.skip, min(len(lines), DEEPEST_HEADING)):
        if [heading(cell) for cell in _split(lines[line], bank.delimiter)] == head:
            return line
    return None


def _split(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def read(text: str, bank: BankTable, currency: str) -> BankFile:
    """The movements of a table, each account by itself; `currency` is that of the person, where nothing says one.

    Raises `UnreadableBank` for the first line that cannot be taken.
    """
    head, lines = _head(bank), text.splitlines()
    line = _head_line(lines, bank, head)
    if line is None:
        raise UnreadableBank(bank.skip + 1, RowReason.NOT_A_BANK, "", ",".join(bank.header))
    rows = records(text, bank.delimiter, line + 1)
    table = _Table(bank, head, rows, currency, whole=text.endswith(("\n", "\r")))
    account = bank.account or _account_in(lines[:line]) or bank.name
    found: dict[tuple[str, str], list[BankMovement]] = {}
    for each, own in table.movements():
        found.setdefault((own or account, each.currency), []).append(each)
    if not found:
        raise UnreadableBank(line + 1, RowReason.NO_MOVEMENT)
    return BankFile("CSV", tuple(_statement(*key, each, table.waiting) for key, each in found.items()))


def _statement(account: str, currency: str, movements: list[BankMovement], waiting: int) -> BankStatement:
    first, last = spanned(movements, 1)
    return BankStatement(account, currency, without_nothing(movements), first, last, waiting=waiting)


def _account_in(lines: Sequence[str]) -> str:
    """The account that the lines before the heading name by its IBAN."""
    for line in lines:
        for found in re.findall(r"[A-Z]{2}[0-9]{2}(?: ?[0-9A-Z]{2,4}){3,8}", line):
            if is_iban(compact(found)):
                return compact(found)
    return ""


class _Table:
    """The rows of one file, by what their columns hold."""

    def __init__(self, bank: BankTable, head: Sequence[str], rows: Records, currency: str, *, whole: bool) -> None:
        self.bank, self.waiting = bank, 0
        self._rows, self._currency = rows, currency
        self._last = None if whole or not rows else rows[-1][0]
        self._columns = {
            field: [head.index(heading(name)) for name in names if heading(name) in head]
            for field, names in bank.columns.items()
        }
        self._needed = max((p for f in ("date", "amount", "debit", "credit") for p in self._columns.get(f, ())),
                           default=0)  # fmt: skip
        for field in ("date", "label"):
            if not self._columns.get(field):
                raise UnreadableBank(1, RowReason.NO_COLUMN, "", ",".join(bank.header), field)

    def movements(self) -> Iterator[tuple[BankMovement, str]]:
        """Each movement with the account that its row names. Raises `UnreadableBank` for the first bad row."""
        self._refuse_half_an_amount()
        for line, cells in self._rows:
            date_cell = self._cell(cells, "date")
            if not date_cell and not any(self._cell(cells, each) for each in ("amount", "debit", "credit")):
                continue
            self._whole(line, cells)
            if heading(self._cell(cells, "state")) in _WAITING:
                self.waiting += 1
                continue
            yield self._movement(line, cells, date_cell), compact(self._cell(cells, "account"))

    def _refuse_half_an_amount(self) -> None:
        """An amount that ends the file with fewer decimals than all the others have was cut."""
        column = len(self.bank.header) - 1
        if self._last is None or not any(column in self._columns.get(f, ()) for f in ("amount", "debit", "credit")):
            return
        *others, last = [cells[column].strip() if column < len(cells) else "" for _, cells in self._rows]
        lengths = {len(cell.rpartition(self.bank.decimal)[2]) for cell in others if self.bank.decimal in cell}
        decimals = len(last.partition(self.bank.decimal)[2])
        whole = all(self.bank.decimal in cell for cell in others if cell)
        if last and whole and len(lengths) == 1 and decimals < lengths.pop():
            raise UnreadableBank(self._last, RowReason.CUT, last)

    def _whole(self, line: int, cells: Sequence[str]) -> None:
        """A row that is shorter than the heading was cut where it is the last, and lost something elsewhere."""
        if len(cells) > self._needed and (line != self._last or len(cells) >= len(self.bank.header)):
            return
        if line == self._last:
            raise UnreadableBank(line, RowReason.CUT, self.bank.delimiter.join(cells))
        raise UnreadableBank(line, RowReason.CELLS, str(len(cells)), str(len(self.bank.header)))

    def _cell(self, cells: Sequence[str], field: str) -> str:
        found = [cells[column].strip() for column in self._columns.get(field, ()) if column < len(cells)]
        return joined(found) if len(found) > 1 else "".join(found)

    def _movement(self, line: int, cells: Sequence[str], day: str) -> BankMovement:
        currency = currency_of(self._cell(cells, "currency") or self.bank.currency or self._currency, line)
        return BankMovement(
            line, self._day(day, line), self._minor(cells, currency, line), currency,
            name=self._cell(cells, "name"), iban=compact(self._cell(cells, "iban")), ref=self._cell(cells, "ref"),
            text=self._cell(cells, "label"), bank_id=self._cell(cells, "id"),
        )  # fmt: skip

    def _day(self, whole: str, line: int) -> date:
        named = _named_day(whole)
        if named is not None:
            return named
        cell = whole.split(" ")[0].split("T")[0]
        found = ordinal(cell, self.bank.dates)
        if found is None and not self.bank.dates and parts_of(cell):
            raise UnreadableBank(line, RowReason.DATE_ORDER, cell, "dmy,mdy")
        if found is None:
            raise UnreadableBank(line, RowReason.DATE, cell or NOTHING, column=self.bank.columns["date"][0])
        return date.fromordinal(found)

    def _minor(self, cells: Sequence[str], currency: str, line: int) -> int:
        """What came in less what went out; a column of the direction says the sign of an amount that has none."""
        if "amount" in self._columns:
            minor = self._amount(self._cell(cells, "amount"), currency, line)
            way = heading(self._cell(cells, "sign"))
            if way in _OUT or way in _IN:
                return -abs(minor) if way in _OUT else abs(minor)
            return minor
        debit, credit = self._cell(cells, "debit"), self._cell(cells, "credit")
        if not debit and not credit:
            raise UnreadableBank(line, RowReason.AMOUNT, NOTHING)
        out = abs(self._amount(debit, currency, line)) if debit else 0
        return (self._amount(credit, currency, line) if credit else 0) - out

    def _amount(self, cell: str, currency: str, line: int) -> int:
        """Minor units of one number in the file's own way of writing: a sign out of its place is never passed over."""
        cell = re.sub(r"(?<=[0-9][.,])[-\u2013\u2014\u2212]+$", "", cell)  # 200.- has no centimes
        minus = bool(re.match(r"\(.*\)$", cell) or re.search(r"[-\u2212]", cell))
        numbers = re.findall(r"[\s0-9.,'’]*[0-9][\s0-9.,'’]*", re.sub(r"(?<=[^\W\d_])\.", "", cell))
        if len(numbers) != 1:
            raise UnreadableBank(line, RowReason.AMOUNT, cell or NOTHING)
        whole, _, decimals = numbers[0].strip().rstrip(".").partition(self.bank.decimal)
        thousands = r"[\s.'’]" if self.bank.decimal == "," else r"[\s,'’]"
        if not re.fullmatch(rf"[0-9]*|[0-9]{{1,3}}(?:{thousands}[0-9]{{2,3}})*{thousands}[0-9]{{3}}", whole):
            raise UnreadableBank(line, RowReason.AMOUNT, cell)
        minor = amount(f"{re.sub(thousands, '', whole)}{self.bank.decimal}{decimals}", currency, line)
        return -minor if minus else minor


def _named_day(cell: str) -> date | None:
    """A day whose month is a word: `24 Nov 2026`, `24-nov.-2026`, `Nov 24, 2026`."""
    if not re.search(r"[^\W\d_]{3}", cell) or len(cell) > 40:
        return None
    text = " ".join(re.sub(r"[-/.,]", " ", cell).split())
    return parse_date(re.sub(r"^([^\W\d_]+) (\d{1,2}) (\d{4})$", r"\2 \1 \3", text))
