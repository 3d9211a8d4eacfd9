"""Agreed times: a total typed by the person for a billing group, replacing the rule's result.

The total is kept on the group's sessions. A day that the rule bills session by session takes one total for all of them,
shared by what the rule makes of each, so that every loss and gain stays where it arose.

The total of a day is that of all of it: what live statements have billed of the day counts in it, and is never billed
again (law 6). A group of a day keeps the whole total, since what is billed of the day may be voided; of a day billed
session by session, the rest is shared by those that are open.
"""

from collections.abc import Collection, Sequence
from datetime import date

from clepsydra.domain.billing import Group, Treatment, day_key, group_sessions, treatment
from clepsydra.domain.held import Held, by_day
from clepsydra.domain.money import price, rate_text, share
from clepsydra.domain.records import replace
from clepsydra.domain.rounding import GroupScope, Midnight
from clepsydra.domain.session import Session
from clepsydra.domain.terms import Client
from clepsydra.ledger.held_days import held_days, held_for
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.ledger.locks import ON_STATEMENT
from clepsydra.ledger.statement_json import content_of, was_overage
from clepsydra.store import billed_groups, sessions, statements


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
        hourly, currency, part = group.key.hourly, group.currency, max(0, part - group.taken)
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
    """Set the agreed total of the groups that hold work of a client's day, even where they began earlier; what
    statements have billed of the day counts in it.

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
        if seconds is not None and not by_day(groups[0].key.rule):
            seconds = max(0, seconds - billed_on(ledger, groups, day))
        return _agree(ledger, groups, seconds)


def billed_on(ledger: Ledger, groups: Sequence[Group], day: date) -> int:
    """The seconds that live statements have billed of a day under the terms of some open groups; none where those hold
    work of other days too.
    """
    key, ordinal = groups[0].key, day.toordinal()
    if any(piece.day != day for group in groups for piece in group.pieces):
        return groups[0].taken
    terms = key.project, rate_text(key.hourly), key.scope, key.decision
    return sum(
        row.billed_seconds
        for row in billed_groups.within(ledger.db, key.client, ordinal, ordinal)
        if not was_overage(row)
        and (body := content_of(row.body))["pieces"][-1][3] == ordinal
        and (body["project"], body["hourly"], body["scope"], body["decision"]) == terms
    )


def drop_outdated(ledger: Ledger, client: Client, statement: str, released: Collection[str]) -> None:
    """Drop the totals of sessions that a statement has just released where the day's total was agreed anew since: on
    work that is open, or that a later statement holds.
    """
    found = (sessions.by_id(ledger.db, ident) for ident in released)
    for day in sorted({s.day for s in found if s and s.agreed_seconds is not None}):
        held = held_days(ledger, client, [day])
        for group in groups_open(ledger, client.slug, day=day):
            typed = _typed(group)
            mine, before = [s for s in typed if s.id in released], held.get(day_key(group.key, group.day), Held())
            later = before.total is not None and statements.issued_after(ledger.db, before.total_by, statement)
            if by_day(group.key.rule) and (later or len(mine) < len(typed)):
                for session in mine:
                    sessions.replace(ledger.db, replace(session, agreed_seconds=None))


def _typed(group: Group) -> list[Session]:
    """The sessions that have the total of a group."""
    begun = (piece.session for piece in group.pieces if piece.span.started_at == piece.session.started_at)
    return [session for session in begun if session.agreed_seconds is not None]


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
