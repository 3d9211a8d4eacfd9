"""A paired telephone's list of calls, asked for over a real bus: it names what is known, and nothing of it stays."""

import pytest

from tests.cli.conftest import Cli
from tests.clock import at
from tests.evidence import phone_samples as samples
from tests.evidence.fake_line import FakeObex, private_bus

TELEPHONE = "AA:BB:CC:00:11:22"
CAME, _, _ = (f"BEGIN:VCARD{card}" for card in samples.CARDS.split("BEGIN:VCARD")[1:])
WENT = samples.CARDS.replace("0612345678", "0699887766").replace("RECEIVED", "DIALED")


@pytest.fixture
def phones(tmp_path):
    home = tmp_path / "home"
    samples.home(home, tmp_path / "none")
    text = (home / "settings.toml").read_text().replace("[phone]", f'[phone]\nbluetooth = "{TELEPHONE.lower()}"')
    (home / "settings.toml").write_text(text)
    cli = Cli(home)
    cli.now = at(f"{samples.DAY} 20:30:00")
    return cli


def test_it_names_a_call_that_a_masked_list_told_and_keeps_no_number(phones, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    with (phones.home / "settings.toml").open("a") as file:
        file.write('[[phone.tables]]\nfiles = "masked.csv"\nwhen = ["Begin"]\nnumber = "With"\nlength = "Length"\n')
    (tmp_path / "masked.csv").write_text(f"Begin;With;Length\n{samples.DAY} 12:41:10;06123456XX;750\n")
    phones.ok("import", str(tmp_path / "masked.csv"))
    with private_bus(monkeypatch) as address:
        obexd = FakeObex(address, TELEPHONE, {"ich": CAME, "och": WENT})
        done = phones.ok("evidence", "fetch", "--json").json
        obexd.die()
    assert {name: count for name, count in done["calls"].items() if count} == {"known": 1}  # what was dialled: unknown
    assert [name for name in obexd.asked if name != "GetAll"] == [
        "CreateSession", "Select", "PullAll", "Select", "PullAll", "RemoveSession",
    ]  # fmt: skip
    (call,) = phones.ok("calls", "--json").json["calls"]
    assert call["evidence"] == ["bluetooth", "operator"]
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("clepsydra-")] == []
    log = b"".join(path.read_bytes() for path in phones.home.glob("clepsydra.db*"))
    assert [secret for secret in samples.SECRETS if secret.encode() in log] == []
    phones.ok("verify")
    phones.ok("undo")
    assert phones.ok("calls", "--json").json["calls"][0]["evidence"] == ["operator"]


def test_what_keeps_it_from_being_had_is_one_sentence(phones, monkeypatch, tmp_path):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/none")
    assert "no local bus" in phones("evidence", "fetch").err
    with private_bus(monkeypatch) as address:
        assert "The name org.bluez.obex was not provided" in phones("evidence", "fetch").err
        obexd = FakeObex(address, "00:00:00:00:00:00", {})
        answer = phones("evidence", "fetch")
        assert (answer.code, answer.out) == (1, "")
        assert "Unable to find service record" in answer.err
        obexd.die()
    settings = phones.home / "settings.toml"
    settings.write_text(settings.read_text().replace(TELEPHONE.lower(), ""))
    assert '[phone] bluetooth = "AA:BB:CC:DD:EE:FF"' in phones("evidence", "fetch").err
    settings.write_text(settings.read_text().replace('bluetooth = ""', 'bluetooth = "my phone"'))
    assert "the address of a paired telephone" in phones("clients", "list").err
