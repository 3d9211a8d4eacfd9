"""A statement as JSON: every figure an integer, every line with the rule and the rate it was made with.

The keys are stable and sorted, so the same statement always gives the same bytes.
"""

import json
from dataclasses import asdict
from decimal import Decimal
from fractions import Fraction

from clepsydra.domain.figures import Figures
from clepsydra.domain.money import half_up
from clepsydra.domain.rounding import RULE_KEYS, KeyKind, RoundingRule
from clepsydra.domain.statement import Line, PeriodUse, Statement
from clepsydra.exchange.log_json import Json, stamp
from clepsydra.exchange.statement.shape import StatementWriter


def to_json(statement: Statement) -> bytes:
    """The whole statement in UTF-8; seconds and minor units of its `currency`, instants in RFC 3339 UTC."""
    return (json.dumps(statement_object(statement), sort_keys=True, indent=2) + "\n").encode()


def statement_object(statement: Statement) -> dict[str, Json]:
    """The object `to_json` writes, for commands that put more around it."""
    return {
        "number": statement.number or None,
        "state": statement.state.value,
        "client": statement.client,
        "client_name": statement.client_name,
        "client_address": statement.client_address,
        "currency": statement.currency,
        "language": statement.language,
        "zone": statement.zone,
        "first_day": statement.first_day.isoformat(),
        "last_day": statement.last_day.isoformat(),
        "issued_at": stamp(statement.issued_at),
        "issued_on": statement.issued_on.isoformat() if statement.issued_on else None,
        "due_on": statement.due_on.isoformat() if statement.due_on else None,
        "lines": [line_object(line) for line in statement.lines],
        "totals": {
            **figures_object(statement.totals),
            "fee_minor": statement.fee_minor,
            "before_tax_minor": statement.net_minor,
            "tax_minor": statement.tax_minor,
            "total_minor": statement.total_minor,
            "paid_minor": statement.paid_minor,
            "balance_minor": statement.balance_minor,
        },
        "subject": statement.subject or None,
        "order": statement.order or None,
        "note": statement.note or None,
        "show": [part.value for part in statement.show],
        "tax_percent": decimal_text(statement.tax),
        "void_reason": statement.void_reason or None,
    }


def line_object(line: Line) -> dict[str, Json]:
    """The object of one line; `hourly` is in major units, as text so that no decimal is lost."""
    return {
        "sort": line.sort.value,
        "project": line.project,
        "project_name": line.project_name,
        "channel": line.channel.value if line.channel else None,
        "note": line.note,
        "first_day": line.first_day.isoformat(),
        "last_day": line.last_day.isoformat(),
        "scope": line.scope.value,
        "decision": line.decision.value if line.decision else None,
        "hourly": decimal_text(line.hourly),
        "day_seconds": line.day_sold,
        "daily": None if line.daily is None else decimal_text(line.daily),
        "rule": rule_object(line.rule),
        "other_rules": [rule_object(rule) for rule in line.other_rules],
        "agreed": line.agreed,
        "sessions": list(line.sessions),
        **figures_object(line.figures),
        "fee_minor": line.fee_minor,
        "use": use_object(line.use) if line.use else None,
    }


def use_object(use: PeriodUse) -> dict[str, Json]:
    """How the hours behind a fee stood, in seconds."""
    return {f"{name}_seconds": value for name, value in asdict(use).items()}


def figures_object(figures: Figures) -> dict[str, Json]:
    """The figures by the names that `report rounding` uses, `net` beside them."""
    return {**asdict(figures), "net_seconds": figures.net_seconds, "net_minor": figures.net_minor}


def rule_object(rule: RoundingRule) -> dict[str, Json]:
    """The rounding rule by its keys; durations in seconds, None where the model has no use for them."""
    content: dict[str, Json] = {}
    for key, kind in RULE_KEYS.items():
        value = getattr(rule, key)
        if kind is KeyKind.ROWS:
            content[key] = [[bound, billed] for bound, billed in value]
        elif kind is KeyKind.YES_NO or not isinstance(kind, KeyKind):
            content[key] = value if isinstance(value, bool) else value.value
        else:
            content[f"{key}_seconds"] = value
    return content | {"unit": rule.sells_units}


def decimal_text(value: Decimal | Fraction) -> str:
    """Plain notation without an exponent: 120.00 stays 120.00; a fraction that never ends keeps ten decimals."""
    if isinstance(value, Decimal):
        return format(value, "f")
    whole = Decimal(half_up(value * 10**10)).scaleb(-10)
    text = format(whole, "f").rstrip("0").rstrip(".")
    return text if "." in text and len(text.split(".")[1]) > 1 else format(whole.quantize(Decimal("0.01")), "f")


WRITER = StatementWriter(".json", lambda statement, seller, tr, internal: to_json(statement))
