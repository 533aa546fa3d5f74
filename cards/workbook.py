"""A workbook for people: tables with a heading that stays, and charts that Excel and WPS draw themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

_WIDEST = 40
"""Characters of the widest column; a Chinese one counts twice."""


@dataclass(frozen=True, slots=True)
class Bars:
    """A bar chart over the rows of its sheet: names in the first column, counts in the `values` (from 0)."""

    title: str
    values: int = 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: what is text is written as text, whatever it looks like."""

    title: str
    header: tuple[str, ...]
    rows: Sequence[Sequence[str | int]]
    bars: Bars | None = None


def book(sheets: Sequence[Sheet]) -> bytes:
    """The workbook as .xlsx; the same sheets give the same bytes."""
    from datetime import UTC, datetime

    from xlsxwriter import Workbook  # only who asks for a workbook waits for it

    out = BytesIO()
    made = Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    made.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)})
    bold = made.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    wrap = made.add_format({"text_wrap": True, "valign": "top"})
    for sheet in sheets:
        page = made.add_worksheet(sheet.title)
        page.freeze_panes(1, 0)
        for place, name in enumerate(sheet.header):
            page.set_column(place, place, _width(sheet, place))
            page.write_string(0, place, name, bold)
        for line, row in enumerate(sheet.rows, start=1):
            for place, value in enumerate(row):
                write = page.write_number if isinstance(value, int) else page.write_string
                write(line, place, value, wrap)
        if sheet.rows:
            page.autofilter(0, 0, len(sheet.rows), len(sheet.header) - 1)
        if sheet.bars and sheet.rows:
            chart = made.add_chart({"type": "bar"})
            last, values = len(sheet.rows), sheet.bars.values
            chart.add_series(
                {
                    "categories": [sheet.title, 1, 0, last, 0],
                    "values": [sheet.title, 1, values, last, values],
                    "data_labels": {"value": True},
                }
            )
            chart.set_title({"name": sheet.bars.title})
            chart.set_legend({"none": True})
            chart.set_y_axis({"reverse": True})
            page.insert_chart(1, len(sheet.header) + 1, chart)
    made.close()
    return out.getvalue()


def _width(sheet: Sheet, place: int) -> int:
    cells = [sheet.header[place], *(str(row[place]) for row in sheet.rows)]
    return min(_WIDEST, 2 + max(sum(1 + (char > "\u2e7f") for char in cell) for cell in cells))
