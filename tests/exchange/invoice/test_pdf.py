"""The PDF of an invoice: read back, archival, the same bytes twice, and its codes decoded from the rendered page."""

import io
from dataclasses import replace

import pypdf
import pypdfium2
import pytest
import zxingcpp
from facturx import get_xml_from_pdf

from clepsydra.domain.document import Party
from clepsydra.exchange.invoice.cii import to_cii
from clepsydra.exchange.invoice.payment_codes import epc_payload, qr_reference, street_and_house, swiss_payload
from clepsydra.exchange.invoice.pdf import to_pdf
from clepsydra.language.translator import translator
from tests.domain.documents import item, rate
from tests.exchange.invoice import samples
from tests.exchange.invoice.test_electronic import HOSTILE

FR = translator("fr")

SWISS = Party("Camille Ravel", country="CH", street="Rue du Lac 12", postcode="1003", city="Lausanne",
              vat="CHE-123.456.788 TVA", iban="CH9300762011623852957")  # fmt: skip
ZURICH = Party("Muster AG", country="CH", street="Bahnhofstrasse 1", postcode="8001", city="Zürich")


def swiss(**more):
    return samples.dressed(item(215077, rate("8.1")), seller=SWISS, buyer=ZURICH, currency="CHF", swiss_qr=True,
                           rounding_minor=2, mentions=(), **more)  # fmt: skip


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def codes(pdf: bytes, page: int = -1) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    picture = document[len(document) - 1 if page < 0 else page].render(scale=150 / 72).to_pil()
    found = [code.text for code in zxingcpp.read_barcodes(picture.convert("L"))]
    document.close()
    return found


@pytest.fixture(scope="module")
def made() -> bytes:
    document = samples.final()
    return to_pdf(document, FR, to_cii(document, FR))


def test_it_is_archival_and_holds_its_invoice(made):
    document = samples.final()
    assert get_xml_from_pdf(io.BytesIO(made), check_xsd=True, check_schematron=False)[1] == to_cii(document, FR)
    reader = pypdf.PdfReader(io.BytesIO(made))
    root = reader.trailer["/Root"]
    assert root["/OutputIntents"][0].get_object()["/S"] == "/GTS_PDFA1"
    (attached,) = root["/AF"]
    assert attached.get_object()["/AFRelationship"] == "/Alternative"
    assert attached.get_object()["/UF"] == "factur-x.xml"
    metadata = root["/Metadata"].get_object().get_data()
    for word in (b"<pdfaid:part>3<", b"<fx:ConformanceLevel>EN 16931<", b"factur-x.xml"):
        assert word in metadata
    assert "/Encrypt" not in reader.trailer
    assert b"/JavaScript" not in made
    assert not any("/Annots" in page for page in reader.pages)
    assert root["/Lang"] == "fr"
    assert root["/MarkInfo"]["/Marked"]
    fonts = reader.pages[0]["/Resources"]["/Font"]
    for font in fonts.values():
        descendant = font.get_object()["/DescendantFonts"][0].get_object()
        assert "/FontFile2" in descendant["/FontDescriptor"].get_object()


def test_the_same_bytes_twice(made):
    document = samples.final()
    assert to_pdf(document, FR, to_cii(document, FR)) == made


def test_what_it_says(made):
    text = text_of(made).replace("\u202f", " ").replace("\u00a0", " ")
    for words in ("Facture", "F2026-0042", "12 h 15", "120,00 €/h", "1 470,00 €", "2 770,00 €", "526,00 €",
                  "3 300,40 €",
                  "Acompte F2026-0031", "2 300,40 €", "30 décembre 2026", "FR14 2004 1010", "RF69 F202 6004 2",
                  "page 1 sur 1", "40 €"):  # fmt: skip
        assert words.lower() in text.lower(), words


def test_the_account_is_read_in_one_piece(made):
    assert "FR14 2004 1010 0505 0001 3M02 606" in text_of(made).replace("\u00a0", " ")


def test_a_swiss_page_names_its_seller_above_the_slip():
    document = replace(swiss(), seller=replace(SWISS, vat="CHE123456788MWST"))
    (page,) = pypdf.PdfReader(io.BytesIO(to_pdf(document, translator("en")))).pages
    text = page.extract_text().replace("\u00a0", " ")
    for words in ("CHE-123.456.788 MWST", "Page 1 of 1", "VAT 8.1%"):
        assert words in text, words


def test_the_code_for_bank_apps_is_read_from_the_page(made):
    (found,) = codes(made)
    assert found.split("\n") == [
        "BCD", "002", "1", "SCT", "PSSTFRPPLYO", "Camille Ravel EI", "FR1420041010050500013M02606", "EUR2300.40", "",
        "RF69F20260042", "",
    ]  # fmt: skip


def test_no_code_where_nothing_can_be_paid():
    assert epc_payload(samples.credit()) == ""
    assert epc_payload(swiss()) == ""
    assert epc_payload(replace(samples.plain_invoice(), seller=replace(samples.SELLER, iban=""))) == ""
    assert swiss_payload(samples.plain_invoice(swiss_qr=True)) == ""


def test_the_swiss_slip_is_read_from_the_page():
    document = swiss()
    (found,) = codes(to_pdf(document, FR))
    assert found == swiss_payload(document)
    lines = found.split("\n")
    assert len(lines) == 31
    assert lines[18:20] == ["2325.00", "CHF"]
    assert lines[4:11] == ["S", "Camille Ravel", "Rue du Lac", "12", "1003", "Lausanne", "CH"]
    assert lines[27:29] == ["SCOR", "RF69F20260042"]


def test_a_qr_iban_has_a_reference_of_its_own():
    lines = swiss_payload(swiss()).split("\n")
    assert lines[27] == "SCOR"
    qr = replace(swiss(), seller=replace(SWISS, iban="CH4431999123000889012"))
    assert swiss_payload(qr).split("\n")[27:29] == ["QRR", qr_reference("F2026-0042")]
    # The style guide's own example: check digit 7.
    assert qr_reference("21000000000313947143000901") == "210000000003139471430009017"
    assert street_and_house(Party("x", street="12, rue des Lilas")) == ("rue des Lilas", "12")


def test_hostile_names_are_only_text():
    document = samples.plain_invoice(subject=HOSTILE, note=HOSTILE)
    document = replace(
        document, buyer=replace(document.buyer, name=HOSTILE), seller=replace(samples.SELLER, name=HOSTILE)
    )
    pdf = to_pdf(document, FR, to_cii(document, FR))
    assert "<script>alert(1)</script>" in text_of(pdf)
    assert (
        pypdf.PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/Metadata"].get_object().get_data().count(b"<script>") == 0
    )


def test_many_lines_go_on_over_pages():
    lines = [samples.hours(3600 * (i + 1), 9000) for i in range(80)]
    pdf = to_pdf(samples.dressed(*lines), FR)
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    assert len(reader.pages) > 2
    for page in reader.pages[:-1]:
        assert "Désignation" in page.extract_text()
    assert len(codes(pdf)) == 1
