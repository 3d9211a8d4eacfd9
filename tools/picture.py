"""Draw docs/main.svg: the main screen of the sample home, in English, at a moment that never changes.

PYTHONPATH=app python -m tools.picture
"""

import asyncio
import re
import tempfile
from pathlib import Path

from clepsydra.language.translator import translator
from clepsydra.ledger.demo import make_demo
from clepsydra.settings.edit import edit_settings
from clepsydra.settings.home import Home
from clepsydra.tui.app import Clepsydra

PICTURE = Path(__file__).parents[1] / "docs" / "main.svg"
NOW = 1_795_527_127
"""Tuesday 24 November 2026, 14:32:07 in Paris."""
SIZE = (120, 40)

_FOREIGN = re.compile(r"@font-face\s*\{[^}]*\}\s*|<!--.*?-->\s*", re.DOTALL)


def drawn(home: Home) -> str:
    """The main screen of a sample home as SVG that asks no network for anything."""
    make_demo(home, NOW, "en")
    edit_settings(home, {"calls.evidence": "off"})

    async def look() -> str:
        app = Clepsydra(home, {}, lambda: NOW, lambda: 0.0, translator("en").lang, sample=True)
        async with app.run_test(size=SIZE) as pilot:
            await pilot.pause()
            app.clear_notifications()
            await pilot.pause()
            return app.export_screenshot(title="Clepsydra")

    spaced = asyncio.run(look()).replace("<text ", '<text xml:space="preserve" ')  # no viewer may drop a cell
    return re.sub(r"terminal-\d+", "terminal", _FOREIGN.sub("", spaced))


def main() -> None:
    """Write the picture."""
    with tempfile.TemporaryDirectory() as folder:
        PICTURE.write_text(drawn(Home(Path(folder) / "home")), encoding="utf-8")


if __name__ == "__main__":
    main()
