"""The end of the day in the app: keys pressed, what is seen, and the log that comes out."""

from dataclasses import replace

import pytest

from clepsydra.domain.session import Channel, Scope
from clepsydra.ledger import editing, timers
from clepsydra.ledger.day.answers import ItemKind
from clepsydra.ledger.day.open_items import open_items
from clepsydra.ledger.days import day_of
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.timers import Work
from clepsydra.store import absences, sessions
from clepsydra.tui.app import Clepsydra
from tests.clock import Clock, at
from tests.day.busy_day import busy_day, opened
from tests.tui.frames import frame, idle, watch

SIZES = [(80, 24), (120, 40)]


async def press(pilot, *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await pilot.pause()


def lines(app: Clepsydra) -> str:
    return "\n".join(frame(app.screen))


def bare(shown: str) -> str:
    """What is shown, with plain blanks."""
    return shown.replace("\xa0", " ")


def day(app: Clepsydra):
    return day_of(app.ledger, app.ledger.today)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("worked", "6h 45m", "unexplained", "2h 25m", "10:20–10:25", "gap", "neighbours", "7 open items")),
        ("fr", ("travaillé", "6 h 45", "inexpliqué", "2 h 25", "10:20–10:25", "trou", "voisines", "7 points")),
    ],
)
def test_the_day_says_at_once_what_was_worked_and_what_is_missing(tmp_path, size, language, words):
    app = opened(tmp_path, language=language)

    async def look(pilot):
        await press(pilot, "r")
        return lines(app).replace("\u00a0", " ")

    seen = watch(app, look, size)
    for word in words:
        assert word in seen
    heading = {"en": "╭─ Sessions", "fr": "╭─ Séances"}[language]
    assert (heading in seen) == (size[1] >= 40), "a high screen has room for what was worked too"


def test_the_day_can_be_read_without_colour(tmp_path):
    app = opened(tmp_path)

    async def look(pilot):
        await press(pilot, "r")
        return lines(app)

    seen = watch(app, look, (120, 40))
    for shape in "█▓◆░":
        assert shape in seen


def test_enter_accepts_and_the_day_fills_and_closes(tmp_path):
    app = opened(tmp_path)

    async def walk(pilot):
        await press(pilot, "r", *["enter"] * 3, "b", "k", "enter", "k")
        open_ = lines(app)
        await press(pilot, "enter")
        return open_, lines(app), day(app), sessions.select(app.ledger.db)

    before, after, found, logged = watch(app, walk, (80, 24))
    assert "Every minute has an owner or a reason" in before
    assert "✓ closed" in after
    assert "═" in after
    assert found.closed
    assert found.timeline.unexplained_seconds == 0
    assert found.close.unknown_seconds == 0
    spans = [(s.client, s.exact_seconds(0)) for s in logged]
    # The gap of five minutes went to the session before it, and the call interrupted the one around it.
    assert spans[:4] == [("acme", 90 * 60), ("acme", 35 * 60), ("brel", 20 * 60), ("acme", 50 * 60)]
    assert [row.reason for row in absences.within(app.ledger.db, 0, 2**40)] == ["break", "break"]


def test_a_client_key_and_a_second_key_for_the_way(tmp_path):
    app = opened(tmp_path)

    async def walk(pilot):
        await press(pilot, "r", "down", "down", "1", "v", "j")
        return [(s.client, s.channel, s.exact_seconds(0)) for s in sessions.select(app.ledger.db)]

    logged = watch(app, walk, (80, 24))
    assert ("brel", Channel.WORK, 90 * 60) in logged
    assert ("acme", Channel.TRAVEL, 50 * 60) in logged


def test_a_gap_is_split_over_several(tmp_path):
    app = opened(tmp_path)

    async def walk(pilot):
        await press(pilot, "r", "down", "down", "s", *"acme", "space", *"20m", "comma", *"break", "space", *"10m")
        await press(pilot, "comma", *"brel")
        said = lines(app)
        await press(pilot, "enter")
        return said, day(app)

    said, found = watch(app, walk, (100, 30))
    assert "12:10–12:30 Acme SARL" in said
    begin = at("2026-11-24 12:10")
    new = [(s.client, s.exact_seconds(0)) for s in found.sessions if 0 <= s.started_at - begin < 5400]
    assert new == [("acme", 1200), ("brel", 3600)]
    assert [row.span.seconds for row in found.absences] == [600]


def test_undo_takes_back_the_answers_in_order(tmp_path):
    app = opened(tmp_path)

    async def walk(pilot):
        before = list(sessions.select(app.ledger.db))
        await press(pilot, "r", *["enter"] * 3, "x", "A", "enter", "u", "u", "u", "u", "u")
        return before, list(sessions.select(app.ledger.db)), day(app)

    before, after, found = watch(app, walk, (80, 24))
    assert after == before
    assert found.timeline.unexplained_seconds == 145 * 60


def test_closing_with_a_gap_asks_once_and_reopening_wants_a_reason(tmp_path):
    app = opened(tmp_path)

    async def walk(pilot):
        await press(pilot, "r", "C")
        asked = lines(app)
        await press(pilot, "y")
        closed = day(app)
        await press(pilot, "C", *"forgot", "enter")
        return asked, closed, day(app)

    asked, closed, again = watch(app, walk, (80, 24))
    assert "still unexplained" in asked
    assert closed.close.unknown_seconds == 145 * 60
    assert not again.closed


def test_the_day_before_and_the_oldest_open_day(tmp_path):
    def two(ledger: Ledger) -> None:
        busy_day(ledger, "2026-11-20")
        busy_day(ledger)

    app = opened(tmp_path, filled=two)

    async def walk(pilot):
        await press(pilot, "r", "left")
        before = lines(app)
        await press(pilot, "O")
        oldest = lines(app)
        await press(pilot, "right", "right")
        return before, oldest, lines(app)

    before, oldest, later = watch(app, walk, (80, 24))
    assert "Monday 23 November" in before
    assert "Nothing happened on this day" in before
    assert "Friday 20 November" in oldest
    hours = next(line for line in oldest.splitlines() if line.startswith("│8 "))
    assert hours.split()[-2:] != ["23", "0│"]
    assert "22" not in hours.split()
    assert "Sunday 22 November" in later


@pytest.mark.parametrize(("text", "hours"), [("2026-10-25", 25), ("2026-03-29", 23)])
def test_the_whole_civil_day_is_shown_as_long_as_it_was(tmp_path, text, hours):
    app = opened(tmp_path, now=f"{text} 23:30", filled=lambda ledger: busy_day(ledger, text))

    async def look(pilot):
        await press(pilot, "r", "minus")
        from clepsydra.tui.widgets.timeline import DayBar

        view = app.screen.query_one(DayBar)._view
        whole = view.ends_at - view.begins_at
        await press(pilot, "plus", "plus", "plus", "plus")
        view = app.screen.query_one(DayBar)._view
        return whole, view

    whole, close = watch(app, look, (120, 40))
    assert whole == hours * 3600
    assert close.ends_at - close.begins_at < 3 * 3600
    assert close.begins_at <= close.chosen[0] <= close.chosen[1] <= close.ends_at
    assert any(":15" in tick.label for tick in close.ticks)


def forty(ledger: Ledger) -> None:
    """Forty things are open, and for each the suggestion is right."""
    begin = at("2026-11-24 07:00")
    for number in range(21):
        work = Work(("acme", "brel")[number % 2], note="" if number % 3 else "what it was")
        scope = {"scope": Scope.OUT} if number in (3, 9, 15) else {}
        work = Work(work.client, note=work.note, **scope)
        editing.add(ledger, work, begin + number * 1800, begin + number * 1800 + 1500)
    for client in ("acme", "brel"):
        old = at("2026-11-20 09:00")
        editing.add(ledger, Work(client, note="as ever"), old, old + 3600)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("language", "row", "scope"),
    [("en", "⏎ Acme SARL · specification", "out of scope: to bill"),
     ("fr", "⏎ Acme SARL · specification", "hors périmètre : à facturer")],
)  # fmt: skip
def test_all_that_is_accepted_at_once_can_be_read_first(tmp_path, size, language, row, scope):
    app = opened(tmp_path, language=language)

    async def walk(pilot):
        await press(pilot, "r")
        listed, count = lines(app), len(app.screen.seen.items)
        await press(pilot, "A")
        asked = lines(app)
        await press(pilot, "escape")
        left = len(app.screen.seen.items)
        await press(pilot, "A", "A")
        return listed, count, asked, left, len(app.screen.seen.items)

    listed, count, asked, left, after = watch(app, walk, size)
    assert row in bare(listed).split("╭─ ")[-2 if size[1] >= 40 else -1]
    for words in (scope, "Brel & Cie", "11:00–11:20", "12:10–13:40", "13:40–15:00"):
        assert words in bare(asked)
    assert left == count
    assert after < count


def test_enter_closes_the_day_after_all_was_accepted_at_once(tmp_path):
    app = opened(tmp_path, filled=forty)

    async def walk(pilot):
        await press(pilot, "r", "A", "A")
        left = app.screen.seen.items
        await press(pilot, "enter", "y")
        return left, day(app)

    left, closed = watch(app, walk, (80, 24))
    assert not left
    assert closed.closed


def test_what_does_not_fit_on_the_screen_scrolls(tmp_path):
    app = opened(tmp_path, filled=forty)

    async def walk(pilot):
        await press(pilot, "r", "A")
        top = lines(app)
        await press(pilot, "end")
        await pilot.pause(0.5)
        return top, lines(app)

    top, bottom = watch(app, walk, (80, 24))
    for shown in (top, bottom):
        assert "⏎ accept all" in shown
    assert "07:25" in top
    assert "07:25" not in bottom.split("Accept")[1]


def test_forty_open_items_are_closed_in_sixty_keystrokes(tmp_path):
    app = opened(tmp_path, filled=forty)
    pressed = []

    async def walk(pilot):
        await press(pilot, "r")
        pressed.append("r")
        count = len(app.screen.seen.items)
        while not day(app).closed and len(pressed) < 200:
            await press(pilot, "enter")
            pressed.append("enter")
        return count

    count = watch(app, walk, (80, 24))
    assert count >= 37
    assert day(app).closed
    assert len(pressed) <= 60
    assert len(pressed) == count + 2


def test_a_running_timer_is_stopped_first(tmp_path):
    def running(ledger: Ledger) -> None:
        busy_day(ledger)
        timers.start(ledger, Work("acme", note="late"), at("2026-11-24 18:05"))

    app = opened(tmp_path, filled=running)

    async def walk(pilot):
        await press(pilot, "r")
        asked = lines(app)
        await press(pilot, "enter")
        return asked, list(sessions.select(app.ledger.db))[-1]

    asked, last = watch(app, walk, (80, 24))
    assert "still running" in asked
    assert last.ended_at == at("2026-11-24 18:20")


def test_notes_are_never_markup(tmp_path):
    def nasty(ledger: Ledger) -> None:
        for hour in (9, 11):
            begin = at(f"2026-11-24 {hour:02}:00")
            editing.add(ledger, Work("acme", note="[bold]x[/] \x1b[31m"), begin, begin + 3600)

    app = opened(tmp_path, filled=nasty)

    async def look(pilot):
        await press(pilot, "r")
        return lines(app)

    seen = watch(app, look, (120, 40))
    assert "\x1b" not in seen


# -- leaks


def test_the_leak_screen_opens_what_is_behind_a_figure(tmp_path):
    app = opened(tmp_path)

    async def walk(pilot):
        await press(pilot, "k")
        await idle(app)
        await pilot.pause()
        seen = lines(app)
        await press(pilot, "down", "enter")
        behind = lines(app)
        await press(pilot, "escape", "p", "left")
        await idle(app)
        await pilot.pause()
        return seen, behind, lines(app)

    seen, behind, year = watch(app, walk, (120, 40))
    assert "Most is lost to rounding" in seen
    assert "compared with 8 Oct" in seen
    assert "review" in behind or "11:00–11:20" in behind
    assert "2025" in year


# -- absence and the evening


def timed(ledger: Ledger) -> None:
    timers.start(ledger, Work("acme", note="draft"), at("2026-11-24 14:00"))


async def silence(app: Clepsydra, pilot, minutes: int) -> None:
    """Let the clocks run on as they do while nobody touches the keyboard."""
    clock: Clock = app.ledger.clock
    for _ in range(minutes):
        clock.now += 60
        app.tick()
    await pilot.pause()


def test_an_unlocked_screen_asks_what_the_lock_was_and_kept_is_not_asked_again(tmp_path):
    app = opened(tmp_path, now="2026-11-24 14:30", filled=timed)

    async def walk(pilot):
        from clepsydra.calls.evidence import EvidenceKind, EvidenceSpan
        from clepsydra.ledger.calls.recording import keep_spans
        from clepsydra.tui.idle import came_back

        span = EvidenceSpan(EvidenceKind.LOCKED, app.ledger.now * 1000)
        await silence(app, pilot, 25)
        span = replace(span, ended=app.ledger.now * 1000)
        keep_spans(app.ledger, [span])
        came_back(app, [span])
        await pilot.pause()
        asked = lines(app)
        await press(pilot, "k")
        return asked, [item.kind for item in open_items(app.ledger, day(app))], list(sessions.select(app.ledger.db))

    asked, left, logged = watch(app, walk, (80, 24))
    assert "The screen was locked since 14:30" in asked
    assert ItemKind.AWAY not in left
    assert [session.running for session in logged] == [True]


def test_a_silence_is_asked_about_and_dropped_the_timer_goes_on(tmp_path):
    app = opened(tmp_path, now="2026-11-24 14:30", filled=timed)

    async def walk(pilot):
        await press(pilot, "up")
        await silence(app, pilot, 25)
        await press(pilot, "space")
        asked = lines(app)
        await press(pilot, "d")
        return asked, list(sessions.select(app.ledger.db)), day(app).absences

    asked, logged, away = watch(app, walk, (80, 24))
    assert "Were you away?" in asked
    assert "14:30" in asked
    assert [(s.started_at, s.ended_at) for s in logged] == [
        (at("2026-11-24 14:00"), at("2026-11-24 14:30")), (at("2026-11-24 14:55"), None),
    ]  # fmt: skip
    assert [(row.reason, row.span.seconds) for row in away] == [("away", 1500)]


@pytest.mark.parametrize("answer", ["k", "escape"])
def test_a_silence_that_was_work_changes_nothing(tmp_path, answer):
    app = opened(tmp_path, now="2026-11-24 14:30", filled=timed)

    async def walk(pilot):
        await silence(app, pilot, 25)
        await press(pilot, "space", answer)
        return list(sessions.select(app.ledger.db))

    [session] = watch(app, walk, (80, 24))
    assert session.running


def test_a_silence_is_split_over_several(tmp_path):
    app = opened(tmp_path, now="2026-11-24 14:30", filled=timed)

    async def walk(pilot):
        await silence(app, pilot, 30)
        await press(pilot, "space", "s", *"break", "space", *"10m", "comma", *"brel", "enter")
        return [(s.client, s.running, s.exact_seconds(app.ledger.now)) for s in sessions.select(app.ledger.db)], day(
            app
        )

    logged, found = watch(app, walk, (80, 24))
    assert logged == [("acme", False, 1800), ("brel", False, 1200), ("acme", True, 0)]
    assert [row.span.seconds for row in found.absences] == [600]


@pytest.mark.parametrize("why", ["short", "no timer", "call", "elsewhere", "never"])
def test_not_every_silence_is_an_absence(tmp_path, why):
    settings = '[warn]\nidle_over = "0m"\n' if why == "never" else ""

    def filled(ledger: Ledger) -> None:
        if why != "no timer":
            timed(ledger)
        if why == "call":
            ledger.db.execute(
                "INSERT INTO detected_call (id, program, program_name, started_at) VALUES ('c', 'zoom', 'Zoom', ?)",
                (at("2026-11-24 14:40"),),
            )

    app = opened(tmp_path, now="2026-11-24 14:30", filled=filled, settings=settings)

    async def walk(pilot):
        from textual import events

        if why == "elsewhere":
            app.post_message(events.AppBlur())
            await pilot.pause()
        await silence(app, pilot, 5 if why == "short" else 25)
        if why == "elsewhere":
            app.post_message(events.AppFocus())
            await pilot.pause()
        await press(pilot, "up")
        return lines(app)

    assert "Were you away?" not in watch(app, walk, (80, 24))


def test_the_evening_reminds_once_and_shows_a_sign_until_the_day_is_closed(tmp_path):
    app = opened(tmp_path, now="2026-11-24 18:10", settings='[reminders]\nclose_day_at = "18:15"\n')

    async def walk(pilot):
        early = lines(app)
        clock: Clock = app.ledger.clock
        clock.now += 360
        app.tick()
        await pilot.pause()
        toasts = len(app._notifications)
        app.tick()
        reminded = lines(app)
        await press(pilot, "r", "C", "y", "escape")
        return early, toasts, len(app._notifications), reminded, lines(app)

    early, toasts, later, reminded, closed = watch(app, walk, (120, 40))
    assert "close the day" not in early
    assert toasts == later == 1
    assert "close the day" in reminded
    assert "◷" not in closed


def test_a_day_with_minutes_that_nobody_knows_is_not_said_to_have_an_owner_for_each(tmp_path):
    app = opened(tmp_path)

    async def walk(pilot):
        await press(pilot, "r", *["enter"] * 3, "x", "k", "enter", "k")
        settled = lines(app)
        await press(pilot, "enter")
        return settled, lines(app)

    settled, closed = watch(app, walk, (120, 40))
    for shown in map(bare, (settled, closed)):
        assert "0h 50m stays unexplained: it may have been work." in shown
        assert "Every minute" not in shown
        assert "What was it?" not in shown
        assert "Sessions" in shown  # in place of what is open
        assert "€119.54  Cabinet Doré" in shown
    assert "✓ closed" in closed


def test_calls_that_nobody_took_are_behind_their_figure(tmp_path):
    def filled(ledger: Ledger) -> None:
        busy_day(ledger)
        ledger.db.execute(
            "INSERT INTO detected_call (id, program, program_name, started_at, ended_at) VALUES ('c', 'zoom', ?, ?, ?)",
            ("Zoom", at("2026-11-24 12:20"), at("2026-11-24 12:50")),
        )

    app = opened(tmp_path, settings='[calls]\nevidence = "off"\n', filled=filled)

    async def walk(pilot):
        await press(pilot, "k")
        await idle(app)
        await pilot.pause()
        await press(pilot, "enter")
        return lines(app)

    assert "12:20–12:50  0h 30m  Zoom" in bare(watch(app, walk, (120, 40)))


def test_no_reason_is_cut_while_the_keys_leave_it_room(tmp_path):
    """Two overlap: the reason takes two lines, and one line holds all the keys."""

    def overlapping(ledger: Ledger) -> None:
        for slug, begin, end in (("acme", "09:00", "10:00"), ("brel", "09:30", "10:30")):
            editing.add(ledger, Work(slug), at(f"2026-11-24 {begin}"), at(f"2026-11-24 {end}"))

    app = opened(tmp_path, language="fr", filled=overlapping)

    async def look(pilot):
        await press(pilot, "r")
        return bare(lines(app))

    seen = watch(app, look, (80, 24))
    for words in ("chevauchement", "parce que : elle n’était pas arrêtée", "(séances voisines)", "k garder les deux"):
        assert words in seen
