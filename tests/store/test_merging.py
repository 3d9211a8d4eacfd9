"""Rows of two logs grown apart go into one by plain INSERTs, and the laws hold on what comes of it."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from clepsydra.domain.session import DEFAULT_PROJECT
from clepsydra.store import journal, schema
from clepsydra.store.opening import open_log
from tests.cli.conftest import Cli
from tests.cli.conftest import cli as cli  # the fixture
from tests.cli.test_evidence import CALLS
from tests.cli.test_invoices import ACME, SELLER
from tests.clock import at

ORDER = (
    "journal", "journal_row", "journal_before", "journal_row_before", *schema.SEALED, "session",
    *(each for each in schema.JOURNALLED if each not in schema.SEALED and each != "session"), "detected_call",
    "evidence_secret",
)  # fmt: skip
"""Parts before their whole, what is billed before its statement. What is left out is of one machine alone."""

KNOWN = {
    "journal": "EXISTS (SELECT 1 FROM main.journal AS mine WHERE mine.digest = theirs.digest)",
    "journal_row": """EXISTS (SELECT 1 FROM other.journal AS entry JOIN main.journal AS mine USING (digest)
        WHERE mine.device = '' AND entry.device = theirs.device AND entry.n = theirs.entry)""",
    "journal_before": "EXISTS (SELECT 1 FROM main.journal_before AS mine WHERE mine.digest = theirs.digest)",
    "journal_row_before": """EXISTS (SELECT 1 FROM main.journal_row_before AS mine
        WHERE mine.id = theirs.id AND mine.after IS theirs.after AND mine.before IS theirs.before)""",
}
"""What both logs have from the time they were one."""


def merge(log: sqlite3.Connection, other: Path, device: str, person: str = "") -> None:
    """Put the rows of another log in: nothing but INSERTs that say from where they are."""
    log.execute("ATTACH ? AS other", (str(other),))
    log.execute("BEGIN IMMEDIATE")
    for table in ORDER:
        names = [name for name in schema.columns(log, table) if (table, name) not in LOCAL]
        made = {"device": f"iif(device = '', '{device}', device)", "person": f"iif(person = '', '{person}', person)"}
        known = KNOWN.get(table, f"EXISTS (SELECT 1 FROM main.{table} AS mine WHERE mine.id = theirs.id)")
        log.execute(
            f"INSERT INTO main.{table} ({', '.join(names)}) SELECT {', '.join(made.get(n, n) for n in names)} "
            f"FROM other.{table} AS theirs WHERE NOT {known} ORDER BY rowid"
        )
    log.execute("COMMIT")
    log.execute("DETACH other")


LOCAL = {("journal", "id"), ("journal_row", "id")}
"""The order of arrival in a file, which is its own."""


def worked(cli: Cli, day: str, *, series: str = "") -> None:
    """A day with everything in it: work, a statement with a fee, money, a closed day, something undone and redone."""
    cli.now = at(f"{day} 18:00:00")
    cli.add("acme", f"{day} 9:00", f"{day} 10:10", f"of {cli.home.name}")
    cli.add("brel", f"{day} 10:10", f"{day} 12:00")
    cli.ok("statement", "issue", "acme", "--from", day, *(("--series", series) if series else ()))
    number = f"{series or day[:4]}-0001"
    cli.ok("statement", "pay", number, "10")
    cli.ok("statement", "issue", "brel", "--from", day, *(("--series", series) if series else ()))
    cli.ok("statement", "void", f"{series or day[:4]}-0002", "--reason", "again")
    cli.ok("day", "close", day)
    cli.now = at(f"{day} 18:30:00")
    cli.add("brel", f"{day} 18:00", f"{day} 18:20")
    cli.ok("undo")
    cli.ok("redo")
    cli.ok("undo")
    cli.ok("start", "brel", "on the road")
    cli.now += 600


def home(folder: Path, like: Path) -> Cli:
    """Another home with the same clients."""
    shutil.copytree(like, folder, ignore=shutil.ignore_patterns("*.db*", "backups", "statements", "numbers.json"))
    return Cli(folder)


def test_two_homes_become_one(tmp_path, cli):
    laptop = home(tmp_path / "laptop", cli.home)
    worked(cli, "2026-11-24")
    worked(laptop, "2026-11-25", series="2026-B")
    assert laptop.ok("verify")
    with closing(open_log(cli.home / "clepsydra.db")) as log:
        merge(log, laptop.home / "clepsydra.db", "laptop")
        assert list(log.execute("PRAGMA foreign_key_check")) == []
    cli.now = laptop.now
    assert "6 sessions, every law holds" in cli.ok("verify").out
    notes = [session["note"] for session in cli.log()]
    assert sorted(notes) == sorted(["of home", "", "on the road", "of laptop", "", "on the road"])
    numbers = [row["number"] for row in cli.ok("statement", "list", "--json").json["statements"]]
    assert sorted(numbers) == ["2026-0001", "2026-0002", "2026-B-0001", "2026-B-0002"]


def invoiced(cli: Cli, day: str, series: str) -> None:
    """A day with a deposit, its invoice of a statement, an expense and a credit."""
    (cli.home / "clients" / "acme.toml").write_text(ACME)
    numbers = '[invoice]\nseries = "FB{year}-{n:04}"\ncredit_series = "AB{year}-{n:04}"\n' if series else ""
    (cli.home / "settings.toml").write_text(SELLER.replace('"fr"', '"en"') + numbers)
    cli.now = at(f"{day} 18:00:00")
    cli.ok("invoice", "issue", "acme", "--deposit", "30%", "--line", "20h x120 API")
    cli.add("acme", f"{day} 8:00", "+9h")
    cli.ok("statement", "issue", "acme", *(("--series", series) if series else ()))
    final = cli.ok("invoice", "issue", "acme", "--statements", f"{series or 2026}-0001", "--json").json["documents"][0]
    cli.ok("invoice", "credit", final["number"], "--line", "1=1h")


def test_documents_of_two_homes_become_one(tmp_path, cli):
    laptop = home(tmp_path / "laptop", cli.home)
    invoiced(cli, "2026-11-24", "")
    invoiced(laptop, "2026-11-25", "2026-B")
    shutil.copytree(laptop.home / "documents", cli.home / "documents", dirs_exist_ok=True)
    with closing(open_log(cli.home / "clepsydra.db")) as log:
        merge(log, laptop.home / "clepsydra.db", "laptop")
        assert list(log.execute("PRAGMA foreign_key_check")) == []
    cli.now = laptop.now
    assert cli.ok("verify")
    assert len(cli.ok("invoice", "list", "--json").json["documents"]) == 6


@pytest.fixture
def merged(tmp_path, cli):
    """A home and what a laptop did, where both gave numbers of the same series before they knew of each other."""
    laptop = home(tmp_path / "laptop", cli.home)
    worked(cli, "2026-11-24")
    worked(laptop, "2026-11-25")
    with closing(open_log(cli.home / "clepsydra.db")) as log:
        merge(log, laptop.home / "clepsydra.db", "laptop", "Luc")
    cli.now = laptop.now
    return cli


def test_what_another_did_is_proven_here_too(merged):
    assert merged.ok("verify")
    with closing(sqlite3.connect(merged.home / "clepsydra.db")) as log:
        assert {row[0] for row in log.execute("SELECT DISTINCT person FROM session")} == {"", "Luc"}
        for sql in (
            "DROP TRIGGER journal_row_frozen",
            "UPDATE journal_row SET after = replace(after, 'of laptop', 'of nobody') WHERE device = 'laptop'",
        ):
            log.execute(sql)
        log.commit()
    answer = merged("verify")
    assert answer.code == 1
    assert "entry laptop 1 of the journal was changed" in answer.out


def test_undo_offers_own_changes_only(merged):
    with closing(open_log(merged.home / "clepsydra.db")) as log:
        [entry] = journal.undoable(log, 1)
        assert '"start {client}"' in entry.label or "start" in entry.label
        own = log.execute("SELECT count(*) FROM journal WHERE device = '' AND kind = 'change' AND undone = 0")
        [(count,)] = own.fetchall()
    for _ in range(count):
        merged.ok("undo")
    assert merged("undo").code == 1, "nothing of mine is left, whatever the laptop did"
    assert merged.ok("verify")


def test_a_timer_of_another_device_is_its_own_to_end(merged):
    """It does not run here, is never called unseen, and nothing here stops it."""
    [running] = merged.ok("status", "--json").json["running"]
    assert running["started_at"] == "2026-11-24T17:30:00Z"
    merged.ok("stop")
    merged.now += 3 * 86_400
    merged.ok("start", "acme")
    theirs = [s for s in merged.log() if s["ended_at"] is None and s["started_at"].startswith("2026-11-25")]
    assert [s["state"] for s in theirs] == ["running"]
    assert merged.ok("status", "--json").json["doubtful"] == []


def test_a_series_belongs_to_one_device(merged):
    """Another that has given its numbers too makes this one begin a series of its own, when the person says so."""
    merged.ok("stop")
    refused = merged("statement", "issue", "brel", "--yes")
    assert refused.code == 1
    assert "given by another device (laptop)" in refused.err
    assert "clepsydra statement issue brel --series 2026-B" in refused.err
    merged.ok("statement", "issue", "brel", "--series", "2026-B", "--yes")
    merged.add("brel", "2026-11-24 20:00", "2026-11-24 20:30")
    merged.ok("statement", "issue", "brel", "--yes")
    numbers = {row["number"] for row in merged.ok("statement", "list", "--json").json["statements"]}
    assert {"2026-B-0001", "2026-B-0002"} <= numbers
    assert merged.ok("verify")
    assert merged("statement", "issue", "brel", "--series", "a b", "--yes").code == 1


def test_a_copy_that_went_its_own_way_comes_back(tmp_path, cli):
    """What both have from before the copy is there once; the chain of the copy goes on from there."""
    cli.add("acme", "2026-11-23 9:00", "2026-11-23 10:00", "before the copy")
    laptop = Cli(tmp_path / "laptop")
    shutil.copytree(cli.home, laptop.home)
    worked(cli, "2026-11-24")
    worked(laptop, "2026-11-25", series="2026-B")
    with closing(open_log(cli.home / "clepsydra.db")) as log:
        merge(log, laptop.home / "clepsydra.db", "laptop")
    cli.now = laptop.now
    assert cli.ok("verify")
    assert [session["note"] for session in cli.log()].count("before the copy") == 1
    with closing(sqlite3.connect(cli.home / "clepsydra.db")) as log:
        log.execute("DROP TRIGGER journal_kept")
        log.execute("DROP TRIGGER journal_row_kept")
        [(first,)] = log.execute("SELECT min(n) FROM journal WHERE device = 'laptop'")
        log.execute("DELETE FROM journal_row WHERE device = 'laptop' AND entry = ?", (first,))
        log.execute("DELETE FROM journal WHERE device = 'laptop' AND n = ?", (first,))
        log.commit()
    assert f"entry laptop {first + 1} of the journal" in cli("verify").out


def test_a_row_that_comes_without_its_journal_is_named(merged):
    with closing(sqlite3.connect(merged.home / "clepsydra.db")) as log:
        log.execute(
            "INSERT INTO session (id, client, project, channel, started_at, ended_at, zone, day, logged_at, device) "
            "VALUES ('stray', 'acme', ?, 'work', 1, 2, 'Europe/Paris', 739000, 1, 'laptop')",
            (DEFAULT_PROJECT,),
        )
        log.commit()
    assert "session stray was changed without the journal" in merged("verify").out


def paid(cli: Cli, day: str, series: str, phone: Path) -> None:
    """What becomes of four invoices, and of two calls that a phone told: money, a plan, a promise, a dispute, a letter,
    a file of the bank of which a line pays and one is left out."""
    numbers = f'[invoice]\nseries = "F{series}{{year}}-{{n:04}}"\n'
    lists = f'[phone]\ncountry = "FR"\nlists = ["{phone}"]\n'
    (cli.home / "settings.toml").write_text(SELLER.replace('"fr"', '"en"') + numbers + lists)
    reached = '[contact]\nphone = ["+33 6 12 34 56 78", "+32474123456"]\n'
    (cli.home / "clients" / "acme.toml").write_text(ACME + reached)
    cli.now = at(f"{day} 18:00:00")
    first, second, third, fourth = (
        cli.ok("invoice", "issue", "acme", "--line", f"1 x{price} Travaux", "--json").json["documents"][0]["number"]
        for price in ("1000", "500", "300", "200")
    )
    cli.ok("receipt", "add", first, "200")
    cli.ok("plan", second, "2", "--from", "2026-12-31")
    cli.ok("promise", third, "2026-12-10")
    cli.ok("dispute", fourth, "wrong hours")
    cli.ok("receipt", "writeoff", fourth, "--reason", "settled")
    cli.ok("bank", "import", statement_of(phone, f"{day};VIR {first};1000,00;ACME SARL", "2026-11-20;VIR;50,00;X"))
    other, paying = cli.ok("bank", "list", "--json").json["lines"]
    cli.ok("bank", "match", "--accept", paying["id"], "--to", first)
    cli.ok("bank", "ignore", other["id"])
    taken, left, _ = cli.ok("evidence", day, "--json").json["happened"]
    cli.ok("evidence", "take", taken["id"])
    cli.ok("evidence", "leave", left["id"])
    cli.now = at("2027-02-10 09:00:00")
    cli.ok("remind", "draft", second)
    cli.ok("remind", "sent", second)


def statement_of(folder: Path, *rows: str) -> str:
    """A bank's file."""
    path = folder.parent / "bank.csv"
    path.write_text("Date;Libellé;Montant;Nom\n" + "".join(f"{row}\n" for row in rows))
    return str(path)


def test_money_and_evidence_of_two_homes_become_one(tmp_path, cli):
    laptop = home(tmp_path / "laptop", cli.home)
    for each, day, series in ((cli, "2026-11-24", ""), (laptop, "2026-11-25", "B")):
        paid(each, day, series, calls_of(each.home.parent / f"phone{series}", day))
    shutil.copytree(laptop.home / "documents", cli.home / "documents", dirs_exist_ok=True)
    shutil.copytree(laptop.home / "reminders", cli.home / "reminders", dirs_exist_ok=True)
    with closing(open_log(cli.home / "clepsydra.db")) as log:
        merge(log, laptop.home / "clepsydra.db", "laptop")
        assert list(log.execute("PRAGMA foreign_key_check")) == []
        both = {table: log.execute(f"SELECT count(DISTINCT device) FROM {table}").fetchone()[0] for table in MONEY}
    cli.now = laptop.now
    assert both == dict.fromkeys(MONEY, 2)
    assert cli.ok("verify")
    open_minor = {each["number"]: each["open_minor"] for each in cli.ok("invoice", "list", "--json").json["documents"]}
    assert all(
        open_minor[number] == open_minor[number.replace("F", "FB")] for number in open_minor if "B" not in number
    )


MONEY = ("receipt", "allocation", "plan_part", "promise", "dispute", "reminder", "bank_line", "bank_file",
         "evidence_decision")  # fmt: skip


def calls_of(folder: Path, day: str) -> Path:
    """A folder with a phone's list of calls."""
    folder.mkdir()
    times = {"jeanne": "12:41:07", "luc": "17:31:20", "maman": "19:45:00"}
    (folder / "calls.xml").write_text(
        CALLS.format(**{name: at(f"{day} {clock}") * 1000 for name, clock in times.items()})
    )
    return folder
