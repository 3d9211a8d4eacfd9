"""A year of 20,000 sessions for 40 clients comes in by CSV; program and reckoning agree to the second and the cent."""

import csv
import io
import random
import sqlite3
from collections import defaultdict
from contextlib import closing
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import cycle, product
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from clepsydra.domain.agreement import Contract, ContractKind
from clepsydra.domain.billing import Treatment, group_sessions, treatment
from clepsydra.domain.rounding import Edge, GroupScope, Midnight, Model, RoundingRule, Tie
from clepsydra.domain.session import Channel, Decision, Scope
from clepsydra.domain.statement import LineSort
from clepsydra.domain.statement_terms import LineKind, StatementTerms
from clepsydra.domain.terms import Client, DatedRule, Project, Rate
from clepsydra.ledger import reports
from clepsydra.ledger.billing import statements
from clepsydra.ledger.insights import what_if
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.ledger.verify import verify
from clepsydra.store.opening import open_log
from tests.ledger import reckoning
from tests.ledger.log_csv import import_csv
from tests.ledger.workbench import Desk

COUNT = 20_000
NEW_YEAR = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp())
YEAR = 365 * 86_400
ZONES = ["Europe/Paris", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC"]


def rule_of(chance: random.Random, model: Model, scope: GroupScope) -> RoundingRule:
    tiers = ((1800, 1200), (4 * 3600, 4 * 3600), (None, 7 * 3600))
    return RoundingRule(
        model, chance.choice([36, 360, 900, 1800]), scope,
        minimum=chance.choice([None, None, 900]), maximum=chance.choice([None, None, 6 * 3600]),
        tie=chance.choice(list(Tie)), grace=chance.choice([0, 180, 479]), grace_first=chance.random() < 0.5,
        first=3600, begin=chance.choice(list(Edge)), finish=chance.choice(list(Edge)), tiers=tiers, flat=720,
        midnight=chance.choice(list(Midnight)),
    )  # fmt: skip


def forty_clients(chance: random.Random) -> dict[str, Client]:
    """Every model with every scope somewhere, changing in the middle of the year, some for calls alone."""
    pairs = cycle(product(Model, GroupScope))
    clients = {}
    for n in range(40):
        days = [date(2025, 12, 1), date(2026, 4 + n % 6, 1 + n % 20)]
        rules = [DatedRule(day, rule_of(chance, *next(pairs))) for day in days]
        calls = DatedRule(days[0], rule_of(chance, *next(pairs)), frozenset({Channel.CALL}))
        rates = tuple(
            Rate(day, Decimal(chance.randrange(3000, 20_000)) / 100, ((Channel.CALL, Decimal("141.37")),))
            for day in days
        )
        terms = [Contract(date(2026, 3, 1), ContractKind.RETAINER, included=10_000 * 3600, ends=date(2026, 9, 30))]
        clients[f"client-{n:02d}"] = Client(
            slug=f"client-{n:02d}", name=f"Client {n}", currency=("EUR", "JPY", "TND", "CHF")[n % 4],
            zone=ZoneInfo(ZONES[n % 5]), rates=rates, rounding=(*rules, *([calls] if n % 3 == 0 else [])),
            contracts=tuple(terms) if n % 8 == 5 else (),
            projects=(Project("side", "Side", rates=(Rate(days[0], Decimal("49.99")),)),),
            statement=StatementTerms(lines=list(LineKind)[n % 5], tax=Decimal(("0", "20", "8.1")[n % 3])),
        )  # fmt: skip
    return clients


def a_year(chance: random.Random) -> list[dict[str, object]]:
    """Rows of the log's own CSV, out of order, on every hour of the day and over every night."""
    rows = []
    for n in range(COUNT):
        begin = NEW_YEAR + chance.randrange(YEAR)
        length = chance.choice([0, 1, 300, 900, 1800, chance.randrange(7200), chance.randrange(7200), 11 * 3600])
        scope = chance.choice(["in"] * 8 + ["unsure", "out"])
        zone = ZoneInfo(chance.choice(ZONES))
        rows.append({
            "id": f"row-{n:05d}", "client": f"client-{chance.randrange(40):02d}",
            "project": chance.choice(["default", "default", "side"]),
            "channel": chance.choice(["work", "work", "call", "travel"]),
            "started_at": datetime.fromtimestamp(begin, zone).isoformat(),
            "ended_at": datetime.fromtimestamp(begin + length, UTC).isoformat().replace("+00:00", "Z"),
            "zone": zone.key, "scope": scope, "decision": chance.choice(list(Decision)) if scope == "out" else "",
            "agreed_seconds": chance.choice([0, 3600, 5400]) if chance.random() < 0.04 else "",
            "write_off": "gift" if chance.random() < 0.03 else "", "note": chance.choice(["", "=1+1", "[/b]", "é"]),
        })  # fmt: skip
    return rows


def stored(row: dict, clients: dict[str, Client]) -> SimpleNamespace:
    """What the log must hold of a row, as the reckoning needs it."""
    begin, end = (int(datetime.fromisoformat(str(row[name])).timestamp()) for name in ("started_at", "ended_at"))
    typed = row["agreed_seconds"]
    return SimpleNamespace(
        id=row["id"], client=row["client"], project=row["project"], channel=Channel(row["channel"]),
        started_at=begin, ended_at=end, scope=Scope(row["scope"]), decision=row["decision"] or None, note=row["note"],
        agreed_seconds=None if typed == "" else typed, write_off=row["write_off"] or None, statement=None,
        day=reckoning.day_of(begin, clients[row["client"]]).toordinal(),
    )  # fmt: skip


class Year:
    def __init__(self) -> None:
        chance = random.Random(2026)
        self.clients = forty_clients(chance)
        self.desk = Desk.at(now=NEW_YEAR + YEAR + 86_400, **self.clients)
        rows = a_year(chance)
        text = io.StringIO()
        writer = csv.DictWriter(text, rows[0])
        writer.writeheader()
        writer.writerows({**row, "note": f"'{row['note']}" if row["note"] == "=1+1" else row["note"]} for row in rows)
        self.text = text.getvalue()
        self.imported = import_csv(self.desk.ledger, self.text)
        self.rows = defaultdict(list)
        for row in rows:
            self.rows[row["client"]].append(stored(row, self.clients))

    def copy(self, path: Path) -> Ledger:
        """The same log in a file of its own, to be changed."""
        with closing(sqlite3.connect(path)) as target:
            self.desk.ledger.db.backup(target)
        return replace(self.desk.ledger, db=open_log(path))

    def billable(self, slug: str, first: date | None = None, last: date | None = None) -> list[SimpleNamespace]:
        client = self.clients[slug]
        return [
            r for r in self.rows[slug]
            if (not first or r.day >= first.toordinal()) and (not last or r.day <= last.toordinal())
            and reckoning.owner_of(r, client) in ("billable", "out_bill")
        ]  # fmt: skip

    def without_agreed(self, slug: str) -> list[SimpleNamespace]:
        """What no agreed time touches: the sessions of the program's own groups that have none."""
        client = self.desk.terms.clients[slug]
        found = [s for s in self.desk.all() if s.client == slug]
        ready = [s for s in found if s.doubtful_from is None and treatment(s, client) is Treatment.BILLABLE]
        groups = group_sessions(ready, client, self.desk.now)
        touched = {piece.session.id for group in groups if group.agreed for piece in group.pieces}
        return [row for row in self.billable(slug) if row.id not in touched]

    def reckoned(self, slug: str, first: date | None = None, last: date | None = None, rule=None) -> dict[str, int]:
        rows = self.billable(slug, first, last)
        return reckoning.summed(reckoning.lines(rows, self.clients[slug], self.desk.now, rule))


@pytest.fixture(scope="module")
def year() -> Year:
    return Year()


PERIODS = [(None, None), (date(2026, 3, 1), date(2026, 3, 31)), (date(2026, 10, 25), date(2026, 10, 25))]


def test_all_rows_came_in_exactly(year):
    assert (year.imported.added, year.imported.problems) == (COUNT, ())
    names = ("id", "client", "project", "channel", "started_at", "ended_at", "day", "scope", "decision", "note",
             "agreed_seconds", "write_off")  # fmt: skip
    held = {s.id: tuple(getattr(s, name) for name in names) for s in year.desk.all()}
    assert held == {r.id: tuple(getattr(r, name) for name in names) for rows in year.rows.values() for r in rows}
    again = import_csv(year.desk.ledger, year.text)
    assert (again.added, again.known, again.stored) == (0, COUNT, False)


@pytest.mark.parametrize("period", PERIODS)
def test_rounding_report(year, period):
    reported = {r.client: asdict(r.figures) for r in reports.rounding(year.desk.ledger, reports.Period(*period))}
    for slug in year.clients:
        assert reported.get(slug, reckoning.summed([])) == year.reckoned(slug, *period), slug


def test_previews(year):
    for slug, client in year.clients.items():
        first, last = date(2026, 2, 1), date(2026, 8, 31)
        statement = statements.preview(year.desk.ledger, slug, first, last).statement
        wanted = year.reckoned(slug, first, last)
        assert asdict(statement.totals) == wanted
        assert statement.tax_minor == reckoning.half_up(
            reckoning.Fraction(wanted["billed_minor"]) * reckoning.Fraction(client.statement.tax) / 100
        )
        billing = [line for line in statement.lines if line.sort is not LineSort.INCLUDED]
        listed = [i for line in billing for i in line.sessions]
        assert sorted(set(listed)) == sorted(r.id for r in year.billable(slug, first, last))
        assert reckoning.summed(asdict(line.figures) for line in billing) == wanted


def test_simulation(year):
    rule = RoundingRule(Model.UP, 600, GroupScope.DAY)
    for row in what_if.simulate(year.desk.ledger, what_if.Change(rule), reports.Period()):
        ruled = year.without_agreed(row.client)
        wanted = [reckoning.lines(ruled, year.clients[row.client], year.desk.now, each) for each in (None, rule)]
        assert [asdict(row.actual), asdict(row.simulated)] == [reckoning.summed(each) for each in wanted]
        assert row.agreed == len(year.billable(row.client)) - len(ruled)


def test_every_second_has_one_owner(year):
    for row in reports.ownership(year.desk.ledger, reports.Period()):
        sums = dict.fromkeys(reports.OWNERS, 0)
        for r in year.rows[row.client]:
            sums[reckoning.owner_of(r, year.clients[row.client])] += r.ended_at - r.started_at
        assert row.seconds == sums
        assert row.exact_seconds == sum(r.ended_at - r.started_at for r in year.rows[row.client])


def test_statements_of_the_year_stand_as_reckoned_and_the_log_proves_itself(year, tmp_path):
    ledger = year.copy(tmp_path / "copy.db")  # the others look at a year of which nothing is billed
    wanted = {}
    for slug in list(year.clients)[::4]:
        ready = year.billable(slug, None, date(2026, 6, 30))
        wanted[slug] = year.reckoned(slug, None, date(2026, 6, 30))
        if statements.preview(ledger, slug, None, date(2026, 6, 30)).cut:  # a pool that goes on, with an agreed total
            with pytest.raises(Refused, match="billed again"):
                statements.issue(ledger, slug, None, date(2026, 6, 30))
            continue
        issued = statements.issue(ledger, slug, None, date(2026, 6, 30))
        assert asdict(issued.totals) == wanted[slug]
        assert len({i for line in issued.lines for i in line.sessions}) == len(ready)
    assert statements.count(ledger) > 1
    assert [str(breach.what) for breach in verify(ledger)] == []
