"""Numbers written short: `FB12`, `FB0001` or `12` where that means one request to whoever writes."""

import re
from dataclasses import replace
from datetime import datetime

from handlers.commands import Line, number_in
from handlers.events import Reply
from handlers.kinds.process import PROCESSES
from handlers.letters import may_read, views
from handlers.rules.permits import SHANGHAI
from handlers.rules.text import plain
from storage import requests
from storage.records import Person

_SHORT = re.compile(r"([A-Za-z]{2,3})?[- ]?(\d{1,6})(?![\d-])[、，,;； ]*", re.ASCII)
MOST = 20
"""Short numbers that are looked up in one line."""


async def in_full(line: Line, person: Person, at: datetime) -> Line | Reply:
    """The line with its first words as whole numbers, or which of several requests may be meant.

    What is no number that this person may see stays as it was typed.
    """
    words, full = line.words, list[str]()
    while len(full) < MOST and not number_in(words)[0] and (found := _SHORT.match(plain(words))):
        meant = await _meant(found[1] or "", int(found[2]), person, at)
        if len(meant) > 1:
            return Reply(f"有 {len(meant)} 件：{'、'.join(meant)}。请写完整编号。", ok=False)
        if not meant:
            break
        full.append(meant[0])
        words = words[found.end() :].strip()
    return replace(line, words=f"{'、'.join(full)} {words}".strip()) if full else line


async def _meant(kind: str, serial: int, person: Person, at: datetime) -> list[str]:
    """Numbers of this year with that serial, of requests this person may see."""
    year = at.astimezone(SHANGHAI).year
    kinds = [one for one in PROCESSES if kind.upper() in ("", one)]
    found = [await requests.get(f"{one}-{year}-{serial:04d}") for one in kinds]
    return [
        request.number
        for request in found
        if request and not await may_read.may_see(person, await views.load(request, person.id, at))
    ]
