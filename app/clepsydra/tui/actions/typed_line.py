"""One line for everything: what is typed is read while it is typed, shown with its worth, and kept at Enter."""

from clepsydra.domain.session import Session
from clepsydra.language import formats
from clepsydra.language.typed import NotUnderstood
from clepsydra.ledger import editing, typed_line
from clepsydra.ledger.entry import weigh
from clepsydra.ledger.ledger import Refused
from clepsydra.ledger.names import sentence
from clepsydra.tui.dialogs import Prompt
from clepsydra.tui.keys.dispatch import ActionScreen
from clepsydra.tui.keys.table import BY_ID
from clepsydra.tui.present.session import place_label, span_words, worth_words
from clepsydra.tui.present.warnings import overlaps


class TypedLineActions(ActionScreen):
    """Mixed into a screen from which work can be logged."""

    def do_session_line(self) -> None:
        """Log what one line says."""
        hint = self.tr.t(
            "acme yesterday 9h-10h30 review · acme call 20m · acme -15m · acme 9-12 +13:30-17 #project out"
        )
        self.ask(Prompt(self.tr.t("Log a line"), hint, check=self._read_line), self._keep_line)

    def _read_line(self, text: str) -> tuple[bool, str]:
        """Whether a line can be kept, and what it means or lacks."""
        if not text.strip():
            return False, ""
        try:
            line = typed_line.read_line(self.ledger, text)
            sessions = [editing.finished(self.ledger, line.work, s.started_at, s.ended_at) for s in line.spans]
        except NotUnderstood as wrong:
            return False, wrong.text(self.tr)
        except Refused as refused:
            return False, sentence(self.ledger, refused.message, self.tr)
        return True, "\n".join([*self._meant(sessions), *self._shared(sessions)])

    def _meant(self, sessions: list[Session]) -> list[str]:
        first, tr = sessions[0], self.tr
        what = [place_label(first.client, first.project, self.ledger.catalogue.clients, tr)]
        what += [first.note] if first.note else []
        zone = self.ledger.zone
        stretches = [
            f"{span_words(s.started_at, s.ended_at, zone, tr.lang)}  {worth_words(weigh(self.ledger, s), tr)}"
            for s in sessions
        ]
        return [" · ".join(what), *stretches]

    def _shared(self, sessions: list[Session]) -> list[str]:
        return [formats.sentence(words) for session in sessions for words in overlaps(session, self.ledger, self.tr)]

    def _keep_line(self, text: str) -> None:
        sessions = typed_line.add_line(self.ledger, typed_line.read_line(self.ledger, text))
        first, key = sessions[0], self.tui.keymap.shown(BY_ID["history.undo"])
        length = formats.duration(sum(s.exact_seconds(self.ledger.now) for s in sessions), self.tr.lang)
        client = place_label(first.client, first.project, self.ledger.catalogue.clients, self.tr)
        self.say(self.tr.t("{client}: {length} logged · {key} undoes it", client=client, length=length, key=key))
