"""What wakes a command that waits is rung by signals while it waits, and never keeps it waiting for ever."""

import signal
import subprocess
import sys
import threading

import pytest

from clepsydra.cli.bell import Bell

RUNG_BY_SIGNALS = """
import signal
from clepsydra.cli.bell import Bell

bell, rings = Bell(), 0

def ring(*_):
    global rings
    rings += 1
    bell.ring()

signal.signal(signal.SIGALRM, ring)
signal.setitimer(signal.ITIMER_REAL, 0.0003, 0.00031)
heard = sum(bell.heard(0.0001) for _ in range(20_000))
signal.setitimer(signal.ITIMER_REAL, 0)
print(0 < heard <= rings)
"""


def test_it_is_heard_once_however_often_it_was_rung():
    bell = Bell()
    assert not bell.heard(0)
    bell.ring()
    bell.ring()
    assert bell.heard(0)
    assert not bell.heard(0)


def test_another_thread_wakes_who_waits():
    bell = Bell()
    threading.Timer(0.05, bell.ring).start()
    assert bell.heard(60)


def test_a_signal_ends_and_rings_and_is_given_back():
    bell, before = Bell(), signal.getsignal(signal.SIGTERM)
    with bell.ended_by([signal.SIGTERM]):
        signal.raise_signal(signal.SIGTERM)
    assert bell.ended
    assert bell.heard(0)
    assert signal.getsignal(signal.SIGTERM) == before


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no timers that signal")
def test_signals_while_it_waits_stop_nothing():
    """Thousands of them, at any step of the waiting; with an event it stood still within seconds."""
    done = subprocess.run([sys.executable, "-c", RUNG_BY_SIGNALS], capture_output=True, text=True, timeout=120)
    assert done.stdout == "True\n", done.stderr
