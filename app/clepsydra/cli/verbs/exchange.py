"""import, export: the log as CSV or JSON."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from clepsydra.cli import reading
from clepsydra.cli.context import Context
from clepsydra.cli.deeds import tell_problems
from clepsydra.cli.grammar import Argument, Command, Given, Option
from clepsydra.cli.output import exact_or_drawn, plain
from clepsydra.cli.parsing import JSON
from clepsydra.cli.shared import PERIOD
from clepsydra.domain.session import Session
from clepsydra.language import formats
from clepsydra.language.translator import mark
from clepsydra.ledger.importing import Imported, import_csv
from clepsydra.ledger.listing import listing

STANDARD = "-"
"""The name of a file that stands for standard input or output."""


def import_log(context: Context, given: Given) -> int:
    """Add the sessions of a file: all of them or, unless bad ones are to be skipped, none."""
    with _source(context, given.word("file")) as stream:
        done = import_csv(
            context.ledger, stream, dry_run=given.flag("dry-run"), skip_bad=given.flag("skip-bad")
        )  # fmt: skip
    _tell_import(context, given, done)
    tell_problems(context)
    return 1 if done.problems and not given.flag("skip-bad") else 0


@contextmanager
def _source(context: Context, name: str) -> Iterator[TextIO]:
    if name == STANDARD:
        yield context.streams.stdin
        return
    with Path(name).open(encoding="utf-8", newline="") as stream:
        yield stream


def _tell_import(context: Context, given: Given, done: Imported) -> None:
    from clepsydra.exchange.problems import sentence

    tr = context.tr
    if given.flag("json"):
        problems = [
            {"line": p.line, "reason": p.reason.value, "column": p.column, "found": p.found} for p in done.problems
        ]
        context.json({"added": done.added, "known": done.known, "stored": done.stored, "problems": problems})
        return
    context.say(*(plain(sentence(problem, tr)) for problem in done.problems))
    shown = formats.number(done.added, tr.lang)
    if done.stored:
        context.print(tr.n("{shown} session added", "{shown} sessions added", done.added, shown=shown))
    elif done.problems and not given.flag("dry-run"):
        context.say(tr.t("nothing was imported; mend the lines, or leave them out with --skip-bad"))
    else:
        context.print(tr.n("{shown} session to add", "{shown} sessions to add", done.added, shown=shown))
    if done.known:
        known = formats.number(done.known, tr.lang)
        context.print(
            tr.n("{known} was in the log already", "{known} were in the log already", done.known, known=known)
        )


def export_log(context: Context, given: Given) -> int:
    """Write sessions to a file or to standard output."""
    found = listing(context.ledger, reading.period(context, given), given.maybe("client")).each()
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


_IN = Argument("format", choices=("csv",))
_OUT = Argument("format", choices=("csv", "json"))
_FROM_FILE = Argument("file", mark("the file; - reads standard input"))
_TO_FILE = Argument("file", mark("the file; without it, or with -, standard output"), needed=False)
_DRY_RUN = Option("dry-run", mark("check the file and change nothing"))
_SKIP_BAD = Option("skip-bad", mark("leave out lines that can’t be taken"))

COMMANDS = (
    Command("import", mark("add the sessions of a file"), import_log, (_IN, _FROM_FILE), (_DRY_RUN, _SKIP_BAD, JSON)),
    Command("export", mark("write sessions to a file"), export_log, (_OUT, _TO_FILE), PERIOD),
)
