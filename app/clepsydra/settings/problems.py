"""What is wrong in a file, said so that it can be mended: file, line, key, found, allowed, nearest.

A problem holds facts only; its words are chosen by a translator when it is shown.
"""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from clepsydra.domain.records import dataclass

if TYPE_CHECKING:
    from clepsydra.language.message import Speaks


class ProblemKind(StrEnum):
    """What sort of problem it is."""

    SYNTAX = "syntax"
    TWICE = "twice"
    ENCODING = "encoding"
    UNREADABLE = "unreadable"
    NOT_PLAIN = "not_plain"
    TOO_LARGE = "too_large"
    GONE = "gone"
    UNKNOWN_KEY = "unknown_key"
    WRONG = "wrong"
    MISSING = "missing"
    NEEDED = "needed"
    UNUSED = "unused"
    DUPLICATE = "duplicate"
    KEY_TAKEN = "key_taken"
    IMPOSSIBLE = "impossible"
    HIDDEN = "hidden"
    PLACEHOLDER = "placeholder"
    EMPTY_LETTER = "empty_letter"


WARNINGS = frozenset({ProblemKind.UNKNOWN_KEY, ProblemKind.UNUSED, ProblemKind.KEY_TAKEN, ProblemKind.HIDDEN})
"""Kinds that leave a file usable."""


class Expected(StrEnum):
    """What is allowed, where it is not a list of words."""

    TEXT = "text"
    FILLED = "filled"
    TEXTS = "texts"
    LIST = "list"
    TABLE = "table"
    TABLES = "tables"
    YES_NO = "yes_no"
    WHOLE = "whole"
    NUMBER = "number"
    POSITIVE = "positive"
    WEEKS = "weeks"
    PERCENTAGE = "percentage"
    MONEY = "money"
    DURATION = "duration"
    DURATION_ABOVE_ZERO = "duration_above_zero"
    DURATION_NOT_TOO_LONG = "duration_not_too_long"
    STEP = "step"
    HOURS_OF_WORK = "hours_of_work"
    MONTHS = "months"
    DATE = "date"
    TIME_OF_DAY = "time_of_day"
    TIME_RANGES = "time_ranges"
    WEEKDAYS = "weekdays"
    ZONE = "zone"
    CURRENCY = "currency"
    KEYSTROKE = "keystroke"
    KEYSTROKES = "keystrokes"
    SLUG = "slug"
    FILE_NAME = "file_name"
    PAYMENT_TERMS = "payment_terms"
    TIERS = "tiers"
    AT_LEAST_MINIMUM = "at_least_minimum"
    BELOW_STEP = "below_step"
    NOT_BEFORE_FROM = "not_before_from"
    ONE_OF_BOTH = "one_of_both"
    ONE_OF_RATES = "one_of_rates"
    COUNTRY = "country"
    SIREN = "siren"
    SIRET = "siret"
    VAT = "vat"
    IBAN = "iban"
    COLOUR = "colour"
    TAX_PART = "tax_part"
    TAX = "tax"
    SERIES = "series"
    GOAL = "goal"
    MAIL_ADDRESS = "mail_address"
    EARLY_PAYMENT = "early_payment"
    WINDOW = "window"
    CONTACT_MAIL = "contact_mail"
    CONTACT_PHONE = "contact_phone"
    CONTACT_CHAT = "contact_chat"
    BLUETOOTH = "bluetooth"
    MORE_THAN_OVER = "more_than_over"
    CHASE_LEVELS = "chase_levels"
    CHASE_GAP = "chase_gap"
    COURTESY = "courtesy"
    LATE_RATE = "late_rate"
    HOLIDAY = "holiday"


_EXPECTED: dict[Expected, Callable[["Speaks"], str]] = {
    Expected.TEXT: lambda _: _.t("text in quotes"),
    Expected.FILLED: lambda _: _.t("text in quotes, not empty"),
    Expected.TEXTS: lambda _: _.t("a list of texts in quotes"),
    Expected.LIST: lambda _: _.t("a list in square brackets"),
    Expected.TABLE: lambda _: _.t("a table"),
    Expected.TABLES: lambda _: _.t("a table in double square brackets"),
    Expected.YES_NO: lambda _: _.t("true or false"),
    Expected.WHOLE: lambda _: _.t("a whole number, not negative"),
    Expected.NUMBER: lambda _: _.t("a number, not negative"),
    Expected.WEEKS: lambda _: _.t("a number of weeks from 1 to 52"),
    Expected.POSITIVE: lambda _: _.t("a number above zero"),
    Expected.PERCENTAGE: lambda _: _.t('a percentage from 0 to 100, such as "20.0"'),
    Expected.MONEY: lambda _: _.t('an amount in quotes, such as "120.00", or a whole number'),
    Expected.DURATION: lambda _: _.t('a duration such as "90s", "15m", "1h30" or "2 days", or whole seconds'),
    Expected.DURATION_ABOVE_ZERO: lambda _: _.t('a duration above zero, such as "15m"'),
    Expected.DURATION_NOT_TOO_LONG: lambda _: _.t("a duration of 100000 hours at most"),
    Expected.STEP: lambda _: _.t('a duration above zero and of a day at most, such as "15m"'),
    Expected.GOAL: lambda _: _.t('a duration such as "6h", or an amount such as "1800.00"'),
    Expected.MAIL_ADDRESS: lambda _: _.t('a mail address such as "me@example.com"'),
    Expected.HOURS_OF_WORK: lambda _: _.t('a duration with its unit, such as "20h" or "1h30"'),
    Expected.MONTHS: lambda _: _.t('a number of months, such as "3 months"'),
    Expected.DATE: lambda _: _.t("a date such as 2026-01-31"),
    Expected.TIME_OF_DAY: lambda _: _.t('a time of day such as "18:15"'),
    Expected.TIME_RANGES: lambda _: _.t('ascending times of one day, such as "9:00-12:30, 14:00-18:00"'),
    Expected.WEEKDAYS: lambda _: _.t('days of the week, each named once, such as mon, mon-fri or "mon, wed"'),
    Expected.ZONE: lambda _: _.t('a time zone such as "Europe/Paris"'),
    Expected.CURRENCY: lambda _: _.t('a currency of three capital letters, such as "EUR"'),
    Expected.KEYSTROKE: lambda _: _.t("one visible character"),
    Expected.KEYSTROKES: lambda _: _.t('keys with commas between them, such as "f5, ctrl+r"'),
    Expected.SLUG: lambda _: _.t("small letters, digits, - and _, beginning with a letter or digit"),
    Expected.FILE_NAME: lambda _: _.t(
        "a file name of small letters, digits, - and _, beginning with a letter or digit"
    ),
    Expected.PAYMENT_TERMS: lambda _: _.t('days such as "30 days" or "45 days end of month"'),
    Expected.TIERS: lambda _: _.t(
        'rows of [up to, billed], both ascending, the last with an empty bound, such as [["4h", "3h30"], ["", "7h"]]'
    ),
    Expected.AT_LEAST_MINIMUM: lambda _: _.t("a duration not below the minimum"),
    Expected.BELOW_STEP: lambda _: _.t("a duration below the step"),
    Expected.NOT_BEFORE_FROM: lambda _: _.t("a date on or after the date it holds from"),
    Expected.ONE_OF_BOTH: lambda _: _.t("either included or budget, not both"),
    Expected.ONE_OF_RATES: lambda _: _.t("either hourly or daily, not both"),
    Expected.COUNTRY: lambda _: _.t('a country of two capital letters, such as "FR", or "CA-QC"'),
    Expected.SIREN: lambda _: _.t("a SIREN: nine digits, the last of which checks the others"),
    Expected.SIRET: lambda _: _.t("a SIRET: fourteen digits, the last of which checks the others"),
    Expected.VAT: lambda _: _.t('a VAT number, such as "FR44732829320"'),
    Expected.IBAN: lambda _: _.t("an IBAN with its right check digits"),
    Expected.COLOUR: lambda _: _.t('a colour such as "#146c78"'),
    Expected.TAX_PART: lambda _: _.t('a name and a percentage, such as ["TVA", "20.0"]'),
    Expected.TAX: lambda _: _.t('a percentage from 0 to 100, such as "20.0", or the key of a tax'),
    Expected.SERIES: lambda _: _.t('a number such as "F{{year}}-{{n:04}}", of letters, digits and + - _ /'),
    Expected.EARLY_PAYMENT: lambda _: _.t('a percentage and days, such as "2 % 10 days"'),
    Expected.CONTACT_MAIL: lambda _: _.t('an address such as "jeanne@acme.fr", or a domain such as "@acme.fr"'),
    Expected.CONTACT_PHONE: lambda _: _.t('a number such as "+33 6 12 34 56 78", or its beginning with * for the rest'),
    Expected.BLUETOOTH: lambda _: _.t('the address of a paired telephone, such as "AA:BB:CC:DD:EE:FF"'),
    Expected.CONTACT_CHAT: lambda _: _.t('a program and a name in it, such as "telegram:Jeanne Martin"'),
    Expected.MORE_THAN_OVER: lambda _: _.t("a duration longer than over"),
    Expected.WINDOW: lambda _: _.t('two times of day, such as "20:00-07:00"'),
    Expected.CHASE_LEVELS: lambda _: _.t(
        "up to four ascending numbers of days after the due date, as in [3, 10, 20, 30]"
    ),
    Expected.CHASE_GAP: lambda _: _.t("days between two reminders, from 5 to 60"),
    Expected.COURTESY: lambda _: _.t("days before the due date, from 0 (none) to 60"),
    Expected.LATE_RATE: lambda _: _.t('a yearly rate such as "12.15", "ecb+10" or "legal*3"'),
    Expected.HOLIDAY: lambda _: _.t('a date such as 2026-12-25, or "12-25" for every year'),
}


@dataclass(frozen=True, slots=True)
class SettingsProblem:
    """One thing to mend in a file; `line` counts from 1, `key` is a dotted path such as `rates[0].hourly`."""

    file: Path
    line: int
    key: str
    message_id: ProblemKind
    found: str = ""
    """What the file says, safe to print."""
    allowed: tuple[str, ...] = ()
    """The words that may stand there, where there is a list of them."""
    expected: Expected | None = None
    """What may stand there otherwise."""
    nearest: str = ""
    """The nearest valid key or value, as it would be typed."""
    other: str = ""
    """What it collides with or depends on."""

    @property
    def warning(self) -> bool:
        """Whether the file remains usable."""
        return self.message_id in WARNINGS

    @property
    def where(self) -> str:
        """File and line, the way editors and grep write them."""
        folder = self.file.parent.name
        name = f"{folder}/{self.file.name}" if folder in ("clients", "themes", "letters") else self.file.name
        return f"{name}:{self.line}"

    def allowed_text(self, _: "Speaks") -> str:
        """What may stand there, in the translator's language."""
        return ", ".join(self.allowed) if self.allowed else _EXPECTED[self.expected](_) if self.expected else ""

    def text(self, _: "Speaks") -> str:
        """The whole line in the translator's language: place, key, what is wrong, what is nearest."""
        parts = [self.where, self.key] if self.key else [self.where]
        return ": ".join([*parts, self.sentence(_)])

    def sentence(self, _: "Speaks") -> str:
        """What is wrong and what is nearest, without the place."""
        sentence = _SENTENCES[self.message_id](self, _)
        if self.nearest:
            return _.t("{sentence}; did you mean {nearest}?", sentence=sentence, nearest=self.nearest)
        return sentence


def _gone(problem: SettingsProblem, _: "Speaks") -> str:
    slug, copy = problem.found, problem.other
    if copy:
        return _.t(
            "the log has sessions of “{slug}” but its file is gone; it counts as it last was. Put the file back "
            "(a copy is {copy}) or make it again: clepsydra clients new NAME --slug {slug}",
            slug=slug,
            copy=copy,
        )
    return _.t(
        "the log has sessions of “{slug}” but its file is gone, and no figure counts them. Put the file back "
        "or make it again: clepsydra clients new NAME --slug {slug}",
        slug=slug,
    )


_SENTENCES: dict[ProblemKind, Callable[[SettingsProblem, "Speaks"], str]] = {
    ProblemKind.SYNTAX: lambda p, _: _.t("this cannot be read as TOML: {found}", found=p.found),
    ProblemKind.TWICE: lambda p, _: _.t("this is defined twice: {found}", found=p.found),
    ProblemKind.ENCODING: lambda p, _: _.t("this is not UTF-8 text: {found}", found=p.found),
    ProblemKind.UNREADABLE: lambda p, _: _.t("the file cannot be read: {reason}", reason=p.found),
    ProblemKind.NOT_PLAIN: lambda _p, _: _.t("this is no plain file"),
    ProblemKind.TOO_LARGE: lambda p, _: _.t("the file is larger than {size} bytes", size=p.found),
    ProblemKind.GONE: lambda p, _: _gone(p, _),
    ProblemKind.UNKNOWN_KEY: lambda p, _: _.t("unknown key, kept but without effect"),
    ProblemKind.WRONG: lambda p, _: _.t("found {found}, allowed: {allowed}", found=p.found, allowed=p.allowed_text(_)),
    ProblemKind.MISSING: lambda p, _: _.t("is missing; allowed: {allowed}", allowed=p.allowed_text(_)),
    ProblemKind.NEEDED: lambda p, _: _.t(
        "is missing, {other} needs it; allowed: {allowed}", other=p.other, allowed=p.allowed_text(_)
    ),
    ProblemKind.UNUSED: lambda p, _: _.t("has no effect with {other}", other=p.other),
    ProblemKind.DUPLICATE: lambda p, _: _.t("found {found}, which {other} has already", found=p.found, other=p.other),
    ProblemKind.PLACEHOLDER: lambda p, _: _.t(
        "{found} stands for nothing; allowed: {allowed}", found=p.found, allowed=p.allowed_text(_)
    ),
    ProblemKind.EMPTY_LETTER: lambda _p, _: _.t("the letter is empty; its first line is the subject"),
    ProblemKind.KEY_TAKEN: lambda p, _: _.t(
        "found {found}, which {other} has already; this one stays without a key", found=p.found, other=p.other
    ),
    ProblemKind.IMPOSSIBLE: lambda p, _: _.t(
        "found {found}, which cannot be with {other}; allowed: {allowed}",
        found=p.found,
        other=p.other,
        allowed=p.allowed_text(_),
    ),
    ProblemKind.HIDDEN: lambda p, _: _.t(
        "this rule never decides: {other}, above it, fits all that it fits", other=p.other
    ),
}
