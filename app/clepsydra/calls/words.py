"""The words for what the watcher does, sees and lacks; the only place of this package that speaks to
people."""

from __future__ import annotations

from clepsydra.calls.call import Call, State
from clepsydra.calls.diagnosis import Lack
from clepsydra.calls.evidence import Family, Kind, Program
from clepsydra.calls.status import Ear, Mode, Status
from clepsydra.calls.streams.reading import Why
from clepsydra.language.translator import Translator, mark, mark_p

_WHY = {
    Why.NO_SERVER: mark("no sound server answers"),
    Why.NO_LIBRARY: mark("a sound library is missing"),
    Why.TOO_OLD: mark("this version of the system does not tell which program uses the microphone"),
    Why.NOT_SUPPORTED: mark("this system does not tell which program uses the microphone"),
    Why.STARTING: mark("starting"),
    Why.ASLEEP: mark("the machine slept, or its clock was set"),
}

_EAR = {
    Ear.UNUSED: mark("microphone not used"),
    Ear.CLOSED: mark("microphone closed: outside the office hours"),
    Ear.OPENING: mark("opening the microphone"),
    Ear.OPEN: mark("microphone open"),
    Ear.NO_LIBRARY: mark("microphone not heard: the packages for it are missing"),
    Ear.NO_DEVICE: mark("microphone not heard: there is no such device"),
    Ear.BUSY: mark("microphone not heard: the device cannot be opened now"),
    Ear.MOVED: mark("microphone not heard: the sound system chose another device"),
    Ear.SILENT: mark("microphone open, but the device delivers nothing"),
    Ear.LOST: mark("microphone not heard: the device went away"),
}

_STATES = {
    State.IDLE: mark_p("call state", "nothing"),
    State.RINGING: mark_p("call state", "holds the microphone"),
    State.ACTIVE: mark_p("call state", "in a call"),
    State.HOLD: mark_p("call state", "microphone lost a moment ago"),
    State.DORMANT: mark_p("call state", "keeps the microphone after a call"),
}

_KINDS = {
    Kind.CAPTURE: mark_p("call evidence", "microphone"),
    Kind.PLAYBACK: mark_p("call evidence", "playback"),
    Kind.SOUND: mark_p("call evidence", "other sound"),
    Kind.VOICE: mark_p("call evidence", "voice"),
    Kind.BLIND: mark_p("call evidence", "programs not seen"),
    Kind.DEAF: mark_p("call evidence", "microphone not heard"),
}

_LACKS = {
    Lack.SOUND_SERVER: mark("No sound server answers. PulseAudio, or PipeWire with pipewire-pulse, must run."),
    Lack.PULSE_LIBRARY: mark("The system's library libpulse is missing."),
    Lack.NEWER_SYSTEM: mark("macOS tells which program uses the microphone from version 14.2 on."),
    Lack.OTHER_SYSTEM: mark("This system does not tell which program uses the microphone; room mode may work."),
    Lack.ROOM_LIBRARIES: mark("Room mode needs the packages of the audio extra."),
    Lack.PORTAUDIO: mark("Room mode needs the system's library PortAudio, with its headers."),
    Lack.INPUT_DEVICE: mark("There is no input device to listen to."),
}


def listening(status: Status, translator: Translator) -> str:
    """The status line: what is watched, or why it is not known whether there is a call."""
    if status.mode is Mode.OFF:
        return translator.t("calls: off")
    if not status.seeing and status.ear is not Ear.OPEN:
        why = translator.t(_WHY[status.why]) if status.why else ear(status.ear, translator)
        return translator.t("calls: unknown, {why}", why=why)
    if status.mode is Mode.ROOM:
        return translator.t("calls: {ear}", ear=ear(status.ear, translator))
    return translator.t("calls: listening to programs")


def why(value: Why, translator: Translator) -> str:
    """Why the programs cannot be seen."""
    return translator.t(_WHY[value])


def ear(value: Ear, translator: Translator) -> str:
    """How it stands with the microphone of room mode."""
    return translator.t(_EAR[value])


def state(value: State, translator: Translator) -> str:
    """Where a program stands with its call."""
    return translator.p(*_STATES[value])


def kind(value: Kind, translator: Translator) -> str:
    """What a piece of evidence is about."""
    return translator.p(*_KINDS[value])


def lack(value: Lack, translator: Translator) -> str:
    """What is missing, in a sentence."""
    return translator.t(_LACKS[value])


def program(value: Program, translator: Translator) -> str:
    """The name of a program; the room has one in every language."""
    return translator.p("program", "Room") if value.family is Family.ROOM else value.name


def evidence(call: Call, translator: Translator) -> str:
    """What a call was known by, as `microphone, playback`."""
    order = [each for each in Kind if each in call.evidence]
    return ", ".join(kind(each, translator) for each in order)
