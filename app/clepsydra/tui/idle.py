"""Noticing that nobody was at the keyboard, and asking in one line what that time was.

Only time in which this terminal had the focus counts: whoever works in another window is not away. A call is never an
absence. The key that comes back only opens the question and does nothing else.
"""

from collections.abc import Iterable

from textual import events
from textual.screen import ModalScreen

from clepsydra.calls.evidence import MILLISECONDS, EvidenceKind, EvidenceSpan
from clepsydra.domain.civil import wall
from clepsydra.domain.interval import Interval
from clepsydra.language import formats, typed
from clepsydra.ledger.absences import AbsenceReason
from clepsydra.ledger.day import stepping_out, wording
from clepsydra.ledger.day.answers import DayAnswer, Item, ItemKind
from clepsydra.ledger.day.slices import sliced
from clepsydra.ledger.ledger import Refused
from clepsydra.tui.base_app import BaseApp
from clepsydra.tui.dialogs import Answer, Prompt, Question


class Idle:
    """When the keyboard was last touched, by a clock that nobody sets: one that is put forward is no absence."""

    def __init__(self, steady: float) -> None:
        self._touched_at = steady
        self._here = True

    def heard(self, event: events.Event, steady: float) -> int:
        """Take note of an event; when a key ends a silence, the seconds it lasted, else 0."""
        if isinstance(event, events.AppBlur):
            self._here = False
            return 0
        if not isinstance(event, events.InputEvent | events.Paste | events.AppFocus):
            return 0
        silent, was_here = int(steady - self._touched_at), self._here
        self._touched_at, self._here = steady, True
        return silent if was_here and isinstance(event, events.Key) else 0


def ask_about(tui: BaseApp, silent: int, *, locked: bool = False) -> bool:
    """Ask what a silence of so many seconds was, if it was long enough and may have been an absence; `locked` says that
    it was the screen that told it."""
    ledger = tui.ledger
    limit, since = ledger.settings.warn.idle_over, ledger.now - silent
    if not limit or silent < limit or not stepping_out.may_have_been_away(ledger, since):
        return False
    tr = tui.tr
    length = formats.duration(ledger.now - since, tr.lang)
    time = formats.clock(wall(since, ledger.settings.time_zone))
    told = tr.t("No key has been pressed since {time}, for {length}, and the timer ran on.", time=time, length=length)
    if locked:
        told = tr.t("The screen was locked since {time}, for {length}, and the timer ran on.", time=time, length=length)
    question = Question(
        tr.t("Were you away?"),
        told,
        (
            Answer("k", "keep", tr.t("keep: I was working")),
            Answer("d", "drop", tr.t("drop: I was away; the timer goes on from now")),
            Answer("s", "split", tr.t("several: say what it was, one after the other")),
        ),
    )
    until = ledger.now

    def answered(answer: str | None) -> None:
        with tui.telling():
            if answer == "drop":
                stepping_out.was_away(ledger, since)
            elif answer == "keep":
                stepping_out.was_here(ledger, since)
            elif answer == "split":
                _ask_slices(tui, Interval(since, until))
        tui.changed()

    tui.push_screen(question, answered)
    return True


def came_back(tui: BaseApp, spans: Iterable[EvidenceSpan]) -> bool:
    """The screen was unlocked: ask about the time before, where nothing else is being asked."""
    ends = [span.began // MILLISECONDS for span in spans if span.kind is EvidenceKind.LOCKED and span.ended is not None]
    if not ends or any(isinstance(screen, ModalScreen) for screen in tui.screen_stack):
        return False
    return ask_about(tui, tui.ledger.now - min(ends), locked=True)


def _ask_slices(tui: BaseApp, span: Interval) -> None:
    ledger, tr = tui.ledger, tui.tr
    words = {reason.value: wording.reason(reason, tr) for reason in AbsenceReason}

    def cut(text: str) -> DayAnswer:
        return sliced(ledger, Interval(span.started_at, max(span.ended_at, ledger.now)), text, words)

    def check(text: str) -> tuple[bool, str]:
        try:
            answer = cut(text)
        except Refused as refusal:
            return False, refusal.message.said(tr) if text.strip() else ""
        except typed.NotUnderstood as wrong:
            return False, wrong.text(tr)
        return True, wording.answer(ledger, Item(ItemKind.GAP, span, 0, ""), answer, tr)

    def answered(text: str | None) -> None:
        if text:
            with tui.telling():
                stepping_out.was_away(ledger, span.started_at, cut(text).parts)
            tui.changed()

    hint = tr.t("in order, the last one takes the rest: acme 20m, break 10m, brel")
    tui.push_screen(Prompt(tr.t("Several in a row"), hint, check=check), answered)
