"""A cell of a spreadsheet as the text that people see in it, or why it cannot be known."""

import re
from datetime import date, datetime, time

MOST_DIGITS = 15
"""Excel keeps that many digits of a number and makes the rest zeros."""

LOST = f"数字超过 {MOST_DIGITS} 位，Excel 只保留前 {MOST_DIGITS} 位；请把这一列设为文本，再重新填写"
UNKNOWN_FORMAT = "看不懂数字格式“{}”；请把这一列设为文本，再重新填写"

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_AS_TEXT = re.compile(r'="((?:[^"]|"")*)"')

_SECTION = re.compile(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\\[])+')
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|(?P<nothing>_.|\* |\[(?:\$[^\]]*|[A-Za-z]+)\]|,)'
    r"|(?P<place>[0#?])|(?P<literal>[-+ ()/:$￥¥、·])|(?P<other>.)"
)
_PLAIN = {"general", "g/通用格式", "@"}
_COUNTS = re.compile(r"%|E[+-]|#?\s*\?+/", re.IGNORECASE)
"""A percentage, an exponent or a fraction: it shows the same number in another way."""


class UnclearError(ValueError):
    """Why what is seen in a cell cannot be told, in words for people."""


def plain(text: str) -> str:
    """A text as it is stored in a cell: `_x000D_` is a line end."""
    return _ESCAPED.sub(_unescaped, text)


def formula(text: str) -> str:
    """What a formula shows that is only a text, such as `="001"`; others as they are."""
    found = _AS_TEXT.fullmatch(text.strip())
    return found[1].replace('""', '"') if found else text


def _unescaped(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return " " if code < 0x20 else "_" if code == ord("_") else found[0]


def shown(value: object, number_format: str) -> str:
    """A value as the person who filled it sees it; raises UnclearError."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int):
        return _number(value, number_format)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    return value.isoformat() if isinstance(value, date | time) else plain(str(value))


def _number(value: int, number_format: str) -> str:
    if abs(value) >= 10**MOST_DIGITS:
        raise UnclearError(LOST)
    sections = _SECTION.findall(number_format) or ["General"]
    section = sections[2] if value == 0 and len(sections) > 2 else sections[0]
    if value < 0 or section.lower() in _PLAIN or _COUNTS.search(section):
        return str(value)
    return _placed(str(value), section, number_format)


def _placed(digits: str, section: str, number_format: str) -> str:
    """The digits in their places: 000-0000 shows 8001 as 000-8001."""
    parts: list[str] = []
    for token in _TOKEN.finditer(section.partition(".")[0]):
        if token["other"]:
            raise UnclearError(UNKNOWN_FORMAT.format(number_format))
        if token["place"]:
            parts.append(token["place"])
        elif not token["nothing"]:
            parts.append("=" + (token["quoted"] or token["escaped"] or token["literal"] or ""))
    places = [at for at, part in enumerate(parts) if part in ("0", "#", "?")]
    if not places:
        raise UnclearError(UNKNOWN_FORMAT.format(number_format))
    least = next((len(places) - n for n, at in enumerate(places) if parts[at] == "0"), 0)
    digits = digits.zfill(least)
    for n, at in enumerate(reversed(places)):
        parts[at] = digits[len(digits) - n - 1 : len(digits) - n] if n < len(digits) else ""
    parts[places[0]] = digits[: max(0, len(digits) - len(places))] + parts[places[0]]
    return "".join(part.removeprefix("=") for part in parts).strip()
