"""What late payment costs by the seller's country: published rates with their days, and what the law makes of them.

Dated TOML in `config/rates`, or in `rates` of the home, where the person's own file holds whole. What has no source is
not in them; a country without a file gives nothing by itself.
"""

import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from clepsydra.domain.interest import PublishedRate, RateTable, is_formula
from clepsydra.domain.records import dataclass, field
from clepsydra.settings.home import shipped


class LateTerms(NamedTuple):
    """What the law gives against one kind of client: formulas of the rate and of its floor, a fixed sum a document."""

    rate: str = ""
    floor: str = ""
    fee: Decimal | None = None
    currency: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class LateRules:
    """The rules of one country, by kind of client, and the rates they name."""

    terms: Mapping[str, LateTerms] = field(default_factory=dict)
    table: RateTable = field(default_factory=dict)


def late_rules(country: str, home: Path | None = None) -> LateRules:
    """The rules of a country by its code, those of the home first; none for a country that has no file.

    Raises ValueError, which names the file, where the person's own cannot be read.
    """
    name = f"{country[:2].lower()}.toml"
    own = home / "rates" / name if home else None
    if country and own is not None and own.is_file():
        try:
            return _read(own.read_text("utf-8"))
        except (OSError, ValueError, KeyError, TypeError, AttributeError, InvalidOperation) as error:
            raise ValueError(f"{own}: {error or type(error).__name__}") from error
    return _shipped(name)


@lru_cache(maxsize=16)
def _shipped(name: str) -> LateRules:
    path = shipped("config") / "rates" / name
    return _read(path.read_text("utf-8")) if path.is_file() else LateRules()


def _read(text: str) -> LateRules:
    content = tomllib.loads(text)
    table = {name: _rows(rows) for name, rows in content.items() if isinstance(rows, list)}
    terms = {kind: _terms(each, tuple(table)) for kind, each in content.items() if isinstance(each, dict)}
    return LateRules(terms, table)


def _rows(rows: list[Mapping[str, Any]]) -> tuple[PublishedRate, ...]:
    found = [PublishedRate(row["from"], Decimal(row["percent"])) for row in rows]
    if not all(isinstance(row.since, date) for row in found):
        raise ValueError("from: a date such as 2026-07-01")
    return tuple(sorted(found, key=lambda row: row.since))


def _terms(content: Mapping[str, Any], names: tuple[str, ...]) -> LateTerms:
    rate, floor = str(content.get("rate", "")), str(content.get("floor", ""))
    for formula in filter(None, (rate, floor)):
        if not is_formula(formula, names):
            raise ValueError(f'"{formula}" names no rate of this file ({", ".join(names)})')
    fee = content.get("fee")
    return LateTerms(rate, floor, Decimal(fee) if fee else None, content.get("currency", ""), content.get("source", ""))
