"""The little XML that invoices need: elements in order, every text escaped, what is empty left out."""

from datetime import date
from html import escape

from clepsydra.domain.money import exponent
from clepsydra.exchange.text import plain

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


class Xml(str):
    """A piece of XML; any other text is data and is escaped."""

    __slots__ = ()


NONE = Xml("")
"""No element."""


def el(name: str, *content: str, **attributes: str) -> Xml:
    """An element with its content; one without any content is left out. `class_` style underscores are dropped."""
    inner = "".join(each if isinstance(each, Xml) else _text(each) for each in content)
    if not inner:
        return NONE
    given = "".join(f' {key.rstrip("_")}="{_text(value)}"' for key, value in attributes.items() if value)
    return Xml(f"<{name}{given}>{inner}</{name}>")


def join(*parts: str) -> Xml:
    """Elements side by side."""
    return Xml("".join(parts))


def _text(text: str) -> str:
    """Text as XML may hold it: no control characters, no escape codes, marks escaped."""
    return escape(plain(text, newlines=True).strip(), quote=True)


def amount(minor: int, currency: str) -> str:
    """Minor units as a decimal, by integers alone: 12345 of EUR is 123.45."""
    places = exponent(currency)
    sign, digits = "-" if minor < 0 else "", str(abs(minor)).rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else sign + digits


def quantity(e4: int) -> str:
    """Ten-thousandths as a decimal without needless zeros."""
    sign, digits = "-" if e4 < 0 else "", str(abs(e4)).rjust(5, "0")
    return (sign + f"{digits[:-4]}.{digits[-4:]}").rstrip("0").rstrip(".")


def compact_day(day: date) -> str:
    """A day as CII writes it: 20261130."""
    return day.strftime("%Y%m%d")
