"""The screens of the end of the day against the main one, on a log as big as a working life; ratios, no gate.

The program's clock is put where the log ends, in the evening of its last day, where libfaketime is there to do it:
that day has a hundred and twenty sessions of forty clients and hundreds of overlaps, which is worse than any day is.
"""

import statistics
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.opening import open_ledger
from clepsydra.settings.home import Home
from tests.bench.big_log import LAST_DAY
from tests.bench.screen import Screen
from tests.day.terminal import clock_environment, fake_clock

EVENING = datetime.combine(LAST_DAY - timedelta(days=1), datetime.min.time()).replace(hour=18)
CALLS, WAITING = 20_000, 5
"""So many calls were noticed in the years of the log, and so many of them wait for an owner."""

SCREENS = (
    ("the day, from its key to its question", "r", "billable"),
    ("the leaks, from their key to their figures", "k", "€"),
    ("the calls, from their key to their list", "i", "whose"),
)


def add_calls(home: Path) -> None:
    """Calls over twenty years, one of four of them none; a log that has them already keeps them.

    They have neither evidence nor sessions: enough to be listed and searched, not for `verify`.
    """
    ledger: Ledger = open_ledger(Home(home), {})
    evening = int(EVENING.timestamp())
    calls = [(f"call-{n:06d}", evening - n * 31_536, evening - n * 31_536 + 900) for n in range(CALLS)]
    with ledger.change("bench"):
        ledger.db.executemany(
            "INSERT INTO detected_call (id, program, program_name, started_at, ended_at) "
            "SELECT ?1, 'zoom', 'Zoom', ?2, ?3 WHERE NOT EXISTS (SELECT 1 FROM detected_call WHERE id = ?1)",
            calls,
        )
        ledger.db.executemany(
            "INSERT INTO call_decision (id, state, client, decided_at) "
            "SELECT ?1, iif(?2 % 4, 'assigned', 'ignored'), iif(?2 % 4, 'client-01', NULL), ?3 "
            "WHERE NOT EXISTS (SELECT 1 FROM call_decision WHERE id = ?1)",
            [(ident, n, ended_at) for n, (ident, _, ended_at) in enumerate(calls) if n >= WAITING],
        )
    ledger.db.close()


def measure(home: Path, environment: dict[str, str], runs: int, clock: Path) -> tuple[float, list[float]]:
    """Milliseconds to the clients on the main screen, and from each key to what its screen is for."""
    add_calls(home)
    clock.write_text(f"{EVENING:%Y-%m-%d %H:%M:%S}\n", encoding="utf-8")
    # The clock stands still here: read once it costs nothing, read at every call it would be what is measured.
    given = environment | ({**clock_environment(clock), "FAKETIME_NO_CACHE": "0"} if fake_clock() else {})
    main: list[float] = []
    others: list[list[float]] = [[] for _ in SCREENS]
    for _ in range(runs + 1):
        with Screen([sys.executable, "-m", "clepsydra"], given) as screen:
            main.append(screen.until("Client 01"))
            time.sleep(1)
            for found, (_, key, shown) in zip(others, SCREENS, strict=True):
                found.append(screen.brings(key, shown))
                screen.brings("\x1b", "Unbilled")
    return statistics.median(main[1:]), [statistics.median(found[1:]) for found in others]
