"""What is kept of fees, overage and caps is what the log says, whatever was done since it was kept.

`DUE_EXAMPLES=1000 DUE_STEPS=60` in the environment makes it a long run.
"""

from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from clepsydra.domain.agreement import Carry, Contract, ContractKind, Deliverable, TopUp
from clepsydra.domain.session import Decision, Scope
from clepsydra.domain.terms import Project
from clepsydra.ledger import editing, history, reports, timers
from clepsydra.ledger.agreements import due
from clepsydra.ledger.agreements.contracts import agreements, use_of
from clepsydra.ledger.agreements.fees import FeesDue, due_now
from clepsydra.ledger.billing import statements
from clepsydra.ledger.ledger import Refused
from clepsydra.ledger.live import totals
from clepsydra.ledger.timers import Work
from clepsydra.ledger.verify import verify
from clepsydra.store import backups, tallies
from clepsydra.store.opening import open_log
from tests.ledger import desk as stage
from tests.ledger.desk import DAY, HOUR, Desk, client, numbered_ids, wall
from tests.ledger.machines import machine_settings
from tests.ledger.unbilled import unbilled_of

START = date(2026, 1, 1)
RETAINER = Contract(
    START, ContractKind.RETAINER, included=4 * HOUR, fee=Decimal(500), carry=Carry(2 * HOUR, 1),
    overage_hourly=Decimal(130),
)  # fmt: skip
TOPPED_UP = replace(RETAINER, top_ups=(TopUp(date(2026, 4, 2), 3 * HOUR),))
PARTS = (Deliverable("Design", Decimal(1), date(2026, 3, 30)), Deliverable("Site", Decimal(2)))
FIXED = Contract(START, ContractKind.FIXED, included=20 * HOUR, fee=Decimal(3000), deliverables=PARTS)
ACCEPTED = replace(FIXED, deliverables=(PARTS[0], replace(PARTS[1], accepted=date(2026, 4, 3))))
CAPPED = Contract(START, cap=Decimal(600))
TERMS = {
    "gant": [(RETAINER,), (TOPPED_UP,), (RETAINER, replace(RETAINER, since=date(2026, 4, 1), included=HOUR)), ()],
    "haie": [(FIXED,), (ACCEPTED,)],
    "ibis": [(CAPPED,), (replace(CAPPED, cap=Decimal(900)),)],
}
"""What each client may agree on, the first at the start; gant has a project with a retainer of its own."""


def practice(path: str = ":memory:") -> Desk:
    made = {slug: client(slug, "100", stage.QUARTER, contracts=terms[0]) for slug, terms in TERMS.items()}
    api = Project("api", "API", contracts=(replace(RETAINER, included=2 * HOUR),))
    made["gant"] = replace(made["gant"], projects=(api,))
    made["ibis"] = replace(made["ibis"], rounding=client("x", "1", stage.POOLED).rounding)
    desk = Desk.at(path, now=wall("2026-04-20 12:00"))
    desk.terms.clients = {"acme": desk.terms.clients["acme"], **made}
    return desk


def kept(desk: Desk) -> dict[str, FeesDue]:
    """What is due as a reader sees it, who keeps it for the next."""
    with due.read_due(desk.ledger, list(desk.terms.clients.values())) as found:
        return dict(found)


def anew(desk: Desk) -> dict[str, FeesDue]:
    return {slug: due_now(desk.ledger, each) for slug, each in desk.terms.clients.items()}


def agree(desk: Desk, slug: str, n: int) -> None:
    changed = replace(desk.terms.clients[slug], contracts=TERMS[slug][n])
    desk.terms.clients = {**desk.terms.clients, slug: changed}


places = st.sampled_from([("gant", "default"), ("gant", "api"), ("haie", "default"), ("ibis", "default")])
slugs = st.sampled_from(list(TERMS))


class What_is_kept(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.closing = ExitStack()
        self.closing.enter_context(numbered_ids())
        self.desk = practice()
        self.ledger = self.desk.ledger

    def teardown(self) -> None:
        self.ledger.db.close()
        self.closing.close()

    def pick(self, data: st.DataObject) -> str:
        ids = sorted(session.id for session in self.desk.all())
        return data.draw(st.sampled_from(ids)) if ids else "none"

    def do(self, deed) -> None:
        """Try something: what is refused changes nothing, and the invariant looks again."""
        with suppress(Refused):
            deed()

    @rule(place=places, back=st.integers(0, 100), hours=st.sampled_from([1, 3, 9]), out=st.sampled_from([False, True]))
    def add(self, place, back, hours, out):
        work = Work(*place, scope=Scope.OUT, decision=Decision.BILL) if out else Work(*place)
        begin = self.desk.now - back * DAY - 10 * HOUR
        self.do(lambda: editing.add(self.ledger, work, begin, begin + hours * HOUR))

    @rule(back=st.integers(0, 400))
    def begin_the_log_earlier(self, back):
        begin = self.desk.now - back * DAY
        self.do(lambda: editing.add(self.ledger, Work("acme"), begin, begin + 60))

    @rule(data=st.data(), back=st.integers(0, 60), slug=st.sampled_from([None, "gant", "ibis", "acme"]))
    def move(self, data, back, slug):
        begin = self.desk.now - back * DAY - HOUR
        changes = editing.Edit(client=slug, started_at=begin, ended_at=begin + HOUR)
        self.do(lambda: editing.edit(self.ledger, self.pick(data), changes))

    @rule(data=st.data(), deed=st.sampled_from(["remove", "write off", "out of scope", "in scope"]))
    def change(self, data, deed):
        chosen = self.pick(data)
        self.do({
            "remove": lambda: editing.remove(self.ledger, chosen),
            "write off": lambda: editing.write_off(self.ledger, chosen, "gift"),
            "out of scope": lambda: editing.set_scope(self.ledger, chosen, Scope.OUT),
            "in scope": lambda: editing.set_scope(self.ledger, chosen, Scope.IN),
        }[deed])  # fmt: skip

    @rule(place=places)
    def start(self, place):
        self.do(lambda: timers.start(self.ledger, Work(*place)))

    @rule()
    def stop(self):
        self.do(lambda: timers.stop(self.ledger))

    @rule(back=st.integers(0, 40 * 24), over=st.booleans())
    def back_date(self, back, over):
        begins, ids = self.desk.now - back * HOUR, {each.id for each in self.desk.all()} if over else ()
        for session in timers.running(self.ledger):
            self.do(partial(timers.back_date, self.ledger, session.id, begins, over=ids))

    @rule(slug=slugs, whole=st.booleans())
    def issue(self, slug, whole):
        last = None if whole else self.ledger.today.replace(day=1)
        self.do(lambda: statements.issue(self.ledger, slug, None, last))

    @rule(data=st.data())
    def void(self, data):
        numbers = [row.number for row in statements.listed(self.ledger)]
        if numbers:
            self.do(lambda: statements.void(self.ledger, data.draw(st.sampled_from(numbers)), "a mistake"))

    @rule(again=st.booleans())
    def undo(self, again):
        self.do(lambda: (history.redo if again else history.undo)(self.ledger))

    @rule(slug=slugs, n=st.integers(0, 3))
    def agree(self, slug, n):
        agree(self.desk, slug, n % len(TERMS[slug]))

    @rule(seconds=st.sampled_from([1, 11 * HOUR, DAY, 20 * DAY]))
    def wait(self, seconds):
        self.desk.wait(seconds)

    @rule()
    def empty(self):
        self.ledger.db.execute("DELETE FROM due")

    @invariant()
    def is_what_the_log_says(self):
        assert kept(self.desk) == anew(self.desk)
        found, fresh = due.read(self.ledger, list(self.desk.terms.clients.values()), uses=True)
        assert fresh == [], "what was kept a moment ago is true"
        assert found == {slug: due.account_now(self.ledger, each) for slug, each in self.desk.terms.clients.items()}
        with due.read_uses(self.ledger, list(self.desk.terms.clients.values())) as used:
            assert used == {
                slug: tuple((each, use_of(self.ledger, each)) for each in agreements(self.ledger, client))
                for slug, client in self.desk.terms.clients.items()
            }
        for slug, row in totals.unbilled(self.ledger).items():
            assert row == unbilled_of(self.ledger, self.desk.terms.clients[slug])


TestWhatIsKept = What_is_kept.TestCase
TestWhatIsKept.settings = machine_settings("DUE", 60)


# -- by example


@pytest.fixture
def computed(monkeypatch) -> list[str]:
    """Whose dues are worked out from now on."""
    done: list[str] = []
    plain = due.sums_due

    def spy(ledger, client, *args, **more):
        done.append(client.slug)
        return plain(ledger, client, *args, **more)

    monkeypatch.setattr(due, "sums_due", spy)
    return done


def add(desk: Desk, slug: str, day: str, hours: float) -> str:
    begin = wall(f"{day} 06:00")
    return editing.add(desk.ledger, Work(slug), begin, begin + round(hours * HOUR)).id


def test_only_what_changed_is_worked_out_again(computed):
    desk = practice()
    add(desk, "gant", "2026-03-10", 6)
    add(desk, "acme", "2026-03-10", 6)
    assert set(kept(desk)) == set(desk.terms.clients)
    assert computed == ["gant", "haie", "ibis"], "acme pays by the hour alone"
    reports.totals(desk.ledger, reports.Period())
    assert verify(desk.ledger) == []
    desk.wait(9 * HOUR)
    add(desk, "acme", "2026-03-11", 1)
    kept(desk)
    assert computed[3:] == []
    add(desk, "ibis", "2026-03-11", 1)
    kept(desk)
    assert computed[3:] == ["ibis"]
    desk.wait(DAY)
    reports.rounding(desk.ledger, reports.Period(START))
    assert computed[4:] == ["gant", "haie", "ibis"]


@pytest.mark.parametrize(("slug", "before", "after"), [("gant", 0, 50_000), ("haie", 100_000, 300_000)])
def test_new_terms_are_seen_at_once(slug, before, after):
    desk = practice()
    assert kept(desk)[slug].minor == before
    changed = TERMS[slug][1] if slug == "haie" else (replace(RETAINER, billed_until=date(2026, 2, 28)),)
    desk.terms.clients = {**desk.terms.clients, slug: replace(desk.terms.clients[slug], contracts=changed)}
    assert kept(desk)[slug].minor == after


def test_who_asks_for_one_client_hides_nothing_of_another():
    desk = practice()
    kept(desk)
    for slug in ("ibis", "gant"):
        add(desk, slug, "2026-04-18", 9)
    kept(desk)
    for slug in ("ibis", "gant"):
        add(desk, slug, "2026-04-19", 9)
    reports.totals(desk.ledger, reports.Period(), "gant")
    assert kept(desk) == anew(desk)
    assert kept(desk)["ibis"].minor < 0


def test_a_statement_of_fees_alone_takes_them_and_voiding_it_gives_them_back():
    desk = practice()
    desk.now = wall("2026-04-30 12:00")
    whole = kept(desk)["gant"].minor
    assert whole == 2 * 50_000, "of April, by the client's agreement and the project's"
    issued = statements.issue(desk.ledger, "gant")
    assert not [session for session in desk.all() if session.statement]
    assert kept(desk)["gant"] == FeesDue()
    statements.void(desk.ledger, issued.number, "wrong")
    assert kept(desk)["gant"].minor == whole
    history.undo(desk.ledger)
    assert kept(desk)["gant"] == FeesDue()


def test_a_little_beyond_is_beyond():
    desk = practice()
    for slug, hours in (("gant", 4), ("ibis", 6)):
        add(desk, slug, "2026-04-10", hours)
    assert (kept(desk)["gant"], kept(desk)["ibis"]) == (FeesDue(), FeesDue())
    for slug in ("gant", "ibis"):
        add(desk, slug, "2026-04-11", 0.25)
    found = kept(desk)
    assert found == anew(desk)
    assert (found["gant"].beyond().billed_minor, found["ibis"].minor) == (3_250, -5_000)
    statements.issue(desk.ledger, "gant")
    statements.issue(desk.ledger, "ibis")
    assert (kept(desk)["gant"], kept(desk)["ibis"]) == (FeesDue(), FeesDue())
    add(desk, "ibis", "2026-04-12", 1)
    assert kept(desk)["ibis"].minor < 0, "all of it is beyond the cap"


def test_what_a_cap_took_off_counts_when_it_is_raised():
    desk = practice()
    add(desk, "ibis", "2026-04-10", 8)
    assert kept(desk)["ibis"].minor == -20_000
    statements.issue(desk.ledger, "ibis")
    agree(desk, "ibis", 1)
    add(desk, "ibis", "2026-04-12", 2)
    assert kept(desk)["ibis"] == anew(desk)["ibis"] == FeesDue(), "1000 less the 200 taken off is below 900"


def test_overage_is_kept_by_day():
    desk = practice()
    add(desk, "gant", "2026-03-10", 6)
    add(desk, "gant", "2026-04-10", 5)
    march, april = (date(2026, month, 10).toordinal() for month in (3, 4))
    for _ in range(2):
        found = kept(desk)["gant"]
        assert found == due_now(desk.ledger, desk.terms.clients["gant"])
        assert {day: each.billed_minor for day, each in found.overage.items()} == {march: 26_000, april: 13_000}
        assert [found.beyond(first, last).billed_seconds for first, last in
                ((None, None), (march, april), (april, None), (None, march), (march + 1, april - 1))
                ] == [3 * HOUR, 3 * HOUR, HOUR, 2 * HOUR, 0]  # fmt: skip


def test_what_is_far_behind_is_dated_anew(monkeypatch, computed):
    desk = practice()
    kept(desk)
    monkeypatch.setattr(tallies, "STALE_ROWS", 2)
    for n in range(4):
        add(desk, "acme", "2026-03-10", n + 1)
        kept(desk)
    places = [row[0] for row in desk.ledger.db.execute("SELECT as_of FROM due")]
    (reached,) = desk.ledger.db.execute("SELECT max(id) FROM journal_row").fetchone()
    assert min(places) >= reached - 2
    assert computed == ["gant", "haie", "ibis"] * 2, "the log begins with the first session"


def test_a_log_that_cannot_be_written_gives_the_same(tmp_path):
    desk = practice(tmp_path / "clepsydra.db")
    add(desk, "gant", "2026-03-10", 6)
    wanted = anew(desk)
    busy = open_log(tmp_path / "clepsydra.db")
    for begin, end, connection in (
        ("PRAGMA query_only = ON", "PRAGMA query_only = OFF", desk.ledger.db),
        ("BEGIN IMMEDIATE", "ROLLBACK", busy),
    ):
        connection.execute(begin)
        assert kept(desk) == wanted
        assert [row.client for row in reports.totals(desk.ledger, reports.Period())] == ["gant"]
        connection.execute(end)
        assert desk.ledger.db.execute("SELECT count(*) FROM due").fetchone()[0] == 0
    assert kept(desk) == wanted
    assert desk.ledger.db.execute("SELECT count(*) FROM due").fetchone()[0] == 3


@pytest.mark.parametrize("reader", [kept, lambda desk: totals.unbilled(desk.ledger)], ids=["dues", "books"])
def test_what_was_read_before_a_restore_is_not_kept_after_it(tmp_path, monkeypatch, reader):
    desk = practice(tmp_path / "clepsydra.db")
    reader(desk)
    backup = backups.back_up(desk.ledger.db, tmp_path, backups.MADE)
    add(desk, "gant", "2026-03-10", 6)
    add(desk, "gant", "2026-04-10", 6)
    elsewhere, plain = open_log(tmp_path / "clepsydra.db"), tallies._keep

    def restored_meanwhile(*given):
        backups.restore(elsewhere, backup)
        plain(*given)

    with monkeypatch.context() as patch:
        patch.setattr(tallies, "_keep", restored_meanwhile)
        reader(desk)
    for day in ("2026-03-11", "2026-03-12", "2026-03-13"):
        add(desk, "gant", day, 1)
    assert kept(desk) == anew(desk)
    assert totals.unbilled(desk.ledger)["gant"] == unbilled_of(desk.ledger, desk.terms.clients["gant"])
