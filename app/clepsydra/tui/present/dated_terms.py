"""What is dated in a client's file (rates, rounding, agreements) as its forms have it, and what they change.

What has held is never rewritten: a change holds from a day on, and what was before it stays. An entry of that very day
is mended.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from clepsydra.domain.agreement import KINDS, ContractKind
from clepsydra.domain.money import minor_units
from clepsydra.domain.rounding import MODELS, Model, RoundingRule
from clepsydra.domain.terms import Client, Project
from clepsydra.language import typed
from clepsydra.language.translator import Translator
from clepsydra.language.typed.days import parse_day_ahead
from clepsydra.settings import times, values
from clepsydra.settings.times import spelled


def tables(written: Mapping[str, Any], key: str) -> Sequence[Mapping[str, Any]]:
    """The entries of a key that may stand once or several times."""
    found = written.get(key)
    if isinstance(found, Mapping):
        return [found]
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []


class TermsTable(NamedTuple):
    """Whose terms a form is about: a client's own, or a project's, which stand before them.

    `written` is the table of the file that holds them, `above` the client's where they are a project's.
    """

    client: Client
    project: str
    written: Mapping[str, Any]
    above: Mapping[str, Any] = MappingProxyType({})

    @property
    def own(self) -> Client | Project:
        """Who has the terms."""
        return (self.client.project(self.project) if self.above else None) or self.client


class NewRate(NamedTuple):
    """An amount and the first day it holds."""

    amount: Decimal
    since: date


def read_rate(text: str, client: Client, today: date, now: int, tr: Translator) -> NewRate:
    """“130” is from today on, “130 1/1/2027” from another day; raises `NotUnderstood`."""
    first, _, rest = text.strip().partition(" ")
    amount = amount_of(first, client.currency, tr.lang)
    since = nearest_day(rest, now, client.zone, today) if rest.strip() else today
    return NewRate(amount, since)


def amount_of(text: str, currency: str, lang: str) -> Decimal:
    """A typed amount in major units, as the file has it; raises `NotUnderstood`."""
    return Decimal(typed.parse_amount(text, currency, lang)) / (minor_units(Decimal(1), currency) or 1)


def nearest_day(text: str, now: int, zone: ZoneInfo, today: date) -> date:
    """A day without a year is the one nearest to today: a rate is agreed for next month as often as for last.

    Raises `NotUnderstood`.
    """
    read = (parse_day_ahead(text, now, zone), typed.parse_day(text, now, zone))
    return min(read, key=lambda day: abs(day - today))


def rate_changes(of: TermsTable, new: NewRate) -> dict[str, object]:
    """What a new rate changes in the file: one more entry, or the one of that very day; exceptions go on."""
    entries = tables(of.written, "rates")
    last = _holding(of, "rates", new.since)
    key = "daily" if "daily" in last else "hourly"
    same = _of_day(entries, new.since)
    if same is not None:
        return {f"rates[{same}].{key}": f"{new.amount:f}"}
    kept = {name: last[name] for name in ("day", "channel") if name in last}
    return _one_more("rates", entries, {"from": new.since, key: f"{new.amount:f}", **kept})


def channel_rates_now(of: TermsTable, today: date) -> dict[str, str]:
    """The rates of today that only some channels have, as the file says them."""
    found = _holding(of, "rates", today).get("channel")
    return {key: str(value) for key, value in found.items()} if isinstance(found, Mapping) else {}


def channels_held(of: TermsTable, day: date) -> tuple[int | None, Mapping[str, Any]]:
    """The place of the own entry that holds on a day, and its rates by channel."""
    entries = tables(of.written, "rates")
    held = [index for index, entry in enumerate(entries) if since_of(entry) <= day]
    index = max(held, key=lambda each: since_of(entries[each]), default=None)
    found = entries[index].get("channel") if index is not None else None
    return index, found if isinstance(found, Mapping) else {}


def channel_changes(of: TermsTable, amounts: Mapping[str, str], since: object) -> dict[str, object]:
    """What rates by channel change from a day on: one more entry with the same rate, or the one of that very day.

    An empty amount takes the channel's own rate out.
    """
    entries = tables(of.written, "rates")
    wanted = {channel: amount for channel, amount in amounts.items() if amount}
    same = _of_day(entries, since)
    if same is None:
        last = _holding(of, "rates", since if isinstance(since, date) else date.max)
        kept = {name: last[name] for name in ("hourly", "daily", "day") if name in last}
        entry = {"from": since, **kept, **({"channel": wanted} if wanted else {})}
        return _one_more("rates", entries, entry)
    now = entries[same].get("channel", {})
    if not wanted:
        return {f"rates[{same}].channel": None}
    return {f"rates[{same}].channel.{key}": amount or None for key, amount in amounts.items() if amount or key in now}


def removal(of: TermsTable, key: str, number: int) -> dict[str, object]:
    """What takes one entry of a key out of the file, and the key with the last of them."""
    alone = len(tables(of.written, key)) == 1
    return {key if alone else f"{key}[{number}]": None}


def _holding(of: TermsTable, key: str, day: date) -> Mapping[str, Any]:
    """The entry that holds on a day: a project's own, else the client's; an empty one without any."""
    for written in (of.written, of.above):
        before = [entry for entry in tables(written, key) if since_of(entry) <= day]
        if before:
            return max(before, key=since_of)
    return {}


def _of_day(entries: Sequence[Mapping[str, Any]], day: object) -> int | None:
    return next((n for n, entry in enumerate(entries) if since_of(entry) == day), None)


def _one_more(key: str, entries: Sequence[object], entry: object) -> dict[str, object]:
    return {f"{key}[+]": entry} if entries else {key: [entry]}


ROUNDING_FIELDS = ("model", "step", "minimum", "scope")
"""The keys of a rule that its form has."""


def rounding_now(rule: RoundingRule) -> dict[str, str]:
    """The rule of today's work as its form has it."""
    return {
        "model": rule.model.value,
        "step": spelled(rule.step) if rule.step else "",
        "minimum": spelled(rule.minimum) if rule.minimum else "",
        "scope": rule.scope.value,
    }


def rounding_changes(of: TermsTable, typed_in: Mapping[str, str]) -> dict[str, object]:
    """What a new rule of all channels changes: one more entry from its day on, or the one of that very day.

    What the form does not have (tiers, grace) goes on where the model stays the same.
    """
    since = day_of(typed_in["since"])
    entries = tables(of.written, "rounding")
    useless = () if "step" in MODELS[Model(typed_in["model"])].keys else ("step",)
    said = {key: typed_in[key] for key in ROUNDING_FIELDS if typed_in[key] and key not in useless}
    last: Mapping[str, Any] = {}
    for written in (of.written, of.above):
        general = [each for each in tables(written, "rounding") if "channels" not in each]
        before = [each for each in general if isinstance(since, date) and since_of(each) <= since]
        last = last or max(before, key=since_of, default={})
    kept = {k: v for k, v in last.items() if k not in ("from", *ROUNDING_FIELDS) and last.get("model") == said["model"]}
    entry = {"from": since, **said, **kept}
    same = next((n for n, each in enumerate(entries) if each.get("from") == since and "channels" not in each), None)
    return {f"rounding[{same}]": entry} if same is not None else _one_more("rounding", entries, entry)


def since_of(entry: Mapping[str, Any]) -> date:
    """The day an entry holds from; one without has always held."""
    since = entry.get("from")
    return since if isinstance(since, date) else date.min


CONTRACT_KEYS = {
    "type": "kind", "from": "since", "fee": "fee", "included": "hours", "cap": "cap", "overage_hourly": "overage",
    "ends": "ends",
}  # fmt: skip
"""The keys of an agreement that its form has, and the form's field of each."""


_OF_ONE = frozenset({"ends", "top_ups", "deliverables", "changes", "billed_until", "estimate"})
"""The keys of an agreement that were said of its own time, and do not go on in the next."""


def contract_changes(written: Mapping[str, Any], typed_in: Mapping[str, str]) -> dict[str, object]:
    """What the form of the agreement changes: the one of that very day, or one more that holds from another day on.

    Its other keys stay, and go on in the next; those its kind has no use for go.
    """
    kind = ContractKind(typed_in["kind"])
    hours, length = "included" if KINDS[kind].periodic else "budget", typed_in["hours"]
    wanted: dict[str, object] = {
        "type": kind.value,
        "from": day_of(typed_in["since"]),
        "fee": typed_in["fee"] or None,
        "included": None,
        "budget": None,
        "cap": typed_in["cap"] or None,
        "overage_hourly": typed_in["overage"] or None,
        "ends": day_of(typed_in["ends"]),
        hours: f"{length}h" if length.isdecimal() else length or None,
    }
    found = tables(written, "contract")
    same = next((n for n, each in enumerate(found) if each.get("from") == wanted["from"]), None)
    useful = KINDS[kind].keys | {"type", "from", "ends"}
    if same is None:
        kept = {k: v for k, v in _latest(found).items() if k in useful - _OF_ONE and k not in wanted}
        entry = {key: value for key, value in (wanted | kept).items() if value is not None}
        return {"contract[+]": entry} if found else {"contract": entry}
    path = f"contract[{same}]" if isinstance(written.get("contract"), list) else "contract"
    now = found[same]
    wanted |= dict.fromkeys(key for key in now if key in _ALL - useful)
    return {f"{path}.{key}": value for key, value in wanted.items() if value is not None or key in now}


def _latest(entries: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """The entry that holds from the latest day; an empty one without any."""
    return max(entries, key=since_of, default={})


def contract_effect(written: Mapping[str, Any], since: str, tr: Translator) -> str:
    """What becomes of the agreements there are, by the day that stands in the form."""
    found, day = tables(written, "contract"), day_of(since)
    if not found:
        return tr.t("the first day it holds, such as 2026-01-01")
    if any(each.get("from") == day for each in found):
        return tr.t("changes the agreement of that day; another day makes a new one, and this one stays as it was")
    return tr.t("a new agreement from that day on; what was agreed before stays as it was")


_ALL = frozenset[str]().union(*(facts.keys for facts in KINDS.values()))


def day_of(text: str) -> object:
    """A day as the file has it; what is none stays, for the file to refuse."""
    try:
        return times.day(text) if text.strip() else None
    except values.Wrong:
        return text


def contract_now(written: Mapping[str, Any]) -> dict[str, str]:
    """The latest agreement of the file as its form has it."""
    now = _latest(tables(written, "contract"))
    said = {field: str(now.get(key, "")) for key, field in CONTRACT_KEYS.items()}
    said["hours"] = said["hours"] or str(now.get("budget", ""))
    return said
