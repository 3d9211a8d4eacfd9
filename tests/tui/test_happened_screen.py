"""What happened, on the screen: calls of a phone's list and mails in one list, each with one key."""

import pytest

from clepsydra.domain.session import Source
from clepsydra.settings.home import Home
from clepsydra.store import sessions
from clepsydra.tui.app import Clepsydra
from tests.clock import at
from tests.tui.frames import frame, idle, watch

NOW = at("2026-11-24 17:00:00")

SETTINGS = """language = "{lang}"
time_zone = "Europe/Paris"
[calls]
evidence = "off"
[phone]
country = "FR"
lists = ["lists"]
[mail]
me = ["moi@conseil.fr"]
sent = ["Sent"]
"""

ACME = """# mine
name = "Acme SARL"
currency = "EUR"
[contact]  # how they call
phone = ["+33 6 12 34 56 78"]
mail = ["@acme.fr"]
[[rates]]
hourly = "140.00"
"""

RULE = '[[decide]]\nwhen = { evidence = "call", over = "1m" }\nthen = { take = "close" }\n'


@pytest.fixture
def home(tmp_path):
    for folder in ("clients", "lists", "Sent/cur"):
        (tmp_path / folder).mkdir(parents=True)
    calls = [("+33612345678", "12:41:12", 754), ("+33699887766", "13:45:00", 610)]
    rows = "".join(
        f'<call number="{number}" duration="{seconds}" date="{at(f"2026-11-24 {when}") * 1000}" type="1" />'
        for number, when, seconds in calls
    )
    (tmp_path / "lists" / "calls.xml").write_text(f'<calls count="2">{rows}</calls>')
    for n, (when, to) in enumerate([("08:40", "jeanne@acme.fr"), ("09:20", "paul@acme.fr")]):
        mail = f"Date: Tue, 24 Nov 2026 {when}:00 +0100\nFrom: moi@conseil.fr\nTo: {to}\nMessage-ID: <{n}@x>\n\nBonjour"
        (tmp_path / "Sent" / "cur" / f"{at(f'2026-11-24 {when}:00')}.{n}:2,S").write_text(mail)
    (tmp_path / "clients" / "acme.toml").write_text(ACME)
    return Home(tmp_path)


def played(home, *keys, lang="en", size=(120, 40), screen="i"):
    """Press keys once the files were read, and `wait` for those of another day; returns the screen and the sessions."""
    home.settings_file.write_text(SETTINGS.format(lang=lang))
    app = Clepsydra(home, {}, clock=lambda: NOW, monotonic=lambda: NOW)

    async def scenario(pilot):
        await pilot.press(screen)
        await idle(app)
        await pilot.pause()
        for key in keys:
            if key == "wait":
                await idle(app)
            else:
                await pilot.press(key)
            await pilot.pause()
        said = [" ".join(note.message.split()) for note in app._notifications]
        lines = "\n".join([*frame(app.screen), *said]).replace("\u00a0", " ").replace("\u202f", " ")
        return lines, [(s.client, s.source, s.exact_seconds(NOW)) for s in sessions.select(app.ledger.db)]

    return watch(app, scenario, size)


def test_all_evidence_of_the_day_is_one_list(home):
    lines, made = played(home, "s")
    for words in (
        "12:41–12:53",
        "€29.32",
        "2 mails to Acme SARL: 2 in free time",
        "+33 6 … 66",
        "3 to decide · 0h 22m",
    ):
        assert words in lines
    assert made == []
    french, _ = played(home, lang="fr", size=(80, 24))
    assert "Ce qui s’est passé" in french
    assert "29,32 €" in french


def test_where_there_is_no_call_and_nothing_of_nobodys_the_key_says_so(home):
    lines, _ = played(home, "left", "wait", "s")
    assert "There is no call here to cut in two" in lines


def test_what_rules_are_ready_for_is_taken_at_once_and_a_mail_by_enter(home):
    file = home.client_file("acme")
    file.write_text(ACME + RULE)
    lines, made = played(home, "A", "space", "down", "enter")
    assert sorted(made) == [("acme", Source.RULE, 754), ("acme", Source.TOUCH, 300)]
    assert "1 to decide · 0h 05m" in lines
    lines, made = played(home, "u", "u", "A")
    assert made == []
    assert "rule 1 of acme · refused before" in lines


def test_a_rule_is_made_of_what_happened_and_every_comment_stays(home):
    lines, _ = played(home, "R")
    assert 'with = "+33612345678"' in lines
    assert "1, 0h 12m, €29.32" in lines
    lines, made = played(home, "R", "y")
    written = home.client_file("acme").read_text()
    assert written.startswith(ACME)
    assert written.count("[[decide]]") == 1
    assert "● 12:41–12:53" in lines
    assert made == []


def test_the_close_of_a_day_asks_first_what_rules_took(home):
    home.client_file("acme").write_text(ACME + RULE)
    lines, made = played(home, screen="r")
    assert "taken by rules · 1: Acme SARL 12:41" in lines
    assert made == []
    _, made = played(home, "enter", screen="r")
    assert made == [("acme", Source.RULE, 754)]
    lines, made = played(home, "u")
    assert made == []
    assert "rule 1 of acme · refused before" in lines


def test_what_was_unticked_stays_a_question(home):
    home.client_file("acme").write_text(ACME + RULE)
    lines, made = played(home, "space", "space", "enter", screen="r")
    assert made == []
    assert "taken by rules" not in lines
    assert "rule 1 of acme · refused before" in played(home)[0]


def test_a_rule_at_once_shows_its_dry_run_first_and_then_takes(home):
    home.settings_file.write_text(SETTINGS.format(lang="en"))
    home.client_file("acme").write_text(ACME + RULE.replace("close", "now"))
    app = Clepsydra(home, {}, clock=lambda: NOW, monotonic=lambda: NOW)

    async def scenario(pilot):
        app.tick()
        await idle(app)
        await pilot.pause()
        asked, before = "\n".join(frame(app.screen)).replace("\u00a0", " "), list(sessions.select(app.ledger.db))
        await pilot.press("y")
        await idle(app)
        await pilot.pause()
        return asked, before, [(s.client, s.source) for s in sessions.select(app.ledger.db)]

    asked, before, after = watch(app, scenario, (120, 40))
    assert "1, 0h 12m, €29.32" in asked
    assert before == []
    assert after == [("acme", Source.RULE)]


def test_the_telephones_list_is_asked_for_by_a_key_and_what_came_is_said(home, monkeypatch):
    """Without an address it says what to write; the vCards themselves come over a bus, which other tests speak."""

    def said() -> str:
        return played(home, "B", "wait")[0]

    assert '[phone] bluetooth = "AA:BB:CC:DD:EE:FF"' in said()
    monkeypatch.setattr("clepsydra.ledger.evidence.fetching.fetched", lambda _: b"")
    monkeypatch.setitem(globals(), "SETTINGS", SETTINGS.replace("[phone]", '[phone]\nbluetooth = "00:11:22:33:44:55"'))
    assert "No call of clients is new" in said()


def test_any_day_is_walked_to_and_the_last_weeks_are_one_list(home):
    """A day without anything teaches; what waits of yesterday is found by the day's keys, and by one for all weeks."""
    yesterday = home.path / "lists" / "calls.xml"
    yesterday.write_text(yesterday.read_text().replace(str(at("2026-11-24 12:41:12")), str(at("2026-11-23 12:41:12"))))
    today, _ = played(home)
    assert "12:41" not in today
    lines, made = played(home, "left", "wait", "enter")
    assert "What happened · 23 Nov" in lines
    assert made == [("acme", Source.CALL, 754)]
    empty, _ = played(home, "left", "left", "wait", lang="fr", size=(80, 24))
    for words in ("Ce qui s’est passé · 22 nov.", "← → autres jours", "À qui : l’écran d’un client"):
        assert words in empty
    weeks, _ = played(home, "u", "w", "wait")
    for words in ("the last four weeks", "23 Nov 12:41–12:53", "08:40–09:20", "3 to decide · 0h 22m"):
        assert words in weeks
    assert "What happened · 23 Nov" in played(home, "left", "i", "wait", screen="r")[0]


def test_why_is_left_by_enter_too(home):
    lines, made = played(home, "v", "enter")
    assert "Why" not in lines
    assert made == []
