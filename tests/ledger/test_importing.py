"""The log's own CSV: all of it or nothing, once however often it comes."""

from clepsydra.domain.session import Decision, Scope, Source
from clepsydra.exchange.problems import RowReason
from clepsydra.ledger import editing, history
from clepsydra.ledger.verify import verify
from tests.ledger.log_csv import import_csv
from tests.ledger.workbench import HOUR, Desk, wall

HEAD = "id,client,started_at,ended_at,scope,agreed_seconds,write_off,note\n"
GOOD = "a-1,acme,2026-11-23T09:00:00+01:00,2026-11-23T10:00:00+01:00,in,600,,'=1+1\n"
NAMELESS = ",brel,2026-11-23T09:00:00+01:00,2026-11-23T10:00:00+01:00,out,,,\n"
BAD = "b-1,acme,2026-11-23T11:00:00+01:00,2026-11-23T10:00:00+01:00,,,,\n"


def bring(desk: Desk, *rows: str, **options):
    return import_csv(desk.ledger, HEAD + "".join(rows), **options)


def test_rows_become_sessions(desk):
    done = bring(desk, GOOD, NAMELESS)
    assert (done.added, done.known, done.problems, done.stored) == (2, 0, (), True)
    held = {s.client: s for s in desk.all()}
    acme, brel = held["acme"], held["brel"]
    assert (acme.id, acme.started_at, acme.agreed_seconds, acme.note) == ("a-1", wall("2026-11-23 09:00"), 600, "=1+1")
    assert (acme.source, acme.zone, acme.exact_seconds(0)) == (Source.IMPORT, "Europe/Paris", HOUR)
    assert (brel.scope, brel.decision, len(brel.id)) == (Scope.OUT, Decision.PENDING, 26)
    assert verify(desk.ledger) == []


def test_twice_is_once(desk):
    bring(desk, GOOD, NAMELESS, NAMELESS)
    assert len(desk.all()) == 3, "two rows that say the same are two sessions"
    before = desk.all()
    again = bring(desk, GOOD, NAMELESS, NAMELESS)
    assert (again.added, again.known, again.stored) == (0, 3, False)
    assert desk.all() == before


def test_a_row_that_is_not_what_the_log_has_under_its_id_cannot_be_taken(desk):
    bring(desk, GOOD, NAMELESS)
    before = desk.all()
    other = GOOD.replace("10:00:00", "11:00:00")
    done = bring(desk, NAMELESS, other, NAMELESS)
    assert [(p.line, p.reason, p.column, p.found) for p in done.problems] == [
        (3, RowReason.OTHER_CONTENT, "ended_at", "a-1")
    ]
    assert (done.stored, desk.all()) == (False, before)
    assert bring(desk, NAMELESS, other, NAMELESS, skip_bad=True).added == 1
    nameless = next(s for s in before if s.client == "brel")
    editing.edit(desk.ledger, nameless.id, editing.Edit(note="changed since"))
    assert bring(desk, NAMELESS).known == 1, "what has no id is told by what it said"


def test_a_bad_row_keeps_all_out_unless_skipped(desk):
    done = bring(desk, GOOD, BAD)
    assert ([(p.line, p.reason) for p in done.problems], done.stored) == ([(3, RowReason.ENDS_BEFORE)], False)
    assert desk.all() == []
    assert bring(desk, GOOD, BAD, skip_bad=True).stored
    assert len(desk.all()) == 1


def test_a_dry_run_writes_nothing(desk):
    done = bring(desk, GOOD, NAMELESS, dry_run=True)
    assert (done.added, done.stored) == (2, False)
    assert desk.all() == []


def test_an_import_is_one_change(desk):
    bring(desk, GOOD, NAMELESS)
    assert str(history.next_undo(desk.ledger)) == "import 2 sessions"
    history.undo(desk.ledger)
    assert desk.all() == []
    history.redo(desk.ledger)
    assert len(desk.all()) == 2
