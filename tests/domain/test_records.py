"""Records are what the standard library would have made of the same classes, in all that is used of them."""

import copy
import dataclasses
import inspect
import pickle
import re
from importlib import import_module
from pathlib import Path

import pytest

import clepsydra
from clepsydra.domain import records
from clepsydra.domain.records import dataclass, field, replace

ROOT = Path(clepsydra.__file__).parent


@dataclass(frozen=True, slots=True)
class Point:
    """A place with a name that is no part of it."""

    x: int
    y: int = 0
    tags: list[str] = field(default_factory=list)
    name: str = field(default="", compare=False, repr=False)


@dataclass(frozen=True)
class Base:
    """A record to build on."""

    a: int

    def __post_init__(self):
        if self.a < 0:
            raise ValueError("below zero")


@dataclass(frozen=True)
class Longer(Base):
    """The same and more."""

    b: int = 2

    def whole(self):
        return super().__repr__()


@dataclass(slots=True)
class Loose:
    """A record that may change."""

    n: int = 1


@dataclass(frozen=True, slots=True, order=True)
class Ordered:
    """A record with an order."""

    key: int
    rest: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A record whose fields are always named."""

    first: int = 1
    second: int


def test_fields_defaults_and_wrong_calls():
    assert (Point(1).x, Point(1, 2).y, Point(x=3, name="n").name, Point(1).tags) == (1, 2, "n", [])
    assert Point(1).tags is not Point(1).tags
    assert (Named(second=2).first, Longer(1), Longer(1).b) == (1, Longer(1, 2), 2)
    for wrong in (lambda: Point(), lambda: Point(1, z=2), lambda: Point(1, 2, [], "", 5), lambda: Named(2)):
        with pytest.raises(TypeError):
            wrong()
    assert Longer(1).whole() == "Longer(a=1, b=2)"
    with pytest.raises(ValueError, match="below zero"):
        Longer(-1)


def test_equal_by_what_compares_and_nothing_else():
    assert Point(1, name="a") == Point(1, name="b") != Point(2)
    assert Base(1) != Longer(1)
    assert Point(1) != (1, 0, [], "")
    assert hash(Base(1)) == hash(Base(1))
    assert repr(Point(1, 2)) == "Point(x=1, y=2, tags=[])"
    assert sorted([Ordered(2), Ordered(1, "z"), Ordered(1, "a")])[0].rest == "z"
    with pytest.raises(TypeError):
        hash(Loose())


def test_frozen_is_frozen_and_loose_is_not():
    for change in (lambda: setattr(Point(1), "x", 2), lambda: delattr(Base(1), "a"), lambda: setattr(Base(1), "z", 2)):
        with pytest.raises(dataclasses.FrozenInstanceError):
            change()
    loose = Loose()
    loose.n = 5
    assert loose == Loose(5)
    with pytest.raises(AttributeError):
        loose.other = 1
    assert not hasattr(Point(1), "__dict__")


def test_copies():
    one = Point(1, 2, ["t"], "n")
    assert replace(one, x=9) == dataclasses.replace(one, x=9) == Point(9, 2, ["t"])
    assert copy.deepcopy(one) == pickle.loads(pickle.dumps(one)) == one
    assert replace(one).name == "n"
    with pytest.raises(TypeError):
        replace(one, z=1)
    match one:
        case Point(x, y):
            assert (x, y) == (1, 2)


def test_the_standard_library_knows_them():
    assert dataclasses.is_dataclass(Point)
    assert [each.name for each in dataclasses.fields(Point)] == ["x", "y", "tags", "name"]
    assert dataclasses.asdict(Longer(1)) == {"a": 1, "b": 2}
    assert dataclasses.astuple(Point(1)) == (1, 0, [], "")


def test_nothing_makes_data_classes_the_slow_way():
    for path in ROOT.rglob("*.py"):
        names = re.findall(r"^ *from dataclasses import (.*)$", path.read_text("utf-8"), re.MULTILINE)
        used = {name.strip() for each in names for name in each.split(",")}
        assert path.name == "records.py" or not used & {"dataclass", "field", "replace"}, path


def every_record() -> list[type]:
    """All records of the program's lower layers."""
    found = {}
    for layer in ("domain", "settings", "store", "ledger", "exchange"):
        for path in sorted((ROOT / layer).rglob("*.py")):
            name = ".".join(("clepsydra", *path.relative_to(ROOT).with_suffix("").parts)).removesuffix(".__init__")
            for _, each in inspect.getmembers(import_module(name), inspect.isclass):
                if "__record__" in vars(each) and each.__module__.startswith("clepsydra"):
                    found[each.__qualname__, each.__module__] = each
    return list(found.values())


def test_every_record_can_be_made_and_says_what_the_library_would_say():
    everyone = every_record()
    assert len(everyone) > 100
    for cls in everyone:
        fields = dataclasses.fields(cls)
        made = dataclasses.make_dataclass(
            cls.__qualname__, [(f.name, object, dataclasses.field(compare=f.compare, repr=f.repr)) for f in fields]
        )
        values = {f.name: index for index, f in enumerate(fields)}
        if not hasattr(cls, "__post_init__"):
            assert records._repr(cls(**values)) == repr(made(**values)), cls
            assert (cls(**values) == cls(**values), cls(**values) != cls(**values)) == (True, False), cls
