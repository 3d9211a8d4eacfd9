"""What is missing before a statement is issued, and the ways from the question to where each thing is mended."""

from collections.abc import Sequence
from datetime import date

from clepsydra.domain.records import replace
from clepsydra.domain.statement import Statement, StatementWords
from clepsydra.language.translator import mark
from clepsydra.ledger import names
from clepsydra.ledger.billing import statements
from clepsydra.ledger.billing.lacking import (
    DAY,
    FILE,
    LOG,
    PERIOD,
    SETTINGS,
    TERMS,
    WORDS,
    MissingThing,
    first_unseen,
    lacking,
)
from clepsydra.ledger.ledger import Refused
from clepsydra.tui.actions.looking import LookActions
from clepsydra.tui.dialogs import Answer
from clepsydra.tui.keys.table import BY_ID
from clepsydra.tui.screens.words_form import WordsForm

LACKS_SHOWN = 6
"""More of them would hide the question; the command line names all."""

_MENDED = {
    SETTINGS: mark("{what} – “{press[statement.settings]}” the settings"),
    TERMS: mark("{what} – “{press[statement.terms]}” the client’s terms"),
    FILE: mark("{what} – “{press[statement.file]}” the client’s file"),
    LOG: mark("{what} – “{press[statement.log]}” the log"),
    DAY: mark("{what} – “{press[statement.day]}” the day"),
    PERIOD: mark("{what} – “{press[statement.period]}” the period"),
    WORDS: mark("{what} – “{press[statement.words]}” its words"),
}


class MendingActions(LookActions):
    """Mixed into the screen of statements: the keys that mend a preview come back to it."""

    client: str
    number: str
    period: tuple[date, date] | None
    words: StatementWords

    def show_statement(self) -> None:
        """Read again what is shown."""
        raise NotImplementedError

    def shown(self) -> Statement:
        """The statement that keys act on."""
        raise NotImplementedError

    def lacks(self, number: str) -> list[MissingThing]:
        """What the preview lacks, were it issued with that number."""
        found = statements.preview(self.ledger, self.client, *(self.period or (None, None)))
        return lacking(self.ledger, replace(self.shown(), number=number), found)

    def lacks_told(self, found: Sequence[MissingThing]) -> str:
        """One line for each, with the key that mends it."""
        tr, lines = self.tr, list[str]()
        for lack in found[:LACKS_SHOWN]:
            what = names.sentence(self.ledger, lack.what, tr)
            lines.append(f"! {tr.t(_MENDED[lack.action], what=what) if lack.action else what}")
        more = len(found) - LACKS_SHOWN
        if more > 0:
            lines.append("! " + tr.t("and {count} more: clepsydra statement preview {client}", count=more,
                                     client=self.client))  # fmt: skip
        return "\n".join(lines)

    def ways_out(self, found: Sequence[MissingThing]) -> list[Answer]:
        """The keys of that list, as answers to the question whether to issue."""
        ids = dict.fromkeys(lack.action for lack in found[:LACKS_SHOWN] if lack.action)
        keymap = self.tui.keymap
        return [Answer(key, id_, "") for id_ in ids for key in keymap.of(BY_ID[id_])]

    # -- where each is mended

    def do_statement_settings(self) -> None:
        """The settings, at the sender."""
        from clepsydra.tui.screens.settings import SettingsScreen

        self.app.push_screen(SettingsScreen("seller.address" if self.ledger.settings.seller.name else "seller.name"))

    def do_statement_terms(self) -> None:
        """The terms of the client on the statement."""
        from clepsydra.tui.screens.client import ClientScreen

        self.app.push_screen(ClientScreen(self.client_shown()))

    def do_statement_file(self) -> None:
        """The file of the client on the statement."""
        from clepsydra.tui.editor import open_in_editor

        open_in_editor(self.tui, self.tui.home.client_file(self.client_shown()))

    def do_statement_log(self) -> None:
        """The log of the client on the statement."""
        from clepsydra.ledger.log_search import Search
        from clepsydra.tui.screens.log import LogScreen

        self.app.push_screen(LogScreen(Search(client=self.client_shown())))

    def do_statement_day(self) -> None:
        """The first day whose work waits to be confirmed; today without one."""
        from clepsydra.tui.screens.day import DayScreen

        unseen = first_unseen(statements.preview(self.ledger, self.client).doubts)
        self.app.push_screen(DayScreen(date.fromisoformat(unseen) if unseen else self.ledger.today))

    def client_shown(self) -> str:
        """Whose statement is shown; raises `Refused` for a client whose file is gone."""
        return self.ledger.client(self.shown().client).slug

    # -- as the client will see it

    def do_statement_look(self) -> None:
        """Open the PDF of what is shown: a draft of the preview, or the bytes that were issued."""
        self.look_at_statement(self.shown())

    def do_statement_words(self) -> None:
        """Give the previewed statement a subject, order number, note; one that is issued already is `Refused`."""
        if self.number:
            raise Refused("statement {number} is issued already; choose a client under “to bill”", number=self.number)

        def kept(words: StatementWords) -> None:
            self.words = words
            self.show_statement()

        self.ask(WordsForm(self.shown(), self.tr.t("On the statement of {client}", client=self.shown().client_name)),
                 kept)  # fmt: skip
