"""What runs, to the second, on the screen while the program itself is still being loaded.

It is read from the log as `status` reads it and written where the main screen will say it. Nothing of it is kept, so it
cannot be old; whatever stands against it is no reason to wait, and the program opens without it.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from clepsydra.cli.context import CommandContext
from clepsydra.cli.output import plain

_ENTER, _LEAVE = "\x1b[?1049h\x1b[2J\x1b[H\x1b[?25l", "\x1b[?25h\x1b[?1049l"
"""The terminal's other screen, empty and without a cursor, and back."""


@contextmanager
def shown(context: CommandContext) -> Iterator[None]:
    """Show what runs, if anything does, until the program draws; keys typed meanwhile wait for it, unechoed.

    The terminal is given back as it was found, also where the program never came to draw.
    """
    lines: list[str] = []
    with suppress(Exception):
        lines = _lines(context)
    if not lines:
        yield
        return
    try:
        import termios
    except ImportError:  # no terminal of this kind
        yield
        return
    fd, out = context.streams.stdin.fileno(), context.streams.out
    found = termios.tcgetattr(fd)
    quiet = [*found[:3], found[3] & ~(termios.ECHO | termios.ICANON), *found[4:]]
    termios.tcsetattr(fd, termios.TCSANOW, quiet)
    out.write(_ENTER + "\n".join(lines))
    out.flush()
    try:
        yield
    except BaseException:
        out.write(_LEAVE)
        out.flush()
        raise
    finally:
        termios.tcsetattr(fd, termios.TCSANOW, found)


def _lines(context: CommandContext) -> list[str]:
    from clepsydra.language import formats
    from clepsydra.language.translator import translator
    from clepsydra.ledger import names, opening, timers
    from clepsydra.settings.glance import Glance

    ledger = opening.open_at_once(context.home, Glance(context.home, context.environ), context.clock)
    if ledger is None:
        return []
    tr, now = translator(context.language or ledger.settings.language), ledger.now
    lines = [
        f"   ▶ {plain(names.place(ledger, run.client, run.project, tr))}   {formats.timer(run.exact_seconds(now))}"
        for run in timers.running(ledger)
    ]
    ledger.db.close()
    return [" Clepsydra", "", *lines] if lines else []
