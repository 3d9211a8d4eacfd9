"""Several sessions of the log at once: choose them, see what they come to, change them in one undo, export, rewrite."""

from collections.abc import Sequence
from pathlib import Path

from clepsydra.domain.session import Session
from clepsydra.ledger import bulk, log
from clepsydra.ledger.editing import Edit
from clepsydra.ledger.exporting import FILE_ENDINGS, write_sessions
from clepsydra.ledger.ledger import Refused
from clepsydra.ledger.log import LogPages
from clepsydra.tui.actions.sessions import SessionActions
from clepsydra.tui.dialogs import Prompt
from clepsydra.tui.keys.dispatch import ActionScreen
from clepsydra.tui.widgets.log_table import LogTable

MOST = 5000
"""How many sessions may be chosen, rewritten or exported to one file at once."""


class LogChoice(SessionActions, ActionScreen):
    """Mixed into the log: `chosen` are the sessions that keys act on instead of the one under the cursor."""

    pages: LogPages
    chosen: dict[str, Session]

    @property
    def table(self) -> LogTable:
        """The list."""
        raise NotImplementedError

    def choice_changed(self) -> None:
        """Say what the choice comes to now."""
        raise NotImplementedError

    # -- choosing

    def do_log_choose(self) -> None:
        """Take the session under the cursor in or out, and go on to the next."""
        session = self._target()
        if session.id in self.chosen:
            del self.chosen[session.id]
        else:
            self._take(session)
        self._chose(1)

    def do_log_choose_down(self) -> None:
        """Take the session under the cursor and the next one."""
        self._extend(1)

    def do_log_choose_up(self) -> None:
        """Take the session under the cursor and the one above."""
        self._extend(-1)

    def _extend(self, step: int) -> None:
        self._take(self._target())
        self._chose(step)
        self._take(self._target())
        self._chose(0)

    def do_log_choose_all(self) -> None:
        """All that is shown, or none where all of it is chosen already."""
        found = self.pages.whole(MOST)
        everything = len(self.chosen) == len(found)
        self.chosen.clear()
        if not everything:
            self.chosen.update({session.id: session for session in found})
        self.table.reload()
        self.choice_changed()

    def _take(self, session: Session) -> None:
        if len(self.chosen) >= MOST:
            raise Refused("that would be {count} sessions, more than {most} at once: filter first",
                          count=MOST + 1, most=MOST)  # fmt: skip
        self.chosen[session.id] = session

    def _chose(self, step: int) -> None:
        self.table.update_row(self.table.cursor)
        self.table.cursor += step
        self.choice_changed()

    def let_go(self) -> None:
        """Choose nothing any more."""
        self.chosen.clear()
        self.table.reload()
        self.choice_changed()

    def keep_choice(self) -> None:
        """After a change: what is chosen is read again, and what is gone is let go."""
        now = {each: log.session_now(self.ledger, each) for each in self.chosen}
        self.chosen.clear()
        self.chosen.update({each: session for each, session in now.items() if session})

    # -- changing

    def do_log_edit(self) -> None:
        """The session under the cursor, or what the chosen ones are to have in common."""
        if not self.chosen:
            self.do_session_edit()
            return
        from clepsydra.tui.screens.log_filter import BulkForm

        title = self.tr.n("Edit {count} session", "Edit {count} sessions", len(self.chosen))
        self.ask(BulkForm(title), self._edited)

    def _edited(self, changes: Edit) -> None:
        bulk.edit(self.ledger, list(self.chosen), changes)

    def do_log_note(self) -> None:
        """The note of the session, or one for all that are chosen."""
        if not self.chosen:
            self.do_session_note()
            return
        hint = self.tr.n("the note of {count} session", "the same note for {count} sessions", len(self.chosen))
        self.ask(Prompt(self.tr.t("Note"), hint), lambda text: self._edited(Edit(note=text.strip())))

    def do_log_scope(self) -> None:
        """Of the session, or of all that are chosen, in the form."""
        if self.chosen:
            self.do_log_edit()
        else:
            self.do_session_scope()

    def do_log_write_off(self) -> None:
        """The session, or all that are chosen for one reason."""
        if not self.chosen:
            self.do_session_write_off()
            return
        hint = self.tr.t("Why is it not billed? Empty: bill it after all.")
        title = self.tr.n("Write off {count} session", "Write off {count} sessions", len(self.chosen))
        self.ask(Prompt(title, hint), lambda why: bulk.write_off(self.ledger, list(self.chosen), why))

    def do_log_remove(self) -> None:
        """The session, or all that are chosen; undo brings them back."""
        if not self.chosen:
            self.do_session_remove()
            return
        count = len(self.chosen)
        bulk.remove(self.ledger, list(self.chosen))
        self.chosen.clear()
        words = self.tr.n("{count} session removed; undo brings it back",
                          "{count} sessions removed; undo brings them back", count)  # fmt: skip
        self.say(words)
        self.changed()

    # -- what is shown, or of it what is chosen

    def _meant(self) -> Sequence[Session]:
        return list(self.chosen.values()) or self.pages.whole(MOST)

    def do_log_replace(self) -> None:
        """Find and replace in notes."""
        from clepsydra.tui.screens.log_filter import Renote, RenoteForm

        found, tr = self._meant(), self.tr

        def count(old: str) -> tuple[int, int]:
            free, locked = bulk.renotable(found, old)
            return len(free), locked

        def replaced(asked: Renote) -> None:
            done = bulk.renote(self.ledger, found, asked.old, asked.new)
            self.say(tr.n("{count} note changed", "{count} notes changed", done))

        title = tr.n("Find and replace in {count} session", "Find and replace in {count} sessions", len(found))
        self.ask(RenoteForm(title, count), replaced)

    def do_log_export(self) -> None:
        """Write what is shown, or chosen, to a file whose ending says the format."""
        found, tr = self._meant(), self.tr

        def check(text: str) -> tuple[bool, str]:
            file = Path(text.strip()).expanduser()
            if file.suffix.lower() not in FILE_ENDINGS:
                return False, tr.t("the name may end in {endings}", endings=", ".join(FILE_ENDINGS))
            if not file.parent.is_dir():
                return False, tr.t("there is no folder {folder}", folder=str(file.parent))
            return True, tr.t("the file is there and would be replaced") if file.exists() else str(file)

        def write(text: str) -> None:
            file = Path(text.strip()).expanduser()
            count = write_sessions(self.ledger, found, file, tr)
            self.say(tr.n("{count} session in {file}", "{count} sessions in {file}", count, file=str(file)))

        title = tr.n("Export {count} session", "Export {count} sessions", len(found))
        self.ask(Prompt(title, "", str(Path("~") / f"{tr.t('sessions')}.csv"), check), write)
