"""What other systems lack: the program starts and works without it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from clepsydra.ledger import processes

APP = Path(__file__).parents[2] / "app"

BARE = """
import os, signal, sys
for name in ("uname", "O_NOFOLLOW", "getuid", "geteuid", "fork", "fchmod"):
    if hasattr(os, name):
        delattr(os, name)
if hasattr(signal, "SIGHUP"):
    del signal.SIGHUP
for name in ("fcntl", "termios", "pwd", "grp", "resource", "numpy"):
    sys.modules[name] = None
"""
"""What Windows has not got, taken away before the program begins."""


@pytest.fixture
def bare(tmp_path):
    (tmp_path / "sitecustomize.py").write_text(BARE)
    home = tmp_path / "home"

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        path = os.pathsep.join([str(tmp_path), str(APP)])
        environment = {**os.environ, "PYTHONPATH": path, "COMPUTERNAME": "desk", "LANG": "C.UTF-8"}
        command = [sys.executable, "-m", "clepsydra", "--home", str(home), *words]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)

    return run


def test_a_day_is_timed_without_what_windows_lacks(bare) -> None:
    for words in (
        ("clients", "new", "Acme", "--hourly", "100"), ("start", "acme"), ("status",), ("stop",), ("verify",),
        ("calls",), ("watch", "--print-unit", "systemd"), ("doctor", "audio"),
    ):  # fmt: skip
        done = bare(*words)
        assert done.returncode == 0, (words, done.stderr)
        assert "Traceback" not in done.stderr


class Kernel:
    """The part of Windows that knows processes."""

    def __init__(self, code: int | None) -> None:
        self.code, self.closed = code, 0

    def OpenProcess(self, _access, _inherit, _pid):
        return 0 if self.code is None else 44

    def GetExitCodeProcess(self, _handle, place):
        place._obj.value = self.code
        return 1

    def CloseHandle(self, _handle):
        self.closed += 1


def test_windows_is_asked_whether_a_process_lives_and_sends_it_nothing() -> None:
    assert processes._asked(7, Kernel(259), lambda: 0)
    assert not processes._asked(7, Kernel(0), lambda: 0)
    assert not processes._asked(7, Kernel(None), lambda: 87)
    assert processes._asked(7, Kernel(None), lambda: 5), "it may not be asked, so it is there"
    kernel = Kernel(259)
    processes._asked(7, kernel, lambda: 0)
    assert kernel.closed == 1
