"""export: the log in the formats of other programs."""

import io
from pathlib import Path
from typing import TYPE_CHECKING

from clepsydra.cli import reading
from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Argument, Arguments, Command, Option
from clepsydra.cli.log_filters import FILTERS, search_asked
from clepsydra.cli.output import exact_or_drawn, plain
from clepsydra.cli.parsing import JSON, Usage
from clepsydra.cli.shared import PERIOD
from clepsydra.language.translator import mark

if TYPE_CHECKING:
    from clepsydra.domain.statement import Statement
    from clepsydra.domain.statement_terms import LedesKeys
    from clepsydra.exchange.exits.shape import Exit
    from clepsydra.ledger.exporting import ExportedRows

STANDARD = "-"
"""The name of a file that stands for standard output."""


def export_log(context: CommandContext, given: Arguments) -> int:
    """Write sessions to a file or to standard output.

    Raises `Refused` when a library is missing that the format needs.
    """
    if given.flag("list"):
        return _list(context, given)
    found = _exit(given.maybe("format"))
    from clepsydra.domain.records import replace
    from clepsydra.exchange.exits.shape import MissingLibrary, What
    from clepsydra.ledger.exporting import NEEDS_LIBRARY, ExportedRows, about
    from clepsydra.ledger.ledger import Refused
    from clepsydra.ledger.listing import searched

    wanted = searched(context.ledger, search_asked(context, given))
    rows = ExportedRows(context.ledger, wanted.each())
    buffer = io.BytesIO()
    try:
        said = about(context.ledger, context.tr)
        if found.what is What.STATEMENTS:
            said = replace(said, statements=_statements(context, given))
        count = found.write(rows.each(), buffer, said)
    except MissingLibrary as missing:
        raise Refused(NEEDS_LIBRARY, format=found.name, command=f"pip install 'clepsydra[{missing}]'") from missing
    _put(context, given.maybe("file") or STANDARD, buffer.getvalue(), found)
    if (given.maybe("file") or STANDARD) != STANDARD and found.what is What.LOG:
        _tell(context, given.word("file"), count)
    if rows.running:
        _tell_running(context, rows)
    return 0


def _exit(name: str | None) -> "Exit":
    """The format of that name; raises `Usage` where there is none."""
    from clepsydra.exchange.exits import registry
    from clepsydra.exchange.plugins import BrokenFormat

    if name is None:
        raise Usage("which format? “clepsydra export --list” lists them")
    found = registry.named(name)
    if isinstance(found, BrokenFormat):
        raise Usage("the format {name} cannot be used: {why}", name=name, why=found.why)
    if found is None:
        from clepsydra.language.nearest import nearest

        near = nearest(name, tuple(registry.PLACES))
        if near:
            raise Usage("there is no format “{name}”; did you mean “{near}”?", name=name, near=near)
        raise Usage("there is no format “{name}”; “clepsydra export --list” lists them", name=name)
    return found


def _statements(context: CommandContext, given: Arguments) -> "tuple[tuple[Statement, LedesKeys], ...]":
    """The issued statements that are asked for; raises `Refused` without any, `Usage` for what chooses none."""
    from clepsydra.ledger.exporting import issued
    from clepsydra.ledger.ledger import Refused

    for filter_ in FILTERS:
        if given.maybe(filter_.name) or given.flag(filter_.name):
            raise Usage("--{option} chooses sessions; this format takes whole statements", option=filter_.name)
    period, client = reading.period(context, given), reading.client(context, given)
    found = tuple(issued(context.ledger, period, client, given.maybe("statement")))
    if not found:
        raise Refused("no issued statement is asked for; “clepsydra statement list” shows them")
    return found


def _put(context: CommandContext, name: str, content: bytes, found: "Exit") -> None:
    if name != STANDARD:
        from clepsydra.settings.home import write_private

        write_private(Path(name), content)
        return
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        raw = getattr(context.streams.out, "buffer", None)
        if raw is None or context.streams.out.isatty():
            raise Usage("{format} is no text; name a file", format=found.name) from None
        raw.write(content)
        return
    exact_or_drawn(context.streams.out).write(text)


def _tell(context: CommandContext, name: str, count: int) -> None:
    found = context.tr.n("{count} session in {file}", "{count} sessions in {file}", count, file=plain(name))
    context.print(found)


def _tell_running(context: CommandContext, rows: "ExportedRows") -> None:
    context.say(
        context.tr.n(
            "{count} running session is left out: it has no end yet",
            "{count} running sessions are left out: they have no end yet",
            rows.running,
        )
    )


def _list(context: CommandContext, given: Arguments) -> int:
    """Every format that can be written."""
    from clepsydra.exchange.exits import registry
    from clepsydra.exchange.plugins import BrokenFormat

    found = [registry.named(name) for name in registry.PLACES] + list(registry.outside())
    fine = [each for each in found if each is not None and not isinstance(each, BrokenFormat)]
    broken = [each for each in found if isinstance(each, BrokenFormat)]
    if given.flag("json"):
        context.json(
            {
                "formats": [{"format": each.name, "program": each.title} for each in fine],
                "broken": [{"format": each.name, "why": each.why} for each in broken],
            }
        )
        return 0
    context.table([(plain(each.name), plain(each.title)) for each in fine])
    for each in broken:
        context.say(plain(context.tr.t("the format {name} cannot be used: {why}", name=each.name, why=each.why)))
    return 0


_OUT = Argument("format", mark("csv, json, hledger, … (--list shows all)"), needed=False, metavar="FORMAT")
_TO_FILE = Argument("file", mark("the file; without it, or with -, standard output"), needed=False)
_STATEMENT = Option("statement", mark("one statement, for formats of statements"), "NUMBER")
_LIST = Option("list", mark("list the formats"))

COMMANDS = (
    Command(
        "export", mark("write sessions to a file"), export_log, (_OUT, _TO_FILE),
        (*PERIOD, *FILTERS, _STATEMENT, _LIST, JSON),
        usages=("FORMAT [FILE]", "--list"),
    ),
)  # fmt: skip
