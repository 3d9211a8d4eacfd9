"""A sentence to be said later, in whichever language its reader speaks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol


class Speaks(Protocol):
    """What can say a message: a `Translator`."""

    def t(self, message: str, /, **values: Any) -> str: ...


@dataclass(frozen=True)
class Message:
    """An English source sentence with `{named}` places and the values for them; values are data, never sentences."""

    text: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def said(self, _: Speaks) -> str:
        """The sentence in a translator's language."""
        return _.t(self.text, **self.values)

    def __str__(self) -> str:
        return self.text.format(**self.values)


def message(text: str, /, **values: Any) -> Message:
    """A `Message`; call it with a literal, so that the catalogue finds the sentence."""
    return Message(text, values)
