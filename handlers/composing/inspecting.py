"""/督查 单位: everything open of one unit, for those of the centre."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cards import inspecting as cards
from cards import notices, phrases
from cards import powers as powers_cards
from cards.card import Card, Row
from handlers.kinds.process import PROCESSES
from handlers.ledger import own_media, pages
from handlers.ledger import powers as ledger
from handlers.letters import views
from handlers.people import whose
from handlers.rules.articles import ART_5_1
from handlers.rules.permits import SHANGHAI, Refusal
from storage import overview, people, requests

SHOWN = 30
"""Matters that are listed; all are counted."""


async def card(args: Mapping[str, Any], reader: str, at: datetime) -> Card:
    """Open matters by kind, each with who holds it and by when, and media that need a look."""
    name = str(args["unit"])
    person = await people.get(reader)
    if person is None or not await whose.of_centre(person, at):
        return notices.refused(str(Refusal("督查由全媒体中心办理。", ART_5_1)))
    unit = next((one for one in await people.all_units() if name in (one.code, one.name)), None)
    if unit is None:
        return notices.refused(f"没有找到单位“{name}”。请写单位全称或编号，例如：/督查 机电学院党委")
    counted = await overview.by_kind([unit.code])
    kinds = {PROCESSES[kind].form.command: n for kind, n in counted.items() if kind in PROCESSES}
    open_ = [one for one in await overview.unfinished() if one.unit == unit.code]
    late = sum(one.due_at is not None and one.due_at <= at for one in open_)
    lines = [await _line(one.number, reader, at) for one in open_[:SHOWN]]
    media = await own_media.own_media(unit.code)
    noticed = [
        f"{medium.name}：{'；'.join(pages.said(fact) for fact in facts)}"
        for medium, facts in await pages.concerns(media, at)
    ]
    head = await people.get(await whose.responsible_for(unit.code, at))
    powers = await ledger.powers(unit.code, at.astimezone(SHANGHAI).date().year)
    rows = (
        [Row("四权", powers_cards.stands(powers.number, powers.lacking, said=powers.said))] if powers else []
    )
    return cards.unit(unit.name, kinds, lines, noticed, late, head.name if head else "", rows)


async def _line(number: str, reader: str, at: datetime) -> str:
    """FB-2026-0001 学院更名：待 王书记，11月24日 16:00前"""
    request = await requests.get(number)
    assert request is not None, "a request never goes"
    view = await views.load(request, reader, at)
    held = phrases.holders(view) or "（暂缺）"
    told = f"{number} {phrases.excerpt(request.title, 24)}：待 {held}"
    return "，".join(filter(None, (told, phrases.due_briefly(view))))
