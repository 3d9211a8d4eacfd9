"""Two calls of two clients, one right after the other, over a running timer: a real terminal, real keys, real sound.

The constants are shortened by the settings, so that a call takes seconds; everything else is as people have it.
"""

from __future__ import annotations

import json
import shutil
from datetime import datetime

import pytest

from tests.calls.home import SETTINGS, hangs_up, made_home
from tests.calls.sound import SoundServer
from tests.client_files import client_file
from tests.day.terminal import APP, Terminal

pytestmark = [
    pytest.mark.sound,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="not installed: tmux (a Debian package)"),
]


class SoundTerminal(Terminal):
    """The program on a private sound server, with the machine's own clock."""

    server: SoundServer

    @property
    def _environment(self) -> dict[str, str]:
        kept = {name: self.server.environment[name] for name in ("PATH", "PULSE_SERVER", "XDG_RUNTIME_DIR")}
        return {**kept, "HOME": str(self._folder), "LANG": "C.UTF-8", "PYTHONPATH": str(APP),
                "CLEPSYDRA_HOME": str(self.home)}  # fmt: skip


@pytest.fixture(params=[(80, 24, "fr"), (120, 40, "en")], ids=str)
def terminal(request, tmp_path, server):
    width, height, language = request.param
    opened = SoundTerminal(tmp_path, width, height)
    opened.server = server
    home = made_home(opened.home, SETTINGS.replace('"en"', f'"{language}"'))
    dore = client_file("Doré", currency="EUR", key="3", calls={"apps": ["linphone"], "ignore_under": "1s"})
    (home.path / "clients" / "dore.toml").write_text(dore)
    opened.open()
    yield opened
    opened.close()


def call(server: SoundServer, program: str) -> list:
    return [server.takes_microphone(program), server.plays(program)]


def test_two_calls_back_to_back_over_a_timer_are_their_clients_with_one_key_each(terminal, server) -> None:
    terminal.until("Acme", "Brel", "Doré")
    terminal.press("1")
    terminal.until("▶ Acme.*0:00:0[2-9]")
    zoom = call(server, "zoom")
    terminal.until(r"Brel\s?\?")
    terminal.press("Enter")
    terminal.until("▶ Brel.*0:00:0[2-9]")
    hangs_up(server, zoom)
    linphone = call(server, "linphone")
    terminal.until(r"Doré\s?\?")
    terminal.press("3")
    terminal.until("▶ Doré.*0:00:0[2-9]")
    hangs_up(server, linphone)
    terminal.until("▶ Acme.*0:00:0[2-9]")
    terminal.press("Space")
    terminal.until("1.*Acme")
    done = terminal.run("log", "--json")
    assert done.returncode == 0, done.stderr
    found = sorted(json.loads(done.stdout)["sessions"], key=lambda each: each["started_at"])
    owners = [(each["client"], each["channel"]) for each in found if each["exact_seconds"]]
    first, *_, last = found
    assert owners in (
        [("acme", "work"), ("brel", "call"), ("dore", "call"), ("acme", "work")],
        [("acme", "work"), ("brel", "call"), ("acme", "work"), ("dore", "call"), ("acme", "work")],
    )
    begins, ends = (datetime.fromisoformat(each) for each in (first["started_at"], last["ended_at"]))
    assert sum(each["exact_seconds"] for each in found) == (ends - begins).total_seconds(), "every second has one owner"
    assert terminal.run("verify").returncode == 0
    assert json.loads(terminal.run("calls", "list", "--json").stdout)["calls"] == []
