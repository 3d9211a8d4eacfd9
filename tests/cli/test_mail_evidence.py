"""Sent mail on the command line: who counts, whose it is, where its time lies; the log learns nothing of it."""

import sqlite3
from contextlib import closing

import pytest

from tests.cli.conftest import SETTINGS, Cli
from tests.clock import at
from tests.evidence.mailbox import DAY, instant, maildir

SECRETS = ("jeanne", "acme.fr", "brel.be", "conseil", "Re: API", "contrat", "Version 2")


@pytest.fixture
def mail(cli: Cli, tmp_path) -> Cli:
    """A home with a folder of sent mail, on the evening of its day."""
    cli.now = at(f"{DAY} 23:59:59")
    sent = maildir(tmp_path / "mail")
    (cli.home / "settings.toml").write_text(SETTINGS + f'[mail]\nme = ["moi@conseil.fr"]\nsent = ["{sent}"]\n')
    for slug, pattern in (("acme", "@acme.fr"), ("brel", "@brel.be")):
        with (cli.home / "clients" / f"{slug}.toml").open("a") as file:
            file.write(f'\n[contact]\nmail = ["{pattern}"]\n')
    return cli


def happened(cli):
    return cli.ok("evidence", DAY, "--json").json["happened"]


def written(cli):
    """Every text of the log."""
    with closing(sqlite3.connect(cli.home / "clepsydra.db")) as log:
        return "\n".join(log.iterdump())


def test_eight_of_ten_count_two_clients_are_asked_and_a_false_friend_is_nobodys(mail):
    found = happened(mail)
    assert [each["words"] for each in found] == [57, 30, 12, 190, 95, 80, 33, 25]
    assert [each["clients"] for each in found] == [
        ["acme"], ["acme", "brel"], ["acme"], ["acme"], [], [], ["brel"], ["brel"],
    ]  # fmt: skip
    assert "two_clients" in found[1]["asked"]
    assert [each["state"] for each in found[4:6]] == ["stranger", "stranger"]
    assert {each["sources"][0] for each in found} == {"mail"}


def test_a_mail_taken_is_a_touch_that_ends_when_it_was_sent(mail):
    mail.add("acme", f"{DAY} 9:00", f"{DAY} 10:00")
    mail.add("brel", f"{DAY} 10:00", f"{DAY} 12:00")
    early, _, inside, others, *_ = happened(mail)
    assert [each["state"] for each in (early, inside, others)] == ["open", "covered", "open"]
    assert others["asked"] == ["others_time"]
    touch = mail.ok("evidence", "take", early["id"], "--json").json["session"]
    sent = instant("08:40:00").timestamp()
    assert (touch["exact_seconds"], touch["channel"], touch["note"]) == (300, "message", "Re: API")
    assert touch["ended_at"] == f"{DAY}T07:40:00Z"
    assert mail("evidence", "take", inside["id"]).code == 1
    assert mail.ok("verify")
    assert sent == at(f"{DAY} 08:40:00")


def test_the_log_learns_nothing_of_a_mail_that_is_not_taken(mail):
    mail.add("acme", f"{DAY} 9:00", f"{DAY} 10:00")
    before = written(mail)
    found = happened(mail)
    mail.ok("evidence", "strangers", DAY)
    assert written(mail) == before
    mail.ok("evidence", "leave", found[0]["id"])
    assert not any(secret in written(mail) for secret in SECRETS)
    assert happened(mail)[0]["state"] == "left"
