"""The log's own CSV: what `export csv` writes, taken back exactly, with ids and states."""

import io
from collections.abc import Iterator

from clepsydra.domain.session import Precision
from clepsydra.exchange import log_csv
from clepsydra.exchange.doors.parts.tabular import head_of
from clepsydra.exchange.doors.shape import Answers, Ask, Door, DoorKind, DoorSource, Exact, Found, Item
from clepsydra.exchange.problems import RowProblem, RowReason


def _sniff(name: str, head: bytes) -> int:
    own = {"client", "started at", "ended at"} <= set(head_of(head))
    return 99 if own and b"started_at" in head.lower() else 0


def read(source: DoorSource, answers: Answers) -> Iterator[Item]:
    """The rows of the file."""
    try:
        content = source.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        yield RowProblem(source.data.count(b"\n", 0, error.start) + 1, RowReason.NOT_TEXT)
        return
    for row in log_csv.read(io.StringIO(content, newline=""), zone=answers.zone):
        yield row if isinstance(row, RowProblem) else _found(row)


def _found(row: log_csv.CsvRow) -> Found:
    return Found(
        row.line, row.started_at, row.ended_at,
        precision=row.precision or Precision.SECOND,
        client=row.client, project=row.project, note=row.note, channel=row.channel, zone=row.zone,
        billed_as=row.statement, rounded=row.rounded,
        exact=Exact(row.id, row.scope, row.decision, row.agreed_seconds, row.write_off),
    )  # fmt: skip


DOOR = Door("csv", DoorKind.SESSIONS, _sniff, read, (Ask.ZONE,), "Clepsydra")
