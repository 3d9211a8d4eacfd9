"""Translators: the language chosen, the values put in, and nothing loaded for English."""

import os
import re
import subprocess
import sys
from gettext import translation
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from clepsydra.language import translator as module
from clepsydra.language.counted import COUNTED
from clepsydra.language.message import Sum, message
from clepsydra.language.mo_file import Messages
from clepsydra.language.translator import Translator, language_of, translator


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("fr", "fr"),
        ("fr_FR.UTF-8", "fr"),
        ("fr-CA", "fr"),
        ("FR", "fr"),
        ("en_GB", "en"),
        ("de_DE", "en"),
        ("C", "en"),
        ("POSIX", "en"),
        ("C.UTF-8", "en"),
        ("", "en"),
    ],
)
def test_language_of_tag(tag, expected):
    assert language_of(tag) == expected
    assert translator(tag).lang == expected


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "LC_MESSAGES": "en_US"}, "en"),
        ({"LANG": "en_US", "LC_ALL": "fr_BE"}, "fr"),
        ({"LANG": "fr_FR", "LC_ALL": "", "LC_MESSAGES": ""}, "fr"),
        ({"LANG": "fr_FR", "LC_ALL": "C"}, "en"),
    ],
)
def test_environment_holds_where_no_language_is_set(environment, expected):
    assert language_of("", environment) == expected
    assert language_of("en", environment) == "en"


def test_french():
    t = translator("fr")
    assert t.p("scope", "out of scope") == "hors périmètre"
    assert t.t("then {steps}", steps="x") == "puis x"


def test_what_the_catalogue_lacks_stays_english():
    t = translator("fr")
    assert t.t("no such {thing}", thing="word") == "no such word"
    assert t.n("{count} oddity", "{count} oddities", 3) == "3 oddities"


def test_plurals(tmp_path):
    text = (
        '#\nmsgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n\n'
        'msgid "{count} session"\nmsgid_plural "{count} sessions"\n'
        'msgstr[0] "{count} séance"\nmsgstr[1] "{count} séances"\n'
    )
    source = tmp_path / "x.po"
    source.write_text(text, encoding="utf-8")
    french = Translator("fr", Messages(module._compiled_now(source, "fr")))
    english = translator("en")
    args = ("{count} session", "{count} sessions")
    assert [french.n(*args, n) for n in (0, 1, 2)] == ["0 séance", "1 séance", "2 séances"]
    assert [english.n(*args, n) for n in (0, 1, 2)] == ["0 sessions", "1 session", "2 sessions"]
    assert french.n(*args, 1234, count="1\u202f234") == "1\u202f234 séances"


@given(st.text(), st.sampled_from(["en", "fr"]))
def test_values_are_never_read_as_messages(value, lang):
    t = translator(lang)
    assert t.t("then {steps}", steps=value) in (f"then {value}", f"puis {value}")
    assert t.p("x", "{a}{b}", a="{b}", b=value) == "{b}" + value


def test_a_fresh_checkout_compiles_in_memory_and_a_compiled_one_agrees(tmp_path, monkeypatch):
    folder = tmp_path / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    source = folder / "clepsydra.po"
    source.write_bytes(Path(module.LOCALE, "fr", "LC_MESSAGES", "clepsydra.po").read_bytes())
    monkeypatch.setattr(module, "LOCALE", tmp_path)
    in_memory = module._catalogue.__wrapped__("fr")
    with source.open("rb") as text, source.with_suffix(".mo").open("wb") as binary:
        write_mo(binary, read_po(text, locale="fr"))
    monkeypatch.setattr(module, "_compiled_now", lambda *_: pytest.fail("the compiled catalogue was not taken"))
    compiled = module._catalogue.__wrapped__("fr")
    source.unlink()
    installed = module._catalogue.__wrapped__("fr")
    for catalogue in (in_memory, compiled, installed):
        assert catalogue.pgettext("scope", "out of scope") == "hors périmètre"


def test_messages_found_in_the_file_are_those_that_the_standard_library_reads():
    catalogue, whole = module._catalogue("fr"), translation("clepsydra", module.LOCALE, ["fr"])
    for key in whole._catalog:
        message = key if isinstance(key, str) else key[0]
        assert catalogue.gettext(message) == whole.gettext(message)
    context, _, message = next(key for key in whole._catalog if "\x04" in key).partition("\x04")
    assert catalogue.pgettext(context, message) == whole.pgettext(context, message) != message
    assert catalogue.pgettext("nowhere", message) == whole.pgettext("nowhere", message)
    for message in ("no such message", "\udcff", "\0", "séance"):
        assert catalogue.gettext(message) == message


PROBE = """
import sys
from datetime import date
from decimal import Decimal
from clepsydra.language import formats, rounding_sentence, typed, words
from clepsydra.language.translator import translator
from clepsydra.domain.rounding import RoundingRule
from clepsydra.domain.session import Channel
from zoneinfo import ZoneInfo
t = translator("en")
words.channel(Channel.CALL, t), rounding_sentence.sentence(RoundingRule(), t), t.n("{count} a", "{count} b", 2)
for lang in ("en", "fr"):
    formats.money(123456, "EUR", lang), formats.duration(4567, lang), formats.date(date(2026, 11, 24), lang)
    formats.number(Decimal("1.5"), lang), formats.percent(18, lang), formats.age(99, lang)
typed.parse_duration("1h12"), typed.parse_instant("-10m", 1_790_000_000, ZoneInfo("Europe/Paris"))
typed.parse_day("hier", 1_790_000_000, ZoneInfo("Europe/Paris"))
print(*(name for name in ("babel", "dateutil", "gettext", "textual", "rich") if name in sys.modules))
"""


def test_english_and_all_figures_load_nothing_heavy():
    source_root = Path(module.__file__).parents[2]
    found = subprocess.run(
        [sys.executable, "-c", PROBE],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(source_root)},
    )
    assert found.stdout.strip() == ""


def test_a_message_among_the_values_of_another_is_said_in_the_same_language():
    what = message("the file is damaged: {problem}", problem=Sum(100, "EUR"))
    said = message("law {law}, {name}: {what}", law=1, name="x", what=what).said(translator("fr"))
    assert said.replace("\u00a0", " ") == "loi 1, x : le fichier est endommagé : 1,00 €"


@pytest.mark.parametrize(
    ("lang", "count", "said"),
    [
        ("en", 1, "import 1 session"),
        ("en", 2, "import 2 sessions"),
        ("en", 0, "import 0 sessions"),
        ("fr", 0, "import de 0 séance"),
        ("fr", 1, "import de 1 séance"),
        ("fr", 2, "import de 2 séances"),
    ],
)
def test_a_message_kept_as_data_is_said_of_one_or_of_many(lang, count, said):
    kept = message("import {count} sessions", count=count)
    assert kept.said(translator(lang)) == said
    if lang == "en":
        assert str(kept) == said


def test_what_counts_as_data_is_of_one_and_of_many_in_every_language():
    for many, one in COUNTED.items():
        assert set(re.findall(r"{(\w+)", one)) == set(re.findall(r"{(\w+)", many)) >= {"count"}
        assert one != many
