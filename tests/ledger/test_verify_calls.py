"""The proof of calls: each breach is made on purpose and named; what a person may do is none."""

from contextlib import contextmanager
from dataclasses import replace

import pytest

from clepsydra.ledger import editing, history, timers
from clepsydra.ledger.calls import deciding, keeping
from clepsydra.ledger.calls.deciding import CallPart
from clepsydra.ledger.calls.deriving import rederive
from clepsydra.ledger.calls.inbox import inbox, listed
from clepsydra.ledger.calls.keeping import forget_old_evidence
from clepsydra.ledger.calls.model import CallState
from clepsydra.ledger.editing import Edit
from clepsydra.ledger.timers import Work
from clepsydra.ledger.verify import verify
from clepsydra.settings.model import CallSettings, Interrupt
from clepsydra.store import checks
from clepsydra.store.database import transaction
from tests.ledger.workbench import DAY, HOUR, Desk


def breaches(desk) -> list[tuple[int, str]]:
    return [(breach.law, str(breach.what)) for breach in verify(desk.ledger)]


@pytest.fixture
def log(desk, watcher) -> Desk:
    """A timer, an hour's call in two parts, another call that waits; then the file's own locks are taken off."""
    timers.start(desk.ledger, Work("acme"))
    desk.wait(600)
    watcher.call(HOUR)
    [call] = inbox(desk.ledger)
    middle = call.started_at + 600
    deciding.assign(desk.ledger, call.id, CallPart(Work("brel"), ended_at=middle), CallPart(Work("cafe"), middle))
    watcher.passes(HOUR)
    watcher.call(HOUR)
    assert breaches(desk) == []
    for (name,) in desk.ledger.db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        desk.ledger.db.execute(f"DROP TRIGGER {name}")
    desk.ledger.db.execute("PRAGMA ignore_check_constraints = ON")
    return desk


LAST = "(SELECT max(started_at) FROM detected_call)"


@pytest.mark.parametrize(
    ("sql", "law", "words"),
    [
        ("UPDATE detected_call SET ended_at = started_at - 1", 1, "ends before it begins"),
        (f"UPDATE detected_call SET ended_at = NULL WHERE started_at < {LAST}", 2, "before the one before it"),
        (f"UPDATE detected_call SET ended_at = {LAST} + 1 WHERE started_at < {LAST}", 2, "before the one before it"),
        (f"DELETE FROM detected_call WHERE started_at < {LAST}", 7, "is not in the log"),
        ("UPDATE call_decision SET state = 'merged'", 7, "part of a call"),
        ("UPDATE call_decision SET state = 'ignored'", 2, "not what was decided"),
        ("UPDATE call_decision SET sessions = '[]'", 2, "not what was decided"),
        ("DELETE FROM session WHERE client = 'cafe'", 7, "names session"),
        ("UPDATE session SET ended_at = ended_at + 1 WHERE client = 'brel'", 2, "own the same seconds"),
        ("UPDATE session SET ended_at = ended_at + 1 WHERE ended_at = (SELECT min(started_at) FROM detected_call)", 2,
         "own the same seconds"),
        ("UPDATE session SET ended_at = NULL WHERE id = (SELECT session FROM interrupted)", 2, "put aside and runs"),
        ("DELETE FROM evidence_span", 7, "beyond its evidence"),
        ("UPDATE evidence_span SET ended = ended - 2000", 7, "beyond its evidence"),
        ("UPDATE evidence_span SET began = began + 2000", 7, "beyond its evidence"),
        ("UPDATE evidence_span SET program = 'teams'", 7, "beyond its evidence"),
    ],
)  # fmt: skip
def test_each_breach_is_found(log, watcher, sql, law, words):
    if "interrupted" in sql:
        watcher.takes()
        watcher.passes(60)
    log.ledger.db.execute(sql)
    assert any(found == law and words in what for found, what in breaches(log)), breaches(log)


# -- what is no breach


@pytest.fixture
def assigned(desk, watcher):
    """A timer with an assigned call in it; returns the call's session."""
    timers.start(desk.ledger, Work("acme"))
    desk.wait(600)
    watcher.call(HOUR)
    [call] = inbox(desk.ledger)
    [session] = deciding.assign(desk.ledger, call.id, CallPart(Work("brel")))
    desk.wait(HOUR)
    return session


def test_what_a_person_edits_is_theirs(desk, assigned):
    editing.edit(desk.ledger, assigned.id, Edit(started_at=assigned.started_at - 60, ended_at=assigned.ended_at + 60))
    assert breaches(desk) == []


def test_calls_that_are_only_noted_lie_beside_the_timer(desk, watcher):
    desk.set(calls=CallSettings(interrupt=Interrupt.NOTE))
    timers.start(desk.ledger, Work("acme"))
    desk.wait(600)
    watcher.call(HOUR)
    deciding.assign(desk.ledger, inbox(desk.ledger)[0].id, CallPart(Work("brel")))
    assert breaches(desk) == []
    desk.set(calls=CallSettings())
    assert breaches(desk) == [], "how it was set when the call was assigned counts"


def states(desk) -> list[CallState]:
    return [call.state for call in listed(desk.ledger, everything=True)]


def test_a_call_whose_session_is_removed_waits_again(desk, assigned):
    editing.remove(desk.ledger, assigned.id)
    assert states(desk) == [CallState.INBOX]
    assert breaches(desk) == []
    history.undo(desk.ledger)
    assert states(desk) == [CallState.ASSIGNED]
    assert breaches(desk) == []


def test_both_halves_of_a_session_are_the_calls(desk, assigned):
    first, second = editing.split(desk.ledger, assigned.id, assigned.started_at + 600)
    [call] = listed(desk.ledger, everything=True)
    assert call.sessions == (first.id, second.id)
    editing.remove(desk.ledger, first.id)
    assert states(desk) == [CallState.ASSIGNED]
    deciding.reopen(desk.ledger, call.id)
    assert [s.client for s in desk.all()] == ["acme", "acme"], "nothing of the call is left"
    assert breaches(desk) == []


def test_a_joined_session_is_of_both_calls(desk, watcher, assigned):
    watcher.call(HOUR)
    [call] = inbox(desk.ledger)
    [second] = deciding.assign(desk.ledger, call.id, CallPart(Work("brel")))
    editing.join(desk.ledger, assigned.id, second.id, fill=True)
    assert [each.sessions for each in listed(desk.ledger, everything=True)] == [(assigned.id,), (assigned.id,)]
    assert breaches(desk) == []
    editing.remove(desk.ledger, assigned.id)
    assert states(desk) == [CallState.INBOX, CallState.INBOX]
    assert breaches(desk) == []


def test_a_decision_that_redo_may_bring_back_keeps_its_call(desk, watcher):
    watcher.call(40)
    [call] = inbox(desk.ledger)
    deciding.ignore(desk.ledger, call.id)
    history.undo(desk.ledger)
    rederive(desk.ledger, ignored=["zoom"])
    history.redo(desk.ledger)
    assert states(desk) == [CallState.IGNORED]
    assert breaches(desk) == []


# -- how long evidence is kept


def spans(desk) -> int:
    return int(desk.ledger.db.execute("SELECT count(*) FROM evidence_span").fetchone()[0])


def test_old_evidence_goes_but_not_under_a_call_that_waits(desk, watcher):
    watcher.call(HOUR)
    deciding.assign(desk.ledger, inbox(desk.ledger)[0].id, CallPart(Work("brel")))
    watcher.passes(HOUR)
    watcher.call(HOUR)
    assert spans(desk) == 4
    watcher.passes(399 * DAY)
    assert forget_old_evidence(desk.ledger) == 0
    watcher.passes(2 * DAY)
    assert forget_old_evidence(desk.ledger) == 2
    assert breaches(desk) == []
    assert rederive(desk.ledger).removed == 0
    assert states(desk) == [CallState.ASSIGNED, CallState.INBOX]
    deciding.ignore(desk.ledger, inbox(desk.ledger)[0].id)
    assert forget_old_evidence(desk.ledger) == 2
    assert breaches(desk) == []


def test_the_settings_say_how_long_evidence_is_kept(desk, watcher):
    watcher.call(60)
    deciding.ignore(desk.ledger, inbox(desk.ledger)[0].id)
    watcher.passes(10 * DAY)
    desk.set(calls=CallSettings(keep_evidence=0))
    assert forget_old_evidence(desk.ledger) == 0
    desk.set(calls=CallSettings(keep_evidence=DAY))
    assert forget_old_evidence(desk.ledger) == 2
    assert breaches(desk) == []


def test_evidence_that_was_forgotten_is_not_missed_when_more_is_to_be_kept(desk, watcher):
    watcher.call(60)
    deciding.ignore(desk.ledger, inbox(desk.ledger)[0].id)
    watcher.passes(20 * DAY)
    watcher.call(60)
    deciding.ignore(desk.ledger, inbox(desk.ledger)[0].id)
    desk.set(calls=CallSettings(keep_evidence=10 * DAY))
    assert forget_old_evidence(desk.ledger) == 2
    desk.set(calls=CallSettings(keep_evidence=400 * DAY))
    assert forget_old_evidence(desk.ledger) == 0
    assert breaches(desk) == []
    desk.ledger.db.execute("DELETE FROM evidence_span")
    assert ["beyond its evidence" in what for _, what in breaches(desk)] == [True], "the later call's was to be kept"


def test_forgetting_lets_others_write_between_its_batches(desk, watcher, monkeypatch):
    monkeypatch.setattr(keeping, "_BATCH", 3)
    for _ in range(5):
        watcher.call(60)
        deciding.ignore(desk.ledger, inbox(desk.ledger)[0].id)
        watcher.passes(HOUR)
    watcher.passes(20 * DAY)
    desk.set(calls=CallSettings(keep_evidence=DAY))
    left = [spans(desk)]

    @contextmanager
    def counted(connection):
        with transaction(connection):
            yield
        left.append(spans(desk))

    monkeypatch.setattr(keeping, "transaction", counted)
    assert forget_old_evidence(desk.ledger) == 10
    assert left == [10, 7, 4, 1, 0]


def test_the_begin_of_a_call_is_known_by_its_mark_and_in_old_logs_by_its_words(desk, watcher):
    timers.start(desk.ledger, Work("acme"))
    desk.wait(600)
    watcher.takes()
    watcher.passes(60)
    written = checks.entry_of(desk.ledger.db, "session", desk.all()[0].id)
    assert written.by_a_call
    assert replace(written, text="said another way").by_a_call
    assert replace(written, values={"program": "Zoom"}).by_a_call
    assert not replace(written, text="call through {program}: {client}", values={}).by_a_call
