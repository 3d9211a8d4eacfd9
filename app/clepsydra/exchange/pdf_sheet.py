"""A4 pages to write on: embedded fonts, exact placing, and the same bytes every time.

A thin layer over fpdf2 that knows nothing of statements. Text is placed by its baseline; a letter that the font lacks
comes from a font of the system, and where none has it, its code point stands there. Right-to-left text is put in its
visual order line by line. Lengths are millimetres, font sizes points.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Literal

from clepsydra.exchange.glyphs import Font, can_shape, code_point, font_of, is_shaped, own_letters
from clepsydra.settings.foreign import content, guarded

Colour = tuple[int, int, int]

INK: Colour = (31, 41, 51)
SOFT: Colour = (97, 110, 124)
HAIR: Colour = (222, 226, 231)
WATER: Colour = (20, 108, 120)
SHADE: Colour = (244, 247, 248)
MARK: Colour = (238, 241, 243)

PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0
LEFT, RIGHT, TOP, BOTTOM = 20.0, 190.0, 20.0, 274.0

_FONTS = Path(__file__).parent / "fonts"
_FAMILY = "DejaVu"
_LARGEST_PICTURE = 16 * 1024 * 1024
_JOINERS = "\u200c\u200d"
"""They count where letters are shaped, and nowhere else."""
_MM_PER_POINT = 25.4 / 72
_LEADING = 1.38


def leading(size: float) -> float:
    """The distance from one baseline to the next, in millimetres, for a font size in points."""
    return size * _MM_PER_POINT * _LEADING


class Sheet:
    """A document under the pen; `y` is the baseline of the next line."""

    def __init__(
        self, title: str, author: str, language: str, made_at: datetime, watermark: str = "", *, archival: bool = False
    ) -> None:
        from fpdf import FPDF

        compliance = "PDF/A-3B" if archival else None
        pdf = FPDF(orientation="portrait", unit="mm", format="A4", enforce_compliance=compliance)
        pdf.add_font(_FAMILY, "", _FONTS / "DejaVuSans.ttf")
        pdf.add_font(_FAMILY, "B", _FONTS / "DejaVuSans-Bold.ttf")
        pdf.set_auto_page_break(False)
        pdf.c_margin = 0
        # Otherwise a note that says "{nb}" would be taken for the number of pages.
        pdf.alias_nb_pages("")
        pdf.set_title(title)
        pdf.set_author(author)
        pdf.set_creator("Clepsydra")
        pdf.set_lang(language)
        pdf.set_creation_date(made_at)
        self._pdf: FPDF = pdf
        self._tagged = archival
        self._watermark = watermark
        self.on_new_page: Callable[[], None] = lambda: None
        self.y = TOP
        self.slip_page = 0
        self._borrowed: dict[Font, str] = {}

    @property
    def page(self) -> int:
        """The number of the page under the pen, from 1."""
        return int(self._pdf.page)

    def add_page(self) -> None:
        """Begin a page, with the watermark under all that follows and what `on_new_page` repeats."""
        self._pdf.add_page()
        self._pdf.set_line_width(0.2)
        if self._watermark:
            self._stamp()
        self.y = TOP
        if self._pdf.page > 1:
            self.on_new_page()

    def _stamp(self) -> None:
        size = 110.0
        self.font(size, bold=True, colour=MARK)
        size = min(size, size * 190 / self.width_of(self._watermark))
        self.font(size, bold=True, colour=MARK)
        middle_x, middle_y = PAGE_WIDTH / 2, PAGE_HEIGHT / 2
        with self._pdf.rotation(52, middle_x, middle_y):
            baseline = middle_y + size * _MM_PER_POINT * 0.36
            self.put(self._watermark, middle_x, "C", baseline)

    def room(self, height: float) -> None:
        """Go to the next page unless that height is left on this one."""
        if self.y + height > BOTTOM:
            self.add_page()

    def font(self, size: float, bold: bool = False, colour: Colour = INK) -> None:
        """Choose how the next text looks."""
        self._pdf.set_font(_FAMILY, "B" if bold else "", size)
        self._pdf.set_text_color(*colour)

    def width_of(self, text: str) -> float:
        """How wide a text is in the chosen font."""
        drawable = self._drawable(text)
        with self._lettered(drawable):
            return self._pdf.get_string_width(drawable)

    def wrap(self, text: str, width: float) -> list[str]:
        """The lines a text takes in the chosen font, broken at blanks, or anywhere in a word that is too long."""
        drawable = self._drawable(text)
        with self._lettered(drawable):
            lines = self._pdf.multi_cell(width, text=drawable, align="L", dry_run=True, output="LINES")
        assert isinstance(lines, list)
        return [str(line).rstrip() for line in lines] or [""]

    def put(
        self, text: str, x: float, align: Literal["L", "C", "R"] = "L", y: float | None = None, tag: str = "P"
    ) -> None:
        """Write one line at the baseline, `x` being its left end, middle or right end; `tag` says what it is."""
        text = self._drawable(text)
        if not text:
            return
        with self._lettered(text) as special:
            if not special or not can_shape():
                text = _visual(text)
            width = self._pdf.get_string_width(text)
            left = x - {"L": 0.0, "C": width / 2, "R": width}[align]
            with self._marked(tag):
                self._write(text, left, self.y if y is None else y, special=special)

    def _write(self, text: str, left: float, baseline: float, *, special: bool) -> None:
        if not special:
            self._pdf.text(left, baseline, text)
            return
        size = self._pdf.font_size
        # A cell puts the baseline at half its height and three tenths of the font size.
        self._pdf.set_xy(left, baseline - 0.8 * size)
        self._pdf.cell(w=self._pdf.get_string_width(text) + 0.01, h=size, text=text)

    @contextmanager
    def _lettered(self, text: str) -> Iterator[bool]:
        """Whether a text needs other fonts or shaping, which are then switched on for it alone."""
        needed = {char for char in text if char not in own_letters() and font_of(char) is not None}
        shaped = can_shape() and any(map(is_shaped, text))
        if not needed and not shaped:
            yield False
            return
        families = [self._borrow(font) for font in dict.fromkeys(filter(None, map(font_of, sorted(needed))))]
        self._pdf.set_fallback_fonts(families, exact_match=False)
        self._pdf.set_text_shaping(can_shape())
        try:
            yield True
        finally:
            self._pdf.set_fallback_fonts([])
            self._pdf.set_text_shaping(False)

    def _borrow(self, font: Font) -> str:
        """The family under which a font of the system stands in this document."""
        if font not in self._borrowed:
            self._borrowed[font] = f"Borrowed{len(self._borrowed)}"
            chosen = self._pdf.font_family, self._pdf.font_style, self._pdf.font_size_pt
            self._pdf.add_font(self._borrowed[font], "", font.path, collection_font_number=font.number)
            self._pdf.set_font(*chosen)
        return self._borrowed[font]

    @contextmanager
    def _marked(self, tag: str) -> Iterator[None]:
        """Say in the structure of the page what is drawn: a paragraph, a heading, or an ornament without a tag.

        fpdf2 marks pictures only; the same two operators around any text make it readable aloud in order.
        """
        if not self._tagged:
            yield
            return
        if tag:
            mcid = self._pdf.struct_builder.next_mcid_for_page(self._pdf.page)
            self._pdf._add_marked_content(struct_type=f"/{tag}", mcid=mcid)
            self._pdf._out(f"/{tag} <</MCID {mcid}>> BDC")
        else:
            self._pdf._out("/Artifact BMC")
        yield
        self._pdf._out("EMC")

    def line(
        self, y: float, colour: Colour = HAIR, weight: float = 0.15, left: float = LEFT, right: float | None = None
    ) -> None:
        """Draw a horizontal line from `left` to the right margin, or to `right`."""
        self._pdf.set_draw_color(*colour)
        self._pdf.set_line_width(weight)
        with self._marked(""):
            self._pdf.line(left, y, RIGHT if right is None else right, y)

    def box(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        """Fill a rectangle, or with a colour of the text around it, a bar."""
        self._pdf.set_fill_color(*colour)
        with self._marked(""):
            self._pdf.rect(x, y, width, height, style="F")

    def code(self, bars: Iterable[tuple[int, int, int]], x: float, y: float, module: float) -> None:
        """Fill the bars of a two-dimensional code: row, first column and length in modules of so many millimetres."""
        self._pdf.set_fill_color(0, 0, 0)
        with self._marked(""):
            for row, column, length in bars:
                # A hair of overlap, or viewers show white seams between the rows.
                self._pdf.rect(x + column * module, y + row * module, length * module, module + 0.01, style="F")

    def cut(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """Draw a dashed line along which to cut."""
        self._pdf.set_draw_color(90, 90, 90)
        self._pdf.set_line_width(0.2)
        self._pdf.set_dash_pattern(dash=1.5, gap=1.2)
        with self._marked(""):
            self._pdf.line(x1, y1, x2, y2)
        self._pdf.set_dash_pattern()

    def picture(self, path: Path, x: float, y: float, width: float, height: float) -> None:
        """Put a picture, as large as fits and with its proportions; raises OSError where it is none."""
        data = content(path, _LARGEST_PICTURE)
        found = guarded(
            lambda: self._pdf.image(BytesIO(data), x, y, width, height, keep_aspect_ratio=True, alt_text=path.stem)
        )
        if isinstance(found, Exception):  # no picture, a broken one, or one that unpacks beyond all measure
            raise OSError(str(found)) from found

    def attach(self, name: str, content: bytes, made_at: datetime) -> None:
        """Embed an electronic invoice as the alternative of these pages."""
        self._pdf.embed_file(
            bytes=content, basename=name, mime_type="text/xml", associated_file_relationship="Alternative",
            modification_date=made_at, creation_date=made_at, desc="Electronic invoice",
        )  # fmt: skip

    def describe(self, packet: Callable[[str], str]) -> None:
        """Set the metadata of the file, from a function of the name of the library that writes it."""
        import fpdf

        producer = f"fpdf2 {fpdf.__version__}"
        self._pdf.set_producer(producer)
        self._pdf.set_xmp_metadata(packet(producer))

    def finish(self, foot: Callable[[int, int], None]) -> bytes:
        """Let `foot` write on every page, given its number and how many there are, and close the document."""
        pages = self._pdf.page
        for page in range(1, pages + 1):
            self._pdf.page = page
            # The font of a page already left is not known to be set there.
            self._pdf.set_font_size(1)
            foot(page, pages)
        return bytes(self._pdf.output())

    def _drawable(self, text: str) -> str:
        joining = can_shape() and any(map(is_shaped, text))
        return "".join(char if joining and char in _JOINERS else _drawn(char) for char in text)


def _drawn(char: str) -> str:
    """The character itself, nothing for what has no shape of its own, or its code point where no font has it."""
    if char in "\n\u200e\u200f":
        return char
    category = unicodedata.category(char)
    if category in ("Cf", "Cc"):  # joiners, soft hyphens and the like have no shape
        return ""
    if char in own_letters() or font_of(char) is not None:
        return char
    # Selectors and accents that no font has would each leave a number behind.
    return "" if category in ("Mn", "Me", "Mc") else code_point(char)


def _visual(line: str) -> str:
    """One line in the order it is drawn in: fpdf2 turns right-to-left text round only with a shaping library."""
    if all(unicodedata.bidirectional(char) not in ("R", "AL", "AN") for char in line):
        return line
    from fpdf.bidi import BidiParagraph

    return BidiParagraph(text=line).get_reordered_string()
