"""Looking at a document as the client will see it: a private copy of it, in the viewer of the system."""

from collections.abc import Callable
from pathlib import Path

from clepsydra.domain.statement import Statement
from clepsydra.language.message import Message
from clepsydra.language.translator import translator
from clepsydra.ledger.billing import statement_files
from clepsydra.ledger.ledger import Refused
from clepsydra.tui.keys.dispatch import ActionScreen
from clepsydra.tui.viewer import open_in_viewer, private_folder


class LookActions(ActionScreen):
    """Mixed into the screens that show a document."""

    def look_at_statement(self, statement: Statement) -> None:
        """Open a statement's PDF: a draft of a preview, or the bytes that were issued."""
        seller, found = self.ledger.settings.seller, None
        if statement.number:
            found = statement_files.files_of(self.ledger, statement)

        def write() -> Path:
            from clepsydra.exchange.statement.registry import write_files

            folder = private_folder()
            if found:
                return next(iter(found.write(["pdf"], folder))).path
            return write_files(statement, ["pdf"], folder, seller, translator(statement.language))[0]

        self.look_at(write)

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
