"""add, touch, edit, split, join, remove, scope, write-off, agree, undo, redo."""

import pytest


def ids(cli):
    return [session["id"] for session in cli.log()]


@pytest.mark.parametrize(
    ("begin", "end", "seconds"),
    [
        ("9:30", "11:00", 5400),
        ("9h30", "11h", 5400),
        ("9:30", "+1h30", 5400),
        ("-2h", "-10m", 6600),
        ("yesterday 17:05", "18:00", 3300),
        ("2026-11-02T09:00", "2026-11-02T10:30:30", 5430),
        ("2026-11-02T09:00:00Z", "2026-11-02T10:00:00Z", 3600),
    ],
)
def test_add_takes_times_as_people_type_them(cli, begin, end, seconds):
    assert cli.add("acme", begin, end)["exact_seconds"] == seconds


def test_an_end_before_the_begin_is_the_next_day_only_for_a_night(cli):
    answer = cli.ok("add", "acme", "yesterday 22:00", "2:00")
    assert "02:00 is taken as that of Tue 24 Nov 2026" in answer.err
    assert cli.log()[0]["exact_seconds"] == 4 * 3600
    refused = cli("add", "acme", "9:30", "9:00")
    assert refused.code == 2
    assert "the end 09:00 lies before the start 09:30" in refused.err
    assert len(cli.log()) == 1


def test_wall_times_that_come_twice_or_never_are_asked_for(cli):
    twice = cli("add", "acme", "2026-10-25 02:30", "+10m")
    assert twice.code == 1
    assert cli.log() == []
    cli.ok("add", "acme", "2026-10-25 02:30+01:00", "+10m")
    assert cli.log()[0]["started_at"] == "2026-10-25T01:30:00Z"
    assert cli("add", "acme", "2026-03-29 02:30", "+10m").code == 1


def test_odd_sessions_are_warned_about_and_kept(cli):
    cli.add("acme", "9:00", "10:00")
    assert "shares 0h 30m with session" in cli.ok("add", "acme", "9:30", "10:30").err
    assert "ahead" in cli.ok("add", "acme", "20:00", "21:00").err
    assert "longer than usual" in cli.ok("add", "acme", "yesterday 1:00", "yesterday 12:00").err
    assert "no length" in cli.ok("add", "acme", "12:00", "12:00").err
    assert cli.ok("add", "acme", "12:00", "12:00", "--json").json["session"]["warnings"] == ["zero"]
    (cli.home / "clients" / "free.toml").write_text('name = "Free"\n')
    assert "has no rate" in cli.ok("add", "free", "13:00", "13:10").err


def test_touches_lie_one_before_the_other(cli):
    cli.ok("touch", "acme", "5", "a", "mail")
    cli.ok("touch", "acme", "sent", "the", "file", "--channel", "fix")
    second, first = cli.log()
    assert (first["exact_seconds"], first["channel"], first["note"]) == (300, "message", "a mail")
    assert (second["channel"], second["note"]) == ("fix", "sent the file")
    assert second["ended_at"] == first["started_at"]


def test_edit_changes_what_is_named_on_the_sessions_own_day(cli):
    session = cli.add("acme", "yesterday 9:00", "yesterday 10:00", "old")
    cli.ok("edit", session["id"][-6:], "--to", "11:00", "--note", "new", "--client", "brel", "--channel", "call")
    [after] = cli.log()
    assert (after["client"], after["note"], after["channel"]) == ("brel", "new", "call")
    assert after["exact_seconds"] == 7200
    cli.ok("edit", session["id"], "--from", "8:30")
    assert cli.log()[0]["started_at"] == "2026-11-23T07:30:00Z"
    assert cli("edit", session["id"]).code == 2
    assert cli("edit", "ZZZZZZ", "--note", "x").code == 1


def test_split_and_join_keep_every_second(cli):
    session = cli.add("acme", "yesterday 9:00", "yesterday 10:00")
    cli.ok("split", session["id"], "9:20")
    assert [s["exact_seconds"] for s in cli.log()] == [1200, 2400]
    cli.ok("join", *ids(cli))
    assert [s["exact_seconds"] for s in cli.log()] == [3600]
    assert cli("split", session["id"], "10:30").code == 1


def test_remove_can_be_undone_and_done_again(cli):
    session = cli.add("acme", "9:00", "10:00")
    cli.ok("remove", session["id"])
    assert cli.log() == []
    cli.ok("undo")
    assert len(cli.log()) == 1
    cli.ok("redo")
    assert cli.log() == []
    cli.ok("undo", "2")
    assert cli("undo").code == 1
    assert cli("undo", "zero").code == 2
    assert cli("undo", "-1").code == 2


def test_more_than_there_is_to_undo_or_redo_is_refused_whole(cli):
    def refused(*words):
        answer = cli(*words)
        assert (answer.code, answer.out) == (1, "")
        return answer.err

    assert refused("undo", "3") == "clepsydra: there is nothing to undo\n"
    assert refused("redo") == "clepsydra: there is nothing to redo\n"
    cli.add("acme", "9:00", "10:00")
    cli.add("acme", "10:00", "11:00")
    assert refused("undo", "999") == (
        "clepsydra: only 2 of 999 changes can be undone, so none was; “clepsydra undo 2” undoes those\n"
    )
    assert len(cli.log()) == 2
    assert cli.ok("undo", "2").out == "undone: add acme\n" * 2
    assert cli.log() == []
    assert refused("redo", "3") == (
        "clepsydra: only 2 of 3 changes can be redone, so none was; “clepsydra redo 2” redoes those\n"
    )
    assert cli.log() == []
    assert cli.ok("redo", "2", "--json").json == {"changes": ["add acme", "add acme"]}
    assert len(cli.log()) == 2
    for count in ("0", "-1", "", "1.5", "1001"):
        for verb in ("undo", "redo"):
            answer = cli(verb, count)
            assert (answer.code, answer.err.partition(" (")[0].strip()) == (
                2, f"clepsydra: “{count}” is not a number from 1 to 1000",
            )  # fmt: skip
    assert len(cli.log()) == 2


def test_scope_marks_the_named_or_the_running_session(cli):
    session = cli.add("acme", "9:00", "10:00")
    cli.ok("scope", session["id"], "out", "bill")
    assert (cli.log()[0]["scope"], cli.log()[0]["decision"]) == ("out", "bill")
    assert cli("scope", "out").code == 1
    cli.ok("start", "acme")
    cli.ok("scope", "unsure")
    assert cli.ok("status", "--json").json["running"][0]["scope"] == "unsure"
    assert cli("scope", session["id"], "in", "bill").code == 2
    assert cli("scope", session["id"], "maybe").code == 2


def test_write_off_needs_a_reason_and_an_empty_one_takes_it_back(cli):
    session = cli.add("acme", "9:00", "10:00")
    assert cli("write-off", session["id"]).code == 2
    cli.ok("write-off", session["id"], "--reason", "a gift")
    assert (cli.log()[0]["state"], cli.log()[0]["write_off"]) == ("written_off", "a gift")
    cli.ok("write-off", session["id"], "--reason", "")
    assert cli.log()[0]["state"] == "approved"


def test_agree_takes_a_session_or_a_clients_day(cli):
    session = cli.add("acme", "9:00", "9:50")
    [group] = cli.ok("agree", session["id"], "2h", "--json").json["groups"]
    assert (group["exact_seconds"], group["billed_seconds"], group["manual_gain_seconds"]) == (3000, 7200, 3600)
    cli.ok("agree", "acme", "today", "30m")
    figures = cli.ok("report", "rounding", "--json").json["clients"][0]
    assert (figures["billed_seconds"], figures["manual_loss_seconds"]) == (1800, 1800)
    cli.ok("agree", session["id"], "none")
    assert cli.ok("report", "rounding", "--json").json["clients"][0]["billed_seconds"] == 3600
    assert cli("agree", "acme", "yesterday", "1h").code == 1
    assert cli("agree", session["id"], "much").code == 2


def test_agree_says_what_is_billed_of_the_day_already(cli):
    cli.add("acme", "9:00", "10:00")
    cli.ok("statement", "issue", "acme", "--yes")
    cli.add("acme", "11:00", "12:00")
    assert "1h 00m of that day is billed already and counts in the total" in cli.ok("agree", "acme", "today", "3h").out
    found = cli.ok("agree", "acme", "today", "30m", "--json").json
    assert (found["billed_before_seconds"], [g["billed_seconds"] for g in found["groups"]]) == (3600, [0])
    assert "0h 30m more than agreed: nothing more is billed" in cli.ok("agree", "acme", "today", "30m").out
