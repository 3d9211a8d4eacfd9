"""The begin of what runs, moved to when it really began: who gives the time is said, and asked before it is gone."""

from collections.abc import Sequence

from clepsydra.domain.civil import wall
from clepsydra.domain.session import DEFAULT_PROJECT, Session
from clepsydra.language import formats, typed
from clepsydra.ledger import names, timers
from clepsydra.ledger.timers import BackDated
from clepsydra.tui.dialogs import Answer, Prompt, Question
from clepsydra.tui.keys.dispatch import ActionScreen
from clepsydra.tui.keys.table import BY_ID
from clepsydra.tui.present.session import exact_length
from clepsydra.tui.present.warnings import named, overlaps
from clepsydra.tui.time_reader import TimeReader

_NAMED = 3
"""So many sessions are named; of more, the others are counted, so that what is asked stays on the screen."""


class BackDating(ActionScreen):
    """Mixed into a screen on which timers run."""

    def do_timer_back_date(self) -> None:
        """Move the start of what runs to when it really began."""
        session = timers.running(self.ledger)[-1]
        settings = self.ledger.settings
        began = session.started_at
        desk = TimeReader(self.ledger.now, settings.time_zone, settings.day_starts_at, self.tr.lang, began)
        shown = desk.bare(began)

        def instant(text: str) -> int:
            return began if text.strip() == shown else desk.begin(text)

        def check(text: str) -> tuple[bool, str]:
            try:
                begins = instant(text)
            except typed.NotUnderstood as wrong:
                return False, wrong.text(self.tr)
            if begins > self.ledger.now:
                return False, self.tr.t("that lies ahead; name the day where it was another one")
            length = formats.timer(self.ledger.now - begins)
            words = self.tr.t("began {when}: running for {length}", when=self._when(begins), length=length)
            return True, "\n".join([words, *self._price(timers.giving_way(self.ledger, session, begins))])

        def begin(text: str) -> None:
            begins = instant(text)
            if begins != session.started_at:
                self._begin_at(session, begins)

        hint = self.tr.t("as you would say it: 9:30, 9h30, -10m, yesterday 17:05")
        self.ask(Prompt(self.tr.t("Began at"), hint, shown, check), begin)

    def _price(self, taken: BackDated) -> list[str]:
        """What an earlier start would take, while it is typed."""
        tr = self.tr
        return [
            *self._few([tr.t("{session} ends there", session=self._named(each)) for each in taken.shortened]),
            *self._few([tr.t("{session} lies wholly inside", session=self._named(each)) for each in taken.removed]),
        ]

    def _begin_at(self, session: Session, begins: int) -> None:
        """Move the start; a session that would be gone is asked about first."""
        covered = timers.giving_way(self.ledger, session, begins).removed
        if not covered:
            self._say_begin(timers.back_date(self.ledger, session.id, begins))
            return
        tr = self.tr
        after = max(each.ended_at or begins for each in covered)
        leave = Answer("⏎", "", tr.t("leave everything as it is"))
        behind = Answer("⏎", "after", tr.t("start after it, at {when}", when=self._when(after)))
        answers = (
            leave if after == session.started_at else behind,
            Answer("x", "over", tr.t("remove it: its time was {client}’s", client=self._client(session))),
        )

        def answered(answer: str) -> None:
            if answer:
                over = {each.id for each in covered} if answer == "over" else set()
                begun = timers.back_date(self.ledger, session.id, begins if over else after, over=over)
                self._say_begin(begun)

        what = ", ".join(self._few([self._named(each) for each in covered]))
        self.ask(Question(tr.t("Began at"), tr.t("{session} lies wholly inside", session=what), answers), answered)

    def _say_begin(self, done: BackDated) -> None:
        """One line: since when it runs, who gave the time, what it shares with whom, and the way back."""
        tr, ledger, begins = self.tr, self.ledger, done.session.started_at
        words = [tr.t("{client} began {when}", client=self._client(done.session), when=self._when(begins))]
        taken = []
        for each in done.shortened:
            length = exact_length((each.ended_at or begins) - begins, tr.lang)
            taken.append(tr.t("{length} taken from {session}", length=length, session=self._named(each)))
        shared = overlaps(done.session, ledger, tr)
        gone = [tr.t("removed {client}", client=self._named(each)) for each in done.removed]
        words += [*self._few(taken), *self._few(gone), *self._few(shared)]
        words.append(tr.t("{key} undoes it", key=self.tui.keymap.shown(BY_ID["history.undo"])))
        self.tui.tell(" · ".join(words), "warning" if shared else "information")

    def _few(self, what: Sequence[str]) -> list[str]:
        """The first of what is said of sessions, one each, and how many more there are."""
        rest = len(what) - _NAMED
        if rest <= 0:
            return list(what)
        return [*what[:_NAMED], self.tr.n("{count} more session", "{count} more sessions", rest)]

    def _client(self, session: Session) -> str:
        return names.place(self.ledger, session.client, DEFAULT_PROJECT, self.tr)

    def _named(self, session: Session) -> str:
        return named(session, self.ledger, self.tr)

    def _when(self, instant: int) -> str:
        moment = wall(instant, self.ledger.settings.time_zone)
        day, clock = moment.date(), formats.clock(moment)
        return clock if day == self.ledger.today else f"{formats.date(day, self.tr.lang, 'weekday')} {clock}"
