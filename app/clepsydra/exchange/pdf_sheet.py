"""A4 pages to write on: embedded fonts, exact placing, and the same bytes every time.

A thin layer over fpdf2 that knows nothing of statements. Text is placed by its baseline; a character the fonts lack
shows as □, and right-to-left text is put in its visual order line by line. Lengths are millimetres, font sizes points.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Literal

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
_MISSING = "\N{WHITE SQUARE}"
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
        return self._pdf.get_string_width(self._drawable(text))

    def wrap(self, text: str, width: float) -> list[str]:
        """The lines a text takes in the chosen font, broken at blanks, or anywhere in a word that is too long."""
        lines = self._pdf.multi_cell(width, text=self._drawable(text), align="L", dry_run=True, output="LINES")
        assert isinstance(lines, list)
        return [str(line).rstrip() for line in lines] or [""]

    def put(
        self, text: str, x: float, align: Literal["L", "C", "R"] = "L", y: float | None = None, tag: str = "P"
    ) -> None:
        """Write one line at the baseline, `x` being its left end, middle or right end; `tag` says what it is."""
        text = _visual(self._drawable(text))
        if not text:
            return
        width = self._pdf.get_string_width(text)
        left = x - {"L": 0.0, "C": width / 2, "R": width}[align]
        with self._marked(tag):
            self._pdf.text(left, self.y if y is None else y, text)

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
        from PIL import UnidentifiedImageError

        try:
            self._pdf.image(str(path), x, y, width, height, keep_aspect_ratio=True, alt_text=path.stem)
        except UnidentifiedImageError as error:
            raise OSError(str(error)) from error

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
        font = self._pdf.current_font
        known = getattr(font, "cmap", {})
        return "".join(_drawn(char, known) for char in text)


def _drawn(char: str, known: dict[int, object]) -> str:
    """The character itself, nothing for what has no shape of its own, or a square for what the font lacks."""
    if char in "\n\u200e\u200f":
        return char
    category = unicodedata.category(char)
    # Joiners and soft hyphens have no shape; selectors and accents the font lacks would each leave a square behind.
    if category in ("Cf", "Cc"):
        return ""
    if ord(char) in known:
        return char
    return "" if category in ("Mn", "Me") else _MISSING


def _visual(line: str) -> str:
    """One line in the order it is drawn in: fpdf2 turns right-to-left text round only with a shaping library."""
    if all(unicodedata.bidirectional(char) not in ("R", "AL", "AN") for char in line):
        return line
    from fpdf.bidi import BidiParagraph

    return BidiParagraph(text=line).get_reordered_string()
