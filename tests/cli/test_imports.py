"""Files of other programs, brought in as a person would: recognised, mapped, once however often they come."""

import json
import random
import sqlite3
import tomllib
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[1] / "exchange" / "doors" / "samples"
TOGGL = str(SAMPLES / "toggl" / "detailed.csv")
HEAD = "Client,Project,Description,Billable,Start date,Start time,End date,End time,Duration,Tags,Email\n"


def row(client: str, begin: str, end: str, note: str = "", day: str = "2026-11-23", **more: str) -> str:
    cells = {"project": "", "billable": "Yes", "duration": "", "tags": "", "email": ""} | more
    return (
        f"{client},{cells['project']},{note},{cells['billable']},{day},{begin},{day},{end},"
        f"{cells['duration']},{cells['tags']},{cells['email']}\n"
    )


NINE = row("Acme SARL", "09:00:00", "10:00:00", "first")
TEN = row("Brel & Cie", "10:00:00", "11:00:00", "second")
NOON = row("Acme SARL", "12:00:00", "12:30:00", "third")


@pytest.fixture
def written(tmp_path):
    def write(*rows: str, name: str = "toggl.csv") -> str:
        path = tmp_path / name
        path.write_text(HEAD + "".join(rows))
        return str(path)

    return write


def dump(cli) -> list[str]:
    """The sessions and statements as the database holds them."""
    with sqlite3.connect(cli.home / "clepsydra.db") as connection:
        tables = ("session", "statement", "billed_group")
        return [line for table in tables for line in map(repr, connection.execute(f"SELECT * FROM {table}"))]


def test_a_file_is_recognised_and_new_clients_are_made(cli):
    cli.ok("import", TOGGL, "--dry-run", "--new-clients")
    assert not (cli.home / "imports").exists()
    answer = cli.ok("import", TOGGL, "--new-clients")
    assert "6 sessions added" in answer.out
    found = {s["note"]: s for s in cli.log()}
    assert found["Fix login #backend"]["project"] == "api", "a project of that name is there already"
    assert found["Passé minuit #nuit"]["client"] == "brel", "a client of that name is there already"
    assert (found["26 hours"]["exact_seconds"], found["DST spring"]["exact_seconds"]) == (93600, 3600)
    assert [s["state"] for s in cli.log() if "Réunion" in s["note"]] == ["written_off"]
    cli.ok("verify")


def test_without_a_place_nothing_is_imported_and_each_text_is_asked_once(cli, written):
    file = written(row("Nobody", "08:00:00", "09:00:00"), row("Nobody", "09:00:00", "09:10:00"), TEN)
    answer = cli("import", file)
    assert (answer.code, answer.err.count("Nobody"), cli.log()) == (1, 1, [])
    assert cli("import", file, "--json").json["unplaced"] == [{"client": "Nobody", "project": "", "entries": 2}]
    cli.ok("import", file, "--map", "Nobody=brel")
    assert {s["client"] for s in cli.log()} == {"brel"}
    mapping = tomllib.loads((cli.home / "imports" / "toggl.toml").read_text())
    assert mapping["clients"] == {"Nobody": "brel", "Brel & Cie": "brel"}


def test_the_same_file_a_longer_one_and_shuffled_rows_add_nothing_twice(cli, written):
    cli.ok("import", written(NINE, TEN))
    rows = [NINE, TEN, NOON, NOON]
    assert cli.ok("import", written(*rows), "--json").json["added"] == 2, "rows alike are two entries"
    before = dump(cli)
    for seed in range(4):
        random.Random(seed).shuffle(rows)
        assert cli.ok("import", written(*rows), "--json").json == {
            **cli.ok("import", written(*rows), "--json").json,
            "added": 0,
            "known": 4,
            "stored": False,
        }
    assert dump(cli) == before


def test_a_better_mapping_doubles_nothing(cli, written):
    file = written(row("Old name", "09:00:00", "10:00:00"))
    cli.ok("import", file, "--map", "Old name=acme")
    mapping = cli.home / "imports" / "toggl.toml"
    mapping.write_text("# mine\n" + mapping.read_text().replace('"acme"', '"brel"   # moved'))
    assert cli.ok("import", file, "--json").json["added"] == 0
    cli.ok("import", written(row("Old name", "09:00:00", "10:00:00"), row("Other", "10:00:00", "11:00:00")),
           "--map", "Other=acme")  # fmt: skip
    text = mapping.read_text()
    assert text.startswith("# mine\n")
    assert "# moved" in text
    assert tomllib.loads(text)["clients"] == {"Old name": "brel", "Other": "acme"}


def test_one_undo_takes_a_whole_import_back(cli, written):
    cli.add("acme", "2026-11-20T09:00", "2026-11-20T10:00")
    before = dump(cli)
    cli.ok("import", written(NINE, TEN, NOON))
    assert len(cli.log()) == 4
    cli.ok("undo")
    assert dump(cli) == before
    cli.ok("redo")
    assert len(cli.log()) == 4


def test_what_changed_there_is_said_and_taken_on_request(cli, tmp_path):
    file = tmp_path / "frames"

    def frames(*each: list[object]) -> str:
        file.write_text(json.dumps(each))
        return str(file)

    one = [1795420800, 1795424400, "acme", "a" * 32, ["x"], 1795424400]
    cli.ok("import", frames(one))
    ids = [s["id"] for s in cli.log()]
    later = [one[0] - 600, one[1] + 600, *one[2:]]
    answer = cli.ok("import", frames(later), "--json").json
    assert (answer["added"], answer["known"], [each["id"] for each in answer["changed"]]) == (0, 1, ids)
    assert [s["exact_seconds"] for s in cli.log()] == [3600]
    cli.ok("import", frames(later), "--update")
    assert [(s["id"], s["exact_seconds"]) for s in cli.log()] == [(ids[0], 4800)]
    cli.ok("undo")
    assert [s["exact_seconds"] for s in cli.log()] == [3600]
    cli.ok("import", frames())
    assert len(cli.log()) == 1, "what is gone there stays"


def test_work_that_is_there_already_is_asked_about_once(cli, written):
    cli.add("acme", "2026-11-23T09:02", "2026-11-23T10:00", "by hand")
    file = written(NINE, TEN)
    answer = cli("import", file)
    assert (answer.code, len(cli.log())) == (1, 1)
    assert "--doubles" in answer.err
    assert cli.ok("import", file, "--doubles", "leave", "--json").json["added"] == 1
    assert cli.ok("import", file, "--doubles", "leave", "--json").json["added"] == 0
    assert cli.ok("import", file, "--doubles", "take", "--json").json["added"] == 1


def test_an_entry_without_a_key_that_ends_otherwise_looks_like_an_edit(cli, written):
    cli.ok("import", written(NINE))
    answer = cli("import", written(row("Acme SARL", "09:00:00", "10:05:00", "first")), "--json")
    assert (answer.code, answer.json["doubts"]) == (1, [{"line": 2, "edit": True}])


@pytest.mark.parametrize("changed", [("09:00:00", "10:00:00", "otherwise"), ("09:03:00", "10:00:00", "first")])
def test_an_entry_without_a_key_that_was_changed_there_is_asked_and_not_doubled(cli, written, changed):
    cli.ok("import", written(NINE, TEN))
    edited = row("Acme SARL", *changed)
    answer = cli("import", written(edited, TEN), "--json")
    assert (answer.code, answer.json["doubts"], len(cli.log())) == (1, [{"line": 2, "edit": True}], 2)
    assert cli.ok("import", written(NINE, TEN, edited), "--json").json["added"] == 1, (
        "nothing is gone: it is another one"
    )


def test_hours_of_a_day_that_were_changed_there_are_asked(cli, tmp_path):
    file, head = tmp_path / "hours.csv", "Date,Client,Project,Task,Notes,Hours,Billable?\n"
    file.write_text(head + "2026-11-23,acme,,Dev,a,1.0,Yes\n2026-11-23,acme,,Dev,b,2.0,Yes\n")
    cli.ok("import", str(file))
    file.write_text(
        head + "2026-11-23,acme,,Dev,a,1.5,Yes\n2026-11-23,acme,,Dev,b,2.0,Yes\n2026-11-24,acme,,Dev,c,1,Yes\n"
    )
    answer = cli("import", str(file), "--json")
    assert (answer.code, answer.json["doubts"]) == (1, [{"line": 2, "edit": True}])
    assert cli.ok("import", str(file), "--doubles", "leave", "--json").json["added"] == 1


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Østberg & Søn", "ostberg-son"), ("Łódź", "lodz"), ("日本", "client-1"), ("Œuvres", "oeuvres")],
)
def test_any_name_becomes_a_client(cli, written, name, slug):
    cli.ok("import", written(row(name, "09:00:00", "10:00:00")), "--new-clients")
    assert [s["client"] for s in cli.log()] == [slug]
    assert (cli.home / "clients" / f"{slug}.toml").exists()


def test_a_project_that_is_missing_is_written_at_the_end_of_its_client(cli, written):
    before = (cli.home / "clients" / "brel.toml").read_text()
    file = written(row("brel", "09:00:00", "10:00:00", project="Site"))
    assert cli("import", file).code == 1
    cli.ok("import", file, "--new-clients")
    assert [s["project"] for s in cli.log()] == ["site"]
    assert (cli.home / "clients" / "brel.toml").read_text().startswith(before.rstrip())


def test_tags_say_whose_the_work_is_where_nothing_else_does(cli, tmp_path):
    export = str(SAMPLES / "timewarrior" / "export.json")
    assert cli("import", export).code == 1
    (cli.home / "imports").mkdir()
    (cli.home / "imports" / "timewarrior.toml").write_text(
        '[tags]\n"Acme SARL" = { place = "acme" }\n"Brel & Cie" = "brel"\nnuit = { note = "drop", scope = "out" }\n'
        'backend = { channel = "prep" }\n[take]\nnot_billable = "in"\n'
    )
    answer = cli.ok("import", export, "--client", "acme", "--json").json
    assert (answer["added"], answer["left_out"]) == (8, {"running": 1})
    found = {s["note"]: s for s in cli.log()}
    assert found["Passé minuit"]["scope"] == "out"
    assert found["Fix login #API rewrite"]["channel"] == "prep"
    assert {s["client"] for s in cli.log()} == {"acme", "brel"}


def test_a_mapping_that_cannot_be_used_is_one_clear_line(cli, written):
    (cli.home / "imports").mkdir()
    (cli.home / "imports" / "toggl.toml").write_text('[take]\nnot_billable = "never"\n')
    answer = cli("import", written(NINE))
    assert (answer.code, answer.err.count("\n")) == (1, 1)
    assert "toggl.toml:2" in answer.err
    assert "write-off" in answer.err


def test_the_work_of_others_is_left_out_once_it_is_said_who_i_am(cli, written):
    file = written(
        row("acme", "09:00:00", "10:00:00", email="me@x.org"), row("acme", "09:00:00", "9:30:00", email="you")
    )
    assert cli("import", file).code == 1
    answer = cli.ok("import", file, "--me", "me@x.org", "--json").json
    assert (answer["added"], answer["left_out"]) == (1, {"other_person": 1})


def test_a_table_whose_columns_are_mapped(cli, tmp_path):
    file = tmp_path / "hours.csv"
    file.write_text("Quand;Combien;Chez;Sujet\n23.11.2026;1,5;acme;revue\n24.11.2026;0,5;acme;appel\n")
    columns = ["date=Quand", "hours=Combien", "client=Chez", "note=Sujet"]
    words = [word for each in columns for word in ("--column", each)]
    assert cli("import", "table", str(file)).code == 1
    cli.ok("import", "table", str(file), *words)
    assert [(s["exact_seconds"], s["note"]) for s in cli.log()] == [(5400, "revue"), (1800, "appel")]
    assert cli("import", "table", str(file), "--column", "when=Quand").code == 2


def test_hours_without_times_stand_one_after_another_in_the_hours_of_work(cli):
    cli.ok("import", str(SAMPLES / "harvest" / "time.csv"), "--new-clients")
    found = [s for s in cli.log() if s["started_at"].startswith("2026-11-23")]
    assert [(s["started_at"], s["exact_seconds"]) for s in found] == [
        ("2026-11-23T08:00:00Z", 4356),
        ("2026-11-23T09:12:36Z", 1800),
    ]


def test_formats_are_listed_and_unknown_ones_refused(cli):
    formats = cli.ok("import", "--list", "--json").json["formats"]
    assert {"csv", "toggl", "watson", "ledes"} <= {each["format"] for each in formats}
    assert cli("import", "togl", TOGGL).code == 2
    assert cli("import").code == 2
    assert cli("import", TOGGL, "--zone", "Mars").code == 2


def test_what_stops_an_import_leaves_no_trace(cli, written, monkeypatch):
    cli.ok("import", written(NINE))
    before, files = dump(cli), sorted(path.name for path in (cli.home / "clients").iterdir())

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    from clepsydra.store import sessions

    monkeypatch.setattr(sessions, "add_many", stop)
    answer = cli("import", written(NINE, row("New", "15:00:00", "16:00:00")), "--new-clients")
    assert answer.code != 0
    assert dump(cli) == before
    assert sorted(path.name for path in (cli.home / "clients").iterdir()) == files


def test_hours_without_times_make_no_gap_and_no_overlap(cli):
    settings = (cli.home / "settings.toml").read_text()
    (cli.home / "settings.toml").write_text(settings + 'working_hours = { mon-fri = "9:00-11:00" }\n')
    cli.add("acme", "2026-11-23T09:00", "2026-11-23T09:30", "by hand")
    cli.ok("import", str(SAMPLES / "harvest" / "time.csv"), "--new-clients")
    assert {s["precision"] for s in cli.log()} == {"second", "hours"}
    day = cli("day", "2026-11-23", "--json").json
    assert (day["presence_seconds"], day["unexplained_seconds"]) == (1800, 0)
    assert day["span_seconds"] == day["presence_seconds"] + day["explained_seconds"] + day["unexplained_seconds"]
    assert "overlap" not in {item["kind"] for item in day["items"]}
    assert day["billable_seconds"] == 1800 + 4356 + 1800, "the hours count"
    cli.ok("verify")


def test_history_has_no_days_to_close(cli):
    settings = (cli.home / "settings.toml").read_text()
    (cli.home / "settings.toml").write_text(settings + 'working_hours = { mon-fri = "9:00-17:00" }\n')
    cli.ok("import", TOGGL, "--new-clients")
    leaks = cli.ok("report", "leaks", "--from", "2026-01-01", "--json").out
    assert '"memory"' not in leaks or all(
        not row.get("seconds") for row in json.loads(leaks).get("leaks", []) if row.get("class") == "memory"
    )


def test_what_came_in_rounded_is_said_before_it_is_billed(cli):
    cli.ok("import", str(SAMPLES / "clio" / "activities.csv"), "--map", "00001-Acme: API=acme")
    preview = cli.ok("statement", "preview", "acme", "--json").json
    assert [doubt["kind"] for doubt in preview["doubts"]] == ["rounded"]
    cli.ok("statement", "issue", "acme")
    assert [s["precision"] for s in cli.log()] == ["tenth"]
