"""An official paper in neutral words, before `paper_docx.py` lays it out as GB/T 9704-2012 has it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the text: level 1 as 一、, level 2 as （一）; whoever writes it numbers it."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph of the text; each line of it is one of its own."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows between lines; without a `header` the first column holds labels. `widths` are shares, all alike
    where there are none."""

    rows: tuple[tuple[str, ...], ...]
    header: tuple[str, ...] = ()
    widths: tuple[int, ...] = ()


Part = Heading | Text | Table


@dataclass(frozen=True, slots=True)
class Check:
    """A QR code with the lines beside it: `code` is the plain text that it holds."""

    code: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper: head (版头), text (主体) and record of issue (版记).

    `issuer` is the red mark at the top (发文机关标志), `number` its 发文字号; `mark` stands below the title
    in brackets (未办结); `to` is the 主送机关 without its colon. `signed` and `on` are signature and day;
    `cc` and `printed` (印发机关) make the 版记, which is left out where both are empty.
    """

    issuer: str
    title: str
    number: str = ""
    mark: str = ""
    to: str = ""
    parts: tuple[Part, ...] = ()
    signed: str = ""
    on: date | None = None
    check: Check | None = None
    cc: tuple[str, ...] = ()
    printed: str = ""


def day(on: date) -> str:
    """2026年12月1日."""
    return f"{on.year}年{on.month}月{on.day}日"


def wide(text: str) -> float:
    """The width of a text in full characters; digits and Latin letters take half of one."""
    return sum(1.0 if char > "\u2e7f" or char in "“”‘’…—·" else 0.5 for char in text)


def signature_ends(signed: str, dated: str) -> tuple[float, float]:
    """Characters that stay free to the right of signature and day of a paper without a seal.

    As the standard has it (7.3.5): the signature ends two characters before the edge and the day begins two
    after the signature begins; where that would bring the day nearer to the edge, the day ends two characters
    before it.
    """
    ends = wide(signed) - wide(dated)
    return (2.0, ends) if ends >= 2 else (4 - ends, 2.0)
