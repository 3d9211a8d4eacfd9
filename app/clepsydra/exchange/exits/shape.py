"""The shape of an exit: finished sessions with the names of their clients go in, the bytes of a file come out."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from enum import StrEnum
from typing import BinaryIO

from clepsydra.domain.records import dataclass
from clepsydra.domain.session import DEFAULT_PROJECT, Session
from clepsydra.domain.statement import Statement
from clepsydra.domain.statement_terms import LedesKeys
from clepsydra.language.translator import Translator


class MissingLibrary(Exception):
    """A library that an exit needs is not there; the text is the name of the extra that brings it."""


class What(StrEnum):
    """What a format shows."""

    LOG = "log"
    METADATA = "metadata"
    STATEMENTS = "statements"


@dataclass(frozen=True, slots=True)
class LogRow:
    """A finished session, what its client and project are called, and the number of the statement it is on."""

    session: Session
    client_name: str
    project_name: str = ""
    statement: str = ""
    hourly: Decimal | None = None

    @property
    def seconds(self) -> int:
        """Its exact length."""
        return (self.session.ended_at or self.session.started_at) - self.session.started_at

    @property
    def has_project(self) -> bool:
        """Whether it belongs to a project that was named."""
        return self.session.project != DEFAULT_PROJECT


@dataclass(frozen=True, slots=True)
class About:
    """What a file may say of itself: the words of its language, the instant it was made at, whose it is."""

    tr: Translator
    now: int
    person: str = ""
    email: str = ""
    views: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """The readable views of the log with their columns."""
    statements: tuple[tuple[Statement, LedesKeys], ...] = ()
    """The issued statements that are asked for, with what legal billing calls their parties."""


@dataclass(frozen=True, slots=True)
class Exit:
    """One format: its name on the command line, how its files end, and what writes one.

    `write` returns how many sessions it wrote; it may raise `Missing`.
    """

    name: str
    ending: str
    write: Callable[[Iterable[LogRow], BinaryIO, About], int]
    title: str = ""
    what: What = What.LOG
