"""Documents issued on one home by a process whose disk refuses at some moment: says after each step what was done."""

import sys
from pathlib import Path

from clepsydra.domain.session import Session
from clepsydra.ledger import editing, opening
from clepsydra.ledger.documents import expenses, issuing
from clepsydra.ledger.documents.request import InvoiceRequest
from clepsydra.ledger.failures import explained
from clepsydra.ledger.ledger import DISK_ERRORS, Refused
from clepsydra.ledger.receivables import crediting
from clepsydra.ledger.receivables.crediting import Credit
from clepsydra.ledger.timers import Work
from clepsydra.settings.home import Home

STEPS = ("work", "deposit", "invoice", "credit", "work", "expense", "invoice", "typed")


class Invoicing:
    """Each step answers with the id or the number of what it made."""

    def __init__(self, home: Home, now: int) -> None:
        self.home, self.now = home, now
        self.ledger = opening.open_ledger(home, {}, lambda: self.now)
        self.last = ""

    def work(self) -> str:
        made: Session = editing.add(self.ledger, Work("acme", note="API"), self.now - 600, self.now)
        return made.id

    def expense(self) -> str:
        proof = self.home.path.with_name(f"{self.home.path.name}-ticket.pdf")
        proof.write_bytes(b"a ticket")
        return expenses.add(self.ledger, "acme", 9273, "Train", proof=proof).id

    def deposit(self) -> str:
        return self._issued(InvoiceRequest("acme", lines=("1 x800 Audit",), deposit="30%"))

    def invoice(self) -> str:
        self.last = self._issued(InvoiceRequest("acme", work=True))
        return self.last

    def typed(self) -> str:
        return self._issued(InvoiceRequest("acme", lines=("2 x40 Manuel",)))

    def credit(self) -> str:
        return crediting.credit(self.ledger, Credit(self.last, ("1=0h05",), ())).number

    def _issued(self, asked: InvoiceRequest) -> str:
        return issuing.issue(self.ledger, asked).number

    def tried(self, step: str) -> str:
        """Do a step; what refuses has a sentence of its own and leaves no transaction open."""
        self.now += 1000
        try:
            return f"done {step} {getattr(self, step)()}"
        except DISK_ERRORS as error:
            if explained(error) is None or self.ledger.db.in_transaction:
                raise
            return f"refused {step} {explained(error)}"
        except Refused as refusal:
            return f"refused {step} {refusal}"


if __name__ == "__main__":
    at_work = Invoicing(Home(Path(sys.argv[1])), int(sys.argv[2]))
    for each in STEPS:
        sys.stdout.write(at_work.tried(each) + "\n")
        sys.stdout.flush()
