"""The sound system of this machine."""

from __future__ import annotations

import sys
from collections.abc import Container

from clepsydra.calls.streams.polled import Polled
from clepsydra.calls.streams.reading import Holders, StreamReading, Unavailable, UnavailableCause


def holders_of_this_system() -> Holders:
    """What tells the holders of the microphone here; on an unknown system, one that never can."""
    if sys.platform.startswith(("linux", "freebsd")):
        from clepsydra.calls.streams.linux import PulseHolders

        return PulseHolders()
    if sys.platform == "darwin":
        from clepsydra.calls.streams.macos import CoreAudioHolders

        return CoreAudioHolders()
    if sys.platform == "win32":
        from clepsydra.calls.streams.windows import WasapiHolders

        return WasapiHolders()
    return NoHolders()


class NoHolders(Polled):
    """A system that cannot tell: always unknown, never "no call"."""

    def read(self, _own: Container[int], /) -> StreamReading:
        """Raises `Unavailable`."""
        raise Unavailable(UnavailableCause.NOT_SUPPORTED, sys.platform)

    def describe(self) -> str:
        """There is none."""
        return ""
