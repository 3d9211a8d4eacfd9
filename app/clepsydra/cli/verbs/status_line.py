"""status --format, --watch: one line for prompts and bars, made of named parts.

clepsydra status --format "{client} {elapsed} {amount}"
"""

import re
import time
from collections.abc import Callable
from pathlib import Path

from clepsydra.cli.context import CommandContext
from clepsydra.cli.output import plain
from clepsydra.cli.parsing import Usage
from clepsydra.domain.civil import wall
from clepsydra.domain.session import DEFAULT_PROJECT, Session
from clepsydra.language import formats, words
from clepsydra.language.nearest import nearest
from clepsydra.ledger.status import Status, status

_PART = re.compile(r"\{\{|\}\}|\{([^{}]*)\}")
_STEP = 1.0
"""Seconds between looks: as often as a line with seconds in it changes."""

Part = Callable[[CommandContext, Session, int], str]


def _amount(context: CommandContext, session: Session, now: int) -> str:
    from clepsydra.ledger.open_work import worth

    client = context.ledger.client(session.client)
    return formats.money(worth(session, client, now), client.currency, context.tr.lang)


PARTS: dict[str, Part] = {
    "client": lambda context, session, now: context.place_name(session.client, DEFAULT_PROJECT),
    "work": lambda context, session, now: context.client_name(session),
    "project": lambda context, session, now: "" if session.project == DEFAULT_PROJECT else plain(session.project),
    "note": lambda context, session, now: plain(session.note),
    "channel": lambda context, session, now: words.channel(session.channel, context.tr),
    "scope": lambda context, session, now: words.scope(session.scope, context.tr),
    "elapsed": lambda context, session, now: formats.timer(session.exact_seconds(now)),
    "minutes": lambda context, session, now: formats.duration(session.exact_seconds(now), context.tr.lang),
    "since": lambda context, session, now: formats.clock(wall(session.started_at, context.ledger.zone)),
    "amount": _amount,
}
"""What can be said of what runs; the amount is the exact time at the session's rate. `today` needs nothing to run."""

EVERY = (*PARTS, "today")


def checked(template: str) -> str:
    """A template whose parts are all known; raises `Usage` with the nearest right name."""
    for found in _PART.finditer(template):
        if found[1] is not None and found[1] not in EVERY:
            near = nearest(found[1], EVERY)
            if near:
                raise Usage("there is no part {{{part}}}; did you mean {{{near}}}?", part=found[1], near=near)
            raise Usage("there is no part {{{part}}}; there are: {parts}", part=found[1], parts=", ".join(EVERY))
    return template


def line(context: CommandContext, found: Status, template: str, idle: str, now: int) -> str:
    """The line as of `now`: of what was started last, or `idle` where nothing runs."""
    session = found.running[-1] if found.running else None
    if session is None and "{today}" not in template:
        return idle

    def part(match: "re.Match[str]") -> str:
        if match[1] is None:
            return match[0][0]
        if match[1] == "today":
            grown = max(0, now - context.ledger.now) * len(found.running)
            return formats.duration(found.today_seconds + grown, context.tr.lang)
        # The template's own colours are the person's wish; what stands in the log is text.
        return plain(PARTS[match[1]](context, session, now)) if session else ""

    return " ".join(_PART.sub(part, template).split())


def watch(context: CommandContext, template: str, idle: str, reopened: Callable[[], CommandContext]) -> int:
    """Print the line again whenever it is another one, until told to end.

    Between changes of the log and of the files that price it nothing is read but their dates. Ends when its reader
    does.
    """
    from clepsydra.settings.watch import stamp

    seen, shown, found = None, None, None
    while True:
        stamps = [stamp(file) for file in _priced_by(context, found)]
        if found is None or stamps != seen:
            if found is not None:
                context.close()
                context = reopened()
            seen, found = stamps, status(context.ledger)  # what changes during the reading is told by the next look
        text = line(context, found, template, idle, context.clock())
        if text != shown:
            context.print(text)
            context.streams.out.flush()
            shown = text
        time.sleep(_STEP)


def _priced_by(context: CommandContext, found: Status | None) -> list[Path]:
    """The files whose change may change the line: the log, the file of changes beside it, the settings, and those of
    the clients that run.
    """
    home = context.home
    beside = home.database.with_name(f"{home.database.name}-wal")
    clients = [home.client_file(session.client) for session in (found.running if found else ())]
    return [home.database, beside, home.settings_file, *clients]
