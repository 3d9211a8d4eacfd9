"""What is said of calls and of their watcher, for the screen and the command line alike."""

from clepsydra.calls.call import Rank, Rule
from clepsydra.calls.evidence import PHONE, ROOM
from clepsydra.calls.status import Ear, Mode
from clepsydra.calls.streams.reading import UnavailableCause
from clepsydra.language.message import Message, message
from clepsydra.language.translator import Translator, mark_p
from clepsydra.ledger.calls.model import CallState
from clepsydra.ledger.calls.watching import Told

_STATES = {
    CallState.INBOX: mark_p("call state", "to assign"),
    CallState.ASSIGNED: mark_p("call state", "assigned"),
    CallState.PERSONAL: mark_p("call state", "personal"),
    CallState.IGNORED: mark_p("call state", "dismissed"),
    CallState.MERGED: mark_p("call state", "part of another"),
    CallState.UNANSWERED: mark_p("call state", "nobody answered"),
}

_NOT_SEEN = {
    UnavailableCause.NO_SERVER: message("calls unknown: no sound server"),
    UnavailableCause.NO_LIBRARY: message("calls unknown: a library is missing"),
    UnavailableCause.TOO_OLD: message("calls unknown: this system is too old to tell"),
    UnavailableCause.NOT_SUPPORTED: message("calls unknown: this system cannot tell"),
    UnavailableCause.STARTING: message("calls: looking…"),
    UnavailableCause.ASLEEP: message("calls: waking up…"),
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


_RULES = {
    Rule.CALLS: message("a program made for calls held the microphone and played"),
    Rule.JOINED_MUTED: message("it had been playing before it took the microphone: joined muted"),
    Rule.PUSHED_TO_TALK: message("it played and took the microphone by turns: push-to-talk"),
    Rule.OTHER_SIDE: message("playback began after the microphone was taken, and lasted"),
    Rule.TITLE: message("the title of its page names a meeting"),
    Rule.WITH_MICROPHONE: message("playback came with the microphone, and lasted longer than a test or a message"),
    Rule.KEPT: message("it always plays, and held the microphone for long"),
    Rule.UNKNOWN: message("a program that nobody knows held the microphone and played"),
    Rule.AUDIBLE: message("its playback was not silent"),
    Rule.VOICE: message("speech was heard"),
    Rule.PLAYS: message("a program made for calls played and took no microphone"),
    Rule.LET_GO: message("it let microphone and playback go"),
    Rule.FELL_SILENT: message("it kept the microphone, but the other side was gone"),
    Rule.MUTED_TOO_LONG: message("it only played for hours"),
    Rule.SEPARATE: message("what the program did next was another call"),
    Rule.LINE: message("the telephone line told that somebody talked"),
    Rule.HUNG_UP: message("the line told that it was over"),
    Rule.CUT: message("you ended its session"),
    Rule.NEVER: message("you said that it is never a call"),
    Rule.LOST_SIGHT: message("nobody watched any more"),
}

_RANKS = {
    Rank.CERTAIN: mark_p("certainty of a call", "certain"),
    Rank.DOUBT: mark_p("certainty of a call", "perhaps a call"),
    Rank.LISTENING: mark_p("certainty of a call", "only listening"),
}


def rule(value: Rule) -> Message | None:
    """What made a call one, or what ended it; None where that is not known."""
    return _RULES.get(value)


def rank(value: Rank, tr: Translator) -> str:
    """How sure a call is."""
    return tr.p(*_RANKS[value])


def state(value: CallState, tr: Translator) -> str:
    """What became of a call."""
    return tr.p(*_STATES[value])


def written_off(owner: str, tr: Translator) -> str:
    """Whose a call is that is not billed."""
    return f"{owner} · {tr.p('call state', 'written off')}"


def program(ident: str, name: str, tr: Translator) -> str:
    """What a call was noticed in: a program's own name, or the room's or the telephone's in the person's language."""
    if ident == PHONE.id:
        return tr.p("what a call went through", "Phone")
    return tr.p("where a call was heard", "Room") if ident == ROOM.id else name


def status(told: Told) -> list[Message]:
    """How calls are noticed now, in a few words; the state of the microphone comes first where it was chosen."""
    now = told.status
    if now.mode is Mode.OFF:
        return [message("calls: off")]
    if told.holder is not None:
        return [message("calls: noticed by process {pid}", pid=told.holder.pid)]
    words = [_EAR[now.ear]] if now.ear in _EAR else []
    if now.masked:
        words.append(message("talk beside sound: a call in the room cannot be told"))
    if now.peaks:
        words.append(message("reading the peaks of a playback"))
    if now.seeing:
        words.append(message("calls: listening to programs"))
    elif now.why is not None:
        words.append(_NOT_SEEN[now.why])
    return words
