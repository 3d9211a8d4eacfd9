"""What keeps a line of a file from being taken: a reason a person can act on, with the nearest thing allowed."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why a line, or the whole file, cannot be taken."""

    NOT_TEXT = "not_text"
    BROKEN_QUOTES = "broken_quotes"
    MISSING_COLUMN = "missing_column"
    UNKNOWN_COLUMN = "unknown_column"
    DOUBLED_COLUMN = "doubled_column"
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
    DECISION_IN_SCOPE = "decision_in_scope"
    UNKNOWN_CLIENT = "unknown_client"
    UNKNOWN_PROJECT = "unknown_project"


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem: the line (from 1), the column, what was found, what is allowed and what was perhaps meant.

    The last four are empty where they say nothing.
    """

    line: int
    reason: Reason
    column: str = ""
    found: str = ""
    allowed: str = ""
    nearest: str = ""


def nearest(word: str, allowed: Iterable[str]) -> str:
    """The allowed word most like the one found, or an empty text when none is close."""
    from difflib import get_close_matches

    by_folded = {name.casefold(): name for name in allowed}
    close = get_close_matches(word.casefold(), by_folded, n=1)
    return by_folded[close[0]] if close else ""
