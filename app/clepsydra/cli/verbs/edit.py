"""edit, split, join, remove: change the log by hand."""

from clepsydra.cli import reading
from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Argument, Arguments, Command, Option
from clepsydra.cli.outcome import stretch, tell
from clepsydra.cli.parsing import JSON, Usage
from clepsydra.cli.shared import CHANNEL, ID
from clepsydra.domain.session import Channel
from clepsydra.language.translator import mark
from clepsydra.ledger import editing
from clepsydra.ledger.editing import Edit

_FIELDS = ("client", "from", "to", "note", "channel", "request")


def edit(context: CommandContext, given: Arguments) -> int:
    """Change what is named of a session, and nothing else of it. Raises `Usage` when nothing is named."""
    if all(given.maybe(field) is None for field in _FIELDS):
        raise Usage("say what to change: {options}", options=", ".join(f"--{field}" for field in _FIELDS))
    before = context.ledger.session(given.word("id"))
    client, project = reading.place(context, given.word("client")) if given.maybe("client") else (None, None)
    began_at = reading.near(context, given.maybe("from"), before.started_at)
    begin = before.started_at if began_at is None else began_at
    typed_end = given.maybe("to")
    ended_at = None if typed_end is None else reading.end(context, typed_end, begin)
    channel = given.maybe("channel")
    changes = Edit(
        client=client,
        project=project,
        channel=Channel(channel) if channel else None,
        started_at=began_at,
        ended_at=ended_at,
        note=given.maybe("note"),
        request=given.maybe("request"),
    )
    session = editing.edit(context.ledger, before.id, changes)
    return tell(context, given, context.tr.t("changed {session}", session=stretch(context, session)), session)


def split(context: CommandContext, given: Arguments) -> int:
    """Cut a session in two."""
    whole = context.ledger.session(given.word("id"))
    at = reading.near(context, given.word("at"), whole.started_at, after=whole.started_at)
    assert at is not None
    first, second = editing.split(context.ledger, whole.id, at)
    lines = "\n".join(stretch(context, part) for part in (first, second))
    return tell(context, given, lines, first, second)


def join(context: CommandContext, given: Arguments) -> int:
    """Make one session of two."""
    session = editing.join(context.ledger, given.word("id"), given.word("other"), fill=given.flag("fill"))
    return tell(context, given, context.tr.t("joined {session}", session=stretch(context, session)), session)


def remove(context: CommandContext, given: Arguments) -> int:
    """Take a session out of the log."""
    line = stretch(context, context.ledger.session(given.word("id")))
    session = editing.remove(context.ledger, given.word("id"))
    if given.flag("json"):
        from clepsydra.exchange.log_json import session_object

        context.json({"removed": session_object(session, context.ledger.now)})
    else:
        context.print(context.tr.t("removed {session}", session=line), context.tr.t("“clepsydra undo” brings it back"))
    return 0


_OTHER = Argument("other", mark("the session to join it with"), metavar="ID")
_AT = Argument("at", mark("where to cut; a bare time is of the session’s own day"), metavar="TIME")
_MOVE = Option("client", mark("who it was for"), "CLIENT[/PROJECT]")
_BEGIN = Option("from", mark("when it began; a bare time is of the session’s own day"), "TIME")
_END = Option("to", mark("when it ended, or its length as in +1h30"), "TIME")
_NOTE = Option("note", mark("what was done"), "NOTE")
_REQUEST = Option("request", mark("who asked for it and when, or the change order it belongs to"), "TEXT")
_FILL = Option("fill", mark("take the time between the two as worked"))

COMMANDS = (
    Command("edit", mark("change a session"), edit, (ID,), (_MOVE, _BEGIN, _END, _NOTE, CHANNEL, _REQUEST, JSON)),
    Command("split", mark("cut a session in two"), split, (ID, _AT), (JSON,)),
    Command("join", mark("make one session of two"), join, (ID, _OTHER), (_FILL, JSON)),
    Command("remove", mark("take a session out of the log"), remove, (ID,), (JSON,)),
)
