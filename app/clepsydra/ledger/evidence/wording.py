"""What is said of happenings, for the screen and the command line alike."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from clepsydra.calls.evidence import PHONE
from clepsydra.calls.programs import name_of
from clepsydra.domain.happenings import HappeningKind
from clepsydra.language.message import Message, message
from clepsydra.language.translator import Translator, mark_p
from clepsydra.ledger.evidence.model import AskedCause, Happened, HappenedState
from clepsydra.ledger.evidence.owning import OwnerCause

if TYPE_CHECKING:
    from clepsydra.ledger.evidence.importing import CallsImported

_STATES = {
    HappenedState.OPEN: mark_p("happening", "open"),
    HappenedState.COVERED: mark_p("happening", "covered by its own timer"),
    HappenedState.TAKEN: mark_p("happening", "taken"),
    HappenedState.LEFT: mark_p("happening", "left"),
    HappenedState.STRANGER: mark_p("happening", "nobody’s"),
}

_OWNERS = {
    OwnerCause.CONTACT: message("by the contacts of its file"),
    OwnerCause.REPOSITORY: message("its file names the repository"),
    OwnerCause.MENTION: message("it is named there"),
    OwnerCause.HABIT: message("as the call was noticed here"),
}

_ASKED = {
    AskedCause.TWO_CLIENTS: message("it may be several clients’"),
    AskedCause.UNKNOWN_LENGTH: message("nobody knows how long it took"),
    AskedCause.MINUTE_GRAIN: message("known to the minute only"),
    AskedCause.DOUBTFUL: message("its start or end was not seen"),
    AskedCause.OTHERS_TIME: message("another’s time holds part of it"),
    AskedCause.NO_ROOM: message("no free time before it was sent"),
    AskedCause.CLOSED_DAY: message("its day is closed"),
    AskedCause.OLD: message("it was long ago"),
}

_PLANNED = message("it was planned, and perhaps not held")

_KINDS = {
    HappeningKind.CALL: mark_p("happening", "phone"),
    HappeningKind.MAIL: mark_p("happening", "mail"),
    HappeningKind.MESSAGE: mark_p("happening", "message"),
    HappeningKind.COMMIT: mark_p("happening", "commit"),
    HappeningKind.MEETING: mark_p("happening", "meeting"),
}


def state(value: HappenedState, tr: Translator) -> str:
    """What became of it."""
    return tr.p(*_STATES[value])


def through(item: Happened, tr: Translator) -> str:
    """What it went through: the program, or its kind."""
    app = item.merged.app
    return name_of(app) if app and app != PHONE.id else tr.p(*_KINDS[item.kind])


def reasons(item: Happened) -> list[Message]:
    """Why it is that client's, and why it is asked."""
    known = [_OWNERS[item.owner.why]] if item.owner.why in _OWNERS else []
    return known + doubts(item)


def doubts(item: Happened, causes: Iterable[AskedCause] | None = None) -> list[Message]:
    """Why it is asked, or what only some `causes` say of it."""
    wanted = item.asked if causes is None else causes
    planned = item.kind is HappeningKind.MEETING and item.merged.best.doubtful
    known = _ASKED | ({AskedCause.DOUBTFUL: _PLANNED} if planned else {})
    return [known[cause] for cause in wanted if cause in known]


def imported(done: "CallsImported", tr: Translator) -> list[str]:
    """What came of a list of calls, in sentences; what there was none of is left out."""
    n = tr.n
    fresh = n("{count} call of clients is new: it waits in the calls inbox",
              "{count} calls of clients are new: they wait in the calls inbox", done.fresh)  # fmt: skip
    told = [
        (done.known, n("{count} was known already", "{count} were known already", done.known)),
        (done.strangers, n("{count} is nobody’s and is not kept", "{count} are nobody’s and are not kept",
                           done.strangers)),
        (done.unsure, n("{count} may be two clients’ and is not kept", "{count} may be two clients’ and are not kept",
                        done.unsure)),
        (done.lengthless, n("{count} has no length and is not kept", "{count} have no length and are not kept",
                            done.lengthless)),
        (done.others, n("{count} is no call: “clepsydra evidence” shows it, once its folder is in [phone] lists",
                        "{count} are no calls: “clepsydra evidence” shows them, once their folder is in [phone] lists",
                        done.others)),
    ]  # fmt: skip
    fresh = fresh if done.fresh else tr.t("no call of clients is new")
    return [fresh, *(words for holds, words in told if holds)]
