"""The grammar of document lines: each form, its variants, and what is refused."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clepsydra.domain.document_lines import DocumentLineSort, Unit
from clepsydra.language.typed.document_lines import SplitAmount, TypedLine, UnknownTax, parse_document_line
from clepsydra.language.typed.errors import NotUnderstood, Unreadable

KEYS = {"std", "red"}


def parsed(text: str, lang: str = "fr") -> TypedLine:
    return parse_document_line(text, "EUR", lang, KEYS)


FORMS = {
    "12h15 x120 API": TypedLine(DocumentLineSort.TIME, "API", 44_100, unit=Unit.MINUTE, price_minor=12000),
    "45m x 90,50 Appel": TypedLine(DocumentLineSort.TIME, "Appel", 2_700, unit=Unit.MINUTE, price_minor=9050),
    "2h Relecture": TypedLine(DocumentLineSort.TIME, "Relecture", 7_200, unit=Unit.MINUTE),
    "3j x650 Atelier": TypedLine(DocumentLineSort.DAY, "Atelier", quantity_e4=30_000, unit=Unit.DAY, price_minor=65000),
    "0,5j x650 Atelier": TypedLine(
        DocumentLineSort.DAY, "Atelier", quantity_e4=5_000, unit=Unit.DAY, price_minor=65000
    ),
    "1 x800 -10% Audit": TypedLine(DocumentLineSort.ITEM, "Audit", price_minor=80000, percent=Decimal(-10)),
    "1 x800 -50 Audit": TypedLine(DocumentLineSort.ITEM, "Audit", price_minor=80000, off_minor=5000),
    "2 x40 @red Manuel": TypedLine(DocumentLineSort.ITEM, "Manuel", quantity_e4=20_000, price_minor=4000, tax="red"),
    "3mois x450 Maintenance": TypedLine(DocumentLineSort.ITEM, "Maintenance", quantity_e4=30_000, unit=Unit.MONTH,
                                        price_minor=45000),
    "=92,73 Train @recu.pdf": TypedLine(DocumentLineSort.REBILLED, "Train", price_minor=9273, proof="recu.pdf"),
    "=92,73 +10% Train": TypedLine(DocumentLineSort.REBILLED, "Train", price_minor=9273, percent=Decimal(10)),
    "d60 Dépôt de marque @inpi.pdf": TypedLine(DocumentLineSort.DISBURSEMENT, "Dépôt de marque", price_minor=6000,
                                               proof="inpi.pdf"),
    "-50 Remise": TypedLine(None, "Remise", price_minor=0, off_minor=5000),
    "-50 Remise @std": TypedLine(None, "Remise", price_minor=0, off_minor=5000, tax="std"),
    "-3% Remise": TypedLine(None, "Remise", price_minor=0, percent=Decimal(3)),
    "min 250": TypedLine(DocumentLineSort.MINIMUM, price_minor=25000),
    "1 x1\u202f234,50 Audit": TypedLine(DocumentLineSort.ITEM, "Audit", price_minor=123450),
    "1 x1\u00a0200 Audit": TypedLine(DocumentLineSort.ITEM, "Audit", price_minor=120000),
    "1 x1 234,50 Audit": TypedLine(DocumentLineSort.ITEM, "Audit", price_minor=123450),
    "1 x 1 234 567,80 Audit": TypedLine(DocumentLineSort.ITEM, "Audit", price_minor=123456780),
    "1 x1 200€ Audit": TypedLine(DocumentLineSort.ITEM, "Audit", price_minor=120000),
    "=1 092,73 Train": TypedLine(DocumentLineSort.REBILLED, "Train", price_minor=109273),
    "1 x2000 -1 050,50 Audit": TypedLine(DocumentLineSort.ITEM, "Audit", price_minor=200000, off_minor=105050),
    "1 x40 24 heures": TypedLine(DocumentLineSort.ITEM, "24 heures", price_minor=4000),
    "1 x5 Mail @ maison -10%": TypedLine(DocumentLineSort.ITEM, "Mail @ maison -10%", price_minor=500),
}  # fmt: skip


@pytest.mark.parametrize("text", FORMS)
def test_forms(text):
    assert parsed(text) == FORMS[text]


def test_days_of_both_languages():
    assert parsed("3d x650 Workshop", "en") == parsed("3j x650 Workshop")


@pytest.mark.parametrize(
    "text",
    ["", "Audit", "1 Audit", "3j Atelier", "12h15 x API", "12h15 x", "0 x5 Rien", "-abc", "=x Train", "1 x1,234 x"],
)
def test_refused(text):
    with pytest.raises(Unreadable):
        parsed(text)


@pytest.mark.parametrize("text", ["12h15 x1 200 API", "1 x1 200", "d1 060 INPI", "min 1 250", "-1 000 Remise",
                                  "1 x2000 -1 000 Audit", "1 x 1 200 Audit", "1 x40 365 jours"])  # fmt: skip
def test_an_amount_that_may_go_on_is_asked_and_not_cut(text):
    with pytest.raises(SplitAmount) as split:
        parsed(text)
    assert split.value.joined in {"1200", "1060", "1250", "1000", "40365"}


@pytest.mark.parametrize("text", ["1 x100 @foo A", "1 x40 Livre @rde", "-50 Remise @zzz"])
def test_a_tax_that_is_not_there_is_no_text(text):
    with pytest.raises(UnknownTax):
        parsed(text)


@pytest.mark.parametrize("text", FORMS)
def test_every_beginning_of_a_line_is_a_line_or_refused(text):
    for length in range(len(text)):
        with suppress(NotUnderstood):
            assert isinstance(parsed(text[:length]), TypedLine)


def test_words_may_be_left_out():
    assert parsed("3j x650") == TypedLine(
        DocumentLineSort.DAY, "", quantity_e4=30_000, unit=Unit.DAY, price_minor=65000
    )


@given(st.text(max_size=80))
def test_any_text_is_a_line_or_refused(text):
    with suppress(NotUnderstood):
        assert isinstance(parsed(text), TypedLine)
