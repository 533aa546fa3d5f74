"""Text to command: its name, its words, its `字段：值` lines, and the nearest name when it is unknown."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from handlers.kinds.process import PROCESSES
from handlers.rules.text import clean, plain

SLASHES = "/／、"
_BLANK = r"[ \t\xa0\u1680\u2000-\u200f\u202f\u205f\u2060\u3000\ufeff]"
"""A blank within a line, or what nobody sees."""

_OPENING = re.compile(rf"(?:{_BLANK}|[{SLASHES}])*")
_STOPS = "。．，,、；;：:﹕∶！!？?…~～"
_NAME = re.compile(rf"([^\s{_STOPS}]*)[{_STOPS}]*")
_NUMBER = re.compile(r"([A-Za-z]{2,3})[- ]{0,2}(\d{4})[- ]{0,2}(\d{1,6})", re.ASCII)
_NUMBERS_ALONE = re.compile(rf"(?:{_NUMBER.pattern}(?!\d)[\s、，,；;/。和及与]*)+", re.ASCII)
_LONGEST_NUMBER = 32
"""Characters, more than a number written with every blank it may have."""

_OPENED = "【[［(（「『“"
_STOPPED = " ，,：:、；;。"
_CLOSED = f"】]］)）」』”{_STOPPED}"
"""Brackets that may stand around a number, and what may stand behind one."""

GIVING_UP = ("放弃", "取消", "算了")

_BULLET = r"[-*•·●○◦‣▪▫■□◆◇➢➤▶►>–—]"
_COUNTED = r"(?:[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.．、]|[①-⑳])"
_COLON = "[：:﹕∶꞉︰=＝﹦]"
ALL_BLANKS = 2
"""Lines that name a field, from which on the first may do so with a blank."""

_RUNNING = frozenset({"正文", "内容"})
"""Titles of running text, which may hold lists and headings of its own."""


@dataclass(frozen=True, slots=True)
class Line:
    """What somebody sent as a command: `name` as typed, `words` behind it, `body` the further lines."""

    name: str
    words: str = ""
    body: str = ""

    def split(self) -> list[str]:
        return self.words.split()

    @property
    def text(self) -> str:
        """Everything behind the name, as one text."""
        return "\n".join(filter(None, (self.words, self.body)))


def parse(text: str) -> Line | None:
    """The command in a text, or None where it does not begin with a slash."""
    text = clean(text)
    if not text or text[0] not in SLASHES:
        return None
    first, _, body = text[_opening(text) :].partition("\n")
    found = _NAME.match(first)
    assert found is not None, "it may be empty"
    name = unicodedata.normalize("NFKC", found[1].rstrip(".")).lower()
    return Line(name, first[found.end() :].strip(), body.strip("\n"))


def _opening(text: str) -> int:
    """How much of a text is its slashes, of which a keyboard may give several."""
    found = _OPENING.match(text)
    return found.end() if found else 0


def one_of_several(line: Line, names: Collection[str]) -> tuple[Line, str]:
    """A command alone, and the further commands behind it in the same message; `names` are all names.

    One line after another, or behind a blank: `/同意 FB-2026-0001 /同意 FB-2026-0002`.
    """
    said = f"{line.words}\n{line.body}"
    if not (found := _further(tuple(_longest_first(names))).search(said)):
        return line, ""
    words, _, body = said[: found.start()].partition("\n")
    return Line(line.name, words.strip(), body.strip("\n")), said[found.start() :].strip()


@cache
def _further(names: tuple[str, ...]) -> re.Pattern[str]:
    known = "|".join(map(re.escape, names))
    behind = rf"(?=$|[\s{_STOPS}]|[A-Z]{{2}}-?\d)"
    return re.compile(
        rf"(?:(?:^|\n){_BLANK}*[{SLASHES}]|{_BLANK}[/／]){_BLANK}*(?:{known}){behind}", re.IGNORECASE
    )


def gives_up(text: str) -> bool:
    """Whether a plain line says that what was begun is to be left."""
    return text.strip().rstrip("。！!.~～吧") in GIVING_UP


def number_in(words: str) -> tuple[str, str]:
    """The request number a text begins with, in full, and the rest; ("", words) where there is none."""
    words = words.strip()
    bare = words.lstrip(_OPENED)
    found = _NUMBER.match(plain(bare[:_LONGEST_NUMBER]))
    if not found or found[1].upper() not in PROCESSES:
        return "", words
    return _in_full(*found.groups()), bare[found.end() :].lstrip(_CLOSED if bare != words else _STOPPED)


def _in_full(kind: str, year: str, serial: str) -> str:
    return f"{kind.upper()}-{year}-{int(serial):04d}"


def numbers_in(words: str) -> tuple[list[str], str]:
    """The request numbers a text begins with, each once, and the rest: what is said of them.

    和 stands between two of them where nothing else is said: `A 和 B 重复` is said of A.
    """
    if not number_in(words)[0]:
        return [], words.strip()
    alike = plain(words.strip())
    listed = _NUMBER.findall(alike) if _NUMBERS_ALONE.fullmatch(alike) else []
    if listed and all(kind.upper() in PROCESSES for kind, *_ in listed):
        return list(dict.fromkeys(_in_full(*number) for number in listed)), ""
    numbers, rest = [], words.strip()
    while (found := number_in(rest))[0]:
        numbers.append(found[0])
        rest = found[1].strip()
    return list(dict.fromkeys(numbers)), rest


def fields_of(line: Line, titles: Collection[str]) -> tuple[dict[str, str], str]:
    """`fields_in` of a command; on its own line several fields may stand, one behind the other.

    Only a title begins another there, behind a blank or a stop and for the first time: any other colon
    belongs to what it stands in.
    """
    parts, end = list[str](), 0
    given = set[str]()
    for found in _within(tuple(_longest_first(titles))).finditer(line.words):
        if (title := _letters(found["title"])) not in given:
            given |= {title, *(_RUNNING if title in _RUNNING else ())}
            start = found.start("title")
            parts.append(line.words[end:start].rstrip(" \u3000，,；;、"))
            end = start
    own = "\n".join((*parts, line.words[end:])).strip("\n")
    return fields_in("\n".join(filter(None, (own, line.body))), titles)


@cache
def _within(titles: tuple[str, ...]) -> re.Pattern[str]:
    """Titles with their colon, wherever a word of a line may begin."""
    known = "|".join(map(re.escape, titles))
    return re.compile(rf"(?:^|{_BLANK}|[，,；;、。！？])(?P<title>{known}){_BLANK}*{_COLON}", re.IGNORECASE)


def fields_in(text: str, titles: Collection[str]) -> tuple[dict[str, str], str]:
    """`字段：值` lines by title, and what stood before the first of them.

    A line that does not begin with one of the titles continues the field before it; any colon and `=`
    separate; the last of two lines for one title wins. A bullet, a count (`1、`) or brackets (【媒体】)
    may adorn a title, but within running text that began without, such a line is part of the text.
    Behind the first field, other than in running text, a blank does for a forgotten colon (`标题 开放日`)
    where that title is still lacking; and on the first line too, where another one names a field.
    """
    line_of, blank_of, named = _field_lines(tuple(_longest_first(titles)))
    lines = text.split("\n")
    naming = [line for line in lines if line_of.match(line) or blank_of.match(line)]
    blanks = len(naming) >= ALL_BLANKS and naming[0] == next(filter(str.strip, lines))
    found: dict[str, list[str]] = {}
    before: list[str] = []
    current, running = before, False
    for line in lines:
        title, match = "", line_of.match(line)
        if match and not (running and _adorned(match)):
            title = named[_letters(match["title"] or match["boxed"])]
        elif (found or blanks) and not running and (match := blank_of.match(line)):
            title = named[_letters(match["title"])]
            title = "" if title in found else title
        if match and title:
            current = found[title] = [line[match.end() :].strip()]
            running = title in _RUNNING and not _adorned(match)
        else:
            current.append(line)
    return {title: "\n".join(lines).strip() for title, lines in found.items()}, "\n".join(before).strip()


@cache
def _field_lines(
    titles: tuple[str, ...],
) -> tuple[re.Pattern[str], re.Pattern[str], Mapping[str, str]]:
    """Beginnings of lines that name one of the titles, blanks within them allowed (标　题), the same where
    only a blank stands for the colon, and the title that its letters stand for."""
    any_title = "|".join(rf"{_BLANK}*".join(map(re.escape, title)) for title in titles)
    beginning = re.compile(
        rf"{_BLANK}*(?P<mark>{_BULLET}{_BLANK}*)?(?P<count>{_COUNTED}{_BLANK}*)?"
        rf"(?:(?P<title>{any_title}){_BLANK}*{_COLON}"
        rf"|(?P<box>[【\[［「『*]+){_BLANK}*(?P<boxed>{any_title}){_BLANK}*"
        rf"(?:{_COLON}{_BLANK}*)?[】\]］」』*]+{_BLANK}*{_COLON}?)",
        re.IGNORECASE,
    )
    blank = re.compile(
        rf"{_BLANK}*(?P<mark>{_BULLET}{_BLANK}*)?(?P<count>{_COUNTED}{_BLANK}*)?"
        rf"(?P<title>{any_title})[ \t\u3000]+(?=\S)",
        re.IGNORECASE,
    )
    return beginning, blank, {_letters(title): title for title in titles}


def _adorned(match: re.Match[str]) -> bool:
    return any(match.groupdict().get(part) for part in ("mark", "count", "box"))


def _letters(title: str) -> str:
    return "".join(title.split()).casefold()


def nearest(name: str, names: Mapping[str, str]) -> str:
    """The command somebody probably meant; `names` maps every name and alias to the command's name."""
    begun = {names[known] for known in names if name and known.startswith(name)}
    if len(begun) == 1:
        return begun.pop()
    close = get_close_matches(name, list(names), n=1, cutoff=0.5)
    if not close:
        close = [known for known in names if name and (name in known or known in name)][:1]
    return names[close[0]] if close else ""


def _longest_first(titles: Iterable[str]) -> list[str]:
    return sorted(titles, key=len, reverse=True)
