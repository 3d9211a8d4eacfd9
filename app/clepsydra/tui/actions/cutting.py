"""Cut a session in two, or join it with the one before it: what both come to is said before it is done."""

from clepsydra.domain.civil import wall
from clepsydra.domain.session import Session
from clepsydra.language import formats, typed
from clepsydra.ledger import editing, log
from clepsydra.ledger.ledger import Refused
from clepsydra.tui.actions.sessions import SessionActions
from clepsydra.tui.dialogs import Answer, Prompt, Question
from clepsydra.tui.present.session import exact_length, span_words


class CuttingActions(SessionActions):
    """Mixed into a screen that has a session to act on."""

    def do_session_split(self) -> None:
        """Cut the session in two at a time."""
        session = self._target()
        settings, now = self.ledger.settings, self.ledger.now

        def instant(text: str) -> int:
            return typed.parse_instant(
                text, now, settings.time_zone, settings.day_starts_at, after=session.started_at
            ).instant

        def check(text: str) -> tuple[bool, str]:
            if not text.strip():
                return False, ""
            try:
                at = instant(text)
            except typed.NotUnderstood as wrong:
                return False, wrong.text(self.tr)
            if not session.started_at < at < session.span(now).ended_at:
                return False, self.tr.t("that time is not inside the session")
            return True, self._halves(session, at)

        span = span_words(session.started_at, session.ended_at, settings.time_zone, self.tr.lang)
        hint = self.tr.t("{span}: when to cut? 10:15, or +20m from its start", span=span)
        self.ask(
            Prompt(self.tr.t("Split"), hint, "", check),
            lambda text: editing.split(self.ledger, session.id, instant(text)),
        )

    def _halves(self, session: Session, at: int) -> str:
        end = session.span(self.ledger.now).ended_at
        return " + ".join(
            f"{self._clock(since)}–{self._clock(until)} ({exact_length(until - since, self.tr.lang)})"
            for since, until in ((session.started_at, at), (at, end))
        )

    def _clock(self, instant: int) -> str:
        return formats.clock(wall(instant, self.ledger.zone))

    def do_session_join(self) -> None:
        """Join the session with the nearest one of the same work; time between them is asked about.

        Raises `Refused` when there is none.
        """
        chosen = self._target()
        other = log.neighbour(self.ledger, chosen)
        if other is None:
            raise Refused("there is no other session of the same work to join it with")
        before, session = sorted((chosen, other), key=lambda s: (s.started_at, s.id))
        between = session.started_at - before.ended_at if before.ended_at is not None else 0
        if between <= 0:
            editing.join(self.ledger, before.id, session.id)
            self._said_join()
            return
        tr = self.tr
        length = exact_length(between, tr.lang)
        text = tr.t(
            "Between the two lie {time} that nobody worked: {before}, then {after}.",
            time=length,
            before=span_words(before.started_at, before.ended_at, self.ledger.zone, tr.lang),
            after=span_words(session.started_at, session.ended_at, self.ledger.zone, tr.lang),
        )
        answers = (
            Answer("⏎", "", tr.t("leave them as they are")),
            Answer("f", "fill", tr.t("join them, and count {time} more as worked", time=length)),
        )

        def answered(answer: str) -> None:
            if answer == "fill":
                editing.join(self.ledger, before.id, session.id, fill=True)
                self._said_join()

        self.ask(Question(tr.t("Join"), text, answers), answered)

    def _said_join(self) -> None:
        self.say(self.tr.t("joined; undo takes them apart again"))
        self.changed()
