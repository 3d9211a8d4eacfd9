"""Names inside one text: `Client: project: note`, `Client > Project`, words that begin with `#`."""

import re

TAG = r"#[^\s#,;]+"


def chain(text: str, *marks: str) -> list[str]:
    """The parts of `A ▸ B`, `A > B`, `a:b`, split at the first of the marks that it holds, without blanks around."""
    for mark in marks:
        if mark in text:
            return [part.strip() for part in text.split(mark) if part.strip()]
    return [text.strip()] if text.strip() else []


def client_and_note(text: str) -> tuple[str, str]:
    """`Client: note` in its two parts; a text without such a beginning is a note alone."""
    head, mark, tail = text.partition(": ")
    return (head.strip(), tail.strip()) if mark and head.strip() else ("", text.strip())


def hash_tags(text: str, tag: str = TAG) -> tuple[str, tuple[str, ...]]:
    """A text without the tags before and behind it, and all its tags; one inside a sentence also stays in its place."""
    tags = tuple(match[0] for match in re.finditer(rf"(?<!\S){tag}", text))
    if not tags:
        return text.strip(), ()
    bare = re.sub(rf"^\s*(?:{tag}(?:\s+|$))+", "", text)
    return re.sub(rf"(?:(?:^|\s+){tag})+\s*$", "", bare).strip(), tags


def listed(text: str) -> tuple[str, ...]:
    """The names of a list joined by commas, as written.

    A comma between blanks ends a name only where the file has no way to say otherwise; empty names are left out.
    """
    return tuple(each.strip() for each in text.split(",") if each.strip())


def yes(cell: str) -> bool | None:
    """What a cell of a yes-or-no column says, in the languages programs write; None where it says neither."""
    word = cell.strip().casefold()
    if word in ("yes", "y", "true", "1", "oui", "vrai", "ja", "wahr", "sí", "si", "x", "billable"):
        return True
    if word in ("no", "n", "false", "0", "non", "faux", "nein", "falsch", "-", "non-billable", "not billable"):
        return False
    return None
