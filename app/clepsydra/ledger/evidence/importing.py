"""A list of calls into the calls inbox: what it tells of clients, once, whatever was imported before.

A call that the log knows already, heard here or told by another list, gets one more who tells it, and the client's slug
where nobody had one; more exact times replace those of a list while nobody has decided about it. So many backups in
any order make one log. Strangers' calls, and those without a length, are counted and not written.
"""

import json
from collections.abc import Sequence
from pathlib import Path

from clepsydra.calls.call import Rank
from clepsydra.domain.happenings import Happening, HappeningKind
from clepsydra.domain.interval import Interval
from clepsydra.domain.merging import Merged, merge
from clepsydra.domain.records import dataclass, replace
from clepsydra.domain.session import place_text
from clepsydra.evidence import lists
from clepsydra.language.message import Message
from clepsydra.ledger.evidence.gathering import AROUND, LINE, STREAMS, noticed_by, stored, with_row
from clepsydra.ledger.evidence.keeping import keep_call, list_members
from clepsydra.ledger.evidence.marks import marks
from clepsydra.ledger.evidence.owning import Owners
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.ledger.timers import Work
from clepsydra.store import calls, evidence
from clepsydra.store.calls import CallRow


@dataclass(frozen=True, slots=True)
class CallsImported:
    """What came of a list: calls that are new, that the log knew, of nobody's, of perhaps two clients', without a
    length; and entries that are no calls."""

    source: str
    fresh: int = 0
    known: int = 0
    strangers: int = 0
    unsure: int = 0
    lengthless: int = 0
    others: int = 0


def list_named(ledger: Ledger, file: Path, name: str = "") -> "lists.ListFile | None":
    """The file, opened, if it is a list of calls of that format, or of any; None where it is none.

    Raises `Refused` where it cannot be read, or is none of a format that was named.
    """
    try:
        opened = lists.opened_list(file, ledger.settings)
    except lists.Unusable as error:
        if not name:
            return None
        said = error.said_of(str(file))
        raise Refused(said.text, **said.values) from error
    known = lists.recognised(opened)
    if known is None or (name and known.name != name):
        if name:
            raise Refused("{file}: this is no list of calls that is known", file=file.name)
        return None
    return opened


def import_calls(ledger: Ledger, file: "lists.ListFile", *, dry_run: bool = False) -> CallsImported:
    """Write the clients' calls of a list, as one change. Raises `Refused` where it cannot be read."""
    told = lists.told_by(file)
    if isinstance(told, Message):
        raise Refused(told.text, **told.values)
    talks = [each for each in told if each.kind is HappeningKind.CALL]
    known = lists.recognised(file)
    done = CallsImported(known.name if known else "", others=len(told) - len(talks))
    if not talks:
        return done
    if dry_run:
        return _import(ledger, talks, done, write=False)
    with ledger.change("calls of a list: {count} new") as said:
        done = _import(ledger, talks, done, write=True)
        said["count"] = done.fresh
    return done


def _import(ledger: Ledger, talks: Sequence[Happening], done: CallsImported, *, write: bool) -> CallsImported:
    since, until = min(each.began for each in talks), max(each.ended or each.began for each in talks)
    secrets = evidence.secrets(ledger.db)
    own = {each.key: marks(each, secrets) for each in talks}
    rows = evidence.known_marks(ledger.db, [mark for each in own.values() for mark in each])
    talks = [with_row(each, own[each.key], rows) for each in talks]
    there = stored(ledger, Interval(since - AROUND, until + AROUND), talks)
    owners = Owners(ledger)
    for merged in merge([*talks, *there]):
        fresh = [each for each in merged.members if each.key and not each.row]
        if any(each.key for each in merged.members):
            done = _one(ledger, merged, fresh, owners, done, write=write)
    return done


def _one(
    ledger: Ledger, merged: Merged, fresh: Sequence[Happening], owners: Owners, done: CallsImported, *, write: bool
) -> CallsImported:
    """One call of the list; says what it was."""
    if not fresh:
        return replace(done, known=done.known + 1)
    owner = owners.of(replace(merged, members=tuple(fresh)))
    best = merged.best
    row = next((calls.call_by_id(ledger.db, each.row) for each in merged.members if each.row), None)
    if row is not None and not owner.sure and not any(one.startswith("+") for each in fresh for one in each.party):
        owner = owners.of(merged)  # no number contradicts the call that the log knows
    if len(owner.places) > 1:
        return replace(done, unsure=done.unsure + 1)
    if not owner.sure or owner.place is None:
        return replace(done, strangers=done.strangers + 1)
    if best.ended is None:
        return replace(done, lengthless=done.lengthless + 1)
    work = Work(*owner.place)
    joins = row is not None and row.client_hint.partition("/")[0] in ("", work.client)
    if write:
        if row is not None and joins:
            _join(ledger, row, merged, work)
        else:
            keep_call(ledger, Merged(tuple(fresh)), work, Interval(best.began, best.ended))
    return replace(done, known=done.known + joins, fresh=done.fresh + (not joins))


def _join(ledger: Ledger, row: CallRow, merged: Merged, work: Work) -> None:
    """The log knows the call: it is told by one more, and is told more exactly while nobody has decided about it."""
    best = merged.best
    if not noticed_by(row) and not best.row and best.ended is not None and calls.decision_of(ledger.db, row.id) is None:
        fresh = keep_call(ledger, merged, work, Interval(best.began, best.ended))
        if fresh != row.id:
            calls.drop_call(ledger.db, row.id)
            evidence.move(ledger.db, row.id, fresh)
        return
    hint = place_text(work.client, work.project)
    told = {*json.loads(row.evidence), *(each for each in merged.sources if each not in (LINE, STREAMS))}
    after = replace(row, client_hint=row.client_hint or hint, evidence=json.dumps(sorted(told)))
    list_members(ledger, merged, row.id)
    calls.keep_call(ledger.db, replace(after, rank=Rank.CERTAIN.value))
