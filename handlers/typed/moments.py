"""Moments and days as people write them: what was meant, or why it has to be asked."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime, time, timedelta

from cards.times import SHANGHAI, WEEKDAYS, when
from handlers.rules.text import clean, plain

PLAN_AHEAD = timedelta(days=90)
LONGEST = 40
"""Characters of a day or an hour, whatever it is called."""

FAR = 200
"""Years from this one within which a day can be meant."""

_HALF_YEAR = timedelta(days=180)
_AT_ONCE = ("", "通过后即发", "尽快", "即发", "立即", "马上")
_ISO = re.compile(
    r"(\d{4}-\d\d?-\d\d?)[T ](\d\d?:\d\d)(?::\d\d(?:\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)", re.ASCII | re.IGNORECASE
)
_NUMERALS = "零〇一二两三四五六七八九十"
_NUMERAL = re.compile(
    rf"(?<![周期拜])([{_NUMERALS}]{{1,4}})(?=[点时分年月日号刻])|(?<=[点时])([{_NUMERALS}]{{1,3}})(?=[分发推]|\s|$)"
)
_DIGITS = "零一二三四五六七八九"
_YEARS = {"去年": -1, "今年": 0, "本年": 0, "明年": 1, "后年": 2}
_MONTHS = {"上": -1, "本": 0, "这": 0, "下": 1}
_WEEKS = {"上上": -2, "上": -1, "": 0, "本": 0, "这": 0, "下": 1, "下下": 2}
_NEAR = {"大前": -3, "前": -2, "昨": -1, "今": 0, "明": 1, "后": 2, "大后": 3}
_WEEKDAY = re.compile(r"(上上|上|本|这|下下|下)?个?(?:周|星期|礼拜)([一二三四五六日天])")
_DATE = re.compile(
    rf"(?:(?P<year>\d{{4}})\s*[-/年.]\s*|(?P<named>{'|'.join(_YEARS)})\s*)?"
    r"(?P<month>\d{1,2})\s*[-/月.]\s*(?P<day>\d{1,2})\s*[日号]?"
    r"(?:\s*[(]?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])[)]?)?",
    re.ASCII,
)
_SOLID = re.compile(r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?!\d)", re.ASCII)
_OF_MONTH = re.compile(r"(上|本|这|下)个?月\s*(\d{1,2})\s*[日号]", re.ASCII)
_NAMED = re.compile(r"(大前|前|大后|后|今|明|昨)[天日]|([今明昨])(?=[早中上下午晚夜凌深\s\d]|$)")

_EARLY = ("凌晨",)
_MORNING = ("清晨", "早晨", "早上", "早", "上午")
_NOON = ("中午", "正午")
_AFTERNOON = ("下午", "午后", "傍晚")
_EVENING = ("晚上", "晚间", "晚", "夜里", "深夜", "半夜", "午夜", "夜")
_HOUR = (
    r"(?P<hour>\d{1,2})\s*(?::\s*(?P<minute>\d{1,2})(?:\s*:\s*\d{1,2}(?:\.\d+)?)?"
    r"|[点时]\s*(?:钟|整|(?P<half>半)|(?P<quarter>[13])刻|(?P<past>\d{1,2})\s*分?)?)"
)
_CLOCK = re.compile(
    rf"[\s,T]*的?(?P<part>{'|'.join((*_EARLY, *_MORNING, *_NOON, *_AFTERNOON, *_EVENING))})?"
    rf"\s*(?:{_HOUR})?\s*(?:发布|推送|发出|发)?[.。]?",
    re.ASCII | re.IGNORECASE,
)
_SAID_HOUR = re.compile(r"\d\s*(?::\s*\d|[点时])", re.ASCII)
_BEFORE = re.compile(r"(?:北京时间|拟定于|拟于|定于|于|在)\s*")
_BARE = re.compile(r"\d{1,2}\s*[-/.]\s*\d{1,2}", re.ASCII)
_NIGHT_ENDS = 5
"""Hours before this one that are said of an evening (今晚1点) are those behind its midnight."""


class Wrong(ValueError):
    """Why a value cannot stand, in words for the person, and what may have been meant by which part of it."""

    def __init__(self, why: str, offers: Iterable[str] = (), part: str = "") -> None:
        super().__init__(why)
        self.offers = tuple(offers)
        self.part = part


def moment(text: str, now: datetime, alone: time | None = None) -> str:
    """When it should go out, as ISO minutes in Shanghai's time; empty for as soon as passed. A day that
    stands alone means that hour of it, and today, where that is over, at once.

    Understands 2026-11-25 18:00, 2026-11-25T18:00:00+08:00, 11月25日 18:00, 明天下午三点, 下周五下午3点,
    今晚12点 (the midnight with which the day ends), 18:00; raises `Wrong`, also where two times are said.
    """
    text = _plain(text)
    if text in _AT_ONCE:
        return ""
    local = now.astimezone(SHANGHAI)
    if alone is not None and (day := _only_day(text, local.date())):
        at = datetime.combine(day, alone, SHANGHAI)
        if at < local and day == local.date():
            return ""
    else:
        at = _instant(text) or _of_words(text, local)
    if at < local - timedelta(minutes=1):
        raise Wrong(f"这个时间已经过去了（{when(at, now)}）")
    if at > local + PLAN_AHEAD:
        raise Wrong("只能填 90 天以内的时间")
    return at.isoformat(timespec="minutes")


def _only_day(text: str, today: date) -> date | None:
    """The day that a text names, where it says nothing else."""
    day, rest = _day_in(text, today)
    return None if rest.strip() else day


def calendar_day(text: str, now: datetime) -> str:
    """A day as ISO: 2026-11-20, 11月20日, 昨天, 上上周五, 去年12月1日; raises `Wrong`.

    Without a year it is the nearest such day that is not more than half a year ahead.
    """
    text = _plain(text)
    day, rest = _day_in(text, now.astimezone(SHANGHAI).date())
    if day is None or not _CLOCK.fullmatch(rest):
        raise Wrong("看不出是哪一天")
    if abs(day.year - now.year) > FAR:
        raise Wrong("看不出是哪一年")
    return day.isoformat()


def days_named(text: str, now: datetime) -> list[date]:
    """Every day that a text names anywhere, in order; two numbers with a point or a dash are none."""
    text, today, found, at = _digits(text), now.astimezone(SHANGHAI).date(), list[date](), 0
    while at < len(text):
        day, rest = None, text[at:]
        with suppress(Wrong):
            day, rest = _day_in(text[at:], today)
        said = text[at : len(text) - len(rest)]
        if day and not _BARE.fullmatch(said.strip()) and not text[:at][-1:].isdigit():
            found.append(day)
        at += max(len(said), 1)
    return found


def _plain(text: str) -> str:
    """Full-width forms and Chinese numerals as plain digits, one blank at most between words."""
    if len(text) > LONGEST:  # before any pattern
        raise Wrong("看不出是什么时间")
    text = _digits(text)
    return text[found.end() :] if (found := _BEFORE.match(text)) else text


def _digits(text: str) -> str:
    text = unicodedata.normalize("NFKC", plain(" ".join(clean(text).split())))
    return _NUMERAL.sub(lambda found: str(_number(found[1] or found[2])), text)


def _number(numeral: str) -> int:
    """十 is 10, 二十三 is 23, 两 is 2."""
    digits = numeral.replace("〇", "零").replace("两", "二")
    tens, ten, ones = digits.rpartition("十")
    if not ten:
        return int("".join(str(_DIGITS.index(digit)) for digit in digits))
    return 10 * (_number(tens) if tens else 1) + (_number(ones) if ones else 0)


def _instant(text: str) -> datetime | None:
    """A moment that names its offset."""
    if not (found := _ISO.fullmatch(text)):
        return None
    day, clock, offset = found.groups()
    padded = "-".join(part.zfill(2) for part in day.split("-"))
    try:
        return datetime.fromisoformat(f"{padded}T{clock.zfill(5)}{offset.upper()}").astimezone(SHANGHAI)
    except (ValueError, OverflowError):
        raise Wrong("没有这个时间") from None


def _of_words(text: str, now: datetime) -> datetime:
    """Day, part of the day and clock, in this order; no day means today. `now` is local."""
    day, rest = _day_in(text, now.date())
    clock = _CLOCK.fullmatch(rest)
    if clock is None:
        hours = len(_SAID_HOUR.findall(rest))
        raise Wrong("这里有两个时间，请只填开始的那一个" if hours > 1 else _unclear(hours))
    if not clock["hour"] and clock["part"] not in _NOON:
        raise Wrong("看不出是几点")
    hour, days = _hour(clock["part"] or "", int(clock["hour"] or 12))
    try:
        at = datetime.combine(
            (day or now.date()) + timedelta(days=days), time(hour, _minute(clock)), SHANGHAI
        )
        coming = day is None and at < now and (hour == 0 or clock["part"] in _EARLY)
        return at + timedelta(days=1) if coming else at
    except (ValueError, OverflowError):
        raise Wrong("没有这个钟点") from None


def _unclear(hours: int) -> str:
    return "看不出是哪一天" if hours else "看不出是几点"


def _hour(part: str, hour: int) -> tuple[int, int]:
    """The hour of 24, and by how many days it is later than the day that was said."""
    if hour == 24 and part not in (*_EARLY, *_MORNING):
        return 0, 1
    if hour > 12 and part in (*_EARLY, *_MORNING):
        raise Wrong("上午没有这个钟点，请写成 24 小时制")
    if part in _EARLY and hour == 12:
        return 0, 0
    if part in _EVENING and (hour == 12 or hour < _NIGHT_ENDS):
        return hour % 12, 1
    if hour < 12 and (part in (*_AFTERNOON, *_EVENING) or (part in _NOON and hour < 6)):
        return hour + 12, 0
    return hour, 0


def _minute(clock: re.Match[str]) -> int:
    if clock["half"]:
        return 30
    return int(clock["minute"] or clock["past"] or 0) if not clock["quarter"] else 15 * int(clock["quarter"])


def _day_in(text: str, today: date) -> tuple[date | None, str]:
    """The day that a text begins with, None where it begins with none, and what stands behind it."""
    for pattern, read in _DAYS.items():
        if found := pattern.match(text):
            try:
                return read(found, today), text[found.end() :]
            except (ValueError, OverflowError) as error:
                raise error if isinstance(error, Wrong) else Wrong("没有这一天") from None
    return None, text


def _weekday(found: re.Match[str], today: date) -> date:
    """下周五 is of the week after this one; 周五 alone is the next one to come."""
    monday = today - timedelta(days=today.weekday())
    day = monday + timedelta(weeks=_WEEKS[found[1] or ""], days=_index(found[2]))
    return day + timedelta(weeks=1) if not found[1] and day < today else day


def _index(weekday: str) -> int:
    return WEEKDAYS.index(weekday.replace("天", "日"))


def _dated(found: re.Match[str], today: date) -> date:
    """A date; where its weekday is said too, they must agree."""
    month, number = int(found["month"]), int(found["day"])
    if named := found["named"]:
        day = date(today.year + _YEARS[named], month, number)
    elif found["year"]:
        day = date(int(found["year"]), month, number)
    else:
        day = _nearest(month, number, today)
    if (said := found["weekday"]) and day.weekday() != _index(said):
        raise Wrong(f"{day.year}年{month}月{number}日是周{WEEKDAYS[day.weekday()]}，请核对")
    return day


def _nearest(month: int, number: int, today: date) -> date:
    """The last such day that is not more than half a year ahead."""
    for year in (today.year + 1, today.year, today.year - 1):
        with suppress(ValueError):
            if (day := date(year, month, number)) <= today + _HALF_YEAR:
                return day
    raise Wrong("没有这一天")


def _solid(found: re.Match[str], today: date) -> date:
    return date(int(found["year"]), int(found["month"]), int(found["day"]))


def _of_month(found: re.Match[str], today: date) -> date:
    months = today.year * 12 + today.month - 1 + _MONTHS[found[1]]
    return date(months // 12, months % 12 + 1, int(found[2]))


def _named(found: re.Match[str], today: date) -> date:
    return today + timedelta(days=_NEAR[found[1] or found[2]])


_DAYS: Mapping[re.Pattern[str], Callable[[re.Match[str], date], date]] = {
    _DATE: _dated,
    _SOLID: _solid,
    _WEEKDAY: _weekday,
    _OF_MONTH: _of_month,
    _NAMED: _named,
}
