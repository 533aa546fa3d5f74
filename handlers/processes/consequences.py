"""What a return brings to light begins at once: drafts of 注销, 变更, 补备案 for whoever runs the media."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cards.form_deregister import DEREGISTER, REASONS, WAYS
from cards.form_media import CHANGE, FILING, ITEMS, LATE
from handlers.drafts import drafting
from handlers.letters import notify
from handlers.people import whose
from handlers.rules.permits import serves
from storage import drafts, media, people
from storage.records import MediumState, Person, Platform, Request

ENDING, ZOMBIE, FILLED = "拟注销", "僵尸", "filled"
THOSE_WHO_RUN_IT = (ITEMS["operator"], ITEMS["admins"])
NAME_ROOM = FILING.field("account_name").limit
MOST = 20
"""Drafts that one return may begin; what is beyond is named in the return itself."""


async def follow(request: Request, filler: str, at: datetime) -> None:
    """Begin the drafts that a return calls for; each is its own to finish or give up."""
    said = request.form.get(FILLED) or {}
    ended = [row for row in said.get("rows") or () if row["used"] == ENDING or ZOMBIE in row["problems"]]
    known = {medium.no: medium for medium in await media.several([row["medium"] for row in ended])}
    for row in ended[:MOST]:
        medium = known.get(row["medium"])
        if medium is None or medium.state is MediumState.DEREGISTERED:
            continue
        if operator := await _whoever(medium.operator, request.unit, at):
            await _draft(operator, DEREGISTER.kind, _ending(medium.no, row), at)
    if person := await _whoever(filler, request.unit, at):
        await _taken_up(person, request, {row["medium"] for row in ended}, at)


async def _taken_up(person: Person, request: Request, ended: set[str], at: datetime) -> None:
    """By whoever filled it in: media whose people have all left, and media never filed."""
    left = [one["no"] for one in request.facts.get("listed") or () if one.get("left")]
    for no in [no for no in left if no not in ended][:MOST]:
        await _draft(person, CHANGE.kind, {"media": [no], "items": list(THOSE_WHO_RUN_IT)}, at)
    said = request.form.get(FILLED) or {}
    for name in _names(str(said.get("unfiled") or "")):
        await _draft(person, FILING.kind, {"account_name": name, "filing_kind": LATE}, at)


async def _whoever(person: str, unit: str, at: datetime) -> Person | None:
    """Somebody who may finish it: whoever has left or may not, for them the head of the unit."""
    known = await people.get(person)
    if known and serves(known, at):
        return known
    return await people.get(await whose.responsible_for(unit, at)) if person else None


def _ending(no: str, row: Mapping[str, Any]) -> dict[str, Any]:
    zombie = ZOMBIE in row["problems"]
    given = {"media": [no], "way": WAYS[1], "reason": REASONS[1] if zombie else REASONS[0]}
    return {**given, **({"reason_text": row["note"]} if row["note"] else {})}


def _names(text: str) -> list[str]:
    """One to a line or set apart by 、, without the platform in brackets; 无 is none, nor is a whole text."""
    parts = [part for line in text.splitlines() for part in line.split("、")]
    found = [part.partition("（")[0].strip(" 。．.；;") for part in parts]
    return [name for name in found if 0 < len(name) <= NAME_ROOM and name not in ("无", "没有")][:MOST]


async def _draft(person: Person, kind: str, form: Mapping[str, Any], at: datetime) -> None:
    platform = next((one for one, _ in person.accounts()), Platform.WECOM)
    draft = await drafts.add(person.id, kind, platform, dict(form), at, talk=drafting.begun(platform))
    draft = await drafting.keep(await drafting.noted(draft, at))
    await notify.tell([person], "unfinished", {"kind": kind}, at)
