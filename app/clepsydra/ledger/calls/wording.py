"""What is said of calls and of their watcher, for the screen and the command line alike."""

from clepsydra.calls.status import Ear, Mode
from clepsydra.calls.streams.reading import Why as NotSeen
from clepsydra.language.message import Message, message
from clepsydra.ledger.calls.model import DetectedCall, Why
from clepsydra.ledger.calls.watching import Told

_REASONS = {
    Why.TITLE: message("by the title of its window"),
    Why.APP: message("by your rule for this program"),
    Why.RUNNING: message("its timer was running"),
}

_NOT_SEEN = {
    NotSeen.NO_SERVER: message("calls unknown: no sound server"),
    NotSeen.NO_LIBRARY: message("calls unknown: a library is missing"),
    NotSeen.TOO_OLD: message("calls unknown: this system is too old to tell"),
    NotSeen.NOT_SUPPORTED: message("calls unknown: this system cannot tell"),
    NotSeen.STARTING: message("calls: looking…"),
    NotSeen.ASLEEP: message("calls: waking up…"),
}

_EAR = {
    Ear.CLOSED: message("room: outside the hours"),
    Ear.OPENING: message("microphone opening"),
    Ear.OPEN: message("microphone open"),
    Ear.NO_LIBRARY: message("room: libraries are missing"),
    Ear.NO_DEVICE: message("room: no microphone"),
    Ear.BUSY: message("room: the microphone is busy"),
    Ear.MOVED: message("room: the microphone was moved"),
    Ear.SILENT: message("microphone open, silent"),
    Ear.LOST: message("room: the microphone is gone"),
}


def reason(call: DetectedCall) -> Message | None:
    """Why a client is suggested; None where nobody is."""
    suggested = call.suggestion
    if suggested is None:
        return None
    if suggested.why is Why.CALENDAR:
        return message("in the calendar: {entry}", entry=suggested.detail)
    if suggested.why is Why.LAST:
        if suggested.count > 1:
            return message("like the last {count} calls", count=suggested.count)
        return message("like the last call")
    return _REASONS[suggested.why]


def status(told: Told) -> list[Message]:
    """How calls are noticed now, in a few words; the state of the microphone comes first where it was chosen."""
    now = told.status
    if now.mode is Mode.OFF:
        return [message("calls: off")]
    if told.holder is not None:
        return [message("calls: noticed by process {pid}", pid=told.holder.pid)]
    words = [_EAR[now.ear]] if now.ear in _EAR else []
    if now.seeing:
        words.append(message("calls: listening to programs"))
    elif now.why is not None:
        words.append(_NOT_SEEN[now.why])
    return words
