"""Agreed times: a total typed by the person for a billing group, replacing the rule's result.

The total is kept on the group's sessions. A day that the rule bills session by session takes one total for all of them,
shared by what the rule makes of each, so that every loss and gain stays where it arose.
"""

from collections.abc import Collection, Sequence
from datetime import date

from clepsydra.domain.billing import Group, Treatment, group_sessions, treatment
from clepsydra.domain.money import price, share
from clepsydra.domain.records import replace
from clepsydra.domain.rounding import GroupScope, Midnight
from clepsydra.domain.session import Session
from clepsydra.ledger.held_days import held_for
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.ledger.locks import ON_STATEMENT
from clepsydra.store import sessions


def groups_open(ledger: Ledger, client: str, project: str | None = None, day: int | None = None) -> list[Group]:
    """The billing groups of a client that are on no statement yet, running sessions as of now.

    With a day (an ordinal), of the sessions begun on it alone.
    """
    found = ledger.client(client)
    wanted = sessions.Filter(client=client, project=project, unbilled=True, first_day=day, last_day=day)
    countable = (Treatment.BILLABLE, Treatment.INCLUDED)
    open_sessions = [s for s in sessions.select(ledger.db, wanted) if treatment(s, found) in countable]
    return group_sessions(open_sessions, found, ledger.now, held=held_for(ledger, found, open_sessions))


def group_of(ledger: Ledger, session_id: str) -> Group:
    """The open billing group that holds a session; raises `Refused` when its time is billed already or not billable."""
    return _open_group(ledger, ledger.session(session_id))


def _open_group(ledger: Ledger, session: Session) -> Group:
    if session.statement is not None:
        raise Refused(ON_STATEMENT)
    day = session.day if within_day(ledger, session) else None
    for group in groups_open(ledger, session.client, day=day):
        if _holds(group, session):
            return group
    raise Refused("only billable time has an agreed time")


def within_day(ledger: Ledger, session: Session) -> bool:
    """Whether all that a session's group can hold began on its own day, so that no other day need be read."""
    client = ledger.client(session.client)
    rule = client.rule(session.project, session.channel, date.fromordinal(session.day))
    return rule.scope is GroupScope.ENTRY or (rule.scope is GroupScope.DAY and rule.midnight is not Midnight.SPLIT)


def cost(groups: Sequence[Group], seconds: int) -> tuple[int, int]:
    """What an agreed total adds to the rule's result, in seconds and minor units, to be shown while it is typed.

    Below zero when it gives something away.
    """
    more = minor = 0
    for group, part in zip(groups, _parts(groups, seconds), strict=True):
        hourly, currency = group.key.hourly, group.currency
        more += part - group.rule_seconds
        minor += price(part, hourly, currency) - price(group.rule_seconds, hourly, currency)
    return more, minor


def _parts(groups: Sequence[Group], seconds: int) -> list[int]:
    """A total shared by what the rule makes of each group."""
    return share(seconds, [group.rule_seconds for group in groups])


def agree_session(ledger: Ledger, session_id: str, seconds: int | None) -> list[Group]:
    """Set the agreed total of the group that holds a session; None takes it back. Returns the group as it is now."""
    _refuse_negative(seconds)
    with ledger.change("agree {client}") as said:
        session = ledger.session(session_id)
        said["client"] = session.client
        return settle(ledger, session, seconds)


def settle(ledger: Ledger, session: Session, seconds: int | None) -> list[Group]:
    """The same within a change that does more; raises `Refused` when the session has no open group."""
    _refuse_negative(seconds)
    return _agree(ledger, [_open_group(ledger, session)], seconds)


def agree_day(ledger: Ledger, client: str, project: str | None, day: date, seconds: int | None) -> list[Group]:
    """Set the agreed total of the groups that hold work of a client's day, even where they began earlier.

    Raises `Refused` when the day has several rates, rules or scopes.
    """
    _refuse_negative(seconds)
    with ledger.change("agree {client}", client=client):
        found = groups_open(ledger, client, project)
        groups = [g for g in found if any(piece.day == day for piece in g.pieces)]
        if not groups:
            raise Refused("{client} has nothing to bill on {day}", client=ledger.name_of(client), day=day.isoformat())
        if len({terms_of(g) for g in groups}) > 1:
            ids = ", ".join(g.pieces[0].session.id[-6:] for g in groups)
            raise Refused(
                "{client} has several rates, projects or scopes on {day}; agree on one session: {ids}",
                client=ledger.name_of(client),
                day=day.isoformat(),
                ids=ids,
            )
        return _agree(ledger, groups, seconds)


def agree_together(ledger: Ledger, session_ids: Collection[str], seconds: int) -> list[Group]:
    """Set one agreed total for the groups that hold some sessions of a client's day, within a change that does more.

    Raises `Refused` when they are billed meanwhile, no longer under the same terms, or grouped with other work.
    """
    _refuse_negative(seconds)
    first = ledger.session(next(iter(session_ids)))
    found = groups_open(ledger, first.client, first.project, first.day)
    wanted = set(session_ids)
    groups = [g for g in found if wanted & _members(g)]
    if len({terms_of(g) for g in groups}) != 1 or set[str]().union(*map(_members, groups)) != wanted:
        raise Refused("what this total was for has changed; look at the day again")
    return _agree(ledger, groups, seconds)


def _refuse_negative(seconds: int | None) -> None:
    if seconds is not None and seconds < 0:
        raise Refused("an agreed time is not negative")


def terms_of(group: Group) -> object:
    """A group's terms without what tells it apart from others of the same terms."""
    return replace(group.key, anchor="")


def _holds(group: Group, session: Session) -> bool:
    return session.id in _members(group)


def _members(group: Group) -> set[str]:
    return {piece.session.id for piece in group.pieces}


def _agree(ledger: Ledger, groups: list[Group], seconds: int | None) -> list[Group]:
    parts: list[int | None] = [None] * len(groups)
    if seconds is not None:
        parts = list(_parts(groups, seconds))
    for group, part in zip(groups, parts, strict=True):
        _set(ledger, group, part)
    ids, keys = set[str]().union(*map(_members, groups)), {group.key for group in groups}
    return [g for g in groups_open(ledger, groups[0].key.client) if g.key in keys and ids & _members(g)]


def _set(ledger: Ledger, group: Group, part: int | None) -> None:
    members = list({piece.session.id: piece.session for piece in group.pieces}.values())
    # A session cut at midnight carries its agreed time in the group of its start: that one speaks for the group.
    begins = {p.session.id for p in group.pieces if p.span.started_at == p.session.started_at}
    speaker = next((s for s in members if s.id in begins), None)
    if speaker is None:
        raise Refused("this day holds only the end of a session; agree on the day it began")
    for session in members:
        wanted = part if session.id == speaker.id else None
        if session.id in begins and session.agreed_seconds != wanted:
            sessions.replace(ledger.db, replace(session, agreed_seconds=wanted))
