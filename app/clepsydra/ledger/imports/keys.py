"""The lasting id of an entry: the same entry gets it again however often its file comes, in whatever order of rows.

Made of the source's own key where it has one, else of what the entry says: begin and end (or day and length), client,
project, task, note and person as written, and how many alike stood before it in the file. Tags, amounts and the
mapping are not in it, so that a better mapping never doubles.
"""

from collections import Counter

from clepsydra.exchange.doors.shape import Found
from clepsydra.store.ids import id_of_content

_EPOCH_DAY = 719_163
_TAIL = 16
"""Characters of an id that are made of its content; those before are of its time."""


class Keys:
    """The ids of one file's entries; `door` is the name of its format."""

    def __init__(self, door: str) -> None:
        self._door = door
        self._alike: Counter[str] = Counter()

    def id_of(self, found: Found) -> str:
        """The id of the next entry."""
        if found.exact is not None and found.exact.id:
            return found.exact.id
        content = f"{self._door}\n{found.key}" if found.key else self._content(found)
        self._alike[content] += 1
        times = self._alike[content]
        return id_of_content(time_of(found), content if times == 1 else f"{content}\n{times}")

    def _content(self, found: Found) -> str:
        when = (found.begin, found.end) if found.begin is not None else (found.day, found.seconds)
        said = (*map(str, when), found.client, found.project, found.task, found.note, found.person)
        text = "\n".join(said)
        if "\\" in text or text.count("\n") >= len(said):
            text = "\n".join(part.replace("\\", "\\\\").replace("\n", "\\n") for part in said)
        return f"{self._door}\n{text}"


def time_of(found: Found) -> int:
    """The instant that an entry's id begins with; of an entry without times, the midnight of its day in UTC."""
    if found.begin is not None:
        return found.begin
    return (found.day.toordinal() - _EPOCH_DAY) * 86_400 if found.day else 0


def tail(session_id: str) -> str:
    """The part of an id that is made of its content: the same for an entry whose begin has moved."""
    return session_id[-_TAIL:]
