"""When a client's terms may change: what was looked up for one day holds for all up to the next such day.

A client of one rate since 2026-01-01 and a contract that ends on 2026-06-30 has two: these days.
"""

from clepsydra.domain.terms import Client, Dated, Project


def changes(client: Client) -> list[int]:
    """The days (ordinals) on which a client's terms may change, and one that never comes."""
    every: list[Client | Project] = [client, *client.projects]
    dated = [list[Dated]((*terms.rates, *terms.rounding, *terms.contracts)) for terms in every]
    ends = [c.ends.toordinal() + 1 for terms in every for c in terms.contracts if c.ends]
    return [*sorted({entry.since.toordinal() for some in dated for entry in some} | {*ends}), 1 << 62]
