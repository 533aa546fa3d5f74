"""A way as an SVG picture, as wide as a phone; no script, no link, and nothing that is fetched."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from unicodedata import east_asian_width

from cards.stop import Standing, Stop

WIDTH = 360
NARROWEST, WIDEST = 200, 480
_RAIL, _TEXT, _RIGHT = 34, 56, 12
_RADIUS = 9
_LANES = (8, 13, 18)
"""Where arrows that go back run, the outermost first; more of them share the last."""
_TITLE, _SMALL = 15, 13
_LEADING = 1.45
_GAP = 14
_NARROW = 0.6
"""Width of a letter or digit, in ems: what the fonts of phones and desks stay below."""

_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_WORD = re.compile(r"[!-~]{1,30}|.")
_NO_BEGIN = "，。、；：！？）】》”’…·"

_STYLE = (
    "text{font-family:'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif}"
    ".t{font-size:15px;font-weight:600;fill:#1f2329}.s{font-size:13px;fill:#51565d}"
    ".dim{fill:#7a7f87}.rail{stroke:#c9cdd4;stroke-width:2;fill:none}.ahead{stroke-dasharray:3 4}"
    ".box{fill:#f2f3f5}.ground{fill:#fff}.sign{fill:none;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}"
    ".loop{fill:none;stroke:#d83931;stroke-width:1.5;stroke-dasharray:4 3}.head{fill:#d83931}"
    ".done{fill:#2ea121}.back{fill:#d83931}.now{fill:#de7802}.later,.rule,.void{fill:#fff;stroke:#a6aab2;stroke-width:2}"
    ".on{stroke:#fff}.off{stroke:#7a7f87}"
    "@media(prefers-color-scheme:dark){.ground{fill:#1f2023}.t{fill:#ebebeb}.s{fill:#b3b6bb}.dim{fill:#90949b}"
    ".box{fill:#2d2e32}.rail{stroke:#4b4d52}.later,.rule,.void{fill:#1f2023;stroke:#767a82}}"
)
_SIGNS = {
    Standing.DONE: ("on", "M-4 0l3 3 5-6"),
    Standing.BACK: ("on", "M-1 -5l-3.500 3 3.500 3M-4 -2h5a3 3 0 0 1 0 6h-3"),
    Standing.NOW: ("on", "M0 -4v4l3 2"),
    Standing.RULE: ("off", "M-4 0h8"),
    Standing.VOID: ("off", "M-3 -3l6 6M3 -3l-6 6"),
}
"""What stands in the circle: a tick, an arrow back, the hands of a clock, a dash, a cross."""


@dataclass(slots=True)
class _Pen:
    """What is drawn so far, and how far down; `at` is where on the rail each named stop stands."""

    edge: int
    parts: list[str] = field(default_factory=list)
    at: dict[str, float] = field(default_factory=dict)
    y: float = _GAP

    def text(self, words: str, style: str, size: int, x: int = _TEXT, short: int = 0) -> None:
        for line in wrapped(words, (self.edge - short - x) / size):
            self.y += size * _LEADING
            self.parts.append(
                f'<text class="{style}" x="{x}" y="{self.y - size * 0.32:.1f}">{escape(line)}</text>'
            )


def svg(title: str, stops: Sequence[Stop], width: int = WIDTH) -> str:
    """The stops from top to bottom under a title, in pixels; returns that went to a stop are arrows up to
    it."""
    width = min(max(width, NARROWEST), WIDEST)
    pen = _Pen(width - _RIGHT)
    pen.text(title, "t", _TITLE, _GAP)
    pen.y += _GAP
    loops: list[tuple[float, int, str]] = []
    for place, stop in enumerate(stops):
        following = stops[place + 1] if place + 1 < len(stops) else None
        loops += _stop(pen, stop, following)
    arrows = [_arrow(x, y, pen.at[to], lane) for lane, (y, x, to) in enumerate(loops) if to in pen.at]
    return _sheet(title, width, pen.y, [*pen.parts, *arrows])


def _sheet(title: str, width: int, height: float, parts: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height:.0f}" role="img">'
        f"<title>{escape(_UNSEEN.sub('', title))}</title><style>{_STYLE}</style>"
        f'<rect class="ground" width="100%" height="100%"/>{"".join(parts)}</svg>'
    )


def _stop(pen: _Pen, stop: Stop, following: Stop | None) -> list[tuple[float, int, str]]:
    """Draw one stop; the returns that begin here: from how far down and from where, and to which stop."""
    top = pen.y + _TITLE * _LEADING / 2
    dim = " dim" if stop.standing in (Standing.LATER, Standing.VOID, Standing.RULE) else ""
    drawn = len(pen.parts)
    pen.text(stop.title, f"t{dim}", _TITLE)
    for line in stop.lines:
        pen.text(line, f"s{dim}", _SMALL)
    loops = [(top, _RAIL - _RADIUS, stop.back)] if stop.back else []
    for one in stop.beside:
        begun = _box(pen, one)
        loops += [(begun, _TEXT, one.back)] if one.back else []
    pen.y += _GAP
    if following:
        ahead = " ahead" if following.standing in (Standing.LATER, Standing.VOID) else ""
        end = pen.y + _TITLE * _LEADING / 2
        pen.parts.insert(drawn, f'<path class="rail{ahead}" d="M{_RAIL} {top:.1f}V{end:.1f}"/>')
    pen.parts.append(_circle(stop.standing, _RAIL, top, 1.0))
    pen.at[stop.name or stop.title] = top
    return loops


def _box(pen: _Pen, stop: Stop) -> float:
    """What happened beside a stop, in a box; how far down its mark is."""
    pen.y += 6
    begun, place = pen.y, len(pen.parts)
    pen.y += 4
    mark = pen.y + _SMALL * _LEADING / 2
    dim = " dim" if stop.standing is Standing.VOID else ""
    for words in (stop.title, *stop.lines):
        pen.text(words, f"s{dim}", _SMALL, _TEXT + 24, 8)
    pen.y += 5
    size = f'width="{pen.edge - _TEXT}" height="{pen.y - begun:.1f}"'
    pen.parts.insert(place, f'<rect class="box" x="{_TEXT}" y="{begun:.1f}" {size} rx="6"/>')
    pen.parts.append(_circle(stop.standing, _TEXT + 13, mark, 0.7))
    return mark


def _circle(standing: Standing, x: float, y: float, scale: float) -> str:
    sign = ""
    if standing in _SIGNS:
        style, path = _SIGNS[standing]
        sign = f'<path class="sign {style}" d="{path}"/>'
    place = f"translate({x} {y:.1f}) scale({scale})"
    return f'<g transform="{place}"><circle class="{standing}" r="{_RADIUS}"/>{sign}</g>'


def _arrow(start: int, begin: float, end: float, lane: int) -> str:
    """From a return up to the stop it went to."""
    x, edge = _LANES[min(lane, len(_LANES) - 1)], _RAIL - _RADIUS - 2
    path = f"M{start} {begin:.1f}H{x}V{end:.1f}H{edge - 4}"
    head = f"M{edge} {end:.1f}l-6 -4v8z"
    return f'<path class="loop" d="{path}"/><path class="head" d="{head}"/>'


def wrapped(words: str, ems: float) -> Iterator[str]:
    """`words` in lines of at most so many ems; a time or a number stays whole, and what ends something is
    never first on its line."""
    line, room = "", ems
    for one in _WORD.findall(_UNSEEN.sub(" ", words)):
        wide = sum(1.0 if east_asian_width(char) in "WFA" else _NARROW for char in one)
        if wide > room and (one not in _NO_BEGIN or room < 0):
            yield line
            line, room = "", ems
        line, room = line + one, room - wide
    yield line
