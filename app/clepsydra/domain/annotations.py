"""Names for annotations: to the type checker those of `typing`, to the running program nothing that costs.

    from clepsydra.domain.annotations import TYPE_CHECKING, Any, Protocol

Importing `typing` takes a twentieth of what `start` may take. What the verbs typed all day load uses these instead; a
test holds them to it. Elsewhere `typing` itself is as good.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal, NoReturn, Protocol, TextIO, TypeAlias, TypeVar, cast

    __all__ = ["TYPE_CHECKING", "Any", "Literal", "NoReturn", "Protocol", "TextIO", "TypeAlias", "TypeVar", "cast"]
else:

    class Protocol:
        """What a class of this base must have, only the type checker asks."""

    class _Name:
        """Stands where a running program reads an annotation; `_Name["x"]` is one too."""

        __class_getitem__ = classmethod(lambda cls, _: cls)

    Any = Literal = NoReturn = TextIO = TypeAlias = _Name
    TypeVar = lambda _, bound=None: _Name  # noqa: E731 - a name in place of a name
    cast = lambda _, value: value  # noqa: E731
