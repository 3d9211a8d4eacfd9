"""Live figures: what a tick adds is what the report will say, whatever shares its group."""

from dataclasses import asdict

import pytest

from clepsydra.domain.rounding import GroupScope, Midnight, Model
from clepsydra.domain.session import Scope
from clepsydra.ledger import editing, recovery, reports, timers
from clepsydra.ledger.billing import agreed_time, statements
from clepsydra.ledger.live import figures
from clepsydra.ledger.live import unbilled as totals
from clepsydra.ledger.live.figures import Live
from clepsydra.ledger.open_work import open_since
from clepsydra.ledger.timers import Work
from clepsydra.store import backups
from clepsydra.store.sessions import within
from tests.ledger.workbench import BY_DAY, DAY, HOUR, MINUTE, MONDAY, Desk, client, rule, wall


def add(desk: Desk, slug: str, begin: int, length: int, **work):
    return editing.add(desk.ledger, Work(slug, **work), begin, begin + length)


def agree(desk: Desk, live: Live) -> None:
    """The screen's stretches are the report's, and its unbilled totals the sum of what it would bill."""
    live.refresh()
    snapshot, today = live.at(desk.now), desk.ledger.today
    for sums, first in ((snapshot.today, today), (snapshot.month, today.replace(day=1))):
        period = reports.Period(first)
        wanted = reports.by_currency(reports.rounding(desk.ledger, period))
        found = {c: f for c, f in sums.figures.items() if any(asdict(f).values())}
        assert all(value >= 0 for figures in found.values() for value in asdict(figures).values()), (first, found)
        if first == today and crosses_the_night(desk):
            continue  # by the person's day, each part with its own time: test_today.py says what that comes to
        assert found == wanted
        assert sums.seconds == sum(row.exact_seconds for row in reports.ownership(desk.ledger, period))


def crosses_the_night(desk: Desk) -> bool:
    bounds = desk.ledger.own_bounds(desk.ledger.today)
    return any(
        session.started_at < bounds.started_at for session in within(desk.ledger.db, bounds.started_at, desk.now)
    )


def test_a_tick_counts_what_runs(desk):
    live = Live(desk.ledger)
    timers.start(desk.ledger, Work("acme"))
    live.refresh()
    (run,) = live.at(MONDAY + 12 * MINUTE).running
    assert (run.seconds, run.billed_seconds, run.next_step) == (720, 900, 181)
    assert (run.earned.exact_minor, run.earned.billed_minor) == (1800, 2250)
    assert live.at(MONDAY + 12 * MINUTE + 100).running[0].next_step == 81
    assert live.at(MONDAY + 901).running[0].next_step == 900
    assert live.at(MONDAY + 901).unbilled_totals() == {"EUR": 4500}


def test_a_tick_touches_no_file(desk):
    live = Live(desk.ledger)
    timers.start(desk.ledger, Work("brel"))
    live.refresh()
    desk.ledger.db.close()
    assert live.at(MONDAY + HOUR).running[0].seconds == HOUR


def test_the_timer_shares_its_day(desk):
    add(desk, "brel", MONDAY - HOUR, 10 * MINUTE)
    timers.start(desk.ledger, Work("brel"))
    desk.wait(4 * MINUTE)
    live = Live(desk.ledger)
    agree(desk, live)
    assert live.at(desk.now).running[0].earned.billed_seconds == 0
    assert live.at(desk.now).running[0].next_step == 61
    desk.wait(2 * MINUTE)
    assert live.at(desk.now).running[0].earned.billed_seconds == 900
    agree(desk, live)


def test_timers_side_by_side_share_one_group(desk):
    desk.set(parallel_timers=True)
    for note in ("one", "two"):
        timers.start(desk.ledger, Work("brel", note=note))
    desk.wait(5 * MINUTE)
    live = Live(desk.ledger)
    agree(desk, live)
    assert live.at(desk.now).today.figures["EUR"].billed_seconds == 900


@pytest.mark.parametrize("scope", GroupScope)
@pytest.mark.parametrize("midnight", Midnight)
def test_the_week_that_began_last_month(desk, scope, midnight):
    """Pools of a month, of a week and of a day are different pools: each has its own rounding."""
    desk.now = wall("2026-12-02 10:00")
    desk.terms.clients = {"acme": client("acme", "90", rule(Model.NEAREST, 1800, scope, midnight=midnight))}
    for back in range(5):
        add(desk, "acme", desk.now - back * DAY - HOUR, 20 * MINUTE + back)
    add(desk, "acme", wall("2026-12-01 23:50"), 25 * MINUTE)
    timers.start(desk.ledger, Work("acme"))
    for _ in range(3):
        desk.wait(11 * MINUTE)
        agree(desk, Live(desk.ledger))


def test_a_timer_over_midnight_meets_the_next_day(desk):
    split = rule(Model.UP, 1800, GroupScope.DAY, midnight=Midnight.SPLIT)
    desk.terms.clients = {"acme": client("acme", "90", split)}
    desk.now = wall("2026-11-23 23:40")
    timers.start(desk.ledger, Work("acme"))
    desk.set(parallel_timers=True)
    live = Live(desk.ledger)
    agree(desk, live)
    desk.wait(45 * MINUTE)
    add(desk, "acme", desk.now - 10 * MINUTE, 4 * MINUTE)
    agree(desk, live)
    desk.wait(10 * MINUTE)
    agree(desk, live)


def test_doubtful_work_earns_nothing_until_answered(desk):
    session = timers.start(desk.ledger, Work("acme"))
    desk.wait(2 * HOUR)
    recovery.unseen_since(desk.ledger, MONDAY + HOUR)
    live = Live(desk.ledger)
    agree(desk, live)
    assert live.at(desk.now).unbilled_totals() == {}
    recovery.keep(desk.ledger, session.id)
    agree(desk, live)
    assert live.at(desk.now).unbilled["acme"].figures.exact_seconds == 2 * HOUR


def test_agreed_and_written_off_and_billed_work(desk):
    live = Live(desk.ledger)
    sessions = [add(desk, "acme", MONDAY - n * HOUR, 50 * MINUTE) for n in range(1, 5)]
    add(desk, "own", MONDAY - 9 * HOUR, HOUR)
    agree(desk, live)
    for deed in (
        lambda: agreed_time.agree_session(desk.ledger, sessions[0].id, 600),
        lambda: editing.write_off(desk.ledger, sessions[1].id, "gift"),
        lambda: editing.set_scope(desk.ledger, sessions[2].id, Scope.OUT),
        lambda: editing.set_scope(desk.ledger, sessions[3].id, Scope.UNSURE),
    ):
        deed()
        agree(desk, live)
    unbilled = live.at(desk.now).unbilled["acme"]
    assert (unbilled.pending_seconds, unbilled.pending_minor, unbilled.unsure_seconds) == (3000, 7500, 3000)
    statements.issue(desk.ledger, "acme")
    agree(desk, live)
    assert live.at(desk.now).unbilled["acme"].sessions == 0


def test_a_new_day_and_new_terms(desk):
    live = Live(desk.ledger)
    add(desk, "acme", MONDAY - HOUR, HOUR)
    agree(desk, live)
    desk.wait(DAY)
    agree(desk, live)
    assert live.at(desk.now).unbilled["acme"].age_days(desk.ledger.today) == 1
    desk.terms.clients = {**desk.terms.clients, "acme": client("acme", "10", BY_DAY)}
    assert live.refresh(terms_changed=True)
    agree(desk, live)
    assert live.at(desk.now).unbilled_totals() == {"EUR": 1000}


def test_a_restored_backup_is_seen_by_who_has_the_log_open(tmp_path):
    one, two = (Desk.at(tmp_path / "clepsydra.db") for _ in range(2))
    add(one, "acme", MONDAY, HOUR)
    copy = backups.back_up(one.ledger.db, tmp_path / "backups", "made", MONDAY)
    add(one, "acme", MONDAY + HOUR, HOUR)
    live = Live(two.ledger)
    live.refresh()
    backups.restore(one.ledger.db, copy)
    add(one, "brel", MONDAY, HOUR)
    assert live.refresh(), "the journal stands where it stood, and says something else"
    assert {slug for slug, row in live.at(MONDAY).unbilled.items() if row.sessions} == {"acme", "brel"}
    assert live.at(MONDAY).unbilled["acme"].figures.exact_seconds == HOUR


def test_only_what_changed_is_reckoned_again(desk, monkeypatch):
    add(desk, "acme", MONDAY - 3 * DAY, HOUR)
    add(desk, "cafe", MONDAY - 3 * DAY, HOUR)
    read: list[str] = []

    def spy(ledger, client, *days, **more):
        read.append(client.slug)
        return open_since(ledger, client, *days, **more)

    monkeypatch.setattr(figures, "open_since", spy)
    live = Live(desk.ledger)
    live.refresh()
    assert {"acme", "cafe"} <= set(read)
    read.clear()
    assert not live.refresh()
    add(desk, "acme", MONDAY, HOUR)
    assert live.refresh()
    assert set(read) == {"acme"}
    assert live.at(desk.now).unbilled["acme"].figures.exact_seconds == 2 * HOUR


def test_reading_writes_nothing(tmp_path):
    desk = Desk.at(tmp_path / "clepsydra.db")
    add(desk, "acme", MONDAY, HOUR)
    desk.terms.clients = {"acme": desk.terms.clients["acme"]}
    before = list(desk.ledger.db.iterdump())
    Live(desk.ledger).refresh()
    assert totals.unbilled(desk.ledger)["acme"].figures.exact_seconds == HOUR
    assert reports.totals(desk.ledger, reports.Period())
    assert list(desk.ledger.db.iterdump()) == before
