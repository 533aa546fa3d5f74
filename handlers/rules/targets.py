"""Whom a campaign is for: media by name, number, platform, class or unit, read against the ledger
(Article 5(1))."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from handlers.rules.permits import managed_by
from handlers.rules.platform_types import media_class, usual
from handlers.rules.text import skeleton
from storage.records import Medium, MediumState, Unit

SCHOOL = "全校"
_SCHOOL = ("全校", "全部", "所有媒体", "全部媒体", "全校媒体")
CLASSES = ("网络平台", "出版物", "广播电视")


@dataclass(frozen=True, slots=True)
class Books:
    """The media on the books and the tree of units."""

    media: Sequence[Medium]
    units: Mapping[str, Unit]


@dataclass(frozen=True, slots=True)
class Meant:
    """What words mean: `words` in the form in which they are kept and can be read again, and by word that
    means nothing why not."""

    words: Sequence[str] = ()
    wrong: Mapping[str, str] = field(default_factory=dict)


def read(typed: Sequence[str], books: Books) -> Meant:
    """Each word once, as the ledger has it."""
    words: list[str] = []
    wrong: dict[str, str] = {}
    for word in typed:
        found = _one(word, books)
        reason = _unfit(word, found, books)
        if reason:
            wrong[word] = reason
        else:
            words.append(found)
    return Meant(list(dict.fromkeys(words)), wrong)


def _one(word: str, books: Books) -> str:
    """The word as it is kept; empty where nothing is called so."""
    if word in _SCHOOL:
        return SCHOOL
    key = skeleton(word)
    for medium in books.media:
        if key in (skeleton(medium.no), skeleton(medium.name)):
            return medium.no if key == skeleton(medium.no) else medium.name
    for unit in books.units.values():
        if key in (skeleton(unit.code), skeleton(unit.name)):
            return unit.name
    platform = usual(word)
    known = (platform in {medium.platform_type for medium in books.media}) or platform in CLASSES
    return platform if known else ""


def _unfit(word: str, found: str, books: Books) -> str:
    if not found:
        names = [*(m.name for m in books.media), *(u.name for u in books.units.values())]
        near = get_close_matches(word, names, n=2, cutoff=0.4)
        hint = f"您是不是要找：{'、'.join(near)}？" if near else ""
        return f"没有叫“{word}”的媒体、平台、大类或单位。{hint}"
    named = [medium for medium in books.media if found in (medium.name, medium.no)]
    if named and not [medium for medium in named if medium.state is MediumState.ACTIVE]:
        return f"“{named[0].name}”目前是“{named[0].state}”状态，不能调动。"
    return ""


def aimed(words: Sequence[str], books: Books) -> list[Medium]:
    """The media that are meant, those struck off left out, by 备案号."""
    there = [medium for medium in books.media if medium.state is not MediumState.DEREGISTERED]
    return [medium for medium in there if any(_means(word, medium, books) for word in words)]


def _means(word: str, medium: Medium, books: Books) -> bool:
    if word in (SCHOOL, medium.no, medium.name):
        return True
    if word in {one.name for one in books.media}:  # a platform may have a medium's name
        return False
    known = (medium.platform_type, media_class(medium.platform_type))
    hosts = (medium.unit, managed_by(medium.unit, books.units))
    return word in known or word in [books.units[code].name for code in hosts if code in books.units]


def counted(media: Sequence[Medium]) -> str:
    """微信公众号 8、单位网站 4, the most first."""
    counts = Counter(medium.platform_type for medium in media)
    return "、".join(f"{name} {count}" for name, count in counts.most_common())
