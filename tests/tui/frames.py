"""What a person would see, as plain lines of text."""

import asyncio

from textual.screen import Screen


def frame(screen: Screen) -> list[str]:
    """The lines of a screen as text. The one place that reads Textual's compositor, which is private."""
    return ["".join(segment.text for segment in strip) for strip in screen._compositor.render_strips()]


def watch(tui, scenario, size=(80, 24)):
    """Run an app without a terminal, do the scenario in it (a coroutine function of a pilot), return its result."""

    async def run():
        async with tui.run_test(size=size) as pilot:
            await pilot.pause()
            return await scenario(pilot)

    return asyncio.run(run())
