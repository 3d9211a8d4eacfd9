"""The answers to each kind of open item, with the keys that give them: one key, always in sight.

A key that an action of the screen or a client has taken is replaced by its capital, or by the next free letter.
"""

from collections.abc import Collection
from enum import StrEnum
from string import ascii_lowercase

from clepsydra.domain.records import dataclass
from clepsydra.language.translator import mark
from clepsydra.ledger.day.answers import Kind


class Choice(StrEnum):
    """What a key does to the item under the cursor."""

    CLIENT = "client"
    TRAVEL = "travel"
    PREP = "prep"
    ADMIN = "admin"
    BREAK = "break"
    AWAY = "away"
    UNKNOWN = "unknown"
    SLICES = "slices"
    PERSONAL = "personal"
    IGNORE = "ignore"
    KEEP = "keep"
    CUT_FIRST = "cut_first"
    CUT_SECOND = "cut_second"
    END = "end"
    END_AT = "end_at"
    SPLIT = "split"
    DISCARD = "discard"
    SCOPE_IN = "scope_in"
    SCOPE_OUT = "scope_out"
    BILL = "bill"
    ABSORB = "absorb"
    NOTE = "note"
    AGREE = "agree"


@dataclass(frozen=True, slots=True)
class Offer:
    """One answer: the key it would like, and its English words."""

    choice: Choice
    key: str
    words: str


_GAP = (
    Offer(Choice.BREAK, "b", mark("break")),
    Offer(Choice.CLIENT, "c", mark("client…")),
    Offer(Choice.TRAVEL, "v", mark("travel…")),
    Offer(Choice.PREP, "p", mark("preparation…")),
    Offer(Choice.ADMIN, "a", mark("administration")),
    Offer(Choice.AWAY, "w", mark("away…")),
    Offer(Choice.SLICES, "s", mark("several…")),
    Offer(Choice.UNKNOWN, "x", mark("nobody knows")),
)
_BILL = Offer(Choice.BILL, "b", mark("bill it"))
_ABSORB = Offer(Choice.ABSORB, "g", mark("give it"))
_IN = Offer(Choice.SCOPE_IN, "i", mark("in scope"))

OFFERS: dict[Kind, tuple[Offer, ...]] = {
    Kind.GAP: _GAP,
    Kind.CALL: (
        Offer(Choice.CLIENT, "c", mark("client…")),
        Offer(Choice.PERSONAL, "p", mark("personal")),
        Offer(Choice.IGNORE, "x", mark("not a call")),
    ),
    Kind.OVERLAP: (
        Offer(Choice.KEEP, "k", mark("keep both")),
        Offer(Choice.CUT_FIRST, "f", mark("the first gives way")),
        Offer(Choice.CUT_SECOND, "l", mark("the later one gives way")),
    ),
    Kind.DOUBTFUL: (
        Offer(Choice.KEEP, "k", mark("all of it was work")),
        Offer(Choice.END, "e", mark("it ended when last seen")),
        Offer(Choice.END_AT, "w", mark("it ended at…")),
        Offer(Choice.SPLIT, "s", mark("split it there")),
        Offer(Choice.DISCARD, "d", mark("none of it was work")),
    ),
    Kind.RUNNING: (
        Offer(Choice.END, "e", mark("stop it now")),
        Offer(Choice.END_AT, "w", mark("it ended at…")),
    ),
    Kind.OVER_LONG: (
        Offer(Choice.KEEP, "k", mark("right as it is")),
        Offer(Choice.END_AT, "w", mark("it ended at…")),
    ),
    Kind.UNSURE: (_IN, _BILL, _ABSORB, Offer(Choice.SCOPE_OUT, "o", mark("out of scope, later"))),
    Kind.PENDING: (_BILL, _ABSORB, _IN),
    Kind.NO_NOTE: (
        Offer(Choice.NOTE, "n", mark("write a note…")),
        Offer(Choice.KEEP, "k", mark("leave it without")),
    ),
    Kind.AGREED: (
        Offer(Choice.AGREE, "t", mark("type the total…")),
        Offer(Choice.KEEP, "k", mark("billed by the rule")),
    ),
}


def keyed(kind: Kind, taken: Collection[str]) -> dict[str, Offer]:
    """The answers to a kind of item by the key that gives each."""
    found: dict[str, Offer] = {}
    for offer in OFFERS[kind]:
        wishes = (offer.key, offer.key.upper(), *ascii_lowercase)
        key = next((k for k in wishes if k not in taken and k not in found), "")
        if key:
            found[key] = offer
    return found
