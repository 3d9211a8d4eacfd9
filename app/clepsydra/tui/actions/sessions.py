"""What can be done to one session from any screen that shows sessions: note, scope, edit, agree, write off, touch."""

from clepsydra.domain.civil import wall
from clepsydra.domain.session import DEFAULT_PROJECT, TOUCH_CHANNELS, Channel, Session
from clepsydra.language import formats, words
from clepsydra.ledger import editing, names, recovery, timers
from clepsydra.ledger.billing import agreed_time
from clepsydra.ledger.ledger import Refused
from clepsydra.tui.actions import agreed_time_prompt
from clepsydra.tui.dialogs import Picker, Prompt
from clepsydra.tui.keys.dispatch import ActionScreen
from clepsydra.tui.pickers import place_picker
from clepsydra.tui.present import main as present
from clepsydra.tui.screens.inside import ask_inside


class SessionActions(ActionScreen):
    """Mixed into a screen that says which session is meant (`target_session`) and which client (`current_client`)."""

    def target_session(self) -> Session | None:
        """The session that session keys act on."""
        raise NotImplementedError

    def current_client(self) -> str:
        """The client that new things are for at first."""
        raise NotImplementedError

    def _target(self) -> Session:
        session = self.target_session()
        if session is None:
            raise Refused("there is no session to act on: start one, or choose one in the list")
        return session

    def place_picker(self, title: str, *, own: bool = True) -> Picker:
        """Every client and project that can be chosen, by name or key."""
        return place_picker(self.tui, title, own=own)

    def name_of(self, session: Session) -> str:
        """Whose a session is, as people call them."""
        return names.place(self.ledger, session.client, DEFAULT_PROJECT, self.tr)

    # -- one session

    def do_session_note(self) -> None:
        """Say what the session is about."""
        session = self._target()

        def noted(text: str) -> None:
            editing.edit(self.ledger, session.id, editing.Edit(note=text.strip()))

        self.ask(Prompt(self.tr.t("Note"), self._about(session), session.note), noted)

    def do_session_scope(self) -> None:
        """Out of scope, unsure, in scope again."""
        session = self._target()
        scope, decision = present.next_scope(session)
        after = editing.set_scope(self.ledger, session.id, scope, decision)
        words = present.scope_words(after, self.tr)
        self.say(self.tr.t("{client}: {what}", client=self.name_of(session), what=words))
        self.changed()

    def do_session_edit(self) -> None:
        """Change times, client, channel, note; where the end is in doubt, ask about that first."""
        session = self._target()
        doubts = [doubt for doubt in recovery.doubts(self.ledger) if doubt.session.id == session.id]
        if doubts:
            from clepsydra.tui.screens.doubt import ask_doubts

            ask_doubts(self.tui, doubts)
            return
        from clepsydra.tui.screens.session_form import SessionForm

        self.ask(SessionForm(session), lambda _: None)

    def do_session_add(self) -> None:
        """Add a session that was not timed."""
        from clepsydra.tui.screens.session_form import SessionForm

        self.ask(SessionForm(None, self.current_client()), self.session_added)

    def session_added(self, session: Session) -> None:
        """A session was added by hand; a screen that can goes to it."""

    def do_session_write_off(self) -> None:
        """Do not bill it, and say why; an empty reason takes it back. Raises `Refused` while it runs."""
        session = self._target()
        if session.running:
            raise Refused("the session is still running; stop it first")
        hint = self._about(session) + "\n" + self.tr.t("Why is it not billed? Empty: bill it after all.")
        before = session.write_off or ""
        shown = words.write_off_words(before, self.tr)
        self.ask(
            Prompt(self.tr.t("Write off"), hint, shown),
            lambda reason: editing.write_off(self.ledger, session.id, before if reason == shown else reason),
        )

    def do_session_remove(self) -> None:
        """Remove it; undo brings it back."""
        session = editing.remove(self.ledger, self._target().id)
        self.say(self.tr.t("removed {client}; undo brings it back", client=self.name_of(session)))
        self.changed()

    def do_session_agree(self) -> None:
        """Type the agreed time of the group the session is billed in, its cost shown at once."""
        session = self._target()
        group = agreed_time.group_of(self.ledger, session.id)
        self.ask(
            agreed_time_prompt.prompt(self.ledger, [group], self._about(session), self.tr),
            lambda text: agreed_time.agree_session(self.ledger, session.id, agreed_time_prompt.seconds(text)),
        )

    def _about(self, session: Session) -> str:
        zone = self.ledger.settings.time_zone
        begin = wall(session.started_at, zone)
        day = formats.date(begin.date(), self.tr.lang, "weekday")
        return f"{self.name_of(session)} · {day} {formats.clock(begin)}"

    # -- touches

    def do_touch_message(self) -> None:
        """A message or voice note: then a digit."""
        self._touch(Channel.MESSAGE)

    def do_touch_fix(self) -> None:
        """A quick fix: then a digit."""
        self._touch(Channel.FIX)

    def _touch(self, channel: Channel) -> None:
        from clepsydra.tui.screens.touch import Touch

        self.ask(Touch(self.current_client(), channel, self.place_picker), self._touched)

    def _touched(self, asked: tuple[str, Channel, int | None]) -> None:
        place, channel, seconds = asked
        slug, _, project = place.partition("/")
        session = editing.touch(
            self.ledger, timers.Work(slug, project or DEFAULT_PROJECT, channel=channel), seconds
        )  # fmt: skip
        name = present.client_name(self.ledger.client(slug), self.tr)
        if session.channel not in TOUCH_CHANNELS:
            self.say(self.tr.t("{client}: noted inside its timer", client=name))
            return
        length = formats.length(session.exact_seconds(self.ledger.now), self.tr.lang)
        self.say(self.tr.t("{client}: {length} logged", client=name, length=length))
        ask_inside(self.tui, session)
