"""Statements for people: Markdown and PDF, and the files they become."""

import hashlib
import html
import os
import shutil
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from clepsydra.domain.address import as_lines
from clepsydra.domain.figures import Figures
from clepsydra.domain.session import Channel
from clepsydra.domain.statement import LineSort, StatementState
from clepsydra.exchange import glyphs
from clepsydra.exchange.statement import registry
from clepsydra.exchange.statement.markdown import escape, to_markdown
from clepsydra.exchange.statement.page import compose
from clepsydra.exchange.statement.pdf import to_pdf
from clepsydra.language.translator import LANGUAGES, translator
from clepsydra.settings.model import FormatName, Seller
from tests.exchange.samples import PREVIEW, SELLER, TENTHS, line, statement

EN, FR = translator("en"), translator("fr")

needs_pdftotext = pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext (poppler-utils) is not installed")


def text_of(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def words_of(pdf: bytes) -> str:
    return " ".join(text_of(pdf).split())


def test_markdown_looks_like_this():
    assert to_markdown(statement(), SELLER, FR).decode().replace("\u202f", " ").replace("\u00a0", " ") == (
        "# Relevé d’heures\n\n"
        "**Camille Moreau EI**\\\n3, quai de la Fosse\\\n44000 Nantes\\\nSIRET 812 345 678 00012\\\n"
        "camille@example.org\n\n"
        "**Acme SARL**\\\n12, rue des Lilas\\\n69003 Lyon\n\n"
        "- Numéro : **2026-0042**\n- Période : **novembre 2026**\n"
        "- Émis le : **1er déc. 2026**\n- Échéance : **31 déc. 2026**\n\n"
        "| Date | Prestation | Réel | Facturé | Tarif | Montant |\n"
        "| :-- | :-- | --: | --: | --: | --: |\n"
        "|  | **API rewrite** |  |  |  |  |\n"
        "| 2 nov. | Workshop | 1:06:40 | 1 h 15 | 120,00 €/h | 150,00 € |\n"
        "| 3 nov. | Call (appel · hors périmètre) | 0:20:00 | 0 h 15 | 120,00 €/h | 30,00 € |\n"
        "|  | **Heures** | **1:26:40** | **1 h 30** |  | **180,00 €** |\n\n"
        "- Total HT : 180,00 €\n- TVA 20 % : 36,00 €\n- **Total TTC : 216,00 €**\n\n"
        "Temps facturé : par quart d’heure entamé, par séance.\n\n"
        "Les jours suivent l’heure de Europe/Paris.\n\n"
        "Ce relevé d’heures n’est pas une facture.\n\n"
        "TVA sur les débits\n\n"
    )


markup = st.text(alphabet="\\`*_{}[]()<>#+-.!|~&=$^@:/ \n1aw'\"", max_size=30)


@given(markup | st.text(max_size=20))
def test_escaped_text_reads_as_it_was_written(text):
    line_of_text = " ".join(text.split())
    rendered = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(escape(text))
    expected = html.escape(line_of_text).replace("&#x27;", "'").replace("\x00", "\ufffd")
    assert rendered == (f"<p>{expected}</p>\n" if expected else "")


@given(markup)
def test_no_text_breaks_the_table(text):
    hostile = statement(line(text), client_name=text)
    rendered = MarkdownIt("commonmark").enable("table").render(to_markdown(hostile, Seller(), EN).decode())
    assert rendered.count("<table>") == 1
    assert rendered.count("<tr>") == 4
    assert not {"<a", "<em", "<img", "<code"} & {rendered[i : i + 4].split(" ")[0] for i in range(len(rendered))}


def test_the_client_sees_no_loss_unless_asked():
    ours, theirs = compose(statement(), SELLER, EN, internal=True), compose(statement(), SELLER, EN)
    assert not any(row.gap for section in theirs.sections for row in section.rows)
    assert not any("Lost" in note for note in theirs.notes)
    assert [row.gap for section in ours.sections for row in section.rows] == ["+0:08:20", "−0:05:00"]
    assert any("Lost: 0:05:00 · €10.00 by rounding" in note for note in ours.notes)


def test_several_projects_have_subtotals_and_several_rules_marks():
    fee = Figures(exact_minor=60000, billed_minor=60000)
    document = compose(
        statement(
            line(),
            line(project="site", project_name="Site", rule=TENTHS),
            line(project="site", project_name="Site", sort=LineSort.INCLUDED),
            line("", project="site", sort=LineSort.FEE, channel=None, figures=fee, last_day=date(2026, 11, 30)),
        ),
        SELLER,
        EN,
    )
    api, site = document.sections
    assert (api.title, site.title) == ("API rewrite", "Site")
    assert site.subtotal is not None
    assert (site.subtotal.exact, site.subtotal.amount) == ("1:06:40", "€750.00")
    timed, included, fee_row = site.rows
    assert timed.billed.endswith("15m ²")
    assert (included.exact, included.amount) == ("(1:06:40)", "–")
    assert (fee_row.day, fee_row.text, fee_row.exact, fee_row.rate) == ("2 Nov – 30 Nov", "Fee", "", "")
    assert [note[:2] for note in document.notes[:2]] == ["¹ ", "² "]


def test_billed_time_off_the_minute_is_shown_to_the_second():
    (section,) = compose(statement(line(exact=4000, billed=4000)), SELLER, EN).sections
    assert section.rows[0].billed == "1:06:40"


@needs_pdftotext
def test_a_pdf_says_what_matters():
    text = words_of(to_pdf(statement(), SELLER, FR))
    for words in (
        "Relevé d’heures",
        "2026-0042",
        "Camille Moreau EI",
        "Acme SARL",
        "31 déc. 2026",
        "2 nov. Workshop 1:06:40 1 h 15 120,00 €/h 150,00 €",
        "hors périmètre",
        "Total TTC 216,00 €",
        "par quart d’heure entamé",
        "n’est pas une facture",
        "Page 1 sur 1",
    ):
        assert words in text
    assert "Brouillon" not in text


@needs_pdftotext
@pytest.mark.parametrize(
    ("changes", "label"),
    [(PREVIEW, "Draft"), ({"state": StatementState.VOID, "void_reason": "wrong rate"}, "Void")],
)
def test_drafts_and_void_statements_say_so(changes, label):
    text = text_of(to_pdf(statement(**changes), SELLER, EN))
    assert label in text
    assert ("2026-0042" in text) == (label == "Void")
    assert ("wrong rate" in text) == (label == "Void")


@needs_pdftotext
def test_long_statements_repeat_the_head_and_lose_no_line():
    lines = [line(f"Task number {n}") for n in range(90)]
    pages = text_of(to_pdf(statement(*lines), SELLER, EN)).split("\f")[:-1]
    assert len(pages) > 2
    assert all(f"Page {n} of {len(pages)}" in page for n, page in enumerate(pages, 1))
    tables = [page for page in pages if "Task number" in page]
    assert all("Description" in page and "Amount" in page for page in tables)
    assert [n for n in range(90) if f"Task number {n} " not in " ".join(pages)] == []


@needs_pdftotext
def test_a_note_of_ten_thousand_characters_goes_on_over_the_pages():
    note = " ".join(f"w{n:04}" for n in range(1700))
    text = words_of(to_pdf(statement(line(note)), SELLER, EN))
    assert [n for n in range(1700) if f"w{n:04}" not in text] == []


@needs_pdftotext
def test_what_no_font_has_shows_its_code_point_and_escape_codes_are_gone(monkeypatch):
    monkeypatch.setattr(glyphs, "_folders", list)
    glyphs.fonts.cache_clear()
    glyphs.font_of.cache_clear()
    text = words_of(to_pdf(statement(line("𓀀\u200d𓀁 \x1b[31mred\x1b[0m {nb} [/red]"), client_name="漢字"), SELLER, EN))
    glyphs.fonts.cache_clear()
    glyphs.font_of.cache_clear()
    assert "U+13000U+13001 red {nb} [/red]" in text
    assert text.count("U+") == 4


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60), st.sampled_from(["", "שלום 12", "مرحبا", "😀", "x" * 400, "a\u0301\u00ad"]))
def test_no_name_or_note_breaks_a_pdf(text, more):
    hostile = statement(
        line(text + more, project_name=more + text), client_name=text, client_address=text + "\n" + more
    )
    assert to_pdf(hostile, Seller(name=more, address=text, mentions=(text,)), FR).startswith(b"%PDF")


_HASH_ALL = """
import hashlib
from clepsydra.exchange.statement.registry import NAMES, content_of
from clepsydra.language.translator import translator
from tests.exchange.samples import SELLER, line, statement
many = statement(*[line(f"Tâche {n} 😀") for n in range(60)])
print(hashlib.sha256(b"".join(content_of(many, name, SELLER, translator("fr"), True) for name in NAMES)).hexdigest())
"""


def test_the_same_statement_gives_the_same_bytes_in_every_process():
    root = Path(__file__).parents[2]
    found = set()
    for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": f"{root / 'app'}:{root}"}
        done = subprocess.run([sys.executable, "-c", _HASH_ALL], env=environment, capture_output=True, check=True)
        found.add(done.stdout)
    assert len(found) == 1
    assert len(found.pop().strip()) == len(hashlib.sha256().hexdigest())


def test_every_format_of_the_settings_has_a_writer():
    endings = {name: registry.writer(name).ending for name in registry.NAMES}
    assert endings.keys() == {*map(str, FormatName), *(f"csv-{lang}" for lang in LANGUAGES)}
    assert len(set(endings.values())) == len(endings)
    with pytest.raises(KeyError):
        registry.writer("csv-xx")


def test_file_names_are_plain():
    assert registry.file_name(statement(), "pdf") == "2026-0042-acme.pdf"
    assert registry.file_name(statement(), "csv-fr", internal=True) == "2026-0042-acme-internal.fr.csv"
    assert registry.file_name(statement(**PREVIEW), "json") == "draft-acme-2026-11-01-2026-11-30.json"


@given(st.text(max_size=80) | st.sampled_from(["../../etc/passwd", "/", "..", "~", "a" * 300, "CON", "Études"]))
def test_no_name_leaves_the_folder(text):
    for changes in {}, PREVIEW:
        name = registry.file_name(statement(client=text, **({"number": text} | changes)), "pdf")
        assert name.isascii()
        assert Path(name).name == name
        assert not name.startswith((".", "-"))
        assert len(name) < 160


def test_documents_are_written_whole_and_for_their_owner_alone(tmp_path):
    folder = tmp_path / "statements"
    paths = registry.write_files(statement(), ["pdf", "csv", "csv"], folder, SELLER, EN)
    assert [path.name for path in paths] == ["2026-0042-acme.pdf", "2026-0042-acme.csv"]
    assert sorted(path.name for path in folder.iterdir()) == sorted(path.name for path in paths)
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    before = paths[0].read_bytes()
    registry.write_files(statement(), ["pdf"], folder, SELLER, EN)
    assert paths[0].read_bytes() == before


def test_nothing_is_written_when_one_document_cannot_be_made(tmp_path):
    with pytest.raises(KeyError):
        registry.write_files(statement(), ["csv", "docx"], tmp_path / "new", SELLER, EN)
    assert not (tmp_path / "new").exists()


def test_an_address_in_parts_stands_on_a_statement_as_one_in_lines_does():
    parts = Seller(name="Camille Moreau EI", street="3, quai de la Fosse", postcode="44000", city="Nantes")
    assert compose(statement(), parts, FR).seller == ("Camille Moreau EI", "3, quai de la Fosse", "44000 Nantes")
    assert as_lines("", "3, quai de la Fosse", "", "") == "3, quai de la Fosse"
    assert as_lines("BP 7\n44000 Nantes", "3, quai de la Fosse", "44000", "Nantes") == "BP 7\n44000 Nantes"


def test_a_line_without_a_note_is_named_by_its_channel():
    (section,) = compose(
        statement(line(""), line("", channel=Channel.CALL), line("", channel=None)), SELLER, FR
    ).sections
    assert [row.text for row in section.rows] == ["Travail", "Appel", "Travail"]


@pytest.mark.parametrize("module", ["statement.registry", "log_csv", "log_json"])
def test_heavy_libraries_wait_until_a_pdf_is_made(module):
    code = (
        f"import sys, clepsydra.exchange.{module}; "
        "print({'fpdf', 'fontTools', 'PIL', 'babel', 'tomlkit', 'sqlite_utils'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "app")},
    )
    assert done.stdout.strip() == "set()"
