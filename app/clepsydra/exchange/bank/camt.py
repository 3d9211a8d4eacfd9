"""CAMT.053, the account statement of ISO 20022, in any version: `Stmt` with its balances and entries.

Only what is booked counts. An entry over several payments is split where the amounts of its details add up to it;
else it stays one movement with all their texts. A reversal says its direction itself, as the standard wants it.
"""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from clepsydra.domain.records import dataclass
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
from clepsydra.exchange.doors.parts.xml import LINE, tree
from clepsydra.exchange.problems import RowProblem, RowReason

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

NAME = "CAMT.053"
_OTHERS = ("BkToCstmrAcctRpt", "BkToCstmrDbtCdtNtfctn")
"""Of the same family: a report of the day, whose entries may still change, and an advice without balances."""
_OPENING, _CLOSING, _BETWEEN = ("OPBD", "PRCD"), ("CLBD",), "ITBD"
_DAYS = ("Dt", "DtTm")


def sniff(head: bytes) -> bool:
    """Whether the beginning of a file is one of this family."""
    start = head.replace(b"\0", b"")
    return b"<" in start[:200] and (b"BkToCstmr" in start or b"camt.05" in start)


def read(data: bytes) -> BankFile:
    """The statements of a file. Raises `UnreadableBank` for what is none, is not whole or declares entities."""
    root = tree(data)
    if isinstance(root, RowProblem):
        raise UnreadableBank(root.line, root.reason, root.found or root.allowed)
    for other in _OTHERS:
        if root.find(f".//{other}") is not None:
            raise UnreadableBank(_line(root), RowReason.NOT_THIS_FORM, other, NAME)
    found = tuple(map(_statement, root.iterfind(".//Stmt")))
    if not found:
        raise UnreadableBank(_line(root), RowReason.NO_MOVEMENT)
    return BankFile(NAME, found)


def _line(node: "Element | None") -> int:
    return int(node.get(LINE, "1")) if node is not None else 1


def _text(node: "Element | None", *paths: str) -> str:
    """The first of several places that says something."""
    if node is None:
        return ""
    return next((text for path in paths if (text := " ".join((node.findtext(path) or "").split()))), "")


def _texts(node: "Element", path: str) -> list[str]:
    return [each.text or "" for each in node.iterfind(path)]


def _statement(node: "Element") -> BankStatement:
    balances = [_balance(each) for each in node.iterfind("Bal")]
    opening, closing = _ends([each for each in balances if each])
    currency = _text(node, "Acct/Ccy") or (opening or closing or _NOTHING).currency
    waiting, movements = 0, list[BankMovement]()
    for entry in node.iterfind("Ntry"):
        if _text(entry, "Sts/Cd", "Sts/Prtry", "Sts") not in ("BOOK", ""):
            waiting += 1
            continue
        movements += _entry(entry)
    currency = currency_of(currency or (movements[0].currency if movements else ""), _line(node))
    for each in movements:
        if each.currency != currency:
            raise UnreadableBank(each.line, RowReason.CURRENCY, each.currency, currency)
    first, last = spanned(
        movements, _line(node), (opening or _NOTHING).day, (closing or _NOTHING).day, _optional(node, "FrToDt/FrDtTm")
    )
    return BankStatement(
        _text(node, "Acct/Id/IBAN", "Acct/Id/Othr/Id"), currency, without_nothing(movements), first, last,
        opening.minor if opening else None, closing.minor if closing else None,
        _text(node, "LglSeqNb", "ElctrncSeqNb"), waiting,
    ).checked(_line(node))  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Balance:
    kind: str
    minor: int
    currency: str
    day: date | None


_NOTHING = _Balance("", 0, "", None)


def _balance(node: "Element") -> _Balance | None:
    kind = _text(node, "Tp/CdOrPrtry/Cd")
    if kind not in (*_OPENING, *_CLOSING, _BETWEEN):
        return None
    minor, currency = _signed(node)
    return _Balance(kind, minor, currency, _optional(node, *(f"Dt/{each}" for each in _DAYS)))


def _ends(balances: list[_Balance]) -> tuple[_Balance | None, _Balance | None]:
    """The balances a statement, or one page of it, begins and ends with."""
    between = [each for each in balances if each.kind == _BETWEEN]
    opening = next((each for kind in _OPENING for each in balances if each.kind == kind), None)
    closing = next((each for each in balances if each.kind in _CLOSING), None)
    if opening is None and between and (closing or len(between) > 1):
        opening = between[0]
    if closing is None and between and between[-1] is not opening:
        closing = between[-1]
    return opening, closing


def _signed(node: "Element") -> tuple[int, str]:
    """What an amount and its direction say, with the currency."""
    found = node.find("Amt")
    if found is None:
        raise UnreadableBank(_line(node), RowReason.AMOUNT)
    return _of(found, _text(node, "CdtDbtInd"), _line(found))


def _of(found: "Element", direction: str, line: int) -> tuple[int, str]:
    currency = currency_of(found.get("Ccy", ""), line)
    minor = amount((found.text or "").strip(), currency, line)
    if direction not in ("CRDT", "DBIT"):
        raise UnreadableBank(line, RowReason.WORD, direction, "CRDT,DBIT", "CdtDbtInd")
    return (minor if direction == "CRDT" else -minor), currency


def _optional(node: "Element", *paths: str) -> date | None:
    text = _text(node, *paths)
    return _day(text, _line(node)) if text else None


def _day(text: str, line: int) -> date:
    parts = text[:10].split("-")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        raise UnreadableBank(line, RowReason.DATE, text, column="Dt")
    return day_of(int(parts[0]), int(parts[1]), int(parts[2]), line, text)


def _entry(node: "Element") -> Iterator[BankMovement]:
    minor, currency = _signed(node)
    day = _optional(node, *(f"BookgDt/{each}" for each in _DAYS), *(f"ValDt/{each}" for each in _DAYS))
    if day is None:
        raise UnreadableBank(_line(node), RowReason.DATE, "", column="BookgDt")
    whole = BankMovement(
        _line(node), day, minor, currency, text=_text(node, "AddtlNtryInf"), bank_id=_text(node, "AcctSvcrRef")
    )
    details = node.findall("NtryDtls/TxDtls")
    amounts = [_part(each, node, currency) for each in details]
    if len(details) > 1 and None not in amounts and sum(filter(None, amounts)) == minor:
        for each, part in zip(details, amounts, strict=True):
            yield _detailed(whole, [each], part or 0)
    else:
        yield _detailed(whole, details, minor)


def _part(detail: "Element", entry: "Element", currency: str) -> int | None:
    """The amount of one payment within an entry, in the currency of the account; None where it is not said."""
    direction = _text(detail, "CdtDbtInd") or _text(entry, "CdtDbtInd")
    for path in ("Amt", "AmtDtls/TxAmt/Amt", "AmtDtls/InstdAmt/Amt"):
        found = detail.find(path)
        if found is not None and found.get("Ccy") == currency:
            return _of(found, direction, _line(found))[0]
    return None


def _detailed(whole: BankMovement, details: "list[Element]", minor: int) -> BankMovement:
    """An entry, or one payment of it, with what its details say; the other side is who paid, or was paid."""
    if not details:
        return whole
    side = "Dbtr" if minor > 0 else "Cdtr"
    first, one = details[0], len(details) == 1
    texts = [text for each in details for text in (*_texts(each, "RmtInf/Ustrd"), _text(each, "AddtlTxInf"))]
    texts += [ref for each in details[1:] for ref in _texts(each, "RmtInf/Strd/CdtrRefInf/Ref")]
    names = joined([_text(each, *_name_paths(side)) for each in details])
    return BankMovement(
        _line(first) if one else whole.line, whole.day, minor, whole.currency,
        name=names,
        iban=_text(first, f"RltdPties/{side}Acct/Id/IBAN", f"RltdPties/{side}Acct/Id/Othr/Id") if one else "",
        ref=_text(first, "RmtInf/Strd/CdtrRefInf/Ref") or _given_id(first),
        text=joined([*texts, whole.text] if any(text.strip() for text in texts) else [whole.text]),
        bank_id=_text(first, "Refs/AcctSvcrRef") or whole.bank_id if one else whole.bank_id,
    )  # fmt: skip


def _name_paths(side: str) -> tuple[str, ...]:
    return tuple(f"RltdPties/{who}/{path}" for who in (side, f"Ultmt{side}") for path in ("Nm", "Pty/Nm"))


def _given_id(detail: "Element") -> str:
    """What the payer gave to know the payment by; banks write NOTPROVIDED where it gave nothing."""
    found = _text(detail, "Refs/EndToEndId")
    return "" if found.upper().startswith("NOTPROVIDED") else found
