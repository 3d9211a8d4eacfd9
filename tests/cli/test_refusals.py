"""What is refused, and that it is said of a client by the name people know."""

import pytest


@pytest.mark.parametrize("typed", ["-5", "-5m", "0", "−1h10"])
def test_a_touch_takes_no_length_that_is_not_above_zero(cli, typed):
    answer = cli("touch", "acme", typed)
    assert (answer.code, "above zero" in answer.err) == (2, True)
    assert cli.log() == []


def test_a_note_may_begin_with_a_dash(cli):
    cli.ok("touch", "acme", "- asked about the login")
    assert cli.log()[0]["note"] == "- asked about the login"


def test_a_write_off_that_never_was_cannot_be_taken_back(cli):
    session = cli.add("acme", "9:00", "10:00")["id"]
    answer = cli("write-off", session, "--reason", "")
    assert answer.code == 1
    assert "was not written off" in answer.err
    cli.ok("write-off", session, "--reason", "a favour")
    assert "to be billed again" in cli.ok("write-off", session, "--reason", "").out


def test_refusals_call_clients_by_their_names(cli):
    assert "Acme SARL has nothing to bill" in cli("statement", "issue", "acme").err
    assert "Acme SARL has nothing to bill on" in cli("agree", "acme", "2026-11-02", "2h").err
    assert "Acme SARL has no project" in cli("start", "acme/none").err
    cli.ok("start", "acme")
    assert "Acme SARL began after that" in cli("stop", "--at", "-10m").err
    assert "Acme SARL is already running" in cli("start", "acme").err


def test_labels_are_set_as_their_language_sets_them(cli):
    assert "Name: Acme SARL\n" in cli.ok("clients", "show", "acme").out
    assert "Nom : Acme SARL\n" in cli.ok("--language", "fr", "clients", "show", "acme").out


@pytest.mark.parametrize("word", ["nan", "-nan", "inf", "1e9999", " ", "soon", "0.9.1", "9" * 40])
@pytest.mark.parametrize(
    "words",
    [
        ["invoice", "issue", "acme", "--line", "1 x100 Audit", "--rate"],
        ["expense", "add", "acme", "10", "Train", "--margin"],
        ["simulate", "--hourly"],
    ],
    ids=["rate of exchange", "margin", "simulated rate"],
)
def test_a_word_where_a_number_belongs_is_wrong_usage(cli, words, word):
    answer = cli(*words, word)
    assert (answer.code, answer.err.count("\n")) == (2, 1)
    assert word in answer.err


@pytest.mark.parametrize("word", ["", " ", "\n"])
def test_a_scope_of_no_word_is_wrong_usage(cli, word):
    answer = cli("scope", word)
    assert (answer.code, "say whether it is in, out, unsure" in answer.err) == (2, True)
