"""The log's own CSV, brought in as the command line brings it in."""

from clepsydra.exchange.doors import registry
from clepsydra.exchange.doors.shape import DoorSource
from clepsydra.ledger.importing import Imported, carry_out, prepare
from clepsydra.ledger.ledger import Ledger


def import_csv(ledger: Ledger, text: str, *, dry_run: bool = False, skip_bad: bool = False) -> Imported:
    door = registry.own("csv")
    assert door is not None
    plan = prepare(ledger, door, DoorSource("log.csv", text.encode("utf-8", "surrogateescape")))
    return carry_out(ledger, plan, skip_bad=skip_bad, dry_run=dry_run)
