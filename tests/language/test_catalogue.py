"""The French catalogue is complete: every message of the sources, the same places, the right plurals and spaces."""

import ast
import re
from string import Formatter

import pytest
from babel.messages import Catalog, Message
from tools import catalogue as tool

TEMPLATE = tool.extracted()
(FRENCH,) = (path for path in tool.catalogues() if "fr" in path.parts)


def french() -> Catalog:
    return tool.read(FRENCH)


def strings(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def ids(message: Message) -> tuple[str, ...]:
    return message.id if isinstance(message.id, tuple) else (message.id,)


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


MESSAGES = [message for message in french() if message.id]


def test_there_are_messages():
    assert len(MESSAGES) > 100


def test_the_file_is_what_the_tool_writes():
    assert tool.written(tool.merged(french(), TEMPLATE)) == FRENCH.read_bytes(), "run: python -m tools.catalogue"


def test_everything_is_translated():
    assert tool.untranslated(tool.merged(french(), TEMPLATE)) == []


def test_nothing_is_fuzzy_or_obsolete():
    assert [m.id for m in MESSAGES if m.fuzzy] == []
    assert not french().obsolete


def test_a_message_is_found_wherever_it_stands():
    source = """
say(f"“{_.t('in an f-string')}”")
change(LABELS.get(reason, mark("in another's arguments")), reason=reason)
_.p("a context", "in parts " "of two lines")
_.n("{count} day", "{count} days", 2)
_.t(f"no {literal}") + _.t(text) + _.p(name, "without its context")
"""
    assert set(tool.messages_of(source)) == {
        (("{count} day", "{count} days"), None),
        ("in an f-string", None),
        ("in another's arguments", None),
        ("in parts of two lines", "a context"),
    }


# Files whose texts with places are patterns, markup or SQL, and no sentences.
NO_SENTENCES = (
    "language/typed/words/",
    "exchange/invoice/xmp.py",
    "cli/verbs/watch.py",
    "store/schema.py",
    "tui/dialogs.py",
)


def test_no_sentence_with_places_is_left_unmarked():
    """What is handed through a function to `message` is a message too, and nothing else would see it."""
    known = {text for message in TEMPLATE if message.id for text in ids(message)}
    left = [
        (str(path.relative_to(tool.SOURCES)), text)
        for path in sorted(tool.SOURCES.rglob("*.py"))
        if not str(path.relative_to(tool.SOURCES)).startswith(NO_SENTENCES)
        for text in _plain_strings(ast.parse(path.read_text(encoding="utf-8")))
        if text not in known and _is_sentence(text)
    ]
    assert left == []


def _is_sentence(text: str) -> bool:
    bare = re.sub(r"{[a-z]\w*}", "", text)
    return bare != text and " " in bare and re.search(r"[^\W\d_]{2}", bare) is not None


def _plain_strings(tree: ast.Module) -> set[str]:
    """The strings of a source, but for docstrings and the parts of f-strings."""
    nodes = list(ast.walk(tree))
    apart = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    apart |= {id(part) for node in nodes if isinstance(node, ast.JoinedStr) for part in node.values}
    return {
        node.value
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in apart
    }


def test_plural_forms():
    assert french().plural_forms == "nplurals=2; plural=(n > 1);"
    for message in MESSAGES:
        assert len(strings(message)) == (2 if message.pluralizable else 1)


@pytest.mark.parametrize("message", MESSAGES, ids=lambda m: str(m.id)[:40])
def test_same_places(message):
    """A plural's one-form may leave out the number; nothing else may differ."""
    wanted = set().union(*map(places, ids(message)))
    for string in filter(None, strings(message)):
        if message.pluralizable:
            assert wanted - {"count"} <= places(string) <= wanted
        else:
            assert places(string) == wanted


@pytest.mark.parametrize("message", MESSAGES, ids=lambda m: str(m.id)[:40])
def test_french_typography(message):
    for english, string in zip(ids(message)[-1:] * 2, strings(message), strict=False):
        bare = re.sub(r"{[^}]*}|\[[^\]]*\]", "x", string)
        assert "'" not in bare.replace("'1", ""), "the apostrophe is ’"
        assert not re.search(r"(?<![\u00a0\u202f\d:])[:;!?»](?=\s|$)", bare), "a no-break space stands before : ; ! ? »"
        assert not re.search(r"«(?!\u00a0)", bare), "a no-break space stands after «"
        assert english[:1].isspace() == string[:1].isspace()
        assert english[-1:].isspace() == string[-1:].isspace()


def test_merging_keeps_known_drops_unused_and_guesses_nothing():
    old = Catalog(locale="fr")
    old.add("start", "démarrer")
    old.add("gone", "parti")
    old.add("started", "démarré", flags=["fuzzy"])
    template = Catalog()
    for message in ("start", "started", "starting"):
        template.add(message)
    new = {m.id: m.string for m in tool.merged(old, template) if m.id}
    assert new == {"start": "démarrer", "started": "", "starting": ""}


def test_a_singular_that_becomes_plural_is_asked_again():
    old = Catalog(locale="fr")
    old.add("{count} day", "{count} jour")
    template = Catalog()
    template.add(("{count} day", "{count} days"))
    assert len(tool.untranslated(tool.merged(old, template))) == 1


def test_a_merge_that_kept_both_sides_is_healed(tmp_path):
    """Union merges leave a message twice, untranslated on one side, or with two translations."""
    path = tmp_path / "fr" / "LC_MESSAGES" / "clepsydra.po"
    path.parent.mkdir(parents=True)
    source = FRENCH
    head = source.read_text(encoding="utf-8").split("\n\n")[0]
    entries = (
        'msgid "a"\nmsgstr ""\n\nmsgid "a"\nmsgstr "A"\n'
        'msgid "b"\nmsgstr ""\nmsgstr "B"\n\nmsgctxt "x"\nmsgid "c"\nmsgstr ""\n\n'
        'msgid "d"\nmsgstr "D"\nmsgstr "autre"\n'
    )
    path.write_text(f"{head}\n\n{entries}", encoding="utf-8")
    assert {m.id: m.string for m in tool.read(path) if m.id} == {"a": "A", "b": "B", "d": "D"}
