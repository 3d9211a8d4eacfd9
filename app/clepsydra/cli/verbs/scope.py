"""scope, write-off: say of a session whether the agreement covers it, and whether it is billed."""

from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Argument, Arguments, Command, Option
from clepsydra.cli.outcome import described, short_id, stretch, tell
from clepsydra.cli.parsing import JSON, Usage
from clepsydra.cli.shared import ID
from clepsydra.domain.session import Decision, Scope
from clepsydra.language.translator import mark
from clepsydra.ledger import editing, timers
from clepsydra.ledger.ledger import Refused

_SCOPES, _DECISIONS = tuple(Scope), tuple(Decision)


def scope(context: CommandContext, given: Arguments) -> int:
    """Mark a session, or the running one, in scope, out of scope or unsure.

    Raises `Usage` for a scope or a decision that is none.
    """
    words = given.word("words").split()
    session_id = words.pop(0) if words and words[0] not in _SCOPES else _running(context) if words else ""
    if not words or words[0] not in _SCOPES:
        raise Usage("say whether it is {choices}", choices=", ".join(_SCOPES))
    wanted, decision = Scope(words.pop(0)), None
    if words:
        if words[0] not in _DECISIONS or wanted is not Scope.OUT or len(words) > 1:
            raise Usage("only “out” takes a decision, one of {choices}", choices=", ".join(_DECISIONS))
        decision = Decision(words[0])
    session = editing.set_scope(context.ledger, session_id, wanted, decision, given.maybe("request"))
    return tell(context, given, described(context, session), session)


def _running(context: CommandContext) -> str:
    """The session that was started last and still runs."""
    running = timers.running(context.ledger)
    if not running:
        raise Refused("nothing is running")
    return running[-1].id


def write_off(context: CommandContext, given: Arguments) -> int:
    """Leave a session unbilled, and say why.

    Raises `Usage` for an empty reason, `Refused` when there is nothing to take back.
    """
    reason = given.maybe("reason")
    if reason is None:
        raise Usage("--{option} needs a value: {value}", option=_REASON.name, value=_REASON.value)
    session = context.ledger.session(given.word("id"))
    if not reason.strip() and session.write_off is None:
        raise Refused("session {id} was not written off; nothing to take back", id=short_id(session))
    session = editing.write_off(context.ledger, session.id, reason)
    line = stretch(context, session)
    if session.write_off is None:
        return tell(context, given, context.tr.t("to be billed again: {session}", session=line), session)
    return tell(context, given, context.tr.t("written off: {session}", session=line), session)


_WORDS = Argument("words", needed=True, rest=True, metavar="[ID] in|out|unsure [bill|absorb|pending]")
_REASON = Option("reason", mark("why it is not billed; an empty one takes the decision back"), "REASON")

_REQUEST = Option("request", mark("who asked for it and when, or the change order it belongs to"), "TEXT")

COMMANDS = (
    Command(
        "scope",
        mark("mark a session, or the running one, in scope, out of scope or unsure"),
        scope,
        (_WORDS,),
        (_REQUEST, JSON),
        usages=("[ID] in|unsure", "[ID] out [bill|absorb|pending]"),
    ),
    Command("write-off", mark("leave a session unbilled"), write_off, (ID,), (_REASON, JSON)),
)
