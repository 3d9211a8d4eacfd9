"""A short hash of what a client's totals depend on, so that totals computed under other terms can be told apart."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time
from decimal import Decimal

from clepsydra.domain.terms import Client


def fingerprint(client: Client) -> str:
    """The same for the same terms on every machine and in every process, else different: 16 hexadecimal digits.

    It covers currency, zone, rates, rounding, contracts, free touches and what makes statement lines
    and taxes, of the client and its projects; not names, addresses, keys or other things that bill nothing.
    """
    import hashlib

    terms = (
        client.currency,
        client.zone.key,
        client.rates,
        client.rounding,
        client.contracts,
        client.statement.lines,
        client.statement.tax,
        client.touches,
        [(each.slug, each.rates, each.rounding, each.contracts, each.touches) for each in client.projects],
    )
    return hashlib.blake2b(_spelled(terms).encode(), digest_size=8).hexdigest()


def _spelled(value: object) -> str:
    """A value as text, always the same text for equal values."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if is_dataclass(value):
        inner = ",".join(f"{field.name}={_spelled(getattr(value, field.name))}" for field in fields(value))
        return f"{type(value).__name__}({inner})"
    if isinstance(value, frozenset):
        return f"{{{','.join(sorted(map(_spelled, value)))}}}"
    if isinstance(value, Mapping):
        return f"{{{','.join(sorted(f'{key}:{_spelled(each)}' for key, each in value.items()))}}}"
    if isinstance(value, list | tuple):
        return f"[{','.join(map(_spelled, value))}]"
    if isinstance(value, date | time):
        return value.isoformat()
    return repr(str(value)) if isinstance(value, str) else repr(value)
