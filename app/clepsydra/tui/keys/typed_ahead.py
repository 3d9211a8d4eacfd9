"""Keys go where they were meant, however fast they are typed: the next one waits until the one before has been done.

Textual hands a key to whatever has the focus when it arrives. Behind an Enter that closes a dialog, the keys that
follow would still get into the line that Enter took. So a key is handed on only when the widget with the focus,
everything above it and the program have done what the one before brought them, screens opened and closed included.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress

from textual import events
from textual.app import App
from textual.message_pump import MessagePump

_ROUNDS = 12
"""A key is followed through so many changes of screen or focus at most."""

_LOOKS, _LOOK = 10, 0.05
"""So often, and for so many seconds each time, one part of the program is waited for: one that is busy for longer holds
no key back. What held up the whole program, and so every part of it, counts as one look however long it was."""


class TypedAhead:
    """The keys and pastes of one program, in the order in which they came."""

    def __init__(
        self, app: App[None], deliver: Callable[[events.Event], Awaitable[None]], keyed: Callable[[], None]
    ) -> None:
        """`deliver` hands an event to what has the focus now; `keyed` is told that one came."""
        self._app, self._deliver, self._keyed = app, deliver, keyed
        self._waiting: deque[events.Event] = deque()
        self._pump: asyncio.Task[None] | None = None

    async def take(self, event: events.Event) -> None:
        """Deliver an event, now where nothing is under way, else after what came before it."""
        self._keyed()
        if self._pump is not None and not self._pump.done():
            self._waiting.append(event)
            return
        before = self._state()
        await self._deliver(event)
        self._pump = asyncio.create_task(self._go_on(before))

    async def caught_up(self) -> None:
        """Wait until every key that came has been done."""
        if self._pump is not None:
            await asyncio.wait({self._pump})

    async def _go_on(self, before: tuple[object, ...]) -> None:
        await self._settled(before)
        while self._waiting and self._app.is_running:
            before = self._state()
            # By way of the program's own queue: what a key raises is raised where the program looks for it.
            self._app.call_later(self._deliver, self._waiting.popleft())
            await self._settled(before)

    async def _settled(self, before: tuple[object, ...]) -> None:
        """Wait until what was delivered has been done: nothing new has the focus, nothing above it has work left."""
        everywhere = False
        for _ in range(_ROUNDS):
            for part in self._parts(everywhere=everywhere):
                await _passed(part)
            after = self._state()
            if after == before:
                return
            before, everywhere = after, True

    def _state(self) -> tuple[object, ...]:
        app = self._app
        return (*app.screen_stack, app.focused) if app.is_running else ()

    def _parts(self, *, everywhere: bool) -> Iterator[MessagePump]:
        """What has the focus, twice, since a key becomes a message there; what is above it; the program.

        Where a screen was opened or closed, every screen too: one that closes hands its answer to the one that asked.
        """
        app = self._app
        if not app.is_running:
            return
        yield app
        focused = app.focused
        if focused is not None:
            yield focused
        yield from (focused or app.screen).ancestors_with_self
        if everywhere:
            yield from reversed(app.screen_stack)
            yield app
            yield from reversed(app.screen_stack)
        yield app


async def _passed(part: MessagePump) -> None:
    """Wait until a part of the program has done what waits for it now."""
    done = asyncio.Event()
    if not part.post_message(events.Callback(done.set)):  # what `call_later` sends, less a signature to be read anew
        return
    for _ in range(_LOOKS):
        with suppress(TimeoutError):
            async with asyncio.timeout(_LOOK):  # no task of its own for each, as `wait_for` would make
                await done.wait()
            return
