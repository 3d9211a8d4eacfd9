"""What it costs to leaf through a big log, in milliseconds of this machine; printed, never asserted.

python -m tests.bench.big_log FOLDER            makes the home first
python -m tests.bench.log_screen FOLDER
"""

import asyncio
import random
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time

from clepsydra.ledger import editing, history, log, opening
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.log import LogPages, LogReading, Search
from clepsydra.settings.home import Home
from clepsydra.tui.app import Clepsydra
from clepsydra.tui.screens.log import LogScreen
from tests.tui.frames import frame

SEARCHES = {
    "everything": Search(),
    "one client": Search(client="client-07"),
    "unbilled": Search(unbilled=True),
    "a common word": Search(text="call"),
    "a word nowhere": Search(text="zzzz"),
}


def say(what: str, milliseconds: list[float]) -> None:
    ordered = sorted(milliseconds)
    sys.stdout.write(f"{what:<58} best {ordered[0]:8.2f}   median {ordered[len(ordered) // 2]:8.2f} ms\n")


def memory() -> float:
    """Resident megabytes of this process."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1e6


def timed(what: str, deed: Callable[[], object], times: int = 1) -> None:
    found = []
    for _ in range(times):
        begun = perf_counter()
        deed()
        found.append((perf_counter() - begun) * 1000)
    say(what, found)


def read(ledger: Ledger, name: str, search: Search) -> LogPages:
    """One search, and when its newest sessions, all of them and their sum were there."""
    begun, told, pages = perf_counter(), [], []

    def tell(found: object) -> None:
        told.append((perf_counter() - begun) * 1000)
        pages.append(found)

    LogReading(ledger, search).run(tell, tell)
    sys.stdout.write(
        f"{name + f', {len(pages[-2]):,} sessions':<40} newest {told[0]:7.1f}   all {told[-2]:7.1f}   "
        f"sum {told[-1]:7.1f} ms\n"
    )
    return pages[-2]


def pages_cost(ledger: Ledger) -> None:
    chance = random.Random(1)
    for name, search in SEARCHES.items():
        read(ledger, name, search)
    pages = read(ledger, "everything again", Search())
    timed("a page of 200 anywhere", lambda: pages.page(chance.randrange(len(pages)), 200), 200)
    some = [pages.page(chance.randrange(len(pages)), 1)[0] for _ in range(50)]
    timed("the place of a session", lambda: pages.index_of(chance.choice(some)), 200)
    timed("the place of an instant", lambda: pages.index_before(chance.randrange(1_795_000_000)), 200)
    timed("the newest alone", lambda: log.newest(ledger, Search()), 20)
    free = [s for s in some if s.statement is None] or [pages.page(0, 1)[0]]

    def edit() -> None:
        editing.edit(ledger, free[0].id, editing.Edit(started_at=free[0].started_at - 60))

    edit()
    timed("taking in a change", pages.catch_up)
    history.undo(ledger)


async def screen_cost(home: Home, size: tuple[int, int]) -> None:
    tui = Clepsydra(home, {})
    async with tui.run_test(size=size) as pilot:
        await pilot.pause(1)
        for worker in list(tui.workers):
            await worker.wait()
        before, begun = memory(), perf_counter()
        tui.push_screen(LogScreen())
        while not (isinstance(tui.screen, LogScreen) and "–" in "".join(frame(tui.screen)[3:])):
            await asyncio.sleep(0)
        say(f"open the log at {size[0]}×{size[1]}, to its first rows", [(perf_counter() - begun) * 1000])
        while not tui.screen.pages.complete:
            await asyncio.sleep(0.001)
        say("  until all places are known too", [(perf_counter() - begun) * 1000])
        await pilot.pause(0.5)
        sys.stdout.write(f"  memory it took: {memory() - before:.0f} MB\n")
        for keys in (("down",), ("pagedown",), ("end", "home"), ("o", "u")):
            times = []
            for key in keys * 12:
                spent = process_time()
                await pilot.press(key)
                times.append((process_time() - spent) * 1000)
            say(f"processor time of a key: {' and '.join(keys)}", times)


def main(folder: str) -> None:
    home = Home(Path(folder).absolute())
    ledger = opening.open_ledger(home, {})
    pages_cost(ledger)
    ledger.db.close()
    for size in ((80, 24), (120, 40)):
        asyncio.run(screen_cost(home, size))


if __name__ == "__main__":
    main(*sys.argv[1:])
