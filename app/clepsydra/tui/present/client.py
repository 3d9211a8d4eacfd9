"""A client's file as rows to look at and to change: what it says and since when, in the person's words.

A project's table is shown the same way: what it does not say is the client's. What is dated (rates, rounding,
agreements) has forms of its own: `dated_terms.py`.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from clepsydra.domain.agreement import Contract, ContractKind
from clepsydra.domain.money import minor_units
from clepsydra.domain.session import Channel
from clepsydra.domain.statement_terms import LineKind
from clepsydra.domain.terms import Client, DatedRule
from clepsydra.language import formats, rounding_sentence, words
from clepsydra.language.translator import LANGUAGES, Translator, mark
from clepsydra.settings.model import BuyerKind
from clepsydra.tui.new_client import CURRENCIES
from clepsydra.tui.present.dated_terms import TermsTable, since_of, tables
from clepsydra.tui.present.settings import Field, Groups, Typed, as_typed, rows
from clepsydra.tui.widgets.log_table import Cell, TableRow

REACHING = mark("How it is reached")

FIELDS: Groups = (
    (mark("General"), (
        Field("name", mark("Name"), mark("As it stands on documents")),
        Field("key", mark("Key of its timer"), mark("One key on the main screen")),
        Field("active", mark("Active client"), mark("Others leave the lists; their log stays"), "true",
              Typed.YES_NO),
        Field("language", mark("Documents in"), choices=LANGUAGES),
        Field("currency", mark("Currency"), choices=CURRENCIES),
        Field("time_zone", mark("Time zone"), mark("It decides which day a session is billed on")),
    )),
    (mark("Address"), (
        Field("street", mark("Street and number")),
        Field("postcode", mark("Postcode")),
        Field("city", mark("Town")),
        Field("country", mark("Country"), mark("Country as two letters, such as FR, BE, CH, CA-QC")),
        Field("attention", mark("For the attention of")),
        Field("email", mark("E-mail address")),
        Field("kind", mark("Kind of client"), mark("Business, consumer or public body"), "business",
              choices=tuple(BuyerKind)),
        Field("siren", mark("Company number (SIREN)")),
        Field("vat", mark("VAT number")),
    )),
    (mark("Statements and invoices"), (
        Field("statement.tax", mark("Tax"), mark("Percent, such as 20, or the name of a tax"), "0", Typed.TAX),
        Field("statement.terms", mark("Payment terms"), mark("Such as 30 days, or 45 days end of month"),
              typed=Typed.TERMS),
        Field("statement.lines", mark("A line of a statement is"), "", "day", choices=tuple(LineKind)),
        Field("statement.show", mark("The client sees"), mark("Beside billed times: times, notes, both or neither"),
              "times, notes", Typed.LIST),
        Field("statement.subject", mark("Subject"), mark("What statements are about")),
        Field("statement.note", mark("Personal note"), mark("Stands on each statement before its lines")),
        Field("statement.formats", mark("Files"), mark("What an export writes: {formats}"), "pdf", Typed.LIST),
        Field("invoice.order", mark("Order number")),
        Field("invoice.buyer_reference", mark("The client’s reference")),
        Field("invoice.minimum", mark("Smallest invoice"), mark("A smaller invoice is raised to it"),
              typed=Typed.AMOUNT),
        Field("invoice.discount", mark("Early payment"), mark("Such as 2 % 10 days")),
    )),
    (REACHING, (
        Field("contact.mail", mark("Mail addresses"), mark("Addresses or @domains, with commas between"),
              typed=Typed.LIST),
        Field("contact.phone", mark("Phone numbers"), mark("With commas between; * stands for any end"),
              typed=Typed.LIST),
        Field("contact.chat", mark("Names in chats"), mark("Such as whatsapp:Marie, with commas between"),
              typed=Typed.LIST),
    )),
    (mark("Calls and messages"), (
        Field("calls.apps", mark("Programs it calls through"), mark("With commas between, such as zoom, teams"),
              typed=Typed.LIST),
        Field("calls.ignore_under", mark("Shortest call"), mark("Shorter calls are not kept"), "20s", Typed.LENGTH),
        Field("touches.default", mark("Usual length of a message"), "", "5m", Typed.LENGTH),
        Field("touches.free_per_month", mark("Messages free in a month"), "", "0", Typed.WHOLE),
    )),
)  # fmt: skip
"""What a client's file says beside what is dated, by subject."""

BY_KEY = {field.key: field for _, fields in FIELDS for field in fields}

_OF_PROJECTS = (REACHING, mark("Calls and messages"))
"""The subjects that a project may have for itself."""

RATE, CHANNELS, ROUNDING, CONTRACT, PROJECT = "+rate", "+channels", "+rounding", "+contract", "+project"
"""The rows that are no fields; a project's is `+project` and its number in the file."""

KEYS = {RATE: "rates", ROUNDING: "rounding", CONTRACT: "contract"}
"""The keys of the file that the dated rows show."""


def project_fields(written: Mapping[str, Any]) -> Groups:
    """What a project may say beside what is dated; what it does not say is as the client's file has it."""
    name = Field("name", mark("Name of the project"), mark("As it stands on documents"))
    return (
        (mark("General"), (name,)),
        *(
            (subject, tuple(each._replace(default=as_typed(written, each) or each.default) for each in fields))
            for subject, fields in FIELDS
            if subject in _OF_PROJECTS
        ),
    )


def _row(id_: str, text: str, value: str, tone: str = "foreground") -> TableRow:
    return TableRow(id_, (Cell("  " + text), Cell(value, tone)))


def heading(text: str) -> TableRow:
    """A line over the rows of a subject."""
    return TableRow("", (Cell(text, "heading"), Cell("")))


def client_rows(of: TermsTable, today: date, tr: Translator) -> list[TableRow]:
    """What an hour costs and how it is counted first, then the fields, then the projects."""
    shown = [*dated_rows(of, today, tr), *rows(of.written, tr, FIELDS), heading(tr.t("Projects"))]
    for number, project in enumerate(tables(of.written, "projects")):
        name, own = str(project.get("name") or project.get("slug", "")), _own_terms(project, tr)
        shown.append(_row(f"{PROJECT}{number}", name, own or tr.t("as the client"), "foreground" if own else "muted"))
    shown.append(_row(PROJECT, tr.t("new project"), "+"))
    return shown


def _own_terms(project: Mapping[str, Any], tr: Translator) -> str:
    """What a project has for itself."""
    words = (
        ("rates", tr.t("own rate")), ("rounding", tr.t("own rounding")), ("contract", tr.t("own agreement")),
    )  # fmt: skip
    return " · ".join(text for key, text in words if tables(project, key))


def dated_rows(of: TermsTable, today: date, tr: Translator) -> list[TableRow]:
    """What an hour costs and how it is counted; what a project has of its client is said so, and dimmed."""

    def row(id_: str, name: str, words: str, key: str) -> TableRow:
        if not of.above or tables(of.written, key):
            return _row(id_, name, words)
        return _row(id_, name, tr.t("as the client: {what}", what=words), "muted")

    rates = of.written if tables(of.written, "rates") else of.above or of.written
    return [
        heading(tr.t("What an hour costs")),
        row(RATE, tr.t("Hourly rate"), rate_words(of.client, rates, today, tr), "rates"),
        row(CHANNELS, tr.t("Rates by channel"), channel_words(of, today, tr), "rates"),
        row(ROUNDING, tr.t("Rounding"), rounding_words(of, today, tr), "rounding"),
        row(CONTRACT, tr.t("Agreement"), contract_words(of, today, tr), "contract"),
    ]


def rate_words(client: Client, written: Mapping[str, Any], today: date, tr: Translator) -> str:
    """The rates by the days they hold from, the newest first."""
    found = (rate_entry(client, entry, today, tr) for entry in reversed(tables(written, "rates")))
    return " · ".join(found) or "–"


def rate_entry(client: Client, entry: Mapping[str, Any], today: date, tr: Translator) -> str:
    """One rate and the day it holds from."""
    since, amount = entry.get("from"), entry.get("daily", entry.get("hourly", ""))
    money = money_of(amount, client.currency, tr)
    per = tr.t("{amount} a day", amount=money) if "daily" in entry else money
    return since_words(per, since if isinstance(since, date) else None, today, tr)


def channel_words(of: TermsTable, today: date, tr: Translator) -> str:
    """The channels that have a rate of their own today."""
    rate = of.client.rate_on(of.project, today)
    found = (channel_line(of.client, channel, amount, tr) for channel, amount in (rate.channels if rate else ()))
    return " · ".join(found) or "–"


def channel_line(client: Client, channel: str, amount: object, tr: Translator) -> str:
    """A channel and what an hour of it costs."""
    word = words.channel(Channel(channel), tr) if channel in set(Channel) else channel
    return f"{word} {money_of(amount, client.currency, tr)}"


def entry_words(of: TermsTable, key: str, today: date, tr: Translator) -> list[tuple[int, str]]:
    """Each entry of a dated key, its place in the file and a line to choose it by, the newest first."""
    entries = tables(of.written, key)
    order = sorted(range(len(entries)), key=lambda place: since_of(entries[place]))  # as the readers sort them
    if key == "rates":
        said = [rate_entry(of.client, entries[place], today, tr) for place in order]
    elif key == "rounding":
        said = [_rule_words(rule, today, tr) for rule in of.own.rounding]
    else:
        said = [_contract_words(contract, of.client.currency, today, tr) for contract in of.own.contracts]
    return list(zip(order, said, strict=True))[::-1]


def _rule_words(dated: DatedRule, today: date, tr: Translator) -> str:
    only = [words.channel(channel, tr) for channel in Channel if channel in (dated.channels or ())]
    return since_words(" · ".join([*only, rounding_sentence.sentence(dated.rule, tr)]), dated.since, today, tr)


def since_words(what: str, since: date | None, today: date, tr: Translator) -> str:
    """Something and the day it holds from, where it has not always held."""
    if since is None or since <= date(2000, 1, 1):
        return what
    day = formats.date(since, tr.lang)
    return (
        tr.t("{what} from {day} on", what=what, day=day)
        if since > today
        else tr.t("{what} since {day}", what=what, day=day)
    )


def money_of(amount: object, currency: str, tr: Translator) -> str:
    """An amount of the file as people write it; what is none, as it stands."""
    try:
        major = amount if isinstance(amount, Fraction) else Decimal(str(amount))
        return formats.money(minor_units(major, currency), currency, tr.lang)
    except (ArithmeticError, ValueError):
        return str(amount)


def rounding_words(of: TermsTable, today: date, tr: Translator) -> str:
    """The rule of today's work."""
    return rounding_sentence.sentence(of.client.rule(of.project, Channel.WORK, today), tr)


def contract_words(of: TermsTable, today: date, tr: Translator) -> str:
    """The agreement that holds today, and its fee or ceiling."""
    contract = of.client.contract(of.project, today)
    if contract is None:
        return words.contract(ContractKind.HOURLY, tr)
    return _contract_words(contract, of.client.currency, today, tr)


def _contract_words(contract: Contract, currency: str, today: date, tr: Translator) -> str:
    parts = [words.contract(contract.kind, tr)]
    if contract.fee:
        parts.append(money_of(contract.fee, currency, tr))
    if contract.included:
        parts.append(formats.length(contract.included, tr.lang))
    if contract.cap is not None:
        parts.append(tr.t("at most {amount}", amount=money_of(contract.cap, currency, tr)))
    return since_words(" · ".join(parts), contract.since, today, tr)
