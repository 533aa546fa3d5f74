"""/违规: a lead is a question; those concerned are heard, a named person decides (Articles 13, 14)."""

from datetime import UTC, datetime

import pytest

from storage import db, media, requests
from storage.records import State
from tests.dialogues.books import units_say
from tests.dialogues.cases import NUMBER, STOPPED, accepted, decides, heard, lines, pleads, reported
from tests.dialogues.posts import post, request
from tests.world import World, buttons

TITLE = f"{NUMBER} 关于“机电之声”、何老师的情况"
REPORTER = ("唐老师", "计算学部")


async def morning(world: World, text: str) -> None:
    """The clock stands at a time of Shanghai's, and the tick does its work."""
    world.now = datetime.fromisoformat(f"{text}+08:00").astimezone(UTC)
    await world.tick()


def seen(world: World, who: str) -> str:
    """Everything that was ever sent to somebody."""
    return "\n".join(str(shown.native or shown.text) for shown in world.screen(who) if not shown.mine)


async def state_of(name: str) -> str:
    return str((await media.called(name))[0].state)


async def test_a_lead_is_the_centres_alone_and_one_that_is_dropped_leaves_no_mark(world: World) -> None:
    await reported(world)

    assert world.titles("赵老师") == world.titles("钱主任") == [f"待立案 {TITLE}"]
    assert buttons(world.card("钱主任"))[:2] == ["立案", "不立案"]
    assert "唐老师（计算学部党委）" in world.last("钱主任")
    assert "机电学院党委已办结属实 0 件" in world.last("钱主任")

    await world.click("钱主任", "不立案", reason="不属于本办法的情形")

    assert (await request(NUMBER)).state is State.REJECTED
    assert "不立案：不属于本办法的情形" in world.last("唐老师")
    assert world.titles("何老师") == world.titles("王书记") == []
    for who in ("何老师", "王书记", "沈老师", "周老师"):
        await world.say(who, f"/查询 {NUMBER}")
        assert world.last(who).endswith(f"{NUMBER} 与您无关，不能查看。")
    await world.say("王书记", "/待办 本单位")
    assert NUMBER not in world.last("王书记")


async def test_those_concerned_hear_what_is_alleged_and_never_by_whom(world: World) -> None:
    await accepted(world)

    for who in ("何老师", "王书记"):
        card = world.last(who)
        assert world.titles(who) == [f"请您说明情况 {TITLE}"]
        assert "11月20日推送的报名日期与学校通知不一致" in card
        assert "第十四条（三）" in card
        assert "11月26日（周四）24:00前" in card
        assert buttons(world.card(who)) == ["申辩", "查看"]

    await pleads(world, "何老师")
    await world.click("何老师", "查看")
    await world.say("王书记", f"/查询 {NUMBER}")
    await world.say("王书记", f"/查询 {NUMBER} 全文")
    await world.say("王书记", f"/为什么 {NUMBER}")
    await pleads(world, "王书记")
    await decides(world)
    for who in ("何老师", "王书记"):
        assert not any(word in seen(world, who) for word in REPORTER), who
    assert "（不公开） 提交" in seen(world, "王书记")
    assert "当天已更正" in seen(world, "王书记")


async def test_it_is_decided_once_everybody_has_answered_or_the_third_working_day_is_over(
    world: World,
) -> None:
    await accepted(world)
    await pleads(world, "何老师")
    early = await decides(world)

    assert "11月26日（周四）24:00" in early
    assert (await request(NUMBER)).step == "dispose"

    await morning(world, "2026-11-26 09:10")
    assert world.titles("王书记")[-1] == f"请您说明情况 {TITLE}"
    assert world.titles("何老师") == [f"已申辩 {TITLE}", "申辩：已提交"]
    await morning(world, "2026-11-27 09:10")
    assert world.titles("赵老师")[-1] == f"待处理 {TITLE}"
    assert "申辩期已满" in world.last("王书记")
    await morning(world, "2026-12-10 09:10")
    assert (await request(NUMBER)).step == "dispose", "silence decides nothing"

    await decides(world)
    assert (await request(NUMBER)).state is State.RECORDED
    assert await state_of("机电之声") == "停止运行"


async def test_whoever_is_concerned_and_whoever_reported_it_decide_nothing(world: World) -> None:
    await reported(world, "赵老师", 人员="钱主任", 媒体="今日哈工大", 对象类型="师生个人")

    assert world.titles("钱主任") == []
    await world.say("钱主任", f"/同意 {NUMBER}")
    assert "不由您办理" in world.last("钱主任")
    await world.say("赵老师", f"/同意 {NUMBER}")
    assert "您自己提交的" in world.last("赵老师")
    assert world.titles("赵老师").count(f"暂缺办理人 {NUMBER} 关于“今日哈工大”、钱主任的情况") == 1
    assert await requests.holders((await request(NUMBER)).id) == {}


async def test_the_measures_take_effect_with_the_decision(world: World) -> None:
    await heard(world)
    await decides(world)

    notice = await request("ZG-2026-0001")
    assert (notice.unit, notice.form["basis"], notice.form["measure"]) == ("2100", NUMBER, "责令停止运行")
    assert await state_of("机电之声") == "停止运行"
    for who in ("何老师", "王书记"):
        assert f"处理结果 {TITLE}" in world.titles(who)
    assert "您反映的情况已办结" in world.last("唐老师")
    assert "责令停止运行" not in seen(world, "唐老师")


async def test_a_case_that_found_nothing_closes_without_any_measure(world: World) -> None:
    await heard(world)
    refused = await decides(world, 认定="不属实")
    await world.say("钱主任", "措施：无")
    await world.say("钱主任", "/放弃")
    await world.say("钱主任", lines(f"/处理 {NUMBER}", {"认定": "不属实", "理由": "与通知一致"}))
    await world.click("钱主任", "确认提交")

    assert "“不属实”不附任何措施" in refused
    assert "没有采取措施，也不计入单位的记录" in world.last("何老师")
    assert not (await request(NUMBER)).outcome["upheld"]
    assert await requests.get("ZG-2026-0001") is None


@pytest.mark.parametrize("measure", ["记过", "停职", "提醒、通报批评"])
async def test_no_other_measure_can_be_named(world: World, measure: str) -> None:
    await heard(world)
    await world.say("钱主任", lines(f"/处理 {NUMBER}", STOPPED | {"措施": measure}))

    assert "提醒、约谈、限期整改、责令停止运行、责令注销、移交" in world.last("钱主任") or (
        "没有" in world.last("钱主任")
    )
    assert "确认提交" not in buttons(world.card("钱主任"))


async def test_what_is_handed_over_says_who_was_heard_and_not_who_reported(world: World) -> None:
    await heard(world)
    await decides(world, 措施="移交纪检·人事·学工", 问题="", 要求="")

    slip = next(
        shown for shown in reversed(world.screen("钱主任")) if "移交单" in str(shown.text or shown.native)
    )
    assert "何老师已申辩" in str(slip.text or slip.native)
    assert "唐老师" not in str(slip.text or slip.native)


async def test_the_second_upheld_case_within_a_year_asks_whether_it_is_repeated(world: World) -> None:
    for number in (NUMBER, "WG-2026-0002"):
        await reported(world)
        await world.click("钱主任", "立案", of=number)
        await pleads(world, "何老师", number=number)
        await pleads(world, "王书记", number=number)
        await decides(world, number=number, 措施="约谈", 问题="", 要求="")

    found = await request("WG-2026-0003")
    assert (found.applicant, found.form["clause"], found.facts["upheld"]) == ("", ["第十三条（一）"], 1)
    assert "系统记录到机电学院党委的情况" in world.last("赵老师")
    assert "WG-2026-0001、WG-2026-0002" in found.form["facts"]


async def test_the_head_of_the_centre_stops_a_medium_for_the_time_of_a_case(world: World) -> None:
    await units_say(world, "1100", 第一责任人工号="1101")
    await accepted(world)
    await world.say("钱主任", f"/先行停止 {NUMBER} 机电之声 正在传播")
    assert "只由全媒体中心负责人决定" in world.last("钱主任")
    await world.say("赵老师", f"/先行停止 {NUMBER} 机电之声 正在传播")

    assert await state_of("机电之声") == "停止运行"
    assert "这是临时措施，不是处理结论" in world.last("王书记")
    assert world.last("李老师").endswith(
        "“机电之声”自即时起先行停止运行，请不要发布；恢复时会通知您（第十五条）。"
    )
    await world.say("李老师", post())
    assert f"已被 {NUMBER}（先行，暂定）责令停止运行，案件处理或先行停止解除后恢复" in world.last("李老师")
    await world.say("李老师", "放弃")
    await pleads(world, "何老师")
    await pleads(world, "王书记")
    await decides(world, 措施="提醒", 问题="", 要求="")

    assert await state_of("机电之声") == "在用"
    assert world.last("李老师").endswith("“机电之声”的先行停止已解除，可以照常发布（第十五条）。")
    await world.say("钱主任", f"/查询 {NUMBER}")
    assert "赵老师 先行停止运行（暂定）" in world.last("钱主任")


async def test_the_party_committee_reads_a_case_and_whoever_reported_it_where_it_stands(world: World) -> None:
    await accepted(world)
    await pleads(world, "何老师", "我的说明")
    await world.say("高书记", f"/查询 {NUMBER}")
    await world.say("唐老师", f"/查询 {NUMBER}")

    assert "我的说明" in world.last("高书记")
    assert not any(word in world.last("高书记") for word in REPORTER)
    assert "我的说明" not in world.last("唐老师")
    assert "何老师 申辩" not in world.last("唐老师")


async def test_students_report_too_question_by_question(world: World) -> None:
    await world.say("陈同学", "/违规")
    for answer in ("单位", "14-2", "海报上的日期有误", "昨天", "没有截图，口头反映"):
        card = world.card("陈同学")
        assert card
        if "对象" in world.last("陈同学") and answer == "单位":
            await world.click("陈同学", "下一步", subject="单位")
        elif answer == "14-2":
            await world.click("陈同学", "下一步", clause=["第十四条（二）"])
        else:
            await world.say("陈同学", answer)
    await world.say("陈同学", "机电学院党委")
    await world.click("陈同学", "确认提交")

    assert (await request(NUMBER)).unit == "2100"


async def test_no_row_says_that_somebody_was_reported_but_the_case(world: World) -> None:
    await reported(world)
    await world.click("钱主任", "不立案", reason="不属于本办法的情形")

    rows = await db.rows("SELECT person FROM letters WHERE person IN ('2105', '2101')")
    assert rows == []
