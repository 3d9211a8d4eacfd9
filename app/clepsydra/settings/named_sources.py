"""`[phone]` and `[mail]` of the settings: what happened elsewhere is read only where the person named it."""

from enum import StrEnum
from pathlib import Path

from clepsydra.domain.records import dataclass


class LengthUnit(StrEnum):
    """What a plain number in a list of calls counts."""

    SECONDS = "seconds"
    MINUTES = "minutes"


@dataclass(frozen=True, slots=True)
class PhoneTable:
    """How an operator's list of calls is written; columns are named by their headings."""

    files: str = ""
    """Names of the files, with * for anything."""
    delimiter: str = ""
    """What parts the columns; empty to find out."""
    when: tuple[str, ...] = ()
    """The columns of day and time."""
    format: str = ""
    """How day and time are written, as in %d/%m/%Y %H:%M:%S; empty to read them as they stand."""
    number: str = ""
    """The column of the other side's number."""
    length: str = ""
    """The column of the length."""
    unit: LengthUnit = LengthUnit.SECONDS
    """What a plain number in it counts."""
    incoming: str = ""
    """What the column `way` says of calls that came in, with * for anything; all others went out."""
    way: str = ""
    """The column that says whether a call came in or went out."""
    only: tuple[tuple[str, str], ...] = ()
    """Columns with what they must say, with * for anything: what is a call at all."""


@dataclass(frozen=True, slots=True)
class PhoneSettings:
    """Where lists of calls lie; nothing is looked for until a folder is named."""

    country: str = ""
    """The country of numbers without one; empty for that of the seat or the currency."""
    lists: tuple[Path, ...] = ()
    """Folders or files with lists of calls."""
    tables: tuple[PhoneTable, ...] = ()
    """How operators write theirs."""
    line: bool = False
    """Whether calls of a paired telephone are noticed while they last, over the local D-Bus."""
    bluetooth: str = ""
    """The address of the paired telephone whose call list may be asked for; empty for none."""


@dataclass(frozen=True, slots=True)
class MailSettings:
    """Which folders of mail may be read; none before they are named."""

    me: tuple[str, ...] = ()
    """The person's own addresses, in lower case; empty takes whatever lies in a folder of sent mail."""
    sent: tuple[Path, ...] = ()
    """Folders of sent mail."""
    received: tuple[Path, ...] = ()
    """Folders of received mail, which only hint at what a gap was."""
