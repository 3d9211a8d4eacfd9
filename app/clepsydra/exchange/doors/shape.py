"""The shape of a door: what it is given, what it yields, and what a file may leave open.

    Source  ->  Door.read  ->  Found | Problem | LeftOut

Instants are UTC epoch seconds. Texts are as written in the file; nothing of it is obeyed.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from zoneinfo import ZoneInfo

from clepsydra.domain.records import dataclass, field
from clepsydra.domain.session import Channel, Decision, Precision, Scope
from clepsydra.exchange.problems import RowProblem, RowReason

__all__ = [
    "Answers",
    "Ask",
    "Door",
    "DoorKind",
    "DoorSource",
    "Found",
    "Item",
    "LeftOut",
    "ProblemCause",
    "RowProblem",
    "RowReason",
]

LARGEST = 32 * 1024 * 1024
"""Bytes beyond which a file is not read: no one person's history is that large."""

HEAD = 8192
"""Bytes of the beginning by which a file is recognised."""


class DoorKind(StrEnum):
    """What a file holds."""

    SESSIONS = "sessions"
    CALLS = "calls"
    PLANS = "plans"
    EVIDENCE = "evidence"


class Ask(StrEnum):
    """What a file may leave open, for the person to say."""

    DATES = "dates"
    ZONE = "zone"
    FOLD = "fold"
    ME = "me"
    MAPPING = "mapping"


class ProblemCause(StrEnum):
    """Why an entry of a file is no session: it is counted and said, and keeps nothing else out."""

    RUNNING = "running"
    ABSENCE = "absence"
    DELETED = "deleted"
    OTHER_PERSON = "other_person"
    NOT_TIME = "not_time"
    WATCHED = "watched"
    PLAN = "plan"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An entry that is no session: its line (from 1), why, and what it says."""

    line: int
    why: ProblemCause
    found: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """One entry as the file has it.

    `begin` and `end` are epoch seconds; both are None where the file knows only the `day` and how many `seconds`.
    `key` is the source's own lasting id, empty where it has none. `billed_as` is empty, the number of the invoice that
    the entry is on, or "yes". `billed_minor` is what was billed for it, in minor units, where the file says,
    `worth_minor` what the file says it is worth, billed or not.
    `rounded` says that the file told fractions of a second: begin and end are each rounded half up.
    """

    line: int
    begin: int | None = None
    end: int | None = None
    day: date | None = None
    seconds: int | None = None
    precision: Precision = Precision.SECOND
    key: str = ""
    client: str = ""
    project: str = ""
    task: str = ""
    tags: tuple[str, ...] = ()
    note: str = ""
    person: str = ""
    billable: bool | None = None
    billed_as: str = ""
    billed_minor: int | None = None
    worth_minor: int | None = None
    currency: str = ""
    channel: Channel | None = None
    zone: str = ""
    rounded: bool = False
    exact: "Exact | None" = None


@dataclass(frozen=True, slots=True)
class Exact:
    """What only the log's own files say of a session, taken over as it is."""

    id: str
    scope: Scope
    decision: Decision | None
    agreed_seconds: int | None
    write_off: str | None


Item = Found | RowProblem | LeftOut


@dataclass(frozen=True, slots=True)
class Answers:
    """What the person said about a file: the zone of its wall times, the order of its dates (`dmy`, `mdy`, `ymd`),
    which of two readings a repeated hour has (`first`, `second`), and the columns of a table, by field. `now` is where
    plans end.
    """

    zone: ZoneInfo
    dates: str = ""
    fold: str = ""
    now: int = 4_000_000_000
    as_sessions: bool = False
    archived: bool = False
    columns: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class DoorSource:
    """The bytes of a file, opened by whoever calls: a door never touches the disk.

    `members` are the files of an archive or a folder by name, empty for a plain file.
    """

    name: str
    data: bytes
    members: Mapping[str, bytes] = field(default_factory=lambda: MappingProxyType({}))

    @cached_property
    def head(self) -> bytes:
        """The beginning, by which the file is recognised; behind it the names of what a database or archive holds."""
        from clepsydra.exchange.doors.parts import sqlite

        names = list(self.members)
        if self.data.startswith(sqlite.MAGIC):
            names += sqlite.names(self.data)
        return self.data[:HEAD] + "".join(f"\0{name}" for name in names).encode("utf-8", "replace")

    @cached_property
    def text(self) -> str | None:
        """The whole file as text, without its byte order mark; None where it is no text in a known coding."""
        from clepsydra.exchange.doors.parts.tabular import decoded

        return decoded(self.data)


@dataclass(frozen=True, slots=True)
class Door:
    """One format: `sniff` tells from the file's name and its beginning how sure it is (0 to 100)."""

    name: str
    kind: DoorKind
    sniff: Callable[[str, bytes], int]
    read: Callable[[DoorSource, Answers], Iterator[Item]]
    asks: tuple[Ask, ...] = ()
    title: str = ""
    """The name of the program, as its makers write it."""
    many: bool = False
    """Whether a folder of its files can be given."""
