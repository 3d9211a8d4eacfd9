"""Add a session or edit one: every field of it, its meaning said while it is typed, written in one change."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.css.query import NoMatches
from textual.screen import ModalScreen
from textual.widgets import Input, Label, Static

from clepsydra.domain.session import DEFAULT_PROJECT, Channel, Decision, Scope, Session
from clepsydra.language import typed, words
from clepsydra.ledger import entry, log
from clepsydra.ledger.entry import Entry
from clepsydra.ledger.ledger import DISK_ERRORS, Refused
from clepsydra.ledger.timers import Work
from clepsydra.tui import typed_times
from clepsydra.tui.cautions import caution
from clepsydra.tui.dialogs import Answer, Question
from clepsydra.tui.present_session import place_label, span_words, worth_words
from clepsydra.tui.sessions import place_picker
from clepsydra.tui.typed_times import Desk
from clepsydra.tui.widgets.choice import Choice
from clepsydra.tui.widgets.drawing import in_lines
from clepsydra.tui.widgets.place_field import PlaceField
from clepsydra.tui.widgets.text_line import TextLine

if TYPE_CHECKING:
    from clepsydra.tui.app import Clepsydra

_SCOPES: tuple[tuple[Scope, Decision | None], ...] = (
    (Scope.IN, None),
    (Scope.OUT, Decision.PENDING),
    (Scope.OUT, Decision.BILL),
    (Scope.OUT, Decision.ABSORB),
    (Scope.UNSURE, None),
)
_SHOWN_CAUTIONS = 3


def _scope_value(scope: Scope, decision: Decision | None) -> str:
    return f"{scope.value} {decision.value if decision else ''}".strip()


class SessionForm(ModalScreen[Session | None]):
    """The form of one session; it closes with the session as it was written, or with nothing."""

    DEFAULT_CSS = """
    SessionForm { align: center middle; background: $background 60%; }
    SessionForm > Vertical { width: 76; max-width: 98%; height: auto; max-height: 100%; border: round $line;
        background: $surface; padding: 0 1; border-title-color: $heading; border-subtitle-color: $muted; }
    SessionForm Horizontal { height: 1; width: 100%; }
    SessionForm Label { width: 15; color: $muted; }
    SessionForm .second { width: auto; padding: 0 2; }
    SessionForm TextLine { width: 1fr; background: $track; }
    SessionForm TextLine:disabled, SessionForm Choice:disabled, SessionForm PlaceField:disabled { opacity: 100%; }
    SessionForm #said { height: auto; min-height: 4; width: 100%; margin: 1 0 0 0; }
    SessionForm #request-row { display: none; }
    SessionForm #request-row.-shown { display: block; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("ctrl+s", "save", show=False, priority=True),
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
    ]

    def __init__(self, session: Session | None, client: str = "") -> None:
        """Edit `session`, or add one that is for `client` at first."""
        super().__init__()
        self._before = session
        self._place = f"{session.client}/{session.project}" if session else client
        self._by_length = False
        self._fresh: object = None

    @property
    def tui(self) -> "Clepsydra":
        """The app, typed."""
        from clepsydra.tui.app import Clepsydra

        assert isinstance(self.app, Clepsydra)
        return self.app

    @property
    def _desk(self) -> Desk:
        ledger, near = self.tui.ledger, self._before.started_at if self._before else None
        return Desk(ledger.now, ledger.zone, ledger.settings.day_starts_at, self.tui.tr.lang, near)

    @property
    def _locked(self) -> bool:
        return bool(self._before and self._before.statement is not None)

    # -- what is seen

    def compose(self) -> ComposeResult:
        """One line per field, the meaning under them."""
        tr, before, desk = self.tui.tr, self._before, self._desk
        begin = desk.dated(before.started_at) if before else ""
        end = length = ""
        if before and before.ended_at is not None:
            end = desk.after(before.started_at, before.ended_at)
            length = typed_times.length(before.ended_at - before.started_at)
        agreed = before.agreed_seconds if before else None
        with Vertical() as frame:
            frame.border_title = Content(tr.t("Edit a session") if before else tr.t("Add a session"))
            frame.border_subtitle = Content(self._keys())
            yield from _row(tr.t("Client"), PlaceField("", id="place"))
            hint = tr.t("9:30 · yesterday 17:05 · -1h30")
            yield from _row(tr.t("Begin"), TextLine(begin, id="begin", placeholder=hint))
            running = tr.t("still running") if before and before.running else tr.t("10:12 · +45m · now")
            yield from _row(
                tr.t("End"),
                TextLine(end, id="end", placeholder=running),
                Label(tr.t("or length"), classes="second"),
                TextLine(length, id="length", placeholder="1h12"),
            )
            yield from _row(tr.t("Note"), TextLine(before.note if before else "", id="note", select_on_focus=False))
            yield from _row(tr.t("Channel"), self._channel())
            yield from _row(tr.t("Scope"), self._scope())
            asked = TextLine(before.request if before else "", id="request", select_on_focus=False)
            yield from _row(tr.t("Who asked"), asked, id="request-row")
            typed_agreed = "" if agreed is None else typed_times.length(agreed)
            by_rule = tr.t("empty: what the rule says")
            yield from _row(tr.t("Agreed time"), TextLine(typed_agreed, id="agreed", placeholder=by_rule))
            yield Static(id="said")

    def _keys(self) -> str:
        if self._locked:
            return self.tui.tr.t("esc leaves")
        return self.tui.tr.t("⏎ next field · ^s saves · esc leaves")

    def _channel(self) -> Choice:
        channels = [words.channel(c, self.tui.tr) for c in Channel]
        chosen = self._before.channel if self._before else Channel.WORK
        return Choice([c.value for c in Channel], channels, chosen.value, id="channel")

    def _scope(self) -> Choice:
        tr = self.tui.tr
        shown = [
            f"{words.scope(scope, tr)}: {words.decision(decision, tr)}" if decision else words.scope(scope, tr)
            for scope, decision in _SCOPES
        ]
        before = self._before
        chosen = _scope_value(before.scope, before.decision) if before else _scope_value(Scope.IN, None)
        return Choice([_scope_value(*each) for each in _SCOPES], shown, chosen, id="scope")

    def on_mount(self) -> None:
        """Begin where something is to be typed."""
        self._show_place()
        self._fresh = self._typed()
        if self._locked:
            for field in self.query("TextLine, Choice, PlaceField"):
                field.disabled = True
        else:
            self.query_one("#begin").focus()
        self._weigh()

    def _show_place(self) -> None:
        slug, _, project = self._place.partition("/")
        clients = self.tui.ledger.catalogue.clients
        self.query_one(PlaceField).show(place_label(slug, project or DEFAULT_PROJECT, clients, self.tui.tr))

    # -- what was typed

    def _line(self, id_: str) -> TextLine:
        return self.query_one(f"#{id_}", TextLine)

    def _typed(self) -> tuple[str, ...]:
        choices = (self.query_one("#channel", Choice).value, self.query_one("#scope", Choice).value)
        return (self._place, *(line.text for line in self.query(TextLine)), *choices)

    def _begin(self) -> int:
        before, text = self._before, self._line("begin").value
        if before and text == self._desk.dated(before.started_at):
            return before.started_at
        with self._field("begin"):
            return self._desk.begin(text)

    def _end(self, begin: int) -> int | None:
        end, length = self._line("end").value.strip(), self._line("length").value.strip()
        if self._by_length and length:
            with self._field("length"):
                return begin + typed.parse_duration(length)
        if not end:
            return None
        with self._field("end"):
            return self._desk.end(end, begin)

    def _entry(self) -> Entry:
        """All fields as they stand; raises `NotUnderstood` for what cannot be read."""
        slug, _, project = self._place.partition("/")
        scope, decision = _SCOPES[[_scope_value(*each) for each in _SCOPES].index(self.query_one("#scope", Choice).value)]
        agreed, begin = self._line("agreed").value.strip(), self._begin()
        end = self._end(begin)
        with self._field("agreed"):
            agreed_seconds = typed.parse_duration(agreed) if agreed else None
        work = Work(
            slug, project or DEFAULT_PROJECT, self._line("note").text.strip(),
            Channel(self.query_one("#channel", Choice).value), scope, decision,
        )  # fmt: skip
        return Entry(work, begin, end, self._line("request").text.strip(), agreed_seconds)

    @contextmanager
    def _field(self, id_: str) -> Iterator[None]:
        """What cannot be read is the fault of a field, which is remembered."""
        try:
            yield
        except typed.NotUnderstood:
            self._wrong = id_
            raise

    # -- what it means

    @on(Input.Changed)
    def _input_changed(self, event: Input.Changed) -> None:
        if event.input.id in ("end", "length"):
            self._by_length = event.input.id == "length"
        if event.input.id in ("begin", "end", "length"):
            self._tie_times()
        self._weigh()

    @on(Choice.Changed)
    def _choice_changed(self) -> None:
        self._weigh()

    def _tie_times(self) -> None:
        """End and length follow each other: what was typed last leads."""
        try:
            begin = self._begin()
            end = self._end(begin)
        except typed.NotUnderstood:
            return
        if end is None or end < begin:
            self._line("end" if self._by_length else "length").put("")
        elif self._by_length:
            self._line("end").put(self._desk.after(begin, end))
        else:
            self._line("length").put(typed_times.length(end - begin))

    def _weigh(self) -> None:
        try:
            scope = self.query_one("#scope", Choice).value
        except NoMatches:  # a field told of its first value before all of them were there
            return
        asked = not scope.startswith(Scope.IN.value) or bool(self._line("request").value)
        self.query_one("#request-row").set_class(asked, "-shown")
        self.query_one("#said", Static).update(self._meaning())

    def _meaning(self) -> Content:
        tr, ledger = self.tui.tr, self.tui.ledger
        if self._locked and self._before:
            number = log.statement_number(ledger, self._before)
            why = tr.t("It is on statement {number} and locked; void the statement to change it.", number=number)
            return Content.styled(why, "$attention")
        if not self._before and not self._line("begin").value:
            return Content.styled(tr.t("When did it begin?"), "$muted")
        try:
            session = entry.draft(ledger, self._entry(), self._before)
        except typed.NotUnderstood as wrong:
            return Content.styled(in_lines(wrong.text(tr)), "$attention")
        except Refused as refusal:
            said = refusal.message.said(tr)
            return Content.styled(said[:1].upper() + said[1:], "$attention")
        weighed = entry.weigh(ledger, session)
        span = span_words(session.started_at, session.ended_at, ledger.zone, tr.lang)
        lines = [Content.assemble((span, "bold")), Content.styled(worth_words(weighed, tr), "$billable")]
        lines += [
            Content.styled("! " + in_lines(caution(finding, ledger, tr)), "$attention")
            for finding in weighed.findings[:_SHOWN_CAUTIONS]
        ]
        return Content("\n").join(lines)

    # -- keys

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        if event.input.id == "agreed":
            self.action_save()
        elif event.input.id == "end" and event.input.value.strip():
            self._line("note").focus()
        else:
            self.focus_next()

    @on(Choice.Done)
    def _chosen(self) -> None:
        self.focus_next()

    @on(PlaceField.Asked)
    def _pick(self, event: PlaceField.Asked) -> None:
        tui = self.tui

        def picked(place: str | None) -> None:
            if place:
                self._place = place
                self._show_place()
                self._weigh()
                self.focus_next()

        tui.push_screen(place_picker(tui.ledger, tui.tr, tui.tr.t("For whom?"), typed=event.typed), picked)

    def on_key(self, event: events.Key) -> None:
        """A billed session is only looked at: enter closes it too."""
        if self._locked and event.key == "enter":
            event.stop()
            self.dismiss(None)

    def action_save(self) -> None:
        """Write it, or say what is missing and where."""
        if self._locked:
            return
        try:
            saved = entry.save(self.tui.ledger, self._entry(), self._before)
        except typed.NotUnderstood as wrong:
            self._line(self._wrong).focus()
            self._refuse(wrong.text(self.tui.tr))
        except Refused as refusal:
            self._refuse(refusal.message.said(self.tui.tr))
        except DISK_ERRORS as error:
            tr = self.tui.tr
            self._refuse(tr.t("The log could not be written: {why}. Nothing was changed.", why=str(error)))
        else:
            self.dismiss(saved)

    def _refuse(self, why: str) -> None:
        words_ = in_lines(why[:1].upper() + why[1:])
        self.query_one("#said", Static).update(Content.styled(words_, "bold $loss"))

    def action_leave(self) -> None:
        """Leave without writing; asks when something was typed."""
        tr = self.tui.tr
        if self._typed() == self._fresh:
            self.dismiss(None)
            return

        def answered(answer: str | None) -> None:
            if answer == "leave":
                self.dismiss(None)

        answers = (
            Answer("⏎", "stay", tr.t("go on editing")),
            Answer("d", "leave", tr.t("leave; what was typed is dropped")),
        )
        self.app.push_screen(Question(tr.t("Not saved"), tr.t("Something was changed here."), answers), answered)


def _row(label: str, *fields: Static | TextLine | Choice | PlaceField | Label, id: str | None = None) -> ComposeResult:
    with Horizontal(id=id):
        yield Label(Content(label))
        yield from fields
