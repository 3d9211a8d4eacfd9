"""Tables as banks of several countries head them: each gives the day, the amount and the text without being told."""

import pytest

from tests.exchange.bank.bench import only, problem

TABLES = {
    "month in words": "Date,Description,Amount\n24 Nov 2026,ACME,2300.40\n",
    "month first": 'Date,Description,Amount\n"Nov 24, 2026",ACME,2300.40\n',
    "month in French": "Date;Libellé;Montant\n24-nov.-2026;ACME;2300,40\n",
    "boursorama": (
        "dateOp;dateVal;label;category;categoryParent;supplierFound;amount;comment;accountNum;accountLabel;a"
        "ccountbalance\n"
        '2026-11-24;2026-11-24;"VIR ACME F2026-0042";Virements;V;acme;2 300,40;;00040;BOURSO;1000,00\n'
    ),
    "ca": (
        "Téléchargement\n"
        "\n"
        "Compte courant n° 123\n"
        "Solde\n"
        ";;\n"
        "Date;Libellé;Débit euros;Crédit euros;\n"
        '24/11/2026;"VIREMENT EN VOTRE FAVEUR\n'
        'ACME  ";;2 300,40;\n'
    ),
    "sg": (
        '="0000123";24/10/2026;24/11/2026;\n'
        "date_comptabilisation;libellé_complet_operation;montant_operation;devise;\n"
        "24/11/2026;VIR RECU ACME;2300,40;EUR;\n"
    ),
    "postale": (
        "Numéro Compte   ;123\n"
        "Type         ;CCP\n"
        "\n"
        "Date;Libellé;Montant(EUROS);Montant(FRANCS)\n"
        '24/11/2026;"VIREMENT DE ACME";2300,40;15089,63\n'
    ),
    "revolut": (
        "Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance\n"
        "TOPUP,Current,2026-11-24 10:00:00,2026-11-24 10:00:01,Payment from Acme,2300.40,0.00,EUR,COMPLETED,"
        "3000\n"
        "X,Current,2026-11-24 10:00:00,,Pend,9.00,0.00,EUR,PENDING,\n"
    ),
    "n26": (
        '"Booking Date","Value Date","Partner Name","Partner Iban",Type,"Payment Reference","Account Name","'
        'Amount (EUR)","Original Amount","Original Currency","Exchange Rate"\n'
        "2026-11-24,2026-11-24,Acme SARL,FR1420041010050500013M02606,Credit Transfer,F2026-0042,Main,2300.4,"
        ",,\n"
    ),
    "qonto": (
        "Settlement date (UTC);Operation date (UTC);Total amount (incl. VAT);Currency;Counterparty name;Refe"
        "rence;Status\n"
        "24-11-2026 10:00:00;24-11-2026 09:00:00;2300,40;EUR;Acme SARL;F2026-0042;Executed\n"
    ),
    "lloyds": (
        "Transaction Date,Transaction Type,Sort Code,Account Number,Transaction Description,Debit Amount,Cre"
        "dit Amount,Balance\n"
        "24/11/2026,FPI,'11-22-33,12345678,ACME F2026-0042,,2300.40,3000.00\n"
    ),
    "chase": (
        "Details,Posting Date,Description,Amount,Type,Balance,Check or Slip #\n"
        'CREDIT,11/24/2026,"ACME INC",2300.40,ACH_CREDIT,3000.00,\n'
    ),
    "postfinance": (
        "Date;Texte de notification;Crédit en CHF;Débit en CHF;Valeur;Solde en CHF\n"
        '24.11.2026;"CRÉDIT ACME";2300.40;;24.11.2026;3000.00\n'
    ),
    "fortis": (
        "Nº de séquence;Date d'exécution;Date valeur;Montant;Devise du compte;Numéro de compte;Type de trans"
        "action;Contrepartie;Nom de la contrepartie;Communication;Détails;Statut;Motif du refus\n"
        "2026-1;24/11/2026;24/11/2026;2300,40;EUR;BE71096123456769;Virement;BE68539007547034;ACME;F2026-0042"
        ";VIR;Accepté;\n"
        "2026-2;24/11/2026;24/11/2026;9,40;EUR;BE71096123456769;Virement;BE68539007547034;ACME;F2026-0042;VI"
        "R;Refusé;x\n"
    ),
    "rbc": (
        '"Account Type","Account Number","Transaction Date","Cheque Number","Description 1","Description 2",'
        '"CAD$","USD$"\n'
        'Chequing,123,11/24/2026,,"ACME","F2026-0042",2300.40,,\n'
    ),
    "paypal": (
        '"Date","Time","TimeZone","Name","Type","Status","Currency","Gross","Fee","Net","Subject"\n'
        '"11/24/2026","10:00","CET","Acme","Payment","Completed","EUR","2,300.40","-50.00","2,250.40","F2026'
        '-0042"\n'
    ),
}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_a_heading_says_where_day_amount_and_text_stand(table):
    (found,) = only(table.encode()).movements
    assert found.day.isoformat() == "2026-11-24"
    assert found.minor in (230040, 225040)
    assert "ACME" in f"{found.name} {found.text}".upper()


def _rows(*amounts: str) -> bytes:
    return "".join(["Date;Libellé;Montant\n", *(f'24/11/2026;VIR;"{each}"\n' for each in amounts)]).encode()


@pytest.mark.parametrize("cell", ["2300.40", "2'300.40", "2,300.40", "1e3", "12.34,56", "1.2345,00", "5 000 00,00"])
def test_an_amount_in_another_way_of_writing_is_refused(cell):
    assert problem(_rows("1,50", cell)).line == 3, "a hundred times too much is worse than nothing"


@pytest.mark.parametrize(
    ("cells", "minor"),
    [
        (("1,50", "2 300,40"), 230040), (("1,50", "2\u202f300,40 €"), 230040), (("1,50", "EUR 2.300,40"), 230040),
        (("1.50", "2'300.40"), 230040), (("1.50", "Rs. 1,00,000.00"), 10000000), (("1.50", ".50"), 50),
        (("1.50", "Fr. 200.-"), 20000), (("1,50", "12,00-"), -1200),
    ],
)  # fmt: skip
def test_amounts_as_banks_write_them(cells, minor):
    assert only(_rows(*cells)).movements[-1].minor == minor


@pytest.mark.parametrize(("cell", "shown"), [("", '""'), ("10,505", "10,505")])
def test_a_bad_amount_is_shown_as_it_stands(cell, shown):
    assert problem(_rows("1,50", cell)).found == shown
