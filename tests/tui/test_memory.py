"""What was looked at and left is not kept for the rest of the day."""

import gc
import hashlib
import subprocess
import sys
from weakref import ref

from tests.tui.frames import watch
from tests.tui.workbench import Desk, settled


def test_a_screen_that_was_left_is_not_kept_nor_anything_on_it(tmp_path):
    desk = Desk(tmp_path)
    desk.log("acme", "9:00", "10:00")

    async def look(pilot):
        kept = []
        for key in "klIr":
            await pilot.press(key)
            await settled(pilot)
            kept += [ref(each) for each in (pilot.app.screen, *pilot.app.screen.walk_children())]
            await pilot.press("escape")
            await settled(pilot)
        gc.collect()
        return [each() for each in kept if each() is not None]

    assert watch(desk.open(), look, (120, 40)) == []


def test_openssl_is_not_loaded_and_digests_are_what_they_were():
    code = (
        "import clepsydra.tui.program, sys; assert not {'_ssl', '_hashlib'} & sys.modules.keys()\n"
        "import hashlib, hmac; print(hashlib.sha256(b'x').hexdigest(), hashlib.blake2b(b'x').hexdigest())\n"
        "import ssl; ssl.create_default_context()"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.split() == [hashlib.sha256(b"x").hexdigest(), hashlib.blake2b(b"x").hexdigest()]
    assert told.stderr == ""
