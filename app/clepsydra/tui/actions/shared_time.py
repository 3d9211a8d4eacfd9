"""A message or a fix inside the timer of somebody else: whose the minutes are is asked at once, and not twice."""

from clepsydra.domain.session import Session
from clepsydra.language import formats
from clepsydra.ledger import names
from clepsydra.ledger.day.answers import DayAnswer, Item, ItemKind, Verb
from clepsydra.ledger.day.open_items import open_items
from clepsydra.ledger.day.solving import solve
from clepsydra.ledger.days import day_of
from clepsydra.tui.action_screen import ActionScreen
from clepsydra.tui.dialogs import Answer, Question


def ask_whose(screen: ActionScreen, touch: Session) -> None:
    """Ask whose the minutes of a touch are that lie inside other work; escape leaves it for the evening."""
    ledger, tr = screen.ledger, screen.tr
    item = _overlap(screen, touch)
    if item is None:
        return
    other = next(session for session in item.sessions if session.id != touch.id)
    gives_way = Verb.CUT_FIRST if item.sessions[0].id == other.id else Verb.CUT_SECOND
    whose, theirs = (names.place(ledger, each.client, each.project, tr) for each in (touch, other))
    length = formats.length(item.span.seconds, tr.lang)
    question = Question(
        tr.t("Whose are these minutes?"),
        tr.t("{length} of {client} lie inside the time of {other}.", length=length, client=whose, other=theirs),
        (
            Answer("t", gives_way, tr.t("take them out of the time of {other}", other=theirs)),
            Answer("b", Verb.KEEP, tr.t("both: each is billed for them")),
        ),
    )
    screen.ask(question, lambda answer: solve(ledger, item, DayAnswer(Verb(answer))))


def _overlap(screen: ActionScreen, touch: Session) -> Item | None:
    ledger = screen.ledger
    for item in open_items(ledger, day_of(ledger, ledger.today)):
        mine = [session.client for session in item.sessions if session.id == touch.id]
        if item.kind is ItemKind.OVERLAP and mine and any(s.client != touch.client for s in item.sessions):
            return item
    return None
