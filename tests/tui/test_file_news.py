"""Files that break while the program runs: a toast per file, gone when the file is good again."""

import pytest

from tests.client_files import brel
from tests.tui.frames import watch
from tests.tui.workbench import Desk, settled, text_of

UNKNOWN = "colour = 1\n"


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path)
    desk.home.client_file("acme").write_text(brel().replace("Brel & Cie", "Acme SARL"))
    return desk


def toasts(desk, *writings):
    """What hangs on the screen after each file is written and the clock has ticked."""
    tui = desk.open()

    async def work(pilot):
        await settled(pilot)
        seen = []
        for slug, text in writings:
            desk.home.client_file(slug).write_text(text)
            desk.clock.now += 1
            tui.tick()
            await settled(pilot)
            seen.append([" ".join(note.message.split()) for note in tui._notifications])
        return seen

    return watch(tui, work)


def test_a_file_has_one_toast_which_follows_it(desk):
    broken, other, more, mended, both = toasts(
        desk,
        ("acme", "name = "),
        ("acme", 'name = "Acme"\n[[rates]]\nhourly = "a lot"\n'),
        ("brel", UNKNOWN + 'hue = "red"\n' + brel()),
        ("acme", brel().replace("Brel & Cie", "Acme SARL")),
        ("brel", brel()),
    )
    assert [words.split(": ")[0] for words in broken] == ["clients/acme.toml:1"]
    assert len(other) == 1
    assert "a lot" in other[0]
    assert [words.split(":")[0] for words in more] == ["clients/acme.toml", "clients/brel.toml"]
    assert more[1].endswith("(and 1 more mistake)")
    assert mended == ["clients/acme.toml: mended", more[1]]
    assert both == ["clients/brel.toml: mended"]


def test_a_toast_breaks_its_lines_once(desk):
    desk.home.client_file("brel").write_text("name = ")
    tui = desk.open()

    async def look(pilot):
        await settled(pilot)
        (note,) = tui._notifications
        lines = [line.partition("▌")[2].strip() for line in text_of(tui.screen).splitlines() if "▌ " in line]
        return note.message.splitlines(), lines

    told, seen = watch(tui, look, (80, 24), toasts=True)
    assert told == seen


def test_what_is_wrong_is_told_once_while_other_files_are_written(desk):
    tui = desk.open()
    desk.home.client_file("acme").write_text(UNKNOWN + brel())

    async def work(pilot):
        await settled(pilot)
        for hourly in ("91", "92"):
            desk.home.client_file("brel").write_text(brel().replace("90.00", hourly))
            desk.clock.now += 1
            tui.tick()
            await settled(pilot)
        return [words for words in tui.said if "colour" in words]

    assert len(watch(tui, work)) == 1


def test_a_client_that_is_taken_away_is_not_called_mended(desk):
    tui = desk.open()

    async def work(pilot):
        await settled(pilot)
        desk.home.client_file("brel").write_text("name = ")
        tui.tick()
        await settled(pilot)
        desk.home.client_file("brel").unlink()
        desk.clock.now += 1
        tui.tick()
        await settled(pilot)
        return [note.message for note in tui._notifications], tui.said

    hanging, said = watch(tui, work)
    assert hanging == []
    assert not any("mended" in words for words in said)
