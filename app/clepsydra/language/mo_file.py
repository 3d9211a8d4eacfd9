"""A compiled catalogue whose messages are found in the file as they are asked for.

The standard library reads all of them first, which is a fifth of what a timer's start costs; it is asked where the file
itself does not answer at once: plurals, messages that are missing, a machine of another byte order.

The format: https://www.gnu.org/software/gettext/manual/html_node/MO-Files.html
"""

from bisect import bisect_left
from functools import cached_property

from clepsydra.domain.annotations import TYPE_CHECKING

if TYPE_CHECKING:
    from gettext import GNUTranslations

_MAGIC = 0x950412DE
_HEADER = 20
_PAIR = 8
"""Bytes of a length and an offset."""


class Messages:
    """The messages of a compiled catalogue, by what `GNUTranslations` calls its questions."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._known: dict[str, str] = {}
        magic, _, count, ids, texts = memoryview(content)[:_HEADER].cast("I")
        if magic != _MAGIC:
            count = 0
        self._ids, self._texts = (memoryview(content)[at : at + _PAIR * count].cast("I") for at in (ids, texts))

    def gettext(self, message: str) -> str:
        """The translation of a message, or the message."""
        found = self._known.get(message)
        if found is None:
            found = self._found(message.encode("utf-8", "surrogatepass"))
            self._known[message] = found = self._whole.gettext(message) if found is None else found
        return found

    def pgettext(self, context: str, message: str) -> str:
        """The translation of a message that has this meaning in a context, or the message."""
        found = self.gettext(key := f"{context}\x04{message}")
        return message if found == key else found

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        """The form for a number, or the source's."""
        return self._whole.ngettext(singular, plural, count)

    def _found(self, key: bytes) -> str | None:
        """The translation that stands beside a key, which zeros enclose among the others."""
        offsets, at = self._ids[1::2], -1
        while (at := self._content.find(b"\0%b\0" % key, at + 1)) >= 0:
            place = bisect_left(offsets, at + 1)
            if place < len(offsets) and offsets[place] == at + 1 and self._ids[2 * place] == len(key):
                length, start = self._texts[2 * place : 2 * place + 2]
                return self._content[start : start + length].decode()
        return None

    @cached_property
    def _whole(self) -> "GNUTranslations":
        from gettext import GNUTranslations
        from io import BytesIO

        return GNUTranslations(BytesIO(self._content))
