"""Values of the settings' and clients' files in the person's words; what cannot be read stands as it is."""

import re
from decimal import Decimal

from clepsydra.domain.money import exponent
from clepsydra.language import formats
from clepsydra.language.translator import Translator
from clepsydra.language.typed.words import either
from clepsydra.settings.times import duration, payment_terms
from clepsydra.settings.values import Wrong, money


def length(value: str, tr: Translator) -> str:
    """A length as the file has it: seconds where it is a number alone; a whole number of days is said as such."""
    if days := re.fullmatch(rf"([0-9]{{1,3}}) ?{either('days')}", value):
        return tr.n("{count} day", "{count} days", int(days[1]))
    try:
        return formats.length(duration(int(value) if value.isdecimal() else value), tr.lang)
    except Wrong:
        return value


def amount(value: str, tr: Translator, currency: str) -> str:
    """An amount in the currency of the file, where it names one, or a length in its place."""
    try:
        found = money(value)
    except Wrong:
        return length(value, tr)
    if not currency:
        return formats.number(found, tr.lang, 2)
    return formats.money(int(found.scaleb(exponent(currency))), currency, tr.lang)


def terms(value: str, tr: Translator) -> str:
    """When a document is to be paid."""
    try:
        found = payment_terms(int(value) if value.isdecimal() else value)
    except Wrong:
        return value
    days = tr.n("{count} day", "{count} days", found.days)
    return tr.t("{days}, end of month", days=days) if found.end_of_month else days


def tax(value: str, tr: Translator) -> str:
    """A rate of tax; what else stands there as it is."""
    return formats.percent(Decimal(value), tr.lang) if re.fullmatch(r"\d{1,2}(\.\d{1,4})?", value) else value
