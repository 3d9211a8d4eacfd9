"""Which days of a client's work can be read by themselves: where no billing group reaches over a day's end."""

from collections.abc import Collection, Iterable, Iterator

from clepsydra.domain.session import Session
from clepsydra.domain.terms import Client
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.open_work import within_a_day
from clepsydra.store import sessions

MANY_DAYS = 40
"""More changed days than this are not worth asking for one by one."""


def one_by_one(client: Client, days: Collection[int]) -> bool:
    """Whether days that changed can be summed again by themselves: few enough, and no group reaches over their ends."""
    return len(days) <= MANY_DAYS and local(client)


def local(client: Client) -> bool:
    """Whether every billing group of a client lies within one civil day."""
    every = (client.rounding, *(project.rounding for project in client.projects))
    return all(within_a_day(dated.rule, client) for rounding in every for dated in rounding)


def of_days(ledger: Ledger, wanted: sessions.Filter, days: Iterable[int] | None) -> Iterator[Session]:
    """The sessions a filter lets through, of some days only (ordinals), or of all."""
    if days is None:
        yield from sessions.select(ledger.db, wanted)
        return
    for day in sorted(days):
        yield from sessions.select(ledger.db, wanted.on(day))
