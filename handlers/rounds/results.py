"""The result of a round as a workbook: progress, units, media, with charts."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from cards.form_inventory import PROBLEMS, USED
from cards.rounds import STAGES
from cards.workbook import Bars, Sheet, book
from handlers.people import whose
from handlers.rounds.progress import stage
from storage import people, requests, rounds
from storage.records import Request
from storage.rounds import Return

UNITS = ("单位", "编号", "进度", "媒体", "无变化", "有变化", "未备案", "冒用", "个人账号")
MEDIA = ("单位", "备案号", "媒体", "平台", "现状", "问题", "说明")


async def workbook(args: Mapping[str, Any], reader: str, at: datetime) -> bytes | None:
    """For those of the centre; None for others, or where there is no such round."""
    person, found = await people.get(reader), await rounds.get(int(args["round"]))
    if person is None or found is None or not await whose.of_centre(person, at):
        return None
    names = {unit.code: unit.name for unit in await people.all_units()}
    returns = await rounds.returns(found.id)
    opened = [(one, await requests.by_id(one.request) if one.request else None) for one in returns]
    named = [(names.get(one.unit, one.unit), one, request) for one, request in opened]
    return book(sheets(found.name, named))


def sheets(name: str, returns: Sequence[tuple[str, Return, Request | None]]) -> list[Sheet]:
    """Values in, tables out: how far it is, each unit, each medium, and what is the matter with how many."""
    stages = Counter(stage(one) for _, one, _ in returns)
    media = [row for unit, _, request in returns if request for row in _media(unit, request)]
    used = Counter(str(row[4]) for row in media)
    problems = Counter(word for row in media for word in str(row[5]).split("、"))
    return [
        Sheet(
            "进度", ("进度", "单位数"), [(one, stages[one]) for one in STAGES], Bars(f"{name}：各单位进度")
        ),
        Sheet("各单位", UNITS, [_unit(unit, one, request) for unit, one, request in returns]),
        Sheet("媒体", MEDIA, media),
        Sheet("现状", ("现状", "媒体数"), [(one, used[one]) for one in USED], Bars("媒体现状")),
        Sheet("问题", ("问题", "媒体数"), [(one, problems[one]) for one in PROBLEMS], Bars("发现的问题")),
    ]


def _unit(unit: str, one: Return, request: Request | None) -> tuple[str | int, ...]:
    said = (request.form.get("filled") if request else None) or {}
    listed = (request.facts.get("listed") if request else None) or ()
    return (
        unit,
        one.number,
        stage(one),
        len(listed),
        len(said.get("unchanged") or ()),
        len(said.get("rows") or ()),
        str(said.get("unfiled") or ""),
        str(said.get("impersonations") or ""),
        str(said.get("personal") or ""),
    )


def _media(unit: str, request: Request) -> list[tuple[str, ...]]:
    said = request.form.get("filled") or {}
    rows = {row["medium"]: row for row in said.get("rows") or ()}
    same = set(said.get("unchanged") or ())
    found: list[tuple[str, ...]] = []
    for one in request.facts.get("listed") or ():
        used = one["state"] if one["no"] in same else ""
        row = rows.get(one["no"]) or {"used": used, "problems": (), "note": ""}
        told = (row["used"], "、".join(row["problems"]), row["note"])
        found.append((unit, one["no"], one["name"], one["platform"], *told))
    return found
