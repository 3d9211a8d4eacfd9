"""What is odd about imported sessions is said as for typed ones: overlaps, what lies ahead, far too long, empty."""

import pytest

HEAD = "client,started_at,ended_at,note\n"


def told(cli, *rows, words=()):
    return cli("import", "csv", "-", *words, stdin=HEAD + "\n".join(rows) + "\n")


@pytest.fixture
def log(cli):
    cli.ok("add", "acme", "2026-11-05 10:00", "11:00", "held")
    return cli


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("acme,2026-11-05T09:30:00Z,2026-11-05T10:30:00Z,b", "shares 0h 30m"),
        ("acme,2027-11-05T09:30:00Z,2027-11-05T10:30:00Z,c", "ahead"),
        ("acme,2026-11-10T09:00:00Z,2026-11-11T21:00:00Z,d", "longer than usual"),
        ("acme,2026-11-12T09:00:00Z,2026-11-12T09:00:00Z,e", "has no length"),
        ("acme,2019-11-12T09:00:00Z,2019-11-12T10:00:00Z,f", "has no rate"),
    ],
)
@pytest.mark.parametrize("words", [(), ("--dry-run",)])
def test_each_oddity_is_said(log, row, said, words):
    answer = told(log, "acme,2026-11-03T09:00:00Z,2026-11-03T10:00:00Z,fine", row, words=words)
    assert answer.code == 0
    warnings = [line for line in answer.err.splitlines() if line.startswith("warning")]
    assert len(warnings) == 1
    assert warnings[0].startswith("warning: line 3: session ")
    assert said in warnings[0]


def test_nothing_is_said_of_what_is_in_order_or_known(log):
    row = "acme,2026-11-05T10:00:00Z,2026-11-05T11:00:00Z,after"
    assert told(log, row).err == ""
    assert told(log, row).err == ""


def test_overlaps_inside_the_file_are_told_once_each_and_counted(log):
    rows = [f"acme,2026-11-07T09:{i:02d}:00Z,2026-11-07T10:00:00Z,n{i}" for i in range(5)]
    answer = told(log, *rows, words=("--json",))
    assert len(answer.json["warnings"]) == 10
    assert {w["check"] for w in answer.json["warnings"]} == {"overlap"}
    log.ok("undo")
    answer = told(log, *rows)
    assert answer.err.count("warning") == 3
    assert "and 7 more like these" in answer.err


def test_standard_input_without_measure_is_refused(cli, monkeypatch):
    monkeypatch.setattr("clepsydra.exchange.doors.shape.LARGEST", 100)
    answer = told(cli, "acme,2026-11-05T09:30:00Z,2026-11-05T10:30:00Z," + "b" * 100)
    assert (answer.code, "larger than 100 bytes" in answer.err) == (1, True)
