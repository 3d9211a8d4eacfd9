"""A day's work on one home, in a process whose disk refuses at some moment: says after each step what was done."""

import sys
from pathlib import Path

from clepsydra.ledger import editing, history, recovery, safekeeping, timers
from clepsydra.ledger.billing import statements
from clepsydra.ledger.billing.statement_files import files_of
from clepsydra.ledger.failures import explained
from clepsydra.ledger.ledger import DISK_ERRORS, Refused
from clepsydra.ledger.timers import Work
from clepsydra.settings.home import Home
from clepsydra.store import database
from tests.ledger.workbench import Desk

STEPS = ("add", "stop", "issue", "take_in", "add", "void", "undo", "back_up", "stop", "issue")


class Worker:
    """Each step answers with the name of what it made."""

    def __init__(self, home: Home, now: int) -> None:
        self.home = home
        self.desk = Desk.at(home.database, now)
        self.ledger = self.desk.ledger

    def add(self) -> str:
        return editing.add(self.ledger, Work("acme", note="n" * 300), self.desk.now - 600, self.desk.now).id

    def stop(self) -> str:
        timers.start(self.ledger, Work("brel"))
        self.desk.wait(900)
        return timers.stop(self.ledger).id

    def issue(self) -> str:
        number = statements.issue(self.ledger, "acme").number
        shown = statements.show(self.ledger, number)
        list(files_of(self.ledger, shown).write(["pdf", "csv"], self.home.statements_dir))
        return number

    def void(self) -> str:
        return statements.void(self.ledger, statements.issue(self.ledger, "brel").number, "again").number

    def take_in(self) -> str:
        recovery.enter(self.ledger)
        return str(database.into_file(self.ledger.db))

    def undo(self) -> str:
        editing.touch(self.ledger, Work("acme", channel="message"))
        history.undo(self.ledger)
        return "touch"

    def back_up(self) -> str:
        return str(safekeeping.back_up(self.home, lambda: self.desk.now))

    def tried(self, step: str) -> str:
        """Do a step; what refuses has a sentence of its own and leaves no transaction open."""
        self.desk.wait(1000)
        try:
            return f"done {step} {getattr(self, step)()}"
        except DISK_ERRORS as error:
            if explained(error) is None or self.ledger.db.in_transaction:
                raise
            return f"refused {step} {explained(error)}"
        except Refused as refusal:
            return f"refused {step} {refusal}"


if __name__ == "__main__":
    worker = Worker(Home(Path(sys.argv[1])), int(sys.argv[2]))
    for each in STEPS:
        sys.stdout.write(worker.tried(each) + "\n")
        sys.stdout.flush()
