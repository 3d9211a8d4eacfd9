"""add: a finished session, typed afterwards."""

from clepsydra.cli import reading
from clepsydra.cli.context import Context
from clepsydra.cli.deeds import stretch, tell
from clepsydra.cli.grammar import Argument, Command, Given
from clepsydra.cli.parsing import JSON
from clepsydra.cli.shared import CLIENT_PROJECT, NOTE, WORK_OPTIONS
from clepsydra.language.translator import mark
from clepsydra.ledger import editing


def add(context: Context, given: Given) -> int:
    """Add a finished session from one time to another."""
    began_at = reading.instant(context, given.word("from"))
    assert began_at is not None
    ended_at = reading.end(context, given.word("to"), began_at)
    session = editing.add(context.ledger, reading.work(given), began_at, ended_at)
    return tell(context, given, context.tr.t("added {session}", session=stretch(context, session)), session)


_FROM = Argument("from", mark("when it began, as in 9:30, 9h30, -2h or “yesterday 17:05”"))
_TO = Argument("to", mark("when it ended, or its length as in +1h30"))

COMMANDS = (
    Command("add", mark("add a finished session"), add, (CLIENT_PROJECT, _FROM, _TO, NOTE), (*WORK_OPTIONS, JSON)),
)
