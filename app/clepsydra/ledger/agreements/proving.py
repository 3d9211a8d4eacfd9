"""Proof that agreements were billed once: not beyond a cap or a fee, every included hour once, nothing stuck.

An edit that lowers a cap or a fee below what was billed is no breach: statements keep the terms they were made with,
and the highest of those counts. That the edit fits no more is said where terms are checked.
"""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from clepsydra.domain.agreement import Contract, by_the_hour, for_the_whole
from clepsydra.domain.agreement_view import AgreementView
from clepsydra.domain.caps import cap_account
from clepsydra.domain.claims import ClaimKind
from clepsydra.domain.contracts import ledger_of_periods
from clepsydra.domain.fees import fixed_account
from clepsydra.domain.money import minor_units
from clepsydra.domain.terms import Client
from clepsydra.language.message import Message, message
from clepsydra.language.translator import mark
from clepsydra.ledger.agreements.contracts import counting
from clepsydra.ledger.agreements.fees import seen
from clepsydra.ledger.breach import Breach
from clepsydra.ledger.ledger import Ledger
from clepsydra.store import statements

USED_TWICE = mark("{client}: an included hour of {day} is used more than once")
FEE_TWICE = mark("{client}: the fee of the period from {day} is billed more than once")

Terms = list[dict[str, Any]]
"""What a statement keeps of agreements: project, first day, cap and whole fee of each version, in minor units."""


def terms_of(client: Client) -> Terms:
    """The terms that a statement made now stands on."""
    return [
        {
            "project": project or "",
            "since": contract.since.isoformat(),
            "cap": None if contract.cap is None else minor_units(contract.cap, client.currency),
            "fee": whole_fee(contract, client.currency),
        }
        for project, contracts in counting(client)
        for contract in contracts
    ]


def whole_fee(contract: Contract, currency: str) -> int:
    """The fee with all its change orders in minor units."""
    return minor_units(contract.fee, currency) + sum(minor_units(each.fee, currency) for each in contract.changes)


def breaches(ledger: Ledger) -> Iterator[Breach]:
    """What agreements were billed beyond, and work that no statement can take."""
    for client in ledger.catalogue.clients.values():
        if counting(client):
            frozen = _frozen(ledger, client)
            for view in seen(ledger, client, None, date.max.replace(year=9000)):
                yield from _capped(view, frozen)
                yield from _fixed(view, frozen)
                yield from _retained(view, frozen)


def _frozen(ledger: Ledger, client: Client) -> Terms:
    return [terms for agreed in statements.agreed_by(ledger.db, client.slug) for terms in json.loads(agreed)]


def _limits(view: AgreementView, contract: Contract, frozen: Terms, name: str) -> list[int | None]:
    """A figure of a version as live statements knew it."""
    place = (view.project or "", contract.since.isoformat())
    return [terms[name] for terms in frozen if (terms["project"], terms["since"]) == place]


def _capped(view: AgreementView, frozen: Terms) -> Iterator[Breach]:
    for contract, until in view.versions(by_the_hour):
        account = cap_account(view, contract, until)
        limits = [account.cap, *_limits(view, contract, frozen, "cap")]
        if None not in limits and account.asked > max(limit for limit in limits if limit is not None):
            yield Breach(
                6,
                message(
                    "{client}: more was billed than the cap from {day} allows",
                    client=view.client.slug,
                    day=contract.since.isoformat(),
                ),
            )


def _fixed(view: AgreementView, frozen: Terms) -> Iterator[Breach]:
    for contract, until in view.versions(for_the_whole):
        account = fixed_account(view, contract, until)
        taken = sum(part.taken for part in account.parts) + sum(claim.minor for claim in account.stray)
        now = whole_fee(contract, view.client.currency)
        limits = [now, *(fee for fee in _limits(view, contract, frozen, "fee") if fee is not None)]
        done = bool(contract.deliverables) and all(part.accepted for part in contract.deliverables) and until is None
        short = done and account.settled and not account.over and taken != now
        if taken > max(limits) or short:
            yield Breach(
                6,
                message(
                    "{client}: the parts that were billed are not the fee from {day}",
                    client=view.client.slug,
                    day=contract.since.isoformat(),
                ),
            )


def _retained(view: AgreementView, frozen: Terms) -> Iterator[Breach]:
    used, claims = view.worked.used, [c for c in view.mine if c.kind is ClaimKind.PERIOD]
    last = max([*used, *(claim.last for claim in claims)], default=None)
    if last is None or not any(contract.periodic for contract in view.contracts):
        return
    hours = 0
    for period in ledger_of_periods(view.contracts, used, last, view.begins):
        hours += period.used
        given = period.available + period.borrowed + period.over
        if given != period.used + period.expired + period.carried_out:
            yield Breach(6, _period(view, USED_TWICE, period.first))
        taken = sum(claim.minor for claim in view.claimed(ClaimKind.PERIOD, period.first, period.last))
        fees = [fee for fee in _limits(view, period.contract, frozen, "fee") if fee is not None]
        if taken > max([period.fee_minor(view.client.currency), *fees]):
            yield Breach(6, _period(view, FEE_TWICE, period.first))


def _period(view: AgreementView, text: str, first: date) -> Message:
    return message(text, client=view.client.slug, day=first.isoformat())
