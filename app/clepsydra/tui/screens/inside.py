"""A message or a fix inside another client's work: whose its minutes are is asked at once, and in the evening again."""

from clepsydra.domain.session import Session
from clepsydra.language import formats
from clepsydra.ledger import names
from clepsydra.ledger.day.answers import DayAnswer, Item, ItemKind, Verb
from clepsydra.ledger.day.open_items import open_items
from clepsydra.ledger.day.solving import solve
from clepsydra.ledger.days import day_of
from clepsydra.tui.base_app import BaseApp
from clepsydra.tui.dialogs import Answer, Question


def ask_inside(tui: BaseApp, touch: Session) -> None:
    """Ask about each work of others that a touch lies in, one after the other; escape leaves it for the evening."""
    ledger = tui.ledger
    overlaps = [
        item for item in open_items(ledger, day_of(ledger, ledger.today))
        if item.kind is ItemKind.OVERLAP and touch.id in {session.id for session in item.sessions}
    ]  # fmt: skip
    if overlaps:
        _ask(tui, touch, overlaps[0])


def _ask(tui: BaseApp, touch: Session, item: Item) -> None:
    first, second = item.sessions
    other, verb = (second, Verb.CUT_SECOND) if first.id == touch.id else (first, Verb.CUT_FIRST)
    verbs = {"away": verb, "keep": Verb.KEEP}

    def answered(answer: str | None) -> None:
        if not answer:
            return
        with tui.telling():
            solve(tui.ledger, item, DayAnswer(verbs[answer]))
            ask_inside(tui, touch)
        tui.changed()

    tui.push_screen(_question(tui, touch, other, item), answered)


def _question(tui: BaseApp, touch: Session, other: Session, item: Item) -> Question:
    tr = tui.tr
    mine, its = (names.place(tui.ledger, each.client, each.project, tr) for each in (touch, other))
    length = formats.length(item.span.seconds, tr.lang)
    return Question(
        tr.t("Inside other work"),
        tr.t("{length} for {client} lie in the time of {other}.", length=length, client=mine, other=its),
        (
            Answer("t", "away", tr.t("take them out of the time of {other}", other=its)),
            Answer("b", "keep", tr.t("both: they count for {client} and for {other}", client=mine, other=its)),
            Answer("esc", "", tr.t("later: the end of the day asks again")),
        ),
    )
