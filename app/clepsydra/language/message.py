"""A sentence to be said later, in whichever language its reader speaks."""

from collections.abc import Mapping

from clepsydra.domain.annotations import Any, Protocol
from clepsydra.domain.records import dataclass, field
from clepsydra.language.counted import COUNTED


class Speaks(Protocol):
    """What can say a message: a `Translator`."""

    def t(self, message: str, /, **values: Any) -> str: ...

    def n(self, singular: str, plural: str, count: int, /, **values: Any) -> str: ...


@dataclass(frozen=True, slots=True)
class Length:
    """Seconds among the values of a message, said as the reader's language says a length of time."""

    seconds: int

    def said(self, lang: str) -> str:
        """As in "2h 15m", or "2 h 15" in French."""
        from clepsydra.language import formats

        return formats.duration(self.seconds, lang)

    def __str__(self) -> str:
        return self.said("en")


@dataclass(frozen=True, slots=True)
class Sum:
    """Minor units of a currency among the values of a message, said as the reader's language says an amount."""

    minor: int
    currency: str

    def said(self, lang: str) -> str:
        """As in "€250.00", or "250,00 €" in French."""
        from clepsydra.language import formats

        return formats.money(self.minor, self.currency, lang)

    def __str__(self) -> str:
        return self.said("en")


class KeysById(dict[str, str]):
    """Keys to press by the id of what they do; of an action that has none the id itself."""

    def __missing__(self, id_: str) -> str:
        return id_


NO_KEYS = KeysById()
"""Where no keyboard is meant."""


@dataclass(frozen=True)
class Message:
    """An English source sentence with `{named}` places and the values for them: data, or another message."""

    text: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def said(self, _: Speaks) -> str:
        """The sentence in a translator's language."""
        lang = getattr(_, "lang", "en")
        values = dict(self.values)
        for name, each in values.items():
            if isinstance(each, Length | Sum):
                values[name] = each.said(lang)
            elif isinstance(each, Message):
                values[name] = each.said(_)
        one, count = COUNTED.get(self.text), values.get("count")
        if one is not None and isinstance(count, int):
            return _.n(one, self.text, count, **{name: each for name, each in values.items() if name != "count"})
        return _.t(self.text, **values)

    def __str__(self) -> str:
        text = COUNTED.get(self.text, self.text) if self.values.get("count") == 1 else self.text
        return text.format(**{"press": NO_KEYS, **self.values})


def message(text: str, /, **values: Any) -> Message:
    """A `Message`; call it with a literal, so that the catalogue finds the sentence."""
    return Message(text, values)
