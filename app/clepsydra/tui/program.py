"""Open the program on a home, again where its log has become another file, and close it in order."""

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from clepsydra.language.plain import one_line
from clepsydra.ledger.opening import let_go
from clepsydra.ledger.processes import start_afresh, why_afresh
from clepsydra.settings.home import Home
from clepsydra.tui.app import Clepsydra

if TYPE_CHECKING:
    from clepsydra.calls.runner import MonitorUpdate


SHARE = 0.0005
"""Seconds for which a thread that reads the log may keep the screen waiting each time that it needs the interpreter: a
frame needs it dozens of times, and ten times as long, as Python has it, is felt under the fingers."""


def run(home: Home, environment: Mapping[str, str], language: str = "", *, sample: bool = False) -> int:
    """Open the program on a home; returns the exit code. Needs a terminal on both sides.

    Whoever chose to look around in the sample home comes back to their own when they leave it; the sample is gone then.
    """
    sys.setswitchinterval(SHARE)
    mouse, news = environment.get("CLEPSYDRA_MOUSE", "1") != "0", why_afresh()
    unwritten: tuple[MonitorUpdate, ...] = ()
    while True:
        app = Clepsydra(home, environment, language=language, sample=sample, news=news)
        app.call_monitor.unwritten = unwritten
        app.run(mouse=mouse)
        again = let_go(app.ledger.db)
        if app.reopening and not again:
            start_afresh(app.reopening)
        news, unwritten = app.reopening, app.call_monitor.unwritten
        if news:
            continue
        if app.fault:
            sys.stderr.write(f"clepsydra: {_fault_told(app)}\n")
            return 1
        if app.visit is None:
            return app.return_code or 0
        language = app.tr.lang if language else ""
        try:
            Clepsydra(app.visit.home, environment, language=language, sample=True).run(mouse=mouse)
        finally:
            app.visit.end()


def _fault_told(app: Clepsydra) -> str:
    """The one line that a person sees of a fault of the program."""
    return app.tr.t("a fault of the program: {what}; its details are in {file}",
                    what=one_line(app.fault), file=one_line(str(app.home.log_file)))  # fmt: skip
