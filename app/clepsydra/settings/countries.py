"""What a seller's country says of invoices: tax rates, reasons for charging none, sentences, needed particulars.

Dated TOML in `config/mentions`, or in `mentions` of the home, where the person's own file holds whole. A sentence whose
source is not named does not print.
"""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from clepsydra.domain.document import Mention
from clepsydra.domain.records import dataclass, field
from clepsydra.domain.taxes import Category, TaxPart, TaxRule
from clepsydra.settings.home import shipped


@dataclass(frozen=True, slots=True)
class Country:
    """The rules of one country; `exemptions` by reason: franchise, reverse, export, disbursement."""

    code: str = ""
    identity: tuple[str, ...] = ("name",)
    profile: str = ""
    cash_step: int = 0
    taxes: tuple[TaxRule, ...] = ()
    exemptions: Mapping[str, TaxRule] = field(default_factory=dict)
    mentions: tuple[Mapping[str, Any], ...] = ()

    def sentences(self, day: date, flags: Iterable[str], lang: str) -> tuple[Mention, ...]:
        """The sentences that hold on a day of issue where all their conditions are met, in a language."""
        met = set(flags)
        return tuple(
            Mention(each.get(lang) or each.get("fr") or each.get("en", ""), each.get("code", ""))
            for each in self.mentions
            if each.get("source")
            and met.issuperset(each.get("when", ()))
            and each.get("from", date.min) <= day <= each.get("until", date.max)
        )


def country(code: str, home: Path | None = None) -> Country:
    """The rules of a country by its code, those of the home first; nothing but a name is needed of an unknown one.

    Raises ValueError, which names the file, where the person's own cannot be read.
    """
    name = f"{code.lower()}.toml"
    own = home / "mentions" / name if home else None
    if own is not None and own.is_file():
        try:
            return _read(own.read_text("utf-8"))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ValueError(f"{own}: {error}") from error
    return _shipped(name)


@lru_cache(maxsize=16)
def _shipped(name: str) -> Country:
    path = shipped("config") / "mentions" / name
    return _read(path.read_text("utf-8")) if path.is_file() else Country()


def _read(text: str) -> Country:
    content = tomllib.loads(text)
    return Country(
        code=content["country"],
        identity=tuple(content.get("identity", ("name",))),
        profile=content.get("profile", ""),
        cash_step=int(content.get("cash_step", 0)),
        taxes=tuple(_rule(each["key"], each) for each in content.get("taxes", ())),
        exemptions={key: _rule(key, each) for key, each in content.get("exemptions", {}).items()},
        mentions=tuple(content.get("mentions", ())),
    )


def _rule(key: str, content: Mapping[str, Any]) -> TaxRule:
    parts = tuple(TaxPart(name, Decimal(rate)) for name, rate in content.get("parts", ()))
    return TaxRule(
        key, parts, Category(content.get("category", "S")), content.get("code", ""), content.get("sentence", ""),
        content.get("from", date.min),
    )  # fmt: skip
