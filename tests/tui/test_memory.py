"""What was looked at and left is not kept for the rest of the day."""

import gc
import hashlib
import subprocess
import sys
from asyncio import to_thread
from threading import Event
from weakref import ref

from clepsydra.ledger.insights import overview
from clepsydra.ledger.insights.overview import InsightReader
from tests.tui.frames import watch
from tests.tui.workbench import Desk, settled


def everything_on(screen):
    """A screen, what stands on it, and what of it is kept drawn."""
    return [ref(part) for each in (screen, *screen.walk_children()) for part in (each, each._styles_cache)]


def test_a_screen_that_was_left_is_not_kept_nor_anything_on_it(tmp_path):
    desk = Desk(tmp_path)
    desk.log("acme", "9:00", "10:00")

    async def look(pilot):
        kept = []
        for key in "klIr":
            await pilot.press(key)
            await settled(pilot)
            kept += everything_on(pilot.app.screen)
            await pilot.press("escape")
            await settled(pilot)
        gc.collect()
        return [each() for each in kept if each() is not None]

    assert watch(desk.open(), look, (120, 40)) == []


def test_a_reading_that_ends_when_its_screen_was_left_is_not_kept(tmp_path, monkeypatch):
    desk, left, done, read = Desk(tmp_path), Event(), Event(), InsightReader.read
    desk.log("acme", "9:00", "10:00")

    def late(reader, weeks, wanted):
        left.wait(5)
        try:
            return read(reader, weeks, wanted)
        finally:
            done.set()

    monkeypatch.setattr(overview, "KEPT", 0)
    monkeypatch.setattr(InsightReader, "read", late)

    async def look(pilot):
        await pilot.press("I")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        left.set()
        assert await to_thread(done.wait, 5)
        await pilot.pause(0.1)
        return pilot.app.insights.known(13)

    assert watch(desk.open(), look, (120, 40)) is None


def test_openssl_is_not_loaded_and_digests_are_what_they_were():
    code = (
        "import clepsydra.tui.program, sys; assert not {'_ssl', '_hashlib'} & sys.modules.keys()\n"
        "import hashlib, hmac; print(hashlib.sha256(b'x').hexdigest(), hashlib.blake2b(b'x').hexdigest())\n"
        "import ssl; ssl.create_default_context()"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.split() == [hashlib.sha256(b"x").hexdigest(), hashlib.blake2b(b"x").hexdigest()]
    assert told.stderr == ""
