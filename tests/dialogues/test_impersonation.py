"""/冒用: straight to the centre, the unit asked beside it, one case for one account (Article 11)."""

import hashlib

from storage.records import State
from tests.dialogues.posts import request
from tests.dialogues.test_files import PICTURE, upload
from tests.world import World, buttons, words

NUMBER = "MY-2026-0001"
TITLE = f"{NUMBER} 机电表白墙（微博）"
USUAL = {
    "账号名称": "机电表白墙",
    "平台": "微博",
    "被冒用": "机电学院",
    "行为": "盗用校名校徽",
    "后果": "一般",
}


async def report(world: World, who: str = "陈同学", more: bytes = b"", **fields: str) -> None:
    """Somebody reports an account, with a picture of their own."""
    await world.say(
        who, "\n".join(["/冒用", *(f"{name}：{text}" for name, text in (USUAL | fields).items())])
    )
    await upload(world, who, "", PICTURE + more, "image")
    await world.click(who, "确认提交")


async def closed(world: World, who: str) -> None:
    await world.say(who, f"/结案 {NUMBER}\n结果：平台已处置\n平台答复：已封禁\n办结日期：今天")
    await world.click(who, "确认提交")


def seen(world: World, who: str) -> str:
    return "\n".join(words(shown) for shown in world.screen(who) if not shown.mine)


async def test_a_students_report_goes_to_the_centre_and_is_closed_with_the_platforms_answer(
    world: World,
) -> None:
    await report(world)

    assert world.titles("赵老师") == world.titles("钱主任") == [f"待核实 {TITLE}"]
    assert buttons(world.card("钱主任"))[:2] == ["属实", "不属实"]
    assert world.titles("孙老师") == []

    await world.say("赵老师", f"/结案 {NUMBER}")
    assert f"{NUMBER} 还没有到“结案”这一步，现在等 赵老师、钱主任" in world.last("赵老师")
    await world.say("赵老师", f"/平台投诉 {NUMBER}")
    assert f"{NUMBER} 没有“平台投诉”要您办，现在等" in world.last("赵老师")

    await world.click("钱主任", "属实")

    assert "赵老师、钱主任" in world.last("陈同学")
    assert world.titles("赵老师")[-1] == f"待结案 {TITLE}"
    assert "· 机电之声（微信公众号）" in next(w for s in world.screen("赵老师") if "草稿" in (w := words(s)))

    await world.click("赵老师", "平台投诉")
    await world.say("赵老师", "投诉编号：WB1\n投诉日期：明天")
    assert "这一天还没有到" in world.last("赵老师")
    await world.say("赵老师", "投诉日期：11月23日")
    await world.click("赵老师", "确认提交")

    assert "11月30日（周一）24:00前" in world.last("钱主任")
    await world.tick(days=7, minutes=3)
    assert "第 2 次提醒" in world.last("钱主任")

    await closed(world, "钱主任")

    assert (await request(NUMBER)).state is State.RECORDED
    assert world.titles("陈同学")[-1] == f"已结案 {TITLE}"
    assert "结果：平台已处置。" in world.last("陈同学")


async def test_the_unit_is_asked_within_a_day_and_what_it_says_stands_before_the_centre(world: World) -> None:
    await report(world)

    assert world.titles("王书记") == [f"待确认 {TITLE}"]
    assert "11月24日（周二）09:00前" in world.last("王书记")
    await world.say("王书记", "/待办")
    assert "待确认" in world.last("王书记")

    await world.tick(days=1, minutes=3)
    assert world.titles("王书记")[-1] == f"待确认 {TITLE}"
    assert "久未确认" not in seen(world, "赵老师")
    await world.tick(days=1)
    assert "久未确认" in world.last("赵老师")

    await world.click("赵老师", "属实", of="待核实")  # the centre waits for nobody
    assert (await request(NUMBER)).step == "closing"
    assert f"可确认 {TITLE}" in world.titles("王书记")
    await world.tick(days=1)
    assert world.titles("王书记")[-1] == "冒用上报"


async def test_a_unit_that_reports_it_itself_is_not_asked_and_that_is_said(world: World) -> None:
    await report(world, "林书记", 被冒用="计算学部")

    assert "单位确认\n由该单位上报，不另确认" in world.last("赵老师")
    assert "单位确认\n还没有确认" not in world.last("赵老师")


async def test_what_the_unit_says_is_a_version_further_and_an_older_card_decides_nothing(
    world: World,
) -> None:
    await report(world)
    old = world.card("钱主任", "属实")
    await world.say("王书记", f"/确认 {NUMBER}\n认定：本单位已授权\n说明：学生会经授权开设")
    await world.click("王书记", "确认提交")

    assert (await request(NUMBER)).version == 2
    assert "本单位已授权；学生会经授权开设" in world.last("钱主任")
    assert "有新的补充" in words(old)

    await world.say("钱主任", f"/不同意 {NUMBER} 系官方或已授权账号")

    assert world.titles("陈同学")[-1] == f"不属实 {TITLE}"
    assert "系官方或已授权账号" in world.last("陈同学")
    assert "经核实不属实" in world.last("王书记")


async def test_who_reported_is_shown_to_the_centre_alone_and_what_they_sent_too(world: World) -> None:
    await report(world)
    await report(world, "何老师", b"2")
    await world.say("王书记", f"/查询 {NUMBER} 全文")
    for who in ("王书记", "李老师", "陈同学", "何老师"):
        await world.say(who, f"/查询 {NUMBER}")

    assert "（不公开）" in seen(world, "王书记")
    assert "SHA-256" not in seen(world, "王书记")
    assert "何老师" not in seen(world, "王书记") + seen(world, "陈同学")
    assert "陈同学" not in seen(world, "王书记") + seen(world, "何老师")
    assert "与您无关" in world.last("李老师")

    await world.say("钱主任", f"/查询 {NUMBER}")
    assert "陈同学 提交" in world.last("钱主任")
    assert "何老师 再次上报" in world.last("钱主任")


async def test_a_report_goes_back_to_nobody_for_what_others_sent_would_be_lost(world: World) -> None:
    await report(world)
    await world.say("钱主任", f"/退回 {NUMBER} 请补充")
    assert "这一步请属实或不属实，不能“退回”" in world.last("钱主任")
    await world.say("赵老师", f"/干预 {NUMBER} 退回 请补充")
    assert "没有能修改它的申请人，不能退回" in world.last("赵老师")
    await world.say("陈同学", f"/撤回 {NUMBER}")
    assert "不能撤回" in world.last("陈同学")


async def test_a_second_report_of_the_account_joins_the_first_and_nothing_is_lost(world: World) -> None:
    await report(world)
    again = {"账号名称": "机电 表白墙", "链接": "https://weibo.com/u/1", "行为": "诈骗", "后果": "较大"}
    await report(world, "唐老师", b"2", **again)

    form = (await request(NUMBER)).form
    assert [one["sha256"] for one in form["joined"][0]["files"]] == [
        hashlib.sha256(PICTURE + b"2").hexdigest()
    ]
    assert form["joined"][0]["link"] == "https://weibo.com/u/1"
    assert NUMBER in world.last("唐老师")
    assert world.last("钱主任").startswith(f"待核实 {TITLE}")
    assert all(word in world.last("钱主任") for word in ("2 人上报", "盗用校名校徽、诈骗", "较大"))
    assert world.titles("王书记") == [f"待确认 {TITLE}"]

    await world.click("钱主任", "不属实", reason="与本校无关")

    assert world.titles("唐老师")[-1] == world.titles("陈同学")[-1] == f"不属实 {TITLE}"

    await report(world, "唐老师", b"3")  # the first is over
    assert (await request("MY-2026-0002")).applicant == "2202"


async def test_whoever_of_the_centre_reports_it_too_judges_it_no_more(world: World) -> None:
    await report(world)
    await world.say("钱主任", f"/加签 {NUMBER} 何老师 前")
    await report(world, "赵老师", b"2")
    await report(world, "何老师", b"3")

    assert "这张卡片不再需要您办理" in world.last("赵老师")
    await world.say("赵老师", f"/同意 {NUMBER}")
    assert "您也上报过，请由全媒体中心其他人办理" in world.last("赵老师")
    await world.say("何老师", f"/同意 {NUMBER}")
    assert "您也上报过" in world.last("何老师")
    await world.say("钱主任", f"/委派 {NUMBER} 赵老师 您看呢")
    assert "不能" in world.last("钱主任")
    await world.click("钱主任", "属实")
    assert (await request(NUMBER)).step == "closing"


async def test_a_case_that_is_being_closed_takes_reports_too_and_its_term_stays(world: World) -> None:
    await report(world)
    await world.click("钱主任", "属实")
    due = (await request(NUMBER)).due_at
    world.step(3600)
    await report(world, "唐老师", b"2")

    assert (await request(NUMBER)).due_at == due
    await closed(world, "钱主任")
    assert world.titles("唐老师")[-1] == f"已结案 {TITLE}"


async def test_the_dialogue_asks_for_a_picture_and_whose_name_it_is(world: World) -> None:
    await world.say("陈同学", "/冒用")
    for answer in ("哈工大新生群", "QQ群", "李老师"):
        await world.say("陈同学", answer)
    await world.click("陈同学", "下一步", behaviour=["诈骗", "营销"])
    await world.click("陈同学", "下一步", harm=["已有受害人"])
    await world.say("陈同学", "没有截图")
    assert "文字不能代替截图" in world.last("陈同学")
    await upload(world, "陈同学", "", PICTURE, "image")
    await world.click("陈同学", "下一步", pattern=["新生群"])
    await world.click("陈同学", "下一步", target=["师生个人"])
    await world.say("陈同学", "计算学部党委")

    assert world.titles("陈同学")[-1] == "请确认：上报 哈工大新生群（QQ群）"
    await world.click("陈同学", "确认提交")
    assert world.titles("林书记") == ["待确认 MY-2026-0001 哈工大新生群（QQ群）"]


async def test_the_feishu_form_asks_for_the_picture_last(world: World) -> None:
    await world.say("何老师", "/冒用")
    filled = {"fake_name": "哈工大树洞", "platform": "新浪微博", "impersonated": "哈工大", "harm": "无"}
    await world.click("何老师", "预览", behaviour=["营销"], pattern=["树洞"], **filled)
    assert world.titles("何老师")[-1] == "冒用：截图"
    await upload(world, "何老师", "屏幕.png", PICTURE)
    await world.click("何老师", "确认提交")

    assert world.titles("钱主任") == ["待核实 MY-2026-0001 哈工大树洞（微博）"]
    assert world.titles("王书记") == world.titles("高书记") == []  # the school's own name is the centre's
    await world.say("王书记", f"/声明 {NUMBER}")
    assert "由全媒体中心取用" in world.last("王书记")
