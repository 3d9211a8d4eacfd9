"""What the text of a payment names: numbers and references of documents, and clients.

Texts are folded, and numbers are looked for whatever stands between their letters: `fact. F2026 0042`, `F20260042`
and `RF69 F202 6004 2` all name F2026-0042. A number ends where a word ends, so that F2026-00421 does not name it;
one of digits alone does not count where it may as well be a date (2026-1105 in `20261105`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from clepsydra.domain.folding import folded
from clepsydra.domain.records import dataclass

_SHORTEST = 5
"""Letters of a number below which it only counts behind a word that says what it is."""
_BEFORE = (
    "facture", "invoice", "rechnung", "factuur", "factura", "releve", "statement", "fact", "fac", "inv", "rg", "nr",
    "no", "ref", "numero", "n",
)  # fmt: skip
_LEGAL = {
    "sarl", "sas", "sasu", "sa", "eurl", "ei", "eirl", "sci", "scop", "snc", "selarl", "scp", "gmbh", "mbh", "ag",
    "kg", "ug", "ohg", "ltd", "limited", "llp", "plc", "inc", "llc", "corp", "co", "cie", "bv", "nv", "bvba", "srl",
    "sprl", "asbl", "spa", "sl", "slu", "ab", "oy", "as", "aps", "lda", "et", "and", "und",
}  # fmt: skip
_COMMON = {
    "studio", "cabinet", "conseil", "conseils", "consulting", "services", "service", "agence", "agency", "groupe",
    "group", "avocats", "avocat", "design", "societe", "association", "etude", "maison", "atelier", "mairie", "ville",
    "institut",
}  # fmt: skip
"""Words that say too little to name somebody alone."""
_END = "\n"


@dataclass(frozen=True, slots=True)
class Hit:
    """A mark that was found, from one letter to another of the squeezed text, and whether blanks cut it."""

    begin: int
    end: int
    mark: str
    cut: bool


class PaymentText:
    """The parts of a payment's text, ready to be searched."""

    def __init__(self, parts: Iterable[str]) -> None:
        self._text = _END.join(folded(part) for part in parts)
        letters, places = list[str](), list[int]()
        for index, char in enumerate(self._text):
            if char.isalnum() or char == _END:
                letters.append(char)
                places.append(index)
        self.squeezed, self._places = "".join(letters), places
        self.words = tuple(re.findall(r"[^\W_]+", re.sub(r"(?<=\b[^\W\d_])\.(?=[^\W\d_]\b)", "", self._text)))

    def _begins(self, at: int) -> bool:
        """Whether a word begins there, or a word goes before that is known to say what follows."""
        place = self._places[at]
        if place == 0 or not self._text[place - 1].isalnum():
            return True
        return self._behind_word(at)

    def _behind_word(self, at: int) -> bool:
        before = self.squeezed[:at]
        return any(before.endswith(word) and self._starts_word(at - len(word)) for word in _BEFORE)

    def _starts_word(self, at: int) -> bool:
        place = self._places[at]
        return place == 0 or not self._text[place - 1].isalnum()

    def _ends(self, end: int) -> bool:
        """Whether no digit goes on right behind a place."""
        if end >= len(self.squeezed):
            return True
        glued = self._places[end] == self._places[end - 1] + 1
        return not (glued and self.squeezed[end].isdigit())

    def hits(self, marks: Mapping[str, object], lengths: Sequence[int]) -> list[Hit]:
        """The marks (squeezed, of the given lengths) that stand in the text; of two that share letters the one that no
        blank cuts, else the longer.
        """
        found = list[Hit]()
        for at in range(len(self.squeezed)):
            if self.squeezed[at] == _END or not self._begins(at):
                continue
            for length in lengths:
                mark = self.squeezed[at : at + length]
                if len(mark) == length and mark in marks and self._counts(at, at + length, mark):
                    within = self._text[self._places[at] : self._places[at + length - 1]]
                    found.append(Hit(at, at + length, mark, " " in within))
        found.sort(key=lambda hit: (hit.cut, hit.begin - hit.end))
        kept = list[Hit]()
        for hit in found:
            if all(hit.end <= other.begin or other.end <= hit.begin for other in kept):
                kept.append(hit)
        return sorted(kept, key=lambda hit: hit.begin)

    def _counts(self, at: int, end: int, mark: str) -> bool:
        if not self._ends(end):
            return False
        if len(mark) < _SHORTEST:
            return self._behind_word(at)
        if mark.isdigit() and _may_be_date(mark):
            return self._as_written(at, end)
        return True

    def _as_written(self, at: int, end: int) -> bool:
        """Whether a number that could be a date is written as one: a year, one hyphen, and the rest in one."""
        first, last = self._places[at], self._places[end - 1]
        written = self._text[first : last + 1]
        behind, before = self._text[last + 1 : last + 3], self._text[max(0, first - 2) : first]
        whole = re.fullmatch(r"\d{4}-\d{4}", written) is not None
        return whole and not re.match(r"[-/.]\d", behind) and not re.match(r"\d[-/.]", before)


def _may_be_date(digits: str) -> bool:
    if len(digits) != 8:
        return False
    for year, month, day in ((digits[:4], digits[4:6], digits[6:]), (digits[4:], digits[2:4], digits[:2])):
        try:
            found = date(int(year), int(month), int(day))
        except ValueError:
            continue
        if 1990 <= found.year <= 2100:
            return True
    return False


def squeezed(number: str) -> str:
    """A number as it is looked for."""
    return "".join(char for char in folded(number) if char.isalnum())


class Names:
    """Who is meant by which words; of a name within a longer one both are found."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """Names with whom they mean."""
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for name, whose in names:
            words = core_of(name)
            if words:
                self._by_first.setdefault(words[0], []).append((words, whose))

    def found(self, text: PaymentText) -> dict[str, int]:
        """Everybody whose name stands in the text, with how many words of it do."""
        found: dict[str, int] = {}
        for place, words, whose in self._all(text.words):
            del place
            found[whose] = max(found.get(whose, 0), len(words))
        return found

    def _all(self, words: Sequence[str]) -> Iterator[tuple[int, tuple[str, ...], str]]:
        kept = [word for word in words if word not in ("et", "and", "und")]
        for index, word in enumerate(kept):
            for name, whose in self._by_first.get(word, ()):
                if tuple(kept[index : index + len(name)]) == name:
                    yield index, name, whose


def core_of(name: str) -> tuple[str, ...]:
    """The words of a name without its legal form; with it where the rest says too little; nothing for a word of two
    letters.
    """
    all_words = tuple(word for word in PaymentText([name]).words if word not in ("et", "and", "und"))
    core = tuple(word for word in all_words if word not in _LEGAL)
    if not core or (len(core) == 1 and (core[0] in _COMMON or len(core[0]) < 3)):
        core = all_words
    return core if len(core) > 1 or (core and len(core[0]) > 2 and core[0] not in _COMMON) else ()
