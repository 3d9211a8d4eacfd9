"""Broken files through the command line: refused or taken whole, undone whole, and every law holds after them all."""

import random
import sqlite3

from tests.exchange.doors.mutations import files, mutated


def held(cli) -> list[str]:
    with sqlite3.connect(cli.home / "clepsydra.db") as connection:
        return [repr(row) for table in ("session", "statement") for row in connection.execute(f"SELECT * FROM {table}")]


def test_nothing_is_half_done(cli, tmp_path):
    cli.add("acme", "2026-11-20T09:00", "2026-11-20T10:00")
    chance, samples, file = random.Random(7), files(), tmp_path / "file"
    taken = 0
    for number in range(2 * len(samples)):
        door, data = samples[number % len(samples)]
        file.write_bytes(mutated(data, chance))
        skip = ["--skip-bad", "--new-clients"] if number % 3 else []
        before = held(cli)
        answer = cli("import", door.name, str(file), "--as", "sessions", "--client", "acme", *skip)
        assert answer.code in (0, 1), answer.err
        after = held(cli)
        assert answer.code == 0 or skip or after == before
        if after != before and number % 2:
            taken += 1
            cli.ok("undo")
            assert held(cli) == before
    assert taken > 3
    assert not (cli.home / "clepsydra.log").exists(), "no fault of the program was written down"
    cli.ok("verify")
