"""XML of other programs, read as a stream: a file that declares entities is refused, and nothing is fetched."""

from collections.abc import Iterator, Mapping

from clepsydra.exchange.problems import RowProblem, RowReason

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
