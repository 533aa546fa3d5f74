"""When people can sign in at a training, and what is typed of its time, hours and numbers (form F13)."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from handlers.rules.permits import SHANGHAI

AROUND = timedelta(minutes=30)
"""How long before its beginning and after its end people can sign in."""

CODE_LASTS = timedelta(minutes=15)
"""How long one code is good: one that is passed on is soon none."""

LATE = timedelta(days=7)
"""How long after its day its organiser may enter somebody, with a reason."""

USUAL_HOURS = 2.0
MOST_HOURS = 100.0

_CLOCK = re.compile(
    r"(上午|下午|晚上)?\s*(\d{1,2})\s*(?:[:点时]\s*(\d{1,2}|半)?\s*分?)\s*(?:开始)?", re.ASCII
)
_HOURS = re.compile(r"(\d{1,3}(?:\.\d)?)\s*(?:个?学时|个?小时|课时|h)?", re.ASCII | re.IGNORECASE)
_MANY = re.compile(r"(?:约|共)?\s*(\d{1,5})\s*(?:余|多)?\s*人?次?", re.ASCII)


def clock(typed: str) -> str:
    """14:00 of 14:00, 14点, 下午2点半; empty where none is meant."""
    found = _CLOCK.fullmatch(unicodedata.normalize("NFKC", typed).strip())
    if not found:
        return ""
    hour, minute = int(found[2]), 30 if found[3] == "半" else int(found[3] or 0)
    hour += 12 if found[1] in ("下午", "晚上") and hour < 12 else 0
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else ""


def hours(typed: str) -> float | None:
    """2.5 of 2.5, 2.5学时; None where it is no such number."""
    found = _HOURS.fullmatch(unicodedata.normalize("NFKC", typed).strip())
    value = float(found[1]) if found else 0.0
    return value if 0 < value <= MOST_HOURS else None


def many(typed: str) -> int | None:
    """35 of 35, 35人; None where it is no number of people."""
    found = _MANY.fullmatch(unicodedata.normalize("NFKC", typed).strip())
    return int(found[1]) if found else None


def day(form: Mapping[str, Any]) -> date:
    return date.fromisoformat(str(form["held_on"]))


def long(form: Mapping[str, Any]) -> float:
    """学时 of a form, 0 where none are said."""
    return hours(str(form.get("hours") or "")) or 0.0


def window(form: Mapping[str, Any]) -> tuple[datetime, datetime]:
    """From when until when people can sign in: around its time, on its whole day where none is said."""
    on = day(form)
    if not (begins := str(form.get("starts") or "")):
        midnight = datetime.combine(on, time(), SHANGHAI)
        return midnight, midnight + timedelta(days=1)
    at = datetime.combine(on, time.fromisoformat(begins), SHANGHAI)
    return at - AROUND, at + timedelta(hours=long(form) or USUAL_HOURS) + AROUND


def late_until(form: Mapping[str, Any]) -> datetime:
    """By when its organiser may enter who was there."""
    return datetime.combine(day(form), time(), SHANGHAI) + timedelta(days=1) + LATE
