"""The log's own CSV: exact round trips, and a reason for whatever cannot be taken."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clepsydra.domain.session import Channel, Decision, Scope, Session
from clepsydra.exchange import log_csv
from clepsydra.exchange.log_csv import COLUMNS, CsvRow
from clepsydra.exchange.problems import RowProblem, RowReason, sentence
from clepsydra.language.translator import translator

HEADER = ",".join(COLUMNS)


def read(text: str, **options) -> list[CsvRow | RowProblem]:
    return list(log_csv.read(io.StringIO(text, newline=""), **options))


def read_cells(header: str, *records: str) -> list[CsvRow | RowProblem]:
    return read("\n".join([header, *records]) + "\n")


def reasons(found: list[CsvRow | RowProblem]) -> list[tuple[int, RowReason]]:
    return [(item.line, item.reason) for item in found if isinstance(item, RowProblem)]


def written(*rows: CsvRow) -> str:
    stream = io.StringIO(newline="")
    assert log_csv.write(rows, stream) == len(rows)
    return stream.getvalue()


FULL = CsvRow(
    id="01J",
    client="acme",
    project="api",
    channel=Channel.CALL,
    started_at=1_774_746_000,  # 2026-03-29 02:00 UTC, an hour after the clocks went forward in Paris
    ended_at=1_774_749_600,
    zone="Europe/Paris",
    scope=Scope.OUT,
    decision=Decision.BILL,
    agreed_seconds=7200,
    write_off="goodwill",
    note="say 'two hours'",
)


def test_a_file_looks_like_this():
    assert written(FULL) == (
        "id,client,project,channel,started_at,ended_at,zone,scope,decision,agreed_seconds,write_off,note,"
        "statement,precision\r\n"
        "01J,acme,api,call,2026-03-29T03:00:00+02:00,2026-03-29T04:00:00+02:00,Europe/Paris,out,bill,7200,"
        "goodwill,say 'two hours',,\r\n"
    )


def test_only_three_columns_are_required():
    (row,) = read_cells("client,started_at,ended_at", "acme,2026-11-02T09:00:00+01:00,2026-11-02T10:30:00Z")
    assert row == CsvRow("acme", 1_793_606_400, 1_793_615_400, line=2)


def test_a_byte_order_mark_semicolons_and_blank_lines_are_tolerated():
    text = "\ufeffclient;started_at;ended_at;note\r\n\r\n;;;\r\nacme;2026-11-02T09:00:00Z;2026-11-02T10:00:00Z;a, b\r\n"
    (row,) = read(text)
    assert isinstance(row, CsvRow)
    assert (row.note, row.line) == ("a, b", 4)


texts = st.text(max_size=40) | st.text(alphabet="'=+-@\t\r\n\";, \x00\x1b＝a", max_size=8)
instants = st.integers(0, 4_102_444_800)
names = st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True)


@st.composite
def rows(draw):
    started_at = draw(instants)
    scope = draw(st.sampled_from(Scope))
    return CsvRow(
        id=draw(names | st.just("")),
        client=draw(names),
        project=draw(names),
        channel=draw(st.sampled_from(Channel)),
        started_at=started_at,
        ended_at=started_at + draw(st.integers(0, 200_000)),
        zone=draw(st.sampled_from(["", "Europe/Paris", "Asia/Kathmandu", "America/St_Johns", "Africa/Monrovia"])),
        scope=scope,
        decision=draw(st.sampled_from(Decision)) if scope is Scope.OUT else None,
        agreed_seconds=draw(st.integers(0, 10**6) | st.none()),
        write_off=draw(texts.filter(bool) | st.none()),
        note=draw(texts),
    )


def without_line(row):
    assert isinstance(row, CsvRow), row
    return CsvRow(**{name: getattr(row, name) for name in CsvRow.__slots__ if name != "line"})


@given(st.lists(rows(), max_size=4, unique_by=lambda row: row.id or id(row)))
def test_whatever_is_written_is_read_back_exactly(given_rows):
    assert [without_line(row) for row in read(written(*given_rows))] == given_rows


@given(rows())
def test_no_cell_of_a_written_file_begins_a_formula(row):
    _, cells = csv.reader(io.StringIO(written(row), newline=""))
    assert not [cell for cell in cells if cell[:1] and cell[0] in "=+-@\t\r\n＝＋－＠"]


def test_ten_megabytes_behind_an_open_quote_are_one_problem():
    text = 'client,started_at,ended_at,note\nacme,2026-11-02T09:00Z,2026-11-02T10:00Z,"' + "x\n" * 5_000_000
    assert reasons(read(text))[0] == (2, RowReason.BROKEN_QUOTES)


@pytest.mark.parametrize(
    ("started_at", "reason"),
    [
        ("2026-11-02T09:00:00", RowReason.NO_OFFSET),
        ("2026-11-02", RowReason.INSTANT),
        ("20261102T090000Z", RowReason.INSTANT),
        ("2026-11-31T09:00:00Z", RowReason.INSTANT),
        ("0001-01-01T00:00:00+14:00", RowReason.INSTANT),
        ("9999-12-31T23:00:00-05:00", RowReason.INSTANT),
        ("yesterday", RowReason.INSTANT),
        ("", RowReason.EMPTY),
        ("2026-11-02T11:00:00Z", RowReason.ENDS_BEFORE),
    ],
)
def test_begins_that_cannot_be_taken(started_at, reason):
    found = read_cells("client,started_at,ended_at", f"acme,{started_at},2026-11-02T10:00:00Z")
    assert reasons(found) == [(2, reason)]


def test_a_fraction_of_a_second_is_rounded_half_up_at_each_end_and_told():
    (row,) = read_cells("client,started_at,ended_at", "acme,2026-11-02T09:00:00.499Z,2026-11-02t09:59:59.5z")
    assert (row.started_at, row.ended_at, row.rounded) == (1_793_610_000, 1_793_613_600, True)


def test_own_work_has_no_scope():
    found = read_cells(
        "client,started_at,ended_at,scope,decision", "own,2026-11-02T09:00:00Z,2026-11-02T10:00:00Z,out,bill"
    )
    assert reasons(found) == [(2, RowReason.OWN_SCOPE)]


def test_zero_length_and_empty_fractions_are_taken():
    (row,) = read_cells("client,started_at,ended_at", "acme,2026-11-02T09:00:00.00Z,2026-11-02t09:00:00.000z")
    assert isinstance(row, CsvRow)
    assert row.started_at == row.ended_at == 1_793_610_000


@pytest.mark.parametrize(
    ("wall", "expected"),
    [
        ("2026-10-25T01:59:59", 1_792_886_399),
        ("2026-10-25T02:30:00", RowReason.AMBIGUOUS_TIME),
        ("2026-03-29T02:30:00", RowReason.MISSING_TIME),
    ],
)
def test_wall_times_count_where_their_zone_shows_them_once(wall, expected):
    (found,) = read_cells("client,started_at,ended_at,zone", f"acme,{wall},2027-01-01T00:00:00Z,Europe/Paris")
    assert (found.started_at if isinstance(found, CsvRow) else found.reason) == expected


@pytest.mark.parametrize(
    ("column", "cell", "reason", "nearest"),
    [
        ("channel", "metting", RowReason.WORD, "meeting"),
        ("scope", "inn", RowReason.WORD, "in"),
        ("decision", "absorbed", RowReason.WORD, "absorb"),
        ("zone", "europe/pari", RowReason.ZONE, "Europe/Paris"),
        ("zone", "../../etc/passwd", RowReason.ZONE, ""),
        ("zone", "Europe", RowReason.ZONE, "Europe/Rome"),
        ("agreed_seconds", "-60", RowReason.SECONDS, ""),
        ("agreed_seconds", "1_000", RowReason.SECONDS, ""),
        ("agreed_seconds", "٣", RowReason.SECONDS, ""),
        ("decision", "bill", RowReason.DECISION_IN_SCOPE, ""),
    ],
)
def test_cells_that_cannot_be_taken(column, cell, reason, nearest):
    (found,) = read_cells(
        f"client,started_at,ended_at,{column}", f"acme,2026-11-02T09:00:00Z,2026-11-02T10:00:00Z,{cell}"
    )
    assert isinstance(found, RowProblem)
    assert (found.reason, found.column, found.found, found.nearest) == (reason, column, cell, nearest)


def test_headers_that_cannot_be_taken():
    assert reasons(read("")) == [(1, RowReason.MISSING_COLUMN)] * 3
    assert reasons(read("client,started_at,note\nacme,x,y\n")) == [(1, RowReason.MISSING_COLUMN)]
    assert reasons(read("client,client,started_at,ended_at\n")) == [(1, RowReason.DOUBLED_COLUMN)]


def test_an_unknown_column_is_a_problem_and_rows_still_follow():
    problem, row = read_cells(
        "client,started_at,ended_at,chanel", "acme,2026-11-02T09:00:00Z,2026-11-02T10:00:00Z,call"
    )
    assert problem == RowProblem(1, RowReason.UNKNOWN_COLUMN, "chanel", "chanel", HEADER, "channel")
    assert isinstance(row, CsvRow)


def test_a_bad_line_is_named_by_where_it_begins_and_the_next_one_is_taken():
    good = "acme,2026-11-02T09:00:00Z,2026-11-02T10:00:00Z,"
    found = read_cells("client,started_at,ended_at,note", good + '"one\ntwo"', good + '"a"b', "acme,short", good + "z")
    assert reasons(found) == [(4, RowReason.BROKEN_QUOTES), (5, RowReason.CELLS)]
    assert [(row.line, row.note) for row in found if isinstance(row, CsvRow)] == [(2, "one\ntwo"), (6, "z")]


def test_bytes_that_are_not_utf8_are_one_problem():
    raw = "client,started_at,ended_at,note\nacme,2026-11-02T09:00Z,2026-11-02T10:00Z,é\n".encode("latin-1")
    found = list(log_csv.read(io.TextIOWrapper(io.BytesIO(raw), "utf-8", newline="")))
    assert reasons(found)[0][1] is RowReason.NOT_TEXT


def test_clients_and_projects_are_checked_against_those_known():
    times = "2026-11-02T09:00:00Z,2026-11-02T10:00:00Z"
    found = read(
        f"client,project,started_at,ended_at\nacme,,{times}\nacne,,{times}\nacme,apy,{times}\nacme,api,{times}\n",
        known={"acme": ["api"], "brel": []},
    )
    assert [
        (item.reason, item.nearest) if isinstance(item, RowProblem) else (item.client, item.project) for item in found
    ] == [
        ("acme", "default"),
        (RowReason.UNKNOWN_CLIENT, "acme"),
        (RowReason.UNKNOWN_PROJECT, "api"),
        ("acme", "api"),
    ]


def test_work_out_of_scope_is_pending_until_decided():
    (row,) = read_cells("client,started_at,ended_at,scope", "acme,2026-11-02T09:00:00Z,2026-11-02T10:00:00Z,OUT")
    assert isinstance(row, CsvRow)
    assert (row.scope, row.decision) == (Scope.OUT, Decision.PENDING)


def test_an_id_counts_once():
    times = "acme,2026-11-02T09:00:00Z,2026-11-02T10:00:00Z"
    found = read_cells(
        "id,client,started_at,ended_at", f"a,{times}", f"b,{times}", f"a,{times}", f",{times}", f",{times}"
    )
    assert reasons(found) == [(4, RowReason.DOUBLED_ID)]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("reason", RowReason)
def test_every_problem_has_a_sentence(reason, language):
    text = sentence(RowProblem(7, reason, "zone", "\x1b[31m" + "é" * 200, "a,b", "a"), translator(language))
    assert "7" in text
    assert "\x1b" not in text
    assert len(text) < 200


def test_a_running_session_has_no_row():
    running = Session("1", "acme", "default", Channel.WORK, 0, None, "UTC", 719_163)
    with pytest.raises(ValueError, match="no end"):
        CsvRow.of(running)
