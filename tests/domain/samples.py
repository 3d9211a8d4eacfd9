"""One client by the hour and one session of November 2026, to be changed by the tests that need them otherwise."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from clepsydra.domain.civil import civil_day
from clepsydra.domain.rounding import EXACT, RoundingRule
from clepsydra.domain.session import Channel, Session
from clepsydra.domain.terms import Client, DatedRule, Rate
from tests.clock import PARIS, at

START = date(2026, 1, 1)
NOW = at("2026-12-31 12:00")


def client(rule: RoundingRule = EXACT, hourly: str = "90", **changes) -> Client:
    made = Client(
        "acme", "Acme", "EUR", PARIS, rates=(Rate(START, Decimal(hourly)),), rounding=(DatedRule(START, rule),)
    )
    return replace(made, **changes)


def session(begin: str, end: str | None, ident: str = "s1", **changes) -> Session:
    started = at(f"2026-11-{begin}")
    made = Session(
        id=ident,
        client="acme",
        project="default",
        channel=Channel.WORK,
        started_at=started,
        ended_at=None if end is None else at(f"2026-11-{end}"),
        zone="Europe/Paris",
        day=civil_day(started, PARIS).toordinal(),
    )
    return replace(made, **changes)
