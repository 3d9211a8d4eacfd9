"""What the program says in passing: a line that takes the place of the one before, and what was refused, once."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from typing import Any, cast
from weakref import WeakSet

from rich.text import Text
from textual import events
from textual._context import active_message_pump
from textual.app import App
from textual.dom import DOMNode
from textual.message import Message
from textual.message_pump import CallbackError
from textual.screen import Screen
from textual.widget import Widget

from clepsydra.language.translator import Translator
from clepsydra.language.typed.errors import NotUnderstood
from clepsydra.ledger import names
from clepsydra.ledger.errors import LOG_ERRORS
from clepsydra.ledger.failures import explained
from clepsydra.ledger.ledger import DISK_ERRORS, Ledger, Refused
from clepsydra.tui.widgets.only_text import TextApp
from clepsydra.tui.widgets.prose import broken

TOAST_WIDTH = 48

BASE_SCREENS = 2
"""So many screens stand below all others and are never closed: Textual's own, and the main one."""


class Toasts(TextApp):
    """A program with a ledger and a language that tells what happens in toasts."""

    CSS = f"""
    Toast {{ background: $surface; width: {TOAST_WIDTH}; margin: 1 0 0 0; padding: 0 1; }}
    ToastRack {{ dock: bottom; align: right bottom; margin: 0 1 0 1; }}
    """
    ledger: Ledger
    tr: Translator

    def __init__(self, monotonic: Callable[[], float]) -> None:
        """`monotonic` is a clock that nobody sets."""
        self._monotonic = monotonic
        self._told: dict[str, float] = {}
        self._beginning = WeakSet[DOMNode]()
        self._half_made = WeakSet[DOMNode]()
        super().__init__()

    @property
    def has_notifications(self) -> bool:
        """Whether something that was told still stands on the screen."""
        return len(self._notifications) > 0

    @contextmanager
    def telling(self, *, again: bool = True) -> Iterator[None]:
        """What the ledger or the disk refuses becomes a line on the screen.

        Without `again`, for what the clock asks for and nobody typed, the same line comes once a minute at most.
        """
        try:
            yield
        except NotUnderstood as unclear:
            self.tell(unclear.text(self.tr), "error", seconds=8)
        except (Refused, *DISK_ERRORS) as error:
            reason = error.message if isinstance(error, Refused) else explained(error)
            words = names.sentence(self.ledger, reason or str(error), self.tr)
            now = self._monotonic()
            if again or isinstance(error, Refused) or now - self._told.get(words, -60.0) >= 60:
                self._told[words] = now
                self.tell(words, "error", seconds=8)

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

    def tell(self, words: str, severity: str = "information", seconds: float = 8) -> None:
        """A line that takes the place of the one told before; text is text, never markup."""
        self.clear_notifications()
        self.notify(words, severity=cast(Any, severity), markup=False, timeout=seconds)

    def notify(self, message: str, **options: Any) -> None:
        """A toast, never wider than half the screen, whose amounts and lengths stay whole."""
        super().notify(broken(message, min(TOAST_WIDTH, self.size.width // 2) - 4), **options)


def telling_in(app: App[Any]) -> AbstractContextManager[None]:
    """The same in whatever program a widget stands in; one that has no ledger tells nothing."""
    return app.telling() if isinstance(app, Toasts) else nullcontext()
