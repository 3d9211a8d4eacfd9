"""Programs that are never a call: the list stands in the person's settings file, what it did to calls in the log.

One deed writes both, and undo takes both back. The file is theirs: an entry they have removed or added since stays
removed or added.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from clepsydra.language.message import Message
from clepsydra.ledger.ledger import Refused
from clepsydra.settings.home import Home

IGNORE = "calls.ignore"
"""The list in the settings."""

LISTED = "listed"
"""The value of a change's label that names the program which the change has put on the list."""


@contextmanager
def listed(home: Home, program: str, *, back: bool = False) -> Iterator[bool]:
    """While something is done a program joins the list, or leaves it to be taken `back`; tells whether that changed it.

    Brings the file back when what is done meanwhile fails. Raises as `settings.lists` does.
    """
    from clepsydra.settings import lists

    step, opposite = (lists.remove, lists.add) if back else (lists.add, lists.remove)
    changed = step(home, IGNORE, program)
    try:
        yield changed
    except BaseException:
        if changed:
            opposite(home, IGNORE, program)
        raise


@contextmanager
def list_follows(home: Home | None, change: Message, *, back: bool) -> Iterator[None]:
    """While a change is taken `back` or made again: the program that it listed leaves the list or joins it.

    Raises `Refused`, with nothing done, when the settings file cannot be changed; brings the file back when what is
    done meanwhile fails.
    """
    program = change.values.get(LISTED)
    if home is None or program is None:
        yield
        return
    from clepsydra.settings import edit

    with ExitStack() as following:
        try:
            following.enter_context(listed(home, program, back=back))
        except (edit.EditRefused, KeyError, ValueError) as error:
            raise Refused(
                "{file} cannot be changed as it is, so nothing was done; mend it first", file=home.settings_file.name
            ) from error
        yield
