"""A watcher of one's own, to be weighed: `python -m tests.bench.watcher ADDRESS streams|room`."""

from __future__ import annotations

import signal
import sys

from clepsydra.calls.runner import Runner
from clepsydra.calls.status import Mode
from clepsydra.calls.streams.linux import PulseHolders


def main() -> None:
    address, mode = sys.argv[1], Mode(sys.argv[2])
    listener = None
    if mode is Mode.ROOM:
        from clepsydra.calls.voice.room import RoomListener

        listener = RoomListener("virt_mic")
    runner = Runner(lambda _news: None, mode=mode, holders=PulseHolders(address), listener=listener)
    runner.start()
    signal.sigwait({signal.SIGTERM})
    runner.stop()


if __name__ == "__main__":
    main()
