"""The call in front: the banner that asks whose it is, while it lasts and for a moment after."""

from typing import TYPE_CHECKING

from textual.content import Content

from clepsydra.calls.call import Rank
from clepsydra.domain.records import replace
from clepsydra.ledger.calls.inbox import last_note
from clepsydra.ledger.calls.model import DetectedCall
from clepsydra.ledger.live.figures import Snapshot
from clepsydra.ledger.timers import Work
from clepsydra.tui.actions.calls import CallActions
from clepsydra.tui.keys.table import BY_ID
from clepsydra.tui.present import calls as present_calls
from clepsydra.tui.widgets.call_banner import CallBanner
from clepsydra.tui.widgets.drawing import one_line
from clepsydra.tui.widgets.panel import Panel

if TYPE_CHECKING:
    from textual.widget import Widget

_KEYS = ("call.accept", "call.hand", "call.dismiss", "call.never", "call.unanswered")


class CurrentCall(CallActions):
    """Mixed into the main screen. The banner of a certain call takes the keyboard; escape gives it back and hides the
    call."""

    _front: DetectedCall | None = None
    _later = ""
    """The call that was put off: it waits in the inbox."""
    _note = ""
    _before: "Widget | None" = None
    """What had the keyboard before the banner."""

    def target_call(self) -> DetectedCall | None:
        """The call in front, also when its banner was put off."""
        return self.tui.snapshot().calls.front

    @property
    def banner(self) -> CallBanner:
        """The banner."""
        return self.query_one(CallBanner)

    @property
    def board_width(self) -> int:
        """How many cells a line of the banner has; a guess before it was laid out."""
        return self.banner.content_size.width or 34

    def _room(self) -> tuple[int, int]:
        """How many cells a line of the banner has, and how many lines it may have under the clock."""
        borders = 2
        lines = self.query_one("#top").size.height - self.query_one("#now-panel").outer_size.height - borders
        return self.board_width, lines if lines > 0 else 4

    @property
    def asking(self) -> bool:
        """Whether keys are answers to the banner."""
        return self._front is not None and self.focused is self.banner

    def show_front(self, snapshot: Snapshot) -> None:
        """Show the call in front, or take the banner away when there is none any more."""
        front = snapshot.calls.front
        front = None if front is not None and front.id == self._later else front
        before, self._front = self._front, front
        if front is None:
            if before is not None:
                self._hide()
            return
        if before is None or before.suggestion != front.suggestion:
            self._note = last_note(self.ledger, front.suggestion.client) if front.suggestion else ""
        keys = {id_: self.tui.keymap.shown(BY_ID[id_]) for id_ in _KEYS}
        shown = replace(front, title=self.tui.call_monitor.number_of(front.id) or front.title)
        view = present_calls.banner(shown, snapshot.now, self._note, keys, self.names, self._room())
        panel = self.query_one("#call-panel", Panel)
        self.banner.styles.height = len(view.lines)
        panel.entitle(Content(one_line(view.title)))
        self.banner.show(view.lines)
        if before is None or (before.id, before.rank) != (front.id, front.rank):
            self._before = None if self.focused is self.banner else self.focused
            panel.parent.set_class(True, "-call")  # type: ignore[union-attr]
            if front.rank is Rank.CERTAIN:  # what is only offered takes no key from what the person does
                self.set_focus(self.banner)  # at once: the call may be gone before a message is handled

    def _hide(self) -> None:
        if self.focused is self.banner:  # before it is gone: a key typed meanwhile has somewhere to go
            self.set_focus(self._before or self.query_one("#clients"))
        self.query_one("#call-panel").parent.set_class(False, "-call")  # type: ignore[union-attr]

    def on_call_banner_resized(self) -> None:
        """Say it in the room there is; before the first layout that was a guess."""
        if self._front is not None:
            self.show_front(self.tui.snapshot())

    def on_call_banner_answered(self, answer: CallBanner.Answered) -> None:
        """Enter accepts; escape puts the call off."""
        if answer.yes:
            self.action_do("call.accept")
        elif self._front is not None:
            self._later = self._front.id
            self.show_front(self.tui.snapshot())

    def answer_with(self, slug: str) -> None:
        """A client's key was pressed: the call in front is theirs."""
        if self._front is not None:
            self.assign(self._front, Work(slug))
