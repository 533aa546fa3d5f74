"""Two reports of one account, and whose name it uses: values in, values out (Article 11)."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from handlers.rules.link_platforms import platform_of
from handlers.rules.platform_types import usual
from handlers.rules.text import skeleton
from storage.records import Unit

SCHOOL_NAMES = frozenset(map(skeleton, ("学校", "本校", "哈尔滨工业大学", "哈工大", "HIT")))


def same_account(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two reports are about one account: on the same platform, of the same id, address or name;
    accounts of one name whose ids are both known and differ are two."""
    if usual(str(one["platform"])) != usual(str(other["platform"])):
        return False
    ids = [_id(form) for form in (one, other)]
    if all(ids):
        return ids[0] == ids[1]
    links = [address(str(form.get("link") or "")) for form in (one, other)]
    if all(links) and links[0] == links[1]:
        return True
    return skeleton(str(one["fake_name"])) == skeleton(str(other["fake_name"]))


def _id(form: Mapping[str, Any]) -> str:
    return skeleton(str(form.get("account_id") or "")).lstrip("@")


def address(link: str) -> str:
    """Host and path of an address, as far as two of them can mean one page; empty where it is none, and
    for a platform's own front page."""
    try:
        parts = urlsplit(link.strip())
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return ""
    path = parts.path.rstrip("/") + (f"?{parts.query}" if parts.query else "")
    return host + path if host and (path or not platform_of(link.strip())) else ""


def unit_named(name: str, units: Sequence[Unit]) -> Unit | None:
    """The unit that is called so; 机电学院 is 机电学院党委 where no other unit's name begins so."""
    wanted = skeleton(name)
    exact = [unit for unit in units if wanted in (skeleton(unit.name), skeleton(unit.code))]
    begun = [unit for unit in units if len(wanted) > 2 and skeleton(unit.name).startswith(wanted)]
    top = [unit for unit in begun if not any(unit.parent == other.code for other in begun)]
    found = exact or top
    return found[0] if len(found) == 1 else None


def is_school(name: str) -> bool:
    return skeleton(name) in SCHOOL_NAMES
