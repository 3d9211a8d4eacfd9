"""Contracts as `clients show` prints them: what was agreed, version by version, and where it stands today."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from clepsydra.cli.context import CommandContext
from clepsydra.cli.output import plain
from clepsydra.domain.agreement import Burn, Contract
from clepsydra.domain.money import minor_units
from clepsydra.domain.terms import Client
from clepsydra.language import formats, words
from clepsydra.language.translator import Translator, mark
from clepsydra.ledger.agreements.contracts import agreements, state_of
from clepsydra.ledger.agreements.usage import use_of

_PERIODS = {"week": mark("a week"), "month": mark("a month"), "quarter": mark("a quarter"), "year": mark("a year")}


def contract_rows(context: CommandContext, client: Client) -> Iterator[tuple[str, str]]:
    """Every version of every contract of a client and its projects, then how far each agreement is used."""
    tr = context.tr
    groups = [("", client.contracts), *((p.name or p.slug, p.contracts) for p in client.projects)]
    for name, contracts in groups:
        for contract in contracts:
            label = tr.t("Contract") + (f" · {plain(name)}" if name else "")
            yield label, " · ".join(_terms(contract, client.currency, tr)) + _since(contract.since, tr)
            yield from (("  " + key, value) for key, value in _details(contract, client.currency, tr))
    for agreement in agreements(context.ledger, client):
        state = state_of(agreement, use_of(context.ledger, agreement), context.ledger.today)
        if state is not None:
            named = client.project(agreement.project) if agreement.project else None
            used = formats.duration(state.used, tr.lang)
            text = tr.t("{used} used", used=used)
            if state.available is not None:
                available = formats.duration(state.available, tr.lang)
                text = tr.t("{used} used of {included}", used=used, included=available)
            if state.ratio is not None:
                text += f" · {formats.percent(int(state.ratio * 100), tr.lang)}"
            if state.over:
                text += " · " + tr.t("{time} beyond", time=formats.duration(state.over, tr.lang))
            if state.contract.periodic and agreement.contracts[0].since < agreement.begins:
                text += " · " + tr.t("counted from {day} on", day=formats.date(agreement.begins, tr.lang))
            yield tr.t("Used so far") + (f" · {plain(named.name)}" if named else ""), text


def _since(day: date, tr: Translator) -> str:
    return "" if day == date.min else " " + tr.t("from {day}", day=formats.date(day, tr.lang))


def _amount(amount: Decimal, currency: str, tr: Translator) -> str:
    return formats.money(minor_units(amount, currency), currency, tr.lang)


def _terms(contract: Contract, currency: str, tr: Translator) -> Iterator[str]:
    """What one version says, in a few words each."""

    def time(seconds: int) -> str:
        return formats.duration(seconds, tr.lang)

    yield words.contract(contract.kind, tr)
    if contract.periodic:
        yield f"{time(contract.included)} {tr.t(_PERIODS[contract.period])}"
    elif contract.included:
        yield tr.t("budget {time}", time=time(contract.included))
    if contract.covers:
        yield tr.t("fee {amount}", amount=_amount(contract.fee, currency, tr))
        yield tr.t("uses up billed time") if contract.burn is Burn.BILLED else tr.t("uses up exact time")
    if contract.cap is not None:
        yield tr.t("at most {amount}", amount=_amount(contract.cap, currency, tr))
    if contract.estimate is not None:
        yield tr.t("expected {time}", time=time(contract.estimate))
    yield from _retainer_terms(contract, currency, tr)
    if contract.ends:
        yield tr.t("until {day}", day=formats.date(contract.ends, tr.lang))
    yield tr.t(
        "warns at {levels}", levels=", ".join(formats.percent(level * 100, tr.lang) for level in contract.alerts)
    )


def _retainer_terms(contract: Contract, currency: str, tr: Translator) -> Iterator[str]:
    if contract.carry is not None:
        cap, months = contract.carry.cap, contract.carry.expires_months
        text = tr.t("carries over everything")
        if cap is not None:
            text = tr.t("carries over up to {time}", time=formats.duration(cap, tr.lang))
        if months is not None:
            text += " " + tr.n("for {count} month", "for {count} months", months)
        yield text
    if contract.borrow:
        yield tr.t("may borrow {time}", time=formats.duration(contract.borrow, tr.lang))
    if contract.billed_until is not None:
        yield tr.t("billed elsewhere until {day}", day=formats.date(contract.billed_until, tr.lang))
    if contract.overage_hourly is not None:
        yield tr.t("{rate} beyond", rate=formats.hourly(contract.overage_hourly, currency, tr.lang))


def _details(contract: Contract, currency: str, tr: Translator) -> Iterator[tuple[str, str]]:
    """Deliverables, change orders and top-ups, one line each."""
    for part in contract.deliverables:
        state = tr.t("open")
        if part.accepted:
            state = tr.t("accepted {day}", day=formats.date(part.accepted, tr.lang))
        yield tr.t("Deliverable"), f"{plain(part.name)} · {formats.number(part.weight, tr.lang)} · {state}"
    for change in contract.changes:
        added = f"+{formats.duration(change.seconds, tr.lang)} +{_amount(change.fee, currency, tr)}"
        accepted = tr.t("accepted {day}", day=formats.date(change.accepted, tr.lang))
        yield tr.t("Change order"), f"{plain(change.title)} · {added} · {accepted}"
    for top_up in contract.top_ups:
        yield tr.t("Bought in addition"), f"{formats.duration(top_up.seconds, tr.lang)}{_since(top_up.day, tr)}"


def contract_objects(client: Client) -> list[dict[str, Any]]:
    """Every version of every contract with stable keys: seconds as integers, amounts in major units as text."""
    groups = [(None, client.contracts), *((p.slug, p.contracts) for p in client.projects)]
    return [_object(project, contract) for project, contracts in groups for contract in contracts]


def _object(project: str | None, contract: Contract) -> dict[str, Any]:
    def amount(value: Any) -> str | None:
        return None if value is None else format(value, "f")

    carry = contract.carry
    return {
        "project": project,
        "type": contract.kind.value,
        "from": contract.since.isoformat(),
        "ends": contract.ends.isoformat() if contract.ends else None,
        "period": contract.period.value if contract.periodic else None,
        "included_seconds": contract.included,
        "fee": amount(contract.fee),
        "carry": {"cap_seconds": carry.cap, "expires_months": carry.expires_months} if carry else None,
        "borrow_seconds": contract.borrow,
        "overage_hourly": amount(contract.overage_hourly),
        "burn": contract.burn.value,
        "cap": amount(contract.cap),
        "estimate_seconds": contract.estimate,
        "billed_until": contract.billed_until.isoformat() if contract.billed_until else None,
        "alerts": [format(level, "f") for level in contract.alerts],
        "top_ups": [{"day": t.day.isoformat(), "seconds": t.seconds} for t in contract.top_ups],
        "deliverables": [
            {
                "name": d.name,
                "weight": format(d.weight, "f"),
                "accepted": d.accepted.isoformat() if d.accepted else None,
            }
            for d in contract.deliverables
        ],
        "changes": [
            {"title": c.title, "accepted": c.accepted.isoformat(), "seconds": c.seconds, "fee": amount(c.fee)}
            for c in contract.changes
        ],
    }
