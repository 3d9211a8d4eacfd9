"""Files of banks, broken at random: `python -m tests.exchange.bank.mutations 10000` runs as many of each sample.

Whatever the bytes, there is a file or one problem that can be said; nothing is raised, and nothing takes long.
"""

import random
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from clepsydra.exchange.bank import registry, table
from clepsydra.exchange.bank.registry import FORMATS, BankContent, BankReading
from clepsydra.exchange.bank.shape import UnreadableBank
from clepsydra.exchange.doors.parts.tabular import decoded
from clepsydra.exchange.problems import sentence
from clepsydra.language.translator import translator
from clepsydra.settings.banks import load_banks, save_bank
from clepsydra.settings.home import Home
from tests.exchange.bank.bench import SAMPLES, content, sample
from tests.exchange.doors.mutations import mutated


def run(each: int, seed: int) -> Iterator[tuple[float, bool]]:
    """How long each broken file took, and whether it could be taken."""
    chance, tr = random.Random(seed), translator("fr")
    for path in sorted(SAMPLES.iterdir()):
        for _ in range(each):
            data, began = mutated(path.read_bytes(), chance), time.process_time()
            found = _read(data)
            took = time.process_time() - began
            if not isinstance(found, BankContent):
                assert sentence(found, tr)
            yield took, isinstance(found, BankContent)


def _read(data: bytes):
    """As the registry reads, without its guard: what a reader raises beside its own refusal is a fault."""
    for form in FORMATS:
        if form.sniff(data[:8192]):
            try:
                return BankContent(form.read(data))
            except UnreadableBank as refused:
                return refused.problem
    try:
        return registry._read(data, BankReading())
    except UnreadableBank as refused:
        return refused.problem


def run_tables(each: int, seed: int, home: Path) -> int:
    """How many broken files about a bank could still be used; its table is read by each."""
    chance, tr, used = random.Random(seed), translator("fr"), 0
    learned = content(sample("french.csv"), name="nord").learned
    assert learned is not None
    assert save_bank(Home(home), learned)
    file = home / "banks" / "nord.toml"
    whole = file.read_bytes()
    for _ in range(each):
        file.write_bytes(mutated(whole, chance))
        loaded = load_banks(Home(home))
        assert all(problem.text(tr) for problem in loaded.problems)
        for bank in loaded.value:
            used += 1
            with suppress(UnreadableBank):
                table.read(decoded(sample("french.csv")) or "", bank, "EUR")
    return used


if __name__ == "__main__":
    done = list(run(int(sys.argv[1]), random.randrange(10**9)))
    slowest = max(took for took, _ in done)
    sys.stdout.write(f"{len(done)} files, {sum(taken for _, taken in done)} taken, slowest {slowest:.3f} s\n")
