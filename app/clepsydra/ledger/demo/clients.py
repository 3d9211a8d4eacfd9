"""The invented clients of the sample home: every kind of agreement, several currencies, terms that changed."""

from collections.abc import Mapping
from datetime import date

from clepsydra.domain.interval import HOUR
from clepsydra.domain.periods import add_months
from clepsydra.domain.records import dataclass
from clepsydra.settings.edit import Fields
from clepsydra.settings.times import spelled


@dataclass(frozen=True, slots=True)
class DemoHabit:
    """How much of the work a client takes and how its statements go; days count from the issue."""

    share: float
    channels: Mapping[str, float]
    paid_after: int
    since: int = 0
    """The month, counted from the first, in which its work begins."""
    unbilled_months: int = 0
    """How many of the last full months are on no statement yet."""
    projects: tuple[str, ...] = ("default",)


_OFFICE = {"work": 0.66, "call": 0.16, "meeting": 0.06, "prep": 0.05, "message": 0.05, "fix": 0.02}
_SITE = {"work": 0.55, "call": 0.12, "travel": 0.15, "meeting": 0.10, "message": 0.05, "fix": 0.03}
_QUIET = {"work": 0.80, "call": 0.08, "message": 0.12}

HABITS: Mapping[str, DemoHabit] = {
    "volta": DemoHabit(0.24, _OFFICE, 27, projects=("portal", "portal", "default")),
    "dore": DemoHabit(0.15, _OFFICE, 44, projects=("default", "default", "default", "training")),
    "riva": DemoHabit(0.13, _QUIET, 19, unbilled_months=1),
    "jardins": DemoHabit(0.13, _OFFICE, 30, since=7),
    "helvetia": DemoHabit(0.12, _SITE, 29),
    "kestrel": DemoHabit(0.10, _OFFICE, 56),
    "xenon": DemoHabit(0.06, _SITE, 33, unbilled_months=1),
    "cyrano": DemoHabit(0.04, _QUIET, 25, unbilled_months=2),
    "ivry": DemoHabit(0.08, _SITE, 92),
}

_TEXTS: Mapping[str, Mapping[str, str]] = {
    "en": {"portal": "Customer portal", "training": "Training days"},
    "fr": {"portal": "Espace client", "training": "Journées de formation"},
}


def sample_clients(first: date, language: str) -> dict[str, Fields]:
    """The files of the clients by slug, whose work begins on `first`, the first of a month; names in `language`."""
    half = add_months(first, 6)
    names = _TEXTS.get(language, _TEXTS["en"])
    return {
        "volta": _volta(first, half, names),
        "dore": _dore(first, half, names),
        "jardins": _jardins(first),
        **_foreign(first, half),
        **_french(first),
    }


def _french(first: date) -> dict[str, Fields]:
    """Paid by the hour in euros, each with another rule."""
    return {
        "riva": {
            "name": "Riva Éditions", "currency": "EUR", "language": "fr", "time_zone": "Europe/Paris",
            "address": "4 quai des Brumes\n13002 Marseille",
            "rates": [{"from": first, "hourly": "68.00"}],
            "rounding": [{"from": first, "model": "up", "step": "6m", "scope": "day"}],
            "statement": {"lines": "note", "terms": "30 days"},
        },
        "xenon": {
            "name": "Xénon Robotique", "currency": "EUR", "language": "fr", "time_zone": "Europe/Paris",
            "rates": [{"from": first, "hourly": "112.00", "channel": {"travel": "55.00"}}],
            "rounding": [{"from": first, "model": "first", "first": "1h", "step": "30m"}],
            "statement": {"lines": "session", "terms": "30 days", "tax": "20.0"},
        },
        "cyrano": {
            "name": "Théâtre Cyrano", "currency": "EUR", "language": "fr", "time_zone": "Europe/Paris",
            "rates": [{"from": first, "hourly": "52.00"}],
            "rounding": [{"from": first, "model": "nearest", "step": "15m"}],
            "touches": {"default": "5m", "free_per_month": 3},
            "statement": {"lines": "note", "terms": "30 days"},
        },
        "ivry": {
            "name": "Mairie d’Ivry-la-Forêt", "currency": "EUR", "language": "fr", "time_zone": "Europe/Paris",
            "address": "1 place de la République",
            "rates": [{"from": first, "hourly": "84.00"}],
            "rounding": [{"from": first, "model": "up", "step": "15m", "scope": "cumulative"}],
            "contract": {"type": "hourly", "from": first, "cap": "16000.00"},
            "statement": {"lines": "day", "terms": "45 days end of month", "tax": "20.0"},
        },
    }  # fmt: skip


def _foreign(first: date, half: date) -> dict[str, Fields]:
    """Paid by the hour in other currencies, with days of another zone."""
    return {
        "helvetia": {
            "name": "Helvetia Bau AG", "currency": "CHF", "language": "en", "time_zone": "Europe/Zurich", "key": "h",
            "address": "Limmatweg 21\n8005 Zürich",
            "rates": [{"from": first, "hourly": "165.00", "channel": {"travel": "82.50"}}],
            "rounding": [{"from": first, "model": "grace", "step": "15m", "grace": "4m"}],
            "statement": {"lines": "day", "terms": "30 days", "tax": "8.1"},
        },
        "kestrel": {
            "name": "Kestrel Analytics Inc.", "currency": "USD", "language": "en", "time_zone": "America/New_York",
            "address": "210 Harbor Street\nBoston, MA 02110",
            "rates": [{"from": first, "hourly": "150.00"}, {"from": half, "hourly": "158.00"}],
            "rounding": [
                {"from": first, "model": "exact"},
                {"from": half, "model": "nearest", "step": "6m", "tie": "even", "scope": "line"},
            ],
            "statement": {"lines": "channel", "terms": "30 days"},
        },
    }  # fmt: skip


def _volta(first: date, half: date, names: Mapping[str, str]) -> Fields:
    """Hourly, by started quarter-hours, with rates by channel that were raised half-way."""
    return {
        "name": "Volta Énergie", "currency": "EUR", "language": "fr", "time_zone": "Europe/Paris", "key": "v",
        "address": "18 rue du Barrage\n38000 Grenoble",
        "rates": [
            {"from": first, "hourly": "92.00", "channel": {"call": "105.00"}},
            {"from": half, "hourly": "98.00", "channel": {"call": "110.00", "travel": "49.00"}},
        ],
        "rounding": [
            {"from": first, "model": "up", "step": "15m"},
            {"from": half, "model": "grace", "step": "15m", "grace": "3m", "channels": ["call"]},
        ],
        "calls": {"apps": ["teams"]},
        "statement": {"lines": "day", "terms": "30 days", "tax": "20.0"},
        "projects": [{"slug": "portal", "name": names["portal"], "rates": [{"from": first, "hourly": "104.00"}]}],
    }  # fmt: skip


def _dore(first: date, half: date, names: Mapping[str, str]) -> Fields:
    """A retainer that grew half-way, with training days by the hour beside it."""
    return {
        "name": "Cabinet Doré", "currency": "EUR", "language": "fr", "time_zone": "Europe/Paris", "key": "d",
        "address": "27 rue Mercière\n69002 Lyon",
        "rates": [{"from": first, "hourly": "95.00"}],
        "rounding": [{"from": first, "model": "nearest", "step": "6m", "scope": "day"}],
        "contract": [
            {"type": "retainer", "from": first, "period": "month", "included": "14h", "fee": "1260.00",
             "carry": {"cap": "4h", "expires": "1 month"}},
            {"type": "retainer", "from": half, "period": "month", "included": "18h", "fee": "1600.00",
             "overage_hourly": "105.00"},
        ],
        "statement": {"lines": "channel", "terms": "45 days end of month", "tax": "20.0"},
        "projects": [{
            "slug": "training", "name": names["training"],
            "rates": [{"from": first, "hourly": "130.00"}],
            "rounding": [{"from": first, "model": "tiers", "tiers": [["4h", "3h30"], ["", "7h"]], "scope": "day"}],
            "contract": {"type": "hourly", "from": first},
        }],
    }  # fmt: skip


def renewed_retainer(month: date, included: int) -> Fields:
    """The retainer as it was agreed again for this month: fewer hours (in seconds), and nearly all of them are used."""
    fee = 90 * included // HOUR
    return {"type": "retainer", "from": month, "period": "month", "included": spelled(included), "fee": f"{fee}.00",
            "overage_hourly": "105.00"}  # fmt: skip


def _jardins(first: date) -> Fields:
    """A fixed fee for a web site, begun on the way, with one accepted change."""
    begun = add_months(first, 7)
    return {
        "name": "Les Jardins d’Isaure", "currency": "EUR", "language": "fr", "time_zone": "Europe/Paris", "key": "j",
        "rates": [{"from": first, "hourly": "80.00"}],
        "contract": {
            "type": "fixed", "from": begun, "fee": "7200.00", "budget": "96h",
            "deliverables": [{"name": "Maquettes", "weight": "0.3", "accepted": add_months(begun, 2)},
                             {"name": "Boutique", "weight": "0.5"}, {"name": "Recette", "weight": "0.2"}],
            "changes": [{"title": "Réservation en ligne", "accepted": add_months(begun, 3), "hours": "10h",
                         "fee": "750.00"}],
        },
        "statement": {"lines": "note", "terms": "30 days", "tax": "20.0"},
    }  # fmt: skip
