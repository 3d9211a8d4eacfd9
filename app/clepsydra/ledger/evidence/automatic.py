"""What rules take: sessions made by a rule, flagged, undoable, and remembered when they were undone.

Each is one journalled change. Before it is written the happening is judged again on the log as it is then: what
somebody else holds meanwhile is asked, not taken.
"""

import json
from collections.abc import Iterable, Sequence

from clepsydra.domain.evidence_rules import Take, Then
from clepsydra.domain.records import dataclass
from clepsydra.domain.session import Decision, Scope, Session, Source
from clepsydra.ledger.calls import deciding as call_deciding
from clepsydra.ledger.evidence import deciding
from clepsydra.ledger.evidence.model import Happened, note_of
from clepsydra.ledger.evidence.ruling import Ruled, keys_of, refused_subject, ruled
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.ledger.timers import Work, settled
from clepsydra.store import calls, day_closes, evidence, sessions
from clepsydra.store.evidence import EvidenceDecisionRow


@dataclass(frozen=True, slots=True)
class RuleTaken:
    """What a rule has just taken."""

    found: Ruled
    sessions: tuple[Session, ...]


def ready(ledger: Ledger, items: Iterable[Happened], *takes: Take) -> list[Ruled]:
    """What rules may take without a question: at the day's close, at once, or both where no way is named."""
    wanted = takes or (Take.CLOSE, Take.NOW)
    return [each for each in ruled(ledger, items) if each.ready and each.take in wanted]


def take_now(ledger: Ledger, items: Sequence[Happened]) -> list[RuleTaken]:
    """Take what rules take at once."""
    return take_all(ledger, items, Take.NOW)


def take_all(ledger: Ledger, items: Sequence[Happened], *takes: Take, leaving: Sequence[str] = ()) -> list[RuleTaken]:
    """Take what rules may take of some happenings, each as a change of its own; `leaving` are ids left as questions."""
    done = []
    for each in ready(ledger, items, *takes):
        if each.item.id not in leaving:
            again = ready(ledger, [each.item], *takes)
            done += [take_ruled(ledger, one) for one in again]
    return done


def take_ruled(ledger: Ledger, found: Ruled) -> RuleTaken:
    """Make the sessions of one happening that its rule takes, with what the rule says of them.

    Raises `Refused` where no second is left to take.
    """
    rule, client = found.rule, found.ruling.client or ""
    assert rule is not None
    then = rule.then
    scope = then.scope or Scope.IN
    decision = settled(scope, then.decision if then.decision is not Decision.BILL else Decision.PENDING)
    work = Work(client, found.project, then.note, found.channel, scope, decision)
    with ledger.change("taken by a rule of {client}", client=client):
        made = deciding.take(
            ledger, found.item, work, channel=found.channel, write_off=then.give, rule=kept_text(found),
            source=Source.RULE,
        )  # fmt: skip
        if not found.item.marks:  # a call that was noticed here is known by its row alone
            _keep_rule(ledger, found, made)
    return RuleTaken(found, tuple(made))


def work_said(found: Ruled, client: str, note: str = "") -> Work:
    """The work of a happening for a client as a person takes it: project, scope and note as its rule suggests."""
    then = found.rule.then if found.rule else Then()
    scope = then.scope or Scope.IN
    note = note or then.note or note_of(found.item)
    return Work(client, found.project, note, found.channel, scope, settled(scope, then.decision))


def take_suggested(ledger: Ledger, found: Ruled, note: str = "", seconds: int | None = None) -> list[Session]:
    """A person takes what a rule suggests; it is theirs, and no session of the rule.

    Raises `Refused` where it is decided already, or no second is left to take.
    """
    work = work_said(found, found.ruling.client or "", note)
    give = found.rule.then.give if found.rule else ""
    return deciding.take(ledger, found.item, work, seconds=seconds, channel=found.channel, write_off=give)


def refuse(ledger: Ledger, session_id: str) -> None:
    """What a rule made is not wanted: its session goes, and no rule takes it again; it is a question from now on.

    Raises `Refused` for a session that no rule made, or that is billed.
    """
    session = ledger.session(session_id)
    rows = evidence.of_session(ledger.db, session.id)
    if session.source is not Source.RULE or not rows:
        raise Refused("no rule made that session")
    with ledger.change("not by a rule: {client}", client=session.client):
        made = json.loads(rows[0].sessions)
        for decision in calls.decisions(ledger.db).values():
            if session.id in json.loads(decision.sessions):
                call_deciding.reopen(ledger, decision.call)
        for each in made:
            if sessions.by_id(ledger.db, each) is not None:
                sessions.remove(ledger.db, each)
        for row in rows:
            evidence.undecide(ledger.db, row.id)
            _remember(ledger, row.id)


def confirm(
    ledger: Ledger, made: Sequence[Session], waiting: Sequence[Happened], leaving: Sequence[str] = ()
) -> list[Session]:
    """Keep what rules took and take what they are ready to, but for the ids that a person leaves: those are refused,
    and remembered. Returns the sessions that stand.

    Raises `Refused` for a session that is billed.
    """
    kept = [session for session in made if session.id not in leaving]
    for session in made:
        if session.id in leaving:
            refuse(ledger, session.id)
    refuse_all(ledger, [item for item in waiting if item.id in leaving])
    done = take_all(ledger, [item for item in waiting if item.id not in leaving])
    return [*kept, *(session for each in done for session in each.sessions)]


def refuse_all(ledger: Ledger, items: Iterable[Happened]) -> None:
    """Happenings that a rule was ready to take and a person does not want it to."""
    for item in items:
        for key in keys_of(item):
            _remember(ledger, key)


def _remember(ledger: Ledger, key: str) -> None:
    day_closes.note(ledger.db, refused_subject(key), "refused", ledger.now)


def kept_text(found: Ruled) -> str:
    """The rule as the log keeps it beside what it decided."""
    rule = found.rule
    return f"{found.ruling.client} {rule.number}: {rule.kept}" if rule else ""


def _keep_rule(ledger: Ledger, found: Ruled, made: Sequence[Session]) -> None:
    item = found.item
    ids = json.dumps([session.id for session in made])
    evidence.decide(
        ledger.db,
        EvidenceDecisionRow(item.row, item.kind, item.began, "taken", kept_text(found), ids, ledger.now),
    )
