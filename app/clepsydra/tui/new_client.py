"""A new client as it is typed into the form: its file's name, its fields, and what is wrong with them in words."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from clepsydra.domain.agreement import KINDS, ContractKind
from clepsydra.domain.civil import zone_named
from clepsydra.domain.interval import HOUR, MINUTE, Interval
from clepsydra.domain.records import dataclass
from clepsydra.domain.rounding import EXACT, GroupScope, Model, RoundingRule, rounded
from clepsydra.exchange.text import slug
from clepsydra.language import formats
from clepsydra.language.translator import Translator
from clepsydra.settings.edit import Fields, check_client
from clepsydra.settings.home import Home
from clepsydra.settings.times import spelled

ROUNDINGS = (
    EXACT,
    RoundingRule(Model.UP, step=15 * MINUTE),
    RoundingRule(Model.UP, step=15 * MINUTE, scope=GroupScope.DAY),
    RoundingRule(Model.UP, step=6 * MINUTE),
    RoundingRule(Model.NEAREST, step=15 * MINUTE),
    RoundingRule(Model.UP, step=30 * MINUTE),
    RoundingRule(Model.UP, step=HOUR),
)
"""The rounding rules the form offers; a client's file may hold any other."""

CURRENCIES = ("EUR", "CHF", "USD", "GBP", "CAD", "AUD", "DKK", "JPY", "NOK", "PLN", "SEK", "XOF", "XPF")
"""Currencies the form proposes; any code can be typed."""

EXAMPLE_SECONDS = HOUR + 7 * MINUTE


@dataclass(frozen=True, slots=True)
class ClientDraft:
    """What stands in the form, as typed."""

    name: str = ""
    key: str = ""
    currency: str = ""
    hourly: str = ""
    rounding: RoundingRule = EXACT
    zone: str = ""
    language: str = "en"
    kind: ContractKind = ContractKind.HOURLY
    fee: str = ""
    hours: str = ""

    @property
    def has_fee(self) -> bool:
        """Whether a fee pays for the work."""
        return KINDS[self.kind].fee


def slug_for(name: str, taken: Collection[str]) -> str:
    """The name of the client's file: the name in small letters and hyphens, with a number where it is taken."""
    plain = slug(name)[:60].strip("-") or "client"
    free = (f"{plain}-{n}" if n > 1 else plain for n in range(1, len(taken) + 2))
    return next(each for each in free if each not in taken)


def fields_of(draft: ClientDraft, today: date) -> Fields:
    """The fields of the client's file; an agreement with a fee holds from the first of this month."""
    rule = draft.rounding
    rounding = {"model": rule.model.value, "step": spelled(rule.step), "scope": rule.scope.value} if rule.step else None
    hourly = _amount(draft.hourly)
    return {
        "name": draft.name.strip(),
        "currency": draft.currency.strip().upper() or None,
        "language": draft.language,
        "time_zone": draft.zone.strip() or None,
        "key": draft.key.strip() or None,
        "rates": [{"hourly": hourly}] if hourly or not draft.has_fee else None,
        "rounding": [rounding] if rounding else None,
        "contract": _contract(draft, today),
    }


def _contract(draft: ClientDraft, today: date) -> Fields | None:
    if not draft.has_fee:
        return None
    included = "included" if KINDS[draft.kind].periodic else "budget"
    hours = draft.hours.strip().replace(",", ".")
    return {
        "type": draft.kind.value,
        "from": today.replace(day=1),
        "fee": _amount(draft.fee),
        included: f"{hours}h" if hours.isdecimal() else hours or None,
    }


def _amount(typed: str) -> str:
    """An amount as files have it: with a point, without spaces or the sign of its currency."""
    return "".join(typed.split()).strip("€$£").replace(",", ".")


Problems = Mapping[str, str]
"""What is wrong, in words, by the form's field."""


def problems_of(
    draft: ClientDraft, home: Home, file: str, today: date, keys: Mapping[str, str], tr: Translator
) -> Problems:
    """Everything that stands against the draft; `keys` says what already answers to a key."""
    found: dict[str, str] = {}
    for field, words in _problems(draft, home, file, today, keys, tr):
        found.setdefault(field, words)
    return found


_FIELD_OF = {"time_zone": "zone", "included": "hours", "budget": "hours"}


def _problems(
    draft: ClientDraft, home: Home, file: str, today: date, keys: Mapping[str, str], tr: Translator
) -> Iterator[tuple[str, str]]:
    if not draft.name.strip():
        yield "name", tr.t("a client needs a name")
    owner = keys.get(draft.key.strip())
    if owner:
        yield "key", tr.t("“{key}” is the key of “{owner}” already: choose another", key=draft.key.strip(), owner=owner)
    for problem in check_client(home, file, fields_of(draft, today)):
        last = problem.key.rpartition(".")[2]
        field = _FIELD_OF.get(last, last)
        if field in ("hourly", "fee"):
            yield field, tr.t("an amount is needed, such as 120 or 95.50")
        elif field == "hours":
            yield field, tr.t("hours are needed, such as 20 or 12h30")
        else:
            yield field, problem.sentence(tr)


def example_of(rule: RoundingRule, tr: Translator) -> str:
    """What a rule makes of an hour and seven minutes."""
    billed = rounded(rule, [Interval(0, EXAMPLE_SECONDS)], zone_named("UTC"))
    return tr.t(
        "{worked} of work is billed as {billed}",
        worked=formats.duration(EXAMPLE_SECONDS, tr.lang),
        billed=formats.duration(billed, tr.lang),
    )
