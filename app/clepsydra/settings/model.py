"""The person's settings, typed. Every attribute says what it means; `config/settings.toml` says the same to people."""

from collections.abc import Mapping
from datetime import time
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

from clepsydra.domain.chase_terms import ChaseTerms
from clepsydra.domain.records import dataclass, field
from clepsydra.language.translator import ENGLISH
from clepsydra.settings import times
from clepsydra.settings.cash import CashSettings
from clepsydra.settings.defaults import SESSION_OVER
from clepsydra.settings.machine import Mnemonic, NoticeSettings, PresenceSettings
from clepsydra.settings.named_sources import MailSettings, PhoneSettings
from clepsydra.settings.section import Seconds, SecondsAboveZero, Texts

if TYPE_CHECKING:
    from clepsydra.domain.taxes import TaxRule

Hours = Mapping[int, tuple[tuple[time, time], ...]]
"""Times of work by weekday, 0 is Monday; an end of 00:00 is the end of that day."""


class EvidenceSource(StrEnum):
    """Where calls are noticed."""

    STREAMS = "streams"
    ROOM = "room"
    OFF = "off"


class Interrupt(StrEnum):
    """What a detected call does to the running timer."""

    PAUSE = "pause"
    INSIDE = "inside"
    NOTE = "note"


class FormatName(StrEnum):
    """What a statement can be exported to."""

    PDF = "pdf"
    CSV = "csv"
    JSON = "json"
    MARKDOWN = "markdown"
    HTML = "html"


@dataclass(frozen=True, slots=True)
class Warn:
    """When to warn; a warning never refuses anything."""

    session_over: SecondsAboveZero = SESSION_OVER
    """Seconds after which a session is suspiciously long."""
    unbilled_over: SecondsAboveZero = 30 * 86_400
    """Seconds after which unbilled work is old."""
    idle_over: Seconds = 1200
    """Seconds without a key, under a running timer, that are asked about; 0 for never."""


@dataclass(frozen=True, slots=True)
class DaySettings:
    """What is asked about a day."""

    gap_under: Seconds = 300
    """Seconds: a gap no longer than this is neither asked nor a leak; the day's close tells them as one figure."""


@dataclass(frozen=True, slots=True)
class CallSettings:
    """How calls are noticed."""

    evidence: EvidenceSource = EvidenceSource.STREAMS
    """Which evidence is used."""
    interrupt: Interrupt = Interrupt.PAUSE
    """What a call does to the running timer."""
    device: str = ""
    """The input device of room mode; empty for the system's own."""
    office_hours: Hours = field(default_factory=dict)
    """When calls are looked for; empty for always."""
    ignore: Texts = ()
    """Programs, and marks of titles, whose use of the microphone is no call."""
    peaks: bool = False
    """Whether peak values of playback in doubt may be read."""
    keep_evidence: Seconds = 400 * 86_400
    """Seconds for which evidence is kept, 0 for ever: a year and a month, so that last year's same month can still be
    derived again when it is billed or disputed. What waits for a decision keeps its evidence however old it is."""
    constants: Mapping[str, float] = field(default_factory=dict)
    """Time constants of the detector by name, in seconds, replacing its own."""


@dataclass(frozen=True, slots=True)
class Reminders:
    """What the person wants to be reminded of."""

    close_day_at: time | None = None
    """When to be reminded of closing the day; None for never."""


@dataclass(frozen=True, slots=True)
class Goal:
    """What a stretch of days is to bring: time worked, or money earned; the other is None."""

    seconds: int | None = None
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Goals:
    """What the person means to work or to earn, where they said it."""

    day: Goal | None = None
    """In a day."""
    week: Goal | None = None
    """In a week."""
    month: Goal | None = None
    """In a month."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a year must pay, in major units of the person's currency: for the real hourly rate."""

    income: Decimal = Decimal(0)
    """What the person wants to earn in a year."""
    charges: Decimal = Decimal(0)
    """Social charges and taxes of a year."""
    overheads: Decimal = Decimal(0)
    """Expenses of a year."""
    working_days: int = 218
    """Days worked in a year; 218 is the French yearly forfait (Code du travail, L3121-64)."""
    hours_per_day: Annotated[int, times.step] = 7 * 3600
    """Seconds worked in a day."""


class Regime(StrEnum):
    """Whether the seller charges tax."""

    NORMAL = "normal"
    FRANCHISE = "franchise"


class VatOn(StrEnum):
    """When the tax of services is owed: once they are paid, or once they are invoiced."""

    COLLECTION = "collection"
    DEBITS = "debits"


class InvoiceFormat(StrEnum):
    """What an invoice is exported to: the PDF, the XML in it, or the XML beside it."""

    PDF = "pdf"
    FACTURX = "facturx"
    XML = "xml"


class Profile(StrEnum):
    """Which electronic invoice a client wants; without one, Factur-X in euros and a plain PDF elsewhere."""

    AUTO = ""
    FACTURX = "facturx"
    PEPPOL = "peppol"
    XRECHNUNG = "xrechnung"
    UBL = "ubl"
    PDF = "pdf"


class BuyerKind(StrEnum):
    """What a client is."""

    BUSINESS = "business"
    CONSUMER = "consumer"
    PUBLIC = "public"


class InvoiceSource(StrEnum):
    """What invoices are made of: issued statements, or open work at once."""

    STATEMENT = "statement"
    LOG = "log"


class InvoiceBilling(StrEnum):
    """Whether a client is invoiced here, or elsewhere from the statement."""

    INVOICE = "invoice"
    STATEMENT = "statement"


class Required(StrEnum):
    """What an invoice may not go out without."""

    ORDER = "order"
    BUYER_REFERENCE = "buyer_reference"
    ATTENTION = "attention"


@dataclass(frozen=True, slots=True)
class Seller:
    """Who sells, as documents must name them; empty where unknown."""

    name: str = ""
    """Name or company."""
    address: str = ""
    """Postal address, with line breaks."""
    email: str = ""
    """Where to answer."""
    tax_id: str = ""
    """Registration or tax number."""
    mentions: Texts = ()
    """Sentences that the person wants on every document."""
    country: str = ""
    """Country of the seat, as two capital letters; CA-QC for Québec."""
    form: str = ""
    """Legal form, such as EI or SARL."""
    siren: str = ""
    """French company number."""
    siret: str = ""
    """French number of the establishment."""
    vat: str = ""
    """VAT number."""
    register: str = ""
    """Trade register and number."""
    capital: str = ""
    """Share capital as it is printed."""
    street: str = ""
    """Street and number."""
    postcode: str = ""
    """Postcode."""
    city: str = ""
    """Town."""
    iban: str = ""
    """Account to be paid to."""
    bic: str = ""
    """Bank of that account."""
    account_name: str = ""
    """Holder of that account, where it is another name."""
    phone: str = ""
    """Telephone."""
    regime: str = Regime.NORMAL
    """Whether tax is charged."""
    vat_on: str = VatOn.COLLECTION
    """When tax is owed."""
    routing: str = ""
    """Electronic address, as scheme:address; without one it follows from the company number."""
    logo: str = ""
    """Picture for the head of documents, PNG or JPEG, from the folder of the settings."""
    colour: str = ""
    """Colour of documents, such as #146c78."""
    zone: ZoneInfo | None = None
    """Whose days the numbers and dates of documents follow; None for the person's own. The first issue fixes it."""


@dataclass(frozen=True, slots=True)
class InvoiceSettings:
    """How documents are numbered and written."""

    series: str = "F{year}-{n:04}"
    """How numbers of invoices are made."""
    credit_series: str = "A{year}-{n:04}"
    """How numbers of credit notes are made."""
    start: Mapping[str, int] = field(default_factory=dict)
    """The first number of a series that goes on from another tool, by the series."""
    annul: bool = False
    """Whether the last document of a series may be annulled rather than credited."""
    formats: tuple[str, ...] = ("pdf", "facturx")
    """Which files are written at issue."""
    cash_step: int = 0
    """The smallest coin in minor units, to which Swiss payables are rounded; 0 for none."""
    late_billing: Seconds = 5 * 86_400
    """Seconds after a period's end from which work not invoiced is late."""
    small_difference: Decimal = Decimal(1)
    """What may be short of a payment and be booked as a difference, in major units."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a person has set."""

    language: str = ENGLISH
    """Language of the screens, one of `translator.LANGUAGES`."""
    time_zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    """The zone of the person's own days, and of clients who name none."""
    currency: str = "EUR"
    """Currency of own figures, and of clients who name none."""
    day_starts_at: time = time(0)
    """When a civil day begins, so that a night's work belongs to the evening it began."""
    working_hours: Hours = field(default_factory=dict)
    """Usual hours of work; empty for none."""
    parallel_timers: bool = False
    """Whether several timers may run; else starting one stops the other."""
    theme: str = "clepsydra"
    """Name of the theme."""
    hints: bool = True
    """Whether keys are hinted at until they were used."""
    late_after: Seconds = 86_400
    """Seconds after which a session logged afterwards counts as written from memory."""
    warn: Warn = field(default_factory=Warn)
    """When to warn."""
    day: DaySettings = field(default_factory=DaySettings)
    """What is asked about a day."""
    calls: CallSettings = field(default_factory=CallSettings)
    """How calls are noticed."""
    phone: PhoneSettings = field(default_factory=PhoneSettings)
    """Where lists of calls lie."""
    reminders: Reminders = field(default_factory=Reminders)
    """What to be reminded of."""
    goals: Goals = field(default_factory=Goals)
    """What the person means to work or to earn."""
    cost: Cost | None = None
    """What a year must pay; None where it was not told."""
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Keys by action id, replacing the action's own."""
    mnemonic: Mnemonic = Mnemonic.ENGLISH
    """Whose words the letters of the keys are."""
    filters: Mapping[str, str] = field(default_factory=dict)
    """Searches of the log that were kept, by their names."""
    seller: Seller = field(default_factory=Seller)
    """Who writes the statements."""
    taxes: "tuple[TaxRule, ...]" = ()
    """Tax rules by key and day; those of the seller's country hold beside them."""
    invoice: InvoiceSettings = field(default_factory=InvoiceSettings)
    """How documents are numbered and written."""
    chase: ChaseTerms = ChaseTerms()
    """How clients who do not pay are reminded; a client's file may say otherwise."""
    cash: CashSettings = field(default_factory=CashSettings)
    """What the forecast of cash cannot know."""
    calendars: tuple[Path, ...] = ()
    """Calendar files (iCalendar) that suggest what a gap was."""
    mail: MailSettings = field(default_factory=MailSettings)
    """Which folders of mail may be read."""
    notices: NoticeSettings = field(default_factory=NoticeSettings)
    """How the person is told while another window is in front."""
    presence: PresenceSettings = field(default_factory=PresenceSettings)
    """Whether the machine may say that nobody sat at it."""
