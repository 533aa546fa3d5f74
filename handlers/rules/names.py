"""People's names where a line begins with them: `吴　副书记 出差` is one person, and what is said to them."""

import re

_TITLE = (
    r"(?:常务|执行|党委|党总支|党支部|支部|副|代)*"
    r"(?:书记|校长|院长|主任|部长|处长|科长|所长|馆长|主席|会长|社长|站长|台长|主编|编辑|记者|秘书|干事|辅导员"
    r"|教授|研究员|讲师|工程师|院士|博士|老师|同志|同学|先生|女士)"
)
_WORD = r"[^\s、，,;；]+"
_ENDS = r"(?=[\s、，,;；]|$)"
_HAN = r"[\u3400-\u9fff]"
_SURNAME_APART = re.compile(rf"({_HAN})\s+({_TITLE}|{_HAN}{{1,3}}){_ENDS}")
"""A character that stands alone is no name yet: 王　磊, 吴 副书记."""

_NAME = re.compile(_WORD)
_TITLE_APART = re.compile(rf"\s+({_TITLE}){_ENDS}")
_TITLED = re.compile(rf"(.{{2,}}?)(?<![副代])({_TITLE})")
_ENDS_IN_TITLE = re.compile(rf"{_TITLE}$")
_BETWEEN = re.compile(r"[\s、，,;；]+")
_AND = re.compile(r"\s*[、，,;；]+\s*")


def name_first(words: str) -> tuple[str, str]:
    """The name or 工号 a text begins with, empty where it says nothing, and the rest.

    What pads a name and a title behind it belong to it: 王　磊, 吴 副书记, 王磊 老师.
    """
    name, rest = _head(words)
    return name, _BETWEEN.sub("", rest, count=1) if _BETWEEN.match(rest) else rest


def names_first(words: str) -> tuple[tuple[str, ...], str]:
    """The names a text begins with, one after the other with a mark between them, and the rest."""
    names, rest = list[str](), words
    while True:
        name, rest = _head(rest)
        names += [name] if name else []
        if not name or not (mark := _AND.match(rest)):
            return tuple(names), rest.strip()
        rest = rest[mark.end() :]


def names_in(words: str) -> tuple[str, ...]:
    """All names of a text that holds nothing else."""
    names, rest = list[str](), words
    while (found := name_first(rest))[0]:
        names.append(found[0])
        rest = found[1]
    return tuple(names)


def titled(name: str) -> tuple[str, str]:
    """A name and the title behind it: 王磊老师 is 王磊, 老师; the title is empty where there is none."""
    found = _TITLED.fullmatch(name)
    return (found[1], found[2]) if found else (name, "")


def _head(words: str) -> tuple[str, str]:
    """The name at the head, and the rest as it stands there."""
    words = words.lstrip(" \t\n\u3000、，,;；")
    if apart := _SURNAME_APART.match(words):
        name, rest = apart[1] + apart[2], words[apart.end() :]
    elif found := _NAME.match(words):
        name, rest = found[0], words[found.end() :]
    else:
        return "", ""
    title = _TITLE_APART.match(rest)
    if title and len(name) > 1 and not name.isascii() and not _ENDS_IN_TITLE.search(name):
        return name + title[1], rest[title.end() :]
    return name, rest
