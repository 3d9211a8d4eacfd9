"""The fields of a session: client, times, note, channel, scope, who asked, agreed time; read together as an entry.

Begin, end and length are tied: what was typed last leads, the other follows.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalGroup
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Label

from clepsydra.domain.interval import Interval
from clepsydra.domain.records import dataclass
from clepsydra.domain.session import DEFAULT_PROJECT, Channel, Decision, Scope, Session
from clepsydra.language import typed, words
from clepsydra.language.translator import Translator
from clepsydra.ledger.entry import SessionEntry
from clepsydra.ledger.timers import Work
from clepsydra.tui import time_reader as typed_times
from clepsydra.tui.present.main import decided
from clepsydra.tui.time_reader import TimeReader
from clepsydra.tui.widgets.choice import Choice
from clepsydra.tui.widgets.place_field import PlaceField
from clepsydra.tui.widgets.text_line import TextLine

_SCOPES: dict[str, tuple[Scope, Decision | None]] = {
    "in": (Scope.IN, None),
    "pending": (Scope.OUT, Decision.PENDING),
    "bill": (Scope.OUT, Decision.BILL),
    "absorb": (Scope.OUT, Decision.ABSORB),
    "unsure": (Scope.UNSURE, None),
}


class _FieldLine(TextLine):
    """A line of the form; keys on their way when the keyboard has moved on follow to the next field."""

    def on_key(self, event: events.Key) -> None:
        """Enter, here rather than as a binding, which would wait: it keeps, in every field."""
        focused = self.screen.focused
        if focused is not self and focused is not None:
            event.stop()
            event.prevent_default()
            focused.post_message(events.Key(event.key, event.character))
        elif event.key == "enter":
            event.stop()
            event.prevent_default()
            self.query_ancestor(SessionFields).post_message(SessionFields.Entered())


class SessionFields(VerticalGroup):
    """One line per field; a message tells that the entry changed or that it is to be saved."""

    DEFAULT_CSS = """
    SessionFields Horizontal { height: 1; width: 100%; }
    SessionFields Label { width: 16; color: $muted; }
    SessionFields .second { width: auto; padding: 0 2; }
    SessionFields TextLine { width: 1fr; background: $track; }
    SessionFields TextLine:disabled { background: $surface; }
    SessionFields #request-row { display: none; }
    SessionFields #request-row.-shown { display: block; }
    """

    class Changed(Message):
        """A field has another content."""

    class Entered(Message):
        """Enter was pressed: keep it."""

    @dataclass
    class PlaceAsked(Message):
        """The client is to be picked; `typed` is the letter that said so."""

        typed: str

    def __init__(
        self,
        before: Session | None,
        place: str,
        tr: Translator,
        desk: Callable[[], TimeReader],
        span: Interval | None = None,
    ) -> None:
        """The fields of the session `before`, or of a new one of a `span`; `place` is `client` or `client/project`."""
        super().__init__()
        self.place = place
        self.faulty = "begin"
        self._before, self._tr, self._desk, self._span = before, tr, desk, span
        self._by_length = False

    def compose(self) -> ComposeResult:
        """From whom and when to what was agreed."""
        tr, before, desk = self._tr, self._before, self._desk()
        begin = end = length = agreed = ""
        if before:
            begin = desk.dated(before.started_at)
            agreed = "" if before.agreed_seconds is None else typed_times.length(before.agreed_seconds)
        if before and before.ended_at is not None:
            end = desk.after(before.started_at, before.ended_at)
            length = typed_times.length(before.ended_at - before.started_at)
        if self._span is not None:
            begin, end = desk.dated(self._span.started_at), desk.after(self._span.started_at, self._span.ended_at)
            length = typed_times.length(self._span.seconds)
        ends = tr.t("still running") if before and before.running else "10:12 · +45m"
        yield from _row(tr.t("Client"), PlaceField("", id="place"))
        hint = tr.t("9:30 · yesterday 17:05 · -1h30")
        yield from _row(tr.t("Start"), _FieldLine(begin, id="begin", placeholder=hint))
        yield from _row(
            tr.t("End"),
            _FieldLine(end, id="end", placeholder=ends),
            Label(tr.t("or length"), classes="second"),
            _FieldLine(length, id="length", placeholder="1h12"),
        )
        yield from _row(tr.t("Note"), _FieldLine(before.note if before else "", id="note", select_on_focus=False))
        yield from _row(tr.t("Channel"), self._channel())
        yield from _row(tr.t("Scope"), self._scope())
        request = _FieldLine(before.request if before else "", id="request", select_on_focus=False)
        yield from _row(tr.t("Who asked"), request, id_="request-row")
        by_rule = tr.t("empty: what the rule says")
        yield from _row(tr.t("Agreed time"), _FieldLine(agreed, id="agreed", placeholder=by_rule))

    def _channel(self) -> Choice[str]:
        shown = [words.channel(channel, self._tr) for channel in Channel]
        chosen = self._before.channel if self._before else Channel.WORK
        return Choice(list(zip((c.value for c in Channel), shown, strict=True)), chosen.value, id="channel")

    def _scope(self) -> Choice[str]:
        shown = [decided(scope, decision, self._tr) for scope, decision in _SCOPES.values()]
        wanted = (self._before.scope, self._before.decision) if self._before else (Scope.IN, None)
        chosen = next(value for value, scope in _SCOPES.items() if scope == wanted)
        return Choice(list(zip(_SCOPES, shown, strict=True)), chosen, id="scope")

    def on_mount(self) -> None:
        """Show who asked where that can matter."""
        self._show_request()

    def _show_request(self) -> None:
        asked = self.query_one("#scope", Choice).value != "in" or bool(self.line("request").value)
        self.query_one("#request-row").set_class(asked, "-shown")

    # -- what they hold

    def line(self, id_: str) -> TextLine:
        """A field of text."""
        return self.query_one(f"#{id_}", TextLine)

    def show_place(self, place: str, name: str) -> None:
        """Take another client and project, shown by their names."""
        self.place = place
        self.query_one(PlaceField).show(name)

    def typed(self) -> tuple[str, ...]:
        """Everything as it stands, to tell whether anything was changed."""
        return (
            self.place,
            *(line.text for line in self.query(TextLine)),
            *(choice.value for choice in self.query(Choice)),
        )

    def entry(self) -> SessionEntry:
        """All fields read; raises `NotUnderstood`, and then `faulty` names the field."""
        slug, _, project = self.place.partition("/")
        scope, decision = _SCOPES[self.query_one("#scope", Choice).value]
        agreed, begin = self.line("agreed").value.strip(), self._begin()
        end = self._end(begin)
        with self._blaming("agreed"):
            agreed_seconds = typed.parse_duration(agreed) if agreed else None
        channel = Channel(self.query_one("#channel", Choice).value)
        work = Work(slug, project or DEFAULT_PROJECT, self.line("note").text.strip(), channel, scope, decision)
        return SessionEntry(work, begin, end, self.line("request").text.strip(), agreed_seconds)

    def _begin(self) -> int:
        text, before = self.line("begin").value, self._before
        if before and text == self._desk().dated(before.started_at):
            return before.started_at
        with self._blaming("begin"):
            return self._desk().begin(text)

    def _end(self, begin: int) -> int | None:
        end, length = self.line("end").value.strip(), self.line("length").value.strip()
        if self._by_length and length:
            with self._blaming("length"):
                return begin + typed.parse_duration(length)
        if not end:
            return None
        with self._blaming("end"):
            return self._desk().end(end, begin)

    @contextmanager
    def _blaming(self, id_: str) -> Iterator[None]:
        try:
            yield
        except typed.NotUnderstood:
            self.faulty = id_
            raise

    # -- what is done in them

    @on(Input.Changed)
    def _text_changed(self, event: Input.Changed) -> None:
        event.stop()
        # An input also tells of the value it was made with; only what a person types leads.
        if event.input.has_focus and event.input.id in ("end", "length"):
            self._by_length = event.input.id == "length"
        if event.input.id in ("begin", "end", "length"):
            self._tie_times()
        self.post_message(self.Changed())

    @on(Choice.Changed)
    def _choice_changed(self) -> None:
        self._show_request()
        self.post_message(self.Changed())

    def _tie_times(self) -> None:
        try:
            begin = self._begin()
            end = self._end(begin)
        except typed.NotUnderstood:
            return
        if end is None or end < begin:
            self.line("end" if self._by_length else "length").put("")
        elif self._by_length:
            self.line("end").put(self._desk().after(begin, end))
        else:
            self.line("length").put(typed_times.length(end - begin))

    @on(Choice.Done)
    def _chosen(self) -> None:
        self.post_message(self.Entered())

    @on(PlaceField.Asked)
    def _pick(self, event: PlaceField.Asked) -> None:
        self.post_message(self.PlaceAsked(event.typed))


def _row(label: str, *fields: Widget, id_: str | None = None) -> ComposeResult:
    with Horizontal(id=id_):
        yield Label(Content(label))
        yield from fields
