"""A dry run of the rules over past days: what each would have taken, and where it differs from what the person did.

Nothing is written. What lies in the past is judged as if it had just happened: that it is old, that its day is closed
or that it was decided keeps a rule from acting, not from being tried.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from clepsydra.domain.evidence_rules import EvidenceRule, Puzzle, Take, also_fitting
from clepsydra.domain.interval import Interval
from clepsydra.domain.money import price
from clepsydra.domain.never_automatic import Barrier
from clepsydra.domain.records import dataclass, field
from clepsydra.domain.session import Session, Source
from clepsydra.evidence.sources import HappeningsFound
from clepsydra.language.message import Message
from clepsydra.ledger.evidence.gathering import happened
from clepsydra.ledger.evidence.model import Happened, HappenedState
from clepsydra.ledger.evidence.placing import length_of
from clepsydra.ledger.evidence.ruling import Ruled, Rules, ruled, rules_of, traits_of, why_asked
from clepsydra.ledger.ledger import Ledger
from clepsydra.store import sessions

PAST = 30
"""Days that are tried where nobody says which."""

_OF_THE_PAST = frozenset({Barrier.LATE, Barrier.CLOSED_DAY, Barrier.NOT_TRIED})
"""Barriers that say when something is judged, and nothing of the rule."""

_DECIDED = (HappenedState.TAKEN, HappenedState.LEFT)


@dataclass
class RuleTrial:
    """What one rule would have done. `agreed` and `differed` count what was decided by hand; `hidden` what an earlier
    rule of the file decided instead.
    """

    client: str
    rule: EvidenceRule
    currency: str
    matched: int = 0
    takes: int = 0
    seconds: int = 0
    minor: int = 0
    agreed: int = 0
    differed: int = 0
    hidden: int = 0
    asked: int = 0


@dataclass(frozen=True, slots=True)
class StaysAsked:
    """One happening that stays a question, and why."""

    found: Ruled
    reasons: tuple[Puzzle | Barrier, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """A dry run: per rule, and what stays asked; `nobody` happened with people that no file and no rule names."""

    first: date
    last: date
    rules: tuple[RuleTrial, ...]
    asked: tuple[StaysAsked, ...] = ()
    nobody: int = 0
    problems: tuple[Message, ...] = ()


@dataclass
class _Run:
    ledger: Ledger
    rules: Rules
    of: dict[tuple[str, int], RuleTrial] = field(default_factory=dict)
    asked: list[StaysAsked] = field(default_factory=list)
    nobody: int = 0


def try_rules(
    ledger: Ledger,
    first: date,
    last: date,
    client: str | None = None,
    told: HappeningsFound | None = None,
    rules: Mapping[str, Sequence[EvidenceRule]] | None = None,
) -> Trial:
    """Try the rules of all clients over some of the person's days, and tell of those of one; `rules` stand for those of
    the files, `told` for what every source tells.
    """
    bounds = ledger.own_bounds(first, last)
    known = rules_of(ledger) if rules is None else dict(rules)
    run = _Run(ledger, known)
    for slug, own in known.items():
        currency = ledger.client(slug).currency
        run.of |= {(slug, rule.number): RuleTrial(slug, rule, currency) for rule in own}
    upto_now = Interval(bounds.started_at, min(bounds.ended_at, max(bounds.started_at, ledger.now)))
    what = happened(ledger, upto_now, told)
    for found in ruled(ledger, what.items, known, despite=_OF_THE_PAST):
        _count(run, found)
    listed = tuple(each for each in run.of.values() if client in (None, each.client))
    asked = tuple(each for each in run.asked if client is None or client in _clients(each.found))
    return Trial(first, last, listed, asked, run.nobody, what.problems)


def _clients(found: Ruled) -> set[str]:
    named = {slug for slug, _ in found.ruling.fitting} | {slug for slug, _ in found.item.owner.places}
    return named | ({found.ruling.client} if found.ruling.client else set())


def _count(run: _Run, found: Ruled) -> None:
    """One happening under the rule that decides about it, and under those which that hides."""
    ruling, item = found.ruling, found.item
    run.nobody += ruling.nobody
    decided = item.state in _DECIDED
    for slug, rule in ruling.fitting:
        run.of[slug, rule.number].matched += 1
        _count_hidden(run, item, slug, rule)
    reasons = why_asked(found)
    deciding = found.rule
    if deciding is None or ruling.client is None:
        if not ruling.nobody and not decided and item.state is not HappenedState.COVERED:
            run.asked.append(StaysAsked(found, reasons))
        return
    trial = run.of[ruling.client, deciding.number]
    if decided:
        _compare(run.ledger, trial, found)
    elif item.state is HappenedState.COVERED:
        return
    elif reasons:
        trial.asked += 1
        trial.differed += Barrier.REFUSED in reasons  # who took it back did otherwise
        run.asked.append(StaysAsked(found, reasons))
        return
    if deciding.then.take is not Take.ASK:
        _would_take(run.ledger, trial, found)


def _count_hidden(run: _Run, item: Happened, slug: str, rule: EvidenceRule) -> None:
    owners = [client for client, _ in item.owner.places]
    for later in also_fitting(traits_of(run.ledger, item, owners), slug, run.rules[slug]):
        if later.number > rule.number:
            run.of[slug, later.number].hidden += 1


def _would_take(ledger: Ledger, trial: RuleTrial, found: Ruled) -> None:
    """Its free seconds; of what was decided by hand, as long as it took."""
    seconds, minor = found.seconds, found.minor
    if found.item.state in _DECIDED:
        client = ledger.client(trial.client)
        seconds = length_of(ledger, found.item, (trial.client, found.project)) or 0
        day = date.fromordinal(ledger.day_of(found.item.began, client))
        minor = price(seconds, client.rate(found.project, found.channel, day), client.currency)
    if seconds:
        trial.takes += 1
        trial.seconds += seconds
        trial.minor += minor


def _compare(ledger: Ledger, trial: RuleTrial, found: Ruled) -> None:
    """Whether a person decided as the rule would; what rules decided themselves says nothing."""
    made = [session for each in found.item.sessions if (session := sessions.by_id(ledger.db, each))]
    if any(session.source is Source.RULE for session in made):
        return
    if _alike(ledger, found):
        trial.agreed += 1
    else:
        trial.differed += 1


def _alike(ledger: Ledger, found: Ruled) -> bool:
    assert found.rule is not None
    then = found.rule.then
    made = [session for each in found.item.sessions if (session := sessions.by_id(ledger.db, each))]
    if not made:
        return False
    return all(_as_rule(session, found) for session in made) and (not then.give or all(s.write_off for s in made))


def _as_rule(session: Session, found: Ruled) -> bool:
    assert found.rule is not None
    then = found.rule.then
    return (
        (session.client, session.project) == (found.ruling.client, found.project)
        and (then.channel is None or session.channel is then.channel)
        and (then.scope is None or session.scope is then.scope)
        and bool(session.write_off) == bool(then.give)
    )


def reasons_of(asked: Iterable[StaysAsked]) -> dict[Puzzle | Barrier, int]:
    """How often each reason keeps something a question, the most frequent first."""
    counts: dict[Puzzle | Barrier, int] = {}
    for each in asked:
        for reason in each.reasons:
            counts[reason] = counts.get(reason, 0) + 1
    return dict(sorted(counts.items(), key=lambda pair: -pair[1]))
