"""A private sound server for the tests that are marked `sound`."""

from __future__ import annotations

import pytest

from tests.calls.sound import MISSING, SoundServer


@pytest.fixture
def server(tmp_path):
    if MISSING:
        pytest.skip(f"not installed: {', '.join(MISSING)} (Debian: pulseaudio, pulseaudio-utils)")
    server = SoundServer(tmp_path)
    server.start()
    yield server
    server.close()
