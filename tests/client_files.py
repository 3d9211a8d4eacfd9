"""Clients' files as a person would write them."""

from datetime import date

import tomli_w

SINCE = date(2020, 1, 1)

UP_TO_QUARTERS = {"from": SINCE, "model": "up", "step": "15m"}
"""A rounding rule: every quarter of an hour that was begun."""


def client_file(name: str, hourly: str = "120.00", *rounding: dict[str, object], **more: object) -> str:
    """The file of a client of one rate; `more` are other keys and tables of it."""
    rates = [{"from": SINCE, "hourly": hourly}]
    return tomli_w.dumps({"name": name, **more, "rates": rates, **({"rounding": rounding} if rounding else {})})


def acme(**more: object) -> str:
    """Acme SARL, which pays by quarters of an hour and has a project."""
    return client_file("Acme SARL", "120.00", UP_TO_QUARTERS, projects=[{"slug": "api", "name": "API rewrite"}], **more)


def brel(**more: object) -> str:
    """Brel & Cie, which pays in francs, to the second."""
    return client_file("Brel & Cie", "90.00", currency="CHF", **more)
