"""Links that say where a post came out: which is of which medium, and where one is still missing."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from handlers.rules.link_platforms import odd, on_its_platform
from storage.records import Medium

_LINK = re.compile(r"https?://[^\s，、；。“”《》（）]+")
_REST = re.compile(r"(其余|其他|其它|别的)[^，。；\n]{0,6}?(未发|没发|没有发|不发)")

_SURE = re.compile(r"[\s，、：:]*确认")
_OUT = re.compile(r"发(?:布|出|表|好|完|了)|已发|推送|上线")
_NOT_OUT = re.compile(r"[没未不别吗么?？]|等|再|如何|怎|几|哪")
_SHORT = 16
"""Characters of a line that only says that something is out."""


@dataclass(frozen=True, slots=True)
class Places:
    """By 备案号 the links of each medium, those of which nobody can tell, and those that cannot well be of
    the medium they were said to be of."""

    known: Mapping[str, tuple[str, ...]]
    unclear: tuple[str, ...] = ()
    doubtful: tuple[tuple[str, str], ...] = ()


def links_in(text: str) -> list[str]:
    """The http(s) links of a text, in order."""
    return _LINK.findall(text)


def with_links(text: str, how: Callable[[str], str]) -> str:
    """The text with each link as `how` makes it."""
    return _LINK.sub(lambda found: how(found[0]), text)


def rest_unpublished(text: str) -> bool:
    """Whether somebody says that it came out nowhere else (其余未发)."""
    return bool(_REST.search(text))


def says_out(text: str) -> bool:
    """Whether a line says that something is out (发好了), and nothing else but where."""
    bare = _LINK.sub("", text).strip()
    return len(bare) <= _SHORT and bool(_OUT.search(bare)) and not _NOT_OUT.search(bare)


def places(text: str, media: Sequence[Medium], have: Sequence[str] = ()) -> Places:
    """Whose each link is: of the medium named before it, of the only one on its platform, of the only one
    that is left, or in the order of the media where there are as many as are left.

    `have` are the 备案号 of media whose link is there already. What contradicts the platform of its medium
    is doubtful, unless the text begins with 确认.
    """
    found = _places(text, media, have)
    if _SURE.match(text):
        return found
    named = {medium.no: medium for medium in media}
    doubtful = [(no, one) for no, links in found.known.items() for one in links if odd(one, named[no], media)]
    good = {no: tuple(one for one in links if (no, one) not in doubtful) for no, links in found.known.items()}
    return Places({no: links for no, links in good.items() if links}, found.unclear, tuple(doubtful))


def _places(text: str, media: Sequence[Medium], have: Sequence[str]) -> Places:
    if len(media) == 1:
        only = tuple(links_in(text))
        return Places({media[0].no: only} if only else {})
    known: dict[str, tuple[str, ...]] = {}
    unclear: list[str] = []
    end = 0
    for link in _LINK.finditer(text):
        said = _named(text[end : link.start()], media) or on_its_platform(link[0], media)
        end = link.end()
        if said:
            known[said] = (*known.get(said, ()), link[0])
        else:
            unclear.append(link[0])
    left = [medium.no for medium in media if medium.no not in known and medium.no not in have]
    if unclear and len(unclear) == len(left):
        return Places(known | {no: (link,) for no, link in zip(left, unclear, strict=True)})
    return Places(known, tuple(unclear))


def _named(text: str, media: Sequence[Medium]) -> str:
    """The medium whose name or number stands last in a text."""
    found = [(text.rfind(name), len(name), m.no) for m in media for name in (m.name, m.no) if name in text]
    return max(found)[2] if found else ""
