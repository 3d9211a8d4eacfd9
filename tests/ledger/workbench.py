"""A desk to try the ledger at: an open log, clients with terms of every kind, and a clock the test moves."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from unittest import mock
from zoneinfo import ZoneInfo

from clepsydra.domain.agreement import Contract, ContractKind
from clepsydra.domain.rounding import GroupScope, Midnight, Model, RoundingRule
from clepsydra.domain.session import OWN, Channel, Session
from clepsydra.domain.statement_terms import LineKind, StatementTerms
from clepsydra.domain.terms import Client, DatedRule, Project, Rate, Touches
from clepsydra.ledger.ledger import Ledger
from clepsydra.settings.model import Settings
from clepsydra.settings.problems import SettingsProblem
from clepsydra.store import ids, sessions
from clepsydra.store.opening import open_log

PARIS = ZoneInfo("Europe/Paris")
SINCE = date(2020, 1, 1)
MINUTE, HOUR, DAY = 60, 3600, 86_400
MONDAY = int(datetime(2026, 11, 23, 8, 0, tzinfo=UTC).timestamp())
"""Monday 23 November 2026, 9 in the morning in Paris."""


def rule(model: Model, step: int | None = None, scope: GroupScope = GroupScope.ENTRY, **more) -> RoundingRule:
    return RoundingRule(model=model, step=step, scope=scope, **more)


def client(slug: str, hourly: str = "90", *rules: RoundingRule, **more) -> Client:
    """A client of one rate and, if any, one rule for everything."""
    return Client(
        slug=slug,
        name=slug.title(),
        currency=more.pop("currency", "EUR"),
        zone=more.pop("zone", PARIS),
        rates=more.pop("rates", (Rate(SINCE, Decimal(hourly), ((Channel.CALL, Decimal(hourly) + 20),)),)),
        rounding=more.pop("rounding", tuple(DatedRule(SINCE, each) for each in rules)),
        **more,
    )


QUARTER = rule(Model.UP, 900)
BY_DAY = rule(Model.UP, 900, GroupScope.DAY)
POOLED = rule(Model.NEAREST, 1800, GroupScope.STATEMENT)


def usual_clients() -> dict[str, Client]:
    """One client for each way of grouping and paying."""
    split = rule(Model.UP, 1800, GroupScope.DAY, midnight=Midnight.SPLIT)
    clients = [
        Client(OWN, "", "EUR", PARIS),
        client("acme", "90", QUARTER, touches=Touches(300, 2)),
        client("brel", "120", BY_DAY, projects=(Project("api", "API", rates=(Rate(SINCE, Decimal("60.5")),)),)),
        client("cafe", "75.55", POOLED, statement=StatementTerms(tax=Decimal(20), lines=LineKind.PROJECT)),
        client("dore", "100", split, currency="JPY", zone=ZoneInfo("Australia/Lord_Howe")),
        client("ecru", "80", rule(Model.CLOCK, 600, GroupScope.CUMULATIVE), currency="TND"),
        client("fjord", "110", contracts=(Contract(SINCE, ContractKind.RETAINER, included=10_000 * HOUR),)),
    ]
    return {each.slug: each for each in clients}


@dataclass
class Terms:
    """What a catalogue of files would say."""

    clients: Mapping[str, Client] = field(default_factory=usual_clients)
    settings: Settings = field(default_factory=lambda: Settings(time_zone=PARIS))
    problems: tuple[SettingsProblem, ...] = ()


@dataclass
class Desk:
    """One instance at work: `now` is its clock."""

    ledger: Ledger
    terms: Terms
    now: int = MONDAY

    @classmethod
    def at(cls, path: Path | str = ":memory:", now: int = MONDAY, **clients: Client) -> "Desk":
        terms = Terms()
        terms.clients = {**terms.clients, **clients}
        desk = cls(None, terms, now)  # type: ignore[arg-type]
        desk.ledger = Ledger(open_log(path), terms, lambda: desk.now)
        return desk

    def wait(self, seconds: int) -> int:
        """Let time pass; returns the new instant."""
        self.now += seconds
        return self.now

    def set(self, **settings) -> None:
        """Change the person's settings."""
        self.terms.settings = replace(self.terms.settings, **settings)

    def all(self) -> list[Session]:
        """Every session, in order of time."""
        return list(sessions.select(self.ledger.db))


def numbered_ids() -> AbstractContextManager[object]:
    """New ids end in numbers instead of chance: an example must be the same when it is played again."""
    numbers = count(1)
    return mock.patch.object(ids, "os", SimpleNamespace(urandom=lambda n: next(numbers).to_bytes(n)))


def wall(text: str, zone: ZoneInfo = PARIS) -> int:
    """The instant of a wall time written `2026-11-23 09:00`."""
    return int(datetime.fromisoformat(text).replace(tzinfo=zone).timestamp())
