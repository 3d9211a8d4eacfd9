"""One report in four shapes: aligned text for the eye, JSON, CSV and Markdown for everything else."""

from collections.abc import Callable, Sequence
from typing import Any

from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Arguments, Option
from clepsydra.cli.output import exact_or_drawn, plain
from clepsydra.cli.parsing import JSON, Usage
from clepsydra.domain.records import dataclass
from clepsydra.language.translator import mark

SHAPES = (JSON, Option("csv", mark("print it as CSV")), Option("markdown", mark("print it as Markdown")))


@dataclass(frozen=True)
class ReportTable:
    """A titled table in words; `right` are the columns of figures, and the `weakest` leaves a narrow terminal first.

    Cells of user text come as they are.
    """

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    right: frozenset[int] = frozenset()
    weakest: int | None = None


@dataclass(frozen=True)
class Data:
    """The same for machines: one table of plain columns."""

    head: Sequence[str]
    rows: Sequence[Sequence[str | int | None]]


def put(
    context: CommandContext,
    given: Arguments,
    content: Callable[[], dict[str, Any]],
    tables: Callable[[], list[ReportTable]],
    data: Callable[[], Data],
    notes: Sequence[str] = (),
) -> None:
    """Print a report in the one shape asked for; only that one is made. Raises `Usage` when several are asked for."""
    if sum(given.flag(shape.name) for shape in SHAPES) > 1:
        raise Usage("choose one of --json, --csv and --markdown")
    if given.flag("json"):
        context.json(content())
    elif given.flag("csv"):
        from clepsydra.exchange.tables import to_csv

        made = data()
        exact_or_drawn(context.streams.out).write(to_csv(made.head, made.rows, context.tr.lang))
    elif given.flag("markdown"):
        context.streams.out.write(_markdown(tables(), notes))
    else:
        for table in tables():
            if table.rows:
                context.print(*([table.title] if table.title else []))
                rows = [tuple(map(plain, row)) for row in (table.head, *table.rows)]
                context.table(rows, table.right, head=True, weakest=table.weakest)
                context.print("")
        context.say(*notes)


def _markdown(tables: Sequence[ReportTable], notes: Sequence[str]) -> str:
    from clepsydra.exchange.statement.markdown import escape
    from clepsydra.exchange.tables import to_markdown

    parts = [
        (f"## {escape(table.title)}\n\n" if table.title else "") + to_markdown(table.head, table.rows, table.right)
        for table in tables
        if table.rows
    ]
    return "\n".join([*parts, *(f"{escape(note)}\n" for note in notes)])
