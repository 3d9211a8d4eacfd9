"""Rules that take at once: every few minutes the day is looked at, where a client's file has such a rule.

What acts on them is loaded with the first; without any, no file is touched and nothing is loaded.
"""

from typing import TYPE_CHECKING

from clepsydra.tui.base_app import BaseApp

if TYPE_CHECKING:
    from clepsydra.tui.rules_at_once import RulesAtOnce

LOOK = 300
"""Seconds between looks."""


class RuleTaker:
    """The clock of the rules that take at once."""

    def __init__(self, tui: BaseApp) -> None:
        self._tui = tui
        self._looked_at = 0
        self._rules: RulesAtOnce | None = None

    def take_by_rules(self) -> None:
        """Once a second: look again when a while has passed."""
        now = self._tui.ledger.now
        if 0 <= now - self._looked_at < LOOK:
            return
        self._looked_at = now
        if not any(rule.then.take == "now" for each in self._tui.catalogue.clients.values() for rule in each.decide):
            return
        if self._rules is None:
            from clepsydra.tui.rules_at_once import RulesAtOnce

            self._rules = RulesAtOnce(self._tui)
        self._rules.look()
