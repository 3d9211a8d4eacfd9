"""Undo and redo: in order, after a restart too, and never over what somebody else has changed."""

from contextlib import contextmanager
from dataclasses import replace

import pytest

from clepsydra.language.message import message
from clepsydra.language.translator import translator
from clepsydra.ledger import editing, history, names, timers
from clepsydra.ledger.calls import never
from clepsydra.ledger.ledger import Refused
from clepsydra.ledger.timers import Work
from clepsydra.store import journal
from tests.ledger.workbench import HOUR, MONDAY, Desk


def test_one_after_the_other_and_back(desk):
    states = [desk.all()]
    for deed in (
        lambda: timers.start(desk.ledger, Work("acme")),
        lambda: timers.start(desk.ledger, Work("brel")),
        lambda: timers.pause(desk.ledger),
        lambda: timers.resume(desk.ledger),
        lambda: editing.remove(desk.ledger, desk.all()[0].id),
    ):
        desk.wait(60)
        deed()
        states.append(desk.all())
    labels = []
    for state in states[-2::-1]:
        labels.append(str(history.undo(desk.ledger)))
        assert desk.all() == state
    assert labels == ["remove acme", "resume brel", "pause brel", "start brel", "start acme"]
    with pytest.raises(Refused, match="nothing to undo"):
        history.undo(desk.ledger)
    for state in states[1:]:
        history.redo(desk.ledger)
        assert desk.all() == state
    with pytest.raises(Refused, match="nothing to redo"):
        history.redo(desk.ledger)


def test_a_new_change_ends_what_could_be_redone(desk):
    editing.add(desk.ledger, Work("acme"), MONDAY, MONDAY + HOUR)
    history.undo(desk.ledger)
    assert str(history.next_redo(desk.ledger)) == "add acme"
    editing.add(desk.ledger, Work("brel"), MONDAY, MONDAY + HOUR)
    assert history.next_redo(desk.ledger) is None
    history.undo(desk.ledger)
    history.redo(desk.ledger)
    assert [s.client for s in desk.all()] == ["brel"]


def test_a_change_of_nothing_leaves_nothing_to_undo(desk):
    session = editing.add(desk.ledger, Work("acme", note="n"), MONDAY, MONDAY + HOUR)
    entries = len(journal.history(desk.ledger.db, 99))
    editing.edit(desk.ledger, session.id, editing.Edit(note="n"))
    editing.write_off(desk.ledger, session.id, "")
    assert len(journal.history(desk.ledger.db, 99)) == entries
    assert str(history.next_undo(desk.ledger)) == "add acme"


def test_it_lasts_and_is_shared(tmp_path):
    one, two = (Desk.at(tmp_path / "clepsydra.db") for _ in range(2))
    editing.add(one.ledger, Work("acme"), MONDAY, MONDAY + HOUR)
    one.ledger.db.close()
    assert str(history.undo(two.ledger)) == "add acme"
    assert two.all() == []


def test_what_was_refused_left_no_trace(desk):
    for deed in (timers.stop, timers.pause, lambda ledger: editing.remove(ledger, "nothing")):
        with pytest.raises(Refused):
            deed(desk.ledger)
    assert journal.history(desk.ledger.db, 9) == []


def test_the_clock_is_read_when_the_lock_is_held(tmp_path):
    """Who waited for another's transaction acts after it: no timer begins before the one it ends."""
    desk = Desk.at(tmp_path / "clepsydra.db")
    held: list[bool] = []
    ledger = desk.ledger
    timed = replace(ledger, clock=lambda: held.append(ledger.db.in_transaction) or desk.now)
    timers.start(timed, Work("acme"))
    timers.stop(timed)
    timers.resume(timed)
    timers.pause(timed)
    assert held
    assert all(held)


@pytest.mark.parametrize("step", [history.undo, history.redo])
def test_what_came_in_between_is_not_taken_back_in_place_of_what_was_asked(tmp_path, monkeypatch, step):
    one, two = (Desk.at(tmp_path / "clepsydra.db") for _ in range(2))
    for slug in ("acme", "brel"):
        editing.add(one.ledger, Work(slug), MONDAY, MONDAY + HOUR)
    if step is history.redo:
        history.undo(one.ledger)
        history.undo(one.ledger)

    @contextmanager
    def meanwhile(home, change, *, back):
        if back:
            editing.add(two.ledger, Work("cafe"), MONDAY, MONDAY + HOUR)
        else:
            two_redoes()
        yield

    def two_redoes():
        monkeypatch.undo()
        history.redo(two.ledger)

    monkeypatch.setattr(never, "list_follows", meanwhile)
    with pytest.raises(Refused, match="changed meanwhile"):
        step(one.ledger)
    assert sorted(s.client for s in one.all()) == (["acme"] if step is history.redo else ["acme", "brel", "cafe"])


def test_several_are_taken_back_all_or_none(desk):
    """One of them was changed from outside: those after it stay as they are too."""
    first = editing.add(desk.ledger, Work("acme"), MONDAY, MONDAY + HOUR)
    editing.add(desk.ledger, Work("brel"), MONDAY, MONDAY + HOUR)
    with desk.ledger.db as db:
        db.execute("UPDATE session SET note = 'from outside' WHERE id = ?", (first.id,))
    before = desk.all()
    with pytest.raises(Refused, match="changed from outside"):
        history.undo_several(desk.ledger, 2)
    assert desk.all() == before
    assert [str(each) for each in history.undo_several(desk.ledger, 1)] == ["add brel"]


@pytest.mark.parametrize(("lang", "said"), [("en", "close 24 Nov 2026"), ("fr", "clôturer le 24 nov. 2026")])
def test_a_day_in_what_was_undone_is_said_as_people_say_it(desk, lang, said):
    done = message("close {day}", day="2026-11-24")
    assert names.said(desk.ledger, done, translator(lang)).replace("\u00a0", " ") == said
