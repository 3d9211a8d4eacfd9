"""Letters that the document's own font lacks: shown where a font can be had, said before the issue where none can."""

import io
import os

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from PIL import Image
from pypdf import PdfReader

from clepsydra.domain.civil import utc
from clepsydra.exchange import glyphs
from clepsydra.exchange.pdf_sheet import Sheet
from clepsydra.ledger.billing.glyphs import unshown_message
from tests.clock import at


def forget():
    glyphs.fonts.cache_clear()
    glyphs.font_of.cache_clear()
    glyphs._KNOWN.clear()
    glyphs._Clock.spent = 0.0


@pytest.fixture
def system(tmp_path, monkeypatch):
    """A computer whose fonts are in one folder, empty at first."""
    monkeypatch.setattr(glyphs, "_folders", lambda: [tmp_path])
    forget()
    yield tmp_path
    forget()


def font(file, characters, *, embed=0):
    """A font with a box for each character."""
    builder = FontBuilder(1000, isTTF=True)
    names = [".notdef", *(f"u{ord(c):X}" for c in characters)]
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(c): f"u{ord(c):X}" for c in characters})
    pen = TTGlyphPen(None)
    for x, y in ((0, 0), (0, 700), (700, 700), (700, 0)):
        (pen.moveTo if (x, y) == (0, 0) else pen.lineTo)((x, y))
    pen.closePath()
    builder.setupGlyf(dict.fromkeys(names, pen.glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (800, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": file.stem, "styleName": "Regular"})
    builder.setupOS2(fsType=embed)
    builder.setupPost()
    builder.save(file)
    forget()


def text_of(*lines):
    sheet = Sheet("title", "author", "en", utc(at("2026-11-24 9:00")))
    sheet.add_page()
    sheet.font(10)
    for number, line in enumerate(lines):
        for piece in sheet.wrap(line, 100):
            sheet.put(piece, 20, y=30 + 10 * number)
    content = sheet.finish(lambda page, pages: None)
    return PdfReader(io.BytesIO(content)).pages[0].extract_text(), content


def test_without_a_font_the_code_points_stand_there(system):
    assert glyphs.unshown(["Acme é Дубль", "東 🚀\u200d\ufe0f"]) == ("東", "🚀")
    assert "U+6771 U+1F680" in text_of("東 🚀\u200d\ufe0f")[0]
    said = str(unshown_message(["東京", "🚀"]))
    assert said.startswith("no font of this computer has the letters 京 (U+4EAC), 東 (U+6771), 🚀 (U+1F680)")
    assert unshown_message(["Acme é"]) is None


def test_a_font_that_has_them_is_borrowed(system):
    font(system / "Some.ttf", "東京")
    assert glyphs.unshown(["東京 ok 🚀"]) == ("🚀",)
    shown, content = text_of("Acme 東京 ok")
    assert "東京" in shown
    assert "U+" not in shown
    assert text_of("Acme 東京 ok")[1] == content
    assert len(text_of("Acme ok")[1]) < len(content)


def test_of_several_fonts_the_same_one_is_taken(system):
    for name in ("ZNoto Sans SC.ttf", "Bold.ttf", "A.ttf"):
        font(system / name, "東")
    assert glyphs.font_of("東").path.name == "ZNoto Sans SC.ttf"


@pytest.mark.parametrize("broken", ["locked", "noise", "empty", "pipe"])
def test_what_is_no_usable_font_costs_itself_alone(system, broken):
    font(system / "B.ttf", "東")
    if broken == "locked":
        font(system / "A.ttf", "東", embed=2)
    else:
        (system / "A.ttf").write_bytes({"noise": bytes(range(256)) * 9, "empty": b"", "pipe": b"OTTO"}[broken])
        forget()
    assert glyphs.font_of("東").path.name == "B.ttf"


def test_scripts_that_need_shaping_are_known():
    assert glyphs.is_shaped("क")
    assert glyphs.is_shaped("ش")
    assert not glyphs.is_shaped("東")
    assert not glyphs.is_shaped("é")


def test_a_picture_is_drawn_and_what_is_none_is_refused(tmp_path):
    good, noise, pipe = tmp_path / "a.png", tmp_path / "b.png", tmp_path / "c.png"
    Image.new("RGB", (40, 20), "red").save(good)
    noise.write_bytes(bytes(range(256)))
    os.mkfifo(pipe)
    sheet = Sheet("title", "author", "en", utc(at("2026-11-24 9:00")))
    sheet.add_page()
    sheet.picture(good, 20, 20, 45, 18)
    for bad in (noise, pipe, tmp_path / "none.png", tmp_path):
        with pytest.raises(OSError, match=r".+"):
            sheet.picture(bad, 20, 20, 45, 18)
    assert len(PdfReader(io.BytesIO(sheet.finish(lambda page, pages: None))).pages[0].images) == 1
