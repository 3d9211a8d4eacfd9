"""Asking the paired telephone for its list of calls, in a thread: its owner may have to say yes first."""

from textual import on
from textual.message import Message

from clepsydra.domain.records import dataclass
from clepsydra.evidence.phone.shape import ListFile
from clepsydra.ledger.evidence import fetching, wording
from clepsydra.ledger.ledger import Refused
from clepsydra.tui.keys.dispatch import ActionScreen


class CallListActions(ActionScreen):
    """Mixed into the screen of what happened."""

    _asking = False

    @dataclass
    class Fetched(Message):
        """The telephone has given its list, or it was not had."""

        told: ListFile | Refused

    def do_happened_fetch(self) -> None:
        """Ask it, once at a time. Raises `Refused` while it is being asked."""
        settings = self.ledger.settings
        if self._asking:
            raise Refused("the telephone is being asked already")
        if not settings.phone.bluetooth:
            fetching.ask(settings)

        def ask() -> None:
            try:
                told: ListFile | Refused = fetching.ask(settings)
            except Refused as refused:
                told = refused
            self.post_message(self.Fetched(told))

        self._asking = True
        self.say(self.tr.t("asking the telephone: it may want your yes on its screen"))
        self.run_worker(ask, thread=True, group="telephone", exit_on_error=False)

    @on(Fetched)
    def _fetched(self, event: Fetched) -> None:
        self._asking = False
        with self.telling():
            if isinstance(event.told, Refused):
                raise event.told
            self.say(" · ".join(wording.imported(fetching.take_in(self.ledger, event.told), self.tr)))
            self.changed()
