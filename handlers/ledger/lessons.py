"""The school's own closed cases for warning education, with every name removed (Article 7)."""

from datetime import datetime

from handlers.rules.lesson import lesson
from storage import cases


async def lessons(at: datetime) -> list[str]:
    """What can be told of each closed and upheld case, the same said once, the newest first."""
    found = [lesson(form, outcome, at) for form, outcome in await cases.decided()]
    return list(dict.fromkeys(filter(None, found)))


async def cited(typed: str, at: datetime) -> str:
    """The lesson that 案例 1 means; empty where there is none."""
    digits = typed.removeprefix("案例").strip()
    known = await lessons(at)
    place = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 4 else 0
    return known[place - 1] if 0 < place <= len(known) else ""
