"""One call that several sources tell is one call.

Two tell the same where neither is of the other's source, their numbers do not contradict each other, their lengths
agree within 10 s, a tenth or the coarser grain, and their begins within ring, grain and 5 s. The nearest pairs are
joined first, and every member of a call agrees with every other. So the result does not depend on the order in which
the sources were read, and merging what was merged changes nothing: a phone's 12:41:07 (it rang for 5 s) and the line's
12:41:12 are one call from 12:41:12 on.
"""

from collections.abc import Iterable, Sequence

from clepsydra.domain.happenings import Happening, HappeningKind, Way
from clepsydra.domain.records import dataclass

EXACTNESS = (
    "live", "streams", "asterisk", "3cx", "telegram", "zoom", "teams", "android", "iphone", "operator", "whatsapp",
    "fritz", "bluetooth",
)  # fmt: skip
"""Sources from the most exact to the least; one that is not named counts as an operator's."""

_LEAST = 10
_SLACK = 5


@dataclass(frozen=True, slots=True)
class Merged:
    """One thing that happened, with everybody who tells it, the most exact first."""

    members: tuple[Happening, ...]

    @property
    def best(self) -> Happening:
        """Who tells its times: the most exact one that knows its length."""
        return next((each for each in self.members if each.ended is not None), self.members[0])

    @property
    def sources(self) -> tuple[str, ...]:
        """Who tells it, by name."""
        return tuple(sorted({each.source for each in self.members}))

    @property
    def party(self) -> tuple[str, ...]:
        """The other side, from whoever knows it best: a whole number before a masked one."""
        known = [each.party for each in self.members if each.party]
        return min(known, key=lambda party: any(one.endswith("*") for one in party), default=())

    @property
    def label(self) -> str:
        """What it was about, from whoever says it."""
        return next((each.label for each in self.members if each.label), "")

    @property
    def app(self) -> str:
        """The program it went through, from whoever says it; empty for the telephone."""
        return next((each.app for each in self.members if each.app), "")

    @property
    def origin(self) -> str:
        """The repository or the calendar it comes from, from whoever says it."""
        return next((each.origin for each in self.members if each.origin), "")

    @property
    def way(self) -> Way:
        """From whom to whom, from whoever says it."""
        return next((each.way for each in self.members if each.way), Way.UNKNOWN)

    @property
    def everybody(self) -> tuple[str, ...]:
        """The other side under every name that a source has for it."""
        return tuple(one for each in self.members for one in each.party)


def rank(source: str) -> int:
    """How exact a source is among those whose times are as fine as its own; 0 is best."""
    return EXACTNESS.index(source) if source in EXACTNESS else EXACTNESS.index("operator")


def merge(happenings: Iterable[Happening]) -> list[Merged]:
    """What happened, in the order of its begin; calls that nobody answered are left out."""
    known = sorted({(each.source, each.key or each.row or each): each for each in _sorted(happenings)}.values(),
                   key=_order)  # fmt: skip
    talks = [each for each in known if _is_talk(each)]
    found = [Merged((each,)) for each in known if not _is_talk(each)]
    found += [Merged(tuple(sorted(group, key=_exactness))) for group in _joined(talks) if _is_call(group)]
    return sorted(found, key=lambda each: (each.best.began, each.best.source, each.best.key))


def _sorted(happenings: Iterable[Happening]) -> list[Happening]:
    return sorted((each for each in happenings if each.answered is not False), key=_order)


def _order(each: Happening) -> tuple[int, int, str, str, str]:
    return each.began, -1 if each.ended is None else each.ended, each.source, each.key, each.row


def _exactness(each: Happening) -> tuple[int, int, int, int, str, str, str]:
    return each.grain, rank(each.source), *_order(each)


def _is_talk(each: Happening) -> bool:
    """A call, or a meeting that somebody was in: the program that was heard may have been in that very meeting."""
    return each.kind is HappeningKind.CALL or (each.kind is HappeningKind.MEETING and each.ended is not None)


def _is_call(group: Sequence[Happening]) -> bool:
    """Whether anybody says that it was answered."""
    return any(each.answered for each in group)


def _joined(talks: Sequence[Happening]) -> list[list[Happening]]:
    """Groups of those that tell one call, the nearest pairs joined first."""
    group_of = {n: [n] for n in range(len(talks))}
    for _, one, other in sorted(_pairs(talks)):
        mine, theirs = group_of[one], group_of[other]
        if mine is not theirs and all(same_call(talks[a], talks[b]) for a in mine for b in theirs):
            mine += theirs
            group_of.update(dict.fromkeys(theirs, mine))
    return [[talks[n] for n in group] for group in {id(group): group for group in group_of.values()}.values()]


def _pairs(talks: Sequence[Happening]) -> Iterable[tuple[tuple[int, int], int, int]]:
    """Every two that agree, with how far apart they are; `talks` are in the order of their begin."""
    reach = max((each.ring + each.grain for each in talks), default=0) + _SLACK
    for one, each in enumerate(talks):
        for other in range(one + 1, len(talks)):
            if talks[other].began - each.began > reach:
                break
            if same_call(each, talks[other]):
                yield _distance(each, talks[other]), one, other


def _distance(one: Happening, other: Happening) -> tuple[int, int]:
    lengths = (one.seconds, other.seconds)
    apart = 0 if None in lengths else abs((one.seconds or 0) - (other.seconds or 0))
    return abs(one.began - other.began), apart


def same_call(one: Happening, other: Happening) -> bool:
    """Whether two sources may tell one call."""
    return (
        one.source != other.source
        and _parties_agree(one.party, other.party)
        and _lengths_agree(one, other)
        and abs(one.began - other.began) <= max(one.ring, other.ring) + max(one.grain, other.grain) + _SLACK
    )


def _parties_agree(one: Sequence[str], other: Sequence[str]) -> bool:
    """The same, or unknown to one, or a number whose last digits one source masks; a name says nothing of a number."""
    numbers = [[each for each in party if each.startswith("+")] for party in (one, other)]
    if not all(numbers):
        return not one or not other or bool(numbers[0]) != bool(numbers[1]) or bool({*one} & {*other})
    return any(_same_number(a, b) for a in numbers[0] for b in numbers[1])


def _same_number(one: str, other: str) -> bool:
    if one == other:
        return True
    masked = [each for each in (one, other) if each.endswith("*")]
    return bool(masked) and (one.rstrip("*").startswith(other.rstrip("*")) or other.startswith(one.rstrip("*")))


def _lengths_agree(one: Happening, other: Happening) -> bool:
    if one.seconds is None or other.seconds is None:
        return True
    return abs(one.seconds - other.seconds) <= max(
        _LEAST, max(one.seconds, other.seconds) // 10, one.grain, other.grain
    )
