"""How far what was found is from what was true."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

from clepsydra.calls.call import Call


@dataclass(frozen=True)
class Truth:
    """A call that really was; instants in milliseconds."""

    program: str
    began: int
    ended: int


@dataclass
class Score:
    """Counts and errors over scenarios."""

    seconds: float = 0.0
    calls: int = 0
    missed: int = 0
    false: int = 0
    split: int = 0
    merged: int = 0
    starts: list[float] = field(default_factory=list)
    ends: list[float] = field(default_factory=list)

    def take(self, truths: Sequence[Truth], found: Iterable[Call], seconds: float) -> str:
        """Count one scenario; returns what was wrong in it."""
        self.seconds += seconds
        self.calls += len(truths)
        found = [call for call in found if call.ended is not None]
        used: dict[str, int] = {}
        wrong: list[str] = []
        for truth in truths:
            mine = [call for call in found if _meets(truth, call)]
            for call in mine:
                used[call.id] = used.get(call.id, 0) + 1
            if not mine:
                self.missed += 1
                wrong.append(f"missed {truth.program}")
                continue
            if len(mine) > 1:
                self.split += 1
                wrong.append(f"split {truth.program}")
            self.starts.append(abs(mine[0].began - truth.began) / 1000)
            self.ends.append(abs((mine[-1].ended or 0) - truth.ended) / 1000)
        self.false += sum(call.id not in used for call in found)
        wrong += [f"false {call.program.id}" for call in found if call.id not in used]
        self.merged += sum(count - 1 for count in used.values())
        return ", ".join(wrong)

    def row(self, name: str) -> str:
        """A line of the table."""
        errors = "".join(f"{_at(each, 0.5):>8}{_at(each, 0.95):>8}" for each in (self.starts, self.ends))
        counts = "".join(f"{n:>8}" for n in (self.calls, self.missed, self.false, self.split, self.merged))
        return f"{name:<26}{self.seconds / 3600:>6.2f}{counts}{errors}"


HEADER = (
    f"{'':<26}{'hours':>6}{'calls':>8}{'missed':>8}{'false':>8}{'split':>8}{'merged':>8}"
    f"{'start50':>8}{'start95':>8}{'end50':>8}{'end95':>8}"
)


def _meets(truth: Truth, call: Call) -> bool:
    same = call.program.id == truth.program
    return same and call.began < truth.ended and (call.ended or 0) > truth.began


def _at(errors: list[float], share: float) -> str:
    if not errors:
        return "-"
    ordered = sorted(errors)
    value = median(ordered) if share == 0.5 else ordered[min(len(ordered) - 1, int(share * len(ordered)))]
    return f"{value:.2f}"
