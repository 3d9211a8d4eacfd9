"""What is owed and what was paid of it, as facts that matching, chasing and forecasts reckon with."""

from datetime import date

from clepsydra.domain.records import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """One instalment of a plan: its own due day, its amount and what is left of it."""

    due: date
    minor: int
    open_minor: int


@dataclass(frozen=True, slots=True)
class Debt:
    """An issued invoice or deposit invoice, or a statement that is on no document, of which something is open.

    `due` is the original day; `parts` are there under an instalment plan only.
    """

    id: str
    number: str
    kind: str
    client: str
    currency: str
    issued: date
    due: date
    total_minor: int
    open_minor: int
    parts: tuple[Part, ...] = ()
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Payment:
    """One allocation of kind payment, with the due day of what it paid."""

    number: str
    client: str
    currency: str
    due: date
    paid: date
    minor: int
