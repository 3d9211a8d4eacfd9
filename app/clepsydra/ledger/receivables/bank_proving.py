"""Prove that the lines of banks are what the banks told, and that their files follow one another (law 16)."""

from collections.abc import Iterator

from clepsydra.language.message import Sum, message
from clepsydra.ledger.breach import Breach
from clepsydra.ledger.documents import expenses
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.receivables.banking import line_id, text_key
from clepsydra.ledger.receivables.proving import LAW
from clepsydra.store import bank_lines
from clepsydra.store.bank_lines import BankFileRow, BankLineRow
from clepsydra.store.expenses import ExpenseRow


def breaches(ledger: Ledger) -> Iterator[Breach]:
    """What is wrong with the lines of banks: one that is not what it was, and balances that do not follow."""
    rows = {row.id: row for row in bank_lines.select(ledger.db)}
    for row in rows.values():
        own_id = line_id(row.account, row.currency, row.bank_id, row.day, row.minor, row.text_key, row.twin)
        if row.text_key != text_key((row.name, row.iban, row.ref, row.text)) or row.id != own_id:
            yield Breach(LAW, message("line {line} of the bank is not what the bank told", line=row.id))
    for each in expenses.listed(ledger):
        if each.bank_line and _beyond(rows.get(each.bank_line), each):
            what = message("the expense “{text}” is more than its line of the bank paid out", text=each.text)
            yield Breach(LAW, what)
    before: BankFileRow | None = None
    for file in bank_lines.files(ledger.db):
        yield from _unbalanced(rows, file)
        if before is not None and (before.account, before.currency) == (file.account, file.currency):
            yield from _unchained(before, file)
        before = file


def _beyond(row: BankLineRow | None, expense: ExpenseRow) -> bool:
    """Whether no money went out by a line, or less than its expenses ask in its own currency."""
    return row is None or row.minor > 0 or (row.currency == expense.currency and row.taken_minor > -row.minor)


def _unbalanced(rows: dict[str, BankLineRow], file: BankFileRow) -> Iterator[Breach]:
    """A file whose balances are not those of its lines as they are in the log."""
    if any(each not in rows for each in file.lines):
        yield Breach(LAW, message("bank file {file}: a line of it is gone", file=file.name))
    elif file.opening_minor is not None and file.closing_minor is not None:
        reached = file.opening_minor + sum(rows[each].minor for each in file.lines)
        if reached != file.closing_minor:
            what = message("bank file {file}: its lines do not lead from its first balance to its last", file=file.name)
            yield Breach(LAW, what)


def _unchained(before: BankFileRow, file: BankFileRow) -> Iterator[Breach]:
    """A file that should go on where the one before it ended, by its number or its days, and does not."""
    if before.closing_minor is None or file.opening_minor is None or before.closing_minor == file.opening_minor:
        return
    if _follows(before, file):
        what = message(
            "account {account}: {file} begins with {begins}, and {before} ended with {ended}",
            account=file.account, file=file.name, begins=Sum(file.opening_minor, file.currency),
            before=before.name, ended=Sum(before.closing_minor, file.currency),
        )  # fmt: skip
        yield Breach(LAW, what)


def _follows(before: BankFileRow, file: BankFileRow) -> bool:
    """Whether a file is the next of its account: the bank counts so, or no day lies between and none is in both."""
    numbers = [each.sequence.split("/")[0] for each in (before, file)]
    if all(number.isdigit() and len(number) < 9 for number in numbers) and before.sequence != file.sequence:
        first, second = map(int, numbers)
        return second == first + 1 and file.first_day >= before.first_day
    return file.first_day == before.last_day + 1
