"""What the administrators are told of a platform that takes nothing, or takes it too slowly."""

from datetime import datetime

from cards.card import Card, Tone
from cards.delivery import PLATFORMS
from cards.times import when
from storage.records import Platform

REMEDY = "在服务器上运行 quanmei doctor 看原因和办法。"


def down(platform: Platform, since: datetime, why: str, letters: int, now: datetime) -> Card:
    """Nothing gets through; what waits goes out by itself later."""
    name = PLATFORMS[platform]
    because = f"：{why}" if why else ""
    return Card(
        title=f"{name}发不出消息",
        tone=Tone.ALARM,
        tag="告警",
        lead=f"{when(since, now)} 起，没有一条消息能发到{name}{because}。",
        text=f"{letters} 条消息在等，会自动补发，不会丢失。",
        note=f"{REMEDY}恢复后会再告知一次。",
    )


def slow(platform: Platform, since: datetime, why: str, letters: int, now: datetime) -> Card:
    """Some get through, and others wait."""
    name = PLATFORMS[platform]
    because = f"（最近一次：{why}）" if why else ""
    return Card(
        title=f"{name}的消息排队太久",
        tone=Tone.ALARM,
        tag="告警",
        lead=f"{letters} 条消息在等，最早的从 {when(since, now)} 等到现在{because}。",
        text="消息仍在陆续发出，不会丢失。",
        note=f"{REMEDY}排完后会再告知一次。",
    )


def over(platform: Platform, since: datetime, until: datetime, letters: int, now: datetime) -> Card:
    """It takes letters again, or has caught up; `letters` still wait."""
    name = PLATFORMS[platform]
    left = f"还有 {letters} 条正在补发，" if letters else "等着的消息都已发出，"
    return Card(
        title=f"{name}已恢复",
        tone=Tone.DONE,
        tag="已恢复",
        lead=f"{when(since, now)} 至 {when(until, now)}，发到{name}的消息没有及时送达。{left}不必另行通知。",
    )


def unposted(since: datetime, now: datetime) -> Card:
    """No checkpoint of the trail has reached anybody for over a day."""
    return Card(
        title="留痕检查点没有发出",
        tone=Tone.ALARM,
        tag="告警",
        lead=f"{when(since, now)} 以来新增的留痕，一天多没有随检查点发到任何人手中。",
        text="此间的留痕如被改动，事后查不出来。检查点应发给实名审计员、中心审批人和系统管理员。",
        note=f"{REMEDY}发出之前每天提醒一次。",
    )
