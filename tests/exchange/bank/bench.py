"""The samples, read as the program reads them."""

from pathlib import Path

from clepsydra.exchange.bank.registry import BankContent, BankReading, read
from clepsydra.exchange.bank.shape import BankStatement
from clepsydra.exchange.problems import RowProblem

SAMPLES = Path(__file__).parent / "samples"


def sample(name: str) -> bytes:
    """The bytes of a sample."""
    return (SAMPLES / name).read_bytes()


def content(data: bytes, **how: object) -> BankContent:
    """What a file holds that can be read."""
    found = read(data, BankReading(**how))  # type: ignore[arg-type]
    assert isinstance(found, BankContent), found
    return found


def problem(data: bytes, **how: object) -> RowProblem:
    """Why a file cannot be taken."""
    found = read(data, BankReading(**how))  # type: ignore[arg-type]
    assert isinstance(found, RowProblem), found
    return found


def only(data: bytes, **how: object) -> BankStatement:
    """The one statement of a file."""
    (found,) = content(data, **how).file.statements
    return found
