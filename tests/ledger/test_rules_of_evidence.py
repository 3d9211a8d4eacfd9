"""Random days with evidence and rules in play: every second is owned once, what was refused is left, nothing twice."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from clepsydra.domain.contacts import ContactPatterns
from clepsydra.domain.evidence_rules import Take, Then, When, compiled
from clepsydra.domain.happenings import Happening, HappeningKind
from clepsydra.domain.interval import Interval, total, union
from clepsydra.domain.never_automatic import MOST_A_DAY
from clepsydra.domain.session import Source
from clepsydra.evidence.sources import HappeningsFound
from clepsydra.ledger import editing, history
from clepsydra.ledger.billing import statements
from clepsydra.ledger.day.closing import close_day
from clepsydra.ledger.days import day_of
from clepsydra.ledger.evidence.automatic import take_all
from clepsydra.ledger.evidence.gathering import happened_on
from clepsydra.ledger.timers import Work
from clepsydra.ledger.verify import verify
from clepsydra.store import sessions
from tests.ledger.workbench import HOUR, MINUTE, MONDAY, Desk, client

NUMBERS = {"acme": "+33611111111", "brel": "+33622222222"}

_STEPS = st.integers(0, 8 * 12).map(lambda n: MONDAY + n * 5 * MINUTE)
_WORK = st.lists(st.tuples(st.sampled_from(["acme", "brel"]), _STEPS, st.integers(1, 24)), max_size=4)
_CALLS = st.lists(
    st.tuples(st.sampled_from(["acme", "brel", ""]), _STEPS, st.integers(1, 5400)), max_size=6, unique_by=lambda c: c[1]
)


def desk_of(takes) -> Desk:
    """Two clients, each with a rule that takes its calls."""
    clients = {}
    for (slug, number), take in zip(NUMBERS.items(), takes, strict=True):
        always = compiled(date.min, When(evidence=("call",)), Then(take=take), 1, f"{slug} {take}", f"{take}")
        clients[slug] = replace(client(slug), contact=ContactPatterns(phone=(number,)), decide=(always,))
    return Desk.at(**clients)


def told(calls) -> HappeningsFound:
    """The calls as one phone tells them."""
    call, stranger = HappeningKind.CALL, "+33633333333"
    return HappeningsFound(tuple(
        Happening("android", call, at, at + seconds, party=(NUMBERS.get(slug, stranger),), key=f"{at}")
        for slug, at, seconds in calls
    ))  # fmt: skip


def by_rules(desk):
    return [s for s in sessions.select(desk.ledger.db) if s.source is Source.RULE]


@given(_WORK, _CALLS, st.tuples(st.sampled_from([Take.CLOSE, Take.ASK]), st.just(Take.CLOSE)), st.booleans())
@settings(max_examples=12, deadline=None)
def test_random_days_with_rules(work, calls, takes, undone):
    desk = desk_of(takes)
    ledger, found = desk.ledger, told(calls)
    try:
        for slug, at, length in work:
            editing.add(ledger, Work(slug), at, at + length * 5 * MINUTE)
        desk.now = MONDAY + 12 * HOUR
        day = ledger.today
        before = [s.span(desk.now) for s in sessions.select(ledger.db)]
        take_all(ledger, happened_on(ledger, day, found).items)
        made = by_rules(desk)
        spans = [s.span(desk.now) for s in made]
        assert total(union([*before, *spans])) == total(union(before)) + sum(span.seconds for span in spans)
        timeline = day_of(ledger, day).timeline
        assert timeline.presence_seconds == total(union([*before, *spans]))
        for slug, take in zip(NUMBERS, takes, strict=True):
            mine = sum(s.exact_seconds(desk.now) for s in made if s.client == slug)
            assert mine <= (MOST_A_DAY if take is Take.CLOSE else 0)
        assert all(_told_by(s.span(desk.now), s.client, calls) for s in made)
        assert verify(ledger) == []
        if undone:
            while by_rules(desk):
                history.undo(ledger)
        take_all(ledger, happened_on(ledger, day, found).items)
        again = [s.span(desk.now) for s in by_rules(desk)]
        if undone:  # what had no room beside the refused may be taken now, the refused itself never
            assert not {span.started_at for span in again} & {span.started_at for span in spans}
        else:
            assert again == spans, "nothing is taken twice"
        kept = [s.id for s in by_rules(desk)]
        close_day(ledger, day, unknown=True)
        for slug in NUMBERS:
            if any(s.client == slug for s in sessions.select(ledger.db)):
                statements.issue(ledger, slug, None, day)
        take_all(ledger, happened_on(ledger, day, found).items)
        assert [s.id for s in by_rules(desk)] == kept
        assert verify(ledger) == []
    finally:
        ledger.db.close()


def _told_by(span: Interval, client: str, calls) -> bool:
    """Whether a session lies inside a call of its client."""
    return any(slug == client and at <= span.started_at and span.ended_at <= at + n for slug, at, n in calls)
