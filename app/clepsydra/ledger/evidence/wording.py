"""What is said of happenings, for the screen and the command line alike."""

from clepsydra.domain.happenings import HappeningKind
from clepsydra.language.message import Message, message
from clepsydra.language.translator import Translator, mark_p
from clepsydra.ledger.evidence.model import AskedCause, Happened, HappenedState
from clepsydra.ledger.evidence.owning import OwnerCause

_STATES = {
    HappenedState.OPEN: mark_p("happening", "open"),
    HappenedState.COVERED: mark_p("happening", "covered by its own timer"),
    HappenedState.TAKEN: mark_p("happening", "taken"),
    HappenedState.LEFT: mark_p("happening", "left"),
    HappenedState.STRANGER: mark_p("happening", "nobody’s"),
}

_OWNERS = {
    OwnerCause.CONTACT: message("by the contacts of its file"),
    OwnerCause.MENTION: message("it is named there"),
    OwnerCause.HABIT: message("as the call was noticed here"),
}

_ASKED = {
    AskedCause.TWO_CLIENTS: message("it may be several clients’"),
    AskedCause.UNKNOWN_LENGTH: message("nobody knows how long it took"),
    AskedCause.MINUTE_GRAIN: message("known to the minute only"),
    AskedCause.DOUBTFUL: message("its begin or end was not seen"),
    AskedCause.OTHERS_TIME: message("another’s time holds part of it"),
    AskedCause.NO_ROOM: message("no free time before it was sent"),
    AskedCause.CLOSED_DAY: message("its day is closed"),
    AskedCause.OLD: message("it was long ago"),
}

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
    app = next((each.app for each in item.merged.members if each.app), "")
    return APPS.get(app, app) if app and app != "phone" else tr.p(*_KINDS[item.kind])


APPS = {"telegram": "Telegram", "whatsapp": "WhatsApp", "facetime": "FaceTime"}
"""Programs as their makers write them."""


def reasons(item: Happened) -> list[Message]:
    """Why it is that client's, and why it is asked."""
    known = [_OWNERS[item.owner.why]] if item.owner.why in _OWNERS else []
    return known + [_ASKED[cause] for cause in item.asked if cause in _ASKED]
