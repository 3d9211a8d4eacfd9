"""MT940, the account statement of SWIFT: `:61:` is a movement, `:86:` what is said of it.

`:86:` comes in fields (`?20` to `?33`, in any order), with words between slashes, or as plain text. RC takes a credit
back and RD a debit; EC and ED are only expected, and left out. Example: `:61:2611241124CR2285,40NTRFNONREF` is
2 285.40 in on 24 November, R being the third letter of EUR.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from clepsydra.exchange.bank.shape import (
    BankFile,
    BankMovement,
    BankStatement,
    UnreadableBank,
    amount,
    currency_of,
    day_of,
    given,
    joined,
    spanned,
    without_nothing,
)
from clepsydra.exchange.doors.parts.tabular import decoded
from clepsydra.exchange.problems import RowReason

NAME = "MT940"
_TAG = re.compile(r":([0-9]{2}[A-Z]?):")
_MOVED = re.compile(
    r"(?P<value>\d{6})(?P<entry>\d{4})?(?P<way>RC|RD|EC|ED|C|D)(?P<funds>[A-Z])?(?P<amount>\d[\d.]*(?:,\d*)?)"
    r"(?:[A-Z][A-Z0-9]{3}(?P<ref>.*))?",
    re.ASCII,
)
_BALANCE = re.compile(r"([CD])(\d{6})([A-Z]{3})(\d[\d.]*(?:,\d*)?)\s*", re.ASCII)
_FIELDS = re.compile(r"(?:\d{3})?([?>~|^])(?=\d\d)", re.ASCII)
_WORDS = re.compile(r"/(EREF|REMI|NAME|IBAN|BIC|CNTP|TRTP|ORDP|BENM|CSID|MARF|KREF|PREF|SVWZ|USTD|STRD|ISDT)/")
_SEPA = re.compile(r"(EREF|KREF|MREF|CRED|DEBT|SVWZ|ABWA|ABWE|IBAN|BIC|COAM|OAMT)\+")
_WIDTH = 27
"""Letters of a field of `:86:`: one that is full goes on in the next without a blank."""


def sniff(head: bytes) -> bool:
    """Whether the beginning of a file is MT940, bare or in an envelope of SWIFT."""
    text = head[:4096].decode("latin-1")
    return bool(re.search(r"^:60[FM]:", text, re.MULTILINE) or re.search(r"^(?:\{.*)?:20:", text, re.MULTILINE))


class _Tag(NamedTuple):
    line: int
    name: str
    value: str


def read(data: bytes) -> BankFile:
    """The statements of a file. Raises `UnreadableBank` for what is none, or is not whole."""
    text = decoded(data)
    if text is None:
        raise UnreadableBank(1, RowReason.NOT_TEXT)
    tags = list(_tags(text))
    starts = [index for index, tag in enumerate(tags) if tag.name == "20"]
    if not starts:
        raise UnreadableBank(1, RowReason.NO_MOVEMENT)
    ends = [*starts[1:], len(tags)]
    return BankFile(NAME, tuple(_statement(tags[begin:end]) for begin, end in zip(starts, ends, strict=True)))


def _tags(text: str) -> Iterator[_Tag]:
    """The tags in order, each with the lines that belong to it; the envelope is passed over."""
    current: _Tag | None = None
    for number, line in enumerate(text.splitlines(), 1):
        line = re.sub(r"^\{.*\{4:", "", line)
        found = _TAG.match(line)
        if found:
            if current:
                yield current
            current = _Tag(number, found[1], line[found.end() :])
        elif line.startswith(("-}", "{")) or line.strip() == "-":
            if current:
                yield current
            current = None
        elif current:
            current = current._replace(value=f"{current.value}\n{line}")
    if current:
        yield current


def _statement(tags: list[_Tag]) -> BankStatement:
    said: dict[str, _Tag] = {}
    for tag in tags:
        said.setdefault(tag.name, tag)
    line = tags[0].line
    opening, closing = said.get("60F") or said.get("60M"), said.get("62F") or said.get("62M")
    if opening is None:
        raise UnreadableBank(line, RowReason.CUT, ":60F:")
    if closing is None:
        raise UnreadableBank(tags[-1].line, RowReason.CUT, ":62F:")
    begin, began, currency = _balance(opening)
    end, ended, other = _balance(closing)
    if currency != other:
        raise UnreadableBank(closing.line, RowReason.CURRENCY, other, currency)
    movements, waiting = list[BankMovement](), 0
    for tag, about in _movements(tags):
        found = _movement(tag, about, currency)
        waiting += found is None
        movements += [found] if found else []
    first, last = spanned(movements, line, began, ended)
    account = said["25"].value if "25" in said else said["25P"].value if "25P" in said else ""
    return BankStatement(
        "".join(account.split("\n")[0].split()), currency, without_nothing(movements), first, last, begin, end,
        said["28C"].value.strip() if "28C" in said else "", waiting,
    ).checked(closing.line)  # fmt: skip


def _balance(tag: _Tag) -> tuple[int, date, str]:
    form = _BALANCE.fullmatch(tag.value.split("\n")[0])
    if form is None:
        raise UnreadableBank(tag.line, RowReason.AMOUNT, tag.value)
    currency = currency_of(form[3], tag.line)
    minor = amount(form[4], currency, tag.line)
    return (minor if form[1] == "C" else -minor), _day(form[2], tag.line), currency


def _day(text: str, line: int) -> date:
    return day_of(2000 + int(text[:2]), int(text[2:4]), int(text[4:]), line, text)


def _movements(tags: list[_Tag]) -> Iterator[tuple[_Tag, _Tag | None]]:
    """Each `:61:` with the `:86:` behind it; the one at the end of a statement is about the whole."""
    for index, tag in enumerate(tags):
        if tag.name == "61":
            after = tags[index + 1] if index + 1 < len(tags) else None
            yield tag, after if after and after.name == "86" else None


def _movement(tag: _Tag, about: _Tag | None, currency: str) -> BankMovement | None:
    head, _, supplement = tag.value.partition("\n")
    form = _MOVED.fullmatch(head.strip())
    if form is None:
        raise UnreadableBank(tag.line, RowReason.NOT_READABLE, head)
    minor = amount(form["amount"].replace(".", ""), currency, tag.line)
    if form["way"] in ("EC", "ED"):
        return None
    theirs, _, banks = (form["ref"] or "").partition("//")
    said = _said(about.value) if about else {}
    return BankMovement(
        tag.line, _booked(form["value"], form["entry"], tag.line), minor if form["way"] in ("C", "RD") else -minor,
        currency, name=said.get("name", ""), iban=said.get("iban", ""),
        ref=given(said.get("ref", "")) or given(theirs),
        text=said.get("text", "") or joined([supplement]), bank_id=given(banks),
    )  # fmt: skip


def _booked(value: str, entry: str | None, line: int) -> date:
    """The day of booking, whose year is that of the value day or the one beside it, whichever is nearer."""
    day = _day(value, line)
    if entry is None:
        return day
    near = []
    for year in (day.year - 1, day.year, day.year + 1):
        try:
            near.append(date(year, int(entry[:2]), int(entry[2:])))
        except ValueError:
            continue
    return min(near, key=lambda each: abs(each - day), default=day)


def _said(value: str) -> dict[str, str]:
    """Name, account, reference and text of an `:86:`, in whichever of its ways it is written."""
    lines = value.split("\n")
    whole = "".join(lines)
    marked = _FIELDS.match(whole)
    if marked:
        return _in_fields(whole, marked[1])
    if _WORDS.search(whole):
        return _in_words(whole)
    return {"text": joined(lines)}


def _in_fields(whole: str, mark: str) -> dict[str, str]:
    """`166?00GUTSCHRIFT?20EREF+…?32ACME?33 SARL?31FR76…`, whatever the order."""
    fields: dict[int, str] = {}
    for part in re.split(re.escape(mark) + r"(?=\d\d)", whole)[1:]:
        number = int(part[:2])
        fields[number] = fields.get(number, "") + part[2:]
    purpose = _run(fields[n] for n in sorted(fields) if 20 <= n <= 29 or 60 <= n <= 63)
    found = {
        "name": _run(fields[n] for n in (32, 33) if n in fields),
        "iban": "".join(fields.get(31, "").split()),
        "text": joined([purpose or fields.get(0, "")]),
    }
    pieces = _SEPA.split(purpose)
    if len(pieces) > 1:
        said = dict(zip(pieces[1::2], pieces[2::2], strict=False))
        found["ref"] = said.get("EREF", "").strip()
        found["iban"] = found["iban"] or "".join(said.get("IBAN", "").split())
        found["text"] = joined([pieces[0], said.get("SVWZ", ""), said.get("ABWA", "")]) or joined([purpose])
    return found


def _run(parts: Iterator[str] | list[str]) -> str:
    """Fields one behind the other: a full one goes on in the next, after a short one comes a blank."""
    text = ""
    for part in parts:
        glued = text and len(text.rpartition("\n")[2]) % _WIDTH == 0
        text += part if not text or glued else f"\n{part}"
    return text.replace("\n", " ")


def _in_words(whole: str) -> dict[str, str]:
    """`/CNTP/NL91…/ABNANL2A/ACME///REMI/USTD//FACT 42/EREF/…`."""
    pieces = _WORDS.split(whole)
    said: Mapping[str, str] = dict(zip(pieces[1::2], pieces[2::2], strict=False))
    party = (said.get("CNTP") or said.get("ORDP") or said.get("BENM") or "").split("/")
    name = said.get("NAME", "").strip("/ ") or (party[2] if len(party) > 2 else "")
    text = [re.sub("^(?:USTD|STRD)/+", "", said.get(word, "").strip("/ ")) for word in ("REMI", "USTD", "SVWZ")]
    return {
        "name": joined([name]),
        "iban": "".join((said.get("IBAN") or party[0]).strip("/").split()),
        "ref": said.get("EREF", "").strip("/ "),
        "text": joined([pieces[0], *text]) or joined([whole]),
    }
