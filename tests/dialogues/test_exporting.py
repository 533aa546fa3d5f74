"""/导出: the requests of one process and year as a workbook, as the centre may read them."""

from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from cards.exported import answers
from storage import trail
from tests.dialogues.cases import accepted, pleads
from tests.dialogues.posts import request
from tests.dialogues.rectifying import issue, reply
from tests.dialogues.test_deregister import approved
from tests.dialogues.test_impersonation import report
from tests.world import World


async def exported(world: World, words: str, who: str = "钱主任") -> list[dict[str, Any]]:
    """The lines that somebody gets, by the names of their columns."""
    await world.say(who, f"/导出 {words}")
    sent = next(one for one in reversed(world.screen(who)) if one.file)
    assert sent.file is not None
    header, *rows = load_workbook(BytesIO(sent.file.content)).worksheets[0].values
    assert len(set(header)) == len(header)
    return [dict(zip(header, row, strict=True)) for row in rows]


async def test_cases_with_who_was_heard_and_what_was_decided(world: World) -> None:
    await accepted(world)
    await pleads(world, "何老师")
    (case,) = await exported(world, "违规")

    assert (case["编号"], case["提交人"], case["状态"]) == ("WG-2026-0001", "唐老师", "办理中")
    assert "11月20日推送的报名日期" in case["事实"]
    assert "当天已更正" in case["其他内容"]
    assert case["办理记录"].startswith("钱主任 立案")
    (entry,) = await trail.of("export:1102")
    assert (entry.act, entry.note) == ("export", "违规 2026，1 件")


async def test_each_process_of_the_articles_has_its_table(world: World) -> None:
    await report(world)
    await issue(world)
    await reply(world)
    await approved(world)
    (reported,), (notice,), (ended,) = [
        await exported(world, word) for word in ("冒用 2026", "整改", "注销 2026年")
    ]

    assert (reported["提交人"], reported["账号名称"]) == ("陈同学", "机电表白墙")
    assert reported["附件"].startswith("图片1")
    assert "回复整改" in notice["办理记录"]
    assert ended["单位"] == "机电学院党委"
    assert ended["现在等"] == "李老师"


async def test_it_is_the_centres_and_what_concerns_one_of_them_is_not_in_theirs(world: World) -> None:
    await world.say("李老师", "/导出 违规")
    assert "导出由全媒体中心办理" in world.last("李老师")

    await accepted(world, 人员="赵老师")
    (case,) = await exported(world, "违规", "赵老师")
    assert case["提交人"] == "（不公开）"
    await world.say("钱主任", "/导出 个人账号")
    assert world.titles("钱主任")[-1] == "还差类别"
    await world.say("钱主任", "/导出 违规 2025")
    assert "没有可导出的" in world.last("钱主任")
    assert (await request("WG-2026-0001")).applicant == "2202"


def test_a_text_is_cut_into_the_answers_of_its_form() -> None:
    whole = ["问题：旧校名", "两处：首页、栏目", "要求：更正", "【回复整改】", "整改情况：已改", "问题：无"]

    assert answers(whole, ("问题", "要求")) == {
        "问题": "旧校名\n两处：首页、栏目",
        "要求": "更正",
        "其他内容": "【回复整改】\n整改情况：已改\n问题：无",
    }
    assert answers(["【上报内容】", "【事实】", "页面没有改"], ("事实",)) == {"事实": "页面没有改"}
