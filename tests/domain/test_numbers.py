"""Check digits: numbers that are right, and each of them with one digit changed."""

import pytest

from clepsydra.domain.check_digits import (
    compact,
    french_vat,
    is_iban,
    is_qr_iban,
    is_siren,
    is_siret,
    is_vat,
    reference,
    spaced,
)  # fmt: skip

RIGHT = [
    (is_siren, "732829320"), (is_siret, "73282932000074"), (is_vat, "FR44732829320"), (is_vat, "BE0428759497"),
    (is_iban, "FR1420041010050500013M02606"), (is_iban, "CH9300762011623852957"),
]  # fmt: skip


@pytest.mark.parametrize("ending", ["", "MWST", "TVA", "IVA", "VAT"])
def test_swiss_vat_numbers_end_in_any_language(ending):
    assert is_vat(f"CHE116281710{ending}")
    assert not is_vat(f"CHE11628171{ending}")


@pytest.mark.parametrize(("check", "number"), RIGHT)
def test_right_and_wrong(check, number):
    assert check(number)
    if number[:2] != "BE":  # of other countries' VAT numbers only the shape is checked
        changed = str((int(number[2]) + 1) % 10) if number[2].isdigit() else "Z"
        assert not check(number[:2] + changed + number[3:])
        assert not check(number[:-4])


def test_made_numbers():
    assert reference("F2026-0042") == "RF69F20260042"
    assert french_vat("732829320") == "FR44732829320"
    assert compact("fr14 2004.1010-05") == "FR1420041010" + "05"
    assert spaced("FR1420041010") == "FR14 2004 1010"
    assert is_qr_iban("CH4431999123000889012")
    assert not is_qr_iban("CH9300762011623852957")
    assert is_siret("35600000000048")
