"""Formats of other packages, offered through entry points. One that cannot be used is named, and stops none of ours."""

from collections.abc import Container, Iterator
from typing import TypeVar

from clepsydra.domain.records import dataclass

F = TypeVar("F")


@dataclass(frozen=True, slots=True)
class BrokenFormat:
    """A format of another package that cannot be used, and why."""

    name: str
    why: str


def plugins(group: str, kind: type[F], ours: Container[str]) -> Iterator[F | BrokenFormat]:
    """The values that other packages offer in a group of entry points, in order of their names; `ours` win."""
    from importlib.metadata import entry_points

    for point in sorted(entry_points(group=group), key=lambda each: each.name):
        if point.name in ours:
            continue
        try:
            found = point.load()
        except Exception as error:  # another package may fail in any way, and must not stop ours
            yield BrokenFormat(point.name, f"{type(error).__name__}: {error}")
            continue
        fits = isinstance(found, kind)
        yield found if fits else BrokenFormat(point.name, f"{type(found).__name__} ≠ {kind.__name__}")
