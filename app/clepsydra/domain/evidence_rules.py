"""Rules of a client's file that say whose a happening is, what it was and whether it is asked or taken.

A rule never says how much: that is the rounding rule's and the touch's length. The first rule of a file that fits
decides; rules or owners of two clients make a question. So a call of 90 s from +33142685300, Acme's number, with Acme's
rule `when = { evidence = "call", over = "1m" }`, `then = { take = "close" }`, is Acme's and taken at the day's close.

Texts come in folded (no case, no accents), as patterns do; lengths are seconds, times of day minutes.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from operator import attrgetter
from typing import NamedTuple

from clepsydra.domain.patterns import covers, globs, party_patterns
from clepsydra.domain.records import dataclass, field, replace
from clepsydra.domain.session import Channel, Decision, Scope

ANY = "any"
"""Every kind of evidence."""

EVIDENCE: dict[str, frozenset[str]] = {
    "call": frozenset({"with", "way", "app", "title", "over", "under", "hours"}),
    "mail": frozenset({"with", "way", "title", "hours"}),
    "message": frozenset({"with", "way", "app", "hours"}),
    "commit": frozenset({"title", "repository", "hours"}),
    "meeting": frozenset({"title", "calendar", "over", "under", "hours"}),
}
"""The kinds of evidence, each with what a rule can ask of it."""

WAYS = ("in", "out")
"""Which way a call or message went, seen from the person."""


class Take(StrEnum):
    """What becomes of evidence that fits: a question, a session at the day's close, a session at once."""

    ASK = "ask"
    CLOSE = "close"
    NOW = "now"


class Traits(NamedTuple):
    """What a rule can see of a happening; texts are folded, `minute` is local, `seconds` None where nothing lasts."""

    evidence: str
    day: date
    weekday: int = 0
    minute: int = 0
    owners: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    way: str = ""
    app: str = ""
    title: str = ""
    repository: str = ""
    calendar: str = ""
    seconds: int | None = None


HoursOfWeek = tuple[tuple[tuple[int, int], ...], ...]
"""By weekday (0 is Monday) stretches of minutes, half-open."""


@dataclass(frozen=True, slots=True)
class When:
    """What must hold; None and empty stand for no condition, several values for any of them.

    `over` is "at least" and `under` "less than", so that two rules can share all lengths between them.
    """

    evidence: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    way: tuple[str, ...] = ()
    app: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    repository: tuple[str, ...] = ()
    calendar: tuple[str, ...] = ()
    over: int | None = None
    under: int | None = None
    hours: HoursOfWeek = ()


@dataclass(frozen=True, slots=True)
class Then:
    """What a fitting happening is made: where it goes, whether it is given away for a reason, how it is taken."""

    project: str = ""
    channel: Channel | None = None
    scope: Scope | None = None
    decision: Decision | None = None
    note: str = ""
    give: str = ""
    take: Take = Take.ASK


Fits = Callable[[Traits], bool]


@dataclass(frozen=True, slots=True)
class EvidenceRule:
    """One rule; evidence of before `since` is not its. `number` counts in its file from 1, `text` is how it stands
    there on one line, `kept` the same without the other sides it names: the log keeps no number and no address.
    `but_for_hours` is `fits` without the hours that the rule sets.
    """

    since: date
    when: When
    then: Then
    fits: Fits = field(compare=False, repr=False)
    but_for_hours: Fits | None = field(default=None, compare=False, repr=False)
    number: int = 1
    text: str = ""
    kept: str = ""

    @property
    def names(self) -> bool:
        """Whether it says whose a happening is that has no owner yet; else it decides about what is its client's."""
        when = self.when
        return bool(when.parties or when.title or when.repository or when.calendar)


def compiled(since: date, when: When, then: Then, number: int = 1, text: str = "", kept: str = "") -> EvidenceRule:
    """A rule ready to decide: its patterns are compiled here, once."""
    loose = _all_of(_conditions(replace(when, hours=()))) if when.hours else None
    return EvidenceRule(since, when, then, _all_of(_conditions(when)), loose, number, text, kept)


# -- deciding


class Puzzle(StrEnum):
    """Why a happening stays a question though its traits are known."""

    NO_RULE = "no_rule"
    ASKED = "asked"
    TWO_CLIENTS = "two_clients"
    OUT_OF_HOURS = "out_of_hours"


class Ruling(NamedTuple):
    """One happening decided: a client's by a rule, a question, or nobody's (no client, no puzzle).

    `fitting` names each client's rule that fits.
    """

    client: str | None = None
    rule: EvidenceRule | None = None
    puzzle: Puzzle | None = None
    fitting: tuple[tuple[str, EvidenceRule], ...] = ()

    @property
    def nobody(self) -> bool:
        """Whether neither an owner nor a rule claims it."""
        return self.client is None and self.puzzle is None


def decide(traits: Traits, rules: Mapping[str, Sequence[EvidenceRule]]) -> Ruling:
    """The rule, the question or nobody: every happening gets exactly one of them."""
    fitting = []
    for client, own in rules.items():
        found = first_fitting(traits, client, own)
        if found is not None:
            fitting.append((client, found))
    claimants = dict.fromkeys((*traits.owners, *(client for client, _ in fitting)))
    if not claimants:
        return Ruling()
    if len(claimants) > 1:
        return Ruling(puzzle=Puzzle.TWO_CLIENTS, fitting=tuple(fitting))
    client = next(iter(claimants))
    if not fitting:
        late = any(rule.but_for_hours and rule.but_for_hours(traits) for rule in rules.get(client, ()))
        return Ruling(client, puzzle=Puzzle.OUT_OF_HOURS if late else Puzzle.NO_RULE)
    rule = fitting[0][1]
    return Ruling(client, rule, Puzzle.ASKED if rule.then.take is Take.ASK else None, tuple(fitting))


def first_fitting(traits: Traits, client: str, rules: Sequence[EvidenceRule]) -> EvidenceRule | None:
    """The first of a client's rules that fits; a rule that names nobody needs the client to be the owner."""
    owned = client in traits.owners
    day = traits.day
    for rule in rules:
        if rule.since <= day and (owned or rule.names) and rule.fits(traits):
            return rule
    return None


def also_fitting(traits: Traits, client: str, rules: Sequence[EvidenceRule]) -> list[EvidenceRule]:
    """Every rule of a client that fits, in order: those after the first were hidden by it this time."""
    found, rest = [], list(rules)
    while (rule := first_fitting(traits, client, rest)) is not None:
        found.append(rule)
        rest = rest[rest.index(rule) + 1 :]
    return found


# -- conditions


def _all_of(conditions: Sequence[Fits]) -> Fits:
    if len(conditions) == 1:
        return conditions[0]

    def fits(traits: Traits) -> bool:
        for holds in conditions:  # noqa: SIM110 - a generator for each of 50 rules would double their time
            if not holds(traits):
                return False
        return True

    return fits


def _conditions(when: When) -> list[Fits]:
    """The cheap ones first: most happenings fail there."""
    found: list[Fits] = []
    if when.evidence and ANY not in when.evidence:
        kinds = frozenset(when.evidence)
        found.append(lambda traits: traits.evidence in kinds)
    if when.way:
        ways = frozenset(when.way)
        found.append(lambda traits: traits.way in ways)
    if when.over is not None or when.under is not None:
        found.append(_length(when.over, when.under))
    if when.hours:
        found.append(_hours(when.hours))
    if when.parties:
        known = globs(party_patterns(when.parties))
        found.append(lambda traits: any(known(party) for party in traits.parties))
    found += [_text(name, globs(patterns)) for name in _TEXTS if (patterns := getattr(when, name))]
    return found


def _length(over: int | None, under: int | None) -> Fits:
    least, most = over or 0, under

    def fits(traits: Traits) -> bool:
        seconds = traits.seconds
        return seconds is not None and seconds >= least and (most is None or seconds < most)

    return fits


def _hours(hours: HoursOfWeek) -> Fits:
    return lambda traits: any(begin <= traits.minute < end for begin, end in hours[traits.weekday])


_TEXTS = ("app", "title", "repository", "calendar")
"""Conditions and traits that are one text each."""


def _text(name: str, matches: Callable[[str], bool]) -> Fits:
    read = attrgetter(name)
    return lambda traits: bool(text := read(traits)) and matches(text)


# -- rules that can never decide


def hides(earlier: EvidenceRule, later: EvidenceRule) -> bool:
    """Whether whatever fits the later rule fits the earlier one of the same file; never said wrongly."""
    first, then = earlier.when, later.when
    if earlier.since > later.since or (later.names and not earlier.names):
        return False
    kinds = set(then.evidence) if then.evidence and ANY not in then.evidence else set(EVIDENCE)
    if first.evidence and ANY not in first.evidence and not kinds <= set(first.evidence):
        return False
    if first.way and not (then.way and set(then.way) <= set(first.way)):
        return False
    texts = [(getattr(first, name), getattr(then, name)) for name in _TEXTS]
    texts.append((party_patterns(first.parties), party_patterns(then.parties)))
    return (
        all(covers(wide, narrow) for wide, narrow in texts)
        and (first.over is None or (then.over is not None and then.over >= first.over))
        and (first.under is None or (then.under is not None and then.under <= first.under))
        and (not first.hours or (bool(then.hours) and _minutes(then.hours) <= _minutes(first.hours)))
    )


def _minutes(hours: HoursOfWeek) -> set[tuple[int, int]]:
    return {(day, minute) for day, spans in enumerate(hours) for begin, end in spans for minute in range(begin, end)}
