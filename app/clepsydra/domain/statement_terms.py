"""What a client's statements look like: what makes a line, what the client's copy shows, when it is due."""

from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from clepsydra.domain.records import dataclass


class LineKind(StrEnum):
    """What makes a statement line."""

    SESSION = "session"
    DAY = "day"
    CHANNEL = "channel"
    PROJECT = "project"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class PaymentTerms:
    """Days to pay, and whether the due date moves to the end of its month."""

    days: int = 30
    end_of_month: bool = False


class LedesKeys(NamedTuple):
    """What a client's legal billing calls things; `name` and `level` are the timekeeper's, the last two UTBMS codes."""

    client_id: str = ""
    matter: str = ""
    firm_id: str = ""
    timekeeper: str = ""
    name: str = ""
    level: str = ""
    task: str = ""
    activity: str = ""


class StatementPart(StrEnum):
    """What a client's copy may say beside the billed time: the exact times, the notes of the work."""

    TIMES = "times"
    NOTES = "notes"


@dataclass(frozen=True, slots=True)
class StatementTerms:
    """What a client's statements look like; `tax` is a percentage.

    `show` is what the client's copy says beside the billed time; `subject` and `note` stand on each where it says none
    of its own.
    """

    formats: tuple[str, ...] = ("pdf", "csv")
    show: tuple[StatementPart, ...] = tuple(StatementPart)
    subject: str = ""
    note: str = ""
    lines: LineKind = LineKind.DAY
    terms: PaymentTerms = PaymentTerms()
    tax: Decimal = Decimal(0)
    ledes: LedesKeys = LedesKeys()
