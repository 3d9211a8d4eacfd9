"""What the rules of the clients' files say of what happened: a client's and taken, a question, or nobody's.

Reading only. A happening that a rule would take is ready only where nothing on the list of what is never automatic
stands against it (`domain/never_automatic.py`); everything that stands against it is said.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from clepsydra.calls.evidence import PHONE
from clepsydra.domain.civil import wall
from clepsydra.domain.evidence_rules import EvidenceRule, Puzzle, Ruling, Take, Traits, decide
from clepsydra.domain.happenings import HappeningKind, Way
from clepsydra.domain.interval import Interval
from clepsydra.domain.money import price
from clepsydra.domain.never_automatic import Barrier, Circumstances, barriers
from clepsydra.domain.placing import Placement
from clepsydra.domain.records import dataclass, replace
from clepsydra.domain.session import DEFAULT_PROJECT, Channel, Session, Source
from clepsydra.language.folding import folded
from clepsydra.ledger import absences
from clepsydra.ledger.evidence.model import Happened, HappenedState
from clepsydra.ledger.evidence.owning import SURE
from clepsydra.ledger.evidence.placing import CHANNELS, ENDS, EXCHANGES, HeldTime, held, length_of, placement_of
from clepsydra.ledger.evidence.seen_trials import tried
from clepsydra.ledger.ledger import Ledger
from clepsydra.store import day_closes, evidence, sessions

Rules = Mapping[str, Sequence[EvidenceRule]]
"""Rules by client."""


@dataclass(frozen=True, slots=True)
class Ruled:
    """A happening and what rules make of it. `placement` and `minor` are those of the client that is meant; `barriers`
    keep a rule from taking it by itself.
    """

    item: Happened
    ruling: Ruling
    barriers: tuple[Barrier, ...] = ()
    placement: Placement = Placement()
    minor: int = 0
    currency: str = ""

    @property
    def rule(self) -> EvidenceRule | None:
        """The rule that decides, or suggests."""
        return self.ruling.rule

    @property
    def open(self) -> bool:
        """Whether it waits for somebody to take or leave it."""
        return self.item.state in (HappenedState.OPEN, HappenedState.STRANGER) and not self.ruling.nobody

    @property
    def asks(self) -> bool:
        """Whether it waits to be taken or left; a commit is a hint and no question, what is nobody's asks nothing."""
        return self.open and self.item.kind is not HappeningKind.COMMIT

    @property
    def ready(self) -> bool:
        """Whether its rule may take it without a question."""
        return self.open and self.ruling.puzzle is None and not self.barriers and bool(self.seconds)

    @property
    def take(self) -> Take:
        """How its rule would take it; a question where there is none."""
        return self.rule.then.take if self.rule else Take.ASK

    @property
    def seconds(self) -> int:
        """The free seconds that it would take."""
        return self.placement.free_seconds

    @property
    def project(self) -> str:
        """Where its rule puts it, else where its owner is."""
        wanted = self.rule.then.project if self.rule else ""
        return wanted or dict(self.item.owner.places).get(self.ruling.client or "", DEFAULT_PROJECT)

    @property
    def channel(self) -> Channel:
        """How its rule says it happened, else by its kind."""
        return (self.rule.then.channel if self.rule else None) or CHANNELS[self.item.kind]


def rules_of(ledger: Ledger) -> dict[str, Sequence[EvidenceRule]]:
    """The rules of every active client that has some."""
    return {slug: each.decide for slug, each in ledger.catalogue.clients.items() if each.active and each.decide}


def ruled(
    ledger: Ledger,
    items: Iterable[Happened],
    rules: Rules | None = None,
    *,
    despite: frozenset[Barrier] = frozenset(),
) -> list[Ruled]:
    """What the rules say of each happening, in their order; barriers `despite` which they may act are left out.

    What an earlier one would take counts for those after it: for their free time, and for what rules may take of a
    client's day.
    """
    everything = list(items)
    known = rules_of(ledger) if rules is None else rules
    if not known:
        return [Ruled(each, _ruling(ledger, each, {})) for each in everything]
    return _Judge(ledger, everything, known, despite).all()


def traits_of(ledger: Ledger, item: Happened, owners: Sequence[str]) -> Traits:
    """What a rule can see of a happening."""
    local, merged = wall(item.began, ledger.zone), item.merged
    origin, app = folded(merged.origin), folded(merged.app)
    return Traits(
        evidence=item.kind.value,
        day=ledger.own_day(item.began),
        weekday=local.weekday(),
        minute=local.hour * 60 + local.minute,
        owners=tuple(owners),
        parties=tuple(map(folded, merged.everybody)),
        way=merged.way.value,
        app=app or (PHONE.id if item.kind is HappeningKind.CALL else ""),
        title=folded(merged.label),
        repository=origin if item.kind is HappeningKind.COMMIT else "",
        calendar=origin if item.kind is HappeningKind.MEETING else "",
        seconds=None if item.kind in EXCHANGES else merged.best.seconds,
    )


def _ruling(ledger: Ledger, item: Happened, rules: Rules) -> Ruling:
    """A contact's owner stands; one that is only suggested gives way to a rule that names who it was."""
    clients = [client for client, _ in item.owner.places]
    if item.owner.why not in SURE:
        named = decide(traits_of(ledger, item, ()), rules)
        if not named.nobody:
            return named
    return decide(traits_of(ledger, item, clients), rules)


class _Judge:
    """Goes through a list once."""

    def __init__(self, ledger: Ledger, items: Sequence[Happened], rules: Rules, despite: frozenset[Barrier]) -> None:
        self._ledger, self._items, self._rules, self._despite = ledger, items, rules, despite
        begins = [each.began for each in items] or [0]
        self._held: HeldTime = held(ledger, min(begins), max([*begins, *(each.ended or 0 for each in items)]))
        self._refused = refused_keys(ledger, items)
        self._taken: dict[tuple[str, int], int] = {}

    def all(self) -> list[Ruled]:
        return [self._judged(each) for each in self._items]

    def _judged(self, item: Happened) -> Ruled:
        ruling = _ruling(self._ledger, item, self._rules)
        if ruling.client is None or item.state not in (HappenedState.OPEN, HappenedState.STRANGER):
            return Ruled(item, ruling)
        found = self._placed(Ruled(item, ruling))
        if found.rule is None:
            return found
        stand = barriers(found.rule, self._circumstances(found, ruling.client))
        found = replace(found, barriers=tuple(each for each in stand if each not in self._despite))
        if found.ready and found.take is not Take.ASK:
            self._reserve(found, ruling.client)
        return found

    def _placed(self, found: Ruled) -> Ruled:
        ledger, item, slug = self._ledger, found.item, found.ruling.client or ""
        client = ledger.client(slug)
        length = length_of(ledger, item, (slug, found.project))
        placement = placement_of(item, slug, length, self._held)
        day = date.fromordinal(ledger.day_of(item.began, client))
        rate = client.rate(found.project, found.channel, day)
        seconds = 0 if length is None else placement.free_seconds or placement.open_seconds
        return replace(
            found, placement=placement, minor=price(seconds, rate, client.currency), currency=client.currency
        )

    def _circumstances(self, found: Ruled, client: str) -> Circumstances:
        ledger, item, best = self._ledger, found.item, found.item.merged.best
        settings, rule = ledger.settings, found.rule
        known = length_of(ledger, item, (client, found.project)) is not None
        assert rule is not None
        return Circumstances(
            seconds=found.seconds if known and item.kind not in ENDS else None,
            grain=best.grain,
            doubtful=best.doubtful,
            guessed=item.owner.why not in SURE and not rule.names,
            held=frozenset(self._holding(found)),
            age=ledger.now - (item.ended or item.began),
            late_after=settings.late_after,
            today=self._today(client, item.began),
            received=item.kind is HappeningKind.MAIL and best.way is Way.IN,
            refused=any(key in self._refused for key in keys_of(item)),
            tried=rule.then.take is not Take.NOW or tried(ledger, client, rule),
        )

    def _holding(self, found: Ruled) -> Iterable[Barrier]:
        """What holds time that it would take."""
        ledger, placement = self._ledger, found.placement
        if placement.crowded:
            yield Barrier.NO_ROOM
        if placement.other and not placement.crowded:
            yield Barrier.OTHER_CLIENT
        for span in placement.other:
            for session in sessions.within(ledger.db, span.started_at, span.ended_at):
                yield from _of_a_person(session)
        spans = [*placement.free, *placement.other] or [Interval(found.item.began, found.item.began)]
        if any(absences.within(ledger, span) for span in placement.free):
            yield Barrier.TYPED
        days = {ledger.own_day(at)
                for span in spans for at in (span.started_at, max(span.started_at, span.ended_at - 1))}  # fmt: skip
        if any(day_closes.of(ledger.db, day.toordinal()) for day in days):
            yield Barrier.CLOSED_DAY

    def _today(self, client: str, began: int) -> int:
        """The seconds of a client's day that rules took, with those that this list would."""
        day = self._ledger.day_of(began, self._ledger.client(client))
        if (client, day) not in self._taken:
            wanted = sessions.Filter(client=client, first_day=day, last_day=day)
            mine = [each for each in sessions.select(self._ledger.db, wanted) if each.source is Source.RULE]
            self._taken[client, day] = sum(each.exact_seconds(self._ledger.now) for each in mine)
        return self._taken[client, day]

    def _reserve(self, found: Ruled, client: str) -> None:
        day = self._ledger.day_of(found.item.began, self._ledger.client(client))
        self._taken[client, day] = self._today(client, found.item.began) + found.seconds
        exchange = found.item.kind in EXCHANGES
        self._held.reserved.extend((client, exchange, span) for span in found.placement.free)


def keys_of(item: Happened) -> tuple[str, ...]:
    """What the log knows it by: its marks, or the row of a call that was noticed here."""
    return item.marks or ((item.row,) if item.row else ())


def refused_subject(key: str) -> str:
    """What the log notes of something that a person did not want a rule to take."""
    return f"refused:{key}"


def refused_keys(ledger: Ledger, items: Iterable[Happened]) -> set[str]:
    """What a person undid or refused once, by its keys."""
    keys = [key for each in items for key in keys_of(each)]
    noted = day_closes.noted(ledger.db, map(refused_subject, keys))
    return evidence.refused(ledger.db, keys) | {key for key in keys if refused_subject(key) in noted}


def _of_a_person(session: Session) -> Iterable[Barrier]:
    """What of a session only a person may give up."""
    if session.source not in (Source.TIMER, Source.CALL, Source.RULE):
        yield Barrier.TYPED
    if session.agreed_seconds is not None:
        yield Barrier.AGREED
    if session.write_off is not None:
        yield Barrier.WRITTEN_OFF
    if session.statement is not None:
        yield Barrier.BILLED


def why_asked(found: Ruled) -> tuple[Puzzle | Barrier, ...]:
    """Everything that makes it a question; nothing where its rule takes it, or nobody is meant."""
    puzzle = (found.ruling.puzzle,) if found.ruling.puzzle else ()
    return (*puzzle, *found.barriers)
