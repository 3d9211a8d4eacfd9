"""The same as the test, as large as wanted.

    python -m tests.mutations 20000 --seed 7 calendars themes settings clients csv
    python -m tests.mutations 2000 commands

Each kind runs in a process of its own; its slowest file and its largest memory are told. What goes wrong is kept in
the folder of temporary files, with its seed.
"""

import argparse
import subprocess
import sys

from tests.mutations.trying import KINDS, SECONDS, try_kind


def main() -> int:
    """Try each kind in a process of its own."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutations", description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("kinds", nargs="*", default=KINDS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--here", action="store_true", help="in this process")
    options = parser.parse_intermixed_args()
    if options.here:
        return sum(_tell(kind, options.count, options.seed) for kind in options.kinds)
    words = [sys.executable, "-m", "tests.mutations", str(options.count), "--seed", str(options.seed), "--here"]
    return sum(subprocess.call([*words, kind]) for kind in options.kinds)


def _tell(kind: str, count: int, seed: int) -> int:
    found = try_kind(kind, count, seed)
    print(f"{kind}: {count} tried, {len(found.failures)} raised, slowest {found.slowest:.2f} s, {found.megabytes} MB")
    for each in found.failures[:20]:
        print(f"  {each}")
    return int(bool(found.failures) or found.slowest > SECONDS or found.megabytes > 300)


sys.exit(min(1, main()))
