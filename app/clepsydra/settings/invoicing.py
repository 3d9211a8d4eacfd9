"""What invoices need of the settings and of a client's file: who sells, who buys, taxes, series, surcharges.

Every parser returns the value or raises `Wrong` with what is allowed.
"""

import re
from collections.abc import Callable
from datetime import time
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from clepsydra.domain.terms import BuyerTerms, InvoiceTerms
from clepsydra.language.nearest import nearest
from clepsydra.language.typed.words import either
from clepsydra.settings import times, values
from clepsydra.settings.model import (
    BuyerKind,
    InvoiceBilling,
    InvoiceFormat,
    InvoiceSettings,
    InvoiceSource,
    Profile,
    Regime,
    Required,
    Seller,
    Settings,
    VatOn,
)
from clepsydra.settings.problems import Expected
from clepsydra.settings.section import read_section
from clepsydra.settings.toml_document import TomlTable
from clepsydra.settings.values import Wrong, quoted, wrong

if TYPE_CHECKING:  # a timer reads clients and has no use for these
    from clepsydra.domain.surcharges import Surcharge
    from clepsydra.domain.taxes import TaxPart, TaxRule

_SERIES = re.compile(r"[A-Za-z0-9+\-_/]*(?:\{year\})?[A-Za-z0-9+\-_/]*\{n(?::0[1-9])?\}")


def _shaped(pattern: str, expected: Expected) -> Callable[[object], str]:
    """A parser of texts of one shape; an empty text says nothing and is taken."""

    def parse(raw: object) -> str:
        if not isinstance(raw, str) or (raw.strip() and not re.fullmatch(pattern, raw.strip())):
            raise wrong(expected, raw)
        return raw.strip()

    return parse


def _checked(check: str, expected: Expected) -> Callable[[object], str]:
    """A parser of numbers with check digits, by the name of their check; blanks are kept out."""

    def parse(raw: object) -> str:
        from clepsydra.domain import check_digits

        if not isinstance(raw, str):
            raise wrong(expected, raw)
        found = check_digits.compact(raw)
        if found and not getattr(check_digits, check)(found):
            raise wrong(expected, raw)
        return found

    return parse


country = _shaped("[A-Z]{2}(-[A-Z]{2})?", Expected.COUNTRY)
siren = _checked("is_siren", Expected.SIREN)
siret = _checked("is_siret", Expected.SIRET)
vat = _checked("is_vat", Expected.VAT)
iban = _checked("is_iban", Expected.IBAN)


def read_seller(table: TomlTable) -> Seller:
    """Who sells, as documents name them."""

    return read_section(
        table, Seller, country=table.take("country", country, ""),
        siren=table.take("siren", siren, ""), siret=table.take("siret", siret, ""), vat=table.take("vat", vat, ""),
        iban=table.take("iban", iban, ""), regime=table.take("regime", values.one_of(Regime), Regime.NORMAL),
        vat_on=table.take("vat_on", values.one_of(VatOn), VatOn.COLLECTION),
        colour=table.take("colour", _shaped("#[0-9a-fA-F]{6}", Expected.COLOUR), ""),
        zone=table.take("zone", _zone, None),
    )  # fmt: skip


def _zone(raw: object) -> ZoneInfo | None:
    """A time zone; an empty text names none."""
    return None if raw == "" else times.zone(raw)


def read_taxes(root: TomlTable) -> "tuple[TaxRule, ...]":
    """The tax rules, in the order of their dates."""
    if "taxes" not in root:
        return ()
    from clepsydra.domain.taxes import Category, TaxRule

    rules = []
    for entry in root.tables("taxes"):
        rate = entry.take("rate", values.percentage, None)
        parts = entry.take("parts", values.list_of(_part), ()) or _one(rate)
        rules.append(
            TaxRule(
                key=entry.take("key", values.slug, "", required=True),
                parts=parts,
                category=entry.take("category", values.one_of(Category), Category.STANDARD),
                code=entry.take("code", values.text, ""),
                sentence=entry.take("sentence", values.text, ""),
                since=entry.take("from", times.day, TaxRule("").since),
            )
        )
        entry.done()
    return tuple(sorted(rules, key=lambda rule: rule.since))


def _one(rate: Decimal | None) -> "tuple[TaxPart, ...]":
    from clepsydra.domain.taxes import TaxPart

    return () if rate is None else (TaxPart("TVA", rate),)


def _part(raw: object) -> "TaxPart":
    from clepsydra.domain.taxes import TaxPart

    if not isinstance(raw, list) or len(raw) != 2:
        raise wrong(Expected.TAX_PART, raw)
    try:
        return TaxPart(values.filled(raw[0]), values.percentage(raw[1]))
    except Wrong:
        raise wrong(Expected.TAX_PART, raw) from None


def read_invoice_settings(table: TomlTable) -> InvoiceSettings:
    """Series, formats and money of documents."""
    default = InvoiceSettings()
    start = table.table("start")
    formats = table.take("formats", values.list_of(values.one_of(InvoiceFormat)), None)
    return read_section(
        table,
        InvoiceSettings,
        series=table.take("series", series, default.series),
        credit_series=table.take("credit_series", series, default.credit_series),
        start={name: start.take(name, values.whole, 1) for name in start.values},
        formats=default.formats if formats is None else tuple(map(str, formats)),
    )


def series(raw: object) -> str:
    """How numbers are made, such as "F{year}-{n:04}": characters that every tax office takes.

    Raises `Wrong` for anything else.
    """
    if isinstance(raw, str) and _SERIES.fullmatch(raw):
        return raw
    raise wrong(Expected.SERIES, raw)


def read_buyer(root: TomlTable) -> BuyerTerms:
    """Who a client is on an invoice."""
    default = BuyerTerms()
    return BuyerTerms(
        country=root.take("country", country, ""), street=root.take("street", values.text, ""),
        postcode=root.take("postcode", values.text, ""), city=root.take("city", values.text, ""),
        siren=root.take("siren", siren, ""), vat=root.take("vat", vat, ""),
        routing=root.take("routing", values.text, ""), email=root.take("email", values.text, ""),
        attention=root.take("attention", values.text, ""),
        kind=str(root.take("kind", values.one_of(BuyerKind), default.kind)),
    )  # fmt: skip


def read_invoice_terms(table: TomlTable, tax: str) -> InvoiceTerms:
    """How a client is invoiced; `tax` is the tax key that its `[statement]` names, or empty."""
    default = InvoiceTerms()
    terms = InvoiceTerms(
        source=str(table.take("from", values.one_of(InvoiceSource), default.source)),
        billing=str(table.take("billing", values.one_of(InvoiceBilling), default.billing)),
        profile=str(table.take("profile", values.one_of(Profile), default.profile)),
        order=table.take("order", values.text, ""),
        buyer_reference=table.take("buyer_reference", values.text, ""),
        requires=tuple(map(str, table.take("requires", values.list_of(values.one_of(Required)), ()))),
        tax=table.take("tax", values.slug, tax),
        reverse_charge=table.take("reverse_charge", values.yes_no, False),
        early=table.take("discount", early_payment, None),
        minimum=table.take("minimum", values.money, None),
        swiss_qr=table.take("swiss_qr", values.yes_no, False),
        lines=table.take("lines", values.list_of(values.filled), ()),
    )
    table.done()
    return terms


def early_payment(raw: object) -> tuple[Decimal, int]:
    """Percent and days of "2 % 10 days". Raises `Wrong` for anything else."""
    pattern = rf"([0-9]{{1,2}}(?:[.,][0-9]{{1,2}})?) *% *([0-9]{{1,3}}) *{either('days')}"
    match = re.fullmatch(pattern, raw.strip()) if isinstance(raw, str) else None
    if not match:
        raise wrong(Expected.EARLY_PAYMENT, raw)
    return Decimal(match[1].replace(",", ".")), int(match[2])


NO_TAX = "none"
"""The key of a tax of nothing, which a percentage of nought names: it is not the same as none that was named."""
STANDARD_TAX = "std"
"""The key of what a country takes of most work."""


def tax_of(settings: Settings) -> Callable[[object], tuple[Decimal, str]]:
    """A parser of `[statement] tax`: a percentage, or the key of a tax; answers percentage and key.

    The parser raises `Wrong` for a key that no tax of the country or of the settings has.
    """

    def parse(raw: object) -> tuple[Decimal, str]:
        if not isinstance(raw, str) or not raw.strip()[:1].isalpha():
            percent = values.percentage(raw)
            return percent, "" if percent else NO_TAX
        from clepsydra.settings.countries import country

        known = (*country(settings.seller.country).taxes, *settings.taxes)
        found = [rule for rule in known if rule.key == raw.strip()]
        if not found:
            near = nearest(raw, {rule.key for rule in known})
            raise wrong(Expected.TAX, raw, quoted(near) if near else "")
        return found[-1].rate, found[-1].key

    return parse


def read_surcharges(root: TomlTable) -> "tuple[Surcharge, ...]":
    """The surcharges of a client, in the order of their dates."""
    if "surcharges" not in root:
        return ()
    from datetime import date

    from clepsydra.domain.session import Channel
    from clepsydra.domain.surcharges import Surcharge

    found = []
    for entry in root.tables("surcharges"):
        surcharge = Surcharge(
            since=entry.take("from", times.day, date.min),
            percent=entry.take("percent", values.positive, Decimal(0), required=True),
            window=entry.take("window", window, None),
            days=frozenset(entry.take("days", weekdays, ())),
            flag=entry.take("flag", values.slug, ""),
            channels=frozenset(map(str, entry.take("channels", values.list_of(values.one_of(Channel)), ()))),
            stack=entry.take("stack", values.yes_no, False),
        )
        entry.done()
        found.append(surcharge)
    return tuple(sorted(found, key=lambda each: each.since))


def window(raw: object) -> tuple[time, time]:
    """Begin and end of a window of the clock, over midnight too: "20:00-07:00".

    Raises `Wrong` for anything else, and for a window of no length.
    """
    first, dash, last = raw.partition("-") if isinstance(raw, str) else ("", "", "")
    try:
        found = times.time_of_day(first.strip()), times.time_of_day("0:00" if last.strip() == "24:00" else last.strip())
    except Wrong:
        raise wrong(Expected.WINDOW, raw) from None
    if not dash or found[0] == found[1]:
        raise wrong(Expected.WINDOW, raw)
    return found


def weekdays(raw: object) -> list[int]:
    """Weekdays of "sat, sun" or "mon-fri", 0 is Monday. Raises `Wrong` for anything else."""
    found = times.weekdays(raw) if isinstance(raw, str) else []
    if not found:
        raise wrong(Expected.WEEKDAYS, raw)
    return found
