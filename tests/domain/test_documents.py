"""Documents to the cent: the worked examples of French, Swiss and Québec invoices, and laws on random books."""

from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clepsydra.domain.credits import (
    TooMuch,
    Unreachable,
    by_amount,
    by_quantity,
    credit_taxes,
    deposit_by_net,
    deposit_by_share,
    deposit_by_total,
    left_of_line,
    left_of_taxes,
    mirrored,
)
from clepsydra.domain.document import DocumentKind, Reference, breaches, coin_rounding, taxes_of
from clepsydra.domain.document_lines import (
    E4,
    Discount,
    DocumentLine,
    DocumentLineSort,
    Unit,
    discounted,
    filled_up,
    taken_off,
    time_line,
)
from clepsydra.domain.money import half_up
from clepsydra.domain.taxes import DISBURSEMENT, tax_of, unreachable, with_tax
from tests.domain.documents import EXEMPT, QUEBEC, RED, STD, hours, invoice, item, rate


def whole_example():
    audit = item(80000)
    lines = (
        hours(44_100, 12000), hours(12_600, 14000),
        replace(audit, allowance_minor=taken_off(audit, Decimal(10))), item(4000, RED, 2),
        DocumentLine(DocumentLineSort.DISBURSEMENT, "Dépôt de marque", E4, Unit.PIECE, 6000, DISBURSEMENT),
    )  # fmt: skip
    return invoice(*lines, allowances=discounted(lines, [Discount("Remise", minor=5000, tax="std")]),
                   prepaid=(Reference("F2026-0031", None, 100000),))  # type: ignore[arg-type]  # fmt: skip


def test_the_worked_example():
    made = whole_example()
    assert [line.net_minor for line in made.lines] == [147000, 49000, 72000, 8000, 6000]
    assert (made.lines_minor, made.net_minor, made.total_minor, made.payable_minor) == (282000, 277000, 330040, 230040)
    assert [(t.category, t.base_minor, t.tax_minor) for t in made.taxes] == [
        ("S", 263000, 52600), ("S", 8000, 440), ("E", 6000, 0),
    ]  # fmt: skip
    assert not breaches(made)


def test_hours_are_minutes_priced_by_sixty():
    line = hours(44_100, 12000)
    assert (line.quantity, line.unit, line.price_minor, line.price_base) == (735, "MIN", 12000, 60)
    # 50 minutes as 0.8333 h would be 791.64.
    assert hours(3_000, 95000).net_minor == 79167
    assert (hours(61, 9000).unit, hours(61, 9000).net_minor) == ("SEC", 153)
    assert time_line(25_200, Fraction(65000, 7), "Atelier", STD).net_minor == 65000


def test_one_exempt_group_joins_its_reasons():
    made = taxes_of(
        (item(10000, EXEMPT), DocumentLine(DocumentLineSort.DISBURSEMENT, "x", E4, Unit.PIECE, 6000, DISBURSEMENT))
    )
    (only,) = made
    assert (only.base_minor, only.code) == (16000, "")
    assert "293 B" in only.sentence
    assert "267 II" in only.sentence


def test_quebec_reckons_both_taxes_on_the_price():
    made = invoice(item(123456, QUEBEC))
    assert [t.tax_minor for t in made.taxes] == [6173, 12315]
    assert made.total_minor == 141944


def test_swiss_cash_rounding_leaves_the_tax():
    made = invoice(item(215077, rate("8.1")))
    made = replace(made, rounding_minor=coin_rounding(made.total_minor, 5))
    assert (made.tax_minor, made.total_minor, made.rounding_minor, made.payable_minor) == (17421, 232498, 2, 232500)
    assert [coin_rounding(minor, 5) for minor in (3, 2, 5)] == [2, -2, 0]


def test_a_typed_total_reaches_its_cent():
    assert unreachable(97395, STD) == (97394, 97396)
    parts = deposit_by_total([(STD, 263000), (RED, 8000)], 100000)
    assert [(base, with_tax(base, rule)) for rule, base in parts] == [(81162, 97394), (2470, 2606)]
    with pytest.raises(Unreachable) as alone:
        deposit_by_total([(STD, 263000)], 97395)
    assert (alone.value.below, alone.value.above) == (97394, 97396)
    with pytest.raises(TooMuch):
        deposit_by_total([(STD, 1000)], 1201)


def test_a_whole_deposit_of_three_rates_leaves_nothing():
    order = [(STD, 33333), (rate("10"), 7777), (RED, 1)]
    for parts in (deposit_by_share(order, Decimal(100)), deposit_by_net(order, 41111)):
        assert parts == order
    assert deposit_by_total(order, sum(with_tax(base, rule) for rule, base in order)) == order


def test_the_last_credit_takes_the_last_cent():
    original, credits = invoice(item(1000, RED)), []
    assert original.tax_minor == 55
    for minor in (333, 333, 334):
        lines = (by_amount(minor, RED, "Geste"),)
        taxes = credit_taxes(original, credits, lines)
        credits.append(invoice(*lines, kind=DocumentKind.CREDIT, taxes=taxes))
    assert [c.tax_minor for c in credits] == [18, 18, 19]
    assert not any(map(breaches, credits))
    with pytest.raises(TooMuch):
        credit_taxes(original, credits, (by_amount(1, RED, "Geste"),))


def test_credit_of_two_hours():
    original = whole_example()
    line = by_quantity(original, [], 0, 120 * E4)
    taxes = credit_taxes(original, [], (line,))
    assert (line.net_minor, sum(t.tax_minor for t in taxes)) == (24000, 4800)
    with pytest.raises(TooMuch) as refused:
        by_quantity(original, [], 0, 736 * E4)
    assert refused.value.left_e4 == 735 * E4


def test_minimum_and_discount_over_the_rates():
    lines = (hours(3_600, 9000), DocumentLine(DocumentLineSort.REBILLED, "Train", E4, Unit.PIECE, 9273, STD))
    assert filled_up(lines, 25000) == 16000
    assert filled_up(lines, 5000) == 0
    split = discounted((item(268000), item(8000, RED)), [Discount("Remise", minor=5000)])
    assert [each.minor for each in split] == [4855, 145]
    with pytest.raises(ValueError):
        discounted((item(100),), [Discount("Remise", minor=101)])


RATES = [STD, RED, rate("10"), rate("2.1"), rate("8.1"), QUEBEC]
LINES = st.lists(
    st.one_of(
        st.builds(hours, st.integers(1, 200_000), st.integers(1, 30_000), st.sampled_from(RATES)),
        st.builds(item, st.integers(1, 10**7), st.sampled_from(RATES), st.integers(1, 40)),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=150)
@given(LINES, st.integers(0, 100), st.lists(st.integers(1, 10**6), max_size=4), st.randoms(use_true_random=False))
def test_random_books_add_up_and_credits_end_at_the_cent(lines, percent, amounts, random):
    """Law 15: lines, discounts and taxes add up; whatever is credited in between, the last credit leaves nothing."""
    allowances = discounted(lines, [Discount("Remise", percent=Decimal(percent))] if percent < 100 else [])
    original = invoice(*lines, allowances=allowances)
    assert not breaches(original)
    assert original.allowance_minor == (half_up(Fraction(original.lines_minor * percent, 100)) if percent < 100 else 0)
    assert original.total_minor == sum(line.net_minor for line in lines) - original.allowance_minor + sum(
        tax_of(t.base_minor, t.rate) for t in original.taxes
    )
    credits = []
    rules = {line.tax.group: line.tax for line in lines}
    for minor in amounts:
        rule = random.choice(sorted(rules.values(), key=lambda r: r.key))
        add_credit(original, credits, rule, minor)
    for rule in rules.values():
        left = rest(original, credits, rule)
        if left:
            add_credit(original, credits, rule, left)
    assert all(base == 0 == tax for base, tax in left_of_taxes(original, credits).values())
    assert sum(c.total_minor for c in credits) == original.total_minor
    assert all(t.tax_minor >= 0 for c in credits for t in c.taxes)


def rest(original, credits, rule):
    part = taxes_of((item(1, rule),))[0].group
    return left_of_taxes(original, credits)[part][0]


def add_credit(original, credits, rule, minor):
    lines = (by_amount(minor, rule, "Geste"),)
    left = rest(original, credits, rule)
    if minor > left:
        with pytest.raises(TooMuch) as refused:
            credit_taxes(original, credits, lines)
        assert refused.value.left_minor == left
    else:
        taxes = credit_taxes(original, credits, lines)
        credits.append(invoice(*lines, kind=DocumentKind.CREDIT, taxes=taxes))


@settings(max_examples=150)
@given(LINES, st.data())
def test_lines_credited_by_quantity_end_at_the_cent(lines, data):
    original, credits = invoice(*lines), []
    for index, line in enumerate(lines):
        first = data.draw(st.integers(1, line.quantity_e4))
        for quantity in (first, line.quantity_e4 - first):
            if quantity:
                made = by_quantity(original, credits, index, quantity)
                assert made.net_minor >= 0
                credits.append(invoice(made, kind=DocumentKind.CREDIT, taxes=credit_taxes(original, credits, (made,))))
        assert left_of_line(original, credits, index) == (0, 0)
    assert sum(c.total_minor for c in credits) == original.total_minor
    mirror = mirrored(original)
    assert (mirror.total_minor, mirror.kind) == (original.total_minor, DocumentKind.CREDIT)


@settings(max_examples=100)
@given(st.lists(st.tuples(st.sampled_from(RATES), st.integers(1, 10**7)), min_size=1, max_size=4), st.data())
def test_deposits_reach_what_was_typed(order, data):
    order = list({rule.group: (rule, base) for rule, base in order}.values())
    whole = sum(with_tax(base, rule) for rule, base in order)
    wanted = data.draw(st.integers(1, whole))
    parts = order
    with suppress(Unreachable):
        parts = deposit_by_total(order, wanted)
    if parts is order and wanted < whole:
        # One rate alone has totals that no base gives; several can lend each other a cent unless there are few.
        assert len(order) == 1 or wanted < 400 or min(base for _, base in order) < 20
    else:
        assert sum(with_tax(base, rule) for rule, base in parts) == wanted
