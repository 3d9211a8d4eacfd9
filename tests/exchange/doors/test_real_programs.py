"""Files that the real programs write now, read by their doors; skipped, and said so, where one is not installed."""

import json
import os
import random
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from clepsydra.exchange.doors import registry
from clepsydra.exchange.doors.opening import opened
from clepsydra.exchange.doors.shape import Answers, Found, Item, LeftOut, ProblemCause

PARIS = ZoneInfo("Europe/Paris")
TAGS = ["Acme SARL", "d'Or", 'l"été', "#hash", "日本 🚀", "a-b", "back\\slash"]


def program(name: str) -> str:
    found = shutil.which(name) or shutil.which(name, path=str(Path(sys.executable).parent))
    if found is None:
        pytest.skip(f"{name} is not installed: what it writes was not tried")
    return found


def run(*words: str, **environ: str) -> str:
    done = subprocess.run(
        words, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
        env={**os.environ, "LC_ALL": "C.UTF-8", "TZ": "Europe/Paris", **environ},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


def read(path: Path) -> list[Item]:
    source = opened(path)
    (door,) = registry.recognise(source)
    return list(door.read(source, Answers(zone=PARIS)))


def stretches(seed: int, count: int) -> list[tuple[int, int]]:
    """Sessions one after another through the spring day of Paris, when two o'clock does not come."""
    chance, at, found = random.Random(seed), 1_774_600_000, []
    for _ in range(count):
        begin = at + chance.randrange(60, 7200)
        at = begin + chance.randrange(1, 20_000)
        found.append((begin, at))
    return found


def test_timewarrior_writes_and_we_read(tmp_path):
    timew, home = program("timew"), {"TIMEWARRIORDB": str(tmp_path)}
    (tmp_path / "timewarrior.cfg").write_text("confirmation = off\n")
    (tmp_path / "data").mkdir()
    spans = stretches(1, 9)
    for place, (begin, end) in enumerate(spans):
        tags = TAGS[: place % len(TAGS)]
        form = "%Y-%m-%dT%H:%M:%SZ"
        times = [datetime.fromtimestamp(each, UTC).strftime(form) for each in (begin, end)]
        run(timew, ":yes", "track", times[0], "-", times[1], *tags, **home)
    run(timew, "annotate", "@1", 'He said "ok"; # then', **home)
    wanted = [(begin, end) for begin, end in spans]
    for path in (tmp_path, tmp_path / "data", tmp_path / "export.json"):
        if path.suffix:
            path.write_text(run(timew, "export", **home))
        found = [each for each in read(path) if isinstance(each, Found)]
        assert sorted((each.begin, each.end) for each in found) == wanted, path
        last = max(found, key=lambda each: each.begin or 0)
        assert last.note == 'He said "ok"; # then'
        assert {len(each.tags) for each in found} == set(range(len(TAGS)))
        known = {tag.replace("\\", "") for tag in TAGS}
        assert all({tag.replace("\\", "") for tag in each.tags} <= known for each in found)


def test_watson_writes_and_we_read(tmp_path):
    watson, home = program("watson"), {"WATSON_DIR": str(tmp_path)}
    spans = stretches(2, 4)
    for begin, end in spans:
        times = [datetime.fromtimestamp(each, PARIS).strftime("%Y-%m-%d %H:%M:%S") for each in (begin, end)]
        run(watson, "add", "-f", times[0], "-t", times[1], "Acme SARL", "+API rewrite", **home)
    run(watson, "start", "acme", "+open", **home)
    found = [each for each in read(tmp_path / "frames") if isinstance(each, Found)]
    kept = [(int(frame[0]), int(frame[1])) for frame in json.loads((tmp_path / "frames").read_text())]
    assert [(each.begin, each.end) for each in found] == kept
    assert {each.client for each in found} == {"Acme SARL"}
    assert {each.tags for each in found} == {("API rewrite",)}
    assert len({each.key for each in found}) == len(spans)
    (running,) = read(tmp_path / "state")
    assert isinstance(running, LeftOut)
    assert running.why is ProblemCause.RUNNING


@pytest.mark.parametrize("name", ["hledger", "ledger"])
def test_what_a_timeclock_counts_is_what_we_read(tmp_path, name):
    """On days without a change of clocks, entry by entry in sum."""
    found_at = program(name)
    path = tmp_path / "log.timeclock"
    lines, total = [], 0
    for begin, end in [(b, e) for b, e in stretches(3, 8) if datetime.fromtimestamp(b, PARIS).day == 27]:
        times = [datetime.fromtimestamp(each, PARIS).strftime("%Y/%m/%d %H:%M:%S") for each in (begin, end)]
        lines += [f"i {times[0]} acme:api  note", f"o {times[1]}"]
        total += end - begin
    path.write_text("\n".join(lines) + "\n")
    items = read(path)
    assert sum((each.end or 0) - (each.begin or 0) for each in items if isinstance(each, Found)) == total
    words = ["balance", "-N"] if name == "hledger" else ["balance", "--no-total"]
    shown = run(found_at, "-f", str(path) if name == "ledger" else f"timeclock:{path}", *words).split()
    assert abs(float(shown[0].rstrip("h")) - total / 3600) < 0.01
