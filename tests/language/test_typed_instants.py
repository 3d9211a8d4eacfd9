"""Instants as people type them: zones, both clock changes, night work, and nothing guessed."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from clepsydra.domain.civil import civil_day, instants_of, wall
from clepsydra.language import formats
from clepsydra.language.translator import translator
from clepsydra.language.typed import Ambiguous, Missing, NotUnderstood, Unreadable, parse_instant
from clepsydra.language.typed.errors import TypedKind
from tests.clock import PARIS, at

ZONES = [PARIS, *map(ZoneInfo, ("America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia", "UTC"))]
FOUR = time(4)


# A Tuesday.
NOW = at("2026-11-24 14:32:07")


def shown(text: str, now: int = NOW, **rest: object) -> str:
    return f"{wall(parse_instant(text, now, PARIS, **rest).instant, PARIS):%Y-%m-%d %H:%M:%S}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9:30", "2026-11-24 09:30:00"),
        ("09:30:15", "2026-11-24 09:30:15"),
        ("9h30", "2026-11-24 09:30:00"),
        ("9 h 30", "2026-11-24 09:30:00"),
        ("9\u00a0h\u00a030", "2026-11-24 09:30:00"),
        ("9h", "2026-11-24 09:00:00"),
        ("à 9h", "2026-11-24 09:00:00"),
        ("at 9:30", "2026-11-24 09:30:00"),
        ("5pm", "2026-11-24 17:00:00"),
        ("12:30 am", "2026-11-24 00:30:00"),
        ("12:30 pm", "2026-11-24 12:30:00"),
        ("18:00", "2026-11-24 18:00:00"),
        ("24:00", "2026-11-25 00:00:00"),
        ("now", "2026-11-24 14:32:07"),
        ("maintenant", "2026-11-24 14:32:07"),
        ("-10m", "2026-11-24 14:22:07"),
        ("−10", "2026-11-24 14:22:07"),
        ("-1h30", "2026-11-24 13:02:07"),
        ("10 min ago", "2026-11-24 14:22:07"),
        ("il y a 1 h 12", "2026-11-24 13:20:07"),
        ("+5m", "2026-11-24 14:37:07"),
        ("yesterday 17:05", "2026-11-23 17:05:00"),
        ("yesterday at 17:05", "2026-11-23 17:05:00"),
        ("hier 17h05", "2026-11-23 17:05:00"),
        ("Hier à 17h05", "2026-11-23 17:05:00"),
        ("avant-hier 9h", "2026-11-22 09:00:00"),
        ("aujourd’hui 9h", "2026-11-24 09:00:00"),
        ("tomorrow 9:00", "2026-11-25 09:00:00"),
        ("mon 9:30", "2026-11-23 09:30:00"),
        ("lundi 9h30", "2026-11-23 09:30:00"),
        ("wed 9:30", "2026-11-18 09:30:00"),
        ("mar. 9h30", "2026-11-24 09:30:00"),
        ("tuesday 14:32", "2026-11-24 14:32:00"),
        ("tuesday 14:33", "2026-11-17 14:33:00"),
        ("mardi dernier 9h", "2026-11-17 09:00:00"),
        ("24/11 9:30", "2026-11-24 09:30:00"),
        ("2/11 14h30", "2026-11-02 14:30:00"),
        ("31/12 23:00", "2025-12-31 23:00:00"),
        ("lundi 2 novembre 9h", "2026-11-02 09:00:00"),
        ("2026-11-24T09:30", "2026-11-24 09:30:00"),
        ("2026-11-24 09:30:07.9", "2026-11-24 09:30:07"),
        ("2026-11-24 9h30", "2026-11-24 09:30:00"),
        ("2026-11-24t9:30", "2026-11-24 09:30:00"),
        ("2026-11-24T08:30Z", "2026-11-24 09:30:00"),
        ("2026-11-24t08:30z", "2026-11-24 09:30:00"),
        ("2026-11-24 14:15 +05:45", "2026-11-24 09:30:00"),
        ("20261124T093000+0100", "2026-11-24 09:30:00"),
        ("9:30+02:00", "2026-11-24 08:30:00"),
    ],
)
def test_read(text, expected):
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tue Nov 24 09:30:00 2026", "2026-11-24 09:30:00"),
        ("Nov 24, 2026 9:30 PM", "2026-11-24 21:30:00"),
        ("Tue, 24 Nov 2026 09:30:00 +0200", "2026-11-24 08:30:00"),
    ],
)
def test_last_resort_reads_what_says_everything(text, expected):
    assert shown(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("", "x", "9", "930", "9:5", "25:00", "9:60", "24:30", "13pm", "0am", "9h30pm", "9:30 9:30"),
        *("hier", "yesterday", "2026-11-24", "24/11", "32/1 9:30", "29/2/2026 9:30", "11/24/2026 9:30"),
        *("nov 24 9:30", "1/2/3", "2/3/4 x", "9:30 PST", "2026-11-24 09:30 CET", "mon 24 nov 2026 9:30"),
        *("Mon Nov 24 09:30:00 2026", "-", "-x", "ago", "-99999999999h", "9:30#3", "9:30#2", "[/red] 9:30"),
        "9" * 500,
    ],
)
def test_refused(text):
    with pytest.raises(Unreadable):
        parse_instant(text, NOW, PARIS)


def test_whether_the_day_was_named():
    assert not parse_instant("9:30", NOW, PARIS).dated
    assert parse_instant("hier 9:30", NOW, PARIS).dated
    assert parse_instant("-10m", NOW, PARIS).dated


def test_a_night_belongs_to_the_evening_it_began():
    night = at("2026-11-25 01:10")
    assert shown("23:30", night, day_starts_at=FOUR) == "2026-11-24 23:30:00"
    assert shown("1:00", night, day_starts_at=FOUR) == "2026-11-25 01:00:00"
    assert shown("9:30", night, day_starts_at=FOUR) == "2026-11-24 09:30:00"
    assert shown("yesterday 1:30", day_starts_at=FOUR) == "2026-11-24 01:30:00"
    assert shown("24/11 1:30", day_starts_at=FOUR) == "2026-11-24 01:30:00"
    assert shown("24:00", day_starts_at=FOUR) == "2026-11-25 00:00:00"


def test_an_end_follows_its_begin():
    begin = at("2026-11-23 22:00")
    assert shown("23:15", after=begin) == "2026-11-23 23:15:00"
    assert shown("1:00", after=begin) == "2026-11-24 01:00:00"
    assert shown("24:00", after=begin) == "2026-11-24 00:00:00"
    assert shown("22:00", after=begin) == "2026-11-23 22:00:00"
    assert shown("+1h12", after=begin) == "2026-11-23 23:12:00"
    assert shown("hier 23h", after=begin) == "2026-11-23 23:00:00"


def test_the_hour_that_comes_twice():
    now = at("2026-10-25 14:00")
    with pytest.raises(Ambiguous) as twice:
        parse_instant("2:30", now, PARIS)
    first, second = twice.value.candidates
    assert second - first == 3600
    assert twice.value.choices == ("2:30#1", "2:30#2")
    assert [parse_instant(choice, now, PARIS).instant for choice in twice.value.choices] == [first, second]
    assert parse_instant("2:30+02:00", now, PARIS).instant == first
    assert parse_instant("2026-10-25T02:30+01:00", now, PARIS).instant == second
    assert parse_instant("2026-10-25T02:30#2", now, PARIS).instant == second
    assert parse_instant("hier 2h30 #1", now + 86400, PARIS).instant == first
    assert "25 oct. 2026" in twice.value.text(translator("fr"))
    assert "2:30#2" in str(twice.value)


def test_an_end_that_was_chosen_before_its_begin_is_read_as_it_was_chosen():
    begin = parse_instant("2026-10-25 2:45#2", NOW, PARIS).instant
    assert parse_instant("2:15#2", NOW, PARIS, after=begin).instant == begin - 1800


def test_an_end_in_the_second_hour_needs_no_choice():
    begin = at("2026-10-25 02:00") + 3600 + 900
    assert f"{wall(begin, PARIS):%H:%M %z}" == "02:15 +0100"
    assert parse_instant("2:30", begin + 7200, PARIS, after=begin).instant == begin + 900


def test_the_hour_that_is_missing():
    with pytest.raises(Missing) as missing:
        parse_instant("29/3/2026 2:30", NOW, PARIS)
    assert missing.value.wall_time == datetime(2026, 3, 29, 2, 30)  # noqa: DTZ001
    assert f"{wall(missing.value.before, PARIS):%H:%M %z}" == "01:30 +0100"
    assert f"{wall(missing.value.after, PARIS):%H:%M %z}" == "03:30 +0200"
    assert str(missing.value) == (
        "02:30 does not exist on 29 Mar 2026: the clocks went from 02:00 to 03:00; 01:30 or 03:30?"
    )


def test_half_an_hour_of_daylight_saving():
    """Lord Howe moves its clocks by 30 minutes."""
    zone = ZoneInfo("Australia/Lord_Howe")
    with pytest.raises(Ambiguous) as twice:
        parse_instant("2026-04-05 01:45", NOW, zone)
    assert twice.value.candidates[1] - twice.value.candidates[0] == 1800
    with pytest.raises(Missing) as missing:
        parse_instant("2026-10-04 02:15", NOW, zone)
    assert missing.value.after - missing.value.before == 1800


def test_a_whole_day_that_is_missing():
    zone = ZoneInfo("Pacific/Apia")
    with pytest.raises(Missing) as missing:
        parse_instant("2011-12-30 09:00", NOW, zone)
    assert [wall(i, zone).day for i in (missing.value.before, missing.value.after)] == [29, 31]


def test_a_weekday_ahead_is_last_weeks_even_where_today_is_ambiguous():
    sunday = at("2026-10-25 01:00")
    assert shown("sun 2:30", sunday) == "2026-10-18 02:30:00"


INSTANTS = st.integers(at("2000-01-01 00:00", UTC), at("2100-01-01 00:00", UTC))
IN_ZONE = st.sampled_from(ZONES)
# Around the changes of 2026 in Paris, Lord Howe and New York.
AT_CHANGES = st.builds(
    lambda day, seconds: at(f"{day} 00:00", UTC) - 86400 + seconds,
    st.sampled_from(["2026-03-29", "2026-10-25", "2026-04-05", "2026-10-04", "2026-11-01"]),
    st.integers(0, 3 * 86400),
)


@given(INSTANTS | AT_CHANGES, INSTANTS, IN_ZONE)
def test_iso_is_read_whatever_the_zone(instant, now, zone):
    local = wall(instant, zone)
    assert parse_instant(local.isoformat(), now, zone).instant == instant
    assert parse_instant(datetime.fromtimestamp(instant, UTC).isoformat(" "), now, zone).instant == instant


@given(
    INSTANTS | AT_CHANGES,
    INSTANTS,
    IN_ZONE,
    st.sampled_from(["en", "fr"]),
    st.sampled_from(["short", "medium", "weekday", "full"]),
)
def test_printed_dates_and_times_are_read(instant, now, zone, lang, style):
    local = wall(instant, zone)
    text = f"{formats.date(local.date(), lang, style)} {formats.clock(local, seconds=True)}"
    candidates = instants_of(local.replace(tzinfo=None, fold=0), zone)
    if len(candidates) == 1:
        assert parse_instant(text, now, zone).instant == instant
    else:
        with pytest.raises(Ambiguous) as twice:
            parse_instant(text, now, zone)
        assert twice.value.candidates == candidates
        chosen = twice.value.choices[candidates.index(instant)]
        assert parse_instant(chosen, now, zone).instant == instant


@given(INSTANTS | AT_CHANGES, IN_ZONE, st.times().map(lambda t: t.replace(second=0, microsecond=0)), st.integers(0, 5))
def test_a_bare_time_lies_in_todays_civil_day(now, zone, clock, begins):
    starts = time(begins)
    today = civil_day(now, zone, starts)
    try:
        instant = parse_instant(f"{clock:%H:%M}", now, zone, starts).instant
    except (Ambiguous, Missing):
        assume(False)
    assert wall(instant, zone).time() == clock
    near_the_change = len({wall(instant + d * 3600, zone).utcoffset() for d in (-6, 0, 6)}) > 1
    assert near_the_change or civil_day(instant, zone, starts) == today


@given(INSTANTS | AT_CHANGES, IN_ZONE, st.times().map(lambda t: t.replace(second=0, microsecond=0)))
def test_an_end_is_the_first_from_its_begin(begin, zone, clock):
    try:
        end = parse_instant(f"{clock:%H:%M}", begin, zone, after=begin).instant
    except (Ambiguous, Missing):
        assume(False)
    assert begin <= end
    assert wall(end, zone).time() == clock
    earlier = [
        i
        for days in (-1, 0, 1)
        for i in instants_of(datetime.combine(wall(begin, zone).date() + timedelta(days), clock), zone)
        if begin <= i < end
    ]
    assert earlier == []


@given(st.text() | st.text("0123456789:h/- +#TZapm", max_size=24), INSTANTS)
def test_any_text_is_read_or_refused(text, now):
    said = []
    try:
        parse_instant(text, now, PARIS, FOUR)
    except NotUnderstood as refused:
        said = [refused.text(translator(lang)) for lang in ("en", "fr")]
    for sentence in said:
        assert sentence.translate({0xA0: " ", 0x202F: " "}).isprintable()


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_examples_are_read(lang):
    for text in Unreadable("", TypedKind.TIME).examples(lang):
        parse_instant(text, NOW, PARIS)


def test_a_refusal_shows_the_text_as_data():
    refused = Unreadable("\x1b[31m{0}" + "é" * 100, TypedKind.TIME).text(translator("fr"))
    assert refused.startswith("«\u00a0·[31m{0}ééé")
    assert "…" in refused
    assert "\x1b" not in refused


def test_the_last_29_february():
    assert shown("29/2 9:00") == "2024-02-29 09:00:00"
    assert date(2024, 2, 29) == wall(parse_instant("29 févr. 9h", NOW, PARIS).instant, PARIS).date()


@pytest.mark.parametrize(
    "text",
    ["hier 14:00-16:30", "14:00-16:30", "9:00-12:00", "24/11 09:00-12:00", "2026-11-21 09:00-12:00", "9h30-11:00"],
)
def test_a_stretch_is_no_time_with_an_offset(text):
    with pytest.raises(Unreadable):
        parse_instant(text, NOW, PARIS)


def test_an_offset_west_of_greenwich_is_read_where_clocks_show_it():
    new_york = ZoneInfo("America/New_York")
    now = int(datetime(2026, 11, 24, 14, 32, tzinfo=new_york).timestamp())
    for text in ("9:30-05:00", "2026-11-24 09:30 -05:00"):
        assert f"{wall(parse_instant(text, now, new_york).instant, new_york):%d %H:%M}" == "24 09:30"
    assert f"{wall(parse_instant('9:30-04:00', now, new_york).instant, new_york):%d %H:%M}" == "24 08:30"
    assert f"{wall(parse_instant('2026-11-24T09:30-05:00', NOW, PARIS).instant, PARIS):%d %H:%M}" == "24 15:30"
