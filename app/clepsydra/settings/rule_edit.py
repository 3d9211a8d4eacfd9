"""Write a rule about evidence at the end of a client's file; all that stands there stays as it is."""

from collections.abc import Mapping

from clepsydra.settings.edit import EditRefused
from clepsydra.settings.evidence_rules import inline
from clepsydra.settings.foreign import content
from clepsydra.settings.home import Home, write_private
from clepsydra.settings.kept import KeptTexts
from clepsydra.settings.load import load_file
from clepsydra.settings.model import Settings

Entry = Mapping[str, object]
"""A rule as it stands in a file: `from`, `when`, `then`."""


def rule_text(entry: Entry) -> str:
    """The rule as it is written, a line for each of its keys."""
    return "".join(["[[decide]]\n", *(f"{key} = {inline(value)}\n" for key, value in entry.items())])


def with_rule(home: Home, slug: str, entry: Entry) -> bytes:
    """The text of a client's file with the rule after all that stands there.

    Raises `EditRefused` when the file would have errors, OSError when it cannot be read.
    """
    file = home.client_file(slug)
    before = content(file)
    ending = b"\r\n" if b"\r\n" in before else b"\n"
    more = rule_text(entry).encode().replace(b"\n", ending)
    after = before.rstrip(b"\r\n") + ending * 2 + more
    loaded = load_file(file, Settings(), after)
    if not loaded.ok:
        raise EditRefused([problem for problem in loaded.problems if not problem.warning])
    return after


def add_rule(home: Home, slug: str, entry: Entry) -> None:
    """Write the rule; raises as `with_rule` does, and OSError when the disk refuses."""
    after = with_rule(home, slug, entry)
    write_private(home.client_file(slug), after)
    KeptTexts(home).keep(slug, after)
