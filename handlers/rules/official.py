"""Whether a name, number, id or address is that of an account on the books: values in, a verdict out."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from urllib.parse import urlsplit

from handlers.rules.import_cells import said_number
from handlers.rules.link_platforms import platform_of
from handlers.rules.platform_types import usual
from handlers.rules.text import plain, skeleton
from storage.records import Medium
from storage.vocabulary import PLATFORM_TYPES

SCHOOL_HOSTS = ("hit.edu.cn", "hitwh.edu.cn", "hitsz.edu.cn")
"""Domains of the school and its campuses: an unknown site under one may still be its own."""

NEAR = 3
"""Names offered that are like the one asked for."""

_ADDRESS = re.compile(
    r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?::\d{1,5})?(?:[/?#]\S*)?", re.ASCII | re.IGNORECASE
)
_QUOTES = "“”\"'《》【】「」 　"
_PLATFORM_BEHIND = re.compile(r"(.+?)\s*(?:[·@\s]\s*|[（(])([^·（()）]{1,12})[)）]?")


class Answer(StrEnum):
    """On the books; not on them; nobody can tell from what was asked."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer with the media that it is about, those that are near, and why nobody can tell."""

    answer: Answer
    media: tuple[Medium, ...] = ()
    near: tuple[Medium, ...] = ()
    why: str = ""


def look(asked: str, books: Sequence[Medium], homes: Mapping[str, Sequence[str]]) -> Verdict:
    """`homes` are the addresses by 备案号, as far as filings gave them."""
    asked = asked.strip().strip(_QUOTES)
    if _ADDRESS.fullmatch(asked):
        return _address(asked, books, homes)
    number, wanted = said_number(asked).upper(), skeleton(asked)
    same = [m for m in books if m.no == number or (m.account and skeleton(m.account) == wanted.lstrip("@"))]
    if found := same or [m for m in books if skeleton(m.name) == wanted]:
        return Verdict(Answer.YES, tuple(found))
    return _on_platform(asked, books) or Verdict(Answer.NO, near=_near(asked, books))


def _on_platform(asked: str, books: Sequence[Medium]) -> Verdict | None:
    """机电之声（微博）, 机电之声 微博: the name with its platform; not on that one is not on the books."""
    found = _PLATFORM_BEHIND.fullmatch(asked)
    if found is None or (on := usual(found[2])) not in PLATFORM_TYPES:
        return None
    named = [m for m in books if skeleton(m.name) == skeleton(found[1])]
    there = tuple(m for m in named if m.platform_type == on)
    return Verdict(Answer.YES, there) if there else Verdict(Answer.NO, near=tuple(named[:NEAR]))


def _near(asked: str, books: Sequence[Medium]) -> tuple[Medium, ...]:
    """Media whose names are like it, or hold it or are held in it."""
    wanted = skeleton(asked)
    by_name = {skeleton(m.name): m for m in reversed(books)}
    held = [
        name for name in by_name if len(wanted) > 1 and len(name) > 1 and (wanted in name or name in wanted)
    ]
    close = get_close_matches(wanted, by_name, n=NEAR, cutoff=0.5)
    return tuple(by_name[name] for name in dict.fromkeys((*close, *held)))[:NEAR]


def _address(asked: str, books: Sequence[Medium], homes: Mapping[str, Sequence[str]]) -> Verdict:
    """An address is a medium's where it lies on its site, or names its account on its own platform."""
    host, path = _parts(asked)
    found = [m for m in books if any(_lies_on(host, path, one) for one in _places(m, homes))]
    on = _platform(host)
    found = found or [m for m in books if on and m.platform_type == on and _names(path, m.account)]
    if found:
        return Verdict(Answer.YES, tuple(found))
    if on:
        why = f"这个链接看不出是哪个{on}账号，请发账号名称或账号ID"
        return Verdict(Answer.UNSURE, why=why)
    if any(_under(host, school) for school in SCHOOL_HOSTS):
        why = f"{host} 在学校域名下，但台账里没有这个网站，请向网络与信息中心或全媒体中心核实"
        return Verdict(Answer.UNSURE, why=why)
    return Verdict(Answer.NO)


def _parts(address: str) -> tuple[str, str]:
    """Host and path, in small letters; both empty where it is no address."""
    text = plain(address.strip()).casefold()
    try:
        parts = urlsplit(text if "://" in text else f"//{text}")
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return "", ""
    return host, parts.path.rstrip("/")


def _places(medium: Medium, homes: Mapping[str, Sequence[str]]) -> Iterable[tuple[str, str]]:
    """The addresses of a medium: those it was filed with, and its domain where that is its account."""
    known = [*homes.get(medium.no, ()), *([medium.account] if _ADDRESS.fullmatch(medium.account) else [])]
    return [place for place in map(_parts, known) if place[0]]


def _lies_on(host: str, path: str, place: tuple[str, str]) -> bool:
    """Whether an address is a medium's own or below it; on a shared host it needs a path of its own."""
    its_host, its_path = place
    if _platform(its_host) and not its_path:
        return False
    return host == its_host and (path == its_path or path.startswith(f"{its_path}/"))


def _names(path: str, account: str) -> bool:
    """Whether a part of the path is the account."""
    return bool(account) and plain(account).casefold().lstrip("@") in [p.lstrip("@") for p in path.split("/")]


def _platform(host: str) -> str:
    return platform_of(f"https://{host}")


def _under(host: str, domain: str) -> bool:
    return f".{host}".endswith(f".{domain}")
