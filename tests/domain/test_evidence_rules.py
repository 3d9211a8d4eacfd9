"""Rules about evidence decide each happening once, and never take what only a person may."""

from datetime import date
from fnmatch import fnmatchcase

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clepsydra.domain.evidence_rules import (
    EVIDENCE,
    Puzzle,
    Take,
    Then,
    Traits,
    When,
    also_fitting,
    compiled,
    decide,
    hides,
)
from clepsydra.domain.never_automatic import MOST_A_DAY, Barrier, Circumstances, barriers
from clepsydra.domain.patterns import globs
from clepsydra.domain.session import Decision, Scope

DAY = date(2026, 11, 26)
CALL = Traits("call", DAY, 3, 12 * 60 + 41, ("acme",), ("+33142685300",), "in", "phone", seconds=754)


def rule(when, then=None, since=date.min, number=1):
    return compiled(since, when, then or Then(take=Take.CLOSE), number)


@pytest.mark.parametrize(
    ("when", "fits"),
    [
        (When(), True),
        (When(evidence=("call",)), True),
        (When(evidence=("any",)), True),
        (When(evidence=("mail", "commit")), False),
        (When(parties=("+33 1 42 68 53 *",)), True),
        (When(parties=("0142685300",)), True),
        (When(parties=("+33 1 42 68 54 *",)), False),
        (When(way=("in",), app=("pho*",)), True),
        (When(way=("out",)), False),
        (When(over=754, under=755), True),
        (When(over=755), False),
        (When(under=754), False),
        (When(title=("*",)), False),
        (When(hours=((),) * 3 + (((720, 780),),) + ((),) * 3), True),
        (When(hours=((),) * 3 + (((780, 1440),),) + ((),) * 3), False),
    ],
)
def test_all_conditions_must_hold_and_a_list_means_any(when, fits):
    assert (decide(CALL, {"acme": [rule(when)]}).rule is not None) is fits


def test_a_domain_takes_what_lies_below_it_and_nothing_else():
    mail = When(parties=("@acme.fr",))
    for address, fits in [("j@acme.fr", True), ("j@mail.acme.fr", True), ("j@notacme.fr", False), ("@x", False)]:
        assert (decide(Traits("mail", DAY, parties=(address,)), {"acme": [rule(mail)]}).client == "acme") is fits


def test_the_first_of_a_file_wins_and_two_clients_are_asked():
    short, long = rule(When(under=60)), rule(When(over=60), number=2)
    everything = rule(When(), number=3)
    ruling = decide(CALL, {"acme": [short, long, everything]})
    assert (ruling.client, ruling.rule, ruling.puzzle) == ("acme", long, None)
    assert also_fitting(CALL, "acme", [short, long, everything]) == [long, everything]
    theirs = rule(When(parties=("+33142*",)))
    assert decide(CALL, {"acme": [long], "brel": [theirs]}).puzzle is Puzzle.TWO_CLIENTS
    assert decide(CALL._replace(owners=("acme", "brel")), {"acme": [long]}).puzzle is Puzzle.TWO_CLIENTS


def test_a_rule_that_names_nobody_decides_only_about_its_own_client():
    strangers = CALL._replace(owners=())
    assert decide(strangers, {"acme": [rule(When(under=3600))]}).nobody
    assert decide(strangers, {"acme": [rule(When(parties=("+33142685300",)))]}).client == "acme"


def test_evidence_before_a_rule_is_not_its():
    assert decide(CALL, {"acme": [rule(When(), since=date(2026, 11, 27))]}).puzzle is Puzzle.NO_RULE
    assert decide(CALL, {"acme": [rule(When(), since=DAY)]}).puzzle is None
    evening = ((),) * 3 + (((1080, 1440),),) + ((),) * 3
    assert decide(CALL, {"acme": [rule(When(hours=evening))]}).puzzle is Puzzle.OUT_OF_HOURS


@pytest.mark.parametrize(
    ("first", "later", "hidden"),
    [
        (When(), When(evidence=("mail",)), True),
        (When(), When(title=("*devis*",)), False),  # it claims what has no owner, the first does not
        (When(title=("*",)), When(title=("*devis*",)), True),
        (When(title=("?",)), When(title=("*",)), False),
        (When(parties=("@acme.fr",)), When(parties=("j@mail.acme.fr",)), True),
        (When(parties=("+33 1 *",)), When(parties=("+33 142 68 53 *",), over=60), True),
        (When(over=60), When(over=30), False),
        (When(under=60), When(under=30), True),
        (When(evidence=("call",)), When(), False),
        (When(evidence=("call", "mail")), When(evidence=("mail",)), True),
    ],
)
def test_a_hidden_rule_is_found(first, later, hidden):
    assert hides(rule(first), rule(later)) is hidden
    assert not hides(rule(first, since=DAY), rule(later))


_TEXTS = st.text("ab*?.", max_size=6)
_WORDS = st.text("ab.", max_size=6)


@given(_TEXTS, _WORDS)
@settings(max_examples=150)
def test_patterns_are_globs_and_nothing_more(pattern, text):
    assert globs([pattern])(text) is fnmatchcase(text, pattern)


def test_no_pattern_runs_away():
    assert not globs(["*a" * 40 + "b"])("a" * 20_000)


_WHENS = st.builds(
    When,
    evidence=st.lists(st.sampled_from([*EVIDENCE, "any"]), max_size=2).map(tuple),
    parties=st.lists(st.sampled_from(["@a.fr", "+33*", "x@b.fr"]), max_size=2).map(tuple),
    title=st.lists(st.sampled_from(["*", "a*", "*b"]), max_size=1).map(tuple),
    over=st.none() | st.integers(0, 90),
)
_RULES = st.lists(
    st.builds(rule, _WHENS, st.builds(Then, take=st.sampled_from(Take)), st.sampled_from([date.min, DAY])), max_size=4
)
_TRAITS = st.builds(
    Traits,
    st.sampled_from([*EVIDENCE]),
    st.sampled_from([date(2026, 11, 25), DAY]),
    owners=st.lists(st.sampled_from(["acme", "brel"]), max_size=2, unique=True).map(tuple),
    parties=st.lists(st.sampled_from(["x@a.fr", "x@b.fr", "+331"]), max_size=2).map(tuple),
    title=st.sampled_from(["", "ab", "b"]),
    seconds=st.none() | st.integers(0, 100),
)


@given(_TRAITS, _RULES, _RULES)
@settings(max_examples=150)
def test_every_happening_gets_one_rule_a_question_or_nobody(traits, acme, brel):
    ruling = decide(traits, {"acme": acme, "brel": brel})
    takes = ruling.rule is not None and ruling.puzzle is None
    assert [takes, ruling.puzzle is not None, ruling.nobody].count(True) == 1
    if ruling.rule:
        assert ruling.rule.since <= traits.day
        assert set(traits.owners) <= {ruling.client}
    for one, other in [(acme, brel), (brel, acme)]:
        for at, later in enumerate(one):  # what is said to be hidden never decides
            if any(hides(earlier, later) for earlier in one[:at]):
                assert all(found is not later for _, found in decide(traits, {"acme": one, "brel": other}).fitting)


@pytest.mark.parametrize(
    ("barrier", "about"),
    [
        (Barrier.NO_LENGTH, Circumstances(None)),
        (Barrier.TO_THE_MINUTE, Circumstances(60, grain=60)),
        (Barrier.DOUBTFUL, Circumstances(60, doubtful=True)),
        (Barrier.GUESSED, Circumstances(60, guessed=True)),
        (Barrier.LATE, Circumstances(60, age=86_401)),
        (Barrier.RECEIVED, Circumstances(60, received=True)),
        (Barrier.REFUSED, Circumstances(60, refused=True)),
        (Barrier.TOO_MUCH, Circumstances(60, today=MOST_A_DAY - 59)),
        *((each, Circumstances(60, held=frozenset({each}))) for each in Barrier if each.name in {
            "OTHER_CLIENT", "TYPED", "AGREED", "WRITTEN_OFF", "BILLED", "CLOSED_DAY", "NO_ROOM"}),
    ],
)  # fmt: skip
def test_what_is_never_automatic(barrier, about):
    taking = rule(When())
    assert barriers(taking, about) == (barrier,)
    assert barriers(taking, Circumstances(60, today=MOST_A_DAY - 60, age=86_400)) == ()


def test_work_outside_the_scope_is_not_billed_by_itself_and_now_needs_a_trial():
    bills = rule(When(), Then(scope=Scope.OUT, decision=Decision.BILL, take=Take.CLOSE))
    assert barriers(bills, Circumstances(60)) == (Barrier.BILLS_OUT,)
    at_once = rule(When(), Then(take=Take.NOW))
    assert barriers(at_once, Circumstances(60, tried=False)) == (Barrier.NOT_TRIED,)
    assert barriers(rule(When()), Circumstances(60, tried=False)) == ()
