"""A private PipeWire with its PulseAudio face, without hardware."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from tests.calls.sound import SoundServer, until

DAEMONS = ("pipewire", "wireplumber", "pipewire-pulse")
MISSING = [tool for tool in ("dbus-daemon", *DAEMONS) if shutil.which(tool) is None]


class PipeWire(SoundServer):
    """The same programs on another server."""

    def __init__(self) -> None:
        self._temporary = tempfile.TemporaryDirectory()
        super().__init__(Path(self._temporary.name))
        self.socket = self.folder / "pulse" / "native"
        self.address = f"unix:{self.socket}"
        self._daemons: list[subprocess.Popen] = []
        self._bus = 0

    def __enter__(self) -> PipeWire:
        alone = {"XDG_RUNTIME_DIR": str(self.folder), "HOME": str(self.folder)}
        environment = {**os.environ, **alone}
        command = ["dbus-daemon", "--session", "--fork", "--print-address=1", "--print-pid=1"]
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
        address, pid = done.stdout.split()
        self._bus = int(pid)
        environment["DBUS_SESSION_BUS_ADDRESS"] = address
        for daemon in DAEMONS:
            quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            self._daemons.append(subprocess.Popen([daemon], env=environment, **quiet))
        until(lambda: self.pactl("info", check=False) != "", "PipeWire answers")
        time.sleep(1)  # its defaults settle
        for sink in ("speakers", "mic_feed"):
            self.pactl("load-module", "module-null-sink", f"sink_name={sink}")
        self.pactl("load-module", "module-remap-source", "master=mic_feed.monitor", "source_name=virt_mic")
        self.pactl("set-default-sink", "speakers")
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
        for daemon in reversed(self._daemons):
            daemon.terminate()
            daemon.wait()
        os.kill(self._bus, 15)
        self._temporary.cleanup()
