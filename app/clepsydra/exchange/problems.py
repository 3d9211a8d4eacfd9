"""What keeps a line of a file from being taken: a reason a person can act on, with the nearest thing allowed."""

from enum import StrEnum
from functools import lru_cache

from clepsydra.domain.records import dataclass
from clepsydra.exchange.text import plain
from clepsydra.language.nearest import nearest as nearest_of
from clepsydra.language.translator import Translator, mark


class RowReason(StrEnum):
    """Why a line, or the whole file, cannot be taken."""

    NOT_TEXT = "not_text"
    BROKEN_QUOTES = "broken_quotes"
    MISSING_COLUMN = "missing_column"
    UNKNOWN_COLUMN = "unknown_column"
    DOUBLED_COLUMN = "doubled_column"
    DOUBLED_ID = "doubled_id"
    CELLS = "cells"
    EMPTY = "empty"
    INSTANT = "instant"
    NO_OFFSET = "no_offset"
    MISSING_TIME = "missing_time"
    AMBIGUOUS_TIME = "ambiguous_time"
    ENDS_BEFORE = "ends_before"
    ZONE = "zone"
    WORD = "word"
    SECONDS = "seconds"
    OWN_SCOPE = "own_scope"
    DECISION_IN_SCOPE = "decision_in_scope"
    UNKNOWN_CLIENT = "unknown_client"
    UNKNOWN_PROJECT = "unknown_project"
    OTHER_CONTENT = "other_content"
    NO_COLUMN = "no_column"
    NOT_READABLE = "not_readable"
    NOT_THIS_FORM = "not_this_form"
    DATE = "date"
    DATE_ORDER = "date_order"
    CLOCK = "clock"
    DURATION = "duration"
    TWICE = "twice"
    NO_END = "no_end"
    DEDUCTION = "deduction"
    UNPLACED = "unplaced"
    NO_PLACE = "no_place"
    PERSONS = "persons"
    BALANCE = "balance"
    AMOUNT = "amount"
    CURRENCY = "currency"
    NO_MOVEMENT = "no_movement"
    CUT = "cut"
    NOT_A_BANK = "not_a_bank"
    ENTITIES = "entities"


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One problem: the line (from 1), the column, what was found, what is allowed and what was perhaps meant.

    The last four are empty where they say nothing.
    """

    line: int
    reason: RowReason
    column: str = ""
    found: str = ""
    allowed: str = ""
    nearest: str = ""


@lru_cache(maxsize=1024)
def nearest(word: str, allowed: tuple[str, ...]) -> str:
    """The allowed word most like the one found, or an empty text when none is close.

    Remembered, because a file with one mistake often makes it on every line.
    """
    return nearest_of(word, allowed)


_SENTENCES = {
    RowReason.NOT_TEXT: mark("the file is not text in UTF-8"),
    RowReason.BROKEN_QUOTES: mark("quotes are not closed or not doubled"),
    RowReason.MISSING_COLUMN: mark("the column {column} is missing; required are client, started_at and ended_at"),
    RowReason.UNKNOWN_COLUMN: mark("unknown column {column}; allowed are {allowed}"),
    RowReason.DOUBLED_COLUMN: mark("the column {column} stands there twice"),
    RowReason.DOUBLED_ID: mark("the id {found} stands in an earlier line too"),
    RowReason.CELLS: mark("{found} cells where the header has {allowed}"),
    RowReason.EMPTY: mark("{column} is empty"),
    RowReason.INSTANT: mark("{column}: {found} is no instant; write one like 2026-11-24T14:30:00+01:00"),
    RowReason.NO_OFFSET: mark("{column}: {found} has no offset and no zone is given"),
    RowReason.MISSING_TIME: mark("{column}: the clocks of {allowed} jumped over {found}; give its offset"),
    RowReason.AMBIGUOUS_TIME: mark("{column}: the clocks of {allowed} showed {found} twice; give its offset"),
    RowReason.ENDS_BEFORE: mark("it ends at {found}, before it begins at {allowed}"),
    RowReason.ZONE: mark("zone: {found} is no time zone"),
    RowReason.WORD: mark("{column}: {found} is none of {allowed}"),
    RowReason.SECONDS: mark("{column}: {found} is no number of seconds"),
    RowReason.OWN_SCOPE: mark("scope: own work has no scope, found {found}"),
    RowReason.DECISION_IN_SCOPE: mark("decision: {found} is only for work out of scope"),
    RowReason.UNKNOWN_CLIENT: mark("there is no client {found}"),
    RowReason.UNKNOWN_PROJECT: mark("the client has no project {found}"),
    RowReason.OTHER_CONTENT: mark("the log has the id {found} with another {column}"),
    RowReason.NO_COLUMN: mark("there is no column {column}; the file has {allowed}"),
    RowReason.NOT_READABLE: mark("the file is damaged or cut off here ({found})"),
    RowReason.NOT_THIS_FORM: mark("this is {found}, which cannot be read exactly; give {allowed} instead"),
    RowReason.DATE: mark("{column}: {found} is no date"),
    RowReason.DATE_ORDER: mark(
        "{found} may be a day and month in two orders; say which with --dates (one of {allowed})"
    ),
    RowReason.CLOCK: mark("{column}: {found} is no time of day"),
    RowReason.DURATION: mark("{column}: {found} is no length of time"),
    RowReason.TWICE: mark("the clocks of {allowed} showed {found} twice; say which with --fold first or --fold second"),
    RowReason.NO_END: mark("{found} has no end"),
    RowReason.DEDUCTION: mark("{found} takes time away, and from when is not said; take it off where it was"),
    RowReason.UNPLACED: mark("{found} is no client yet; say where it belongs with --map, --client or --new-clients"),
    RowReason.PERSONS: mark(
        "the file has the work of {found} persons; say which is yours with --me (one of {allowed})"
    ),
    RowReason.BALANCE: mark("the movements lead to {found}, and the file says {allowed}; it is not whole"),
    RowReason.AMOUNT: mark("{found} is no amount of money"),
    RowReason.CURRENCY: mark("{found} is no currency; three letters name one, as EUR"),
    RowReason.NO_MOVEMENT: mark("there is neither a movement nor a balance"),
    RowReason.CUT: mark("the file ends before its end ({found}); fetch it from the bank again"),
    RowReason.NOT_A_BANK: mark("this is no file of a bank that is known; allowed are {allowed}"),
    RowReason.ENTITIES: mark("the file declares types or entities, which no bank does; it is not read"),
    RowReason.NO_PLACE: mark("nothing says whose work this is; name its client with --client, or map a tag with --map"),
}

_SHOWN = 60


def sentence(problem: RowProblem, tr: Translator) -> str:
    """The problem in words, with its line and, where something is close, what was perhaps meant."""
    text = tr.t(
        _SENTENCES[problem.reason],
        column=_short(problem.column),
        found=_short(problem.found),
        allowed=plain(problem.allowed).replace(",", ", "),
    )
    if problem.nearest:
        text = tr.t("{problem} (did you mean {nearest}?)", problem=text, nearest=problem.nearest)
    return tr.t("line {line}: {problem}", line=problem.line, problem=text)


def _short(found: str) -> str:
    """What stood in the file, made harmless and cut where it is long."""
    shown = plain(found)
    return shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + "…"
