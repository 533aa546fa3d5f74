"""Facts of the system are leads, once each, which the unit hears of only when the centre accepts (13(3))."""

from handlers.processes import violation
from storage import db
from storage.records import Request
from tests.dialogues.cases import NUMBER
from tests.dialogues.filings import file, file_change
from tests.dialogues.posts import request
from tests.dialogues.test_duties import changed, day
from tests.world import World

SECOND = "WG-2026-0002"
AFTER_TERM = "2026-12-04 09:10"
"""The tenth working day after the change: what was owed in five has been owed for as long again."""


async def leads() -> list[str]:
    return [
        row["number"] for row in await db.rows("SELECT number FROM requests WHERE kind = 'WG' ORDER BY id")
    ]


async def test_a_change_that_is_filed_late_is_a_question_to_the_centre(world: World) -> None:
    await file_change(world, 变更日期="2026-11-10", 逾期原因="经办人出差")

    found = await request(NUMBER)
    assert (found.applicant, found.form["clause"], found.form["source"]) == (
        "",
        ["第十三条（三）"],
        "系统自动",
    )
    assert "应于 2026-11-17 前发起备案；2026-11-23 发起（BG-2026-0001），晚 4 个工作日" in found.form["facts"]
    assert world.titles("钱主任") == [f"待立案 {NUMBER} 关于“机电之声”的情况"]
    assert "系统记录到“机电之声”（机电学院党委）的情况" in world.last("钱主任")
    assert not any(NUMBER in title for who in ("李老师", "王书记") for title in world.titles(who))

    await world.click("钱主任", "立案")
    assert world.titles("王书记")[-1] == f"请您说明情况 {NUMBER} 关于“机电之声”的情况"


async def test_a_change_in_time_asks_nothing_and_a_medium_filed_late_does(world: World) -> None:
    await file_change(world)
    assert await leads() == []
    await file(world, 备案类型="补备案", 开通日期="2026-09-01", 补备案原因="原负责人调离")

    assert await leads() == [NUMBER]
    assert "BA-2026-0001 补备案的媒体" in (await request(NUMBER)).form["facts"]


async def test_the_end_of_the_ladder_is_the_same_fact_as_the_late_filing(world: World) -> None:
    await changed(world)
    for morning in ("2026-11-27 09:10", "2026-11-30 09:10", "2026-12-03 09:10"):
        await day(world, morning)
        assert await leads() == []
    await day(world, AFTER_TERM)
    await day(world, "2026-12-07 09:10")
    assert await leads() == [NUMBER]
    assert "到 2026-12-04 还没有发起，超过 5 个工作日" in (await request(NUMBER)).form["facts"]

    await file_change(world, 逾期原因="经办人出差")
    assert await leads() == [NUMBER]


async def test_a_fact_is_asked_once_however_often_it_is_found(world: World) -> None:
    async def found(key: str) -> Request:
        async with db.transaction():
            facts = {
                "key": key,
                "facts": "链接不在已登记的发布审批里",
                "media": ["QM-0001"],
                "link": "https://x.cn/1",
            }
            return await violation.lead(facts, "2110", world.now, clause="14-3", source="系统自动")

    first, again, other = await found("a"), await found("a"), await found("b")

    assert (first.number, again.number, other.number) == (NUMBER, NUMBER, SECOND)
    assert (first.unit, first.facts["unapproved"]) == ("2100", True)
