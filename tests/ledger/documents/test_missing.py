"""What an invoice lacks, as it is said."""

from clepsydra.language.translator import translator
from clepsydra.ledger.documents.missing import Lacking, MissingField


def test_what_is_missing_is_said_in_one_language():
    lacks = (MissingField("settings.toml", "seller.iban", "EN 16931 BT-84"),)
    said = Lacking(lacks).message.said(translator("fr")).replace("\N{NO-BREAK SPACE}", " ")
    assert said == "rien n’a été émis, il manque 1 chose ; settings.toml : seller.iban manque (EN 16931 BT-84)"
    assert (
        str(Lacking(lacks))
        == "nothing was issued, 1 thing is missing; settings.toml: seller.iban is missing (EN 16931 BT-84)"
    )
