"""The licences that a post names, as they stand on the day for which it is planned (Article 9)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from handlers.people import whose
from handlers.rules import licence
from handlers.rules.deadlines import planned
from handlers.rules.permits import SHANGHAI
from storage import requests
from storage.records import State


async def said(form: Mapping[str, Any], unit: str, at: datetime) -> list[str]:
    """BQ-2026-0001 图片，当日有效: a line for each; `unit` manages the media of the post."""
    day = (planned(form) or at).astimezone(SHANGHAI).date()
    lines = []
    for number in licence.numbers(str(form.get("licence") or "")):
        found = await requests.get(number)
        own = found is not None and await whose.managing_unit(found.unit) == unit
        stands = found is not None and found.state is State.RECORDED
        lines.append(f"{number} {licence.on(found.form if found else None, day, own=own, stands=stands)}")
    return lines
