"""Lines of a bank as banks write them, with what they truly pay: noise in names, references, amounts.

python -m tests.domain.bank_lines 20      runs twenty fresh seeds and tells how often each rank was right
"""

import random
import sys
import time
from datetime import date, timedelta
from typing import NamedTuple

from clepsydra.domain.check_digits import reference
from clepsydra.domain.match_proposal import Incoming, Known, Likeness
from clepsydra.domain.matching import proposals
from clepsydra.domain.receivables import Debt, DebtKind
from clepsydra.domain.records import replace

_FIRST = ("Acme", "Brel", "Dumas", "Roy", "Lumen", "Orion", "Kestrel", "Fabre", "Nadar", "Vauban", "Tessier", "Quark",
          "Zenith", "Morel", "Ibis", "Galion", "Pastel", "Cobalt", "Sequoia", "Ravel")  # fmt: skip
_SECOND = ("", "Conseil", "Studio", "Industries", "et Fils", "Énergie", "Médical", "Presse")
_FORMS = ("SARL", "SAS", "SA", "EURL", "GmbH", "", "& Cie")
_WAYS = ("VIR SEPA RECU {name} {ref}", "VIREMENT DE {name} MOTIF {ref}", "{ref} {name}", "VIR {name} REF {ref}",
         "VIR INST {name} /{ref}/ MERCI")  # fmt: skip


class Truth(NamedTuple):
    """A line and the numbers that it pays; none where nobody here is paid."""

    line: Incoming
    paid: frozenset[str]


class Book(NamedTuple):
    """Open documents, those who are known, and lines with their truth."""

    debts: list[Debt]
    known: Known
    truths: list[Truth]


def book(seed: int, documents: int = 60, lines: int = 50) -> Book:
    """A random book."""
    chance = random.Random(seed)
    names = _names(chance)
    amounts = [chance.choice((45000, 120000, 90000)) if chance.random() < 0.25 else chance.randrange(8000, 900000)
               for _ in range(documents)]  # fmt: skip
    debts, settled = [], {}
    for n, minor in enumerate(amounts):
        client = chance.choice(sorted(names))
        number = f"F2026-{n + 1:04}"
        due = date(2026, 9, 1) + timedelta(days=chance.randrange(90))
        if chance.random() < 0.2:
            settled |= {number: number, reference(number): number}
            continue
        debts.append(Debt(number, number, DebtKind.INVOICE, client, "EUR", due - timedelta(30), due, minor, minor,
                          reference=reference(number)))  # fmt: skip
    known = Known(tuple((name, slug) for slug, name in names.items()),
                  {f"FR00{n:020}": slug for n, slug in enumerate(names) if chance.random() < 0.3}, settled)  # fmt: skip
    return Book(debts, known, _truths(chance, debts, names, known, lines))


def _names(chance: random.Random) -> dict[str, str]:
    found: dict[str, str] = {}
    while len(found) < 18:
        name = " ".join(filter(None, (chance.choice(_FIRST), chance.choice(_SECOND), chance.choice(_FORMS))))
        found[f"c{len(found)}"] = name
    return found


def _truths(chance: random.Random, debts: list[Debt], names: dict[str, str], known: Known, lines: int) -> list[Truth]:
    left, found = list(debts), list[Truth]()
    chance.shuffle(left)
    accounts = {slug: iban for iban, slug in known.ibans.items()}
    while left and len(found) < lines:
        paid = [left.pop()]
        kind = chance.random()
        if kind < 0.12:  # two or three of one client in one transfer
            more = [each for each in left if each.client == paid[0].client][: chance.randint(1, 2)]
            left = [each for each in left if each not in more]
            paid += more
        minor = sum(each.open_minor for each in paid)
        if 0.12 <= kind < 0.19:
            minor -= chance.choice((1500, 1200, 800, 50))
        elif 0.19 <= kind < 0.25:
            minor = chance.randrange(1000, minor)
        found.append(_line(chance, paid, minor, names, accounts, len(found)))
        if kind > 0.97:  # paid a second time, as it was paid the first
            first = found[-1].line
            again = replace(first, id=f"{first.id}b", day=first.day + timedelta(days=3))
            found.append(Truth(again, frozenset()))
    for _ in range(lines // 10):  # strangers
        line = Incoming(f"x{len(found):04}", date(2026, 11, 24), chance.randrange(500, 900000), "EUR",
                        "MUTUELLE GENERALE", "", "", "REMBOURSEMENT SOINS 2026-1105")  # fmt: skip
        found.append(Truth(line, frozenset()))
    return found


def _line(chance: random.Random, paid: list[Debt], minor: int, names: dict[str, str], accounts: dict[str, str],
          place: int) -> Truth:  # fmt: skip
    name = _noisy_name(chance, names[paid[0].client])
    marks = " ".join(_noisy_mark(chance, each) for each in paid) if chance.random() < 0.7 else ""
    text = chance.choice(_WAYS).format(name=name, ref=marks)
    iban = accounts.get(paid[0].client, "") if chance.random() < 0.8 else ""
    day = date(2026, 11, 1) + timedelta(days=chance.randrange(28))
    line = Incoming(f"x{place:04}", day, minor, "EUR", name if chance.random() < 0.5 else "", iban, "", text)
    return Truth(line, frozenset(each.number for each in paid))


def _noisy_name(chance: random.Random, name: str) -> str:
    kind = chance.random()
    if kind < 0.5:
        return name.upper()
    if kind < 0.65:
        return name.split()[0].upper()
    if kind < 0.8:
        return name.upper().replace("É", "E").replace("&", "ET")
    if kind < 0.9:
        at = chance.randrange(len(name))
        return name[:at] + chance.choice("XQ ") + name[at + 1 :]
    return chance.choice(("M OU MME", "COMPTE COURANT", "SERVICE COMPTABLE"))


def _noisy_mark(chance: random.Random, debt: Debt) -> str:
    kind, number = chance.random(), debt.number
    if kind < 0.25:
        return debt.reference
    if kind < 0.35:
        return " ".join(debt.reference[i : i + 4] for i in range(0, len(debt.reference), 4))
    if kind < 0.6:
        return f"FACT {number}"
    if kind < 0.7:
        return number.replace("-", "")
    if kind < 0.78:
        return f"facture {number.replace('-', ' ')}"
    if kind < 0.84:
        return f"FACT{number.replace('-', '/')}"
    if kind < 0.92:  # a slip of the finger
        at = len(number) - chance.randint(1, 4)
        return number[:at] + str(chance.randrange(10)) + number[at + 1 :]
    return f"fact {int(number[-4:])}"


def measured(seeds: list[int]) -> dict[Likeness, list[bool]]:
    """For each rank, whether each of its proposals was right."""
    found: dict[Likeness, list[bool]] = {each: [] for each in Likeness}
    for seed in seeds:
        made = book(seed)
        proposed = proposals((each.line for each in made.truths), made.debts, made.known)
        for truth in made.truths:
            proposal = proposed[truth.line.id]
            found[proposal.likeness].append(frozenset(proposal.documents) == truth.paid)
    return found


def _tell(count: int) -> None:
    tell = sys.stdout.write
    seeds = [random.randrange(10**9) for _ in range(count)]
    for likeness, right in measured(seeds).items():
        tell(f"{likeness} {len(right)} right {sum(right)} = {100 * sum(right) / max(1, len(right)):.1f} %\n")
    for seed in seeds:
        made = book(seed)
        found = proposals((each.line for each in made.truths), made.debts, made.known)
        for truth in made.truths:
            proposal = found[truth.line.id]
            if proposal.likeness is not Likeness.LOOK and frozenset(proposal.documents) != truth.paid:
                tell(f"{seed} {proposal}\n    {truth.line} {sorted(truth.paid)}\n")
    large = book(1, documents=500, lines=400)
    began = time.perf_counter()
    proposals((each.line for each in large.truths), large.debts, large.known)
    took = (time.perf_counter() - began) / len(large.truths) * 1000
    tell(f"{len(large.debts)} open documents: {took:.3f} ms a line\n")


if __name__ == "__main__":
    _tell(int(sys.argv[1]))
