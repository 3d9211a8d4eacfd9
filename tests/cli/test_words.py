"""Help, completion, both languages, hostile text, and the process as a shell sees it."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from clepsydra.cli.commands import MODULES
from clepsydra.cli.help import all_commands
from clepsydra.cli.output import cut, plain, table, width
from clepsydra.cli.parsing import EVERYWHERE, VERSION
from clepsydra.language.translator import translator

ROOT = Path(__file__).parents[2]

HOSTILE = [
    "[/red] [bold]",
    "=cmd()|' /C calc'!A0",
    "\x1b[2J\x1b]0;title\x07",
    "\x9b31mred",
    "emoji 👩‍👩‍👧 and 日本語",
    "\u202egnp.exe",
    "line\nbreak\ttab\x00nul",
    "x" * 10_000,
    "'; DROP TABLE session; --",
    "{braces} %s {0}",
]


def everything():
    """Every command and every member of a family."""
    for command in all_commands():
        yield command
        yield from command.commands


@pytest.mark.parametrize("note", HOSTILE)
def test_hostile_notes_are_kept_and_shown_harmlessly(cli, note):
    cli.ok("add", "acme", "9:00", "10:00", "--", note)
    assert cli.log()[0]["note"] == note
    session = cli.log()[0]["id"]
    answers = [
        cli.ok("log"),
        cli.ok("edit", session, "--note", note),
        cli.ok("statement", "preview", "acme"),
        cli.ok("statement", "preview", "acme", "--markdown"),
        cli.ok("remove", session),
        cli.ok("undo"),
        cli.ok("start", "acme", note),
        cli.ok("status"),
    ]
    for answer in answers:
        text = answer.out + answer.err
        assert not any((ord(char) < 32 and char != "\n") or 0x7F <= ord(char) < 0xA0 for char in text)
        assert "\u202e" not in text


def test_hostile_words_in_refusals_are_harmless(cli):
    answer = cli("start", "\x1b[31mred")
    assert answer.code == 1
    assert "\x1b" not in answer.err
    assert "\x1b" not in cli("\x1b[31m").err
    assert "\x1b" not in cli("start", "--\x1b[31m").err


def test_plain_draws_what_terminals_obey():
    assert plain("a\x1b\x07\x7f\x9b\u202e\u2028b") == "a······b"
    assert plain("è 日本 👩‍👩‍👧") == "è 日本 👩‍👩‍👧"


def test_tables_are_aligned_by_cells():
    lines = table([("日本", "1"), ("abc", "22")], frozenset({1}))
    assert lines == ["日本   1", "abc   22"]
    assert (width("日本"), width("e\u0301"), cut("日本語", 4)) == (4, 1, "日…")


def test_every_command_explains_itself_in_both_languages(cli):
    for command in all_commands():
        for words in ([], *([member.name] for member in command.commands)):
            english = cli.ok(command.name, *words, "--help").out
            french = cli.ok(command.name, *words, "--help", "--language", "fr").out
            assert all(width(line) <= 80 for line in (english + french).splitlines())
            assert english.startswith("usage: clepsydra " + " ".join([command.name, *words]))
            assert french.startswith("usage : clepsydra " + " ".join([command.name, *words]))


def test_every_word_of_the_help_is_translated():
    french = translator("fr")
    sentences = {option.help for option in (*EVERYWHERE, VERSION)}
    for command in everything():
        sentences |= {command.summary, command.notes}
        sentences |= {each.help for each in (*command.options, *command.arguments)}
    untranslated = [sentence for sentence in sentences if sentence and french.t(sentence) == sentence]
    assert untranslated == []


def test_the_overview_lists_every_command(cli):
    out = cli.ok("--help").out
    assert all(f"  {name} " in out for name in MODULES)
    assert cli.ok("--version").out.startswith("clepsydra ")


def test_refusals_speak_the_language_asked_for(cli):
    (cli.home / "settings.toml").write_text('language = "fr"\n')
    assert cli("start", "acmi").err.startswith("clepsydra: il n’y a pas de client")
    assert cli("start", "acmi", "--language", "en").err.startswith("clepsydra: there is no client")
    assert "option" in cli("start", "--nonsense").err
    assert "there is no option" not in cli("start", "--nonsense").err
    (cli.home / "settings.toml").write_text("")
    cli.environ["LANG"] = "fr_FR.UTF-8"
    assert cli.ok("status").out.startswith("rien")


def test_options_for_all_may_stand_before_or_behind(cli, tmp_path):
    other = str(tmp_path / "other")
    cli.ok("--home", other, "clients", "new", "Acme")
    assert "Acme" in cli.ok("clients", "--home", other).out
    assert "Acme" in cli.ok(f"--home={other}", "clients").out
    assert (tmp_path / "other" / "clients" / "acme.toml").exists()
    assert cli("--home").code == 2
    assert cli("--language", "de", "status").code == 2


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "tcsh"])
def test_completion_knows_every_command(cli, shell):
    script = cli.ok("completion", shell).out
    assert all(name in script for name in MODULES)
    assert "clepsydra completion names" in script


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")
def test_bash_completes_clients_and_projects(cli, tmp_path):
    (tmp_path / "clepsydra").write_text(f'#!/bin/sh\nexec {sys.executable} -m clepsydra "$@"\n')
    (tmp_path / "clepsydra").chmod(0o700)
    asked = 'source /dev/stdin; COMP_WORDS=(clepsydra start ac); COMP_CWORD=2; _shtab_clepsydra; echo "${COMPREPLY[@]}"'
    said = subprocess.run(
        ["bash", "-c", asked], input=cli.ok("completion", "bash").out, capture_output=True, encoding="utf-8",
        env=environment(cli.home, PATH=f"{tmp_path}:{os.environ['PATH']}"),
    )  # fmt: skip
    assert said.stdout.split() == [line for line in cli.ok("completion", "names").out.split() if line.startswith("ac")]


def environment(home, **more):
    """What a process sees: this checkout, the home, and no settings of the machine's."""
    own = {"PYTHONPATH": str(ROOT / "app"), "CLEPSYDRA_HOME": str(home), "LANG": "C.UTF-8", "TERM": "dumb"}
    return {**os.environ, **own, **more}


def run(home, *words, **more):
    """The command line as a process of its own."""
    command = [sys.executable, "-m", "clepsydra", *words]
    return subprocess.run(command, env=environment(home, **more), capture_output=True, encoding="utf-8")


WITHOUT = {
    *(
        "argparse",
        "babel",
        "dataclasses",
        "dateutil",
        "decimal",
        "fractions",
        "gettext",
        "hashlib",
        "inspect",
        "rich",
        "sqlite_utils",
        "textual",
        "tomlkit",
    ),
    *("clepsydra.domain.billing", "clepsydra.domain.terms", "clepsydra.settings.load"),
}
"""What no verb typed all day may load: each costs a good part of the whole verb."""

LOADED = """
import sys
from clepsydra.cli import main
code = main.run()
print(code, *sys.modules, file=sys.stderr)
"""


@pytest.mark.parametrize("words", [["status"], ["start", "acme"], ["switch", "acme/api"], ["stop"]])
def test_verbs_typed_all_day_load_little(cli, words):
    cli.now = int(time.time())  # the process has the machine's clock
    cli.ok("clients")  # a file that is new is read in full, once
    cli.ok("start", "brel", "--at", "-1h")
    command = [sys.executable, "-c", LOADED, *words]
    ended = subprocess.run(command, env=environment(cli.home), capture_output=True, encoding="utf-8", check=True)
    code, *modules = ended.stderr.split()
    assert code == "0"
    assert set(modules) & WITHOUT == set()


def test_the_process_exits_as_the_contract_says(cli):
    assert run(cli.home, "start", "acme", "été 日本").returncode == 0
    assert "été 日本" in run(cli.home, "status").stdout
    assert run(cli.home, "start", "nobody").returncode == 1
    assert run(cli.home, "start").returncode == 2
    assert run(cli.home, "--version").stdout.startswith("clepsydra ")


def test_a_reader_that_goes_away_is_no_fault(cli):
    for hour in range(1, 9):
        cli.add("acme", f"{hour}:00", f"{hour}:30", "x" * 9000)
    command = f"{sys.executable} -m clepsydra log --json | head -c 10"
    ended = subprocess.run(["/bin/sh", "-c", command], env=environment(cli.home), capture_output=True, text=True)
    assert ended.stderr == ""


def test_a_full_disk_is_one_line_and_loses_nothing(cli):
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    cli.add("acme", "9:00", "10:00")
    command = f"{sys.executable} -m clepsydra log > /dev/full"
    ended = subprocess.run(["/bin/sh", "-c", command], env=environment(cli.home), capture_output=True, text=True)
    assert ended.returncode == 1
    assert "the disk is full" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert len(cli.log()) == 1


def test_a_fault_of_the_program_is_one_line_with_its_details_in_a_file(cli, monkeypatch):
    def broken(*arguments):
        raise RuntimeError("what a pity")

    monkeypatch.setattr("clepsydra.store.sessions.count", broken)
    cli.ok("status")
    answer = cli("log")
    assert answer.code == 1
    assert answer.err.count("\n") == 1
    assert "RuntimeError: what a pity" in answer.err
    assert "builtins.RuntimeError" in (cli.home / "clepsydra.log").read_text()


def test_streams_that_cannot_say_a_character_show_its_code(cli):
    cli.ok("start", "acme", "été")
    assert "\\xe9t\\xe9" in run(cli.home, "status", PYTHONIOENCODING="ascii").stdout
