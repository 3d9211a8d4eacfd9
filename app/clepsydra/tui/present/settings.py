"""The settings as rows to look at and to change: one table says which there are, what they mean, how they are typed."""

from collections.abc import Mapping
from enum import Enum
from typing import Any, NamedTuple

from rich.cells import cell_len

from clepsydra.language.shown import TABLES
from clepsydra.language.translator import LANGUAGES, Translator, mark
from clepsydra.settings.model import FormatName
from clepsydra.tui.present import written_values
from clepsydra.tui.widgets.log_table import Cell, Column, TableRow


class Typed(Enum):
    """How a setting is typed, where it is no choice between words."""

    TEXT = "text"
    LENGTH = "a length or days"
    AMOUNT = "an amount, or a length"
    TERMS = "days to pay"
    TAX = "a percentage, or a name"
    WHOLE = "whole"
    YES_NO = "yes or no"
    LIST = "list"


class Field(NamedTuple):
    """One setting: its path in the file, its name, what more is to be known, what it is without a line of its own.

    `choices` are the values it may have, with nothing else.
    """

    key: str
    words: str
    hint: str = ""
    default: str = ""
    typed: Typed = Typed.TEXT
    choices: tuple[str, ...] = ()

    def hint_in(self, tr: Translator) -> str:
        """What more is to be known, in the person's language."""
        return tr.t(self.hint, formats=", ".join(FormatName)) if self.hint else ""


FIELDS: tuple[tuple[str, tuple[Field, ...]], ...] = (
    (mark("General"), (
        Field("language", mark("Language"), mark("Language of the screens; empty follows the system"),
              choices=("", *LANGUAGES)),
        Field("time_zone", mark("Time zone"),
              mark("Your time zone, such as Europe/Paris; empty follows the system")),
        Field("currency", mark("Currency"), mark("Currency of your own figures, as three letters"), "EUR"),
        Field("theme", mark("Theme"), mark("The colours of the screens; clear-sight is for the colour-blind"),
              "clepsydra"),
        Field("keys.mnemonic", mark("Letters of the keys"),
              mark("Letters of the keys: of the English words, or of your language’s"), "english",
              choices=("english", "language")),
        Field("hints", mark("Hints"), mark("Whether a line names a key worth knowing until you have used it"), "true",
              Typed.YES_NO),
        Field("parallel_timers", mark("Several timers at once"), mark("Whether several timers may run at once"),
              "false", Typed.YES_NO),
        Field("calendars", mark("Calendars"), mark("Calendar files (.ics) that help to remember, with commas between"),
              typed=Typed.LIST),
    )),
    (mark("The day"), (
        Field("day_starts_at", mark("A day begins at"),
              mark("When a day begins: a night’s work then belongs to the evening before"), "00:00"),
        Field("working_hours.mon-fri", mark("Hours, Monday to Friday"),
              mark("Hours of work from Monday to Friday, such as 9:00-12:30, 14:00-18:00")),
        Field("working_hours.sat", mark("Hours on Saturday"), mark("Hours of work on Saturday")),
        Field("reminders.close_day_at", mark("Evening reminder"),
              mark("When to be reminded to close the day, such as 18:15")),
        Field("day.gap_under", mark("Short gaps"),
              mark("A gap no longer than this is neither asked about nor a leak"), "5m", Typed.LENGTH),
        Field("late_after", mark("From memory after"), mark("Logged later than this counts as from memory"),
              "1 day", Typed.LENGTH),
    )),
    (mark("Goals"), (
        Field("goals.day", mark("Goal of a day"),
              mark("What a day is to bring: a length such as 6h, or an amount"), typed=Typed.AMOUNT),
        Field("goals.week", mark("Goal of a week"), mark("What a week is to bring"), typed=Typed.AMOUNT),
        Field("goals.month", mark("Goal of a month"), mark("What a month is to bring"), typed=Typed.AMOUNT),
    )),
    (mark("Warnings"), (
        Field("warn.session_over", mark("Long session"), mark("A session longer than this is suspicious"),
              "6h", Typed.LENGTH),
        Field("warn.unbilled_over", mark("Old unbilled work"), mark("Work not billed for longer than this is old"),
              "30 days", Typed.LENGTH),
        Field("warn.idle_over", mark("Forgotten timer"),
              mark("A timer that runs so long without a key is asked about"), "20m", Typed.LENGTH),
    )),
    (mark("Calls"), (
        Field("calls.evidence", mark("Noticing calls"),
              mark("The sound system tells which programs hold the microphone; none of ours is opened"),
              "streams", choices=("streams", "room", "off")),
        Field("calls.interrupt", mark("A call over a timer"), mark("What a call does to the running timer"), "pause",
              choices=("pause", "inside", "note")),
        Field("calls.device", mark("Microphone of the room"),
              mark("Microphone of the room: a part of its name; empty is the system’s own")),
        Field("calls.ignore", mark("Programs that never call"),
              mark("Programs whose microphone is no call, with commas between"), typed=Typed.LIST),
    )),
    (mark("Outside the microphone"), (
        Field("phone.lists", mark("Lists of phone calls"),
              mark("Folders with lists of calls from your phone, with commas between"), typed=Typed.LIST),
        Field("phone.country", mark("Country of phone numbers"),
              mark("Of numbers written without their country; empty follows your seat or currency")),
        Field("phone.line", mark("Paired telephone"),
              mark("Whether calls of a paired telephone are noticed while they last"), "false", Typed.YES_NO),
        Field("mail.me", mark("Your mail addresses"), mark("Your own mail addresses, with commas between"),
              typed=Typed.LIST),
        Field("mail.sent", mark("Sent mail"), mark("Folders of sent mail, with commas between"), typed=Typed.LIST),
        Field("mail.received", mark("Received mail"),
              mark("Folders of received mail, with commas between; they only hint at what a gap was"),
              typed=Typed.LIST),
        Field("presence.lock", mark("Locked screen"), mark("Whether a locked screen is offered as an absence"),
              "false", Typed.YES_NO),
    )),
    (mark("Notices"), (
        Field("notices.title", mark("Title of the terminal"), mark("Whether the terminal’s title shows what runs"),
              "true", Typed.YES_NO),
        Field("notices.bell", mark("Bell of the terminal"),
              mark("Whether the terminal’s bell rings for a call and the day’s end"), "true", Typed.YES_NO),
        Field("notices.desktop", mark("Desktop notices"), mark("Whether the desktop shows notices"), "false",
              Typed.YES_NO),
        Field("notices.names", mark("Clients named"), mark("Whether notices and the title name clients"), "false",
              Typed.YES_NO),
    )),
    (mark("Seller"), (
        Field("seller.name", mark("Name"), mark("Your name or your company’s")),
        Field("seller.country", mark("Country"), mark("Country as two letters, such as FR, BE, CH, CA-QC")),
        Field("seller.street", mark("Street and number")),
        Field("seller.postcode", mark("Postcode")),
        Field("seller.city", mark("Town")),
        Field("seller.email", mark("E-mail address")),
        Field("seller.phone", mark("Telephone")),
        Field("seller.form", mark("Legal form"), mark("Legal form, such as EI or SARL")),
        Field("seller.siren", mark("Company number (SIREN)")),
        Field("seller.vat", mark("VAT number")),
        Field("seller.tax_id", mark("Other number"), mark("Another registration number")),
        Field("seller.regime", mark("VAT"), mark("Whether you charge VAT, or are exempt as a small business"),
              "normal", choices=("normal", "franchise")),
        Field("seller.iban", mark("Account (IBAN)"), mark("Account to be paid on (IBAN)")),
        Field("seller.logo", mark("Logo"), mark("Picture for the head of documents, PNG or JPEG")),
    )),
    (mark("Invoices"), (
        Field("invoice.series", mark("Numbers of invoices"), mark("{{year}} and {{n}}, such as F{{year}}-{{n:04}}"),
              "F{year}-{n:04}"),
        Field("invoice.credit_series", mark("Numbers of credit notes"), "", "A{year}-{n:04}"),
        Field("invoice.late_billing", mark("Late to invoice after"),
              mark("Work not invoiced so long after its period ended is late"), "5 days", Typed.LENGTH),
        Field("invoice.small_difference", mark("Small difference"),
              mark("What may be short of a payment and be booked as a difference"), "1.00", Typed.AMOUNT),
    )),
    (mark("Forecast of cash"), (
        Field("cash.balance", mark("In the account"), mark("What is in the account today; empty: only what comes in"),
              typed=Typed.AMOUNT),
        Field("cash.monthly_out", mark("Goes out in a month"), mark("What goes out in a usual month"),
              "0.00", Typed.AMOUNT),
        Field("cash.weeks", mark("Weeks ahead"), mark("How many weeks are looked ahead, 52 at most"), "13",
              Typed.WHOLE),
    )),
    (mark("What an hour must earn"), (
        Field("cost.income", mark("Income of a year"), mark("What you want to earn in a year"), typed=Typed.AMOUNT),
        Field("cost.charges", mark("Charges and taxes"), mark("Social charges and taxes of a year"),
              typed=Typed.AMOUNT),
        Field("cost.overheads", mark("Expenses"), mark("Expenses of a year: rent, insurance, equipment"),
              typed=Typed.AMOUNT),
        Field("cost.working_days", mark("Working days"), mark("Days you work in a year"), "218", Typed.WHOLE),
        Field("cost.hours_per_day", mark("Hours of a working day"), mark("Time you work in a day"), "7h", Typed.LENGTH),
    )),
)  # fmt: skip
"""The settings by subject, in the order they are shown."""

_MEANT = {
    ("language", ""): mark("as the system says"),
    ("keys.mnemonic", "english"): mark("of the English words"),
    ("keys.mnemonic", "language"): mark("of your language’s words"),
    ("calls.evidence", "streams"): mark("by programs"),
    ("calls.evidence", "room"): mark("by programs, and in the room"),
    ("calls.evidence", "off"): mark("not noticed"),
    ("calls.interrupt", "pause"): mark("pauses it, until the call is over"),
    ("calls.interrupt", "inside"): mark("lies within it: it runs on"),
    ("calls.interrupt", "note"): mark("leaves it alone"),
    ("seller.regime", "normal"): mark("charged"),
    ("seller.regime", "franchise"): mark("exempt: small business"),
    ("kind", "business"): mark("a business"),
    ("kind", "consumer"): mark("a consumer"),
    ("kind", "public"): mark("a public body"),
    ("statement.lines", "session"): mark("a session"),
    ("statement.lines", "day"): mark("a day"),
    ("statement.lines", "channel"): mark("a channel"),
    ("statement.lines", "project"): mark("a project"),
    ("statement.lines", "note"): mark("a note"),
    ("statement.show", "times"): mark("real times"),
    ("statement.show", "notes"): mark("notes"),
}
"""What the file’s own words mean, for who does not read files."""

BY_KEY = {field.key: field for _, fields in FIELDS for field in fields}


def columns(tr: Translator, groups: "Groups") -> tuple[Column, ...]:
    """What it is, as wide as the longest name, and what it is set to."""
    names = max(cell_len(tr.t(field.words)) for _, fields in groups for field in fields)
    return (Column(tr.p("column", "Setting"), names + 2), Column(tr.p("column", "Value"), 20, share=1))


_SAID = {Typed.LENGTH: written_values.length, Typed.TERMS: written_values.terms, Typed.TAX: written_values.tax}
"""How values of the file are said by how they are typed; what cannot be read stands as it is."""


def meant(field: Field, value: str, tr: Translator, currency: str = "") -> str:
    """A value of the file in the person's words; amounts in the currency of the file, where it is known."""
    if field.typed is Typed.YES_NO:
        return {"true": tr.t("yes"), "false": tr.t("no")}.get(value, "")
    if field.typed is Typed.LIST:
        return ", ".join(tr.t(_MEANT[field.key, each]) if (field.key, each) in _MEANT else each
                         for each in value.split(", "))  # fmt: skip
    if value and field.typed is Typed.AMOUNT:
        return written_values.amount(value, tr, currency)
    if value and (said := _SAID.get(field.typed)):
        return said(value, tr)
    words = _MEANT.get((field.key, value))
    if words is None and field.key == "language" and value in TABLES:
        return TABLES[value].name
    return tr.t(words) if words else value


Groups = tuple[tuple[str, tuple[Field, ...]], ...]
"""Fields by subject."""


def rows(written: Mapping[str, Any], tr: Translator, groups: Groups = FIELDS) -> list[TableRow]:
    """Every setting under its subject; what stands at its default is dimmed."""
    shown: list[TableRow] = []
    currency = str(written.get("currency") or "")
    for subject, fields in groups:
        shown.append(TableRow("", (Cell(tr.t(subject), "heading"), Cell(""))))
        for field in fields:
            value = as_typed(written, field)
            value_cell = Cell(
                meant(field, value or field.default, tr, currency) or "–", "foreground" if value else "muted"
            )
            shown.append(TableRow(field.key, (Cell("  " + tr.t(field.words)), value_cell)))
    return shown


def as_typed(written: Mapping[str, Any], field: Field) -> str:
    """What the file says of a setting, as a person would type it; empty where it says nothing."""
    value: Any = written
    for part in field.key.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def to_write(field: Field, typed: str) -> object:
    """What is written for a typed text; None, which takes the line out of the file, where nothing is typed."""
    text = typed.strip()
    if not text:
        return None
    if field.typed is Typed.YES_NO:
        return text == "true"
    if field.typed is Typed.WHOLE:
        return int(text) if text.isdecimal() else text
    if field.typed is Typed.LIST:
        return [part.strip() for part in text.split(",") if part.strip()]
    return text
