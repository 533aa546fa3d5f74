"""Page, fonts and styles of an official paper: GB/T 9704-2012 as values.

The fonts are named and not embedded: where the reader has none of that name, Word and WPS take the one that
the table of fonts gives beside it.
"""

from dataclasses import dataclass
from typing import Any

SONG, FANG, KAI, HEI, PLAIN = "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"
INSTEAD = {SONG: "宋体", FANG: "仿宋", KAI: "楷体", HEI: "SimHei", PLAIN: "SimSun"}
"""What stands in for a font that the reader has not got."""

TITLE, BODY, SMALL, CELL = 22.0, 16.0, 14.0, 12.0
"""二号, 三号, 四号 and 小四, in points."""

LINE = 28.0
"""Points from line to line: 22 lines on a page."""

WIDTH, HEIGHT = 156.0, 225.0
"""版心 in millimetres, on A4 with 37 above and 28 to the left."""

_TIGHTER = -5
"""Twentieths of a point between characters: 28 of 三号 fill a line of 156 mm."""


@dataclass(frozen=True, slots=True)
class Look:
    """One style: font and size, and where its lines stand (`line` in points, 0 for as high as they need)."""

    name: str
    font: str = FANG
    size: float = BODY
    line: float = LINE
    align: str = "JUSTIFY"
    before: float = 0
    first: int = 0
    red: bool = False
    keep: bool = False
    tight: int = 0


MARK = Look("发文机关标志", SONG, 36, 44, "CENTER", red=True)
NUMBER = Look("发文字号", align="CENTER", before=2 * LINE)
NAME = Look("公文标题", SONG, TITLE, 36, "CENTER", keep=True)
BESIDE = Look("公文题注", KAI, align="CENTER", keep=True)
ADDRESSEE = Look("主送机关", align="LEFT", before=LINE)
TEXT = Look("公文正文", first=200, tight=_TIGHTER)
FIRST = Look("公文一级标题", HEI, first=200, keep=True)
SECOND = Look("公文二级标题", KAI, first=200, keep=True)
SIGNED = Look("公文署名", align="RIGHT", keep=True)
CELLS = Look("公文表格", size=CELL, line=0, align="LEFT")
HEADS = Look("公文表头", HEI, CELL, 0, "CENTER", keep=True)
ISSUED = Look("公文版记", size=SMALL, line=22, align="LEFT")
BREAK = Look("公文间隔", size=1, line=2, align="LEFT")
PAGE = Look("公文页码", PLAIN, SMALL, 0, "LEFT")
LOOKS = (
    MARK, NUMBER, NAME, BESIDE, ADDRESSEE, TEXT, FIRST, SECOND, SIGNED, CELLS, HEADS, ISSUED, BREAK, PAGE
)  # fmt: skip

_AFTER_WRAP = ("w:overflowPunct", "w:spacing", "w:ind", "w:jc")


def lay_out(document: Any) -> None:
    """A4 with the 版心 of the standard, pages that are turned, and the styles."""
    from docx.shared import Mm

    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.left_margin = Mm(37), Mm(28)
    page.bottom_margin, page.right_margin = Mm(297 - 37 - HEIGHT), Mm(210 - 28 - WIDTH)
    page.footer_distance = Mm(297 - 37 - HEIGHT - 7 - 5)  # 7 mm below the text, and its own height
    document.settings.odd_and_even_pages_header_footer = True
    _write(document.styles["Normal"], Look("Normal"))
    for look in LOOKS:
        style = document.styles.add_style(look.name, 1)
        style.base_style = document.styles["Normal"]
        _write(style, look)


def _write(style: Any, look: Look) -> None:
    from docx.enum.text import WD_LINE_SPACING, WD_PARAGRAPH_ALIGNMENT
    from docx.shared import Pt, RGBColor

    own = style.element.get_or_add_rPr()
    put(own.get_or_add_rFonts(), eastAsia=look.font, cs=look.font, hint="eastAsia")
    if look.tight:
        own.append(element("spacing", val=look.tight))
    own.append(element("lang", val="en-US", eastAsia="zh-CN"))
    style.font.size, style.font.name = Pt(look.size), look.font
    style.font.color.rgb = RGBColor(255, 0, 0) if look.red else RGBColor(0, 0, 0)
    shape = style.paragraph_format
    shape.space_before, shape.space_after = Pt(look.before), Pt(0)
    shape.widow_control, shape.keep_with_next = False, look.keep
    shape.alignment = getattr(WD_PARAGRAPH_ALIGNMENT, look.align)
    shape.line_spacing_rule = WD_LINE_SPACING.EXACTLY if look.line else WD_LINE_SPACING.SINGLE
    if look.line:
        shape.line_spacing = Pt(look.line)
    # A long address breaks where the line ends instead of stretching the line before it.
    style.element.pPr.insert_element_before(element("wordWrap", val=0), *_AFTER_WRAP)
    if look.first:
        indent = style.element.pPr.get_or_add_ind()
        put(indent, firstLineChars=look.first, firstLine=round(look.first / 5 * look.size))


def element(tag: str, **values: object) -> Any:
    """An element of WordprocessingML with its attributes."""
    from docx.oxml import OxmlElement

    made = OxmlElement(f"w:{tag}")
    put(made, **values)
    return made


def put(into: Any, **values: object) -> None:
    """Set attributes of WordprocessingML."""
    from docx.oxml.ns import qn

    for name, value in values.items():
        into.set(qn(f"w:{name}"), str(value))
