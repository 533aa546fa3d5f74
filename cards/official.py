"""/官方吗 in words: which account of which unit, since when, in which state; nobody is named."""

from collections.abc import Mapping, Sequence
from datetime import date

from cards.card import Button, Card, Tone
from storage.records import Medium, MediumState

SHOWN = 5
"""Accounts of one name that are listed."""

REPORT = "report_fake"
"""The act of the button that begins a report."""

_ASKED = 40
"""Characters of what was asked for that are said back."""

_STATES = {
    MediumState.ACTIVE: "在用",
    MediumState.PAUSED: "已停更",
    MediumState.SUSPENDED: "目前停止运行",
    MediumState.DEREGISTERED: "已注销，现在不是官方账号",
}
ASK = "请写账号名称、账号ID、备案号或链接，例如：/官方吗 机电之声"


def card(title: str, tone: Tone, lead: str, text: str, note: str, ref: str) -> Card:
    """An answer; with `ref`, what was asked for, the reader is offered to report it."""
    report = (Button("上报冒用", REPORT, ref),) if ref else ()
    return Card(title=title, tone=tone, tag="第十一条", lead=lead, text=text, note=note, buttons=report)


def said(asked: str) -> str:
    """What was asked for, cut to a line."""
    line = " ".join(asked.split())
    return line if len(line) <= _ASKED else f"{line[: _ASKED - 1]}…"


def yes(asked: str, media: Sequence[Medium], units: Mapping[str, str], ref: str) -> Card:
    """On the books: what is, and that a like name alone proves nothing."""
    standing = [medium for medium in media if medium.state is not MediumState.DEREGISTERED]
    lines = [_line(medium, units) for medium in media[:SHOWN]]
    more = [f"另有 {len(media) - SHOWN} 个同名账号。"] if len(media) > SHOWN else []
    lead = f"“{said(asked)}”在学校全媒体台账上。" if standing else f"“{said(asked)}”曾在台账上，已注销。"
    title, tone = ("是官方账号", Tone.DONE) if standing else ("已不是官方账号", Tone.ALARM)
    note = "请核对平台和账号ID：名称相同、平台或ID不同的，不是这个账号。"
    return card(title, tone, lead, "\n".join([*lines, *more]), note, ref)


def _line(medium: Medium, units: Mapping[str, str]) -> str:
    """· 机电之声（微信公众号，ID hit_jd）：机电学院党委，2020年1月1日备案，在用"""
    known = f"，ID {medium.account}" if medium.account else ""
    on = medium.filed_on
    since = f"{on.year}年{on.month}月{on.day}日备案" if on else "已备案"
    unit = units.get(medium.unit, "本校单位")
    what = f"{medium.name}（{medium.platform_type}{known}，{medium.no}）"
    return f"· {what}：{unit}，{since}，{_STATES[medium.state]}"


def authorised(asked: str, given: Sequence[tuple[str, str, str, date, str]], ref: str) -> Card:
    """Not on the books, but authorised for a time: (name, platform, unit, until, number) of each."""
    lines = [
        f"· {name}（{platform}）：经授权使用至{until.year}年{until.month}月{until.day}日（{number}，{unit}）"
        for name, platform, unit, until, number in given[:SHOWN]
    ]
    lead = f"“{said(asked)}”不是官方账号，是经授权使用的名称。"
    note = "只在所列平台、期限内有效；其他平台的同名账号未经授权。"
    return card("经授权使用", Tone.INFO, lead, "\n".join(lines), note, ref)


def no_longer(asked: str, over: Sequence[tuple[str, str, str, date, str]], ref: str) -> Card:
    """Authorised once, and ended early: (name, platform, unit, from which day, number) of each."""
    lines = [
        f"· {name}（{platform}）：授权已于{on.year}年{on.month}月{on.day}日终止（{number}，{unit}）"
        for name, platform, unit, on, number in over[:SHOWN]
    ]
    lead = f"“{said(asked)}”曾经授权使用，授权已提前终止，现在不代表学校或单位。"
    return card("授权已终止", Tone.ALARM, lead, "\n".join(lines), "仍在使用这个名称的，请上报。", ref)


def no(asked: str, near: Sequence[Medium], units: Mapping[str, str], ref: str) -> Card:
    """Not on the books, with what is like it."""
    lead = f"学校全媒体台账上没有“{said(asked)}”。"
    text = "\n".join(["名称相近的在册账号：", *(_line(medium, units) for medium in near)]) if near else ""
    note = "不在册的账号不代表学校或单位；个人账号不在此列。请勿向其提供个人信息或转账。"
    return card("没有查到", Tone.ALARM, lead, text, note, ref)


def unsure(why: str, ref: str) -> Card:
    return card("不能确定", Tone.WAITING, f"{why}。", "", "查不准的不要轻信，可向全媒体中心核实。", ref)
