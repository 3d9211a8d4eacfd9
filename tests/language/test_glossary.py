"""One word for a thing: what the glossary says is not said stands nowhere in the French catalogue."""

import re
from pathlib import Path

import pytest

from tests.language.test_catalogue import MESSAGES, strings

GLOSSARY = Path(__file__).parents[2] / "docs" / "glossary.md"
ROWS = [[cell.strip() for cell in line.strip("| \n").split("|")] for line in GLOSSARY.read_text("utf-8").splitlines()
        if line.startswith("| ")][2:]  # fmt: skip
NOT_SAID = [(row[1], row[2]) for row in ROWS if len(row) > 2 and row[2]]
MEANT_OTHERWISE = re.compile(r"d’accord|\{[^{}]*\}|--\w+ \w+|“[^”]*”|« [^»]* »")
"""Agreement in the everyday sense, placeholders, and what is typed or quoted."""


def test_there_are_words_that_are_not_said():
    assert ("séance", "session") in NOT_SAID


@pytest.mark.parametrize(("said", "other"), NOT_SAID)
def test_a_thing_has_one_word(said, other):
    word = re.compile(rf"\b{re.escape(other.split()[-1])}s?\b", re.IGNORECASE)
    found = [text for each in MESSAGES for text in strings(each) if word.search(MEANT_OTHERWISE.sub(" ", text))]
    assert found == [], f"the word is {said}"
