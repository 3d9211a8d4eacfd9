"""What is asked at every tick and every key finds its rows by an index, whatever the log's size."""

import sqlite3

import pytest

from clepsydra.ledger import editing
from clepsydra.ledger.timers import Work
from clepsydra.store import (
    billed_groups,
    calls,
    chain,
    chasing,
    daily_sums,
    debts,
    documents,
    given_numbers,
    journal,
    receivable_sums,
    sessions,
    statements,
)
from clepsydra.store.billed_groups import OURS
from clepsydra.store.sessions import Filter
from tests.ledger.workbench import DAY, HOUR, MONDAY, Desk

HOT = {
    "running": lambda db: sessions.running(db),
    "doubtful": lambda db: sessions.doubtful(db),
    "a day": lambda db: sessions.within(db, MONDAY, MONDAY + DAY),
    "first page": lambda db: sessions.page(db, Filter(), 10),
    "next page": lambda db: sessions.page(db, Filter(), 10, (MONDAY, "x")),
    "a client's page": lambda db: sessions.page(db, Filter(client="acme"), 10, (MONDAY, "x")),
    "a client's unbilled": lambda db: list(sessions.select(db, Filter(client="acme", unbilled=True))),
    "an unbilled day": lambda db: list(sessions.select(db, Filter(client="acme", unbilled=True).on(1))),
    "a client's month": lambda db: list(sessions.select(db, Filter(client="acme", first_day=1, last_day=31))),
    "a statement's": lambda db: sessions.ends_on(db, "x"),
    "by id": lambda db: sessions.by_id(db, "x"),
    "a client's latest statements": lambda db: chasing.usual_instants(db, "acme"),
    "calls under way": lambda db: calls.calls_under_way(db),
    "clients": lambda db: sessions.clients(db),
    "what changed": lambda db: journal.clients_changed(db, 1),
    "begins that changed": lambda db: journal.begins_changed(db, 1),
    "the journal's end": lambda db: journal.latest_row(db),
    "next undo": lambda db: journal.undoable(db, 5),
    "next redo": lambda db: journal.redoable(db, 5),
    "frozen sums": lambda db: billed_groups.whole_sums(db, "acme", 1, 31),
    "frozen sums of a part": lambda db: billed_groups.cut_sums(db, "acme", 1, 31),
    "frozen overage": lambda db: (
        billed_groups.overage(db, "acme", 1, 31),
        billed_groups.overage(db, "acme", None, 31, over_an_end=True),
    ),
    "what is owed": lambda db: receivable_sums.open_documents(db),
    "what is owed of a period": lambda db: (
        receivable_sums.open_documents(db, "acme", (1, 31)),
        debts.unpaid(db, "acme", (1, 31)),
    ),
    "what was sold of late": lambda db: (receivable_sums.sold(db, 1), receivable_sums.sold_alone(db, 1)),
    "what days brought": lambda db: (daily_sums.billed(db, "acme", 1, 31), daily_sums.open_days(db, "acme", 1, 31)),
    "what was collected of late": lambda db: receivable_sums.collected(db, 1),
    "what agreements were billed under": lambda db: statements.agreed_by(db, "acme"),
    "open work": lambda db: (
        list(sessions.select(db, Filter("acme", unbilled=True))),
        list(sessions.select(db, Filter("acme", first_day=1, last_day=9, awaiting=True))),
    ),
    "frozen groups": lambda db: billed_groups.groups_of(db, "x"),
}


# Small by nature, or read from its end until the first row that counts, as the journal is.
FINE = ("INDEX session_open", "INDEX session_doubtful", "INDEX session_began", "CONSTANT ROW", "SCAN hop", "SUBQUERY",
        "(subquery", "INDEX detected_call_under_way",
        "INDEX journal_open", "INDEX journal_undone", "SCAN journal_row")  # fmt: skip


def plans_of(name: str) -> list[str]:
    """How SQLite means to answer all that a query asks."""
    db = Desk.at().ledger.db
    asked: list[str] = []
    db.set_trace_callback(asked.append)
    HOT[name](db)
    db.set_trace_callback(None)
    plans = [row[3] for sql in asked for row in db.execute(f"EXPLAIN QUERY PLAN {sql}")]
    assert plans
    return plans


@pytest.mark.parametrize("name", HOT)
def test_no_scan(name):
    scans = [plan for plan in plans_of(name) if plan.startswith("SCAN") and not any(fine in plan for fine in FINE)]
    assert scans == []


@pytest.mark.parametrize("name", ["first page", "next page", "a client's page", "a client's latest statements"])
def test_no_sort(name):
    """Rows come in the order of the index: a page of ten costs ten rows."""
    assert not [plan for plan in plans_of(name) if "TEMP B-TREE" in plan and "LAST TERM" not in plan]


@pytest.mark.parametrize("read", [debts.charged_count, lambda db: documents.free_by_client(db, OURS, ())])
def test_what_statements_ask_is_read_without_their_bodies(read):
    db, asked = Desk.at().ledger.db, list[str]()
    db.set_trace_callback(asked.append)
    read(db)
    db.set_trace_callback(None)
    plans = [row[3] for sql in asked for row in db.execute(f"EXPLAIN QUERY PLAN {sql}")]
    assert [plan for plan in plans if "statement_state" in plan and "COVERING" in plan]
    assert not [plan for plan in plans if plan.startswith("SCAN statement")]


@pytest.mark.parametrize("name", ["what changed", "begins that changed"])
def test_what_changed_is_read_from_the_end_of_the_journal(name):
    assert all("INTEGER PRIMARY KEY (rowid>?)" in plan for plan in plans_of(name) if plan.startswith("SEARCH"))


def test_open_work_is_found_without_what_was_billed():
    assert all("session_unbilled" in plan for plan in plans_of("open work") if plan.startswith("SEARCH"))


@pytest.fixture
def desk():
    desk = Desk.at()
    for n in range(20):
        work = Work(("acme", "brel")[n % 2], note=("a%b", "A_b", "[x]", "it's")[n % 4])
        editing.add(desk.ledger, work, MONDAY - n * DAY, MONDAY - n * DAY + (30 * HOUR if n == 7 else HOUR))
    yield desk
    desk.ledger.db.close()


def test_pages_follow_one_another(desk):
    pages, place = [], None
    while page := sessions.page(desk.ledger.db, Filter(), 7, place):
        pages += page
        place = (page[-1].started_at, page[-1].id)
    assert pages == desk.all()[::-1]
    assert sessions.count(desk.ledger.db) == 20


@pytest.mark.parametrize(
    ("text", "count"), [("a%b", 5), ("a_b", 5), ("A_B", 5), ("[x]", 5), ("it's", 5), ("bre", 10), ("\\", 0)]
)
def test_searched_text_is_taken_literally(desk, text, count):
    assert sessions.count(desk.ledger.db, Filter(text=text)) == count


def test_filters(desk):
    day = desk.ledger.today.toordinal()
    db = desk.ledger.db
    assert sessions.count(db, Filter(client="acme", first_day=day - 4)) == 3
    assert sessions.count(db, Filter(project="api")) == 0
    assert sessions.count(db, Filter(channel="work", last_day=day - 19)) == 1
    assert sessions.clients(db) == ["acme", "brel"]


def test_a_window_finds_what_reaches_into_it(desk):
    def begins(since: int, until: int) -> list[int]:
        return [(s.started_at - MONDAY) // DAY for s in sessions.within(desk.ledger.db, since, until)]

    assert begins(MONDAY, MONDAY + 1) == [0]
    assert begins(MONDAY + HOUR, MONDAY + DAY) == []
    assert begins(MONDAY - 7 * DAY + 29 * HOUR, MONDAY - 7 * DAY + 31 * HOUR) == [-7]
    assert begins(MONDAY - 2 * DAY, MONDAY) == [-2, -1]


def test_a_session_never_takes_the_place_of_another(desk):
    session = desk.all()[0]
    with pytest.raises(sqlite3.IntegrityError):
        sessions.add(desk.ledger.db, session)


def test_a_change_is_sealed_without_reading_the_rows_of_others():
    plan = Desk.at().ledger.db.execute(f"EXPLAIN QUERY PLAN {chain._ROWS} AND id > ? ORDER BY id", ("", 1)).fetchall()
    assert [row[3] for row in plan] == ["SEARCH journal_row USING INTEGER PRIMARY KEY (rowid>?)"]


def test_whose_a_series_is_takes_no_document_of_it():
    """Numbers that other devices gave are found by the device: a series may have every document of a life."""
    db = Desk.at().ledger.db
    asked: list[str] = []
    db.set_trace_callback(asked.append)
    assert given_numbers.device_of(db, "F2026") == ""
    plans = [row[3] for sql in asked for row in db.execute(f"EXPLAIN QUERY PLAN {sql}")]
    assert plans
    assert all("COVERING INDEX" in plan and "(device>?)" in plan for plan in plans), plans
