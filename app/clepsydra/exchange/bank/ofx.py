"""OFX 1 (SGML, leaves without an end) and OFX 2 (XML): read as a run of tags, so that both are one, and what a bank
leaves empty or writes out of place loses nothing but itself.

A type declaration is refused. Amounts have a point or a comma; the text is UTF-8, else cp1252.
"""

import re
from datetime import date
from html import unescape

from clepsydra.domain.records import dataclass, field
from clepsydra.exchange.bank.shape import (
    BankFile,
    BankMovement,
    BankStatement,
    UnreadableBank,
    amount,
    currency_of,
    day_of,
    joined,
    spanned,
    without_nothing,
)
from clepsydra.exchange.problems import RowReason

NAME = "OFX"
_TAG = re.compile(r"<(/?)([A-Za-z0-9._]{1,40})[^<>]{0,200}>([^<]*)")
_BEGUN = ("STMTRS", "CCSTMTRS")
_LEFT = ("STMTTRNP", "INVSTMTRS")
"""What is not booked yet, and what is no account of money."""
_WHOSE = {"BANKACCTFROM": "own", "CCACCTFROM": "own", "BANKACCTTO": "other", "CCACCTTO": "other"}


def sniff(head: bytes) -> bool:
    """Whether the beginning of a file is OFX or QFX."""
    start = head.replace(b"\0", b"").upper()
    return b"OFXHEADER" in start or b"<OFX>" in start


def read(data: bytes) -> BankFile:
    """The accounts of a file. Raises `UnreadableBank` for what is none, declares types, or is cut off."""
    text = _decoded(data)
    declared = re.search(r"<!(?:DOCTYPE|ENTITY)", text, re.IGNORECASE)
    if declared:
        raise UnreadableBank(_line(text, declared.start()), RowReason.ENTITIES)
    begins = re.search("<OFX>", text, re.IGNORECASE)
    if begins is None or not re.search("</OFX>", text, re.IGNORECASE):
        raise UnreadableBank(text.count("\n") + 1, RowReason.CUT, "</OFX>")
    text = re.sub(r"<!\[CDATA\[(.*?)\]\]>", lambda m: m[1].replace("<", "&lt;"), text, flags=re.DOTALL)
    found = tuple(account.statement() for account in _accounts(text))
    if not found:
        raise UnreadableBank(1, RowReason.NO_MOVEMENT)
    return BankFile(NAME, found)


def _decoded(data: bytes) -> str:
    for coding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(coding)
        except UnicodeError:
            continue
    return data.decode("latin-1")


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1


@dataclass
class _Transaction:
    line: int
    said: dict[str, str] = field(default_factory=dict)

    def movement(self, currency: str) -> BankMovement | None:
        """The movement; None for one that is empty. Raises `UnreadableBank`."""
        said = self.said.get
        if not said("TRNAMT") and not said("DTPOSTED"):
            return None
        own = currency_of(said("CURSYM", ""), self.line) if said("CURSYM") and said("CURRATE") is None else currency
        minor = amount(_plain(said("TRNAMT", "")), own, self.line)
        texts = [said("NAME", ""), said("MEMO", "")]
        return BankMovement(
            self.line, _day(said("DTPOSTED", ""), self.line), minor, own,
            name=said("NAME", ""), iban=said("other ACCTID", ""),
            ref=said("REFNUM") or said("CHECKNUM") or "",
            text=joined(texts if not said("MEMO") else texts[1:]), bank_id=said("FITID", ""),
        )  # fmt: skip


@dataclass
class _Account:
    line: int
    said: dict[str, str] = field(default_factory=dict)
    transactions: list[_Transaction] = field(default_factory=list)
    waiting: int = 0

    def statement(self) -> BankStatement:
        """The statement of the account; raises `UnreadableBank`."""
        said = self.said.get
        currency = currency_of(said("CURDEF", ""), self.line)
        movements = [each for found in self.transactions if (each := found.movement(currency))]
        days = [_day(said(name, ""), self.line) for name in ("DTSTART", "DTEND") if said(name)]
        closing = said("LEDGERBAL BALAMT")
        first, last = spanned(movements, self.line, *days)
        for each in movements:
            if each.currency != currency:
                raise UnreadableBank(each.line, RowReason.CURRENCY, each.currency, currency)
        return BankStatement(
            said("own ACCTID", ""), currency, without_nothing(movements), first, last,
            closing_minor=amount(_plain(closing), currency, self.line) if closing else None, waiting=self.waiting,
        )  # fmt: skip


def _plain(text: str) -> str:
    """An amount without marks between thousands: the last of point and comma is the decimal one."""
    signs = [sign for sign in text if sign in ".,"]
    bare = text.replace(" ", "").replace("\u00a0", "")
    return bare.replace(signs[0], "") if len(set(signs)) == 2 else bare


def _day(text: str, line: int) -> date:
    if not re.match("[0-9]{8}", text, re.ASCII):
        raise UnreadableBank(line, RowReason.DATE, text, column="DTPOSTED")
    return day_of(int(text[:4]), int(text[4:6]), int(text[6:8]), line, text)


def _accounts(text: str) -> list[_Account]:
    """Each account of the file, with what its tags say; what stands in no account is passed over."""
    reader = _Reader()
    line = place = 0
    for tag in _TAG.finditer(text):
        line, place = line + text.count("\n", place, tag.start()), tag.start()
        reader.take(line + 1, bool(tag[1]), tag[2].upper(), " ".join(unescape(tag[3]).split()))
    return reader.accounts


class _Reader:
    """Which account and movement the tags are in, one by one."""

    def __init__(self) -> None:
        self.accounts: list[_Account] = []
        self._open = False
        self._current: _Transaction | None = None
        self._left = self._whose = ""

    def take(self, line: int, end: bool, name: str, value: str) -> None:
        """A tag with the text behind it."""
        if self._left:
            self._left = "" if end and name == self._left else self._left
        elif name in _LEFT and not end:
            self._left = name
            if self._open and name == "STMTTRNP":
                self.accounts[-1].waiting += 1
        elif name in _BEGUN:
            self._open, self._current = not end, None
            self.accounts += [] if end else [_Account(line)]
        elif self._open:
            self._within(line, end, name, value)

    def _within(self, line: int, end: bool, name: str, value: str) -> None:
        account = self.accounts[-1]
        if name == "STMTTRN":
            self._current = None if end else _Transaction(line)
            account.transactions += [self._current] if self._current else []
        elif name in ("BANKTRANLIST", "LEDGERBAL", "AVAILBAL"):
            self._whose, self._current = "" if end else name, None
        elif name in _WHOSE:
            self._whose = "" if end else _WHOSE[name]
        elif value and not end:
            # The first of a name holds: a payee repeats what the movement says.
            where = account.said if self._current is None else self._current.said
            where.setdefault(f"{self._whose} {name}" if name in ("ACCTID", "BALAMT") else name, value)
