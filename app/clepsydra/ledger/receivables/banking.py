"""Files of banks into the log: the same line is never there twice, and an import is one change.

A line is known by account, the bank's mark or none, day, amount, folded text, and its place among equal ones of one
file: a file that comes twice, shuffled or overlapping another adds nothing that is there, and true twins stay two.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from clepsydra.domain.payment_text import squeezed
from clepsydra.domain.records import dataclass, replace
from clepsydra.exchange.bank.registry import BankContent, BankReading, read
from clepsydra.exchange.bank.shape import BankFile, BankMovement, BankStatement
from clepsydra.exchange.doors.opening import of_bytes
from clepsydra.exchange.doors.shape import LARGEST
from clepsydra.exchange.problems import RowProblem, sentence
from clepsydra.language import formats
from clepsydra.language.plain import storable
from clepsydra.language.translator import mark, translator
from clepsydra.ledger.documents import expenses
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.settings.banks import BankTable, load_banks, save_bank
from clepsydra.settings.foreign import content
from clepsydra.settings.home import Home
from clepsydra.store import bank_lines
from clepsydra.store.bank_lines import BankFileRow, BankLineRow
from clepsydra.store.expenses import ExpenseRow
from clepsydra.store.ids import id_of_content, new_id

_EPOCH = date(1970, 1, 1).toordinal()
_DAY = 86400
_IGNORED = mark("line of the bank ignored: {text}")
_BACK = mark("line of the bank taken in again: {text}")


@dataclass(frozen=True, slots=True)
class BankPlan:
    """What an import would do: lines that are new, how many are known, and what the file told of each account.

    `otherwise` are earlier files of the same days and account in another format, whose lines are told apart.
    """

    name: str
    format: str
    added: tuple[BankLineRow, ...]
    known: int
    files: tuple[BankFileRow, ...]
    waiting: int = 0
    learned: BankTable | None = None
    otherwise: tuple[str, ...] = ()

    @property
    def incoming(self) -> list[BankLineRow]:
        """The new lines that brought money in."""
        return [row for row in self.added if row.minor > 0]


def opened(ledger: Ledger, home: Home, path: Path, how: BankReading) -> list[tuple[str, BankContent]]:
    """What a file holds, or each file of an archive, by the banks that the home knows.

    Raises `Refused` with the one line that keeps a file from being taken, or where a file about a bank is broken, and
    `Unusable` where there is no plain file or it is too large.
    """
    tr, banks = translator(ledger.settings.language), load_banks(home)
    if not banks.ok:
        broken = next(problem for problem in banks.problems if not problem.warning)
        raise Refused("{problem}; mend that file, or take it away and the bank is learned anew",
                      problem=broken.text(tr))  # fmt: skip
    source = of_bytes(path.name, content(path, LARGEST))
    whole = replace(how, banks=banks.value)
    found = list[tuple[str, BankContent]]()
    for name, data in sorted(source.members.items()) or [(source.name, source.data)]:
        read_ = read(data, whole)
        if isinstance(read_, RowProblem):
            raise Refused("{file}: {problem}", file=name, problem=sentence(read_, tr))
        found.append((name, read_))
    return found


def prepare(ledger: Ledger, contents: Sequence[tuple[str, BankContent]], name: str) -> BankPlan:
    """What the import of a file, or of all files of an archive, would do; nothing is written."""
    rows: dict[str, BankLineRow] = {}
    files = list[BankFileRow]()
    for each_name, each in contents:
        seen: Counter[tuple[object, ...]] = Counter()
        for statement in each.file.statements:
            own = [_row(statement, movement, seen) for movement in statement.movements]
            rows |= {row.id: row for row in own}
            files.append(_file(ledger, each.file, statement, own, each_name))
    known = bank_lines.known(ledger.db, list(rows))
    return BankPlan(
        name, ", ".join(dict.fromkeys(each.file.format for _, each in contents)),
        tuple(row for row in rows.values() if row.id not in known), len(known),
        tuple(each for each in files if not bank_lines.has_file(ledger.db, each)),
        sum(statement.waiting for _, each in contents for statement in each.file.statements),
        next((each.learned for _, each in contents if each.learned), None), _otherwise(ledger, files),
    )  # fmt: skip


def _otherwise(ledger: Ledger, files: Sequence[BankFileRow]) -> tuple[str, ...]:
    found = [
        before.name for before in bank_lines.files(ledger.db) for each in files
        if (before.account, before.currency) == (each.account, each.currency) and before.format != each.format
        and before.first_day <= each.last_day and each.first_day <= before.last_day
    ]  # fmt: skip
    return tuple(dict.fromkeys(found))


def _row(statement: BankStatement, each: BankMovement, seen: "Counter[tuple[object, ...]]") -> BankLineRow:
    """A line with its identity; `seen` counts equal ones of the file."""
    name, iban, ref, text = map(storable, (each.name, each.iban, each.ref, each.text))
    account, bank_id, key = storable(statement.account), storable(each.bank_id), text_key((name, iban, ref, text))
    same = (account, each.currency, bank_id, each.day.toordinal(), each.minor, key)
    twin = seen[same]
    seen[same] += 1
    return BankLineRow(
        line_id(*same, twin), account, each.day.toordinal(), each.minor, each.currency, name, iban, ref, text, bank_id,
        key, twin,
    )  # fmt: skip


def text_key(texts: Sequence[str]) -> str:
    """The folded text by which lines are told apart: of name, account, reference and text, letters and digits alone."""
    return squeezed(" ".join(texts))


def line_id(account: str, currency: str, bank_id: str, day: int, minor: int, key: str, twin: int) -> str:
    """The id that a line of this content always gets."""
    content = "\n".join((account, currency, bank_id, str(day), str(minor), key, str(twin)))
    return id_of_content((day - _EPOCH) * _DAY, content)


def _file(ledger: Ledger, file: BankFile, told: BankStatement, rows: Sequence[BankLineRow], name: str) -> BankFileRow:
    return BankFileRow(
        new_id(ledger.now), ledger.now, storable(name), file.format, storable(told.account), told.currency,
        told.first.toordinal(), told.last.toordinal(), told.opening_minor, told.closing_minor,
        storable(told.sequence), tuple(sorted(row.id for row in rows)),
    )  # fmt: skip


def carry_out(ledger: Ledger, plan: BankPlan, home: Home) -> None:
    """Write what is new, as one change, and remember a bank's table that was learned. Raises OSError."""
    if plan.learned is not None:
        save_bank(home, plan.learned)
    if not plan.added and not plan.files:
        return
    with ledger.change("bank file {file}: {count} new", file=storable(plan.name), count=len(plan.added)):
        known = bank_lines.known(ledger.db, [row.id for row in plan.added])  # another window may have been faster
        bank_lines.add(ledger.db, [row for row in plan.added if row.id not in known])
        for each in plan.files:
            if not bank_lines.has_file(ledger.db, each):
                bank_lines.add_file(ledger.db, each)


def listed(ledger: Ledger) -> list[BankLineRow]:
    """All lines, oldest first."""
    return bank_lines.select(ledger.db)


def named(ledger: Ledger, given: str) -> BankLineRow:
    """The line of that id, or whose id holds so much of it; raises `Refused` where none or several do."""
    found = bank_lines.like(ledger.db, given) if len(given) >= 4 else []
    if len(found) != 1:
        raise Refused("no line of a bank has the id “{given}”, or several have; “clepsydra bank list” shows them",
                      given=given)  # fmt: skip
    return found[0]


def ignore(ledger: Ledger, given: str, *, back: bool = False) -> BankLineRow:
    """Leave a line out of what is to be matched, or take it in again; raises `Refused`."""
    row = named(ledger, given)
    if row.minor < 0:
        raise Refused("that line took money out: nothing is matched with it")
    if row.taken_minor:
        raise Refused("money was booked from that line; take that receipt back first")
    if bool(row.ignored) == (not back):
        return row
    with ledger.change(_BACK if back else _IGNORED, text=said(row)):
        bank_lines.ignore(ledger.db, row.id, not back)
    return named(ledger, row.id)


def pass_on(
    ledger: Ledger,
    given: str,
    client: str,
    minor: int | None = None,
    text: str = "",
    *,
    tax: str = "",
    disbursement: bool = False,
    percent: Decimal = Decimal(0),
) -> ExpenseRow:
    """Make money that went out an expense of a client: all of it, or `minor` units of the client's currency.

    Raises `Refused` where the line brought money in, or less went out than that.
    """
    row, currency = named(ledger, given), ledger.client(client).currency
    if row.minor > 0:
        raise Refused("that line brought money in; match it with what it pays")
    left = -row.minor - row.taken_minor
    if currency != row.currency and minor is None:
        raise Refused("the line is in {currency}: say how much of it the client is asked for", currency=row.currency)
    minor = left if minor is None else minor
    if currency == row.currency and minor > left:
        lang = ledger.settings.language
        raise Refused("of that line {amount} is left", amount=formats.money(left, currency, lang))
    return expenses.add(
        ledger, client, minor, text or said(row), on=date.fromordinal(row.day), tax=tax, disbursement=disbursement,
        percent=percent, bank_line=row.id,
    )  # fmt: skip


def said(row: BankLineRow) -> str:
    """What a line says, in few words."""
    return " · ".join(part for part in (row.name, row.text or row.ref) if part)[:80]
