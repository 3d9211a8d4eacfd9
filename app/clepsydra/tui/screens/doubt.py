"""What to do with time nobody saw: keep, cut, split, discard. Nothing is lost whatever is chosen."""

from clepsydra.domain.civil import wall
from clepsydra.language import formats
from clepsydra.ledger import recovery
from clepsydra.ledger.day import stepping_out
from clepsydra.tui.base_app import BaseApp
from clepsydra.tui.dialogs import Answer, Dialog, Question

_ANSWERS = {
    "keep": recovery.keep,
    "cut": recovery.cut,
    "split": recovery.split,
    "discard": recovery.discard,
    "away": stepping_out.was_asleep,
}

_LATER = 1.0
"""Seconds after which it is looked whether the line being typed has ended."""


def ask_doubts(tui: BaseApp, doubts: list[recovery.Doubt]) -> None:
    """Ask about each doubt, one after the other; escape leaves it open, marked in the list.

    Never over what is being typed or chosen: the question waits until that has ended.
    """
    if any(isinstance(screen, Question) for screen in tui.screen_stack):
        return
    if isinstance(tui.screen, Dialog):
        tui.set_timer(_LATER, lambda: ask_doubts(tui, doubts))
        return
    from clepsydra.tui.screens.session_form import SessionForm

    first, *rest = doubts

    def answered(answer: str | None) -> None:
        if answer == "edit":
            tui.push_screen(SessionForm(first.session), lambda _: tui.changed())
        elif answer:
            with tui.telling():
                _ANSWERS[answer](tui.ledger, first.session.id)
            tui.changed()
        if rest:
            ask_doubts(tui, rest)

    tui.push_screen(_question(tui, first), answered)


def _question(tui: BaseApp, doubt: recovery.Doubt) -> Question:
    tr, zone = tui.tr, tui.catalogue.settings.time_zone
    seen = wall(doubt.seen_until, zone)
    today = wall(tui.ledger.now, zone).date()
    when = formats.clock(seen)
    if seen.date() != today:
        when = f"{formats.date(seen.date(), tr.lang, 'weekday')} {when}"
    client = tui.catalogue.clients.get(doubt.session.client)
    text = tr.t(
        "The timer of {client} has not been seen since {when}: Clepsydra was closed, or the machine slept. "
        "In doubt: {unseen}; seen: {seen}.",
        client=client.name if client else doubt.session.client,
        when=when,
        unseen=formats.duration(max(0, doubt.until - doubt.seen_until), tr.lang),
        seen=formats.duration(doubt.seen_until - doubt.session.started_at, tr.lang),
    )
    return Question(
        tr.t("Unseen time"),
        text,
        (
            Answer("k", "keep", tr.t("keep: all of it was work")),
            Answer("c", "cut", tr.t("cut: the work ended at {when}", when=when)),
            Answer("a", "away", tr.t("away: an absence; a running timer goes on from now")),
            Answer("s", "split", tr.t("split: what was not seen becomes a session of its own, to sort out")),
            Answer("d", "discard", tr.t("discard: none of it was work (undo brings it back)")),
            Answer("e", "edit", tr.t("edit: type its times")),
            Answer("esc", "", tr.t("later: it stays marked and is not billed; ⏎ on its row asks again")),
        ),
    )
