"""Every member of every enumeration people see has a word of its own in both languages."""

import pytest

from clepsydra.domain.agreement import ContractKind
from clepsydra.domain.billing import Treatment
from clepsydra.domain.session import FREE_TOUCH, UNDONE, Channel, Decision, Scope, Source, State
from clepsydra.domain.statement import LineSort, StatementState
from clepsydra.language import words
from clepsydra.language.translator import translator
from tests.exchange.samples import line

WORDS = {
    Channel: words.channel,
    Scope: words.scope,
    Decision: words.decision,
    State: words.state,
    Source: words.source,
    Treatment: words.treatment,
    ContractKind: words.contract,
    LineSort: lambda sort, tr: words.line_sort(line(sort=sort), tr),
    StatementState: words.statement_state,
}


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("enumeration", WORDS, ids=lambda e: e.__name__)
def test_each_has_its_own_word(enumeration, lang):
    shown = [WORDS[enumeration](member, translator(lang)) for member in enumeration]
    assert all(shown)
    assert len(set(shown)) == len(shown)


def test_french():
    t = translator("fr")
    assert words.scope(Scope.OUT, t) == "hors périmètre"
    assert words.state(State.APPROVED, t) == "à facturer"
    assert words.contract(ContractKind.RETAINER, t) == "forfait d’heures"


def test_reasons_the_program_writes_are_said_in_both_languages():
    en, fr = translator("en"), translator("fr")
    assert words.write_off_words(FREE_TOUCH, en) != words.write_off_words(FREE_TOUCH, fr) != FREE_TOUCH
    assert words.void_reason(UNDONE, en) != words.void_reason(UNDONE, fr)
    assert words.write_off_words("gift", fr) == words.void_reason("gift", fr) == "gift"
