"""XML of other programs, as a stream or as a tree: a file that declares entities is refused, and nothing is fetched."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from clepsydra.exchange.problems import RowProblem, RowReason

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element as Node

Element = tuple[int, str, Mapping[str, str]]
"""Line, name and attributes of an element."""

_BLOCK = 1 << 16
DEEPEST = 64


def elements(data: bytes, names: frozenset[str]) -> Iterator[Element | RowProblem]:
    """The elements of the given names as they begin, in order; a problem where the file is no XML that can be read.

    Raises ValueError for entities and for what is nested too deep.
    """
    from xml.parsers import expat

    found: list[Element] = []
    depth = 0
    parser = expat.ParserCreate()

    def begins(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise ValueError("too deep")
        if name in names:
            found.append((parser.CurrentLineNumber, name, attributes))

    def ends(_: str) -> None:
        nonlocal depth
        depth -= 1

    def refuse(*_: object) -> None:
        raise ValueError("entities")

    parser.StartElementHandler = begins
    parser.EndElementHandler = ends
    parser.EntityDeclHandler = refuse
    try:
        for start in range(0, len(data), _BLOCK):
            parser.Parse(data[start : start + _BLOCK], False)
            yield from found
            found.clear()
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        yield from found
        yield RowProblem(parser.CurrentLineNumber, RowReason.NOT_READABLE, "", str(error))
        return
    yield from found


LINE = " line"
"""The attribute in which `tree` keeps the line that an element began in; no file can write one of that name."""
MOST_ELEMENTS = 2_000_000


def tree(data: bytes) -> "Node | RowProblem":
    """The root of a whole file, the names without their namespaces; a problem for what is none.

    A file that declares a type or entities is refused, and so is one nested too deep.
    """
    from xml.etree.ElementTree import TreeBuilder
    from xml.parsers import expat

    builder, parser = TreeBuilder(), expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    depth = count = 0

    def begins(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if depth > DEEPEST or count > MOST_ELEMENTS:
            raise ValueError("too deep")
        builder.start(name.rpartition("}")[2], {**attributes, LINE: str(parser.CurrentLineNumber)})

    def ends(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(name.rpartition("}")[2])

    def refuse(*_: object) -> None:
        raise LookupError

    parser.StartElementHandler, parser.EndElementHandler = begins, ends
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    try:
        parser.Parse(data, True)
        return builder.close()
    except LookupError:
        return RowProblem(parser.CurrentLineNumber, RowReason.ENTITIES)
    except (expat.ExpatError, ValueError, AssertionError) as error:
        return RowProblem(parser.CurrentLineNumber, RowReason.CUT, "", str(error))
