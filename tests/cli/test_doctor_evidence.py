"""doctor evidence: what may be opened, how it stands, what to do; what is off is named and not opened."""

import pytest

from tests.evidence.fake_line import SERVICE, FakeLine, private_bus
from tests.evidence.mailbox import maildir


def told(cli):
    return {
        (check["source"], check["opens"]): (check["state"], check["mend"])
        for check in cli.ok("doctor", "evidence", "--json").json["evidence"]
    }


def settings(cli, text):
    cli.home.mkdir(parents=True, exist_ok=True)
    (cli.home / "settings.toml").write_text(text)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_everything_that_is_off_is_named_with_what_switches_it_on(cli, language):
    settings(cli, "")
    found = told(cli)
    assert {state for state, _ in found.values()} == {"off"}
    assert found["line", "session bus: org.pipewire.Telephony"] == ("off", "[phone] line = true")
    assert found["presence", "system bus: org.freedesktop.login1"] == ("off", "[presence] lock = true")
    assert "org.bluez" in cli.ok("--language", language, "doctor", "evidence").out


def test_folders_of_mail_are_proposed_once_the_person_told_their_address(cli, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    sent = maildir(tmp_path / "Mail" / "conseil")
    settings(cli, "")
    assert ("mail", str(sent)) not in told(cli)
    settings(cli, '[mail]\nme = ["moi@conseil.fr"]\n')
    state, mend = told(cli)["mail", str(sent)]
    assert state == "proposed"
    settings(cli, f'{mend.replace(" ", chr(10), 1)}\nreceived = ["{tmp_path / "none"}", "{tmp_path}"]\n')
    found = told(cli)
    assert found["mail", str(sent)] == ("read", None)
    assert [found["mail", str(path)][0] for path in (tmp_path / "none", tmp_path)] == ["missing", "refused"]


def test_a_line_without_a_bus_is_one_sentence(cli, monkeypatch, tmp_path):
    for name in ("SESSION", "SYSTEM"):
        monkeypatch.setenv(f"DBUS_{name}_BUS_ADDRESS", f"unix:path={tmp_path}/none")
    settings(cli, "[phone]\nline = true\n")
    checks = cli.ok("doctor", "--json").json["checks"]
    assert [check["grade"] for check in checks if check["check"] == "line"] == ["note"]
    assert {state for (source, _), (state, _) in told(cli).items() if source == "line"} == {"missing"}


def test_who_answers_on_the_bus_is_told(cli, monkeypatch):
    settings(cli, "[phone]\nline = true\n")
    with private_bus(monkeypatch) as address:
        line = FakeLine(address)
        found = told(cli)
        assert found["line", f"session bus: {SERVICE}"][0] == "read"
        assert found["line", "system bus: org.bluez"][0] == "silent"
        checks = cli.ok("doctor", "--json").json["checks"]
        assert [check["grade"] for check in checks if check["check"] == "line"] == ["good"]
        line.die()
