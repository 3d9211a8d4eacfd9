"""Small questions over a screen: a line to type, a client to pick, one of a few answers. Escape always means no."""

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple, TypeVar

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input

from clepsydra.tui.keys.digit_row import digit_of
from clepsydra.tui.widgets.action_bar import ActionBar
from clepsydra.tui.widgets.client_list import ClientList, ClientRow
from clepsydra.tui.widgets.key_lines import KeyLines
from clepsydra.tui.widgets.prose import Prose
from clepsydra.tui.widgets.text_line import PlainLine, TextLine

_ESCAPE = Binding("escape", "dismiss(None)", show=False)

_CSS = """
{name} {{ align: center middle; background: $background 60%; }}
{name} > Vertical {{ width: {width}; max-width: 95%; height: auto; max-height: 90%; border: round $line;
    background: $surface; padding: 0 1; border-title-color: $heading; }}
{name} Static {{ height: auto; width: 100%; }}
{name} .hint {{ color: $muted; }}
{name} .wrong {{ color: $attention; }}
{name} Input {{ background: $track; margin: 1 0; }}
"""


Result = TypeVar("Result")


class Dialog(ModalScreen[Result]):
    """A screen over another that closes once: a key typed before it has gone is no second answer."""

    def on_action_bar_pressed(self, event: ActionBar.Pressed) -> None:
        """A click on a key of the bar is that key."""
        event.stop()
        self.app.post_message(event.entry.event())

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Close with a result; nothing happens where another screen is in front already."""
        return super().dismiss(result) if self.is_active else AwaitComplete()


class Prompt(Dialog[str | None]):
    """One line to type. `check` says what the text means, or what is wrong with it, while it is typed."""

    DEFAULT_CSS = _CSS.format(name="Prompt", width=66)
    BINDINGS: ClassVar[list[BindingType]] = [_ESCAPE]

    def __init__(
        self,
        title: str,
        hint: str = "",
        value: str = "",
        check: Callable[[str], tuple[bool, str]] | None = None,
    ) -> None:
        """`check` returns whether the text can be taken, and a line about it."""
        super().__init__()
        self._title, self._hint, self._value = title, hint, value
        self._check = check or (lambda text: (True, ""))

    def compose(self) -> ComposeResult:
        """A frame with the line and what is said about it."""
        with Vertical() as frame:
            frame.border_title = Content(self._title)
            yield TextLine(self._value, id="typed")
            yield Prose(self._hint, classes="hint", id="said")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._is_fine(event.value)

    @on(Input.Submitted)
    def _take(self, event: Input.Submitted) -> None:
        if self._is_fine(event.value):
            self.dismiss(self.query_one(TextLine).text_of(event.value))

    def _is_fine(self, text: str) -> bool:
        """Whether the text can be taken; what is to be said about it is shown."""
        fine, words = self._check(text)
        said = self.query_one("#said", Prose)
        said.set_class(not fine, "wrong")
        said.show(words or self._hint)
        return fine


_PICKER, _WIDEST, _BESIDE = 72, 150, 18
"""Cells of a picker at least and at most, and of all that stands beside the names in it: wide names make it wider."""
_ROWS = 16
"""Rows of a picker at most; on a high screen half of its lines."""


class Picker(Dialog[str | None]):
    """Pick one of many by name; a row's own key picks it at once while nothing has been typed."""

    DEFAULT_CSS = _CSS.format(name="Picker", width=_PICKER) + "Picker ClientList { height: auto; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        _ESCAPE,
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
    ]

    def __init__(
        self, title: str, rows: Sequence[ClientRow], hint: str, nothing: str, typed: str = "", first: str = ""
    ) -> None:
        """`rows` are what can be picked, `nothing` is said when the text fits none; `typed` was typed before.

        `first` is the row under the cursor to begin with.
        """
        super().__init__()
        self._first = first
        self._title, self._rows, self._hint, self._nothing, self._typed = title, rows, hint, nothing, typed

    def compose(self) -> ComposeResult:
        """A line to type in over the rows that fit it."""
        with Vertical() as frame:
            frame.border_title = Content(self._title)
            names = max((cell_len(row.name) for row in self._rows), default=0)
            frame.styles.width = max(_PICKER, min(names + _BESIDE, _WIDEST))
            yield PlainLine(self._typed, self._hint, id="typed", compact=True, select_on_focus=False)
            rows = ClientList(self._rows, nothing=self._nothing, id="rows")
            rows.can_focus = False
            rows.styles.height = min(max(_ROWS, self.app.size.height // 2), max(1, len(self._rows)))
            yield rows

    def on_mount(self) -> None:
        """Put the cursor on the row to begin with."""
        if self._first:
            self.query_one(ClientList).select(self._first)

    def on_key(self, event: events.Key) -> None:
        """A row's key picks it, as long as nothing has been typed."""
        if event.character and not self.query_one(Input).value:
            for row in self._rows:
                if row.key == event.character:
                    event.stop()
                    event.prevent_default()
                    self.dismiss(row.slug)

    def action_move(self, rows: int) -> None:
        """Move the cursor while the line keeps the keyboard."""
        self.query_one(ClientList).action_move(rows)

    @on(Input.Changed)
    def _filter(self, event: Input.Changed) -> None:
        shown = self.query_one(ClientList)
        if len(event.value) == 1 and any(row.key == event.value for row in self._rows):
            self.dismiss(next(row.slug for row in self._rows if row.key == event.value))
            return
        shown.find(event.value)

    @on(Input.Submitted)
    def _take(self) -> None:
        row = self.query_one(ClientList).selected
        if row:
            self.dismiss(row.slug)

    @on(ClientList.Selected)
    def _clicked(self, event: ClientList.Selected) -> None:
        self.dismiss(event.row.slug)


class Answer(NamedTuple):
    """One answer to a question: the key that gives it, what it stands for, and its words."""

    key: str
    value: str
    words: str


class Question(Dialog[str | None]):
    """A question with a few answers, one key each."""

    DEFAULT_CSS = _CSS.format(name="Question", width=72)
    BINDINGS: ClassVar[list[BindingType]] = [_ESCAPE]

    def __init__(self, title: str, text: str, answers: Sequence[Answer], named: Sequence[Answer] = ()) -> None:
        """Enter gives the first answer; `named` are keys that the text itself tells of."""
        super().__init__()
        self._title, self._text, self._answers, self._named = title, text, tuple(answers), tuple(named)

    def compose(self) -> ComposeResult:
        """The question over its answers."""
        with Vertical() as frame:
            frame.border_title = Content(self._title)
            yield Prose(self._text + "\n")
            yield KeyLines([(answer.key, answer.words) for answer in self._answers], 8)

    @on(KeyLines.Pressed)
    def _clicked(self, event: KeyLines.Pressed) -> None:
        self.dismiss(self._answers[event.row].value)

    def on_key(self, event: events.Key) -> None:
        """The key of an answer gives it."""
        pressed = {event.key, event.character, digit_of(event.character) or None}
        for answer in (*self._answers, *self._named):
            if answer.key in pressed:
                event.stop()
                self.dismiss(answer.value)
                return
        if event.key == "enter":
            event.stop()
            self.dismiss(self._answers[0].value)
