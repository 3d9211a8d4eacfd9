"""What the program holds for the whole day it is open: memory that is free again is given back to the system, and what
stays for good is looked through for garbage no more.

After a visit of the log and the insights of a million sessions, 12 of 94 MB were free and kept by the C library. A look
through everything took 50 to 200 ms, in the first second of nearly every screen, and no key was answered meanwhile; of
what a screen brings it takes 5 to 10.
"""

import gc
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from typing import Any

from textual._styles_cache import StylesCache


class ForgettingThreads(ThreadPoolExecutor):
    """Threads that keep nothing of what they worked for.

    Textual tells a thread in its context for which screen it works; there it would stand, with the screen and all its
    rows, until the thread gets other work.
    """

    def submit(self, work: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Do it in a context of its own."""
        return super().submit(copy_context().run, work, *args, **kwargs)


def stays() -> None:
    """What is loaded and drawn now stays until the program ends: it is no garbage, and need not be looked through.

    From here on garbage is looked for early and often, a millisecond each time, so that no look keeps a key waiting;
    and in what lasts a little longer when a screen is left.
    """
    gc.set_threshold(5_000, 40)
    gc.unfreeze()  # of an app before this one, in the same process, nothing stays
    gc.collect()
    gc.freeze()


def give_back() -> None:
    """Give what a screen that was left has held back to the system, where its C library can; takes about 10 ms.

    Textual remembers two colours of each widget beside the widget's drawn lines, for a thousand widgets: a screen that
    was left would stay there with all that it showed, half a megabyte for each look at it.
    """
    StylesCache.get_inner_outer.cache_clear()
    gc.collect()  # a screen refers to itself in circles, and would wait for half a million other objects
    with suppress(ImportError, OSError, AttributeError, TypeError):
        from ctypes import CDLL

        CDLL(None).malloc_trim(0)
