"""Statements for machines: CSV in two dialects, JSON, and the log as JSON."""

import csv
import io
import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clepsydra.domain.figures import FIGURE_NAMES
from clepsydra.domain.session import Channel, Session
from clepsydra.exchange import log_json
from clepsydra.exchange.statement.csv import to_csv
from clepsydra.exchange.statement.json import to_json
from clepsydra.exchange.statement.page import compose
from clepsydra.exchange.text import guard, plain, unguard
from clepsydra.language.shown import table
from clepsydra.language.translator import translator
from tests.exchange.samples import PREVIEW, SELLER, line, statement

EN, FR = translator("en"), translator("fr")


def test_the_english_dialect():
    assert to_csv(statement(), EN).decode() == (
        "Statement,Client,Project,First day,Last day,Kind,Channel,Scope,Description,Exact seconds,Billed seconds,"
        "Exact hours,Billed hours,Lost hours,Gained hours,Hourly rate,Amount,Currency,Tax percent\n"
        "2026-0042,Acme SARL,API rewrite,2026-11-02,2026-11-02,time,work,in scope,Workshop,4000,4500,"
        "1.1111,1.2500,0.0000,0.1389,120.00,150.00,EUR,20.0\n"
        "2026-0042,Acme SARL,API rewrite,2026-11-03,2026-11-03,time,call,out of scope,Call,1200,900,"
        "0.3333,0.2500,0.0833,0.0000,120.00,30.00,EUR,20.0\n"
    )


def test_the_french_dialect():
    head, first, *_ = to_csv(statement(line("Réunion; suite")), FR).split(b"\r\n")
    assert head.startswith("\ufeffRelevé;Client;Projet;Premier jour".encode())
    assert first.decode() == (
        '2026-0042;Acme SARL;API rewrite;02/11/2026;02/11/2026;temps;travail;dans le périmètre;"Réunion; suite";'
        "4000;4500;1,1111;1,2500;0,0000;0,1389;120,00;150,00;EUR;20,0"
    )


@pytest.mark.parametrize(("tr", "general"), [(EN, "General"), (FR, "Général")])
def test_work_without_a_project_is_called_as_in_the_documents(tr, general):
    def projects(*lines):
        rows = csv.reader(
            io.StringIO(to_csv(statement(*lines), tr).decode("utf-8-sig")),
            delimiter=table(tr.lang).spreadsheet.delimiter,
        )
        return [row[2] for row in rows][1:]

    alone, nameless = line(project="default", project_name=""), line(project="logo", project_name="")
    assert projects(alone, alone) == ["", ""]
    assert projects(alone, line(), nameless) == [general, "API rewrite", "logo"]
    assert projects(line(project="default", project_name="Counsel")) == ["Counsel"]
    titles = [section.title for section in compose(statement(alone, line(), nameless), SELLER, tr).sections]
    assert titles == projects(alone, line(), nameless)


def test_amounts_have_the_decimals_of_their_currency():
    (_, yen) = csv.reader(io.StringIO(to_csv(statement(line(), currency="JPY"), EN).decode()))
    (_, dinar) = csv.reader(io.StringIO(to_csv(statement(line(), currency="TND"), EN).decode()))
    assert (yen[16], dinar[16]) == ("15000", "15.000")


@given(
    st.text(max_size=30) | st.sampled_from(["=cmd|' /C calc'!A0", "+1", "-1", "@a", "\t=1", "＝1", "'=1", "\x1b[0m=1"])
)
def test_no_text_of_a_statement_begins_a_formula(text):
    hostile = statement(line(text, project_name=text), client_name=text, number=text)
    for tr in EN, FR:
        data = to_csv(hostile, tr).decode("utf-8-sig")
        _, cells = csv.reader(io.StringIO(data, newline=""), delimiter=";" if tr is FR else ",")
        assert len(cells) == 19
        assert not [cell for cell in cells if cell[:1] and cell[0] in "=+-@\t\r\n＝＋－＠"]
        assert not [cell for cell in cells if "\x1b" in cell or "\n" in cell]


@given(st.text() | st.text(alphabet="'=+-@\t\r\na"))
def test_a_guard_can_be_taken_away_exactly(text):
    assert unguard(guard(text)) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("\x1b]8;;http://x\x07link\x1b]8;;\x1b\\", "link"),
        ("a\x1b", "a"),
        ("bell\x07 \x9b31m", "bell 31m"),
        ("a\u202eb\u2066c", "abc"),
        ("a\r\nb\tc", "a b c"),
        ("\ud800", "\N{REPLACEMENT CHARACTER}"),
    ],
)
def test_plain_text_has_no_control_over_anything(text, expected):
    assert plain(text) == expected


def test_json_says_everything_with_stable_keys():
    data = json.loads(to_json(statement()))
    assert list(data) == sorted(data)
    assert (data["number"], data["issued_at"], data["due_on"]) == ("2026-0042", "2026-12-01T08:00:00Z", "2026-12-31")
    first = data["lines"][0]
    assert (first["exact_seconds"], first["billed_seconds"], first["billed_minor"]) == (4000, 4500, 15000)
    assert (first["hourly"], first["rule"]["model"], first["rule"]["step_seconds"]) == ("120.00", "up", 900)
    totals = data["totals"]
    assert set(FIGURE_NAMES) | {"net_seconds", "net_minor"} <= totals.keys() & {*first, *totals}
    assert totals["before_tax_minor"] + totals["tax_minor"] == totals["total_minor"] == 21600


def test_a_preview_has_no_number_and_no_date():
    data = json.loads(to_json(statement(**PREVIEW)))
    assert (data["state"], data["number"], data["issued_at"], data["due_on"]) == ("preview", None, None, None)


def test_rates_are_written_without_an_exponent():
    data = json.loads(to_json(statement(line(hourly=Decimal("1E+2")))))
    assert data["lines"][0]["hourly"] == "100"


def test_the_log_as_json():
    day = date(2026, 11, 2).toordinal()
    done = Session("a", "acme", "api", Channel.CALL, 1_793_606_400, 1_793_610_000, "Europe/Paris", day, note="\x1b[0m")
    running = Session("b", "acme", "default", Channel.WORK, 1_793_610_000, None, "Europe/Paris", day)
    stream = io.StringIO()
    assert log_json.write([(done, None), (running, None)], stream, now=1_793_610_060) == 2
    assert "\x1b" not in stream.getvalue()
    first, second = json.loads(stream.getvalue())["sessions"]
    assert first == {
        "id": "a",
        "client": "acme",
        "project": "api",
        "channel": "call",
        "started_at": "2026-11-02T08:00:00Z",
        "ended_at": "2026-11-02T09:00:00Z",
        "zone": "Europe/Paris",
        "exact_seconds": 3600,
        "scope": "in",
        "decision": None,
        "state": "approved",
        "agreed_seconds": None,
        "write_off": None,
        "note": "\x1b[0m",
        "statement": None,
        "precision": "second",
        "logged_at": "1970-01-01T00:00:00Z",
        "source": "manual",
    }
    assert (second["ended_at"], second["exact_seconds"], second["state"]) == (None, 60, "running")


def test_an_empty_log_is_still_json():
    stream = io.StringIO()
    log_json.write([], stream, now=0)
    assert json.loads(stream.getvalue()) == {"sessions": []}
