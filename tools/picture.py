"""Draw docs/pictures: screens of the sample home in both languages, at a moment that never changes.

PYTHONPATH=app python -m tools.picture
"""

import asyncio
import re
import tempfile
from pathlib import Path

from clepsydra.language.translator import LANGUAGES
from clepsydra.ledger.demo import make_demo
from clepsydra.settings.edit import edit_settings
from clepsydra.settings.home import Home
from clepsydra.tui.app import Clepsydra

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
SCREENS = {"main": (), "day": ("r",), "statement": ("p",), "log": ("l",)}
"""The keys that lead to each."""
NOW = 1_795_527_127
"""Tuesday 24 November 2026, 14:32:07 in Paris."""
SIZE = (120, 40)

_FOREIGN = re.compile(r"@font-face\s*\{[^}]*\}\s*|<!--.*?-->\s*", re.DOTALL)


def drawn(home: Home, language: str, keys: tuple[str, ...]) -> str:
    """A screen of a sample home as SVG that asks no network for anything."""

    async def look() -> str:
        app = Clepsydra(home, {}, lambda: NOW, lambda: 0.0, language, sample=True)
        async with app.run_test(size=SIZE) as pilot:
            await pilot.pause()
            for key in keys:
                await pilot.press(key)
                await app.typed_ahead.caught_up()
            for worker in list(app.workers):
                await worker.wait()
            app.clear_notifications()
            await pilot.pause()
            return app.export_screenshot(title="Clepsydra")

    spaced = asyncio.run(look()).replace("<text ", '<text xml:space="preserve" ')  # no viewer may drop a cell
    return re.sub(r"terminal-\d+", "terminal", _FOREIGN.sub("", spaced))


def main() -> None:
    """Write the pictures."""
    PICTURES.mkdir(exist_ok=True)
    for language in LANGUAGES:
        with tempfile.TemporaryDirectory() as folder:
            home = Home(Path(folder) / "home")
            make_demo(home, NOW, language)
            edit_settings(home, {"calls.evidence": "off"})
            for name, keys in SCREENS.items():
                (PICTURES / f"{name}.{language}.svg").write_text(drawn(home, language, keys), encoding="utf-8")


if __name__ == "__main__":
    main()
