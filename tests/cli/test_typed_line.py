"""`add "LINE"`, and clients by what people call them."""

import pytest

ROY = """
name = "Étude Roy"
key = "r"
[[rates]]
from = 2026-01-01
hourly = "100.00"
[[projects]]
slug = "api"
name = "API rewrite"
"""


@pytest.fixture
def roy(cli):
    (cli.home / "clients" / "etude-roy.toml").write_text(ROY, "utf-8")
    return cli


@pytest.mark.parametrize("typed", ["etude-roy", "r", "étude roy", "ETUDE ROY", "étude", "etude-r", "roy"])
def test_a_client_is_meant_by_slug_key_name_or_an_unmistakable_beginning(roy, typed):
    assert roy("start", f"{typed}/API re", "x").code == 0
    (running,) = roy.ok("status", "--json").json["running"]
    assert (running["client"], running["project"]) == ("etude-roy", "api")


def test_a_beginning_that_several_have_is_refused_with_their_names(roy):
    (roy.home / "clients" / "roux.toml").write_text(
        ROY.replace("Étude Roy", "Étude Roux").replace('"r"', '"x"'), "utf-8"
    )
    answer = roy("start", "étude")
    assert answer.code == 1
    assert "Étude Roy (etude-roy)" in answer.err
    assert "Étude Roux (roux)" in answer.err


def test_one_argument_says_all_of_it(roy):
    answer = roy("add", "étude roy hier 9h-10h30 +11h-12h #api relecture")
    assert answer.code == 0
    first, second = roy.ok("log", "--json").json["sessions"]
    assert (first["started_at"], first["ended_at"]) == ("2026-11-23T08:00:00Z", "2026-11-23T09:30:00Z")
    assert second["started_at"] == "2026-11-23T10:00:00Z"
    assert {first["project"], second["project"]} == {"api"}
    assert first["note"] == "relecture"
    assert roy("undo").code == 0
    assert roy.ok("log", "--json").json["sessions"] == []


def test_a_line_that_names_no_client_says_which_is_near(roy):
    answer = roy("add", "etdue-roy 20m")
    assert (answer.code, roy.ok("log", "--json").json["sessions"]) == (1, [])
    assert "etude-roy" in answer.err
