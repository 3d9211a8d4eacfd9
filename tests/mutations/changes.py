"""Changes of bytes and of words, from a seed: the same seed makes the same file again."""

from collections.abc import Sequence
from random import Random

COMMON = (
    b"", b"\x00", b"\xff", b"\xe9", b"\xc3", b"\xf0\x9f", b"\r", b"\n", b"\r\n", b"\x1b[31m", b"\x1b]52;c;AAAA\x07",
    "\u2028".encode(), "\u202e".encode(), "\ud800".encode("utf-8", "surrogatepass"), "٤".encode(), b"\xef\xbb\xbf",
    b"-", b"+", b"0", b"00", b"-1", b"1e999", b"nan", b"inf", b"9" * 25, b"9" * 5000, b"1" * 310, b"0x7f", b"\\", b'"',
    b"'", b"'''", b'"""', b",", b";", b":", b"=", b"#", b"[", b"]", b"{", b"}", b"%", b"$", b"../..", b"~nobody/x",
)  # fmt: skip


def changed(source: bytes, random: Random, words: Sequence[bytes]) -> bytes:
    """A file with one to six changes: bits, pieces cut, doubled, moved, words of its kind put in, its end cut off."""
    data = bytearray(source)
    for _ in range(random.randint(1, 6)):
        _change(data, random, words)
        if len(data) > 400_000:
            del data[400_000:]
    return bytes(data)


def _change(data: bytearray, random: Random, words: Sequence[bytes]) -> None:
    at = random.randint(0, len(data))
    end = min(len(data), at + random.choice((1, 2, 5, 20, 80, 400)))
    kind = random.randrange(10)
    if kind == 0 and at < len(data):
        data[at] ^= 1 << random.randrange(8)
    elif kind == 1:
        del data[at:end]
    elif kind == 2:
        data[at:at] = data[at:end] * random.choice((1, 1, 2, 50))
    elif kind in (3, 4):
        data[at:at] = random.choice(COMMON)
    elif kind in (5, 6):
        data[at:end] = random.choice(words)
    elif kind == 7:
        _lines(data, random)
    elif kind == 8:
        data[at:at] = random.choice(words) * random.choice((1, 2, 300))
    elif random.randrange(4) == 0:
        del data[at:]


def _lines(data: bytearray, random: Random) -> None:
    """Put lines in another order, or one of them twice."""
    lines = data.split(b"\n")
    one, other = random.randrange(len(lines)), random.randrange(len(lines))
    if random.random() < 0.5:
        lines[one], lines[other] = lines[other], lines[one]
    else:
        lines.insert(other, lines[one])
    data[:] = b"\n".join(lines)


def worded(lines: Sequence[str], random: Random, words: Sequence[str]) -> list[str]:
    """The words of a command with one to four changes."""
    found = [word.replace("~", " ") for word in random.choice(lines).split(" ")]
    for _ in range(random.randint(1, 4)):
        at = random.randint(0, len(found))
        kind = random.randrange(5)
        if kind == 0:
            del found[at : at + 1]
        elif kind == 1:
            found[at : at + 1] = [random.choice(words)]
        elif kind == 2:
            found.insert(at, random.choice(words))
        elif kind == 3 and found:
            found.insert(at, random.choice(found))
        elif at < len(found):
            text = found[at]
            cut = random.randint(0, len(text))
            found[at] = text[:cut] + random.choice(words) + text[cut:]
    return [word.replace("\x00", "") for word in found]
