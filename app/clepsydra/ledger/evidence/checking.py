"""Everything that may be opened for evidence: each path and each name on a bus, how it stands, and what to do.

Works without the log. What is off is named and not opened; folders of sent mail are proposed where the person told
their addresses and no folder yet.
"""

import json
import os
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path

from clepsydra.domain.records import dataclass
from clepsydra.domain.terms import Client
from clepsydra.language.message import Message, message
from clepsydra.settings.foreign import expanded
from clepsydra.settings.model import Settings


class CheckState(StrEnum):
    """How a path or a name stands."""

    READ = "read"
    """It is there, and is read or listened to."""
    OFF = "off"
    """It is not opened before the settings say so."""
    PROPOSED = "proposed"
    """It may be what the person wants to name."""
    SILENT = "silent"
    """Nobody answers under that name now; whoever comes is listened to."""
    MISSING = "missing"
    REFUSED = "refused"
    """It is there and cannot be read, or is nothing that could be."""


@dataclass(frozen=True, slots=True)
class EvidenceCheck:
    """A path or a name on a bus, which source opens it, how it stands; and what to do, as a sentence or to be typed."""

    source: str
    opens: str
    state: CheckState
    what: Message
    mend: Message | None = None


def checks(settings: Settings, clients: Iterable[Client], home: Path) -> Iterator[EvidenceCheck]:
    """Every path and name, source by source; `home` is the person's own folder, where mail programs keep theirs."""
    yield from _paths("lists", settings.phone.lists, _typed('[phone] lists = ["~/Phone"]'))
    yield from _mail(settings, home)
    yield from _paths("calendars", settings.calendars, _typed('calendars = ["~/calendar.ics"]'))
    repositories = [expanded(each) for client in clients for each in client.context.repositories]
    yield from _paths("commits", repositories, message("name repositories in the [context] of a client’s file"))
    yield from _lines(settings)
    yield from _presence(settings)
    yield from _call_list(settings)


def _typed(line: str) -> Message:
    """A line of the settings: the same in every language."""
    return Message("{line}", {"line": line})


# -- paths


def _paths(source: str, paths: Iterable[Path], mend: Message) -> Iterator[EvidenceCheck]:
    named = list(dict.fromkeys(paths))
    for path in named:
        yield _path(source, path)
    if not named:
        yield EvidenceCheck(source, "", CheckState.OFF, message("no path is named"), mend)


def _path(source: str, path: Path) -> EvidenceCheck:
    if not path.exists():
        mend = message("name the right path, or take it out of the settings")
        return EvidenceCheck(source, str(path), CheckState.MISSING, message("there is nothing there"), mend)
    if not os.access(path, os.R_OK | (os.X_OK if path.is_dir() else 0)):
        mend = message("check who owns it and its permissions")
        return EvidenceCheck(source, str(path), CheckState.REFUSED, message("it may not be read"), mend)
    return EvidenceCheck(source, str(path), CheckState.READ, message("it is read, and never changed"))


def _mail(settings: Settings, home: Path) -> Iterator[EvidenceCheck]:
    mail = settings.mail
    for path in dict.fromkeys((*mail.sent, *mail.received)):
        check = _path("mail", path)
        if check.state is CheckState.READ and path.is_dir() and not (path / "cur").is_dir():
            mend = message("name the folder of sent mail itself: one with cur in it, or one file")
            check = EvidenceCheck("mail", str(path), CheckState.REFUSED, message("it is no folder of mail"), mend)
        yield check
    if mail.sent:
        return
    proposed = list(_proposed(home, mail.me)) if mail.me else []
    yield from proposed
    if proposed:
        return
    mend = _typed('[mail] sent = ["~/Mail/Sent"]')
    if not mail.me:
        mend = message("tell your addresses, and folders are proposed here: {line}", line='[mail] me = ["…@…"]')
    yield EvidenceCheck("mail", "", CheckState.OFF, message("no path is named"), mend)


def _proposed(home: Path, me: Iterable[str]) -> Iterator[EvidenceCheck]:
    from clepsydra.evidence.mail.folders import propose

    for found in propose(home, me):
        what = message("{own} of its newest {count} mails are yours", own=found.own, count=found.of)
        if found.program:
            what = message("{program} keeps sent mail there; {own} of its newest {count} mails are yours",
                           program=found.program, own=found.own, count=found.of)  # fmt: skip
        mend = _typed(f"[mail] sent = [{json.dumps(str(found.path), ensure_ascii=False)}]")
        yield EvidenceCheck("mail", str(found.path), CheckState.PROPOSED, what, mend)


# -- names on a bus


def _lines(settings: Settings) -> Iterator[EvidenceCheck]:
    from clepsydra.evidence.live.line import HINTS, SERVICES

    named = [(each.bus.value, each.name) for each in SERVICES] + [(bus.value, name) for name, bus in HINTS]
    yield from _names("line", named, on=settings.phone.line, mend=_typed("[phone] line = true"))


def _presence(settings: Settings) -> Iterator[EvidenceCheck]:
    from clepsydra.evidence.live.presence import SERVICE

    yield from _names(
        "presence", [("system", SERVICE)], on=settings.presence.lock, mend=_typed("[presence] lock = true")
    )


def _call_list(settings: Settings) -> Iterator[EvidenceCheck]:
    """obexd, which is asked on a command alone, and started for it: here it is named and not spoken to."""
    from clepsydra.evidence.live.call_list import SERVICE

    opens = f"session bus: {SERVICE}"
    if settings.phone.bluetooth:
        what = message("asked for the call list of {address}, when you say so", address=settings.phone.bluetooth)
        yield EvidenceCheck("call_list", opens, CheckState.SILENT, what, _typed("clepsydra evidence fetch"))
        return
    mend = _typed('[phone] bluetooth = "AA:BB:CC:DD:EE:FF"')
    yield EvidenceCheck("call_list", opens, CheckState.OFF, message("not listened to"), mend)


def _names(source: str, named: list[tuple[str, str]], *, on: bool, mend: Message) -> Iterator[EvidenceCheck]:
    for bus in dict.fromkeys(bus for bus, _ in named):
        names = [name for other, name in named if other == bus]
        if not on:
            for name in names:
                yield EvidenceCheck(source, f"{bus} bus: {name}", CheckState.OFF, message("not listened to"), mend)
            continue
        answers = answering(bus, names)
        if answers is None:
            what = message("there is no such bus (D-Bus) on this machine")
            yield EvidenceCheck(source, f"{bus} bus", CheckState.MISSING, what)
            continue
        for name in names:
            state = CheckState.READ if name in answers else CheckState.SILENT
            what = message("it answers, and is listened to") if name in answers else message("nobody answers now")
            yield EvidenceCheck(source, f"{bus} bus: {name}", state, what)


def answering(bus: str, names: Iterable[str]) -> set[str] | None:
    """The names under which somebody answers; None where there is no such bus."""
    from clepsydra.evidence.live.bus import Bus, BusGone, BusName

    try:
        opened = Bus(BusName(bus))
    except BusGone:
        return None
    try:
        return {name for name in names if opened.owned(name)}
    except BusGone:
        return None
    finally:
        opened.close()


def line_standing() -> tuple[bool, Message]:
    """Whether somebody tells of telephone lines, and the sentence that says how that stands."""
    from clepsydra.evidence.live.line import SERVICES

    told = [answering(bus, [each.name for each in SERVICES if each.bus == bus]) for bus in ("session", "system")]
    services = set().union(*(each or () for each in told))
    if services:
        return True, message("telephone lines are listened to: {names}", names=", ".join(sorted(services)))
    if all(each is None for each in told):
        return False, message("there is no local bus (D-Bus): no telephone line can be noticed")
    return False, message("no program tells of a telephone line now; a paired phone is noticed when one does")
