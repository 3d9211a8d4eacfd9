"""The log as a ledger: filtered, sorted, several sessions changed at once, notes rewritten, what is shown exported."""

import csv

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clepsydra.domain.session import Channel, Scope
from clepsydra.ledger import log_search
from clepsydra.ledger.billing import statements
from clepsydra.ledger.ledger import Refused
from clepsydra.ledger.log_search import Search, line_of, search_of
from clepsydra.settings.edit import settings_as_written
from tests.tui.test_log_screen import desk, logged, on_log, rows_of  # noqa: F401 (desk is a fixture)
from tests.tui.workbench import Desk, settled, text_of, type_in

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@settings(max_examples=40)
@given(WORDS, st.sampled_from(["", *Channel]), st.sampled_from(["", *log_search.SCOPES]), st.booleans())
def test_a_kept_line_is_the_search_it_was_made_of(text, channel, scope, unbilled):
    search = Search("acme", "api", text, unbilled=unbilled, channel=str(channel), scope=scope, order="longest")
    assert search_of(None, line_of(search)) == search


@pytest.mark.parametrize("line", ["scope:sideways", "colour:red", "client:'x"])
def test_a_line_that_is_no_search_is_refused(line):
    with pytest.raises(Refused):
        search_of(None, line)


def test_worth_stands_beside_each_session_and_is_added_up_where_several_are_chosen(desk):  # noqa: F811
    async def work(pilot):
        await pilot.press("space", "shift+down")
        await settled(pilot)

    shown = on_log(desk, work)
    assert "€80.00" in rows_of(shown)[0]
    assert "3 chosen · 2h 40m · €320.00" in shown
    assert sum("✓" in row for row in rows_of(shown)) == 3


def test_several_are_edited_in_one_undo_or_none_of_them(desk):  # noqa: F811
    before = logged(desk)

    async def work(pilot):
        await pilot.press("space", "space", "e")
        await type_in(pilot, "br")
        await pilot.press("enter", "tab", "tab", "x")
        await pilot.press("enter")
        await settled(pilot)
        work.edited = logged(desk)
        await pilot.press("u")
        await settled(pilot)
        assert logged(desk) == before
        statements.issue(desk.ledger, "brel")
        await pilot.press("asterisk", "delete")
        await settled(pilot)
        assert len(logged(desk)) == len(before)

    on_log(desk, work)
    assert [s.client for s in work.edited[:3]] == ["brel", "brel", "acme"]
    assert [s.note for s in work.edited[:2]] == ["x", "x"]
    assert {s.scope for s in work.edited} == {Scope.IN}


def test_filter_sort_replace_export_and_keep(desk, tmp_path):  # noqa: F811
    file = tmp_path / "out.csv"

    async def work(pilot):
        await pilot.press("f")
        await type_in(pilot, "november")
        await pilot.press("up", "left", "left", "enter")
        await settled(pilot)
        work.filtered = text_of(pilot.app.screen)
        await pilot.press("R")
        said = pilot.app.screen.query_one("#said")
        work.wrong = [said.has_class("wrong")]
        await pilot.press("enter")
        work.wrong.append(said.has_class("wrong"))
        await type_in(pilot, "half")
        await pilot.press("tab", "x")
        work.said = text_of(pilot.app.screen)
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("X", "ctrl+u")
        await type_in(pilot, str(file))
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("F", "enter")
        await type_in(pilot, "november")
        await pilot.press("enter", "escape")
        await settled(pilot)
        await pilot.press("F", "enter")
        await settled(pilot)

    shown = on_log(desk, work, (120, 40))
    assert work.wrong == [False, True]  # nothing is wrong before something was tried
    assert "November 2026" in work.filtered
    assert "5 sessions" in work.filtered
    assert "2 notes change" in work.said
    assert [s.note for s in logged(desk)[:2]] == ["second x", "first x"]
    rows = list(csv.DictReader(file.read_text("utf-8").splitlines()))
    assert [len(rows), rows[-1]["note"]] == [5, "second x"]
    assert settings_as_written(desk.home)["filters"] == {"november": "days:november order:client"}
    assert "5 sessions" in shown


def test_sorted_by_length_the_longest_is_first_and_follows_changes(tmp_path):
    two = Desk(tmp_path)
    two.log("acme", "9:00", "9:10", "short")
    two.log("acme", "10:00", "12:00", "long")

    async def work(pilot):
        await pilot.press("f", "up", "right", "right", "enter")
        await settled(pilot)
        two.log("brel", "12:00", "15:00", "longer")
        pilot.app.changed()
        await settled(pilot)

    assert [row.split()[-1][:4] for row in (r.rstrip("│ ") for r in rows_of(on_log(two, work)))] == [
        "long",
        "long",
        "shor",
    ]
