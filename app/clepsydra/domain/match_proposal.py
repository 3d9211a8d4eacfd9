"""What matching is given and what it proposes: lines of a bank, who is known, and how sure a proposal is and why."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from clepsydra.domain.records import dataclass, field


class Likeness(StrEnum):
    """How sure a proposal is."""

    SURE = "sure"
    LIKELY = "likely"
    LOOK = "look"


class MatchReason(StrEnum):
    """Why a proposal is what it is: first what speaks for it, then what makes it doubtful."""

    NUMBER = "number"
    NUMBERS = "numbers"
    CLIENT = "client"
    PART = "part"
    REST = "rest"
    INSTALMENT = "instalment"
    SUM = "sum"
    SHORT = "short"
    ONLY = "only"
    ALIKE = "alike"
    TWO_CLIENTS = "two_clients"
    OTHER_CLIENT = "other_client"
    PAID_TWICE = "paid_twice"
    SETTLED = "settled"
    MORE = "more"
    OTHER_AMOUNT = "other_amount"
    OTHER_CURRENCY = "other_currency"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Incoming:
    """A line of a bank that brought money in."""

    id: str
    day: date
    minor: int
    currency: str
    name: str = ""
    iban: str = ""
    ref: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class MatchProposal:
    """What a line pays: `documents` by number, what speaks for and against it, and what else it may be.

    `gap_minor` is what is missing to the open amounts, below zero where the line brings more. `about` are the numbers
    that the reasons speak of.
    """

    documents: tuple[str, ...]
    likeness: Likeness
    because: tuple[MatchReason, ...]
    client: str = ""
    gap_minor: int = 0
    candidates: tuple[str, ...] = ()
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of those who pay: names and accounts by whom they mean, and the documents that are settled.

    `settled` are their numbers by each mark that names them, `amounts` by client, currency and what they asked.
    """

    names: tuple[tuple[str, str], ...] = ()
    ibans: Mapping[str, str] = field(default_factory=dict)
    settled: Mapping[str, str] = field(default_factory=dict)
    amounts: Mapping[tuple[str, str, int], str] = field(default_factory=dict)
