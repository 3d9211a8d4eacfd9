"""What agreements owe in all, less what live statements took: in whatever order things are done and thought better of.

Random work, late work, issue, void, issue again, edits of caps, fees, deliverables, change orders, included hours and
carry, undo and redo; then all is issued once more, and the sums of live statements are what a second reckoning makes of
the agreements. `AGREE_EXAMPLES=1000 AGREE_STEPS=60` in the environment makes it a long run.
"""

from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from clepsydra.domain.agreement import Carry, ChangeOrder, Contract, ContractKind, Deliverable
from clepsydra.domain.rounding import GroupScope, Model, RoundingRule
from clepsydra.domain.terms import DatedRule, Project
from clepsydra.ledger import editing, history, reports
from clepsydra.ledger.agreements.due import read_due
from clepsydra.ledger.billing import statements
from clepsydra.ledger.billing.doubts import open_doubts
from clepsydra.ledger.errors import Refused
from clepsydra.ledger.live import unbilled as totals
from clepsydra.ledger.live.figures import Live
from clepsydra.ledger.timers import Work
from clepsydra.ledger.verify import verify
from tests.domain import included_lots as lots
from tests.ledger.run_lengths import machine_settings
from tests.ledger.unbilled import unbilled_of
from tests.ledger.workbench import DAY, HOUR, Desk, client, numbered_ids, wall

START = date(2026, 1, 1)
BEFORE = date(2025, 12, 31)
EXACT = RoundingRule()
DAYS = RoundingRule(
    Model.TIERS, scope=GroupScope.DAY, tiers=((4 * HOUR, 7 * HOUR // 2), (None, 7 * HOUR))
)  # fmt: skip
RETAINER = Contract(
    START, ContractKind.RETAINER, included=4 * HOUR, fee=Decimal(500), carry=Carry(2 * HOUR, 1),
    overage_hourly=Decimal(130), billed_until=BEFORE,
)  # fmt: skip
A, B = Deliverable("Design", Decimal(1), date(2026, 2, 27)), Deliverable("Site", Decimal(2))
FIXED = Contract(
    START, ContractKind.FIXED, included=20 * HOUR, fee=Decimal(3000), deliverables=(A, B),
    changes=(ChangeOrder("Chat", date(2026, 3, 3), fee=Decimal(400)),),
)  # fmt: skip
CAPPED = Contract(START, cap=Decimal(600))
LATEST = date(2026, 4, 3)
TERMS = {
    "gant": [
        RETAINER,
        replace(RETAINER, carry=None),
        replace(RETAINER, included=6 * HOUR),
        replace(RETAINER, included=HOUR),
        replace(RETAINER, fee=Decimal(650)),
        replace(RETAINER, carry=Carry(None, None)),
    ],
    "haie": [
        FIXED,
        replace(FIXED, deliverables=(A, replace(B, accepted=LATEST))),
        replace(FIXED, deliverables=(replace(A, name="Design, second version"), replace(B, accepted=LATEST))),
        replace(FIXED, deliverables=(replace(A, weight=Decimal(3)), B)),
        replace(FIXED, deliverables=(A, B, Deliverable("Help", Decimal(3), date(2026, 4, 9)))),
        replace(FIXED, deliverables=(B,)),
        replace(FIXED, fee=Decimal(3600), changes=()),
        replace(FIXED, fee=Decimal(2000), deliverables=(A, replace(B, accepted=LATEST))),
        replace(FIXED, changes=(*FIXED.changes, ChangeOrder("Search", date(2026, 4, 6), fee=Decimal("333.33")))),
    ],
    "ibis": [CAPPED, replace(CAPPED, cap=Decimal(900)), replace(CAPPED, cap=Decimal(250))],
    "jour": [],
}
"""What each client may agree on, the first at the start; gant has a project with a retainer of its own."""


def practice(path: str = ":memory:") -> Desk:
    made = {slug: client(slug, "100", EXACT, contracts=tuple(terms[:1])) for slug, terms in TERMS.items()}
    api = Project("api", "API", contracts=(replace(RETAINER, included=2 * HOUR),))
    made["gant"] = replace(made["gant"], projects=(api,))
    made["jour"] = replace(made["jour"], rounding=(DatedRule(START, DAYS),))
    desk = Desk.at(path, now=wall("2026-04-20 12:00"))
    desk.terms.clients = {"acme": desk.terms.clients["acme"], **made}
    return desk


def agree(desk: Desk, slug: str, *contracts: Contract) -> None:
    changed = replace(desk.terms.clients[slug], contracts=contracts)
    desk.terms.clients = {**desk.terms.clients, slug: changed}


def add(desk: Desk, slug: str, day: str, hours: float, project: str = "default") -> str:
    begin = wall(f"{day} 06:00")
    return editing.add(desk.ledger, Work(slug, project), begin, begin + round(hours * HOUR)).id


def live(desk: Desk, slug: str) -> list:
    return [s for s in statements.listed(desk.ledger, slug) if s.state != "void"]


def asked(desk: Desk, slug: str) -> int:
    return sum(s.net_minor for s in live(desk, slug))


# -- the second reckoning: what an agreement owes in all


def half_up(value: Fraction) -> int:
    return floor(value + Fraction(1, 2))


def seconds_by_day(desk: Desk, slug: str, project: str = "default") -> dict[date, int]:
    found: dict[date, int] = {}
    for one in desk.all():
        if (one.client, one.project) == (slug, project):
            day = date.fromordinal(one.day)
            found[day] = found.get(day, 0) + one.ended_at - one.started_at
    return found


def owed_by_cap(desk: Desk, slug: str) -> int:
    """Hours of 100.00, up to the cap."""
    hours = half_up(Fraction(sum(seconds_by_day(desk, slug).values()) * 10_000, HOUR))
    return min(hours, int(desk.terms.clients[slug].contracts[0].cap * 100))


def owed_by_fee(desk: Desk, slug: str) -> int:
    """The parts accepted so far, and of each change order as much of it as was accepted by then or by its own day."""
    (contract,) = desk.terms.clients[slug].contracts
    weights = [Fraction(part.weight) for part in contract.deliverables]
    fee, found = int(contract.fee * 100), 0
    floors = [floor(fee * weight / sum(weights)) for weight in weights]
    odd = sorted(range(len(weights)), key=lambda n: (floors[n] - fee * weights[n] / sum(weights), n))
    for n in odd[: fee - sum(floors)]:
        floors[n] += 1
    done = Fraction(0)
    for part, weight, minor in zip(contract.deliverables, weights, floors, strict=True):
        if part.accepted:
            done, found = done + weight, found + minor
    return found + sum(half_up(done / sum(weights) * int(change.fee * 100)) for change in contract.changes)


def owed_by_retainer(desk: Desk, slug: str, project: str, contract: Contract) -> tuple[dict[date, int], int]:
    """The fee of each period that has ended, by its last day, and the seconds beyond, of all periods together."""
    used = seconds_by_day(desk, slug, project)
    months = [date(2026, month, 1) for month in range(2, 6)]
    ends = [first.fromordinal(first.toordinal() - 1) for first in months]
    today = date(2026, 4, 20)
    fees = {end: int(contract.fee * 100) for end in ends if end <= today}
    return fees, sum(period["over"] for period in lots.simulate([contract], used, date(2026, 5, 1)))


def owed_by_days(desk: Desk, slug: str) -> int:
    """Half days of 350.00 and days of 700.00."""
    return sum(35_000 if seconds <= 4 * HOUR else 70_000 for seconds in seconds_by_day(desk, slug).values() if seconds)


slugs = st.sampled_from(list(TERMS))
places = st.sampled_from(
    [("gant", "default"), ("gant", "api"), ("haie", "default"), ("ibis", "default"), ("jour", "default")]
)
days = st.integers(0, 108).map(lambda n: date.fromordinal(START.toordinal() + n))


class Agreements(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.closing = ExitStack()
        self.closing.enter_context(numbered_ids())
        self.desk = practice()
        self.ledger = self.desk.ledger
        self.at = 0

    def teardown(self) -> None:
        for slug in TERMS:
            self.settle(slug)
        assert [(each.law, str(each.what)) for each in verify(self.ledger)] == []
        self.ledger.db.close()
        self.closing.close()

    def do(self, deed) -> None:
        """Try something: what is refused changes nothing."""
        with suppress(Refused):
            deed()

    def pick(self, data: st.DataObject, slugs: tuple[str, ...] = tuple(TERMS)) -> str:
        ids = sorted(session.id for session in self.desk.all() if session.client in slugs)
        return data.draw(st.sampled_from(ids)) if ids else "none"

    @rule(place=places, day=days, quarters=st.sampled_from([1, 6, 11, 20]))
    def work(self, place, day, quarters):
        self.at = (self.at + 1) % 12  # minutes apart, so that no two are one
        begin = wall(f"{day} 06:00") + self.at * 60
        self.do(lambda: editing.add(self.ledger, Work(*place), begin, begin + quarters * HOUR // 4))

    @rule(data=st.data())
    def forget(self, data):
        # A day on two statements of which one is taken back for good stays as the other has it.
        self.do(lambda: editing.remove(self.ledger, self.pick(data, ("gant", "haie", "ibis"))))

    @rule(
        slug=slugs,
        first=st.sampled_from([None, date(2026, 3, 1)]),
        last=st.sampled_from([None, date(2026, 2, 28), date(2026, 3, 31)]),
    )
    def issue(self, slug, first, last):
        self.do(lambda: statements.issue(self.ledger, slug, first, last))

    @rule(data=st.data())
    def void(self, data):
        numbers = [s.number for s in statements.listed(self.ledger) if s.state != "void"]
        if numbers:
            self.do(lambda: statements.void(self.ledger, data.draw(st.sampled_from(numbers)), "a mistake"))

    @rule(again=st.booleans())
    def undo(self, again):
        self.do(lambda: (history.redo if again else history.undo)(self.ledger))

    @rule(slug=st.sampled_from(["gant", "haie", "ibis"]), n=st.integers(0, 8))
    def edit(self, slug, n):
        agree(self.desk, slug, TERMS[slug][n % len(TERMS[slug])])

    @rule(slug=slugs)
    def settle(self, slug):
        """Issue all that is open: live statements then ask what is owed, or what they asked before if that is more."""
        before = live(self.desk, slug)
        self.do(lambda: statements.issue(self.ledger, slug))
        after, was = asked(self.desk, slug), sum(s.net_minor for s in before)
        if slug == "ibis":
            assert after == max(owed_by_cap(self.desk, slug), was)
        elif slug == "haie":
            assert after == max(owed_by_fee(self.desk, slug), was)
        elif slug == "jour":
            assert after == owed_by_days(self.desk, slug)
        else:
            self.retainers(before)
        assert not statements.preview(self.ledger, slug).statement.lines or slug == "gant"

    def retainers(self, before: list) -> None:
        gant = self.desk.terms.clients["gant"]
        for project, contract in (("default", gant.contracts[0]), ("api", gant.projects[0].contracts[0])):
            fees, over = owed_by_retainer(self.desk, "gant", project, contract)
            for end, fee in fees.items():
                assert self.fee(live(self.desk, "gant"), project, end) == max(fee, self.fee(before, project, end))
            beyond = [self.over(some, project) for some in (live(self.desk, "gant"), before)]
            assert beyond[0] == max(half_up(Fraction(over * 13_000, HOUR)), beyond[1])

    @staticmethod
    def fee(some: list, project: str, end: date) -> int:
        return sum(
            li.fee_minor for s in some for li in s.lines if (li.project, li.last_day, li.sort) == (project, end, "fee")
        )

    @staticmethod
    def over(some: list, project: str) -> int:
        return sum(
            li.figures.billed_minor for s in some for li in s.lines if (li.project, li.sort) == (project, "overage")
        )

    @invariant()
    def what_is_shown_is_what_would_be_issued(self):
        live_now = Live(self.ledger)
        live_now.refresh()
        shown = live_now.at(self.desk.now).unbilled
        for slug, row in totals.unbilled(self.ledger).items():
            assert row == shown[slug] == unbilled_of(self.ledger, self.desk.terms.clients[slug])
            if slug in TERMS:
                assert row.minor == statements.preview(self.ledger, slug).statement.net_minor


TestAgreements = Agreements.TestCase
TestAgreements.settings = machine_settings("AGREE", 40, 20)


# -- by example


def test_a_raised_cap_gives_back_and_a_lowered_one_bills_nothing_more():
    desk = practice()
    add(desk, "ibis", "2026-04-10", 8)
    statements.issue(desk.ledger, "ibis")
    assert asked(desk, "ibis") == 60_000
    agree(desk, "ibis", replace(CAPPED, cap=Decimal(700)))
    given = statements.issue(desk.ledger, "ibis")
    assert [(line.sort, line.fee_minor) for line in given.lines] == [("cap", 10_000)]
    agree(desk, "ibis", replace(CAPPED, cap=Decimal(250)))
    add(desk, "ibis", "2026-04-12", 2)
    assert statements.issue(desk.ledger, "ibis").net_minor == 0
    assert asked(desk, "ibis") == 70_000
    assert verify(desk.ledger) == []


def test_a_cap_bills_the_same_after_a_void_and_another_order():
    desk = practice()
    agree(desk, "ibis", replace(CAPPED, cap=Decimal(250)))
    for day, hours in (("2026-03-10", 3), ("2026-04-10", 1)):
        add(desk, "ibis", day, hours)
        statements.issue(desk.ledger, "ibis", None, date.fromisoformat(day))
    first = statements.listed(desk.ledger, "ibis")[-1]
    statements.void(desk.ledger, first.number, "again")
    add(desk, "ibis", "2026-03-11", 2)
    statements.issue(desk.ledger, "ibis")
    assert asked(desk, "ibis") == 25_000


def test_an_hour_carried_on_is_used_once():
    """February 1 h, March 3 h of 2 h a month, carried and billed; one more hour of February, late: 1 h is beyond."""
    desk = practice()
    terms = replace(RETAINER, since=date(2026, 2, 1), included=2 * HOUR)
    agree(desk, "gant", terms)
    add(desk, "gant", "2026-02-10", 1)
    add(desk, "gant", "2026-03-10", 3)
    for month in (date(2026, 2, 28), date(2026, 3, 31)):
        statements.issue(desk.ledger, "gant", None, month)
    late = add(desk, "gant", "2026-02-20", 1)
    issued = statements.issue(desk.ledger, "gant", None, date(2026, 3, 31))
    (beyond,) = [line for line in issued.lines if line.sort == "overage"]
    assert (beyond.figures.billed_minor, beyond.sessions) == (13_000, (late,))
    agree(desk, "gant", replace(terms, included=HOUR))
    again = statements.issue(desk.ledger, "gant", None, date(2026, 3, 31))
    assert [(line.sort, line.figures.billed_seconds, line.sessions) for line in again.lines] == [
        ("overage", HOUR, ()),
        ("overage", HOUR, ()),
    ], "what was included is beyond by now, and no session is left to say so"
    assert verify(desk.ledger) == []


def test_parts_keep_their_identity_when_they_are_renamed():
    desk = practice()
    statements.issue(desk.ledger, "haie")
    renamed = replace(A, name="Design, second version")
    agree(desk, "haie", replace(FIXED, deliverables=(renamed, B)))
    assert not statements.preview(desk.ledger, "haie").statement.lines
    known = replace(A, name="Concept", accepted=date(2026, 2, 20), id="Design")
    agree(desk, "haie", replace(FIXED, deliverables=(known, B)))
    assert not statements.preview(desk.ledger, "haie").statement.lines


def test_late_work_alone_can_be_issued():
    desk = practice()
    done = replace(FIXED, deliverables=(A, replace(B, accepted=LATEST)))
    agree(desk, "haie", done)
    statements.issue(desk.ledger, "haie")
    late = add(desk, "haie", "2026-04-15", 2)
    issued = statements.issue(desk.ledger, "haie")
    assert (issued.net_minor, issued.lines[0].sessions) == (0, (late,))
    with pytest.raises(Refused):
        statements.issue(desk.ledger, "haie")


def test_new_terms_are_seen_at_once():
    desk = practice()
    for slug, before, after, changed in (
        ("gant", 300_000, 390_000 - 90_000, RETAINER),
        ("haie", 100_000 + 13_333, 340_000, replace(FIXED, deliverables=(A, replace(B, accepted=LATEST)))),
    ):
        with read_due(desk.ledger, [desk.terms.clients[slug]]) as found:
            assert found[slug].minor == before
        agree(desk, slug, changed)
        with read_due(desk.ledger, [desk.terms.clients[slug]]) as found:
            assert found[slug].minor == after


def test_overage_is_told_by_day():
    desk = practice()
    add(desk, "gant", "2026-03-10", 9)
    add(desk, "gant", "2026-04-10", 5)
    march, april = (date(2026, month, 10).toordinal() for month in (3, 4))
    with read_due(desk.ledger, [desk.terms.clients["gant"]]) as due:
        found = due["gant"]
    assert [found.beyond(day, day).billed_minor for day in (march, april)] == [39_000, 13_000]
    assert [found.beyond(first, last).billed_seconds for first, last in
            ((None, None), (march, april), (april, None), (None, march), (march + 1, april - 1))
            ] == [4 * HOUR, 4 * HOUR, HOUR, 3 * HOUR, 0]  # fmt: skip


def test_reading_what_is_due_writes_nothing():
    desk = practice()
    add(desk, "gant", "2026-03-10", 9)
    desk.ledger.db.execute("PRAGMA query_only = ON")
    assert [row.client for row in reports.totals(desk.ledger, reports.Period())] == ["gant"]
    desk.wait(DAY)
    assert totals.unbilled(desk.ledger)["gant"].minor


@pytest.mark.parametrize(
    ("slug", "sql", "words"),
    [
        ("ibis", "UPDATE billed_fee SET minor = 0 WHERE kind = 'cap'", "more was billed than the cap"),
        ("haie", "UPDATE billed_fee SET minor = 4 * minor WHERE kind = 'part'", "the parts that were billed"),
        ("haie", "UPDATE billed_fee SET minor = minor + 1 WHERE kind = 'part'", "its fees are not those it took"),
        ("gant", "UPDATE billed_fee SET minor = 2 * minor WHERE kind = 'period'", "billed more than once"),
        ("gant", "UPDATE billed_fee SET seconds = seconds + 60 WHERE kind = 'used'", "what it froze was changed"),
    ],
)
def test_what_agreements_were_billed_beyond_is_named(slug, sql, words):
    desk = practice()
    for each, hours in (("ibis", 8), ("haie", 3), ("gant", 9)):
        add(desk, each, "2026-03-10", hours)
        statements.issue(desk.ledger, each)
    assert verify(desk.ledger) == []
    for (name,) in desk.ledger.db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        desk.ledger.db.execute(f"DROP TRIGGER {name}")
    desk.ledger.db.execute(f"{sql} AND client = '{slug}'")
    assert any(words in str(breach.what) for breach in verify(desk.ledger))


def test_an_edit_that_fits_no_more_is_said():
    desk = practice()
    add(desk, "ibis", "2026-04-10", 8)
    for slug in ("ibis", "haie"):
        statements.issue(desk.ledger, slug)
    assert [open_doubts(desk.ledger, desk.terms.clients[slug]) for slug in ("ibis", "haie")] == [[], []]
    agree(desk, "ibis", replace(CAPPED, cap=Decimal(250)))
    agree(desk, "haie", replace(FIXED, deliverables=(B,)))
    said = [str(each.what) for slug in ("ibis", "haie") for each in open_doubts(desk.ledger, desk.terms.clients[slug])]
    assert "€600.00 were billed under it" in said[0]
    assert "“Design”" in said[1]
    assert verify(desk.ledger) == [], "an edit breaks no law"
