"""What a person would see, as plain lines of text."""

import asyncio
from contextlib import suppress

from textual.screen import Screen
from textual.strip import Strip
from textual.worker import WorkerCancelled


def frame(screen: Screen) -> list[str]:
    """The lines of a screen as text."""
    return ["".join(segment.text for segment in strip) for strip in _strips(screen)]


def colours_on(screen: Screen) -> set[str]:
    """Every colour on a screen, as it was last drawn."""
    styles = [segment.style for strip in _strips(screen) for segment in strip if segment.style]
    return {colour.name for style in styles for colour in (style.color, style.bgcolor) if colour}


def _strips(screen: Screen) -> list[Strip]:
    """What was last drawn. The one place that reads Textual's compositor, which is private."""
    return screen._compositor.render_strips()


async def idle(app) -> None:
    """Wait for what an app does beside its screen; a reading that another has taken the place of is over."""
    for worker in list(app.workers):
        with suppress(WorkerCancelled):
            await worker.wait()


def watch(tui, scenario, size=(80, 24), *, toasts=False):
    """Run an app without a terminal, do the scenario in it (a coroutine function of a pilot), return its result.

    Without `toasts`, what is said in passing does not cover the screen.
    """

    async def run():
        async with tui.run_test(size=size, notifications=toasts) as pilot:
            await pilot.pause()
            return await scenario(pilot)

    return asyncio.run(run())
