"""What the disk refuses while a widget answers: it is told, it ends nothing, and no screen stands half made."""

from collections.abc import Callable
from functools import partial
from weakref import WeakSet

from rich.text import Text
from textual import events
from textual._context import active_message_pump
from textual.dom import DOMNode
from textual.message import Message
from textual.message_pump import CallbackError
from textual.screen import Screen
from textual.widget import Widget

from clepsydra.ledger import names
from clepsydra.ledger.errors import LOG_ERRORS
from clepsydra.ledger.failures import explained
from clepsydra.ledger.ledger import DISK_ERRORS
from clepsydra.tui.toasts import Toasts

BASE_SCREENS = 2
"""So many screens stand below all others and are never closed: Textual's own, and the main one."""


class RefusedReads(Toasts):
    """A program that goes on where the disk refuses what a widget reads."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        """`monotonic` is a clock that nobody sets."""
        self._beginning = WeakSet[DOMNode]()
        self._half_made = WeakSet[DOMNode]()
        super().__init__(monotonic)

    def _register_child(self, parent: DOMNode, child: Widget, before: int | None, after: int | None) -> None:
        """Textual's own; from now on what a widget, or a screen, answers is answered here."""
        super()._register_child(parent, child, before, after)
        # Textual ends the messages of a widget for ever at the first thing that one of its handlers raises.
        vars(child)["_dispatch_message"] = partial(self._answer, child)

    async def _answer(self, widget: Widget, message: Message) -> None:
        """Textual's own; what the disk refuses meanwhile is told and ends nothing, and no screen stands half made."""
        if isinstance(message, events.InputEvent | events.Mount | events.ScreenResume) and self._is_half_made(widget):
            return
        begins = isinstance(message, events.Compose | events.Mount)
        if begins:
            self._beginning.add(widget)
        with self.telling():
            try:
                await type(widget)._dispatch_message(widget, message)
            except DISK_ERRORS:
                if begins:
                    self._give_up(widget)  # the main screen reads at the next tick what it could not
                raise
            finally:
                if begins:
                    self._beginning.discard(widget)

    def _is_half_made(self, widget: Widget) -> bool:
        return bool(self._half_made) and not self._half_made.isdisjoint(widget.ancestors_with_self)

    def _give_up(self, widget: DOMNode) -> bool:
        """Close the screen of a widget that could not read what it shows; whether another stands below."""
        screen = next((node for node in widget.ancestors_with_self if isinstance(node, Screen)), None)
        if screen is None or screen in self._half_made or not screen.is_active:
            return True
        if len(self.screen_stack) <= BASE_SCREENS:
            return False
        self._half_made.add(screen)
        screen.dismiss()
        return True

    def _end(self, error: Exception) -> None:
        """Close the program, for the reason that the log gave."""
        self._half_made.update(self.screen_stack)
        reason = explained(error)
        words = names.said(self.ledger, reason, self.tr) if reason else str(error)
        self.exit(return_code=1, message=Text(f"clepsydra: {words}"))

    def _handle_exception(self, error: Exception) -> None:
        """What the disk refuses where nothing answers, as in a timer or after a dialog, ends nothing either."""
        cause = error.__context__ if isinstance(error, CallbackError) else error
        pump = active_message_pump.get(None)
        begun = [pump] if isinstance(pump, DOMNode) and pump in self._beginning else []
        if self.is_running and isinstance(cause, DISK_ERRORS if begun else LOG_ERRORS):
            # Textual itself catches what is raised while a widget is composed.
            if not all(map(self._give_up, begun)):
                self._end(cause)
            with self.telling(again=False):
                raise cause
        else:
            super()._handle_exception(error)
