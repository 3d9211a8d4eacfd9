"""Whatever the log's own locks refuse is said in a sentence, in both languages."""

import re

import pytest

from clepsydra.language.translator import translator
from clepsydra.ledger.ledger import Refused
from clepsydra.ledger.locks import SENTENCES


def test_every_lock_of_the_schema_has_its_sentence_in_both_languages(desk):
    triggers = "".join(row[0] for row in desk.ledger.db.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'"))
    raised = {text.replace("''", "'") for text in re.findall(r"RAISE\(ABORT, '((?:[^']|'')+)'\)", triggers)}
    assert raised == SENTENCES.keys()
    french = translator("fr")
    assert [text for text in SENTENCES.values() if french.t(text) == text] == []


def test_what_a_lock_refuses_is_said_in_the_language_of_the_person_and_nothing_is_done(desk):
    with pytest.raises(Refused) as refused:
        _break(desk.ledger)
    assert refused.value.message.said(translator("fr")) == "ce qui est dans le journal garde son identifiant"
    assert desk.ledger.db.execute("SELECT id FROM noted").fetchall() == []


def _break(ledger):
    with ledger.change("edit {client}", client="acme"):
        ledger.db.execute("INSERT INTO noted (id, subject, kind, at) VALUES ('n', 'x', 'y', 1)")
        ledger.db.execute("UPDATE noted SET id = 'm'")
