"""Records: data classes whose methods cost nothing until they are used.

    from clepsydra.domain.records import dataclass, field, replace

To the type checker these are the standard library's own, with all it knows of them. To the running program they do the
same for what is used here, but compile one function instead of six, and that one when the first instance is made: a
program that opens in a fifth of a second cannot pay a millisecond for each of two hundred classes, most of which its
first frame never needs. `dataclasses.fields`, `asdict` and the like work on them, and load the library then.
"""

from collections.abc import Callable, Iterable
from operator import attrgetter

TYPE_CHECKING = False  # as checkers know it from `typing`, whose import costs more than all of this file
if TYPE_CHECKING:
    from dataclasses import Field, dataclass, field, replace
    from typing import Any

    __all__ = ["dataclass", "field", "replace"]

_MISSING: "Any" = object()
_OWN = "__record__"
"""Under this name a class keeps its fields by name."""


class _Field:
    """What a record says of one of its fields, as `dataclasses.field` takes it."""

    __slots__ = ("compare", "default", "default_factory", "repr")

    def __init__(
        self, *, default: "Any" = _MISSING, default_factory: "Any" = _MISSING, compare: bool = True, repr: bool = True
    ) -> None:
        self.default, self.default_factory, self.compare, self.repr = default, default_factory, compare, repr


def _replace(record: "Any", /, **changes: "Any") -> "Any":
    """A copy with some fields changed; raises `TypeError` for a name that is none of them."""
    cls, names = record.__class__, getattr(record, _OWN)
    if not cls.__match_args__:
        return cls(**({name: getattr(record, name) for name in names} | changes))
    # By their places, since names take twice as long.
    return cls(*[changes.pop(name) if name in changes else getattr(record, name) for name in names], **changes)


def _dataclass(
    cls: "Any" = None,
    /,
    *,
    frozen: bool = False,
    slots: bool = False,
    order: bool = False,
    kw_only: bool = False,
) -> "Any":
    """Make a record of a class."""
    if cls is None:
        return lambda each: _dataclass(each, frozen=frozen, slots=slots, order=order, kw_only=kw_only)
    own = {name: cls.__dict__.get(name, _MISSING) for name in cls.__annotations__}
    fields = {name: each for base in cls.__mro__[:0:-1] for name, each in base.__dict__.get(_OWN, {}).items()}
    for name, default in own.items():
        fields[name] = default if isinstance(default, _Field) else _Field(default=default)
    added = {_OWN: fields, "__match_args__": () if kw_only else tuple(fields), "__dataclass_fields__": _Standard()}
    added |= {name: made for name, made in _methods(fields, frozen, order).items() if cls.__dict__.get(name) is None}
    made = _with_slots(cls, own) if slots else cls
    for name, each in added.items():
        setattr(made, name, each)
    if not slots:
        _bare(made, own, fields)
    _wait_to_compile(made, fields, frozen=frozen, kw_only=kw_only)
    return made


def _with_slots(cls: "Any", own: "Iterable[str]") -> "Any":
    """The same class anew, since slots can only be had when a class is made."""
    taken = {name for base in cls.__mro__[1:] for name in base.__dict__.get("__slots__", ())}
    members = {name: each for name, each in cls.__dict__.items() if name not in (*own, "__dict__", "__weakref__")}
    members |= {"__slots__": tuple(name for name in own if name not in taken), "__qualname__": cls.__qualname__}
    return type(cls)(cls.__name__, cls.__bases__, members)


def _bare(cls: "Any", own: "Iterable[str]", fields: "dict[str, _Field]") -> None:
    """Leave of a class's own fields the plain defaults."""
    for name in own:
        if isinstance(cls.__dict__.get(name), _Field):
            if fields[name].default is _MISSING:
                delattr(cls, name)
            else:
                setattr(cls, name, fields[name].default)


def _methods(fields: "dict[str, _Field]", frozen: bool, order: bool) -> "dict[str, Any]":
    """What needs no compiling."""
    key = _key([name for name, each in fields.items() if each.compare])

    def compares(by: "Callable[[Any, Any], bool]") -> "Callable[[Any, Any], Any]":
        return lambda self, other: by(key(self), key(other)) if other.__class__ is self.__class__ else NotImplemented

    made: dict[str, Any] = {"__repr__": _repr, "__eq__": compares(tuple.__eq__), "__hash__": None}
    if frozen:
        made |= {"__setattr__": _refuse, "__delattr__": _refuse, "__hash__": lambda self: hash(key(self))}
        made |= {"__getstate__": _state, "__setstate__": _restore}
    if order:
        ordered = {"__lt__": tuple.__lt__, "__le__": tuple.__le__, "__gt__": tuple.__gt__, "__ge__": tuple.__ge__}
        made |= {name: compares(by) for name, by in ordered.items()}
    return made


def _key(names: list[str]) -> "Callable[[Any], tuple[Any, ...]]":
    """Reads these attributes as a tuple."""
    if len(names) > 1:
        return attrgetter(*names)
    one = attrgetter(*names) if names else None
    return (lambda self: (one(self),)) if one else (lambda self: ())


def _wait_to_compile(cls: "Any", fields: "dict[str, _Field]", *, frozen: bool, kw_only: bool) -> None:
    """Give a class an `__init__` that is compiled when the first instance is made."""

    def first(self: "Any", *values: "Any", **named: "Any") -> None:
        if cls.__init__ is first:
            cls.__init__ = _compiled(cls, fields, frozen=frozen, kw_only=kw_only)
        cls.__init__(self, *values, **named)

    cls.__init__ = first


def _compiled(cls: "Any", fields: "dict[str, _Field]", *, frozen: bool, kw_only: bool) -> "Any":
    given, lines, known = (
        ["self", *(["*"] if kw_only and fields else [])],
        [],
        {"_": _MISSING, "put": object.__setattr__},
    )
    for name, each in fields.items():
        value = name
        if each.default_factory is not _MISSING:
            known[f"new_{name}"] = each.default_factory
            value = f"new_{name}() if {name} is _ else {name}"
            given.append(f"{name}=_")
        elif each.default is not _MISSING:
            known[f"default_{name}"] = each.default
            given.append(f"{name}=default_{name}")
        else:
            given.append(name)
        slot = next((base.__dict__[name] for base in cls.__mro__ if name in base.__dict__.get("__slots__", ())), None)
        if not frozen:
            lines.append(f"self.{name} = {value}")
        elif slot is not None:  # the slot itself is quicker than asking the object for it
            known[f"put_{name}"] = slot.__set__
            lines.append(f"put_{name}(self, {value})")
        else:
            lines.append(f"put(self, {name!r}, {value})")
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    body = "".join(f"\n    {line}" for line in lines or ["pass"])
    exec(f"def __init__({', '.join(given)}):{body}", known)
    return known["__init__"]


def _repr(self: "Any") -> str:
    shown = (f"{name}={getattr(self, name)!r}" for name, each in getattr(self, _OWN).items() if each.repr)
    return f"{self.__class__.__qualname__}({', '.join(shown)})"


def _refuse(_: "Any", name: str, *value: "Any") -> None:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot {'assign to' if value else 'delete'} field {name!r}")


def _state(self: "Any") -> list["Any"]:
    return [getattr(self, name) for name in getattr(self, _OWN)]


def _restore(self: "Any", state: list["Any"]) -> None:
    for name, value in zip(getattr(self, _OWN), state, strict=True):
        object.__setattr__(self, name, value)


class _Standard:
    """What the standard library's functions look for in a data class, made when one of them asks."""

    def __get__(self, record: "Any", cls: "Any") -> "dict[str, Field[Any]]":
        from dataclasses import field, make_dataclass

        specified: list[tuple[str, Any, Any]] = []
        for name, each in getattr(cls, _OWN).items():
            said = {"default": each.default, "default_factory": each.default_factory}
            given = {key: value for key, value in said.items() if value is not _MISSING}
            one = field(**given, compare=each.compare, repr=each.repr)
            specified.append((name, cls.__annotations__.get(name, object), one))
        alike: Any = make_dataclass(cls.__name__, specified, kw_only=True)
        cls.__dataclass_fields__ = found = dict[str, "Field[Any]"](alike.__dataclass_fields__)
        return found


if not TYPE_CHECKING:
    dataclass, field, replace = _dataclass, _Field, _replace
