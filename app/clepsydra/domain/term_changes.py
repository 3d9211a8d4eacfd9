"""When a client's terms may change: what was looked up for one day holds for all up to the next such day.

A client of one rate since 2026-01-01 and a contract that ends on 2026-06-30 has two: these days.
"""

from bisect import bisect_right
from collections.abc import Callable
from typing import TypeVar

from clepsydra.domain.session import Session
from clepsydra.domain.terms import Client, Dated, Project

Answer = TypeVar("Answer")


def changes(client: Client) -> list[int]:
    """The days (ordinals) on which a client's terms may change, and one that never comes."""
    every: list[Client | Project] = [client, *client.projects]
    dated = [list[Dated]((*terms.rates, *terms.rounding, *terms.contracts)) for terms in every]
    ends = [c.ends.toordinal() + 1 for terms in every for c in terms.contracts if c.ends]
    return [*sorted({entry.since.toordinal() for some in dated for entry in some} | {*ends}), 1 << 62]


def once_for_alike(client: Client, ask: Callable[[Session], Answer]) -> Callable[[Session], Answer]:
    """What `ask` says of a client's sessions, asked once for all that the terms make no difference of."""
    dates, known = changes(client), dict[tuple[object, ...], Answer]()

    def answer(session: Session) -> Answer:
        since, written = bisect_right(dates, session.day), session.write_off is None
        alike = session.project, session.channel, session.scope, session.decision, written, since
        if alike not in known:
            known[alike] = ask(session)
        return known[alike]

    return answer
