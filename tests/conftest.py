"""What holds for every test: nothing of the person at this machine leaks in, and one sound server plays at a time."""

import locale
import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

# How long an example takes to make says how busy the machine is, and nothing of what is tested. A run says the same as
# the one before; new examples are looked for by `make search`, and what that finds becomes a test of its own.
settings.register_profile("search", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=False)
settings.register_profile("machine", settings.get_profile("search"), derandomize=True)
settings.load_profile("machine")

LOCALE = locale.setlocale(locale.LC_ALL)
"""As the tests began: the library that runs the rules of electronic invoices sets plain C for all of its process."""


@pytest.fixture(autouse=True)
def nobodys_machine(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No test sees the home or the language of whoever runs it, nor the locale that a library set in another test."""
    for name in ("CLEPSYDRA_HOME", "LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "PULSE_SERVER"):
        monkeypatch.delenv(name, raising=False)
    yield
    locale.setlocale(locale.LC_ALL, LOCALE)


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: who waits for a program, a disk or a sound server leaves its core to another."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that need a real sound server keep to one worker, one after the other: they are told apart by time."""
    for item in items:
        if item.get_closest_marker("sound"):
            item.add_marker(pytest.mark.xdist_group("sound"))
