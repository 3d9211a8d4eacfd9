"""What drawing costs, in milliseconds of this machine; printed, never asserted.

PYTHONPATH=app python -m tests.bench.widgets [ROWS]
"""

import asyncio
import sys
from dataclasses import replace
from time import perf_counter, process_time

from clepsydra.tui.themes import ThemeLibrary
from clepsydra.tui.widgets.big_time import BigTime
from clepsydra.tui.widgets.client_list import ClientList, ClientRow
from clepsydra.tui.widgets.log_table import LogTable
from clepsydra.tui.widgets.timeline import DayBar
from tests.tui.gallery import CLIENTS, DAY, THEMES, Gallery, time_view


def say(what: str, milliseconds: list[float]) -> None:
    ordered = sorted(milliseconds)
    sys.stdout.write(f"{what:<50} best {ordered[0]:8.2f}   median {ordered[len(ordered) // 2]:8.2f} ms\n")


async def keys(pilot, what: str, *pressed: str) -> None:
    times = []
    for key in pressed * 15:
        begun = process_time()
        await pilot.press(key)
        times.append((process_time() - begun) * 1000)
    say(what, times)


def drawing(what: str, widget, change) -> None:
    times = []
    for number in range(200):
        begun = perf_counter()
        change(number)
        for y in range(widget.size.height):
            widget.render_line(y)
        times.append((perf_counter() - begun) * 1000)
    say(what, times)


async def measure(rows: int) -> None:
    begun = perf_counter()
    ThemeLibrary([THEMES]).reload()
    say("read and check the shipped themes", [(perf_counter() - begun) * 1000])

    begun = perf_counter()
    tui = Gallery(rows=rows)
    async with tui.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        say(f"whole gallery, {rows} rows, to first frame", [(perf_counter() - begun) * 1000])
        big, log, day = tui.query_one(BigTime), tui.query_one(LogTable), tui.query_one(DayBar)
        clients = tui.query_one(ClientList)
        drawing("one tick of the large time", big, lambda n: big.show(time_view(4000 + n)))
        drawing("one tick of the day", day, lambda n: day.show(replace(DAY, now=DAY.now + n)))
        drawing("one tick of a client", clients, lambda n: clients.update_row(replace(CLIENTS[0], time=f"1:00:{n:02}")))
        drawing("the log, pages at random", log, lambda n: setattr(log, "cursor", n * 7919 * 211 % rows))
        log.focus()
        await keys(pilot, "processor time of a key: down in the log", "down")
        await keys(pilot, "processor time of a key: page down in the log", "pagedown")
        await keys(pilot, "processor time of a key: end and home in the log", "end", "home")
        many = [ClientRow(f"c{n}", f"Client {n}", amount=f"{n * 37},00 €", age=f"{n} d") for n in range(400)]
        drawing("400 clients set and drawn", clients, lambda n: clients.set_rows(many))
        drawing("400 clients found by typing", clients, lambda n: clients.find(str(n)))


if __name__ == "__main__":
    asyncio.run(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000))
