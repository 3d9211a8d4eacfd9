"""Documents: invoices, deposit invoices, credit notes and pro formas, as they are frozen.

A document adds up (law 15): lines, less allowances, make the net; each tax group is reckoned on its own sum; the total
less what was paid before, plus the rounding of cash, is to pay. Everything that prints is in it, so that nothing that
changes later can move it.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from clepsydra.domain.document_lines import Allowance, DocumentLine
from clepsydra.domain.money import half_up
from clepsydra.domain.records import dataclass
from clepsydra.domain.taxes import TaxAmount, TaxRule, amounts


class DocumentKind(StrEnum):
    """What a document is; a pro forma has no number and counts nowhere."""

    INVOICE = "invoice"
    DEPOSIT = "deposit"
    CREDIT = "credit"
    PRO_FORMA = "proforma"


TYPE_CODES = {
    DocumentKind.INVOICE: "380",
    DocumentKind.DEPOSIT: "386",
    DocumentKind.CREDIT: "381",
    DocumentKind.PRO_FORMA: "325",
}
"""UNTDID 1001, as electronic invoices name the kinds."""


class DocumentState(StrEnum):
    """Where a document stands; all but draft, issued and annulled are derived."""

    DRAFT = "draft"
    ISSUED = "issued"
    PARTLY_PAID = "partly paid"
    OVERDUE = "overdue"
    SETTLED = "settled"
    WRITTEN_OFF = "written off"
    CREDITED = "credited"
    APPLIED = "applied"
    ANNULLED = "annulled"


class CreditReason(StrEnum):
    """Why a credit note: `error` frees the work to be billed again, `gesture` does not."""

    ERROR = "error"
    GESTURE = "gesture"
    PRICE = "price"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Party:
    """Seller or buyer as a document names them; empty where unknown. A buyer's `kind`: business, consumer, public."""

    name: str
    slug: str = ""
    country: str = ""
    address: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    form: str = ""
    capital: str = ""
    register: str = ""
    siren: str = ""
    siret: str = ""
    vat: str = ""
    tax_id: str = ""
    email: str = ""
    phone: str = ""
    attention: str = ""
    routing: str = ""
    kind: str = "business"
    iban: str = ""
    bic: str = ""
    account_name: str = ""

    @property
    def structured(self) -> bool:
        """Whether the address is known in parts, as electronic invoices want it."""
        return bool(self.postcode and self.city)


@dataclass(frozen=True, slots=True)
class Mention:
    """A sentence that the law or the person wants on a document; `code` is its subject in UNTDID 4451, as PMT."""

    text: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """Another document that one speaks of: a deposit it deducts, the invoice it credits, with its amount with tax."""

    number: str
    day: date
    minor: int = 0


@dataclass(frozen=True, slots=True)
class EarlyPayment:
    """A discount for paying within so many days, in percent of the total."""

    percent: Decimal
    days: int


@dataclass(frozen=True, slots=True)
class OwnTotal:
    """Net and tax in the seller's own currency at a rate that was typed: one unit is `rate` of the own currency."""

    currency: str
    rate: Decimal
    net_minor: int
    tax_minor: int


@dataclass(frozen=True, slots=True)
class Document:
    """One document, previewed or issued; days are civil days of the seller's zone, amounts minor units.

    `taxes` are what it says for ever, also where a credit note takes the last cent of a rate. `statements` are its
    annexes. `rounding_minor` is what the smallest coin adds to what is to pay.
    """

    kind: DocumentKind
    client: str
    currency: str
    language: str
    zone: str
    seller: Party
    buyer: Party
    lines: tuple[DocumentLine, ...]
    taxes: tuple[TaxAmount, ...]
    allowances: tuple[Allowance, ...] = ()
    number: str = ""
    issued_on: date | None = None
    due_on: date | None = None
    service_from: date | None = None
    service_to: date | None = None
    prepaid: tuple[Reference, ...] = ()
    rounding_minor: int = 0
    preceding: Reference | None = None
    reason: str = ""
    because: str = ""
    statements: tuple[str, ...] = ()
    subject: str = ""
    note: str = ""
    order: str = ""
    buyer_reference: str = ""
    terms: str = ""
    mentions: tuple[Mention, ...] = ()
    early: EarlyPayment | None = None
    own: OwnTotal | None = None
    reference: str = ""
    profile: str = "facturx"
    nature: str = "S"
    swiss_qr: bool = False
    colour: str = ""
    logo: str = ""

    @property
    def lines_minor(self) -> int:
        """The sum of the lines (BT-106)."""
        return sum(line.net_minor for line in self.lines)

    @property
    def allowance_minor(self) -> int:
        """What is taken off the whole document (BT-107)."""
        return sum(each.minor for each in self.allowances)

    @property
    def net_minor(self) -> int:
        """Before tax (BT-109)."""
        return self.lines_minor - self.allowance_minor

    @property
    def tax_minor(self) -> int:
        """All its taxes (BT-110)."""
        return sum(each.tax_minor for each in self.taxes)

    @property
    def total_minor(self) -> int:
        """With tax (BT-112)."""
        return self.net_minor + self.tax_minor

    @property
    def prepaid_minor(self) -> int:
        """What deposit invoices asked before (BT-113)."""
        return sum(each.minor for each in self.prepaid)

    @property
    def payable_minor(self) -> int:
        """What is to pay (BT-115): the total less deposits, to the smallest coin."""
        return self.total_minor - self.prepaid_minor + self.rounding_minor


def taxes_of(lines: tuple[DocumentLine, ...], allowances: tuple[Allowance, ...] = ()) -> tuple[TaxAmount, ...]:
    """The taxes of lines less allowances, per category and rate on the sum."""
    bases: dict[TaxRule, int] = {}
    for line in lines:
        bases[line.tax] = bases.get(line.tax, 0) + line.net_minor
    for allowance in allowances:
        bases[allowance.tax] = bases.get(allowance.tax, 0) - allowance.minor
    return amounts(bases)


def coin_rounding(payable_minor: int, step: int) -> int:
    """What brings an amount to a multiple of the smallest coin, half up: 2 324.98 by 5 is 0.02 to 2 325.00."""
    if step <= 1:
        return 0
    return half_up(Fraction(payable_minor, step)) * step - payable_minor


CARRY = 100
"""Minor units by which the credit that exhausts a rate may differ from its own reckoning: what EN 16931 tolerates."""


def breaches(document: Document) -> list[str]:
    """Where a document does not add up (law 15), in English words for a proof; empty where it does."""
    expected = {t.group: t for t in taxes_of(document.lines, document.allowances)}
    stated = {t.group: t for t in document.taxes}
    if expected.keys() != stated.keys():
        return ["its taxes are not those of its lines"]
    carry = CARRY if document.kind is DocumentKind.CREDIT else 0
    found = []
    for group, tax in stated.items():
        if tax.base_minor != expected[group].base_minor:
            found.append("the base of a tax is not the sum of its lines")
        if abs(tax.tax_minor - expected[group].tax_minor) > carry:
            found.append("a tax is not its rate of its base")
    return found
