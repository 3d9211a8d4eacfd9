"""A file of another program is brought in from the app: its path, a preview, one key, one undo."""

from datetime import date
from pathlib import Path

import pytest

from clepsydra.ledger import history
from clepsydra.ledger.calls.inbox import inbox
from clepsydra.ledger.verify import verify
from clepsydra.settings.home import Home
from clepsydra.store import sessions
from tests.evidence import phone_samples
from tests.tui.frames import frame, watch
from tests.tui.sample_app import opened

SAMPLES = Path(__file__).parents[1] / "exchange" / "doors" / "samples"
SETTINGS = 'time_zone = "Europe/Paris"\n'
ACME = 'name = "Acme SARL"\ncurrency = "EUR"\ntime_zone = "Europe/Paris"\n[[rates]]\nfrom = 2020-01-01\nhourly = "90"\n'


@pytest.fixture
def home(tmp_path):
    made = Home(tmp_path / "home")
    made.ensure()
    made.settings_file.write_text(SETTINGS)
    made.client_file("acme").write_text(ACME)
    return made


async def brought(pilot, file: str, *keys: str) -> str:
    await pilot.press("f4")
    await pilot.pause()
    pilot.app.screen.query_one("Input").value = str(SAMPLES / file)
    await pilot.press("enter")
    await pilot.pause()
    for key in keys:
        await pilot.press(key)
        await pilot.pause()
    await pilot.pause()
    return "\n".join(frame(pilot.app.screen)).replace("\u00a0", " ").replace("\u202f", " ")


def went(tui, file: str, *keys: str, size=(110, 36)) -> str:
    return watch(tui, lambda pilot: brought(pilot, file, *keys), size)


def held(tui) -> int:
    return sessions.count(tui.ledger.db)


def test_a_preview_says_for_whom_and_what_is_open_and_writes_nothing(home):
    tui = opened(home, "en")
    shown = went(tui, "toggl/detailed.csv")
    assert "Toggl Track" in shown
    assert "Brel & Cie" in shown
    assert "n makes them" in shown
    assert held(tui) == 0
    assert not (home.path / "imports").exists()


def test_new_clients_are_made_and_one_undo_takes_the_sessions_back(home):
    tui = opened(home, "en")
    went(tui, "toggl/detailed.csv", "n", "enter")
    assert held(tui) == 6
    assert home.client_file("brel-cie").exists()
    assert verify(tui.ledger) == []
    history.undo(tui.ledger)
    assert held(tui) == 0


def test_enter_does_nothing_while_something_is_open(home):
    tui = opened(home, "en")
    went(tui, "clockify/ambiguous.csv", "enter", "enter")
    assert held(tui) == 0


def test_what_a_file_leaves_open_is_answered_with_a_key_and_can_be_answered_otherwise(home):
    tui = opened(home, "en")

    async def through(pilot) -> list[str]:
        shown = [await brought(pilot, "clockify/ambiguous.csv")]
        await pilot.press("o", "o")
        await pilot.pause()
        shown.append("\n".join(frame(pilot.app.screen)))
        await pilot.press("o", "o", "enter")
        await pilot.pause()
        return shown

    asked, other = watch(tui, through, (110, 36))
    assert "o says which" in asked
    assert "dates: month, day" in other
    assert "4 Mar 2026" in other
    assert [each.day for each in sessions.select(tui.ledger.db)] == [date(2026, 4, 3).toordinal()]


def test_whose_the_rest_is_can_be_said(home):
    tui = opened(home, "en")
    shown = went(tui, "activitywatch/aw-buckets-export.json", "c", "a", "enter", "enter")
    assert held(tui) == 1, shown


def test_in_french_on_a_small_screen(home):
    shown = went(opened(home, "fr"), "harvest/time.csv", "n", size=(64, 20))
    assert "séance" in shown
    assert "1 h" in shown


def test_a_list_of_calls_goes_into_the_inbox_with_one_key(home, tmp_path):
    with home.client_file("acme").open("a") as file:
        file.write('[contact]\nphone = ["+33 6 12 34 56 78"]\n')
    (tmp_path / "calls.xml").write_text(phone_samples.backup())
    tui = opened(home, "en")
    shown = went(tui, str(tmp_path / "calls.xml"))
    assert "1 call goes into the inbox; the rest is nobody’s and is not kept" in shown
    assert inbox(tui.ledger) == []
    went(opened(home, "en"), str(tmp_path / "calls.xml"), "enter")
    assert [call.suggestion.client for call in inbox(tui.ledger)] == ["acme"]


def test_the_numbers_of_a_list_become_contacts_and_strangers_are_nowhere(home, tmp_path):
    (tmp_path / "calls.xml").write_text(phone_samples.backup().replace('contact_name="', 'contact_name="Acme '))
    tui = opened(home, "en")
    shown = went(tui, str(tmp_path / "calls.xml"))
    assert "Acme SARL?" in shown
    assert "contact" not in home.client_file("acme").read_text()
    went(opened(home, "en"), str(tmp_path / "calls.xml"), "space", "enter")
    assert home.client_file("acme").read_text().count("+33") == 1
    assert {call.suggestion.client for call in inbox(tui.ledger)} == {"acme"}
    assert verify(tui.ledger) == []


def test_a_large_file_is_read_while_the_screen_lives_and_left_without_a_trace(home, tmp_path):
    head = "Client,Project,Description,Start date,Start time,Duration\n"
    rows = [
        f"Acme SARL,,{n},2026-{1 + n // 700:02}-{1 + n % 28:02},{n // 28 % 24:02}:00:00,00:30:00\n" for n in range(2100)
    ]
    (tmp_path / "large.csv").write_text(head + "".join(rows))
    tui = opened(home, "en")

    async def through(pilot) -> list[str]:
        shown = [await brought(pilot, str(tmp_path / "large.csv"), "escape")]
        assert held(tui) == 0
        shown.append(await brought(pilot, str(tmp_path / "large.csv")))
        await pilot.app.workers.wait_for_complete()
        await pilot.press("enter")
        for _ in range(3):
            await pilot.pause()
        return shown

    shown = watch(tui, through, (110, 36))
    assert "2,100 sessions" not in shown[0]
    assert "2,100 sessions" in shown[1] or "entries read" in shown[1]
    assert held(tui) == 2100
    assert history.undo(tui.ledger)
    assert held(tui) == 0


def test_the_rate_that_the_amounts_of_a_file_say_is_offered(home, tmp_path):
    head = "Client,Project,Description,Billable,Start date,Start time,Duration,Amount (EUR)\n"
    rows = "".join(
        f"{who},,x,Yes,2026-11-{day},09:00:00,00:07:07,{amount}\n"
        for who, day, amount in (
            ("Nova", 2, "11.27"),
            ("Nova", 3, "11.27"),
            ("Brume", 4, "9.49"),
            ("Brume", 5, "11.27"),
            ("Brume", 6, ""),
        )
    )
    (tmp_path / "toggl.csv").write_text(head + rows)
    tui = opened(home, "en")
    shown = " ".join(went(tui, str(tmp_path / "toggl.csv"), "n").replace("│", " ").split())
    assert "Nova · 2 sessions · 2 Nov 2026 – 3 Nov 2026 · a new client, at €95.00/h in the file" in shown
    assert "Brume · 3 sessions · 4 Nov 2026 – 6 Nov 2026 · a new client, without a rate yet" in shown
    shown = went(opened(home, "en"), str(tmp_path / "toggl.csv"), "n", "r", "enter")
    assert "a new client, €95.00/h" in shown


def test_an_empty_home_begins_with_the_history_its_rates_and_what_is_billed(tmp_path):
    bare = Home(tmp_path / "bare")
    bare.ensure()
    bare.settings_file.write_text(SETTINGS)
    tui = opened(bare, "en")

    async def through(pilot) -> str:
        await pilot.press("i")
        await pilot.pause()
        pilot.app.screen.query_one("Input").value = str(SAMPLES / "toggl")
        await pilot.press("tab", "d", "tab", ".", "tab", "enter")
        for key in ("r", *"95", "enter", "b", "down", "down", *"2026-11-21", "enter"):
            await pilot.press(key)
            await pilot.pause()
        shown = "\n".join(frame(pilot.app.screen))
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("escape")
        return shown.replace("\u00a0", " ")

    shown = watch(tui, through, (110, 36))
    assert "a new client, €95.00/h" in shown
    assert "3 of them were billed elsewhere" in shown
    held = list(sessions.select(tui.ledger.db))
    assert {each.client for each in held if each.statement} == {"acme-sarl"}
    assert 'hourly = "95.00"' in bare.client_file("brel-cie").read_text()
    assert verify(tui.ledger) == []
