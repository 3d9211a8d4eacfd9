"""Timeclock files (timeclock.el, hledger, ledger): `i DATE TIME account  description`, `o DATE TIME`.

Times are on the wall; an offset written behind them is ignored by the programs themselves, and here. The account
`client:project` says whose the work is; what stands behind a clock-out is a comment.
"""

import re
from collections.abc import Iterator

from clepsydra.domain.session import Precision
from clepsydra.exchange.doors.parts.dates import ordinal
from clepsydra.exchange.doors.parts.names import chain
from clepsydra.exchange.doors.parts.walls import Wall, Walls, clock_of
from clepsydra.exchange.doors.shape import Answers, Ask, Door, DoorKind, DoorSource, Found, Item, LeftOut, ProblemCause
from clepsydra.exchange.problems import RowProblem, RowReason

_LINE = re.compile(r"([iIoO]) +(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}) +(\d{1,2}:\d\d(?::\d\d)?)(?:[+-]\d{4})?(?:[ \t]+(.*))?")

Clock = tuple[int, Wall, str]
"""Line, wall time and the text behind it."""


def _sniff(name: str, head: bytes) -> int:
    return 90 if re.search(rb"(?m)^[iI] +\d{4}[-/.]\d{1,2}[-/.]\d{1,2} +\d{1,2}:\d\d", head) else 0


def read(source: DoorSource, answers: Answers) -> Iterator[Item]:
    """Each clock-in with the clock-out that follows it, or that is of its account where several are open."""
    content = source.text
    if content is None:
        yield RowProblem(1, RowReason.NOT_TEXT)
        return
    walls = Walls(answers.zone, answers.fold)
    open_: list[Clock] = []
    for line, row in enumerate(content.splitlines(), 1):
        form = _LINE.fullmatch(row.rstrip())
        if form is None:
            if row[:2].lower() in ("i ", "o "):
                yield RowProblem(line, RowReason.NOT_READABLE, "", row)
            continue
        day, clock = ordinal(form[2], "ymd"), clock_of(form[3])
        if day is None or clock is None:
            yield RowProblem(line, RowReason.DATE, "", form[2] + " " + form[3])
            continue
        here = (line, Wall(day, *clock), form[4] or "")
        if form[1] in "iI":
            open_.append(here)
        elif not open_:
            yield RowProblem(line, RowReason.NOT_READABLE, "", row)
        else:
            yield _entry(walls, _taken(open_, here), here)
    for line, _, account in open_:
        yield LeftOut(line, ProblemCause.RUNNING, account)


def _taken(open_: list[Clock], out: Clock) -> Clock:
    """The clock-in that a clock-out ends: the last of the account it names, else the last."""
    named = _account(out[2])[0]
    place = next((i for i in range(len(open_) - 1, -1, -1) if named and _account(open_[i][2])[0] == named), -1)
    return open_.pop(place)


def _account(said: str) -> tuple[str, str]:
    """Account and description: two blanks or a tab stand between them."""
    account, _, description = re.sub(r"\t| {2,}", "\0", said.strip(), count=1).partition("\0")
    description = re.split(r"\t|(?:^| );", description)[0]
    return account.strip(), description.strip()


def _entry(walls: Walls, begin: Clock, end: Clock) -> Item:
    span = walls.span(begin[0], begin[1], end[1], None)
    if isinstance(span, RowProblem):
        return span
    account, description = _account(begin[2])
    client, *project = chain(account, ":") or [""]
    exact = begin[1].exact and end[1].exact
    precision = Precision.SECOND if exact else Precision.MINUTE
    return Found(
        begin[0], *span, precision=precision, client=client, project=":".join(project), note=description
    )  # fmt: skip


DOOR = Door("timeclock", DoorKind.SESSIONS, _sniff, read, (Ask.ZONE, Ask.FOLD), "timeclock (hledger, ledger)")
