"""Electronic invoices against the official schemas and rules, and mutants that these must catch."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from clepsydra.exchange.invoice.cii import to_cii
from clepsydra.exchange.invoice.ubl import to_ubl
from clepsydra.language.translator import translator
from tests.exchange.invoice import samples
from tests.exchange.invoice.rules import FACTURX, FRENCH_CII, FRENCH_UBL, UBL, failed, schema_errors

FR = translator("fr")

pytestmark = pytest.mark.xdist_group("invoice rules")  # each worker would compile the rules again


@pytest.mark.parametrize("name", samples.CII)
def test_factur_x(name):
    xml = to_cii(samples.CII[name](), FR)
    assert schema_errors(xml) == []
    assert failed(xml, FACTURX) == []
    assert failed(xml, FRENCH_CII) == []
    assert xml == to_cii(samples.CII[name](), FR)


@pytest.mark.parametrize("name", samples.CII)
def test_french_ubl(name):
    xml = to_ubl(replace(samples.CII[name](), profile="ubl"), FR)
    assert schema_errors(xml) == []
    assert failed(xml, UBL) == []
    assert failed(xml, FRENCH_UBL) == []


@pytest.mark.parametrize(
    "make", [samples.several_rates, samples.reverse_charge, samples.credit], ids=lambda m: m.__name__
)
def test_peppol(make):
    document = replace(make(), profile="peppol")
    xml = to_ubl(document, FR)
    assert schema_errors(xml) == []
    assert failed(xml, UBL) == []
    root = ElementTree.fromstring(xml)
    cbc = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"
    assert len(root.findall(f"{cbc}Note")) == 1
    assert root.findtext(f"{cbc}CustomizationID", "").endswith("peppol.eu:2017:poacc:billing:3.0")
    assert len(root.findall(f".//{cbc}EndpointID[@schemeID]")) == 2  # R010 and R020


def test_xrechnung():
    document = samples.xrechnung()
    xml = to_cii(document, FR)
    assert b"xrechnung_3.0" in xml
    assert b"<ram:BuyerReference>04011000-12345-34<" in xml
    assert b"#SKONTO#TAGE=10#PROZENT=2.00#" in xml
    # The rules at hand know the European core by its own name only.
    core = xml.replace(
        b"urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0", b"urn:cen.eu:en16931:2017"
    )
    assert schema_errors(core) == []
    assert failed(core, FACTURX) == []


MUTANTS = {
    "total off by a cent": (samples.several_rates, b"<ram:GrandTotalAmount>3300.40", b"<ram:GrandTotalAmount>3300.41"),
    "tax off by a euro": (samples.plain_invoice, b"<ram:CalculatedAmount>", b"<ram:CalculatedAmount>9"),
    "no type": (samples.plain_invoice, b"<ram:TypeCode>380</ram:TypeCode>", b""),
    "payable off by a cent": (samples.final, b"<ram:DuePayableAmount>2300.40", b"<ram:DuePayableAmount>2300.41"),
    "no reason of exemption": (samples.franchise, b"VATEX-FR-FRANCHISE", b"VATEX-FR-FRANCHISES"),
}


@pytest.mark.parametrize("name", MUTANTS)
def test_mutants_are_caught(name):
    make, old, new = MUTANTS[name]
    xml = to_cii(make(), FR)
    assert old in xml
    mutant = xml.replace(old, new)
    assert schema_errors(mutant) or failed(mutant, FACTURX)


def test_a_credit_without_its_invoice_is_caught_in_france():
    xml = to_cii(replace(samples.credit(), prepaid=()), FR)
    start, end = xml.index(b"<ram:InvoiceReferencedDocument>"), xml.index(b"</ram:InvoiceReferencedDocument>")
    mutant = xml[:start] + xml[end + len(b"</ram:InvoiceReferencedDocument>") :]
    assert any("BR-FR-CO-05" in each for each in failed(mutant, FRENCH_CII))


HOSTILE = '<script>alert(1)</script> & "quotes" \x1b[31m \u202egnirts =HYPERLINK() ]]> \x00'


def test_hostile_text_stays_text():
    document = samples.plain_invoice()
    buyer = replace(document.buyer, name=HOSTILE, street=HOSTILE)
    document = replace(document, buyer=buyer, lines=(replace(document.lines[0], text=HOSTILE), document.lines[1]),
                       note=HOSTILE)  # fmt: skip
    for xml in (to_cii(document, FR), to_ubl(document, FR)):
        root = ElementTree.fromstring(xml)
        assert not [each for each in root.iter() if each.tag.endswith("}script")]
        assert any('<script>alert(1)</script> & "quotes"' in (each.text or "") for each in root.iter())
        assert b"\x1b" not in xml
        assert schema_errors(xml) == []
