"""How clients are reached, and where what happened outside the microphone is looked for: `[contact]`, `[phone]`."""

import re
from collections.abc import Callable
from pathlib import Path

from clepsydra.domain.contacts import ContactPatterns
from clepsydra.settings import values
from clepsydra.settings.foreign import expanded
from clepsydra.settings.invoicing import country
from clepsydra.settings.named_sources import LengthUnit, PhoneSettings, PhoneTable
from clepsydra.settings.problems import Expected, ProblemKind
from clepsydra.settings.section import read_section
from clepsydra.settings.toml_document import TomlTable

_ADDRESS = re.compile(r"[^\s@<>,;]*@[\w-]+(\.[\w-]+)+")
_BLUETOOTH = re.compile(r"[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){5}", re.ASCII)
_NUMBER = re.compile(r"\+?[\d\s().\-/]*\*?")


def read_contact(table: TomlTable) -> ContactPatterns:
    """How a client is reached; a wrong entry is noted and left out with its list."""
    found = ContactPatterns(
        mail=table.take("mail", values.list_of(_shaped(_is_address, Expected.CONTACT_MAIL)), ()),
        phone=table.take("phone", values.list_of(_shaped(_is_number, Expected.CONTACT_PHONE)), ()),
        chat=table.take("chat", values.list_of(_shaped(_is_chat, Expected.CONTACT_CHAT)), ()),
    )
    table.done()
    return found


def _shaped(fits: Callable[[str], bool], expected: Expected) -> Callable[[object], str]:
    def parse(raw: object) -> str:
        if not isinstance(raw, str) or not fits(raw.strip()):
            raise values.wrong(expected, raw)
        return raw.strip()

    return parse


def _is_address(text: str) -> bool:
    return bool(_ADDRESS.fullmatch(text))


def _is_number(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text)) and sum(char.isdigit() for char in text) >= 6


def _is_chat(text: str) -> bool:
    app, colon, name = text.partition(":")
    return bool(colon and app.strip() and name.strip())


def read_phone(table: TomlTable, folder: Path) -> PhoneSettings:
    """Where lists of calls lie, and how operators write theirs."""
    return read_section(
        table,
        PhoneSettings,
        country=table.take("country", _country, ""),
        lists=tuple(folder / expanded(each) for each in table.take("lists", values.list_of(values.filled), ())),
        tables=tuple(_table(each) for each in table.tables("tables")),
        bluetooth=table.take("bluetooth", _bluetooth, ""),
    )


def _bluetooth(raw: object) -> str:
    """An address of Bluetooth, in large letters as BlueZ has it."""
    if raw != "" and not (isinstance(raw, str) and _BLUETOOTH.fullmatch(raw.strip())):
        raise values.wrong(Expected.BLUETOOTH, raw)
    return str(raw).strip().upper()


def _country(raw: object) -> str:
    return "" if raw == "" else country(raw)


def _table(table: TomlTable) -> PhoneTable:
    only = table.table("only")
    found = PhoneTable(
        files=table.take("files", values.filled, "", required=True),
        delimiter=table.take("delimiter", values.filled, ""),
        when=table.take("when", _columns, (), required=True),
        format=table.take("format", values.filled, ""),
        number=table.take("number", values.filled, "", required=True),
        length=table.take("length", values.filled, "", required=True),
        unit=table.take("unit", values.one_of(LengthUnit), LengthUnit.SECONDS),
        incoming=table.take("incoming", values.filled, ""),
        way=table.take("way", values.filled, ""),
        only=tuple((name, only.take(name, values.filled, "*")) for name in only.values),
    )
    table.done()
    if found.incoming and not found.way:
        table.note(ProblemKind.NEEDED, "way", expected=Expected.FILLED, other="incoming")
    return found


def _columns(raw: object) -> tuple[str, ...]:
    """One heading, or several whose texts are read one after the other."""
    found = values.list_of(values.filled)([raw] if isinstance(raw, str) else raw)
    if not found:
        raise values.wrong(Expected.TEXTS, raw)
    return found
