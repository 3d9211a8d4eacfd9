"""What a plan holds for each client: what a preview shows, on the command line and in the app."""

from datetime import date
from decimal import Decimal

from clepsydra.domain.records import dataclass, replace
from clepsydra.ledger.imports.billed_elsewhere import number_of
from clepsydra.ledger.imports.plan import Plan, PlannedEntry


@dataclass(frozen=True, slots=True)
class ClientPreview:
    """One client's part of a file: what is new of it, from the first day to the last, and what the log has already."""

    client: str
    sessions: int = 0
    seconds: int = 0
    first: date | None = None
    last: date | None = None
    doubles: int = 0
    refused: int = 0
    overlaps: int = 0


def client_rows(plan: Plan) -> list[ClientPreview]:
    """A row for each client, those with the most new time first."""
    found: dict[str, ClientPreview] = {}
    for entry in plan.new:
        slug = entry.session.client
        found[slug] = _with(found.get(slug, ClientPreview(slug)), entry)
    for entry in plan.known:
        row = found.get(entry.session.client, ClientPreview(entry.session.client))
        found[row.client] = replace(row, doubles=row.doubles + 1)
    for doubt in plan.doubts:
        row = found.get(doubt.entry.session.client, ClientPreview(doubt.entry.session.client))
        found[row.client] = replace(row, overlaps=row.overlaps + 1)
    for slug, row in found.items():
        client = plan.newcomers.clients.get(slug)
        refused = sum(count for text, count in plan.refused.items() if client and text in (client.name, slug))
        found[slug] = replace(row, refused=refused)
    return sorted(found.values(), key=lambda row: (-row.seconds, row.client))


def billed_elsewhere(plan: Plan) -> int:
    """How many of the new entries were billed elsewhere, by row or by date."""
    return sum(bool(number_of(entry, plan.door, plan.billed)) for entry in plan.new)


def rates_told(plan: Plan) -> dict[str, Decimal]:
    """The one hourly rate of each new client that makes every amount in the file of its time."""
    worth: dict[str, list[tuple[int, int]]] = {}
    for entry in plan.new:
        session, minor = entry.session, entry.found.worth_minor
        named, own = entry.found.currency, plan.newcomers.clients[session.client].currency
        if session.client in plan.newcomers.added and minor and minor > 0 and (not named or own in named):
            seconds = (session.ended_at or session.started_at) - session.started_at
            worth.setdefault(session.client, []).append((seconds, minor))
    found = {slug: _rate(pairs) for slug, pairs in worth.items()}
    return {slug: rate for slug, rate in found.items() if rate is not None}


def _rate(pairs: list[tuple[int, int]]) -> Decimal | None:
    """The roundest rate that makes each amount of its seconds, to the cent."""
    seconds, minor = sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)
    if not seconds:
        return None
    mean = Decimal(minor) * 36 / seconds
    for step in ("1", "0.5", "0.05", "0.01"):
        rate: Decimal = (mean / Decimal(step)).to_integral_value() * Decimal(step)
        if all(abs(rate * s / 36 - m) <= 1 for s, m in pairs):
            return rate
    return None


def _with(row: ClientPreview, entry: PlannedEntry) -> ClientPreview:
    session, day = entry.session, date.fromordinal(entry.session.day)
    return replace(
        row,
        sessions=row.sessions + 1,
        seconds=row.seconds + (session.ended_at or session.started_at) - session.started_at,
        first=min(row.first or day, day),
        last=max(row.last or day, day),
    )
