"""One today: what crosses the night is in each day with its own time and money, wherever it is asked."""

from datetime import time

import pytest

from clepsydra.ledger import editing, timers
from clepsydra.ledger.billing import statements
from clepsydra.ledger.days import day_of
from clepsydra.ledger.live.figures import Live, Snapshot
from clepsydra.ledger.status import status
from clepsydra.ledger.timers import Work
from tests.ledger.workbench import DAY, HOUR, Desk, client, wall


def night(now: str = "2026-11-25 09:00") -> Desk:
    desk = Desk.at(now=wall(now))
    desk.terms.clients = {**desk.terms.clients, "brel": client("brel", "100")}
    return desk


def seen(desk: Desk) -> Snapshot:
    live = Live(desk.ledger)
    live.refresh()
    return live.at(desk.now)


def today(desk: Desk) -> tuple[int, int]:
    """Seconds and minor units of today, the same on the main screen, of the day and of the status."""
    shown = seen(desk).today
    assert shown.seconds == status(desk.ledger).today_seconds
    assert shown.seconds == day_of(desk.ledger, desk.ledger.today).timeline.presence_seconds
    return shown.seconds, sum(figures.billed_minor for figures in shown.figures.values())


@pytest.mark.parametrize("billed", [False, True])
def test_a_session_over_midnight_is_in_each_day_with_its_own_part(billed):
    desk = night()
    editing.add(desk.ledger, Work("brel"), wall("2026-11-24 23:00"), wall("2026-11-25 01:00"))
    editing.add(desk.ledger, Work("brel"), wall("2026-11-25 08:00"), wall("2026-11-25 08:30"))
    if billed:
        statements.issue(desk.ledger, "brel")
    assert today(desk) == (HOUR + HOUR // 2, 15_000)
    assert sum(f.billed_minor for f in seen(desk).month.figures.values()) == 25_000


def test_a_night_belongs_to_the_evening_it_began_where_days_begin_later():
    desk = night("2026-11-25 02:00")
    desk.set(day_starts_at=time(4))
    editing.add(desk.ledger, Work("brel"), wall("2026-11-24 23:00"), wall("2026-11-25 01:00"))
    editing.add(desk.ledger, Work("brel"), wall("2026-11-25 01:00"), wall("2026-11-25 02:00"))
    assert today(desk) == (3 * HOUR, 30_000)
    desk.wait(DAY // 2)
    assert today(desk) == (0, 0)


def test_a_timer_that_runs_since_yesterday():
    desk = night("2026-11-24 22:00")
    timers.start(desk.ledger, Work("brel"))
    desk.wait(3 * HOUR)
    shown = seen(desk).today
    assert (shown.seconds, shown.figures["EUR"].billed_minor) == (HOUR, 10_000)
    assert seen(desk).unbilled["brel"].minor == 30_000
