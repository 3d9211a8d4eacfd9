"""add: a finished session, typed afterwards."""

from clepsydra.cli import reading
from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Argument, Arguments, Command
from clepsydra.cli.outcome import stretch, tell
from clepsydra.cli.parsing import JSON, Usage
from clepsydra.cli.shared import CLIENT_PROJECT, NOTE, WORK_OPTIONS
from clepsydra.domain.records import replace
from clepsydra.domain.session import Channel, Decision, Scope
from clepsydra.language.translator import mark
from clepsydra.ledger import editing


def add(context: CommandContext, given: Arguments) -> int:
    """Add a finished session from one time to another, or what one line says.

    Raises `Usage` when an end is missing that no single line gives.
    """
    if given.maybe("from") is None:
        return _add_line(context, given)
    if given.maybe("to") is None:
        raise Usage("“{word}” is no end: say from when to when, or all of it as one argument", word=given.word("from"))
    began_at = reading.instant(context, given.word("from"))
    assert began_at is not None
    ended_at = reading.end(context, given.word("to"), began_at)
    session = editing.add(context.ledger, reading.work(context, given), began_at, ended_at)
    return tell(context, given, context.tr.t("added {session}", session=stretch(context, session)), session)


def _add_line(context: CommandContext, given: Arguments) -> int:
    """Add `riva hier 9h-10h30 relecture`, typed as one argument; the options add to what it says."""
    from clepsydra.ledger.typed_line import add_line, read_line

    line = read_line(context.ledger, given.word("client"))
    if given.maybe("channel"):
        line = line._replace(work=replace(line.work, channel=Channel(given.word("channel"))))
    if given.flag("out") or given.flag("unsure"):
        scope = (Scope.OUT, Decision.PENDING) if given.flag("out") else (Scope.UNSURE, None)
        line = line._replace(work=replace(line.work, scope=scope[0], decision=scope[1]))
    sessions = add_line(context.ledger, line)
    lines = [context.tr.t("added {session}", session=stretch(context, session)) for session in sessions]
    return tell(context, given, "\n".join(lines), *sessions)


_FROM = Argument("from", mark("when it began, as in 9:30, 9h30, -2h or “yesterday 17:05”"), needed=False)
_TO = Argument("to", mark("when it ended, or its length as in +1h30"), needed=False)

COMMANDS = (
    Command(
        "add",
        mark("add a finished session"),
        add,
        (CLIENT_PROJECT, _FROM, _TO, NOTE),
        (*WORK_OPTIONS, JSON),
        usages=("CLIENT[/PROJECT] FROM TO [NOTE…]", "“LINE”"),
        notes=mark("A line says it as people do: “acme yesterday 9h-10h30 review”, “acme call 20m”, “acme 9-12 #api”."),
    ),
)
