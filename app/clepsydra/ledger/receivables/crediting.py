"""Credit notes and annulment: what answers an issued document. Nothing of the document itself ever changes."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from clepsydra.domain.credits import (
    TooMuch,
    by_amount,
    by_quantity,
    credit_taxes,
    left_of_line,
    left_of_taxes,
    mirrored,
)
from clepsydra.domain.document import CreditReason, Document, DocumentKind, Reference, taxes_of
from clepsydra.domain.document_lines import E4, PER_HOUR, DocumentLine
from clepsydra.domain.records import dataclass, replace
from clepsydra.domain.taxes import TaxRule
from clepsydra.language import formats
from clepsydra.language.plain import storable
from clepsydra.language.translator import translator
from clepsydra.language.typed.amounts import parse_amount
from clepsydra.language.typed.durations import parse_duration
from clepsydra.language.typed.errors import NotUnderstood
from clepsydra.ledger import numbering
from clepsydra.ledger.beside_log import kept_or_dropped
from clepsydra.ledger.billing import statements as billing
from clepsydra.ledger.documents import issuing, reading
from clepsydra.ledger.documents.document_json import document_from
from clepsydra.ledger.documents.drafting import Draft
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.ledger.receivables import closing
from clepsydra.store import documents
from clepsydra.store.documents import DocumentRow


@dataclass(frozen=True, slots=True)
class Credit:
    """What is to be credited of a document: all of it, or lines ("2=1h30") and amounts before tax ("120 @std").

    `reason` None is an error for all, a gesture for a part.
    """

    number: str
    lines: tuple[str, ...] = ()
    amounts: tuple[str, ...] = ()
    reason: CreditReason | None = None
    because: str = ""
    on: date | None = None

    @property
    def whole(self) -> bool:
        """Whether all of the document is credited."""
        return not self.lines and not self.amounts

    @property
    def why(self) -> CreditReason:
        """The reason, given or usual."""
        return self.reason or (CreditReason.ERROR if self.whole else CreditReason.GESTURE)


def credit(ledger: Ledger, asked: Credit) -> Document:
    """Issue a credit note; one of all for an error sets free what the document had taken. Raises `Refused`, OSError."""
    early = issuing.ahead(ledger, _draft(ledger, asked)[1])
    with kept_or_dropped(ledger) as kept, ledger.change("credit {number}", number=asked.number):
        row, ready = _draft(ledger, asked)
        assert ready.document.issued_on is not None
        closing.give_back(ledger, row, ready.document.payable_minor, ready.document.issued_on)
        issued = issuing.seal(ledger, ready, early, kept, preceding=row)
        if asked.whole and asked.why is CreditReason.ERROR:
            _set_free(ledger, row, issued.number)
        return issued


def preview(ledger: Ledger, asked: Credit) -> Document:
    """The credit note that would be issued now."""
    return _draft(ledger, asked)[1].document


def _draft(ledger: Ledger, asked: Credit) -> tuple[DocumentRow, Draft]:
    row = _creditable(ledger, asked)
    original = document_from(row.body)
    before = [document_from(each.body) for each in documents.credits_of(ledger.db, row.id)]
    try:
        made = _made(ledger, asked, original, before)
    except TooMuch as much:
        raise _too_much(original, much, ledger.settings.language) from None
    return row, Draft(_dressed(ledger, asked, original, made))


def _creditable(ledger: Ledger, asked: Credit) -> DocumentRow:
    row = reading.row(ledger, asked.number)
    if row.kind == DocumentKind.CREDIT:
        raise Refused("{number} is a credit note: a wrong one is answered by a new invoice", number=row.number)
    if row.state != "issued":
        raise Refused("{number} is annulled", number=row.number)
    holder = documents.holder(ledger.db, "deposit", row.id)
    if holder:
        raise Refused("{number} is deducted by {document}: credit that", number=row.number, document=holder)
    return row


def _made(ledger: Ledger, asked: Credit, original: Document, before: Sequence[Document]) -> Document:
    if asked.whole and not before:
        return mirrored(original)
    lang = ledger.settings.language
    if asked.whole:
        lines = list(_rest(original, before))
    else:
        lines = [_of_line(original, before, each) for each in asked.lines]
        lines += [_of_amount(original, each, lang) for each in asked.amounts]
    if not lines:
        raise Refused("{number} is credited wholly already", number=original.number)
    made = tuple(lines)
    return replace(original, lines=made, allowances=(), prepaid=(), taxes=credit_taxes(original, before, made))


def _rest(original: Document, before: Sequence[Document]) -> Sequence[DocumentLine]:
    """What is left of each tax group, an amount each."""
    left, found = left_of_taxes(original, before), []
    for rule in {line.tax.group: line.tax for line in original.lines}.values():
        probe = taxes_of((by_amount(1, rule, ""),))[0].group
        base = left[probe][0]
        if base > 0:
            found.append(by_amount(base, rule, _text(original, translator(original.language).t("Rest"))))
    return found


def _text(original: Document, text: str) -> str:
    return f"{text} {original.number}"


def _of_line(original: Document, before: Sequence[Document], typed: str) -> DocumentLine:
    """The line of "K=QUANTITY": its place in the document, how much of it; without a quantity all that is left."""
    place, equals, quantity = typed.partition("=")
    index = int(place) - 1 if place.strip().isdigit() else -1
    if not 0 <= index < len(original.lines):
        raise Refused("{number} has lines 1 to {count}; write 2=1h30 for an hour and a half of the second",
                      number=original.number, count=len(original.lines))  # fmt: skip
    left = left_of_line(original, before, index)[0]
    return by_quantity(original, before, index, _quantity(original.lines[index], quantity) if equals else left)


def _quantity(line: DocumentLine, typed: str) -> int:
    """Ten-thousandths of the line's unit: time as people type it, a bare number of hours, or a count."""
    plain = typed.strip().replace(",", ".").removesuffix("j").removesuffix("d").strip()
    if line.unit in PER_HOUR and not plain.replace(".", "").isdigit():
        try:
            seconds = parse_duration(typed)
        except NotUnderstood as wrong:
            raise Refused("“{text}” is no length of time", text=typed) from wrong
        return seconds * E4 * PER_HOUR[line.unit] // 3600
    try:
        count = Decimal(plain)
    except ArithmeticError:
        raise Refused("“{text}” is no quantity", text=typed) from None
    if line.unit in PER_HOUR:
        return int(count * E4 * PER_HOUR[line.unit])
    return int(count * E4)


def _of_amount(original: Document, typed: str, lang: str) -> DocumentLine:
    """The line of "120 @std": minor units before tax, at the only rate where there is but one."""
    amount, _, key = (part.strip() for part in typed.partition("@"))
    rules = {line.tax.key: line.tax for line in original.lines}
    if not rules:
        raise Refused("{number} has no line that could be credited", number=original.number)
    try:
        minor = parse_amount(amount, original.currency, lang)
    except NotUnderstood:
        raise _no_amount(typed, original.number, rules) from None
    alone = len({rule.group for rule in rules.values()}) == 1
    rule = rules.get(key) if key or not alone else next(iter(rules.values()))
    if rule is None and key:
        raise Refused("“@{key}” is no tax of {number}; it has: {keys}", key=key, number=original.number,
                      keys=_named(rules))  # fmt: skip
    if rule is None:
        raise Refused("say at which tax, as in “120 @{key}”; {number} has: {keys}", key=next(iter(rules)),
                      number=original.number, keys=_named(rules))  # fmt: skip
    return by_amount(minor, rule, _text(original, translator(original.language).p("credit", "Credit on")))


def _no_amount(typed: str, number: str, rules: Mapping[str, TaxRule]) -> Refused:
    """What is wrong with "20 red": its tax lacks the @; else that it is no amount at all."""
    words = typed.replace("@", " ").split()
    key = next((word for word in words if word in rules), next(iter(rules)))
    amount = " ".join(word for word in words if word != key)
    if key in words and any(sign.isdigit() for sign in amount):
        return Refused(
            "“{text}” is no amount: the tax comes after it with an @, as in “{amount} @{key}”; {number} has: {keys}",
            text=typed, amount=amount, key=key, number=number, keys=_named(rules),
        )  # fmt: skip
    return Refused("“{text}” is no amount; write it before tax, as in “120” or “120 @{key}”; {number} has: {keys}",
                   text=typed, key=key, number=number, keys=_named(rules))  # fmt: skip


def _named(rules: Iterable[str]) -> str:
    return ", ".join(f"@{key}" for key in rules)


def _too_much(original: Document, much: TooMuch, lang: str) -> Refused:
    left = formats.money(much.left_minor, original.currency, lang)
    return Refused("that is more than is left of {number}: {amount} before tax", number=original.number, amount=left)


def _dressed(ledger: Ledger, asked: Credit, original: Document, made: Document) -> Document:
    """The credit note around its lines: dated, without a way to pay, naming what it credits."""
    today = numbering.issue_day(ledger)
    day = asked.on or today
    assert original.issued_on is not None
    if day > today or day < original.issued_on:
        raise Refused("a credit note is dated between its invoice and today")
    return replace(
        made, kind=DocumentKind.CREDIT, number="", issued_on=day, due_on=day, reason=asked.why.value,
        because=storable(asked.because), preceding=Reference(original.number, original.issued_on, original.total_minor),
        reference="", rounding_minor=original.rounding_minor if asked.whole and made.prepaid == original.prepaid else 0,
        terms="", early=None, statements=(), note="", own=None,
    )  # fmt: skip


def _set_free(ledger: Ledger, row: DocumentRow, number: str) -> None:
    """Release what a wrong document had taken, and void its statements, so that the work can be billed again."""
    claims = documents.claims_of(ledger.db, row.id)
    documents.release(ledger.db, row.id)
    for claim in claims:
        if claim.kind == "statement":
            billing.release(ledger, claim.ref, row.client, number)


def annul(ledger: Ledger, number: str, typed: str, because: str = "") -> None:
    """Annul the last document of its series that nobody received: number and bytes stay, amounts are zero in sums.

    `typed` is the number once more. Raises `Refused`.
    """
    if not ledger.settings.invoice.annul:
        raise Refused("{number} was issued: answer it with a credit note", number=number)
    with ledger.change("annul {number}", number=number):
        row = reading.row(ledger, number)
        if typed != row.number:
            raise Refused("type the number {number} once more to annul it", number=row.number)
        standing = reading.standing(ledger, number)
        if row.state != "issued" or standing.credited_minor or standing.paid_minor:
            raise Refused("{number} has been answered or paid: it cannot be annulled", number=number)
        if row.n != documents.last_n(ledger.db, row.series):
            raise Refused("only the last document of a series can be annulled")
        documents.release(ledger.db, row.id)
        documents.annul(ledger.db, row.id, storable(because), ledger.now)
