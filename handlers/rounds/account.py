"""How far the account of a year is, and the pages behind a unit's figures, for whoever may read them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cards import inspection as cards
from cards import notices
from cards.card import Card
from cards.view import Sight
from handlers.processes import inspection
from handlers.rules.articles import ART_12
from handlers.rules.permits import Refusal
from storage import people, requests, rounds
from storage.records import State
from storage.rounds import Return


async def card(args: Mapping[str, Any], reader: str, at: datetime) -> Card | None:
    """The card of an account, for those who may open one."""
    found, person = await rounds.get(int(args["round"])), await people.get(reader)
    if found is None or person is None or not await inspection.may_open(person, at):
        return None
    names = {unit.code: unit.name for unit in await people.all_units()}
    counted: dict[str, list[str]] = {stage: [] for stage in cards.STAGES}
    for one in await rounds.returns(found.id):
        counted[stage_of(one)].append(names.get(one.unit, one.unit))
    return cards.progress(found.name, counted)


def stage_of(one: Return) -> str:
    """Where one pack stands, in a word."""
    if not one.request:
        return cards.COMING
    if one.state == State.RECORDED:
        return cards.SETTLED
    return cards.SPEAKING if one.step == inspection.OPINION else cards.SETTLING


async def figures(args: Mapping[str, Any], reader: str, at: datetime) -> Card | None:
    """All figures of a pack (item 0), or a page of the records behind one."""
    request, person = await requests.by_id(int(args["request"])), await people.get(reader)
    if request is None or person is None:
        return None
    if await inspection.sight(request, person) < Sight.TEXT:
        told = f"{request.number} 由该单位第一责任人、全媒体中心和学校党委查看。"
        return notices.refused(str(Refusal(told, ART_12)))
    if not args["item"]:
        return cards.overview(request.number, request.title, request.form)
    return cards.records(request.number, request.form, int(args["item"]), int(args["page"]))
