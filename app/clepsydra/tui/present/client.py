"""A client's file as rows to look at and to change: what it says and since when, in the person's words.

What is dated (rates, rounding) is never rewritten: a change holds from a day on, and what was before it stays.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from clepsydra.domain.agreement import KINDS, ContractKind
from clepsydra.domain.money import minor_units
from clepsydra.domain.terms import Client, LineKind
from clepsydra.language import formats, rules, typed, words
from clepsydra.language.translator import LANGUAGES, Translator, mark
from clepsydra.settings import times, values
from clepsydra.settings.model import BuyerKind
from clepsydra.tui.new_client import CURRENCIES
from clepsydra.tui.present.settings import Field, Groups, Typed, rows
from clepsydra.tui.widgets.log_table import Cell, TableRow

FIELDS: Groups = (
    (mark("General"), (
        Field("name", mark("Name")),
        Field("key", mark("Key of its timer")),
        Field("active", mark("Still a client"), "true", Typed.YES_NO),
        Field("language", mark("Documents in"), "", choices=LANGUAGES),
        Field("currency", mark("Currency"), "", choices=CURRENCIES),
        Field("time_zone", mark("Time zone, which makes its days")),
    )),
    (mark("Address"), (
        Field("street", mark("Street and number")),
        Field("postcode", mark("Postcode")),
        Field("city", mark("Town")),
        Field("country", mark("Country, as two letters")),
        Field("attention", mark("For the attention of")),
        Field("email", mark("E-mail address")),
        Field("kind", mark("Business, consumer or public body"), "business",
              choices=tuple(BuyerKind)),
        Field("siren", mark("Company number (SIREN)")),
        Field("vat", mark("VAT number")),
    )),
    (mark("Statements and invoices"), (
        Field("statement.tax", mark("Tax: percent, or a tax’s name"), "0"),
        Field("statement.terms", mark("Payment terms, such as 30 days")),
        Field("statement.lines", mark("A line of a statement is a"), "day", choices=tuple(LineKind)),
        Field("statement.formats", mark("Files: pdf, csv, json, markdown"), "pdf",
              Typed.LIST),
        Field("invoice.order", mark("Order number")),
        Field("invoice.buyer_reference", mark("The client’s reference")),
        Field("invoice.minimum", mark("Least amount of an invoice")),
        Field("invoice.discount", mark("Early payment, such as 2 % 10 days")),
    )),
    (mark("Calls and messages"), (
        Field("calls.apps", mark("Programs it calls through"), "", Typed.LIST),
        Field("calls.ignore_under", mark("Shorter calls are not kept"), "20s"),
        Field("touches.default", mark("Usual length of a message"), "5m"),
        Field("touches.free_per_month", mark("Messages free in a month"), "0", Typed.WHOLE),
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
        row(RATE, tr.t("Hourly rate"), rate_words(client, written, tr)),
        row(ROUNDING, tr.t("Rounding"), rounding_words(client, today, tr)),
        row(CONTRACT, tr.t("Agreement"), contract_words(client, today, tr)),
        *rows(written, tr, FIELDS),
        row("", tr.t("Projects"), "", heading=True),
    ]
    for number, project in enumerate(_tables(written, "projects")):
        shown.append(
            row(f"{PROJECT}{number}", str(project.get("name") or project.get("slug", "")), str(project.get("slug", "")))
        )
    shown.append(row(PROJECT, tr.t("new project"), "+"))
    return shown


def rate_words(client: Client, written: Mapping[str, Any], tr: Translator) -> str:
    """The rates by the days they hold from, the newest first."""
    found = []
    for entry in reversed(_tables(written, "rates")):
        since, amount = entry.get("from"), entry.get("daily", entry.get("hourly", ""))
        money = _money(amount, client.currency, tr)
        per = tr.t("{amount} a day", amount=money) if "daily" in entry else money
        found.append(since_words(per, since if isinstance(since, date) else None, tr))
    return " · ".join(found) or "–"


def since_words(what: str, since: date | None, tr: Translator) -> str:
    """Something and the day it holds from, where it has not always held."""
    if since is None or since <= date(2000, 1, 1):
        return what
    return tr.t("{what} since {day}", what=what, day=formats.date(since, tr.lang))


def _money(amount: object, currency: str, tr: Translator) -> str:
    try:
        return formats.money(minor_units(Decimal(str(amount)), currency), currency, tr.lang)
    except (ArithmeticError, ValueError):
        return str(amount)


def rounding_words(client: Client, today: date, tr: Translator) -> str:
    """The rule of today's work."""
    from clepsydra.domain.session import DEFAULT_PROJECT, Channel

    return rules.sentence(client.rule(DEFAULT_PROJECT, Channel.WORK, today), tr)


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
    return since_words(" · ".join(parts), contract.since, tr)


def _tables(written: Mapping[str, Any], key: str) -> Sequence[Mapping[str, Any]]:
    found = written.get(key)
    if isinstance(found, Mapping):
        return [found]
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []


# -- a new rate


class NewRate(NamedTuple):
    """An amount and the first day it holds."""

    amount: Decimal
    since: date


def read_rate(text: str, client: Client, today: date, now: int, tr: Translator) -> NewRate:
    """“130” is from today on, “130 1/1/2027” from another day; raises `NotUnderstood`."""
    first, _, rest = text.strip().partition(" ")
    minor = typed.parse_amount(first, client.currency, tr.lang)
    since = typed.parse_day(rest, now, client.zone) if rest.strip() else today
    return NewRate(Decimal(minor) / (minor_units(Decimal(1), client.currency) or 1), since)


def rate_changes(written: Mapping[str, Any], new: NewRate) -> dict[str, object]:
    """What a new rate changes in the file: one more entry, or the one of that very day; exceptions go on."""
    entries = _tables(written, "rates")
    before = [entry for entry in entries if _since(entry) <= new.since]
    last = max(before, key=_since, default={})
    key = "daily" if "daily" in last else "hourly"
    same = next((n for n, entry in enumerate(entries) if _since(entry) == new.since), None)
    if same is not None:
        return {f"rates[{same}].{key}": f"{new.amount:f}"}
    kept = {name: last[name] for name in ("day", "channel") if name in last}
    entry = {"from": new.since, key: f"{new.amount:f}", **kept}
    return {"rates[+]": entry} if entries else {"rates": [entry]}


def rounding_changes(written: Mapping[str, Any], rule: Mapping[str, object], today: date) -> dict[str, object]:
    """What a new rule of all channels changes: one more entry from today, or the one of today."""
    entries = _tables(written, "rounding")
    entry = {"from": today, **rule}
    same = next((n for n, each in enumerate(entries) if _since(each) == today and "channels" not in each), None)
    if same is not None:
        return {f"rounding[{same}]": entry}
    return {"rounding[+]": entry} if entries else {"rounding": [entry]}


def _since(entry: Mapping[str, Any]) -> date:
    since = entry.get("from")
    return since if isinstance(since, date) else date.min


# -- the agreement

CONTRACT_KEYS = {"type": "kind", "from": "since", "fee": "fee", "included": "hours", "cap": "cap", "ends": "ends"}
"""The keys of an agreement that its form has, and the form's field of each."""


def contract_changes(written: Mapping[str, Any], typed_in: Mapping[str, str]) -> dict[str, object]:
    """What the form of the agreement changes; its other keys stay, those its kind has no use for go."""
    kind = ContractKind(typed_in["kind"])
    hours = "included" if KINDS[kind].periodic else "budget"
    found = _tables(written, "contract")
    path = f"contract[{len(found) - 1}]" if isinstance(written.get("contract"), list) else "contract"
    now = found[-1] if found else {}
    wanted: dict[str, object] = {"type": kind.value}
    wanted["from"] = _day(typed_in["since"])
    wanted["fee"] = typed_in["fee"] or None
    length = typed_in["hours"]
    wanted[hours] = f"{length}h" if length.isdecimal() else length or None
    wanted["budget" if hours == "included" else "included"] = None
    wanted["cap"] = typed_in["cap"] or None
    wanted["ends"] = _day(typed_in["ends"])
    useless = [key for key in now if key in _ALL - KINDS[kind].keys]
    wanted |= dict.fromkeys(useless)
    if not found:
        return {"contract": {key: value for key, value in wanted.items() if value is not None}}
    return {f"{path}.{key}": value for key, value in wanted.items() if value is not None or key in now}


_ALL = frozenset[str]().union(*(facts.keys for facts in KINDS.values()))


def _day(text: str) -> object:
    try:
        return times.day(text) if text.strip() else None
    except values.Wrong:
        return text


def contract_now(written: Mapping[str, Any]) -> dict[str, str]:
    """The agreement of the file as its form has it."""
    found = _tables(written, "contract")
    now = found[-1] if found else {}
    said = {field: str(now.get(key, "")) for key, field in CONTRACT_KEYS.items()}
    said["hours"] = said["hours"] or str(now.get("budget", ""))
    return said
