"""Which reader takes a file of a bank, by its content alone; whatever a reader raises is one line."""

from collections.abc import Mapping, Sequence

from clepsydra.domain.records import dataclass, field, replace
from clepsydra.exchange.bank import camt, headings, mt940, ofx, table
from clepsydra.exchange.bank.shape import BankFile, UnreadableBank
from clepsydra.exchange.doors.parts.tabular import decoded
from clepsydra.exchange.problems import RowProblem, RowReason
from clepsydra.settings.banks import BankTable
from clepsydra.settings.foreign import guarded

FORMATS = (camt, ofx, mt940)
"""The formats that say themselves what they are; what none of them knows is a table, or nothing."""
_HEAD = 8192


@dataclass(frozen=True, slots=True)
class BankReading:
    """What a table needs to be read: the banks that are known, and what the person said for one that is new.

    `name` is what a new bank is called, `typed` its headings by field, `dates` the order of its days.
    """

    banks: Sequence[BankTable] = ()
    name: str = "bank"
    typed: Mapping[str, str] = field(default_factory=dict)
    dates: str = ""
    currency: str = "EUR"
    account: str = ""


@dataclass(frozen=True, slots=True)
class BankContent:
    """A file that was read, and the bank whose table was learned by it, None where nothing is new."""

    file: BankFile
    learned: BankTable | None = None


def sniffed(head: bytes) -> bool:
    """Whether a file says by its beginning that it is one of a bank; tables do not say it."""
    return any(each.sniff(head) for each in FORMATS)


def read(data: bytes, how: BankReading) -> BankContent | RowProblem:
    """What a file holds, or the one line that keeps it from being taken."""
    found = guarded(lambda: _read(data, how))
    if isinstance(found, UnreadableBank):
        return found.problem
    if isinstance(found, Exception):
        return RowProblem(1, RowReason.NOT_READABLE, "", type(found).__name__)
    return found


def _read(data: bytes, how: BankReading) -> BankContent:
    for each in FORMATS:
        if each.sniff(data[:_HEAD]):
            return BankContent(each.read(data))
    text = decoded(data)
    if text is None or not text.strip():
        raise UnreadableBank(1, RowReason.NOT_A_BANK, "", "CAMT.053,OFX,MT940,CSV")
    bank = table.known(text, how.banks)
    learned = None
    if bank is None or how.typed:
        bank = learned = _answered(headings.learn(text, how.name, how.typed), how)
    return BankContent(table.read(text, bank, how.currency), learned)


def _answered(bank: BankTable, how: BankReading) -> BankTable:
    return replace(bank, dates=how.dates or bank.dates, account=how.account, currency=how.currency)
