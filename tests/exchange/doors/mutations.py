"""Files of other programs, broken at random: `python -m tests.exchange.doors.mutations 100000` runs as many.

Whatever the bytes, a door yields entries, problems and what it left out, never raises, and is done in five seconds.
"""

import random
import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from clepsydra.exchange.doors import registry
from clepsydra.exchange.doors.opening import of_bytes
from clepsydra.exchange.doors.shape import Answers, Door, Found, LeftOut, RowProblem
from clepsydra.settings.foreign import Unusable
from tests.exchange.doors.test_forms import FORMS

SAMPLES = Path(__file__).parent / "samples"
DOORS = dict.fromkeys(("clio", "freshbooks", "timecamp", "timing"), "generic")
ZONES = ("Europe/Paris", "America/New_York", "Australia/Lord_Howe", "UTC")
NASTY = (
    b"\0", b'"', b"'", b",", b";", b"\n", b"\r", b"\t", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"{", b"}", b"[", b"]",
    b"9" * 30, b"-1", b"1e999", b"NaN", b"Infinity", b"0", b"24:00", b"99:99", b"02:30", b"2026-03-29", b"2026-10-25",
    b"9999-12-31", b"0001-01-01", b"=", b"=1+1", b"\x1b[31m", "\u202e".encode(), "\ud7ff".encode(), b"<!ENTITY x 'y'>",
    b"]]>", b"<", b"&", b"#", b"://", b"\\", b"null", b"true", b"[[" * 500, b"Z", b"+99:99", b"..", b"-" * 40,
)  # fmt: skip

LONGEST = 5.0
LARGEST = 300


def files() -> list[tuple[Door, bytes]]:
    """Every sample, and every other form of one, with the door that reads it."""
    found = []
    for path in sorted(SAMPLES.rglob("*")):
        if path.is_file() and path.name != "truth.json":
            name = path.relative_to(SAMPLES).parts[0]
            door = registry.own(DOORS.get(name, name))
            assert door is not None
            found.append((door, path.read_bytes()))
    for name, text, _ in FORMS.values():
        door = registry.own(name)
        assert door is not None
        found.append((door, text.encode()))
    return found


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The bytes with one to four things broken."""
    for _ in range(chance.randint(1, 4)):
        data = chance.choice(_WAYS)(data, chance)
    return data


def _flip(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) or 1)
    return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _remove(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + data[at + chance.randint(1, 40) :]


def _insert(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(NASTY) + data[at:]


def _repeat(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    piece = data[at : at + chance.randint(1, 200)]
    return data[:at] + piece * chance.randint(1, 20) + data[at:]


def _lines(data: bytes, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    chance.shuffle(lines)
    return b"\n".join(lines)


_WAYS: tuple[Callable[[bytes, random.Random], bytes], ...] = (_flip, _cut, _remove, _insert, _repeat, _lines, _insert)


def read(door: Door, data: bytes, chance: random.Random) -> int:
    """Read the bytes with the door and with whichever knows them; returns how many entries there were."""
    try:
        source = of_bytes("file", data)
    except Unusable:
        return 0
    answers = Answers(
        zone=ZoneInfo(chance.choice(ZONES)),
        dates=chance.choice(("", "", "dmy", "mdy")),
        fold=chance.choice(("", "first", "second")),
        now=1_795_881_600,
        as_sessions=True,
        archived=chance.random() < 0.5,
    )
    count = 0
    for each in {door.name: door, **{found.name: found for found in registry.recognise(source)}}.values():
        for item in each.read(source, answers):
            assert isinstance(item, Found | RowProblem | LeftOut), item
            if isinstance(item, Found):
                assert (item.begin is None) == (item.end is None)
                assert item.begin is None or item.end >= item.begin, item
                assert item.begin is not None or (item.day is not None and (item.seconds or 0) >= 0), item
                count += 1
    return count


def run(count: int, seed: int) -> Iterator[tuple[float, int]]:
    """Break and read so many files; yields the seconds that each took and its entries."""
    chance = random.Random(seed)
    samples = files()
    for number in range(count):
        door, data = samples[number % len(samples)]
        broken = mutated(data, chance)
        began = time.perf_counter()
        try:
            entries = read(door, broken, chance)
        except BaseException:
            Path(f"/tmp/broken-{door.name}").write_bytes(broken)
            raise
        yield time.perf_counter() - began, entries


def main() -> None:
    """Run as many as the command line says, and print what it took."""
    count, seed = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    slowest, entries = 0.0, 0
    for took, found in run(count, seed):
        slowest, entries = max(slowest, took), entries + found
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stdout.write(f"{count} mutations, {entries} entries, slowest {slowest:.2f} s, {most} MB\n")
    assert slowest < LONGEST
    assert most < LARGEST


if __name__ == "__main__":
    main()
