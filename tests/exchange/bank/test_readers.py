"""Each format with the traps that banks set: batches, reversals, fields in any order, empty tags, cut files."""

from datetime import date

import pytest

from clepsydra.exchange.problems import RowReason
from clepsydra.settings.banks import load_banks, save_bank
from clepsydra.settings.home import Home
from tests.exchange.bank.bench import content, only, problem, sample

CAMT, OLDER = sample("november.camt053.xml"), sample("older.camt053.xml")
OFX, CARD = sample("november.ofx"), sample("card.ofx")
MT940, FRENCH = sample("november.sta"), sample("french.csv")


def test_camt_splits_a_batch_and_leaves_out_what_is_not_booked():
    found = only(CAMT)
    assert [each.minor for each in found.movements] == [230040, 111200, 188800, -4020]
    assert (found.account, found.currency, found.sequence, found.waiting) == (
        "FR7630006000011234567890189", "EUR", "11", 1,
    )  # fmt: skip
    first = found.movements[0]
    assert (first.name, first.iban, first.ref) == ("ACME SARL", "FR1420041010050500013M02606", "RF69F20260042")
    assert first.text.startswith("VIR FACT F2026- 0042 MERCI")
    assert found.movements[2].name == "Étude Roy & Associés"


def test_camt_of_any_version_prefix_and_coding():
    found = only(OLDER)
    assert (found.account, found.opening_minor, found.closing_minor) == ("CH-77", -5000, 10050)
    assert [(each.minor, each.name, each.text) for each in found.movements] == [
        (20050, "Zürcher Käserei AG", "Rechnung 2026/17"), (-5000, "", "Storno"),
    ]  # fmt: skip


def test_a_batch_whose_parts_do_not_add_up_stays_whole():
    found = only(CAMT.replace(b'<Amt Ccy="EUR">1888.00', b'<Amt Ccy="EUR">1887.00'))
    assert [each.minor for each in found.movements] == [230040, 300000, -4020]
    assert "F2026-0039" in found.movements[1].text
    assert "honoraires" in found.movements[1].text


@pytest.mark.parametrize(
    ("data", "reason", "line"),
    [
        (CAMT.replace(b">6260.20<", b">6260.21<"), RowReason.BALANCE, 5),
        (CAMT[:-30], RowReason.CUT, 51),
        (b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>' + CAMT[39:], RowReason.ENTITIES, 1),
        (CAMT.replace(b"BkToCstmrStmt", b"BkToCstmrAcctRpt"), RowReason.NOT_THIS_FORM, 2),
        (CAMT.replace(b'"EUR">40.20', b'"EUR">40.205'), RowReason.AMOUNT, 38),
        (OFX[:-40], RowReason.CUT, 55),
        (OFX.replace(b"-12,00", b"-12,0x"), RowReason.AMOUNT, 28),
        (CARD.replace(b"<OFX>", b"<!DOCTYPE OFX><OFX>"), RowReason.ENTITIES, 3),
        (MT940[:-60], RowReason.CUT, 17),
        (MT940.replace(b"3182,20\n:64", b"3182,21\n:64"), RowReason.BALANCE, 18),
        (MT940.replace(b"D40,2N", b"D40,2x2N"), RowReason.NOT_READABLE, 10),
        (FRENCH[:-24], RowReason.CUT, 10),
        (FRENCH.replace(b";-40,20;", b";-40,2.0;"), RowReason.AMOUNT, 8),
        (FRENCH.replace(b"25/11/2026;25", b"25/13/2026;25"), RowReason.DATE, 8),
        (FRENCH.replace(b"ACME SARL\n", b"ACME SARL").replace(b'0042";', b"0042;"), RowReason.BROKEN_QUOTES, 6),
        (b"Date,Text,Amount\n2026-11-24,a,1.50\n2026-11-25,b,12.3", RowReason.CUT, 3),
        (b"Jour;Montant;Libell\xc3\xa9\n1;2;3\n", RowReason.NO_COLUMN, 1),
        (b"\x89PNG\0\0", RowReason.NOT_A_BANK, 1),
        (b"", RowReason.NOT_A_BANK, 1),
    ],
    ids=lambda each: each if isinstance(each, RowReason) else "",
)
def test_what_cannot_be_taken_is_said_in_one_line_with_its_place(data, reason, line):
    found = problem(data)
    assert (found.reason, found.line) == (reason, line)


def test_ofx_loses_nothing_to_an_empty_memo_or_a_comma():
    found = only(OFX)
    assert [(each.minor, each.bank_id) for each in found.movements] == [
        (230040, "A1"), (-1200, "A2"), (9000, "A3"), (9000, "A4"),
    ]  # fmt: skip
    assert found.movements[1].text == "CAFE DE LA GARE & CIE"
    assert found.movements[2].text == "Règlement été"
    assert only(OFX.replace(b"+2300,40", b"2.300,40")).movements == found.movements
    assert (found.account, found.closing_minor, found.last) == ("12345678901", 446840, date(2026, 11, 30))


def test_ofx_2_and_what_is_only_expected():
    found = only(CARD)
    assert [(each.minor, each.name, each.text) for each in found.movements] == [
        (100000, "Globex Inc", "Invoice F2026-0050 <thanks>"), (-350, "Fee", "Fee"),
    ]  # fmt: skip
    assert (found.currency, found.waiting) == ("USD", 1)


def test_mt940_reads_fields_in_any_order_reversals_and_funds_codes():
    found = only(MT940)
    assert [each.minor for each in found.movements] == [230040, -4020, -9000, 1200]
    first, _, back, dutch = found.movements
    assert first.name == "ACME SARL SOCIETE DE LA DEVELOPPEMENT"
    assert first.text == "VIR FACT F2026-0042 PRESTATIONS DE NOVEMBRE"
    assert (first.iban, first.ref, first.bank_id) == ("FR1420041010050500013M02606", "", "BNK871")
    assert (back.ref, back.name) == ("CLI-9", "BREL ET CIE")
    assert dutch.day == date(2027, 1, 2), "booked in the year after its value day"
    assert (dutch.name, dutch.iban, dutch.ref, dutch.text) == (
        "VAN DIJK BV", "NL91ABNA0417164300", "E-77", "FACTUUR F2026-0048",
    )  # fmt: skip
    assert found.waiting == 1


def test_tables_are_learned_from_their_heading():
    found = content(FRENCH, name="credit-nord")
    (statement,) = found.file.statements
    assert [each.minor for each in statement.movements] == [230040, -4020, 109000, 109000]
    assert statement.account == "FR7630006000011234567890189"
    assert found.learned is not None
    assert (found.learned.skip, found.learned.dates, found.learned.decimal) == (4, "dmy", ",")
    assert [each.minor for each in only(sample("german.csv")).movements] == [123450, -9900]
    assert [each.minor for each in only(sample("dutch.csv")).movements] == [60500, -8010]
    american = only(sample("american.csv"))
    assert [(each.minor, each.day.month, each.name) for each in american.movements] == [
        (100000, 11, "Globex, Inc."), (-1500, 11, "Bank"),
    ]  # fmt: skip


def test_a_bank_is_remembered_and_its_file_is_the_persons(tmp_path):
    home = Home(tmp_path)
    learned = content(FRENCH, name="nord", account="mine").learned
    assert learned is not None
    assert save_bank(home, learned)
    file = tmp_path / "banks" / "nord.toml"
    assert file.stat().st_mode & 0o777 == 0o600
    assert load_banks(home).value == (learned,)
    file.write_text(file.read_text() + "# mine\n")
    assert not save_bank(home, learned)
    assert file.read_text().endswith("# mine\n")
    again = content(FRENCH, banks=load_banks(home).value)
    assert again.learned is None
    assert again.file.statements[0].account == "mine"


def test_columns_that_no_bank_calls_so_are_named_once():
    data = b"Jour;Somme;Quoi\n24/11/2026;12,50;ACME\n"
    assert problem(data).reason is RowReason.NOT_A_BANK
    assert problem(data, typed={"date": "Jour"}).reason is RowReason.NOT_A_BANK
    typed = {"date": "Jour", "amount": "Somme", "label": "Quoi"}
    assert [each.minor for each in only(data, typed=typed).movements] == [1250]


def test_days_that_may_be_read_in_two_orders_are_asked():
    data = b"Date,Amount,Description\n03/04/2026,1.50,a\n"
    assert problem(data).reason is RowReason.DATE_ORDER
    assert only(data, dates="mdy").movements[0].day == date(2026, 3, 4)
