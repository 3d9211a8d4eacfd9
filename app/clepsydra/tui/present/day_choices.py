"""The answers to each kind of open item, with the keys that give them: one key, always in sight.

A key that an action of the screen or a client has taken is replaced by its capital, or by the next free letter.
"""

from collections.abc import Collection
from enum import StrEnum
from string import ascii_lowercase

from clepsydra.domain.records import dataclass
from clepsydra.language.translator import mark
from clepsydra.ledger.day.answers import ItemKind


class DayChoice(StrEnum):
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
    TICKS = "ticks"
    TAKE = "take"


@dataclass(frozen=True, slots=True)
class Offer:
    """One answer: the key it would like, and its English words."""

    choice: DayChoice
    key: str
    words: str


_GAP = (
    Offer(DayChoice.BREAK, "b", mark("break")),
    Offer(DayChoice.CLIENT, "c", mark("client…")),
    Offer(DayChoice.TRAVEL, "v", mark("travel…")),
    Offer(DayChoice.PREP, "p", mark("preparation…")),
    Offer(DayChoice.ADMIN, "a", mark("administration")),
    Offer(DayChoice.AWAY, "w", mark("away…")),
    Offer(DayChoice.SLICES, "s", mark("several…")),
    Offer(DayChoice.UNKNOWN, "x", mark("nobody knows")),
)
_BILL = Offer(DayChoice.BILL, "b", mark("bill it"))
_ABSORB = Offer(DayChoice.ABSORB, "g", mark("give it"))
_IN = Offer(DayChoice.SCOPE_IN, "i", mark("in scope"))

OFFERS: dict[ItemKind, tuple[Offer, ...]] = {
    ItemKind.HAPPENED: (
        Offer(DayChoice.KEEP, "k", mark("confirm")),
        Offer(DayChoice.TICKS, " ", mark("untick some…")),
    ),
    ItemKind.GAP: _GAP,
    ItemKind.CALL: (
        Offer(DayChoice.CLIENT, "c", mark("client…")),
        Offer(DayChoice.PERSONAL, "p", mark("personal")),
        Offer(DayChoice.IGNORE, "x", mark("not a call")),
    ),
    ItemKind.WAITING: (
        Offer(DayChoice.TAKE, "y", mark("take it")),
        Offer(DayChoice.CLIENT, "c", mark("client…")),
        Offer(DayChoice.IGNORE, "x", mark("no work")),
    ),
    ItemKind.OVERLAP: (
        Offer(DayChoice.KEEP, "k", mark("keep both")),
        Offer(DayChoice.CUT_FIRST, "f", mark("the first gives way")),
        Offer(DayChoice.CUT_SECOND, "l", mark("the later one gives way")),
    ),
    ItemKind.DOUBTFUL: (
        Offer(DayChoice.KEEP, "k", mark("all of it was work")),
        Offer(DayChoice.END, "e", mark("it ended when last seen")),
        Offer(DayChoice.END_AT, "w", mark("it ended at…")),
        Offer(DayChoice.SPLIT, "s", mark("split it there")),
        Offer(DayChoice.DISCARD, "d", mark("none of it was work")),
    ),
    ItemKind.RUNNING: (
        Offer(DayChoice.END, "e", mark("stop it now")),
        Offer(DayChoice.END_AT, "w", mark("it ended at…")),
    ),
    ItemKind.AWAY: (
        Offer(DayChoice.KEEP, "k", mark("I was working")),
        Offer(DayChoice.BREAK, "b", mark("break")),
        Offer(DayChoice.AWAY, "w", mark("away…")),
        Offer(DayChoice.SLICES, "s", mark("several…")),
    ),
    ItemKind.OVER_LONG: (
        Offer(DayChoice.KEEP, "k", mark("right as it is")),
        Offer(DayChoice.END_AT, "w", mark("it ended at…")),
    ),
    ItemKind.UNSURE: (_IN, _BILL, _ABSORB, Offer(DayChoice.SCOPE_OUT, "o", mark("out of scope, later"))),
    ItemKind.PENDING: (_BILL, _ABSORB, _IN),
    ItemKind.NO_NOTE: (
        Offer(DayChoice.NOTE, "n", mark("write a note…")),
        Offer(DayChoice.KEEP, "k", mark("leave it without")),
    ),
    ItemKind.AGREED: (
        Offer(DayChoice.AGREE, "t", mark("type the total…")),
        Offer(DayChoice.KEEP, "k", mark("billed by the rule")),
    ),
}


def keyed(kind: ItemKind, taken: Collection[str]) -> dict[str, Offer]:
    """The answers to a kind of item by the key that gives each."""
    found: dict[str, Offer] = {}
    for offer in OFFERS[kind]:
        wishes = (offer.key, offer.key.upper(), *ascii_lowercase)
        key = next((k for k in wishes if k not in taken and k not in found), "")
        if key:
            found[key] = offer
    return found
