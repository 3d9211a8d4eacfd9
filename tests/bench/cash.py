"""How often the band of expected cash holds: `python -m tests.bench.cash [--books N] [--seed N]`."""

import argparse
from random import Random
from time import process_time

from tests.domain.books_of_cash import book, cover_of


def main() -> None:
    """Print the cover of the 80 % band for clients with 0, 1, 3, 10 and 30 paid invoices."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--books", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    print("past  single weeks  sum to a week  30 days")
    for past in (0, 1, 2, 3, 5, 10, 30):
        random, began = Random(f"{given.seed} {past}"), process_time()
        found = cover_of(book(random, past) for _ in range(given.books))
        shares = [found.weeks / found.weeks_of, found.sums / found.sums_of, found.month / found.month_of]
        print(f"{past:4}  " + "  ".join(f"{100 * share:11.1f} %" for share in shares), end="")
        print(f"   ({process_time() - began:.1f} s)")


if __name__ == "__main__":
    main()
