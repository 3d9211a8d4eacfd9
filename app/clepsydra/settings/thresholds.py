"""Amounts of a year at which a seller's regime ends, by country: dated TOML in `config/thresholds`, or in the home.

Beyond its last day a row says nothing: no amount is guessed.
"""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from clepsydra.domain.money import minor_units
from clepsydra.domain.records import dataclass
from clepsydra.language.translator import LANGUAGES
from clepsydra.settings.home import shipped


@dataclass(frozen=True, slots=True)
class Threshold:
    """One amount in minor units of a currency, before tax, and what ends there, by language."""

    key: str
    limit_minor: int
    currency: str
    texts: Mapping[str, str]
    source: str

    def text(self, lang: str) -> str:
        """What ends at it."""
        return self.texts.get(lang) or self.texts.get("en", self.key)


def thresholds(code: str, year: int, met: Iterable[str], home: Path | None = None) -> list[Threshold]:
    """The thresholds of a country that hold at the end of a year for a seller of whom these words are true.

    Those of the home hold whole. Raises ValueError, which names the file, where the person's own cannot be read.
    """
    name = f"{code.lower()}.toml"
    own = home / "thresholds" / name if home else None
    if own is not None and own.is_file():
        try:
            return _read(own.read_text("utf-8"), year, set(met))
        except (OSError, ValueError, KeyError, TypeError, ArithmeticError) as error:
            raise ValueError(f"{own}: {error}") from error
    path = shipped("config") / "thresholds" / name
    return _read(path.read_text("utf-8"), year, set(met)) if path.is_file() else []


def _read(text: str, year: int, met: set[str]) -> list[Threshold]:
    content, day = tomllib.loads(text), date(year, 12, 31)
    return [
        _threshold(each, content["currency"])
        for each in content.get("thresholds", ())
        if each.get("from", date.min) <= day <= each.get("until", date.max) and met.issuperset(each.get("when", ()))
    ]


def _threshold(each: Mapping[str, Any], currency: str) -> Threshold:
    texts = {key: value for key, value in each.items() if key in LANGUAGES}
    limit = minor_units(Decimal(each["limit"]), currency)
    return Threshold(each["key"], limit, currency, texts, each.get("source", ""))
