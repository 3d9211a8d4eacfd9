"""Changed files are noticed; a broken one leaves its last good state in force."""

import os
from dataclasses import replace
from datetime import time

import pytest

from clepsydra.settings.home import write_private
from clepsydra.settings.problems import ProblemKind
from clepsydra.settings.watch import Catalogue, Watch


@pytest.fixture
def catalogue(home):
    home.settings_file.write_text('currency = "CHF"')
    home.client_file("acme").write_text('name = "Acme"')
    home.client_file("brel").write_text('name = "Brel"')
    return Catalogue(home, {})


def test_nothing_changed(home, catalogue):
    watch = Watch(home)
    assert not watch.changed()
    home.database.write_text("")
    home.client_file("acme").with_suffix(".txt").write_text("")
    assert not watch.changed()


@pytest.mark.parametrize(
    "change",
    [
        lambda home: home.client_file("new").write_text("x"),
        lambda home: home.client_file("acme").unlink(),
        lambda home: home.client_file("acme").write_text('name = "Acne!"'),
        lambda home: write_private(home.client_file("acme"), b'name = "Amce"'),
        lambda home: home.settings_file.write_text(""),
        lambda home: home.settings_file.unlink(),
        lambda home: (home.themes_dir / "mine.toml").write_text(""),
        lambda home: os.utime(home.settings_file, ns=(1, 1)),
    ],
)
def test_a_change_is_told_once(home, catalogue, change):
    watch = Watch(home)
    change(home)
    assert watch.changed()
    assert not watch.changed()


def test_a_home_that_does_not_exist_yet(home):
    empty = replace(home, root=home.path / "later")
    watch = Watch(empty)
    assert not watch.changed()
    empty.ensure()
    empty.settings_file.write_text("")
    assert watch.changed()


def test_changes_are_read(home, catalogue):
    write_private(home.client_file("acme"), b'name = "Acme SA"')
    home.client_file("brel").unlink()
    home.client_file("carl").write_text('name = "Carl"')
    catalogue.reload()
    assert catalogue.problems == ()
    assert [(slug, client.name) for slug, client in catalogue.clients.items()] == [
        ("own", ""),
        ("acme", "Acme SA"),
        ("carl", "Carl"),
    ]


def test_what_did_not_change_is_not_read_again(home, catalogue):
    before = catalogue.clients["brel"]
    write_private(home.client_file("acme"), b'name = "Acme SA"')
    catalogue.reload()
    assert catalogue.clients["brel"] is before


def test_a_broken_client_keeps_its_last_good_state(home, catalogue):
    write_private(home.client_file("acme"), b'name = "Acme"\ncurrency = "x"')
    catalogue.reload()
    catalogue.reload()
    assert catalogue.clients["acme"].currency == "CHF"
    (problem,) = catalogue.problems
    assert (problem.file, problem.line, problem.key) == (home.client_file("acme"), 2, "currency")
    write_private(home.client_file("acme"), b'name = "Acme"\ncurrency = "USD"')
    catalogue.reload()
    assert catalogue.problems == ()
    assert catalogue.clients["acme"].currency == "USD"


def test_a_client_that_was_never_good_is_missing(home, catalogue):
    home.client_file("carl").write_text("name = ")
    catalogue.reload()
    assert "carl" not in catalogue.clients
    assert len(catalogue.problems) == 1


def test_a_broken_client_that_is_removed_is_gone(home, catalogue):
    write_private(home.client_file("acme"), b"name =")
    catalogue.reload()
    home.client_file("acme").unlink()
    catalogue.reload()
    assert "acme" not in catalogue.clients


def test_a_broken_client_keeps_its_last_good_state_over_a_restart(home, catalogue):
    write_private(home.client_file("acme"), b"name =")
    later = Catalogue(home, {})
    assert later.clients["acme"].name == "Acme"
    assert len(later.problems) == 1
    copy = home.kept_dir / "acme.toml"
    assert (copy.read_text(), copy.stat().st_mode & 0o777) == ('name = "Acme"', 0o600)
    assert home.kept_dir.stat().st_mode & 0o777 == 0o700


def test_a_client_of_the_log_whose_file_is_gone_counts_as_it_last_was(home, catalogue):
    home.client_file("acme").unlink()
    home.client_file("brel").unlink()
    later = Catalogue(home, {})
    later.expect(lambda: ["acme", "own"])
    assert list(later.clients) == ["own", "acme"]
    (problem,) = later.problems
    assert (problem.message_id, problem.file, problem.warning) == (ProblemKind.GONE, home.client_file("acme"), False)
    write_private(home.client_file("acme"), b'name = "Acme SA"')
    later.reload()
    assert (later.clients["acme"].name, later.problems) == ("Acme SA", ())


@pytest.mark.parametrize("name", ["../settings", "", "."])
def test_a_name_that_no_file_can_have_reads_no_file(home, catalogue, name):
    home.settings_file.write_text('name = "x"')
    catalogue.expect(lambda: [name])
    assert list(catalogue.clients) == ["own", "acme", "brel"]


def test_a_disk_that_takes_no_copy_keeps_nobody_from_reading(home):
    home.kept_dir.write_text("not a folder")
    home.client_file("acme").write_text('name = "Acme"')
    assert "acme" in Catalogue(home, {}).clients


def test_broken_settings_keep_their_last_good_state(home, catalogue):
    write_private(home.settings_file, b'currency = "x"\nday_starts_at = "04:00"')
    catalogue.reload()
    assert catalogue.settings.currency == "CHF"
    assert catalogue.settings.day_starts_at == time(0)
    assert catalogue.clients["acme"].currency == "CHF"
    assert len(catalogue.problems) == 1


def test_broken_settings_keep_their_last_good_state_over_a_restart(home, catalogue):
    for broken in (b"currency = ", b'currency = "x"', b"\xff"):
        write_private(home.settings_file, broken)
        later = Catalogue(home, {})
        assert later.settings.currency == "CHF"
        assert [problem.file for problem in later.problems] == [home.settings_file]


def test_settings_that_were_never_good_stand_at_their_defaults(home):
    home.settings_file.write_text('currency = "x"\nday_starts_at = "04:00"')
    catalogue = Catalogue(home, {})
    assert (catalogue.settings.currency, catalogue.settings.day_starts_at) == ("EUR", time(4))


def test_new_settings_reach_every_client_even_a_broken_one(home, catalogue):
    write_private(home.client_file("acme"), b"name =")
    write_private(home.settings_file, b'currency = "USD"\nday_starts_at = "04:00"')
    catalogue.reload()
    assert {client.currency for client in catalogue.clients.values()} == {"USD"}
