"""Random days with evidence in play: what is taken adds no second that somebody owned, and the laws hold."""

from contextlib import closing, suppress

from hypothesis import example, given, settings
from hypothesis import strategies as st

from clepsydra.domain.contacts import ContactPatterns
from clepsydra.domain.happenings import Happening, HappeningKind
from clepsydra.domain.interval import Interval, total, union
from clepsydra.domain.records import replace
from clepsydra.domain.session import Source
from clepsydra.evidence.sources import HappeningsFound
from clepsydra.ledger import history, timers
from clepsydra.ledger.errors import Refused
from clepsydra.ledger.evidence.deciding import leave, take
from clepsydra.ledger.evidence.gathering import happened
from clepsydra.ledger.evidence.model import HappenedState
from clepsydra.ledger.timers import Work
from clepsydra.ledger.verify import verify
from clepsydra.store import sessions
from tests.ledger.workbench import DAY, MINUTE, MONDAY, Desk, usual_clients

NUMBERS = {"acme": "+33612345678", "brel": "+32474123456"}
CLIENTS = {
    slug: replace(usual_clients()[slug], contact=ContactPatterns((f"@{slug}.fr",), (number,)))
    for slug, number in NUMBERS.items()
}
MINUTES = st.integers(0, 90).map(lambda n: n * MINUTE)


@st.composite
def called(draw: st.DrawFn) -> Happening:
    client, began = draw(st.sampled_from(sorted(NUMBERS))), MONDAY + draw(MINUTES)
    if draw(st.booleans()):
        ended = began + draw(st.integers(30, 1800))
        return Happening("android", HappeningKind.CALL, began, ended, (NUMBERS[client],), key=f"{client} {began}")
    return Happening("mail", HappeningKind.MAIL, began, None, (f"a@{client}.fr",), key=f"{client} {began}", label="Re")


@st.composite
def worked(draw: st.DrawFn) -> tuple[str, Interval, Source]:
    client, began = draw(st.sampled_from(("acme", "brel", "cafe"))), MONDAY + draw(MINUTES)
    ended = began + draw(st.integers(1, 40)) * MINUTE
    return client, Interval(began, ended), draw(st.sampled_from((Source.TIMER, Source.MANUAL, Source.TOUCH)))


def spans(desk: Desk) -> list[Interval]:
    return [session.span(desk.now) for session in desk.all()]


def doubles(found: list[Interval]) -> int:
    """Seconds that are owned more than once."""
    return total(found) - total(union(found))


SENT = Happening("mail", HappeningKind.MAIL, MONDAY + MINUTE, None, ("a@brel.fr",), key="x")


@example(
    [("acme", Interval(MONDAY, MONDAY + MINUTE), Source.TIMER)], [SENT], [0]
)  # a timer begins in what a mail takes
@settings(max_examples=25, deadline=None)
@given(
    st.lists(worked(), max_size=5), st.lists(called(), min_size=1, max_size=6), st.lists(st.integers(0, 9), max_size=8)
)
def test_no_taken_second_is_owned_twice(work, told, acts):
    desk = Desk.at(now=MONDAY + 5 * 3600, **CLIENTS)
    with closing(desk.ledger.db):
        for client, span, source in work:
            with desk.ledger.change("session {client}", client=client):
                made = timers.made(desk.ledger, CLIENTS.get(client) or desk.terms.clients[client], Work(client),
                                   span.started_at, span.ended_at, source)  # fmt: skip
                sessions.add(desk.ledger.db, made)
        before, day = spans(desk), Interval(MONDAY - DAY, MONDAY + DAY)
        found = HappeningsFound(tuple(told))
        for act in acts:
            items = happened(desk.ledger, day, found).items
            item = items[act % len(items)]
            placed = item.placement
            assert placed.crowded or not doubles([*placed.covered, *placed.other, *placed.free])
            with suppress(Refused):
                if act % 4 == 3:
                    history.undo(desk.ledger)
                else:
                    (leave if act % 4 == 2 else take)(desk.ledger, item)
        assert doubles(spans(desk)) <= doubles(before)
        assert verify(desk.ledger) == []
        open_ones = [each for each in happened(desk.ledger, day, found).items if each.state is HappenedState.OPEN]
        assert not doubles([span for each in open_ones if not each.placement.crowded for span in each.placement.free])
