"""Where a message to somebody is: one state, one wording."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cards.times import when
from storage.records import Platform

PLATFORMS: Mapping[Platform, str] = {Platform.WECOM: "企业微信", Platform.FEISHU: "飞书"}


class Where(StrEnum):
    """Of a letter, as people know it; REFUSED reached nobody, PASSED was refused and went out elsewhere."""

    WAITING = "waiting"
    SENT = "sent"
    READ = "read"
    REFUSED = "refused"
    PASSED = "passed"


@dataclass(frozen=True, slots=True)
class Delivered:
    """A message to somebody on one platform.

    `at` is when it was sent, `read_at` when it was read if known; `why` it waits or was refused, in words;
    `to` is the platform that has it instead.
    """

    person: str
    platform: Platform
    where: Where
    at: datetime | None = None
    read_at: datetime | None = None
    why: str = ""
    to: Platform | None = None


SAID: Mapping[Where, str] = {
    Where.WAITING: "正在发送",
    Where.SENT: "已送达 {at}{unread}",
    Where.READ: "已送达 {at}，{read} 已看",
    Where.REFUSED: "没有送到（{why}），已告知全媒体中心和系统管理员",
    Where.PASSED: "没有送到（{why}），改由{to}送",
}
_DELAYED = "还没有送到（{why}），会接着发"


def told(found: Iterable[Delivered], person: str, now: datetime) -> str:
    """Of one person on each of their platforms: 飞书已送达 11月23日（周一）09:00，还没有看"""
    return "；".join(_words(one, now) for one in found if one.person == person)


def _words(one: Delivered, now: datetime) -> str:
    said = _DELAYED if one.where is Where.WAITING and one.why else SAID[one.where]
    # WeCom tells nobody who has read what: there only opening it here is known.
    unread = "，还没有看" if one.platform is Platform.FEISHU else ""
    return PLATFORMS[one.platform] + said.format(
        at=when(one.at, now) if one.at else "",
        read=when(one.read_at, now) if one.read_at else "",
        to=PLATFORMS[one.to] if one.to else "",
        why=one.why,
        unread=unread,
    )
