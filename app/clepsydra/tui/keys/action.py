"""What an action is: a thing that a person can do on some screen, and what it cannot do without."""

from collections.abc import Iterable
from enum import StrEnum

from clepsydra.domain.records import dataclass
from clepsydra.language.message import Message, message


class ScreenName(StrEnum):
    """The screen an action belongs to; `ANY` is all of them, `OTHER` all but the main one. Help and manual follow this
    order."""

    MAIN = "main"
    LOG = "log"
    HAPPENED = "happened"
    STATEMENT = "statement"
    DAY = "day"
    MONEY = "money"
    CASH = "cash"
    BANK = "bank"
    REMINDERS = "reminders"
    INSIGHTS = "insights"
    LEAKS = "leaks"
    ROUNDING = "rounding"
    CALENDAR = "calendar"
    SETTINGS = "settings"
    CLIENT = "client"
    ANY = "any"
    OTHER = "other"


SHARED = (ScreenName.ANY, ScreenName.OTHER)
"""The names that are several screens."""


class Needs(StrEnum):
    """What an action cannot do without."""

    NOTHING = "nothing"
    RUNNING = "running"
    SESSION = "session"
    STRETCH = "stretch"
    CLIENT = "client"
    UNDO = "undo"
    REDO = "redo"
    LINES = "lines"
    STATEMENT = "statement"
    DRAFT = "draft"
    DOCUMENT = "document"
    DEBT = "debt"
    CALL = "call"
    HAPPENED = "happened"
    OPEN_ITEM = "open item"
    BANK_LINE = "bank line"
    SUGGESTION = "suggestion"


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a person can do: `label` for the footer, `help` a sentence; `footer` is its rank there, 0 for not."""

    id: str
    keys: tuple[str, ...]
    label: str
    help: str
    screen: ScreenName
    needs: Needs = Needs.NOTHING
    footer: int = 0
    opens: str = ""
    """The screen it opens, as `module:Class` of `tui/screens`; otherwise a method of the screen does it."""

    @property
    def method(self) -> str:
        """The screen's method that does it."""
        return "do_" + self.id.replace(".", "_").replace("-", "_")


def action(
    id_: str,
    keys: str,
    label: str,
    help_: str,
    screen: ScreenName,
    needs: Needs = Needs.NOTHING,
    footer: int = 0,
    opens: str = "",
) -> Action:
    """A row of the table: `keys` with blanks between."""
    return Action(id_, tuple(keys.split()), label, help_, screen, needs, footer, opens)


_REASONS = {
    Needs.RUNNING: message("nothing is running"),
    Needs.SESSION: message("there is no session to act on: start one, or choose one in the list"),
    Needs.STRETCH: message("nothing is in this half hour: {press[calendar.fill]} says what it was"),
    Needs.CLIENT: message("there is no client yet: {press[client.new]} creates one"),
    Needs.UNDO: message("there is nothing to undo"),
    Needs.REDO: message("there is nothing to redo"),
    Needs.LINES: message("there is nothing on this statement"),
    Needs.CALL: message("no call waits for a decision"),
    Needs.HAPPENED: message("nothing waits for a decision"),
    Needs.OPEN_ITEM: message("nothing is open about this day"),
    Needs.SUGGESTION: message("nothing is suggested here"),
    Needs.STATEMENT: message("choose an issued statement first"),
    Needs.DRAFT: message("choose a draft first; enter on a client under “to bill” makes one"),
    Needs.DOCUMENT: message("choose an issued document first"),
    Needs.BANK_LINE: message("there is no line of the bank here: {press[bank.import]} brings in a file"),
    Needs.DEBT: message("choose something that is open first"),
}


def why_not(action: Action, present: Iterable[Needs]) -> Message | None:
    """What stands against an action when these needs are met; None when nothing does."""
    if action.needs is Needs.NOTHING or action.needs in present:
        return None
    return _REASONS[action.needs]
