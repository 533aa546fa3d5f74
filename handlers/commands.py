"""Text to command: its name, its words, its `字段：值` lines, and the nearest name when it is unknown."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from handlers.processes.process import PROCESSES

SLASHES = "/／、"
_NUMBER = re.compile(r"([A-Za-z]{2,3})[-－ ]?(\d{4})[-－ ]?(\d{1,6})")
GIVING_UP = ("放弃", "取消", "算了")
_BLANK = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))


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


def tidy(text: str) -> str:
    """Without invisible characters and outer blanks; line ends are `\\n`."""
    return text.translate(_BLANK).replace("\r\n", "\n").replace("\r", "\n").strip()


def parse(text: str) -> Line | None:
    """The command in a text, or None where it does not begin with a slash."""
    text = tidy(text)
    if not text or text[0] not in SLASHES:
        return None
    first, _, body = text[1:].partition("\n")
    name, _, words = first.strip().replace("\u3000", " ").partition(" ")
    return Line(unicodedata.normalize("NFKC", name).lower(), words.strip(), body.strip("\n"))


def gives_up(text: str) -> bool:
    """Whether a plain line says that what was begun is to be left."""
    return text.strip().rstrip("。！!.~～吧") in GIVING_UP


def number_in(words: str) -> tuple[str, str]:
    """The request number a text begins with, in full, and the rest; ("", words) where there is none."""
    found = _NUMBER.match(unicodedata.normalize("NFKC", words).strip())
    if not found or found[1].upper() not in PROCESSES:
        return "", words.strip()
    rest = unicodedata.normalize("NFC", words.strip())[found.end() :]
    return f"{found[1].upper()}-{found[2]}-{int(found[3]):04d}", rest.strip(" ，,：:")


def fields_in(text: str, titles: Collection[str]) -> tuple[dict[str, str], str]:
    """`字段：值` lines by title, and what stood before the first of them.

    A line that does not begin with one of the titles continues the field before it; `：`, `:` and `=`
    separate; the last of two lines for one title wins.
    """
    pattern = re.compile(
        rf"^[ \t\u3000]*({'|'.join(map(re.escape, _longest_first(titles)))})[ \t\u3000]*[：:=＝]"
    )
    found: dict[str, list[str]] = {}
    before: list[str] = []
    current = before
    for line in text.split("\n"):
        if match := pattern.match(line):
            current = found[match[1]] = [line[match.end() :].strip()]
        else:
            current.append(line)
    return {title: "\n".join(lines).strip() for title, lines in found.items()}, "\n".join(before).strip()


def nearest(name: str, names: Mapping[str, str]) -> str:
    """The command somebody probably meant; `names` maps every name and alias to the command's name."""
    close = get_close_matches(name, list(names), n=1, cutoff=0.5)
    if not close:
        close = [known for known in names if name and (name in known or known in name)][:1]
    return names[close[0]] if close else ""


def _longest_first(titles: Iterable[str]) -> list[str]:
    return sorted(titles, key=len, reverse=True)
