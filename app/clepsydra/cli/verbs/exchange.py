"""export: the log as CSV or JSON."""

from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from clepsydra.cli import reading
from clepsydra.cli.context import Context
from clepsydra.cli.grammar import Argument, Command, Given
from clepsydra.cli.output import exact_or_drawn, plain
from clepsydra.cli.shared import PERIOD
from clepsydra.domain.session import Session
from clepsydra.language import formats
from clepsydra.language.translator import mark
from clepsydra.ledger.listing import listing

STANDARD = "-"
"""The name of a file that stands for standard input or output."""


def export_log(context: Context, given: Given) -> int:
    """Write sessions to a file or to standard output."""
    found = listing(context.ledger, reading.period(context, given), reading.client(context, given)).each()
    name = given.maybe("file") or STANDARD
    if name == STANDARD:
        _write(context, given.word("format"), found, exact_or_drawn(context.streams.out))
        return 0
    import io

    from clepsydra.settings.home import write_private

    buffer = io.StringIO(newline="")
    count = _write(context, given.word("format"), found, buffer)
    write_private(Path(name), buffer.getvalue().encode())
    shown = formats.number(count, context.tr.lang)
    context.print(
        context.tr.n("{shown} session in {file}", "{shown} sessions in {file}", count, shown=shown, file=plain(name))
    )
    return 0


def _write(context: Context, form: str, found: Iterator[Session], stream: TextIO) -> int:
    if form == "json":
        from clepsydra.exchange import log_json

        return log_json.write(found, stream, context.ledger.now)
    from clepsydra.exchange import log_csv

    running = 0

    def rows() -> Iterator[log_csv.Row]:
        nonlocal running
        for session in found:
            if session.running:
                running += 1
            else:
                yield log_csv.Row.of(session)

    count = log_csv.write(rows(), stream)
    if running:
        context.say(
            context.tr.n(
                "{count} running session is left out: it has no end yet",
                "{count} running sessions are left out: they have no end yet",
                running,
            )
        )
    return count


_OUT = Argument("format", choices=("csv", "json"))
_TO_FILE = Argument("file", mark("the file; without it, or with -, standard output"), needed=False)

COMMANDS = (Command("export", mark("write sessions to a file"), export_log, (_OUT, _TO_FILE), PERIOD),)
