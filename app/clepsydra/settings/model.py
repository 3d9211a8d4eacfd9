"""The person's settings, typed. Every attribute says what it means; `config/settings.toml` says the same to people."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo

from clepsydra.settings.defaults import SESSION_OVER

Hours = Mapping[int, tuple[tuple[time, time], ...]]
"""Times of work by weekday, 0 is Monday; an end of 00:00 is the end of that day."""


class Language(StrEnum):
    """Languages of screens and documents."""

    EN = "en"
    FR = "fr"


class Evidence(StrEnum):
    """Where calls are noticed."""

    STREAMS = "streams"
    ROOM = "room"
    OFF = "off"


class Interrupt(StrEnum):
    """What a detected call does to the running timer."""

    PAUSE = "pause"
    INSIDE = "inside"
    NOTE = "note"


class Format(StrEnum):
    """What a statement can be exported to."""

    PDF = "pdf"
    CSV = "csv"
    JSON = "json"
    MARKDOWN = "markdown"


@dataclass(frozen=True, slots=True)
class Warn:
    """When to warn; a warning never refuses anything."""

    session_over: int = SESSION_OVER
    """Seconds after which a session is suspiciously long."""
    gap_over: int = 600
    """Seconds without an owner that make a gap of the day."""
    unbilled_over: int = 30 * 86_400
    """Seconds after which unbilled work is old."""
    idle_over: int = 1200
    """Seconds without a key, under a running timer, that are asked about; 0 for never."""


@dataclass(frozen=True, slots=True)
class CallSettings:
    """How calls are noticed."""

    evidence: Evidence = Evidence.STREAMS
    """Which evidence is used."""
    interrupt: Interrupt = Interrupt.PAUSE
    """What a call does to the running timer."""
    device: str = ""
    """The input device of room mode; empty for the system's own."""
    office_hours: Hours = field(default_factory=dict)
    """When calls are looked for; empty for always."""
    ignore: tuple[str, ...] = ()
    """Programs whose use of the microphone is no call."""
    keep_evidence: int = 400 * 86_400
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
    hours_per_day: int = 7 * 3600
    """Seconds worked in a day."""


@dataclass(frozen=True, slots=True)
class Seller:
    """Who writes the statements, as documents must name them."""

    name: str = ""
    """Name or company."""
    address: str = ""
    """Postal address, with line breaks."""
    email: str = ""
    """Where to answer."""
    tax_id: str = ""
    """Registration or tax number."""
    mentions: tuple[str, ...] = ()
    """Sentences that the law or the person wants on every document."""
    zone: ZoneInfo | None = None
    """Whose days the numbers and dates of documents follow; None for the person's own. The first issue fixes it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a person has set."""

    language: str = Language.EN
    """Language of the screens: en or fr."""
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
    late_after: int = 86_400
    """Seconds after which a session logged afterwards counts as written from memory."""
    warn: Warn = field(default_factory=Warn)
    """When to warn."""
    calls: CallSettings = field(default_factory=CallSettings)
    """How calls are noticed."""
    reminders: Reminders = field(default_factory=Reminders)
    """What to be reminded of."""
    cost: Cost | None = None
    """What a year must pay; None where it was not told."""
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Keys by action id, replacing the action's own."""
    seller: Seller = field(default_factory=Seller)
    """Who writes the statements."""
    calendars: tuple[Path, ...] = ()
    """Calendar files (iCalendar) that suggest what a gap was."""
