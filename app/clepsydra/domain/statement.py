"""Statements: frozen lists of lines for one client and period.

Built from billing groups and priced once, a line carries what was exact and what is billed, with the rules and the rate
it was made with, so that nothing later can move it (law 5). Tax is computed on the total, not per line (EN 16931,
BT-117).
"""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from clepsydra.domain.address import as_lines
from clepsydra.domain.billing import Group
from clepsydra.domain.figures import Figures
from clepsydra.domain.interval import HOUR
from clepsydra.domain.money import Hourly, half_up
from clepsydra.domain.records import dataclass, replace
from clepsydra.domain.rounding import RoundingRule
from clepsydra.domain.session import Channel, Decision, Scope
from clepsydra.domain.statement_lines import bundles, priced
from clepsydra.domain.statement_terms import LineKind, PaymentTerms, StatementPart
from clepsydra.domain.terms import Client


class StatementState(StrEnum):
    """Where a statement stands; a preview is not stored, and one of nothing, as under a cap, is never paid."""

    PREVIEW = "preview"
    ISSUED = "issued"
    PAID = "paid"
    NOTHING_DUE = "nothing due"
    VOID = "void"


class LineSort(StrEnum):
    """What a line bills: hours, a fee, overage of a fee; `included` informs and bills nothing, `cap` takes off."""

    TIME = "time"
    FEE = "fee"
    OVERAGE = "overage"
    INCLUDED = "included"
    CAP = "cap"


class StatementWords(NamedTuple):
    """What one statement says of its own, in place of what the client's all say; None leaves that."""

    subject: str | None = None
    order: str | None = None
    note: str | None = None

    def on(self, statement: "Statement") -> "Statement":
        """The statement with these words on it."""
        return replace(statement, **{name: text for name, text in self._asdict().items() if text is not None})


NO_WORDS = StatementWords()


@dataclass(frozen=True, slots=True)
class PeriodUse:
    """How the hours behind a fee stood when it was stated, in seconds: information that bills nothing.

    For a fixed fee `included` is its budget.
    """

    included: int
    used: int
    over: int = 0
    carried_in: int = 0
    topped_up: int = 0
    repaid: int = 0
    borrowed: int = 0
    expired: int = 0
    carried_out: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One line; seconds and minor units of the statement's currency, `hourly` in major units.

    `channel` and `note` are set where all its sessions share them. `last_day` is inclusive. `fee_minor` is an amount
    without exact time behind it, a fee or what a cap takes off; it stands beside the figures, which obey law 4.
    `other_rules` are further rounding rules of its work. `day_sold` is the length in seconds of the day whose price the
    rate comes from, None where hours are sold.
    """

    sort: LineSort
    project: str
    project_name: str
    channel: Channel | None
    note: str
    first_day: date
    last_day: date
    scope: Scope
    decision: Decision | None
    hourly: Hourly
    rule: RoundingRule
    agreed: bool
    figures: Figures
    sessions: tuple[str, ...]
    fee_minor: int = 0
    use: PeriodUse | None = None
    other_rules: tuple[RoundingRule, ...] = ()
    day_sold: int | None = None

    @property
    def rules(self) -> tuple[RoundingRule, ...]:
        """The rounding rules it was made with."""
        return (self.rule, *self.other_rules)

    @property
    def days(self) -> Fraction | None:
        """How many days are billed where days are sold, in halves; None where they do not come out."""
        return halves(self.figures.billed_seconds, self.day_sold)

    @property
    def daily(self) -> Fraction | None:
        """The price of a day in major units where days are sold."""
        return Fraction(self.hourly) * self.day_sold / HOUR if self.day_sold else None


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement, previewed or issued; `first_day` and `last_day` are inclusive, amounts are minor units."""

    client: str
    client_name: str
    client_address: str
    currency: str
    language: str
    zone: str
    first_day: date
    last_day: date
    lines: tuple[Line, ...]
    totals: Figures
    tax: Decimal
    tax_minor: int
    state: StatementState = StatementState.PREVIEW
    number: str = ""
    issued_at: int | None = None
    due_on: date | None = None
    paid_minor: int = 0
    void_reason: str = ""
    fee_minor: int = 0
    issued_on: date | None = None
    """The seller's day of issue; None in statements of versions that had the client's."""
    show: tuple[StatementPart, ...] = tuple(StatementPart)
    """What the client's copy says beside the billed time."""
    subject: str = ""
    order: str = ""
    note: str = ""
    """What it is about, the client's order number, and a personal note."""

    @property
    def net_minor(self) -> int:
        """What is billed before tax: hours and fees."""
        return self.totals.billed_minor + self.fee_minor

    @property
    def bills(self) -> bool:
        """Whether there is anything to state. Included time alone is: it came once its fee was stated."""
        return bool(self.lines)

    @property
    def total_minor(self) -> int:
        """What is to be paid, tax included."""
        return self.net_minor + self.tax_minor

    @property
    def balance_minor(self) -> int:
        """What is still to be paid."""
        return self.total_minor - self.paid_minor


def halves(seconds: int, day: int | None) -> Fraction | None:
    """How many days of a length in seconds a time is; None where hours are sold or it does not come out in halves."""
    days = Fraction(seconds, day) if day else None
    return days if days is not None and days.denominator <= 2 else None


def day_sold(lines: Iterable[Line]) -> int | None:
    """The length in seconds of the day that is sold on all timed lines; None where they differ."""
    sold = {line.day_sold for line in lines if line.sort not in (LineSort.FEE, LineSort.CAP, LineSort.INCLUDED)}
    return sold.pop() if len(sold) == 1 else None


def tax_on(net_minor: int, percent: Decimal) -> int:
    """Tax in minor units on a total before tax, half up (EN 16931: BT-117 = BT-116 x rate)."""
    return half_up(Fraction(net_minor) * Fraction(percent) / 100)


def due_on(issued: date, terms: PaymentTerms) -> date:
    """The due date: days after issue, then the end of that month when so agreed (C. com. L441-10)."""
    due = issued + timedelta(days=terms.days)
    if not terms.end_of_month:
        return due
    following = date(due.year + due.month // 12, due.month % 12 + 1, 1)
    return following - timedelta(days=1)


def lines_from(groups: Iterable[Group], client: Client) -> tuple[Line, ...]:
    """Make statement lines of groups, in order of time."""
    lines = [_line(bundle, client) for bundle in bundles(groups, client)]
    return tuple(sorted(lines, key=lambda line: (line.first_day, line.project, line.sessions)))


def _line(groups: list[Group], client: Client) -> Line:
    pieces = [piece for group in groups for piece in group.pieces]
    key = groups[0].key
    project = client.project(key.project)
    rule, *others = dict.fromkeys(group.key.rule for group in groups)
    return Line(
        sort=LineSort.TIME,
        project=key.project,
        project_name=project.name if project else key.project,
        channel=_shared({piece.session.channel for piece in pieces}),
        note=_shared_note([piece.session.note for piece in pieces], client.statement.lines),
        first_day=min(piece.day for piece in pieces),
        last_day=max(piece.day for piece in pieces),
        scope=key.scope,
        decision=key.decision,
        hourly=key.hourly,
        rule=rule,
        other_rules=tuple(others),
        agreed=any(group.agreed for group in groups),
        figures=priced(groups),
        sessions=tuple(dict.fromkeys(piece.session.id for piece in pieces)),
        day_sold=key.day_sold,
    )


def _shared(channels: set[Channel]) -> Channel | None:
    return channels.pop() if len(channels) == 1 else None


def _shared_note(notes: list[str], lines: LineKind) -> str:
    """The line's description: the notes of its sessions, each once, in order of time."""
    distinct = list(dict.fromkeys(note for note in notes if note))
    if lines in (LineKind.CHANNEL, LineKind.PROJECT):
        return ""
    return " · ".join(distinct)


def compose(client: Client, lines: tuple[Line, ...], first_day: date, last_day: date) -> Statement:
    """Put lines together as a previewed statement with totals and tax."""
    totals = sum((line.figures for line in lines if line.sort is not LineSort.INCLUDED), Figures())
    fees = sum(line.fee_minor for line in lines)
    buyer = client.buyer
    return Statement(
        client=client.slug,
        client_name=client.name,
        client_address=as_lines(client.address, buyer.street, buyer.postcode, buyer.city),
        currency=client.currency,
        language=client.language,
        zone=client.zone.key,
        first_day=first_day,
        last_day=last_day,
        lines=lines,
        totals=totals,
        tax=client.statement.tax,
        tax_minor=tax_on(totals.billed_minor + fees, client.statement.tax),
        fee_minor=fees,
        show=client.statement.show,
        subject=client.statement.subject,
        order=client.invoice.order,
        note=client.statement.note,
    )
