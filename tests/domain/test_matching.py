"""Lines of a bank and what they pay: the ladder step by step, and a random crowd of lines against their truth."""

from datetime import date

import pytest

from clepsydra.domain.check_digits import reference
from clepsydra.domain.match_proposal import Incoming, Known, Likeness, MatchReason
from clepsydra.domain.matching import proposals
from clepsydra.domain.receivables import Debt, DebtKind, Part
from clepsydra.domain.records import replace
from tests.domain.bank_lines import measured

DAY = date(2026, 11, 24)
NAMES = (("Acme SARL", "acme"), ("Cabinet Doré", "dore"), ("Brel & Cie", "brel"), ("Brel Studio", "brel-studio"))
KNOWN = Known(
    NAMES, {"FR1420041010050500013M02606": "acme"}, {"F2026-0030": "F2026-0030"}, {("acme", "EUR", 9000): "F2026-0030"}
)


def debt(number: str, minor: int, client: str = "acme", **more) -> Debt:
    kind = DebtKind.INVOICE
    return Debt(number, number, kind, client, "EUR", DAY, DAY, minor, minor, reference=reference(number), **more)


OPEN = [
    debt("F2026-0042", 230040),
    debt("F2026-0043", 50000),
    debt("F2026-0044", 12345),
    debt("F2026-0039", 111200, "dore"),
    debt("F2026-0040", 70000, "dore"),
    debt("F2026-0041", 70000, "brel"),
    debt("2026-1105", 33333, "brel"),
    replace(debt("F2026-0050", 90000, "brel-studio"), parts=(Part(DAY, 30000, 0), Part(DAY, 30000, 30000))),
]
SURE, LIKELY, LOOK = Likeness


def said(minor: int, text: str = "", *, currency: str = "EUR", **more: str):
    line = Incoming("a", DAY, minor, currency, text=text, **more)
    found = proposals([line], OPEN, KNOWN)["a"]
    return found.likeness, found.documents, found.because


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (said(230040, "VIR FACT F2026-0042"), (SURE, ("F2026-0042",), (MatchReason.NUMBER,))),
        (said(230040, "réglt fact.f2026 0042"), (SURE, ("F2026-0042",), (MatchReason.NUMBER,))),
        (said(230040, ref="RF69 F202 6004 2"), (SURE, ("F2026-0042",), (MatchReason.NUMBER,))),
        (said(230040, "VIR FACT F2026-", ref="0042"), (LIKELY, ("F2026-0042",), (MatchReason.ONLY,))),
        (said(280040, "F2026-0042 + F2026-0043"), (SURE, ("F2026-0042", "F2026-0043"), (MatchReason.NUMBERS,))),
        (said(341240, "F2026-0042 F2026-0039"), (LOOK, (), (MatchReason.TWO_CLIENTS,))),
        (said(50000, "F2026-0042 F2026-0043"), (LIKELY, ("F2026-0043",), (MatchReason.NUMBER,))),
        (said(33333, "releve 2026-1105"), (SURE, ("2026-1105",), (MatchReason.NUMBER,))),
        (said(33000, "VIR DU 2026-11-05"), (LOOK, (), (MatchReason.NOTHING,))),
        (said(230040, "VIR F2026-00421"), (LIKELY, ("F2026-0042",), (MatchReason.ONLY,))),
        (said(230040, "ACME"), (SURE, ("F2026-0042",), (MatchReason.CLIENT,))),
        (said(230040, iban="FR14 2004 1010 0505 0001 3M02 606"), (SURE, ("F2026-0042",), (MatchReason.CLIENT,))),
        (said(111200, "cabinet DORE honoraires"), (SURE, ("F2026-0039",), (MatchReason.CLIENT,))),
        (said(111200, "CABINET"), (LIKELY, ("F2026-0039",), (MatchReason.ONLY,))),
        (said(100000, "F2026-0042 acompte"), (LIKELY, ("F2026-0042",), (MatchReason.PART,))),
        (said(62345, "ACME"), (LIKELY, ("F2026-0043", "F2026-0044"), (MatchReason.SUM,))),
        (said(228540, "ACME SARL"), (LIKELY, ("F2026-0042",), (MatchReason.SHORT,))),
        (said(30000, "BREL STUDIO"), (LOOK, (), (MatchReason.TWO_CLIENTS,))),
        (said(70000, "F2026-0040"), (LIKELY, ("F2026-0040",), (MatchReason.NUMBER, MatchReason.ALIKE))),
        (said(70000, ""), (LOOK, (), (MatchReason.ALIKE,))),
        (said(230040, "BREL ET CIE"), (LOOK, (), (MatchReason.OTHER_CLIENT,))),
        (
            said(230040, "ACME pour CABINET DORE"),
            (LIKELY, ("F2026-0042",), (MatchReason.CLIENT, MatchReason.TWO_CLIENTS)),
        ),
        (
            said(230040, "CABINET DORE F2026-0042"),
            (LIKELY, ("F2026-0042",), (MatchReason.NUMBER, MatchReason.OTHER_CLIENT)),
        ),
        (said(50000, "ACME F2026-0042"), (LOOK, (), (MatchReason.OTHER_AMOUNT,))),
        (said(240000, "F2026-0042"), (LOOK, (), (MatchReason.MORE,))),
        (said(230040, "F2026-0030"), (LOOK, (), (MatchReason.SETTLED,))),
        (said(230040, "F2026-0042", currency="USD"), (LOOK, (), (MatchReason.OTHER_CURRENCY,))),
        (said(9000, "ACME"), (LOOK, (), (MatchReason.SETTLED,))),
        (said(777, "ACME"), (LOOK, (), (MatchReason.NOTHING,))),
    ],
)
def test_each_step_of_the_ladder(line, expected):
    assert line == expected


def test_an_instalment_is_known_by_its_amount():
    known = replace(KNOWN, names=(("Brel Studio", "brel-studio"),))
    found = proposals([Incoming("a", DAY, 30000, "EUR", text="BREL STUDIO")], OPEN, known)["a"]
    assert (found.likeness, found.documents, found.because) == (LIKELY, ("F2026-0050",), (MatchReason.INSTALMENT,))


def test_of_two_lines_that_settle_one_document_one_is_never_sure():
    lines = [Incoming(each, DAY, 230040, "EUR", text="ACME F2026-0042") for each in "ab"]
    lines += [Incoming("c", DAY, 230040, "EUR", text="ACME")]
    found = proposals(lines, OPEN, KNOWN)
    assert [found[each].likeness for each in "abc"] == [SURE, LOOK, LOOK]
    assert {found[each].because for each in "bc"} == {(MatchReason.PAID_TWICE,)}


def test_several_transfers_pay_one_document():
    lines = [Incoming(each, DAY, minor, "EUR", text="F2026-0042") for each, minor in (("a", 100000), ("b", 130040))]
    found = proposals(lines, OPEN, KNOWN)
    assert [found[each].because for each in "ab"] == [(MatchReason.PART,), (MatchReason.REST,)]
    assert [found[each].gap_minor for each in "ab"] == [130040, 0]


def test_sure_is_always_right_and_likely_nearly_so():
    """`python -m tests.domain.bank_lines 20` does the same with a thousand lines of fresh seeds."""
    found = measured(list(range(6)))
    assert len(found[SURE]) > 80
    assert all(found[SURE])
    assert sum(found[LIKELY]) >= 0.97 * len(found[LIKELY]) > 50
