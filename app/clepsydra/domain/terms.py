"""What a client and a person have agreed: rates, rounding, contracts, all dated; and how the client is served.

Every list is in the order of its dates; the last entry whose date has come holds (law 5). A project's own entries
win over the client's; where a project has none for a day, the client's hold.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar
from zoneinfo import ZoneInfo

from clepsydra.domain.agreement import Contract
from clepsydra.domain.chase_terms import ChaseTerms
from clepsydra.domain.contacts import ContactPatterns
from clepsydra.domain.money import Hourly
from clepsydra.domain.records import dataclass, field
from clepsydra.domain.rounding import EXACT, RoundingRule
from clepsydra.domain.session import DEFAULT_PROJECT, OWN, Channel
from clepsydra.domain.statement_terms import StatementTerms

if TYPE_CHECKING:
    from clepsydra.domain.evidence_rules import EvidenceRule
    from clepsydra.domain.surcharges import Surcharge


class Dated(Protocol):
    """Anything that holds from a day on."""

    @property
    def since(self) -> date: ...


D = TypeVar("D", bound=Dated)


def holding(entries: Sequence[D], day: date) -> D | None:
    """The last entry whose date has come on `day`, or None before the first."""
    found = None
    for entry in entries:
        if entry.since <= day:
            found = entry
    return found


@dataclass(frozen=True, slots=True)
class Rate:
    """An hourly rate in major units of the client's currency, with exceptions by channel.

    `day` is the length in seconds of the day whose price it came from, None where hours are sold.
    """

    since: date
    hourly: Hourly
    channels: tuple[tuple[Channel, Hourly], ...] = ()
    day: int | None = None

    def of(self, channel: Channel) -> Hourly:
        """The hourly rate of a channel."""
        return dict(self.channels).get(channel, self.hourly)

    def day_of(self, channel: Channel) -> int | None:
        """The length of the day that is sold in a channel, in seconds; None where hours are."""
        return None if channel in dict(self.channels) else self.day


@dataclass(frozen=True, slots=True)
class DatedRule:
    """A rounding rule that holds from a day on, for all channels or for some."""

    since: date
    rule: RoundingRule
    channels: frozenset[Channel] | None = None


@dataclass(frozen=True, slots=True)
class Touches:
    """How quick exchanges are logged: default length in seconds, free ones a month; `shared`: counted by the client."""

    default: int = 300
    free_per_month: int = 0
    shared: bool = False


@dataclass(frozen=True, slots=True)
class CallHints:
    """Who usually calls through what; calls shorter than `ignore_under` seconds are not kept."""

    apps: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    ignore_under: int = 20
    store_titles: bool = False


class BuyerTerms(NamedTuple):
    """Who a client is on an invoice, and where it goes; `kind`: business, consumer or public. Empty where unknown."""

    country: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    siren: str = ""
    vat: str = ""
    routing: str = ""
    email: str = ""
    attention: str = ""
    kind: str = "business"


class InvoiceTerms(NamedTuple):
    """How a client is invoiced. `source`: of statements, or of the log at once; `billing`: elsewhere where not invoice.

    `tax` is a tax key, empty where `StatementTerms.tax` says it; `early` is percent and days; `minimum` major units.
    """

    source: str = "statement"
    billing: str = "invoice"
    profile: str = ""
    order: str = ""
    buyer_reference: str = ""
    requires: tuple[str, ...] = ()
    tax: str = ""
    reverse_charge: bool = False
    early: tuple[Decimal, int] | None = None
    minimum: Decimal | None = None
    swiss_qr: bool = False
    lines: tuple[str, ...] = ()


_NO_BUYER, _PLAIN = BuyerTerms(), InvoiceTerms()


@dataclass(frozen=True, slots=True)
class Context:
    """What to remember of a client: who decides, what was promised, where the work lives."""

    decides: str = ""
    promised: str = ""
    repositories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Project:
    """An agreement within a client; empty lists and None mean the client's own."""

    slug: str
    name: str
    rates: tuple[Rate, ...] = ()
    rounding: tuple[DatedRule, ...] = ()
    contracts: tuple[Contract, ...] = ()
    touches: Touches | None = None
    calls: CallHints | None = None
    contact: ContactPatterns = ContactPatterns()


NO_PROJECT = Project(DEFAULT_PROJECT, "")
"""The default project of a client that says nothing of it: all its terms are the client's own."""


@dataclass(frozen=True, slots=True)
class BankHints:
    """Under which other names a client pays, and from which accounts."""

    names: tuple[str, ...] = ()
    ibans: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Client:
    """Who is billed, and on what terms. A billing day is a civil day of `zone`, from midnight to midnight."""

    slug: str
    name: str
    currency: str
    zone: ZoneInfo
    language: str = "en"
    key: str | None = None
    rates: tuple[Rate, ...] = ()
    rounding: tuple[DatedRule, ...] = ()
    contracts: tuple[Contract, ...] = ()
    touches: Touches = Touches()
    calls: CallHints = CallHints()
    statement: StatementTerms = StatementTerms()
    projects: tuple[Project, ...] = ()
    context: Context = field(default_factory=Context)
    contact: ContactPatterns = ContactPatterns()
    bank: BankHints = BankHints()
    address: str = ""
    active: bool = True
    buyer: BuyerTerms = _NO_BUYER
    invoice: InvoiceTerms = _PLAIN
    surcharges: "tuple[Surcharge, ...]" = ()
    decide: "tuple[EvidenceRule, ...]" = ()
    chase: ChaseTerms = ChaseTerms()

    @property
    def own(self) -> bool:
        """Whether this is the reserved client of own work."""
        return self.slug == OWN

    @property
    def invoiced_here(self) -> bool:
        """Whether what is billed to it comes on invoices of this program, and not on statements or elsewhere."""
        return not self.own and self.invoice.billing == "invoice"

    def project(self, slug: str) -> Project | None:
        """The project of that slug; the default one always exists."""
        for project in self.projects:
            if project.slug == slug:
                return project
        return NO_PROJECT if slug == DEFAULT_PROJECT else None

    def rate(self, project: str, channel: Channel, day: date) -> Hourly:
        """The hourly rate of a session of that day, in major units; 0 where none was agreed."""
        rate = self.rate_on(project, day)
        return rate.of(channel) if rate else Decimal(0)

    def day_sold(self, project: str, channel: Channel, day: date) -> int | None:
        """The length in seconds of the day whose price a session of that day is billed by; None where hours are."""
        rate = self.rate_on(project, day)
        return rate.day_of(channel) if rate else None

    def rate_on(self, project: str, day: date) -> Rate | None:
        """The rates that hold for a project on a day; None before the first."""
        own = self.project(project)
        return (holding(own.rates, day) if own else None) or holding(self.rates, day)

    def rule(self, project: str, channel: Channel, day: date) -> RoundingRule:
        """The rounding rule of a session of that day; exact where none was agreed.

        A rule limited to the session's channel wins over a general one: a general rule does not repeal it.
        """
        own = self.project(project)
        for rules in (own.rounding if own else ()), self.rounding:
            special = general = None
            for each in rules:
                if each.since <= day and not each.channels:
                    general = each
                elif each.since <= day and channel in (each.channels or ()):
                    special = each
            if found := special or general:
                return found.rule
        return EXACT

    def contract(self, project: str, day: date) -> Contract | None:
        """The contract a session of that day falls under; None before the first and after the end of the last."""
        return self.agreement(project, day)[1]

    def agreement(self, project: str, day: date) -> tuple[str | None, Contract | None]:
        """The same, after the project whose own it is; None where it is the client's."""
        own = self.project(project)
        for whose, contracts in (project, own.contracts if own else ()), (None, self.contracts):
            found = holding(contracts, day)
            if found and not found.over(day):
                return whose, found
        return None, None

    def contracts_of(self, project: str) -> tuple[Contract, ...]:
        """The dated contracts of a project, or the client's where it has none of its own."""
        own = self.project(project)
        return (own.contracts if own else ()) or self.contracts

    def touches_of(self, project: str) -> Touches:
        """How touches of a project are logged."""
        own = self.project(project)
        return (own.touches if own else None) or self.touches
