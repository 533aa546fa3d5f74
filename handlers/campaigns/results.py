"""The result of a campaign as a workbook: every medium with its answer, and a chart of them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from cards.campaigns import STAGES, Told
from cards.times import when
from cards.workbook import Bars, Sheet, book
from handlers.people import whose
from handlers.reminders import calls
from storage import campaigns, people, requests

MEDIA = (
    "单位",
    "备案号",
    "媒体",
    "平台",
    "进度",
    "链接或说明",
    "回复人",
    "回复时间",
    "截止后",
    "收到",
    "截图",
)


async def workbook(args: Mapping[str, Any], reader: str, at: datetime) -> bytes | None:
    """For those of the centre; None for others."""
    request, person = await requests.by_id(int(args["campaign"])), await people.get(reader)
    if request is None or person is None or not await whose.of_centre(person, at):
        return None
    units = {unit.code: unit.name for unit in await people.all_units()}
    told = await calls.read(await campaigns.of(request.id), request, at)
    return book(sheets(request.title, told, units, at))


def sheets(title: str, told: Sequence[Told], units: Mapping[str, str], at: datetime) -> list[Sheet]:
    """Values in, tables out."""
    stages = Counter(one.stage for one in told)
    counts = [(stage, stages[stage]) for stage in STAGES]
    return [
        Sheet("进度", ("进度", "媒体数"), counts, Bars(f"{title}：各媒体进度")),
        Sheet("媒体", MEDIA, [_row(one, units, at) for one in told]),
    ]


def _row(one: Told, units: Mapping[str, str], at: datetime) -> tuple[str, ...]:
    medium = one.medium
    answered = when(one.at, at) if one.at and one.who else ""
    return (
        units.get(medium.unit, medium.unit), medium.no, medium.name, medium.platform_type, one.stage,
        one.said, one.who, answered, "是" if one.late else "", one.received,
        f"{one.shots} 张" if one.shots else "",
    )  # fmt: skip
