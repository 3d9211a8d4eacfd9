"""day and report leaks: the contracts of their JSON, the verbs that settle and close."""

import pytest

DAY = {
    "day", "closed", "span_seconds", "presence_seconds", "billable_seconds", "explained_seconds",
    "unexplained_seconds", "unknown_seconds", "logged", "items",
}  # fmt: skip
ITEM = {
    "id", "kind", "started_at", "ended_at", "seconds", "minor", "currency", "sessions", "call", "answers", "suggestion",
}  # fmt: skip


@pytest.fixture
def worked(cli):
    cli.add("acme", "2026-11-23 09:00", "+1h", "spec")
    cli.add("acme", "2026-11-23 10:10", "+50m", "spec")
    cli.add("brel", "2026-11-23 14:00", "+1h", "--unsure")
    return cli


def test_a_day_has_the_keys_of_the_contract_and_its_seconds_add_up(worked):
    day = worked.ok("day", "2026-11-23", "--json").json
    assert set(day) == DAY
    assert day["span_seconds"] == day["presence_seconds"] + day["explained_seconds"] + day["unexplained_seconds"]
    assert (day["span_seconds"], day["presence_seconds"], day["billable_seconds"]) == (6 * 3600, 10_200, 10_200)
    assert (day["unexplained_seconds"], day["closed"]) == (11_400, False)
    assert [(i["kind"], i["started_at"], i["ended_at"]) for i in day["items"]] == [
        ("gap", "2026-11-23T09:00:00Z", "2026-11-23T09:10:00Z"),
        ("gap", "2026-11-23T10:00:00Z", "2026-11-23T13:00:00Z"),
        ("unsure", "2026-11-23T13:00:00Z", "2026-11-23T14:00:00Z"),
        ("no_note", "2026-11-23T13:00:00Z", "2026-11-23T14:00:00Z"),
    ]
    assert all(set(item) == ITEM for item in day["items"])
    first = day["items"][0]
    # 110 minutes at 120.00 EUR are the day's most used currency; ten minutes of it.
    assert (first["minor"], first["currency"]) == (2000, "EUR")
    assert first["suggestion"]["source"] == "neighbours"
    assert first["suggestion"]["parts"][0]["client"] == "acme"


def test_today_without_a_date_and_a_day_that_is_none(cli):
    assert cli.ok("day", "--json").json["day"] == "2026-11-24"
    assert cli.ok("day", "yesterday", "--json").json["day"] == "2026-11-23"
    assert cli("day", "someday").code == 2


def test_gaps_are_explained_and_the_day_is_closed(worked):
    refused = worked("day", "close", "2026-11-23")
    assert (refused.code, refused.out) == (1, "")
    assert "3h 10m that nothing explains" in refused.err
    worked.ok("day", "accept", "2026-11-23", "--only", "1")
    worked.ok("day", "away", "2026-11-23 11:00", "2026-11-23 14:00", "school", "play")
    assert worked.ok("day", "close", "2026-11-23", "--json").json == {
        "day": "2026-11-23", "closed": True, "unknown_seconds": 0,
    }  # fmt: skip
    day = worked.ok("day", "2026-11-23", "--json").json
    assert (day["explained_seconds"], day["unexplained_seconds"], day["closed"]) == (10_800, 0, True)
    assert worked("day", "close", "2026-11-23").code == 1
    assert worked.ok("verify").code == 0


def test_what_nobody_knows_is_lost_to_memory(worked):
    closed = worked.ok("day", "close", "2026-11-23", "--unknown")
    assert "3h 10m" in closed.out.replace("\u00a0", " ")
    report = worked.ok("report", "leaks", "--from", "2026-11-23", "--to", "2026-11-23", "--json").json
    memory, late = (leak for leak in report["leaks"] if leak["class"] == "memory")
    assert (memory["seconds"], memory["minor"], memory["currency"]) == (11_400, 38_000, "EUR")
    assert (memory["client"], memory["at_risk"]) == (None, False)
    # All three were written down on the day after, more than a day late.
    assert (late["at_risk"], late["seconds"]) == (True, 6600)
    assert (memory["standing"], late["standing"]) == ("up_to", "at_risk")
    (figures,) = report["figures"]
    assert (figures["lost_minor"], figures["up_to_minor"], report["worst"]) == (0, 38_000, None)
    assert "up to" in report["advice"]


def test_days_left_open_oldest_first_and_reopening_takes_a_reason(worked):
    worked.add("acme", "2026-11-20 09:00", "+1h")
    assert [d["day"] for d in worked.ok("day", "list", "--json").json["days"]] == ["2026-11-20", "2026-11-23"]
    worked.ok("day", "close", "2026-11-20")
    assert [d["day"] for d in worked.ok("day", "list", "--json").json["days"]] == ["2026-11-23"]
    assert worked("day", "reopen", "2026-11-20").code == 2
    worked.ok("day", "reopen", "2026-11-20", "--reason", "forgot a call")
    assert "forgot a call" in worked.ok("undo").out
    assert worked.ok("day", "2026-11-20", "--json").json["closed"]


def test_a_late_change_says_so_in_the_journal(worked):
    worked.ok("day", "close", "2026-11-23", "--unknown")
    worked.add("acme", "2026-11-23 16:00", "+1h")
    assert "late, 2026-11-23 was closed: add acme" in worked.ok("undo").out
    french = worked.ok("--language", "fr", "redo").out
    assert "en retard" in french


def test_accepting_all_is_one_change(worked):
    before = worked.log()
    assert worked.ok("day", "accept", "2026-11-23", "--json").json == {"accepted": 2}
    assert worked.log() != before
    worked.ok("undo")
    assert worked.log() == before
    assert worked("day", "accept", "2026-11-23", "--only", "9").code == 2


def test_lateness_is_told_by_day(cli):
    cli.add("acme", "2026-11-24 13:00", "+1h")
    cli.add("acme", "2026-11-22 09:00", "+2h")
    assert cli.ok("day", "--json").json["logged"]["within_hour_seconds"] == 3600
    assert cli.ok("day", "2026-11-22", "--json").json["logged"]["from_memory_seconds"] == 7200


def test_leaks_by_class_and_client_beside_the_time_before(cli):
    down = (cli.home / "clients" / "acme.toml").read_text().replace('model = "up"', 'model = "down"')
    (cli.home / "clients" / "acme.toml").write_text(down)
    cli.add("acme", "2026-11-23 09:00", "+50m", "x")  # 45 min billed: 5 min, 10.00 lost
    cli.add("acme", "2026-11-20 09:00", "+20m", "x")  # before: 5 min, 10.00 lost
    cli.add("acme", "2026-11-23 10:00", "+1h", "x", "--out")  # pending: 120.00 at risk
    cli.ok("touch", "acme", "5", "x")
    cli.ok("write-off", cli.log()[-1]["id"], "--reason", "free")  # 5 min, 10.00 given
    report = cli.ok("report", "leaks", "--from", "2026-11-22", "--to", "2026-11-24", "--json").json
    assert report["before"] == {"from": "2026-11-19", "to": "2026-11-21"}
    rows = {(r["class"], r["client"], r["at_risk"]): r for r in report["leaks"]}
    assert set(rows) == {
        ("rounding", "acme", False), ("scope", "acme", True), ("messages", "acme", False), ("memory", None, False),
        ("memory", "acme", True),
    }  # fmt: skip
    rounding = rows["rounding", "acme", False]
    assert (rounding["seconds"], rounding["minor"], rounding["before_minor"]) == (300, 1000, 1000)
    assert rows["scope", "acme", True]["minor"] == 12_000
    assert (rows["messages", "acme", False]["seconds"], rows["messages", "acme", False]["minor"]) == (300, 1000)
    assert rows["memory", None, False]["seconds"] == 600  # 9:50 to 10:00
    assert rounding["sessions"] == [s["id"] for s in cli.log() if s["started_at"] == "2026-11-23T08:00:00Z"]
    assert report["remedy"]["minor"] > 0
    assert report["advice"].startswith("Most is lost to ")
    assert cli("report", "leaks", "--client", "nobody").code == 1


def test_a_deed_that_opens_a_closed_day_says_so_once(cli):
    cli.add("acme", "2026-11-20 9:00", "+1h")
    cli.ok("day", "close", "2026-11-20")
    answer = cli.ok("add", "acme", "2026-11-20 7:00", "+1h")
    assert answer.err == (
        "warning: 2026-11-20 was closed; now nothing explains 1h 00m of it, so it is open again: "
        "“clepsydra day close 2026-11-20”\n"
    )
    found = cli.ok("day", "2026-11-20", "--json").json
    assert (found["closed"], found["unexplained_seconds"]) == (False, 3600)
    assert "2026-11-20" in [day["day"] for day in cli.ok("day", "list", "--json").json["days"]]
    assert cli.ok("undo").err == ""
    assert cli.ok("day", "2026-11-20", "--json").json["closed"]


def test_items_are_settled_by_their_ids_as_keys_would(worked):
    def items():
        """The first item of each kind."""
        return {i["kind"]: i for i in reversed(worked.ok("day", "2026-11-23", "--json").json["items"])}

    def settle(kind: str, *words: str):
        item = items()[kind]
        assert words[0].replace("-", "_") in (*item["answers"], "accept")
        done = worked.ok("day", "solve", item["id"], *words, "--date", "2026-11-23", "--json").json
        assert (done["day"], done["solved"]) == ("2026-11-23", item["id"])
        return done["answer"]

    assert settle("gap", "accept") == "fill"
    assert settle("gap", "fill", "brel 1h, break", "--channel", "travel") == "fill"
    assert settle("unsure", "scope", "bill") == "scope"
    assert settle("no_note", "note", "the", "way", "there") == "note"
    assert settle("no_note", "keep") == "keep"
    assert items() == {}
    logged = worked.ok("log", "--json").json["sessions"]
    assert ("brel", "travel", 3600, "the way there") in [
        (s["client"], s["channel"], s["exact_seconds"], s["note"]) for s in logged
    ]
    assert [s["decision"] for s in logged if s["scope"] == "out"] == ["bill"]
    assert worked.ok("day", "2026-11-23", "--json").json["unexplained_seconds"] == 0
    assert worked.ok("verify").code == 0


@pytest.mark.parametrize(
    ("words", "code", "why"),
    [
        (["gap:1:2", "unknown"], 1, "is open on that day"),
        (["9", "unknown"], 2, "is not a number from 1 to 4"),
        (["1", "cut-first"], 2, "choose one of accept, fill, unknown"),
        (["1", "fill", "acme 9h"], 1, "does not fit"),
        (["1", "unknown", "really"], 2, "takes nothing more"),
        (["3", "scope", "out"], 2, "in, bill, absorb, pending"),
        (["2", "accept"], 1, "nothing is suggested here"),
    ],
)
def test_an_answer_that_does_not_fit_is_told(worked, words, code, why):
    done = worked("day", "solve", *words, "--date", "2026-11-23")
    assert (done.code, done.out) == (code, "")
    assert why in done.err


def test_where_nothing_is_open_no_number_is_asked_for(cli):
    done = cli("day", "solve", "2", "unknown", "--date", "2026-11-22")
    assert (done.code, done.out) == (2, "")
    assert "nothing is open about this day" in done.err


def test_an_agreed_total_is_settled_with_its_cost(cli):
    for day in ("18", "19", "20"):
        cli.add("brel", f"2026-11-{day} 09:00", "+2h", "x")
    for day in ("18", "19"):
        cli.ok("agree", "brel", f"2026-11-{day}", "1h")
    [item] = cli.ok("day", "2026-11-20", "--json").json["items"]
    assert (item["kind"], item["answers"], item["seconds"]) == ("agreed", ["keep", "agree"], 7200)
    said = cli.ok("day", "solve", item["id"], "agree", "1h30", "--date", "2026-11-20").out
    assert "against the rule" in said
    assert "given since January" in said
    assert cli.ok("day", "2026-11-20", "--json").json["items"] == []
