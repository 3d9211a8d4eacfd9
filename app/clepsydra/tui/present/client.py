"""A client's file as rows to look at and to change: what it says and since when, in the person's words.

What is dated (rates, rounding, agreements) has forms of its own: `dated_terms.py`.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from clepsydra.domain.agreement import ContractKind
from clepsydra.domain.money import minor_units
from clepsydra.domain.statement_terms import LineKind
from clepsydra.domain.terms import Client
from clepsydra.language import formats, rounding_sentence, words
from clepsydra.language.translator import LANGUAGES, Translator, mark
from clepsydra.settings.model import BuyerKind
from clepsydra.tui.new_client import CURRENCIES
from clepsydra.tui.present.dated_terms import tables
from clepsydra.tui.present.settings import Field, Groups, Typed, rows
from clepsydra.tui.widgets.log_table import Cell, TableRow

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
        Field("statement.tax", mark("Tax"), mark("Percent, such as 20, or the name of a tax"), "0"),
        Field("statement.terms", mark("Payment terms"), mark("Such as 30 days, or 45 days end of month")),
        Field("statement.lines", mark("A line of a statement is"), "", "day", choices=tuple(LineKind)),
        Field("statement.show", mark("The client sees"), mark("Beside billed times: times, notes, both or neither"),
              "times, notes", Typed.LIST),
        Field("statement.subject", mark("Subject"), mark("What statements are about")),
        Field("statement.note", mark("Personal word"), mark("Stands on each statement before its lines")),
        Field("statement.formats", mark("Files"), mark("What an export writes: pdf, csv, json, markdown"), "pdf",
              Typed.LIST),
        Field("invoice.order", mark("Order number")),
        Field("invoice.buyer_reference", mark("The client’s reference")),
        Field("invoice.minimum", mark("Smallest invoice"), mark("A smaller invoice is raised to it")),
        Field("invoice.discount", mark("Early payment"), mark("Such as 2 % 10 days")),
    )),
    (mark("Calls and messages"), (
        Field("calls.apps", mark("Programs it calls through"), mark("With commas between, such as zoom, teams"),
              typed=Typed.LIST),
        Field("calls.ignore_under", mark("Shortest call"), mark("Shorter calls are not kept"), "20s"),
        Field("touches.default", mark("Usual length of a message"), "", "5m"),
        Field("touches.free_per_month", mark("Messages free in a month"), "", "0", Typed.WHOLE),
    )),
)  # fmt: skip
"""What a client's file says beside what is dated, by subject."""

BY_KEY = {field.key: field for _, fields in FIELDS for field in fields}

RATE, ROUNDING, CONTRACT, PROJECT = "+rate", "+rounding", "+contract", "+project"
"""The rows that are no fields; a project's is `+project` and its number in the file."""


def client_rows(client: Client, written: Mapping[str, Any], today: date, tr: Translator) -> list[TableRow]:
    """What an hour costs and how it is counted first, then the fields, then the projects."""

    def row(id_: str, text: str, value: str, *, heading: bool = False) -> TableRow:
        return TableRow(
            id_, (Cell(text if heading else "  " + text, "heading" if heading else "foreground"), Cell(value))
        )

    shown = [
        row("", tr.t("What an hour costs"), "", heading=True),
        row(RATE, tr.t("Hourly rate"), rate_words(client, written, today, tr)),
        row(ROUNDING, tr.t("Rounding"), rounding_words(client, today, tr)),
        row(CONTRACT, tr.t("Agreement"), contract_words(client, today, tr)),
        *rows(written, tr, FIELDS),
        row("", tr.t("Projects"), "", heading=True),
    ]
    for number, project in enumerate(tables(written, "projects")):
        shown.append(
            row(f"{PROJECT}{number}", str(project.get("name") or project.get("slug", "")), str(project.get("slug", "")))
        )
    shown.append(row(PROJECT, tr.t("new project"), "+"))
    return shown


def rate_words(client: Client, written: Mapping[str, Any], today: date, tr: Translator) -> str:
    """The rates by the days they hold from, the newest first."""
    found = []
    for entry in reversed(tables(written, "rates")):
        since, amount = entry.get("from"), entry.get("daily", entry.get("hourly", ""))
        money = _money(amount, client.currency, tr)
        per = tr.t("{amount} a day", amount=money) if "daily" in entry else money
        found.append(since_words(per, since if isinstance(since, date) else None, today, tr))
    return " · ".join(found) or "–"


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


def _money(amount: object, currency: str, tr: Translator) -> str:
    try:
        return formats.money(minor_units(Decimal(str(amount)), currency), currency, tr.lang)
    except (ArithmeticError, ValueError):
        return str(amount)


def rounding_words(client: Client, today: date, tr: Translator) -> str:
    """The rule of today's work."""
    from clepsydra.domain.session import DEFAULT_PROJECT, Channel

    return rounding_sentence.sentence(client.rule(DEFAULT_PROJECT, Channel.WORK, today), tr)


def contract_words(client: Client, today: date, tr: Translator) -> str:
    """The agreement that holds today, and its fee or ceiling."""
    from clepsydra.domain.session import DEFAULT_PROJECT

    contract = client.contract(DEFAULT_PROJECT, today)
    if contract is None:
        return words.contract(ContractKind.HOURLY, tr)
    parts = [words.contract(contract.kind, tr)]
    if contract.fee:
        parts.append(_money(contract.fee, client.currency, tr))
    if contract.included:
        parts.append(formats.length(contract.included, tr.lang))
    if contract.cap is not None:
        parts.append(tr.t("at most {amount}", amount=_money(contract.cap, client.currency, tr)))
    return since_words(" · ".join(parts), contract.since, today, tr)
