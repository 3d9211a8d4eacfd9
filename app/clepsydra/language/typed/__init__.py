"""What people type, read without guessing: durations, instants, days, periods and amounts, in the languages of `words`.

Everything is pure: now, the zone and the hour at which days begin are arguments. What can't be read, or can be read
twice, raises a `NotUnderstood` that carries its data and words itself with a translator. Patterns stay text until `re`
first needs them, because one command reads one or two things.
"""

from clepsydra.language.typed.amounts import parse_amount
from clepsydra.language.typed.days import parse_day
from clepsydra.language.typed.durations import parse_duration
from clepsydra.language.typed.ends import End, parse_end
from clepsydra.language.typed.errors import Ambiguous, EndsBefore, Missing, NotUnderstood, Unreadable
from clepsydra.language.typed.instants import Moment, parse_instant
from clepsydra.language.typed.periods import parse_period

__all__ = [
    "Ambiguous",
    "End",
    "EndsBefore",
    "Missing",
    "Moment",
    "NotUnderstood",
    "Unreadable",
    "parse_amount",
    "parse_day",
    "parse_duration",
    "parse_end",
    "parse_instant",
    "parse_period",
]
