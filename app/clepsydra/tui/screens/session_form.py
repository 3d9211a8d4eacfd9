"""Add a session or edit one: its meaning is said while it is typed, and it is written in one change."""

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from clepsydra.domain.interval import Interval
from clepsydra.domain.session import DEFAULT_PROJECT, Session
from clepsydra.language import typed
from clepsydra.ledger import entry, log, names
from clepsydra.ledger.failures import explained
from clepsydra.ledger.ledger import DISK_ERRORS, Refused
from clepsydra.tui.base_app import BaseApp, base_app_of
from clepsydra.tui.dialogs import Answer, Dialog, Question
from clepsydra.tui.pickers import place_picker
from clepsydra.tui.present.session import place_label, span_words, worth_words
from clepsydra.tui.present.warnings import caution
from clepsydra.tui.time_reader import TimeReader
from clepsydra.tui.widgets.drawing import in_lines
from clepsydra.tui.widgets.session_fields import SessionFields

_CAUTIONS_SHOWN = 3


class SessionForm(Dialog[Session | None]):
    """The form of one session; it closes with the session as it was written, or with nothing."""

    DEFAULT_CSS = """
    SessionForm { align: center middle; background: $background 60%; }
    SessionForm > Vertical { width: 76; max-width: 98%; height: auto; max-height: 100%; border: round $line;
        background: $surface; padding: 0 1; border-title-color: $heading; border-subtitle-color: $muted; }
    SessionForm #said { height: auto; min-height: 4; width: 100%; margin: 1 0 0 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("ctrl+s,enter", "save", show=False),
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
    ]

    def __init__(self, session: Session | None, client: str = "", span: Interval | None = None) -> None:
        """Edit `session`, or add one that is for `client` and of that `span` at first."""
        super().__init__()
        self._span = span
        self._before = session
        self._client = f"{session.client}/{session.project}" if session else client
        self._locked = bool(session and session.statement is not None)

    @property
    def tui(self) -> BaseApp:
        """The app, typed."""
        return base_app_of(self.app)

    @property
    def fields(self) -> SessionFields:
        """What is typed in."""
        return self.query_one(SessionFields)

    def _desk(self) -> TimeReader:
        ledger, near = self.tui.ledger, self._before.started_at if self._before else None
        return TimeReader(ledger.now, ledger.zone, ledger.settings.day_starts_at, self.tui.tr.lang, near)

    def compose(self) -> ComposeResult:
        """The fields, their meaning under them."""
        tr = self.tui.tr
        with Vertical() as frame:
            frame.border_title = Content(tr.t("Edit a session") if self._before else tr.t("Add a session"))
            keys = tr.t("esc leaves") if self._locked else tr.t("⏎ keeps · tab next field · esc leaves")
            frame.border_subtitle = Content(keys)
            yield SessionFields(self._before, self._client, tr, self._desk, self._span)
            yield Static(id="said")

    def on_mount(self) -> None:
        """Begin where something is to be typed."""
        self._take_place(self._client)
        self._fresh = self.fields.typed()
        if self._locked:
            self.fields.disabled = True
        else:
            self.fields.line("begin").focus()
        self._weigh()

    def _take_place(self, place: str) -> None:
        slug, _, project = place.partition("/")
        clients = self.tui.ledger.catalogue.clients
        self.fields.show_place(place, place_label(slug, project or DEFAULT_PROJECT, clients, self.tui.tr))

    # -- what it means

    @on(SessionFields.Changed)
    def _weigh(self) -> None:
        self.query_one("#said", Static).update(self._meaning())

    def _meaning(self) -> Content:
        tr, ledger = self.tui.tr, self.tui.ledger
        if self._before and self._locked:
            number = log.statement_number(ledger, self._before)
            why = tr.t("It is on statement {number} and locked; void the statement to change it.", number=number)
            return Content.styled(why, "$attention")
        if not self._before and not self.fields.line("begin").value:
            return Content.styled(tr.t("When did it begin?"), "$muted")
        try:
            session = entry.draft(ledger, self.fields.entry(), self._before)
            weighed = entry.weigh(ledger, session)
        except typed.NotUnderstood as wrong:
            return Content.styled(in_lines(wrong.text(tr)), "$attention")
        except Refused as refusal:
            return Content.styled(in_lines(names.sentence(ledger, refusal.message, tr)), "$attention")
        span = span_words(session.started_at, session.ended_at, ledger.zone, tr.lang)
        lines = [Content.styled(span, "bold"), Content.styled(worth_words(weighed, tr), "$billable")]
        lines += [
            Content.styled("! " + in_lines(caution(finding, ledger, tr)), "$attention")
            for finding in weighed.findings[:_CAUTIONS_SHOWN]
        ]
        return Content("\n").join(lines)

    # -- keys

    @on(SessionFields.PlaceAsked)
    def _pick(self, event: SessionFields.PlaceAsked) -> None:
        tui = self.tui

        def picked(place: str | None) -> None:
            if place:
                self._take_place(place)
                self._weigh()
                self.focus_next()

        tui.push_screen(place_picker(tui, tui.tr.t("For whom?"), typed=event.typed), picked)

    def on_key(self, event: events.Key) -> None:
        """A billed session is only looked at: enter closes it too."""
        if self._locked and event.key == "enter":
            event.stop()
            self.dismiss(None)

    @on(SessionFields.Entered)
    def action_save(self) -> None:
        """Write it, or say what is missing and where."""
        if self._locked:
            return
        tr = self.tui.tr
        try:
            saved = entry.save(self.tui.ledger, self.fields.entry(), self._before)
        except typed.NotUnderstood as wrong:
            self.fields.line(self.fields.faulty).focus()
            self._refuse(wrong.text(tr))
        except Refused as refusal:
            self._refuse(names.said(self.tui.ledger, refusal.message, tr))
        except DISK_ERRORS as error:
            reason = explained(error)
            self._refuse(reason.said(tr) if reason else str(error))
        else:
            self.dismiss(saved)

    def _refuse(self, why: str) -> None:
        self.query_one("#said", Static).update(
            Content.styled(in_lines(names.sentence(self.tui.ledger, why, self.tui.tr)), "bold $loss")
        )

    def action_leave(self) -> None:
        """Leave without writing; asks when something was typed."""
        if self.fields.typed() == self._fresh:
            self.dismiss(None)
            return
        tr = self.tui.tr

        def answered(answer: str | None) -> None:
            if answer == "leave":
                self.dismiss(None)

        answers = (
            Answer("⏎", "stay", tr.t("go on editing")),
            Answer("d", "leave", tr.t("leave; what was typed is dropped")),
        )
        self.app.push_screen(Question(tr.t("Not saved"), tr.t("Something was changed here."), answers), answered)
