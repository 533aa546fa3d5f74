"""A paper as .docx in the layout of GB/T 9704-2012; the same paper gives the same bytes."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from functools import cache
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from cards import paper_styles as styles
from cards.paper import Check, Heading, Paper, Table, Text, day, signature_ends, wide
from cards.paper_styles import Look, element, put

_RULE, _THICK, _THIN = 16, 8, 6
"""Eighths of a point: the red rule below the head, the outer and inner lines of the record of issue."""

_CODE_MM = 30
_LAST = 3
"""Rows of the last table that stay with the day: it never stands alone on a page (7.3.5.4)."""

_NO_DAY = date(2000, 1, 1)
"""When a paper without a day was made, as its file says."""


def docx(paper: Paper) -> bytes:
    """The whole paper, ready to be opened, printed and signed."""
    from docx import Document  # only who asks for a paper waits for it

    made = Document(BytesIO(_blank()))
    _head(made, paper)
    _text(made, paper)
    _signature(made, paper)
    if paper.check:
        _check(made, paper.check)
    _issue(made, paper)
    _pages(made)
    _properties(made, paper)
    out = BytesIO()
    made.save(out)
    return _fixed(out.getvalue())


@cache
def _blank() -> bytes:
    """An empty paper with page and styles, made once."""
    from docx import Document

    made, out = Document(), BytesIO()
    styles.lay_out(made)
    made.save(out)
    return out.getvalue()


def clean(text: str) -> str:
    """What XML can hold of a text."""
    return "".join(char for char in text if char in "\t\n" or (char >= " " and char not in "\ufffe\uffff"))


def _line(place: Any, text: str, look: Look) -> Any:
    """A paragraph; its style is named outright, which spares a search through all styles."""
    made = place.add_paragraph(clean(text))
    made._p.style = look.name
    return made


def _head(made: Any, paper: Paper) -> None:
    """版头: the mark as large as its line allows, the number, the red rule 4 mm below."""
    from docx.shared import Mm, Pt

    mark = _line(made, paper.issuer, styles.MARK)
    mark.paragraph_format.space_before = Mm(25)
    size = min(48.0, styles.WIDTH / 25.4 * 72 / max(1.0, wide(paper.issuer)))
    for run in mark.runs:
        run.font.size = Pt(max(styles.TITLE, int(size)))
    number = _line(made, paper.number, styles.NUMBER)
    borders = element("pBdr")
    borders.append(element("bottom", val="single", sz=_RULE, space=11, color="FF0000"))
    number.paragraph_format.element.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )
    _line(made, paper.title, styles.NAME).paragraph_format.space_before = Pt(2 * styles.LINE)
    if paper.mark:
        _line(made, f"（{paper.mark}）", styles.BESIDE)


def _text(made: Any, paper: Paper) -> None:
    """主体: whom it is to, then what it says."""
    if paper.to:
        _line(made, f"{paper.to}：", styles.ADDRESSEE)
    first = not paper.to
    for part in paper.parts:
        if first:
            _line(made, "", styles.TEXT)
        first = False
        if isinstance(part, Heading):
            _line(made, part.text, styles.FIRST if part.level == 1 else styles.SECOND)
        elif isinstance(part, Text):
            for one in part.text.splitlines() or [""]:
                _line(made, one, styles.TEXT)
        else:
            _table(made, part, kept=_LAST if part is paper.parts[-1] else 0)


def _table(made: Any, part: Table, *, kept: int = 0) -> None:
    """The last rows, as many as `kept`, stay on the page of what follows."""
    rows = [*([part.header] if part.header else []), *part.rows]
    if not rows:
        return
    count = max(len(row) for row in rows)
    table = _columns(made, len(rows), part.widths or (1,) * count)
    table.style = made.styles["Table Grid"]
    for place, (line, row) in enumerate(zip(table.rows, rows, strict=True)):
        heads = bool(part.header) and place == 0
        for column, cell in enumerate(line.cells):
            labels = heads or (not part.header and column == 0)
            _fill(cell, row[column] if column < len(row) else "", styles.HEADS if labels else styles.CELLS)
            for one in cell.paragraphs if place >= len(rows) - kept else ():
                one.paragraph_format.keep_with_next = True
        told = line._tr.get_or_add_trPr()
        told.append(element("cantSplit"))
        if heads:
            told.append(element("tblHeader"))


def _columns(made: Any, rows: int, shares: Sequence[float]) -> Any:
    """A table as wide as the text, its columns by their shares."""
    from docx.shared import Mm

    table = made.add_table(rows, len(shares))
    table.autofit, table.alignment = False, 1
    for share, column in zip(shares, table.columns, strict=True):
        column.width = Mm(styles.WIDTH * share / sum(shares))
    for row in table.rows:
        for share, cell in zip(shares, row.cells, strict=True):
            cell.width = Mm(styles.WIDTH * share / sum(shares))
    return table


def _fill(cell: Any, text: str, look: Look) -> None:
    """The lines of a cell; a table begins each with an empty paragraph."""
    first, *more = clean(text).splitlines() or [""]
    (begun,) = cell.paragraphs
    begun.text, begun._p.style = first, look.name
    for one in more:
        _line(cell, one, look)


def _signature(made: Any, paper: Paper) -> None:
    dated = day(paper.on) if paper.on else ""
    if not (paper.signed or dated):
        return
    _line(made, "", styles.SIGNED)
    for text, free in zip((paper.signed, dated), signature_ends(paper.signed, dated), strict=True):
        if text:
            indent = (
                _line(made, text, styles.SIGNED).paragraph_format.element.get_or_add_pPr().get_or_add_ind()
            )
            put(indent, rightChars=round(100 * free), right=round(20 * styles.BODY * free))


def _check(made: Any, check: Check) -> None:
    """A QR code and what it is for, side by side."""
    import segno
    from docx.shared import Mm

    drawn = BytesIO()
    segno.make(check.code, error="m", mode="byte", encoding="utf-8", micro=False).save(drawn, "png", scale=6)
    _line(made, "", styles.ISSUED).paragraph_format.keep_with_next = True
    table = _columns(made, 1, (_CODE_MM + 6, styles.WIDTH - _CODE_MM - 6))
    left, right = table.rows[0].cells
    left.paragraphs[0]._p.style = styles.CELLS.name
    left.paragraphs[0].add_run().add_picture(drawn, Mm(_CODE_MM))
    _fill(right, "\n".join(check.lines), styles.CELLS)
    table.rows[0]._tr.get_or_add_trPr().append(element("cantSplit"))


def _issue(made: Any, paper: Paper) -> None:
    """版记: the last lines of the paper, between rules."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm

    dated = f"{day(paper.on)}印发" if paper.printed and paper.on else ""
    rows = [f"抄送：{'，'.join(paper.cc)}。"] if paper.cc else []
    rows += [f"{paper.printed}\t{dated}"] if paper.printed else []
    if not rows:
        return
    _line(made, "", styles.ISSUED)
    table = _columns(made, len(rows), (1,))
    for place, row in enumerate(rows):
        cell = table.rows[place].cells[0]
        _fill(cell, row, styles.ISSUED)
        told = cell.paragraphs[0].paragraph_format
        told.tab_stops.add_tab_stop(Mm(styles.WIDTH - 10), WD_TAB_ALIGNMENT.RIGHT)
        put(
            told.element.get_or_add_pPr().get_or_add_ind(), leftChars=100, left=280, rightChars=100, right=280
        )
        lines = element("tcBorders")
        for side, outer in (("top", place == 0), ("bottom", place == len(rows) - 1)):
            lines.append(element(side, val="single", sz=_THICK if outer else _THIN, space=0, color="000000"))
        cell._tc.get_or_add_tcPr().insert_element_before(lines, "w:shd", "w:noWrap", "w:tcMar", "w:vAlign")


def _pages(made: Any) -> None:
    """— 1 — below the text, outside on each page: right on odd ones, left on even ones."""
    section = made.sections[0]
    for footer, align, side in ((section.footer, 2, "right"), (section.even_page_footer, 0, "left")):
        place = footer.paragraphs[0]
        place.style = styles.PAGE.name
        place.alignment = align
        put(
            place.paragraph_format.element.get_or_add_pPr().get_or_add_ind(),
            **{f"{side}Chars": 100, side: 280},
        )
        place.add_run("— ")
        for kind in ("begin", "", "separate", "1", "end"):
            _field(place.add_run(), kind)
        place.add_run(" —")


def _field(run: Any, kind: str) -> None:
    """One part of the field that is the number of the page."""
    if kind == "1":
        run.text = "1"
    elif kind:
        run._r.append(element("fldChar", fldCharType=kind))
    else:
        code = element("instrText")
        code.text = "PAGE"
        run._r.append(code)


def _properties(made: Any, paper: Paper) -> None:
    """What the file says of itself: nothing that the paper does not, and no clock."""
    of = made.core_properties
    of.author, of.title, of.subject, of.comments, of.keywords = (
        clean(paper.issuer),
        clean(paper.title)[:200],
        "",
        "",
        "",
    )
    of.last_modified_by, of.revision = "", 1
    of.created = of.modified = datetime.combine(paper.on or _NO_DAY, time(), UTC)


def _fixed(blob: bytes) -> bytes:
    """The file without the times of its making, and with the fonts that stand in for others."""
    out = BytesIO()
    with ZipFile(BytesIO(blob)) as made, ZipFile(out, "w", ZIP_DEFLATED) as kept:
        for name in made.namelist():
            entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            kept.writestr(entry, _fonts() if name == "word/fontTable.xml" else made.read(name))
    return out.getvalue()


def _fonts() -> str:
    told: Iterable[str] = (
        f'<w:font w:name="{name}"><w:altName w:val="{instead}"/><w:charset w:val="86"/></w:font>'
        for name, instead in styles.INSTEAD.items()
    )
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f'{head}\n<w:fonts xmlns:w="{space}">{"".join(told)}</w:fonts>'
