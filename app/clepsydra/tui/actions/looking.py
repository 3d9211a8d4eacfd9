"""Looking at a document as the client will see it: a private copy of it, in the viewer of the system."""

from collections.abc import Callable
from pathlib import Path

from clepsydra.language.message import Message
from clepsydra.ledger.ledger import Refused
from clepsydra.tui.action_screen import ActionScreen
from clepsydra.tui.viewer import open_in_viewer


class LookActions(ActionScreen):
    """Mixed into the screens that show a document."""

    def look_at(self, write: Callable[[], Path]) -> None:
        """Have a document written, and open it; in a thread, since pages and viewers are slow."""
        tui, tr = self.tui, self.tr

        def work() -> None:
            words: Message | str
            try:
                path = write()
            except (Refused, OSError) as error:
                words, severity = (error.message if isinstance(error, Refused) else str(error)), "error"
            else:
                opened = open_in_viewer(path)
                words = tr.t("{file} is open in your viewer", file=path.name) if opened else tr.t(
                    "no viewer could be opened; the document is {file}", file=str(path)
                )  # fmt: skip
                severity = "information" if opened else "warning"
            tui.call_from_thread(self.say, words, severity)

        self.run_worker(work, thread=True, exclusive=True, group="look", exit_on_error=False)
