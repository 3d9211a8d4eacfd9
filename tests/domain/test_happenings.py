"""One call told four ways is one; whose a party is; where the seconds of a happening lie."""

from hypothesis import given, settings
from hypothesis import strategies as st

from clepsydra.domain.contacts import ContactPatterns, Contacts
from clepsydra.domain.happenings import Happening, HappeningKind
from clepsydra.domain.interval import Interval
from clepsydra.domain.merging import merge
from clepsydra.domain.placing import before, over

NUMBERS = ("+33612345678", "+32474123456", "+324741234*")
SOURCES = {"live": (0, 1), "android": (40, 1), "iphone": (30, 1), "asterisk": (0, 1), "fritz": (0, 60)}


@st.composite
def told(draw: st.DrawFn) -> Happening:
    """One call as one source tells it, in a crowded half hour."""
    source = draw(st.sampled_from(sorted(SOURCES)))
    ring, grain = SOURCES[source]
    began = draw(st.integers(0, 1800)) // grain * grain
    seconds = draw(st.sampled_from((5, 60, 300, 310)))
    party = draw(st.sampled_from(((), *((number,) for number in NUMBERS))))
    key = f"{party} {began}"
    return Happening(source, HappeningKind.CALL, began, began + seconds, party, ring=ring, grain=grain, key=key)


def groups(happenings: list[Happening]) -> list[tuple[Happening, ...]]:
    return [each.members for each in merge(happenings)]


@settings(max_examples=60)
@given(st.lists(told(), max_size=12), st.randoms())
def test_merging_is_order_free_idempotent_and_loses_nobody(some, random):
    merged = groups(some)
    shuffled = [*some, *some[:3]]
    random.shuffle(shuffled)
    assert groups(shuffled) == merged
    assert groups([each for group in merged for each in group]) == merged
    assert {(each.source, each.key) for group in merged for each in group} == {(h.source, h.key) for h in some}
    for group in merged:
        assert len({each.source for each in group}) == len(group)


def test_a_redial_is_another_call():
    phone = [
        Happening("android", HappeningKind.CALL, at, at + 20, (NUMBERS[0],), ring=40, key=str(at)) for at in (0, 35)
    ]
    line = [Happening("live", HappeningKind.CALL, at, at + 20, (NUMBERS[0],), key=str(at)) for at in (6, 41)]
    assert [[each.began for each in group] for group in groups([*line, *phone])] == [[6, 0], [41, 35]]


def test_what_nobody_says_was_answered_is_no_call():
    dialled = Happening("bluetooth", HappeningKind.CALL, 0, None, (NUMBERS[0],), answered=None, ring=40, key="a")
    assert merge([dialled]) == []
    phone = Happening("android", HappeningKind.CALL, 0, 60, (NUMBERS[0],), ring=40, key="b")
    assert [each.sources for each in merge([dialled, phone])] == [("android", "bluetooth")]


ACME, BREL = ("acme", "default"), ("brel", "default")
CONTACTS = Contacts(
    [
        (ACME, ContactPatterns(("@acme.fr",), ("+33612345678", "+331426853*"))),
        (("acme", "api"), ContactPatterns((), ("+33142685300",))),
        (BREL, ContactPatterns(("luc@gmail.com",), ("+32474123456",), ("telegram:Luc  Brel",))),
    ]
)


def test_whose_a_party_is():
    assert CONTACTS.of("paul@support.ACME.fr") == {ACME}
    assert CONTACTS.of("contact@notacme.fr") == frozenset()
    assert CONTACTS.of("+33142685377") == {ACME}
    assert CONTACTS.of("+33142685300") == {("acme", "api")}
    assert CONTACTS.of("+324741234*") == {BREL}
    assert CONTACTS.of("+33*") == frozenset()
    assert CONTACTS.of("Telegram:luc brel") == {BREL}
    assert CONTACTS.of("eve@gmail.com") == frozenset()


@given(st.from_regex(r"[a-z]{1,8}", fullmatch=True))
def test_a_longer_name_is_another_domain(letters):
    assert CONTACTS.of(f"x@{letters}acme.fr") == frozenset()
    assert CONTACTS.of(f"x@{letters}.acme.fr") == {ACME}


def test_placing():
    acme, brel = [Interval(9 * 3600, 10 * 3600)], [Interval(10 * 3600, 12 * 3600)]
    busy = [*acme, *brel]
    nine_twenty = before(9 * 3600 + 1200, 300, acme, brel, busy)
    assert (nine_twenty.covered_seconds, nine_twenty.open_seconds) == (300, 0)
    ten_forty = before(10 * 3600 + 2400, 300, acme, brel, busy)
    assert (ten_forty.other_seconds, ten_forty.crowded) == (300, False)
    eight_forty = before(8 * 3600 + 2400, 300, acme, brel, busy)
    assert eight_forty.free == (Interval(8 * 3600 + 2100, 8 * 3600 + 2400),)
    beside = before(8 * 3600 + 2460, 300, acme, brel, [*busy, *eight_forty.free])
    assert beside.free == (Interval(8 * 3600 + 1800, 8 * 3600 + 2100),)
    call = over(Interval(9 * 3600 + 3000, 10 * 3600 + 660), acme, brel)
    assert (call.covered_seconds, call.other_seconds, call.free_seconds) == (600, 660, 0)
