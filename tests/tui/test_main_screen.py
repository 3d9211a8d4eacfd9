"""The main screen at the sizes people have: nothing that matters is cut, and what is chosen can be told."""

import re
from datetime import date
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from textual import events
from textual.drivers.headless_driver import HeadlessDriver

from clepsydra.domain.figures import Figures
from clepsydra.domain.leaks import LeakClass
from clepsydra.domain.session import Decision, Scope
from clepsydra.language.translator import translator
from clepsydra.ledger import editing, opening, timers
from clepsydra.ledger.day.open_items import open_items
from clepsydra.ledger.days import day_of
from clepsydra.ledger.leaks.report import LeakRow
from clepsydra.ledger.live.figures import Live
from clepsydra.ledger.timers import Work
from clepsydra.store import sessions
from clepsydra.tui.dialogs import Prompt
from clepsydra.tui.present.figures import status_words
from clepsydra.tui.present.leaks import at_a_glance
from clepsydra.tui.present.main import title
from clepsydra.tui.present.rounding import rounding_lines
from clepsydra.tui.widgets.lines import Lines, Word
from tests.client_files import client_file
from tests.clock import at
from tests.tui.frames import watch
from tests.tui.one_widget import seen
from tests.tui.workbench import Desk, settled, text_of

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40), (160, 45)])


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path, "fr")


@SIZES
def test_the_running_time_is_told_in_full(desk, size):
    timers.start(desk.ledger, Work("acme"), desk.clock.now - 724)

    async def look(pilot):
        await settled(pilot)
        return text_of(pilot.app.screen)

    shown = watch(desk.open(), look, size)
    for words in ("▶ Acme SARL", "30,00 €", "facturé 0 h 15", "monte dans 2 min", "dans le périmètre"):
        assert words in shown


def test_before_the_first_session_it_says_what_to_do_and_nothing_of_a_last_one(desk):
    async def look(pilot):
        await settled(pilot)
        return text_of(pilot.app.screen)

    first = watch(desk.open(), look, (80, 24))
    assert "la touche d’un client démarre" in first
    assert "/ note ce qui a été fait avant" in first
    assert "reprend le dernier" not in first
    desk.log("acme", "09:00", "10:00")
    assert "␣ reprend le dernier" in watch(desk.open(), look, (80, 24))


def test_in_sixty_columns_who_runs_its_worth_and_the_clients_are_whole(desk):
    desk.home.client_file("kestrel").write_text(client_file("Kestrel Analyse"))
    timers.start(desk.ledger, Work("acme"), desk.clock.now - 724)

    async def look(pilot):
        await settled(pilot)
        return text_of(pilot.app.screen)

    shown = watch(desk.open(), look, (60, 20))
    for words in ("▶ Acme SARL", "0:12:04", "30,00 €", "facturé 0 h 15", "Kestrel Analyse", "Brel & Cie", "à risque"):
        assert words in shown


def test_a_running_session_grows_in_the_list(desk):
    timers.start(desk.ledger, Work("acme"), desk.clock.now - 60)
    tui = desk.open()

    async def look(pilot):
        await settled(pilot)
        desk.clock.now += 5
        tui.tick()
        await pilot.pause()
        return text_of(tui.screen)

    assert "0:01:05  Acme" in watch(tui, look, (120, 40))


@pytest.mark.parametrize("begin", ["2026-11-24 09:12:33", "2026-11-23 22:05:41"])
def test_the_begin_comes_back_as_it_was(desk, begin):
    session = timers.start(desk.ledger, Work("acme"), at(begin))
    tui = desk.open()

    async def confirm(pilot):
        await settled(pilot)
        while not isinstance(tui.screen, Prompt):
            if len(tui.screen_stack) > 2:
                await pilot.press("k")
            await pilot.press("b")
            await pilot.pause()
        await pilot.press("enter")
        await settled(pilot)

    watch(tui, confirm)
    assert sessions.by_id(desk.ledger.db, session.id).started_at == at(begin)


def test_what_is_said_names_the_client_and_replaces_what_was_said(desk):
    tui = desk.open()

    async def work(pilot):
        await settled(pilot)
        timers.start(tui.ledger, Work("acme"), desk.clock.now - 60)
        timers.stop(tui.ledger)
        for _ in range(3):
            await pilot.press("u")
        await settled(pilot)
        return [note.message for note in tui._notifications]

    said = watch(tui, work)
    assert len(said) == 1
    assert "acme" not in said[0]


def test_search_knows_no_accents(desk):
    editing.add(desk.ledger, Work("acme", note="Réunion à Nîmes"), at("2026-11-24 09:00"), at("2026-11-24 10:00"))
    for text in ("reun", "RÉUN", "nimes", "Nîm"):
        assert len(list(sessions.select(desk.ledger.db, sessions.Filter(text=text)))) == 1
    assert not list(sessions.select(desk.ledger.db, sessions.Filter(text="%")))


@pytest.mark.parametrize("width", [58, 80, 100, 120, 160, 200])
def test_figures_keep_apart_and_their_ends_stand_under_one_another(width):
    euros = Figures(exact_seconds=90_000, rule_loss_seconds=45_000, rule_loss_minor=123_456,
                    rule_gain_seconds=3_600, rule_gain_minor=9_000, underbilled_seconds=45_000,
                    underbilled_minor=123_456, overbilled_seconds=3_600, overbilled_minor=9_000)  # fmt: skip
    sums = SimpleNamespace(figures={"EUR": euros, "CHF": euros})
    snapshot = SimpleNamespace(today=sums, week=sums, month=sums, month_by_client={})
    lines = rounding_lines(snapshot, [], "EUR", width, translator("fr"))
    assert all(sum(len(word.text) for word in line.left) <= width for line in lines)
    for words in zip(*(line.left[:-1] for line in lines), strict=True):
        assert len({len(word.text) for word in words}) == 1
    assert all(word.text.startswith(" ") for line in lines for word in line.left)
    assert "…" not in "".join(word.text for line in lines for word in line.left)


async def typed_at_once(pilot, keys):
    """Keys that are all there before the first is looked at, as over a slow line."""
    for key in keys:
        pilot.app.post_message(events.Key(key, key))
    await settled(pilot)
    await settled(pilot)


def test_a_digit_typed_at_once_after_m_is_its_minutes(desk):
    """However fast `m1` comes, it is a message of a minute, and no timer of the client whose key is 1."""
    tui = desk.open()

    async def type_fast(pilot):
        await settled(pilot)
        await typed_at_once(pilot, "m1")

    watch(tui, type_fast)
    [touch] = sessions.select(desk.ledger.db, sessions.Filter())
    assert (touch.channel, touch.exact_seconds(0)) == ("message", 60)
    assert timers.running(desk.ledger) == []


@pytest.mark.parametrize("keys", ["m55", "m1x"])
def test_a_key_too_many_closes_no_screen_behind(desk, keys):
    tui = desk.open()

    async def type_fast(pilot):
        await settled(pilot)
        await typed_at_once(pilot, keys)
        return type(pilot.app.screen).__name__

    assert watch(tui, type_fast) == "Main"


@pytest.mark.parametrize(
    ("lang", "within", "past"), [("en", "included in", "beyond the fee"), ("fr", "compris dans", "au-delà du forfait")]
)
def test_the_clock_says_when_the_hours_of_a_fee_are_used_up(tmp_path, lang, within, past):
    desk = Desk(tmp_path, lang)
    contract = {"type": "retainer", "from": date(2026, 11, 1), "included": "2h", "fee": "200"}
    desk.home.client_file("dore").write_text(client_file("Cabinet Doré", "130.00", contract=contract))
    desk.ledger = opening.open_ledger(desk.home, desk.environment, desk.clock)
    desk.log("dore", "2026-11-03 09:00", "2026-11-03 10:00")
    timers.start(desk.ledger, Work("dore"), desk.clock.now)

    async def look(pilot):
        await settled(pilot)
        return text_of(pilot.app.screen)

    assert within in watch(desk.open(), look, (120, 40))
    desk.log("dore", "2026-11-03 10:00", "2026-11-03 12:00")
    assert past in watch(desk.open(), look, (120, 40))


@pytest.mark.parametrize(("answer", "acme", "again"), [("t", 25, 0), ("b", 30, 0), ("escape", 30, 1)])
def test_a_message_inside_another_clients_timer_asks_whose_its_minutes_are(desk, answer, acme, again):
    timers.start(desk.ledger, Work("acme"), desk.clock.now - 1800)
    tui = desk.open()

    async def log_a_message(pilot):
        await settled(pilot)
        await pilot.press("m", "tab", *"brel", "enter", "5")
        await settled(pilot)
        said = text_of(tui.screen)
        await pilot.press(answer)
        await settled(pilot)
        return said

    said = watch(tui, log_a_message, (80, 24))
    assert "Au milieu d’un autre travail" in said
    assert "5 min pour Brel & Cie tombent dans le temps de Acme SARL." in said
    seconds = {"acme": 0, "brel": 0}
    for session in sessions.select(desk.ledger.db, sessions.Filter()):
        seconds[session.client] += session.exact_seconds(desk.clock.now)
    assert seconds == {"acme": acme * 60, "brel": 300}
    overlaps = [i for i in open_items(desk.ledger, day_of(desk.ledger, desk.ledger.today)) if i.kind == "overlap"]
    assert len(overlaps) == again
    assert timers.running(desk.ledger)[0].client == "acme"


NOTE = "reading the contract once more and writing down what it does not say about the third delivery"


def test_on_a_tall_screen_notes_are_told_in_full_and_the_week_has_its_bars(desk):
    desk.log("brel", "09:00", "10:30", NOTE)
    desk.log("acme", "2026-11-23 09:00", "2026-11-23 11:00")
    timers.start(desk.ledger, Work("acme", note=NOTE[::-1]), desk.clock.now - 60)

    async def look(pilot):
        await settled(pilot)
        await pilot.press("tab", "down")
        return text_of(pilot.app.screen), pilot.app.screen.target_session().note

    shown, chosen = watch(desk.open(), look, (160, 50))
    words = shown.replace("│", " ").split()
    assert all(word in words for word in NOTE.split())
    assert "Cette semaine" in shown
    assert re.search(r"lun\. 23 +━+ +2:00:00", shown)
    assert chosen == NOTE  # the lines below a session are passed over


@pytest.mark.parametrize(("decision", "worth"), [(Decision.PENDING, "24,00 €"), (Decision.ABSORB, "24,00 €")])
def test_what_runs_out_of_scope_says_what_it_would_be_worth(desk, decision, worth):
    timers.start(desk.ledger, Work("acme", scope=Scope.OUT, decision=decision), desk.clock.now - 720)

    async def look(pilot):
        await settled(pilot)
        return text_of(pilot.app.screen)

    shown = watch(desk.open(), look, (80, 24))
    assert worth in shown
    assert "non facturé" in shown


def agreed(desk, slug, name, hours):
    """A client of this month with an agreement about two hours, some of which are used."""
    contract = {"type": "retainer", "from": date(2026, 11, 1), "included": "2h", "fee": "200"}
    desk.home.client_file(slug).write_text(client_file(name, "130.00", contract=contract))
    desk.ledger = opening.open_ledger(desk.home, desk.environment, desk.clock)
    desk.log(slug, "2026-11-03 09:00", f"2026-11-03 {9 + hours}:00")


def test_only_agreements_in_danger_have_their_sign_and_the_others_are_counted_in_words(desk):
    agreed(desk, "dore", "Cabinet Doré", 1)
    agreed(desk, "riva", "Riva Éditions", 3)
    agreed(desk, "volta", "Volta Énergie", 1)

    async def look(pilot):
        await settled(pilot)
        return text_of(pilot.app.screen)

    tall, short = (watch(desk.open(), look, size) for size in ((120, 40), (80, 24)))
    assert re.findall(r"! (\w+)", tall) == ["Riva"]
    assert "  Cabinet Doré" in tall
    assert "+2 autres" in short


def test_lengths_agree_with_the_times_beside_them_and_days_with_their_week(desk):
    desk.log("brel", "2026-11-24 09:00:50", "2026-11-24 09:50:10")
    desk.log("acme", "2026-11-23 09:00", "2026-11-23 10:30")
    desk.log("acme", "2026-11-23 11:00", "2026-11-23 11:00:45")

    async def look(pilot):
        await settled(pilot)
        return text_of(pilot.app.screen)

    shown = watch(desk.open(), look, (120, 40))
    assert re.search(r"09:00–09:50 +0:49:20 ", shown)
    assert re.search(r"lun\. 23 .* 1:30:45 ", shown)
    assert re.search(r"mar\. 24 .* 0:49:20 ", shown)
    assert "2:20:05" in shown


def test_the_parts_of_a_leak_that_have_no_room_are_counted():
    rows = [
        LeakRow(kind, "acme", "EUR", False, 60, minor)
        for kind, minor in ((LeakClass.SCOPE, 25_400), (LeakClass.CALLS, 7_200), (LeakClass.ROUNDING, 4_866))
    ]
    said = [
        "".join(word.text for word in at_a_glance(rows, "EUR", room, translator("en"))[0].left) for room in (70, 50)
    ]
    assert "scope 254 · calls 72 · rounding 49" in said[0]
    assert said[1].endswith("scope 254 · calls 72 · +1")


@pytest.mark.parametrize(
    ("lang", "width", "told"),
    [
        ("en", 100, "◷ 1 day to close: r"), ("en", 84, "◷ 1 day to close: r"), ("en", 80, "◷ close 1 day: r"),
        ("fr", 86, "◷ clôturer 1 j : r"), ("fr", 71, "◷ 1"),
    ],
)  # fmt: skip
def test_a_day_to_close_is_told_at_every_width(lang, width, told):
    tr = translator(lang).pressing({"go.day": "r"})
    calls = [Word("calls: programs", "muted")]
    status = [Word("week €1,980.00  ", "muted"), *status_words(calls, 1, 0, tr, tonight=False)]
    earned = [Word("  today ", "muted"), Word("€345.00"), Word(" of €520.00")]
    line = title(
        at("2026-11-24 14:32"),
        ZoneInfo("Europe/Paris"),
        tr,
        status,
        earned,
        sample=True,
        year=False,
        narrow=width < 100,
    )
    assert seen(Lines([line]), (width, 1))[0].replace("\u00a0", " ").rstrip().endswith(told)


def test_names_are_on_the_screen_before_any_work_is_summed(desk, monkeypatch):
    app, told, refresh = desk.open(), [], Live.refresh
    monkeypatch.setattr(type(app), "is_headless", False)  # or nothing would be written
    monkeypatch.setattr(HeadlessDriver, "write", lambda _, text: told.append(text))
    monkeypatch.setattr(Live, "refresh", lambda live, **how: told.append("summed") or refresh(live, **how))
    watch(app, settled)
    assert "Acme" in "".join(told[: told.index("summed")])
