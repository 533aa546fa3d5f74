"""What a medium is called and where: the platform as it is typed, and a name that is its own there."""

import re
from datetime import datetime, timedelta

from cards.form_media import FILING, OTHER, platform
from handlers.ledger import change_ledger
from handlers.rules.deadlines import SHANGHAI
from handlers.rules.platform_types import near, usual
from handlers.rules.text import skeleton
from storage import ledger, media, requests
from storage.records import Medium, MediumState
from storage.vocabulary import PLATFORM_TYPES

FREE_AFTER = timedelta(days=365)
"""How long after a medium was deregistered its name may be another's."""

_WRITTEN_OUT = re.compile(rf"{OTHER}\s*[：:（(](.+)")


def platform_typed(text: str) -> tuple[str, str, str]:
    """The usual name, the one written out behind 其他, and why it cannot stand (each may be empty)."""
    if (found := _WRITTEN_OUT.fullmatch(text)) and (name := _unbracketed(found[1])):
        return OTHER, name, ""
    if (name := usual(text)) in PLATFORM_TYPES:
        return name, "", ""
    meant = f"您是不是要找：{'、'.join(close)}？" if (close := near(text)) else ""
    return "", "", f"没有这个平台类型。{meant}名单以外的请写“{OTHER}：{text}”"


def _unbracketed(text: str) -> str:
    """What is written out, without the bracket behind it."""
    name = text.strip()
    return name[:-1].rstrip() if name.endswith(("）", ")")) else name


async def taken(name: str, on: str, at: datetime, *, besides: str = "", filing: int | None = None) -> str:
    """Who has this name on that platform already, in a sentence; empty where it is free.

    `besides` is the 备案号 that may have it, `filing` the request that may ask for it.
    """
    return (
        await on_the_books(name, on, at, besides=besides)
        or await _waited_for(name, on, besides)
        or await _asked_for(name, on, filing)
    )


async def on_the_books(name: str, on: str, at: datetime, *, besides: str = "") -> str:
    """The medium that is recorded under that name, or one that looks the same, on that platform; not one
    that ended long enough ago."""
    for known in await media.ledger():
        if known.platform_type == on and known.no != besides and _alike(known.name, name):
            gone = known.state is MediumState.DEREGISTERED
            if gone and await _long_gone(known, at):
                continue
            again = "；恢复使用请填“备案类型：重新备案”" if gone else ""
            same = "同名" if known.name == name else f"看起来同名（“{known.name}”）"
            return f"台账里已有{same}的{on}（{known.no}，{known.state}），名称在同一平台不能重复{again}。"
    return ""


async def _long_gone(medium: Medium, at: datetime) -> bool:
    """Whether it was deregistered `FREE_AFTER` ago or more."""
    ended = [c for c in await ledger.history(medium.no) if c.item == "state" and c.recorded_at]
    on = ended[-1].effective_on if ended and ended[-1].after == MediumState.DEREGISTERED else None
    return on is not None and on + FREE_AFTER <= at.astimezone(SHANGHAI).date()


async def make_room(name: str, on: str, at: datetime) -> None:
    """Who had this name and ended long ago gives it up: its record stays, under its number."""
    for known in await media.called(name):
        there = (known.name, known.platform_type, known.state) == (name, on, MediumState.DEREGISTERED)
        if there and await _long_gone(known, at):
            former = f"{name}（{known.no}，已注销）"
            day = at.astimezone(SHANGHAI).date()
            entry = change_ledger.recorded(known.no, "name", name, former, day, at, "freed")
            await change_ledger.lay_in(known, [entry])
            await ledger.change(known.no, {"name": former})


def _alike(name: str, other: str) -> bool:
    return name == other or skeleton(name) == skeleton(other)


async def _waited_for(name: str, on: str, besides: str) -> str:
    """The medium whose filed change brings it to that name on that platform, once it is recorded."""
    recorded = {known.no: known for known in await media.ledger() if known.no != besides}
    for no, changes in (await ledger.waiting(list(recorded))).items():
        waiting = [c for c in changes if c.recorded_at is None]
        names = {recorded[no].name, *(str(c.after) for c in waiting if c.item == "name")}
        platforms = {recorded[no].platform_type, *(c.after for c in waiting if c.item == "platform_type")}
        if on in platforms and any(_alike(one, name) for one in names):
            return f"{no} 已申请变更为同名的{on}，正在审批，名称在同一平台不能重复。"
    return ""


async def _asked_for(name: str, on: str, filing: int | None) -> str:
    """The open filing for that name and platform, in a sentence."""
    for other in await requests.open_of_kind(FILING.kind):
        asked = str(other.form.get("account_name") or "")
        if other.id != filing and platform(other.form) == on and _alike(asked, name):
            return f"同名的备案申请 {other.number} 正在审批，名称在同一平台不能重复。"
    return ""
