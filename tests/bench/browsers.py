"""Chromium and Firefox, headless, on a local page that uses microphone and loudspeaker by the clock."""

from __future__ import annotations

import http.server
import shutil
import subprocess
import threading
import time
import urllib.parse
from dataclasses import dataclass, field
from pathlib import Path

from tests.calls.sound import SoundServer

PAGE = Path(__file__).with_name("page.html")
BINARIES = {"chromium": "chromium", "firefox": "firefox-esr"}

_PREFERENCES = {
    "media.navigator.permission.disabled": "true",
    "media.autoplay.default": "0",
    "media.autoplay.blocking_policy": "0",
    "media.peerconnection.ice.obfuscate_host_addresses": "false",
    "media.peerconnection.ice.loopback": "true",
    "browser.shell.checkDefaultBrowser": "false",
    "datareporting.policy.dataSubmissionEnabled": "false",
    "toolkit.telemetry.enabled": "false",
    "app.update.enabled": "false",
    "browser.aboutwelcome.enabled": "false",
    "dom.min_background_timeout_value": "50",
    "dom.timeout.enable_budget_timer_throttling": "false",
}
_CHROMIUM = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--use-fake-ui-for-media-stream", "--no-first-run",
    "--autoplay-policy=no-user-gesture-required", "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows", "--disable-popup-blocking", "--disable-renderer-backgrounding",
)  # fmt: skip


@dataclass
class Pages:
    """Serves the page, and remembers when every step of it was done: milliseconds of UTC."""

    done: dict[str, int] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)

    def __enter__(self) -> Pages:
        pages = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path.startswith("/done?"):
                    pages._take(urllib.parse.unquote(self.path[6:]))
                    self.send_response(204)
                    self.end_headers()
                    return
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.end_headers()
                self.wfile.write(PAGE.read_bytes())

            def log_message(self, *_: object) -> None:
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()

    def _take(self, words: str) -> None:
        if words.startswith("FAILED"):
            self.failed.append(words)
        else:
            self.done[words] = time.time_ns() // 1_000_000

    def finished(self, step: str) -> bool:
        """Whether a step was done, or could not be."""
        return step in self.done or any(step in words for words in self.failed)

    def address(self, steps: str, host: str = "127.0.0.1") -> str:
        """Of the page that does these steps."""
        return f"http://{host}:{self._server.server_address[1]}/#{urllib.parse.quote(steps)}"


def browse(server: SoundServer, browser: str, *addresses: str) -> subprocess.Popen:
    """Open these pages, each in a tab; kill what is returned to close it."""
    home = server.folder / f"profile-{browser}"
    home.mkdir()
    binary = shutil.which(BINARIES[browser]) or BINARIES[browser]
    if browser == "firefox":
        lines = [f'user_pref("{name}", {value});' for name, value in _PREFERENCES.items()]
        (home / "user.js").write_text("\n".join(lines))
        command = [binary, "--headless", "--no-remote", "--profile", str(home), *addresses]
    else:
        tabs = "".join(urllib.parse.quote(f";0:tab={each}") for each in addresses[1:])  # headless, it opens one alone
        command = [binary, *_CHROMIUM, f"--user-data-dir={home}", addresses[0] + tabs]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(command, env=server.environment, start_new_session=True, **quiet)
