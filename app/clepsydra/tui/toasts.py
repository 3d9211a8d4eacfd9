"""What the program says in passing: a line that takes the place of the one before, and what was refused, once."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, cast

from textual.app import App

from clepsydra.language.translator import Translator
from clepsydra.language.typed.errors import NotUnderstood
from clepsydra.ledger import names
from clepsydra.ledger.failures import explained
from clepsydra.ledger.ledger import DISK_ERRORS, Ledger, Refused
from clepsydra.tui.widgets.only_text import TextApp
from clepsydra.tui.widgets.prose import broken

TOAST_WIDTH = 48


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
