"""recover: what ran while nobody watched, and the person's answer for it."""

from collections.abc import Callable
from typing import Any

from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Argument, Arguments, Command
from clepsydra.cli.outcome import clock_of, described, short_id, stretch, tell
from clepsydra.cli.parsing import JSON, Usage
from clepsydra.domain.session import Session
from clepsydra.language import formats
from clepsydra.language.translator import mark
from clepsydra.ledger import recovery
from clepsydra.ledger.recovery import Doubt

ANSWERS = ("keep", "cut", "split", "discard")


def recover(context: CommandContext, given: Arguments) -> int:
    """Answer for a doubtful session; without an answer, list those that wait for one.

    Raises `Usage` for an answer that is none, and where several wait and none is named.
    """
    doubts = recovery.look_back(context.ledger)
    words = given.word("words").split()
    if not words:
        return _list(context, given, doubts)
    answer = words.pop()
    if answer not in ANSWERS or len(words) > 1:
        raise Usage("say {choices}, after the session’s id where several wait", choices=", ".join(ANSWERS))
    if not words and len(doubts) > 1:
        raise Usage("several sessions wait; name the one you mean: {ids}", ids=_ids(doubts))
    if not words and not doubts:
        context.say(context.tr.t("no session waits for an answer"))
        return 0
    session_id = words[0] if words else doubts[0].session.id
    sessions = _answers()[answer](context, session_id)
    if answer == "discard":
        context.print(context.tr.t("removed {session}", session=stretch(context, sessions[0])))
        return 0
    return tell(context, given, "\n".join(stretch(context, each) for each in sessions), *sessions)


def _answers() -> dict[str, Callable[[CommandContext, str], tuple[Session, ...]]]:
    return {
        "keep": lambda context, which: (recovery.keep(context.ledger, which),),
        "cut": lambda context, which: (recovery.cut(context.ledger, which),),
        "split": lambda context, which: recovery.split(context.ledger, which),
        "discard": lambda context, which: (recovery.discard(context.ledger, which),),
    }


def _ids(doubts: list[Doubt]) -> str:
    return ", ".join(short_id(doubt.session) for doubt in doubts)


def _list(context: CommandContext, given: Arguments, doubts: list[Doubt]) -> int:
    if given.flag("json"):
        context.json({"doubtful": [_object(context, doubt) for doubt in doubts]})
        return 0
    for doubt in doubts:
        context.print(
            context.tr.t(
                "{id}  {work}: seen from {begin} to {seen}, then not for {length}",
                id=short_id(doubt.session),
                work=described(context, doubt.session),
                begin=clock_of(context, doubt.session.started_at),
                seen=clock_of(context, doubt.seen_until),
                length=formats.timer(max(0, doubt.until - doubt.seen_until)),
            )
        )
    if doubts:
        context.say(context.tr.t("answer with: clepsydra recover ID keep|cut|split|discard"))
    else:
        context.say(context.tr.t("no session waits for an answer"))
    return 0


def _object(context: CommandContext, doubt: Doubt) -> dict[str, Any]:
    from clepsydra.exchange.log_json import session_object, stamp

    unseen = {
        "seen_until": stamp(doubt.seen_until),
        "unseen_seconds": max(0, doubt.until - doubt.seen_until),
    }
    return session_object(doubt.session, context.ledger.now) | unseen


_WORDS = Argument("words", needed=False, rest=True, metavar="[ID] keep|cut|split|discard")

COMMANDS = (
    Command(
        "recover",
        mark("say what is true of a timer that ran unseen"),
        recover,
        (_WORDS,),
        (JSON,),
        usages=("", "[ID] keep|cut|split|discard"),
        notes=mark(
            "keep: all of it was work. cut: it ended when it was last seen. split: the unseen part becomes a session "
            "of its own, of unsure scope. discard: none of it was work."
        ),
    ),
)
