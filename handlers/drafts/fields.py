"""What people typed into a form's fields, cleaned: good values and mistakes, nothing lost."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit

from cards.card import Input
from cards.form import Field, Form
from cards.times import SHANGHAI

PLAN_AHEAD = timedelta(days=90)
_LINKS = ("link", "home_url")
_NOTHING = ("无", "没有", "否", "都不涉及", "均不涉及", "不涉及")
_AT_ONCE = ("", "通过后即发", "尽快", "即发", "立即", "马上")
_DAYS = {"今": 0, "明": 1, "后天": 2}
_WEEKS = {"上": -1, "": 0, "本": 0, "这": 0, "下": 1, "下下": 2}
_WEEKDAY = re.compile(r"^(上|本|这|下下|下)?个?(?:周|星期|礼拜)([一二三四五六日天])")
_AFTER_LINK = re.compile(r"[，。、；：！？）】》”’].*$", re.DOTALL)
SEPARATORS = re.compile(r"[、,，;；\s]+")
_CLOCK = re.compile(
    r"(上午|中午|下午|晚上|晚|早上|凌晨)?\s*(\d{1,2})\s*(?:[:：]\s*(\d{1,2})|[点时]\s*(半|\d{1,2})?分?)\s*$"
)
_DATE = re.compile(r"^(?:(\d{4})\s*[-/年.]\s*)?(\d{1,2})\s*[-/月.]\s*(\d{1,2})\s*[日号]?")


@dataclass(frozen=True, slots=True)
class Mistake:
    """A field that cannot stand as it was typed: which, what was typed, why, and a good example."""

    name: str
    title: str
    typed: str
    reason: str
    example: str


class Wrong(ValueError):
    """Why a value cannot stand, in words for the person."""


def clean(
    form: Form, raw: Mapping[str, str | tuple[str, ...]], now: datetime
) -> tuple[dict[str, Any], list[Mistake]]:
    """Values by field name, and what is wrong with the others; unknown names are ignored."""
    values: dict[str, Any] = {}
    mistakes: list[Mistake] = []
    for field in form.fields:
        if field.name not in raw:
            continue
        typed = raw[field.name]
        try:
            values[field.name] = _value(field, typed, now)
        except Wrong as why:
            shown = typed if isinstance(typed, str) else "、".join(typed)
            mistakes.append(Mistake(field.name, field.title, shown, str(why), field.example))
    return values, mistakes


def _value(field: Field, typed: str | tuple[str, ...], now: datetime) -> Any:
    if field.input is Input.MANY:
        return _many(field, typed)
    text = typed if isinstance(typed, str) else "、".join(typed)
    text = text.strip()
    if field.input is Input.ONE and field.options:
        return _one(field, text)
    if field.input is Input.DATETIME:
        return moment(text, now)
    if field.input is Input.DATE:
        return calendar_day(text, now) if text and text != field.default else ""
    if len(text) > field.limit:
        raise Wrong(f"最多 {field.limit} 字，现在 {len(text)} 字")
    if field.name in _LINKS and text:
        return web_address(text)
    return text


def _one(field: Field, text: str) -> str:
    if not text:
        return field.default
    if begun := [option for option in field.options if text.startswith(option)]:
        return max(begun, key=len)
    raise Wrong(f"只能填：{'、'.join(field.options)}")


def _many(field: Field, typed: str | tuple[str, ...]) -> list[str]:
    parts = SEPARATORS.split(typed.strip()) if isinstance(typed, str) else list(typed)
    wanted = [part for part in dict.fromkeys(parts) if part and part not in _NOTHING]
    if field.options and (strange := [part for part in wanted if part not in field.options]):
        raise Wrong(f"没有“{strange[0]}”这一项，可填：{'、'.join(field.options)}，或“无”")
    return wanted


def web_address(text: str) -> str:
    """An http(s) link as typed, without Chinese marks and what follows them; raises `Wrong`."""
    text = _AFTER_LINK.sub("", text.strip())
    try:
        parts = urlsplit(text)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", text)
    except ValueError:
        good = False
    if not good or len(text) > 1000:
        raise Wrong("链接要以 http:// 或 https:// 开头，中间没有空格")
    return text


def moment(text: str, now: datetime) -> str:
    """When it should go out, as ISO minutes in Shanghai's time; empty for as soon as passed.

    Understands 2026-11-25 18:00, 11月25日 18:00, 明天 9:30, 明天中午, 下周五下午3点, 今晚8点半, 18:00;
    raises `Wrong`.
    """
    if text in _AT_ONCE:
        return ""
    text = f"{text}12点" if text.endswith("中午") else text
    clock = _CLOCK.search(text)
    if not clock:
        raise Wrong("看不出是几点")
    local = now.astimezone(SHANGHAI)
    day = _day(text[: clock.start()].strip(" ，,"), local.date())
    after_noon = clock[1] == "中午" and int(clock[2]) < 6
    evening = clock[1] in ("下午", "晚上", "晚") or "晚" in text or after_noon
    at = datetime.combine(day, _time(clock, evening=evening), SHANGHAI)
    if at < local - timedelta(minutes=1):
        raise Wrong("这个时间已经过去了")
    if at > local + PLAN_AHEAD:
        raise Wrong("只能填 90 天以内的时间")
    return at.isoformat(timespec="minutes")


def _time(clock: re.Match[str], *, evening: bool) -> time:
    hour = int(clock[2])
    minute = 30 if clock[4] == "半" else int(clock[3] or clock[4] or 0)
    if evening and hour < 12:
        hour += 12
    try:
        return time(hour, minute)
    except ValueError:
        raise Wrong("没有这个钟点") from None


def _day(text: str, today: date) -> date:
    if not text:
        return today
    for word, ahead in _DAYS.items():
        if text.startswith(word):
            return today + timedelta(days=ahead)
    if named := _WEEKDAY.match(text):
        return _weekday(named, today)
    found = _DATE.match(text)
    if not found:
        raise Wrong("看不出是哪一天")
    year, month, day = found[1], int(found[2]), int(found[3])
    try:
        chosen = date(int(year or today.year), month, day)
    except ValueError:
        raise Wrong("没有这一天") from None
    if not year and chosen < today - timedelta(days=180):
        return chosen.replace(year=today.year + 1)
    return chosen


def _weekday(named: re.Match[str], today: date) -> date:
    """下周五 is of the week after this one; 周五 alone is the next one to come."""
    monday = today - timedelta(days=today.weekday())
    day = monday + timedelta(
        weeks=_WEEKS[named[1] or ""], days="一二三四五六日".index(named[2].replace("天", "日"))
    )
    return day + timedelta(weeks=1) if not named[1] and day < today else day


def calendar_day(text: str, now: datetime) -> str:
    """A day as ISO: 2026-11-20, 11月20日, 昨天, 今天; raises `Wrong`.

    Without a year it is the nearest such day that is not more than half a year ahead.
    """
    today = now.astimezone(SHANGHAI).date()
    for word, ago in (("前天", 2), ("昨", 1)):
        if text.startswith(word):
            return (today - timedelta(days=ago)).isoformat()
    day = _day(text.strip(), today)
    if not re.match(r"\d{4}", text) and day > today + timedelta(days=180):
        day = day.replace(year=day.year - 1)
    return day.isoformat()


def planned(form: Mapping[str, Any]) -> datetime | None:
    """When a post should go out (UTC), None for as soon as it is passed."""
    text = form.get("planned_at")
    return datetime.fromisoformat(text).astimezone(UTC) if text else None
