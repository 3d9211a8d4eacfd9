"""touch: a message or a quick fix that has just ended."""

import re

from clepsydra.cli import reading
from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Argument, Arguments, Command, Option
from clepsydra.cli.outcome import stretch, tell
from clepsydra.cli.parsing import JSON, Usage
from clepsydra.cli.shared import CLIENT_PROJECT, NOTE, OUT, UNSURE
from clepsydra.domain.records import replace
from clepsydra.domain.session import TOUCH_CHANNELS, Channel
from clepsydra.language.translator import mark
from clepsydra.ledger import editing

_LENGTH = re.compile(r"[0-9]{1,3}([:hHmM][0-9]{0,2}|[.,][0-9]+ ?[hH])?(m|min|s)?")


def touch(context: CommandContext, given: Arguments) -> int:
    """Log a short exchange that has just ended; without minutes, of the client's own length.

    Raises `Usage` for minutes that are not above zero.
    """
    first, note = given.word("minutes"), given.word("note")
    seconds = None
    if _LENGTH.fullmatch(first.lstrip("-−")):
        seconds = 0 if first.startswith(("-", "−")) else reading.duration(first)
        if seconds <= 0:
            raise Usage("“{word}” is no length: the minutes must be above zero", word=first)
    else:
        note = f"{first} {note}".strip()
    work = replace(reading.work(context, given, Channel.MESSAGE), note=note)
    session = editing.touch(context.ledger, work, seconds)
    inside = session.channel not in TOUCH_CHANNELS
    text = mark("noted inside {session}") if inside else mark("logged {session}")
    line = context.tr.t(text, session=stretch(context, session))
    if session.write_off is not None:
        line += "  " + context.tr.t("given free")
    return tell(context, given, line, session)


_MINUTES = Argument("minutes", mark("how long it took: 5, 1h10, 90s"), needed=False)
_CHANNEL = Option("channel", mark("message (the default) or fix"), "CHANNEL", (Channel.MESSAGE, Channel.FIX))

COMMANDS = (
    Command(
        "touch",
        mark("log a message or a quick fix that has just ended"),
        touch,
        (CLIENT_PROJECT, _MINUTES, NOTE),
        (_CHANNEL, OUT, UNSURE, JSON),
    ),
)
