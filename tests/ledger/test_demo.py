"""The sample home: lawful, the same each time, and never anywhere near a person's own data."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from clepsydra.ledger import demo
from clepsydra.ledger.agreements import contracts
from clepsydra.ledger.agreements.contracts import agreements
from clepsydra.ledger.agreements.usage import use_of
from clepsydra.ledger.billing import statements
from clepsydra.ledger.calls import inbox
from clepsydra.ledger.day.evening import Evening
from clepsydra.ledger.days import days_to_close
from clepsydra.ledger.ledger import Refused
from clepsydra.ledger.opening import open_ledger
from clepsydra.ledger.receivables import owing
from clepsydra.ledger.verify import verify
from clepsydra.settings.home import Home
from clepsydra.store import sessions
from clepsydra.tui.present.statement import state_of
from tests.clock import at

AFTERNOON = at("2026-11-24 15:40")


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    home = Home(tmp_path_factory.mktemp("sample") / "home")
    demo.make_demo(home, AFTERNOON, "fr")
    return open_ledger(home, {}, lambda: AFTERNOON)


def test_it_obeys_every_law(sample):
    assert sample.catalogue.problems == ()
    assert verify(sample) == []


def test_no_second_is_worked_twice(sample):
    spans = [s.span(AFTERNOON) for s in sessions.select(sample.db)]
    assert len(spans) > 1000
    assert all(first.ended_at <= second.started_at for first, second in pairwise(spans))
    assert spans[-1].ended_at == AFTERNOON


def test_it_shows_what_a_year_brings(sample):
    found = list(sessions.select(sample.db))
    assert {s.client for s in found} == set(sample.catalogue.clients)
    assert {c.currency for c in sample.catalogue.clients.values()} == {"EUR", "CHF", "USD"}
    assert {s.channel.value for s in found} >= {"work", "call", "meeting", "message", "fix", "travel", "admin", "sales"}
    assert {s.decision.value for s in found if s.decision} == {"bill", "absorb", "pending"}
    assert any(s.write_off for s in found)
    assert any(s.agreed_seconds is not None for s in found)
    assert any(s.ended_at and s.logged_at - s.ended_at > 86_400 for s in found)
    late = {debt.number for debt in owing.debts(sample) if debt.next_due < sample.today}
    assert {state_of(head, late) for head in statements.page(sample, 1000)} == {
        "issued", "paid", "overdue", "void",
    }  # fmt: skip


def test_settled_statements_are_counted_as_they_are_listed(sample):
    listed = owing.settled_statements(sample, -1)
    assert len({head.state for head in listed}) == 1 < len(listed)
    assert owing.settled_statement_count(sample, owing.debts(sample)) == len(listed)


def test_no_two_sessions_look_alike_by_their_ids(sample):
    ends = [session.id[-6:] for session in sessions.select(sample.db)]
    assert len(set(ends)) == len(ends)


def test_one_day_before_today_is_to_be_closed(sample):
    (day,) = days_to_close(sample, last=sample.today - timedelta(days=1))
    assert sample.today - day < timedelta(days=7)
    assert Evening(sample).left() == 1


def share_used(ledger):
    """How much of its hours the retainer has used this month."""
    (agreement,) = (each for each in agreements(ledger, ledger.client("dore")) if each.contracts[0].periodic)
    state = contracts.state_of(agreement, use_of(ledger, agreement), ledger.today)
    return state.used / state.available


def test_a_retainer_is_near_its_limit(sample):
    assert 0.9 < share_used(sample) < 1


def test_calls_wait_for_a_decision(sample):
    waiting = inbox.inbox(sample)
    assert [call.suggestion.client for call in waiting if call.suggestion] == ["dore", "riva"]


def test_today_is_half_done(sample):
    running = sessions.running(sample.db)
    assert [s.client for s in running] == ["volta"]
    today = [s for s in sessions.select(sample.db) if s.day == sample.today.toordinal()]
    assert len(today) > 3
    assert today[-1].started_at - today[-2].ended_at >= demo.year.GAP_BEFORE


def test_the_same_seed_makes_the_same_year(sample, tmp_path):
    again = Home(tmp_path / "again")
    demo.make_demo(again, AFTERNOON, "fr")
    other = Home(tmp_path / "other")
    demo.make_demo(other, AFTERNOON, "en", seed=1)
    year = [replace(session, statement=None) for session in sessions.select(sample.db)]
    once_more = sessions.select(open_ledger(again, {}).db)
    assert [replace(session, statement=None) for session in once_more] == year, "but for the ids of statements"
    assert [s.started_at for s in sessions.select(open_ledger(other, {}).db)] != [s.started_at for s in year]


@pytest.mark.parametrize(
    ("now", "zone"),
    [
        (at("2027-01-01 00:20"), "Europe/Paris"),
        (at("2026-03-29 03:10"), "Europe/Paris"),
        (at("2026-08-16 23:50", ZoneInfo("America/New_York")), "America/New_York"),
        (at("2028-02-29 07:30", ZoneInfo("Pacific/Auckland")), "Pacific/Auckland"),
    ],
)
def test_at_odd_hours(tmp_path, now, zone):
    home = Home(tmp_path / "home")
    demo.make_demo(home, now, "en", zone=zone)
    ledger = open_ledger(home, {}, lambda: now)
    assert ledger.settings.time_zone.key == zone
    assert verify(ledger) == []
    assert all(s.started_at <= now and (s.ended_at or 0) <= now for s in sessions.select(ledger.db))
    assert sessions.running(ledger.db)
    assert 0.88 < share_used(ledger) < 1 or ledger.today.day == 1
    assert len(inbox.inbox(ledger)) == 2


def test_it_is_made_anew_in_its_own_folder(tmp_path):
    env = {"XDG_CACHE_HOME": str(tmp_path / "cache"), "HOME": str(tmp_path), "TZ": "Europe/Paris"}
    home = demo.open_demo(env, AFTERNOON, "en")
    assert home.path == demo.demo_folder(env)
    home.client_file("mine").write_text('name = "Mine"')
    demo.open_demo(env, AFTERNOON, "en")
    assert not home.client_file("mine").exists()
    assert home.path.stat().st_mode & 0o777 == 0o700


def test_a_folder_of_someone_else_is_left_alone(tmp_path):
    env = {"XDG_CACHE_HOME": str(tmp_path)}
    precious = demo.demo_folder(env) / "precious.txt"
    precious.parent.mkdir()
    precious.write_text("mine")
    with pytest.raises(Refused):
        demo.open_demo(env, AFTERNOON, "en")
    assert precious.read_text() == "mine"
