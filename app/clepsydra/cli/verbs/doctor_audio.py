"""doctor audio: what this machine offers for noticing calls, what it lacks, and the evidence as it comes."""

import signal
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from clepsydra.calls.diagnosis import Diagnosis, Lack, diagnose
from clepsydra.calls.status import Mode
from clepsydra.cli.bell import Bell
from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Arguments
from clepsydra.cli.output import plain
from clepsydra.language.translator import Translator, mark

if TYPE_CHECKING:
    from clepsydra.calls.runner import MonitorUpdate

_LACKS = {
    Lack.SOUND_SERVER: mark("no sound server answers: PulseAudio, or PipeWire with pipewire-pulse"),
    Lack.PULSE_LIBRARY: mark("the library that speaks to the sound server is missing"),
    Lack.NEWER_SYSTEM: mark("macOS tells which program uses the microphone from 14.2 on"),
    Lack.OTHER_SYSTEM: mark("this system does not tell which program uses the microphone; room mode may work"),
    Lack.ROOM_LIBRARIES: mark("packages that room mode needs are missing"),
    Lack.PORTAUDIO: mark("the library under PyAudio is missing"),
    Lack.INPUT_DEVICE: mark("there is no microphone"),
}


def audio(context: CommandContext, given: Arguments) -> int:
    """Print what is seen and what is missing; with --watch, what happens, until the process is told to end."""
    settings = context.ledger.settings.calls
    mode = Mode(settings.evidence)
    found = diagnose(mode, ignored=settings.ignore)
    if given.flag("json"):
        context.json(_object(found, mode, context.tr))
        return 0
    context.print(*_lines(found, mode, context.tr))
    _calls_of_today(context)
    if given.flag("watch"):
        _watch(context)
    return 0


def _lines(found: Diagnosis, mode: Mode, tr: Translator) -> Iterator[str]:
    yield tr.t("system: {name}", name=plain(found.system))
    yield tr.t("sound server: {name}", name=plain(found.server) or "–")
    yield from _reasons(found.detail, found.room_detail, tr)
    yield tr.t("calls are noticed by: {mode}", mode=mode)
    yield tr.t("programs:") + ("" if found.programs else " –")
    for program in found.programs:
        does = tr.t("holds the microphone") if program.holds_microphone else tr.t("plays")
        never = "  " + tr.t("never a call") if program.ignored else ""
        yield f"  {plain(program.name)} ({plain(program.id)}, {program.pid or '?'})  {does}{never}"
    if mode is Mode.ROOM:
        yield tr.t("microphones:") + ("" if found.devices else " –")
        yield from (f"  {plain(device)}" for device in found.devices)
    yield tr.t("libraries:")
    for library in found.libraries:
        room = "  " + tr.t("for room mode only") if library.room else ""
        yield f"  {library.name} {library.version or '–'}{room}"
    for advice in found.advice:
        yield tr.t("missing: {what}", what=tr.t(_LACKS[advice.lack]))
        if advice.command:
            yield f"  → {advice.command}"


def _calls_of_today(context: CommandContext) -> None:
    """Why each call of the day is one; those that were too short to be asked about too."""
    from clepsydra.cli.verbs.calls import row
    from clepsydra.cli.verbs.calls_show import lines
    from clepsydra.ledger.calls.explaining import explain
    from clepsydra.ledger.calls.inbox import folded, listed

    ledger = context.ledger
    since = ledger.own_bounds(ledger.today).started_at
    for call in [*listed(ledger, since, everything=True), *folded(ledger, since)]:
        context.print("  ".join(each for each in row(context, call) if each), *lines(context, explain(ledger, call.id)))


def _reasons(programs: str, room: str, tr: Translator) -> Iterator[str]:
    """What the system itself said where programs cannot be seen or room mode cannot listen."""
    if programs:
        yield tr.t("the programs cannot be seen: {words}", words=plain(programs))
    if room:
        yield tr.t("room mode cannot listen: {words}", words=plain(room))


def _object(found: Diagnosis, mode: Mode, tr: Translator) -> dict[str, Any]:
    return {
        "system": found.system,
        "server": found.server,
        "evidence": mode.value,
        "seen": found.why is None,
        "reason": found.why.value if found.why else None,
        "reason_detail": found.detail or None,
        "room_detail": found.room_detail or None,
        "programs": [
            {"id": p.id, "name": p.name, "pid": p.pid, "holds_microphone": p.holds_microphone, "ignored": p.ignored}
            for p in found.programs
        ],
        "devices": list(found.devices),
        "libraries": [{"name": each.name, "version": each.version, "room": each.room} for each in found.libraries],
        "missing": [{"what": a.lack.value, "words": tr.t(_LACKS[a.lack]), "command": a.command} for a in found.advice],
    }


def _watch(context: CommandContext) -> None:
    """Evidence and states as they come; nothing is written down, and another instance may detect meanwhile."""
    from clepsydra.ledger.calls.runners import runner_for

    bell, teller = Bell(), _Live(context)
    with bell.ended_by((signal.SIGTERM, signal.SIGINT)):
        runner = runner_for(context.ledger, teller.tell)
        context.say(context.tr.t("watching; ctrl+c ends it, and nothing is written down"))
        runner.start()
        bell.heard()
        runner.stop()


class _Live:
    """Prints edges of evidence and changes of state, each with its time."""

    def __init__(self, context: CommandContext) -> None:
        self._context = context
        self._stood: dict[str, str] = {}
        self._status: list[str] = []

    def tell(self, news: "MonitorUpdate") -> None:
        """What is new; called in the runner's own thread."""
        from clepsydra.ledger.calls.watching import Told
        from clepsydra.ledger.calls.wording import status

        for span in news.spans:
            ends = span.ended is not None
            who = f" {plain(span.program.id)}" if span.program else ""
            self._line(span.ended if span.ended is not None else span.began, f"{'-' if ends else '+'} {span.kind}{who}")
        said = [" · ".join(self._context.said(message) for message in status(Told(news.status)))]
        said += _reasons(news.status.detail, news.status.ear_detail, self._context.tr)
        if said != self._status:
            self._status = said
            for words in said:
                self._line(news.until, words)
        stands = {standing.program.id: standing.state.value for standing in news.status.standings}
        for program in sorted(stands.keys() | self._stood.keys()):
            if stands.get(program) != self._stood.get(program):
                self._line(news.until, f"= {plain(program)}: {stands.get(program, 'idle')}")
        self._stood = stands

    def _line(self, at: int, words: str) -> None:
        from clepsydra.domain.civil import wall
        from clepsydra.language import formats

        moment = wall(at // 1000, self._context.ledger.settings.time_zone)
        self._context.print(f"{formats.clock(moment, True)}.{at % 1000:03d}  {words}")
        self._context.streams.out.flush()
