"""What happens around a step that asks for answers: others at it, media that move, people who change."""

from storage import db
from storage.records import State
from tests.dialogues.posts import request
from tests.dialogues.rectifying import NUMBER, issue, reply
from tests.dialogues.test_deregister import ASKED, approved, state_of
from tests.dialogues.test_inventory import ONE, begun
from tests.world import World, buttons, words

ZX = "ZX-2026-0001"
REPLY = f"/回复整改 {NUMBER}\n整改情况：已改\n前后证据：旧页已下线\n完成日期：2026-11-23"


async def test_whoever_was_added_after_the_reply_agrees_or_has_it_given_anew(world: World) -> None:
    await issue(world)
    await world.say("王书记", f"/加签 {NUMBER} 孙老师 后")
    await reply(world)

    assert buttons(world.card("孙老师"))[:2] == ["同意", "退回"]

    await world.say("孙老师", f"/退回 {NUMBER} 证据不全")

    assert (await request(NUMBER)).step == "rectify"

    await reply(world)

    assert (await request(NUMBER)).step == "inspect"


async def test_a_form_that_is_filled_in_whole_answers_a_question_for_text_too(world: World) -> None:
    await issue(world, 媒体="计算人")
    await world.say("林书记", f"/回复整改 {NUMBER}")
    await world.say("林书记", REPLY.partition("\n")[2])

    assert "前后证据\n旧页已下线\n完成日期\n11月23日（周一）" in world.last("林书记")


async def test_whoever_was_added_to_the_inspection_may_ask_for_more(world: World) -> None:
    await issue(world)
    await reply(world)
    await world.say("赵老师", f"/加签 {NUMBER} 高书记 后")
    await world.say("赵老师", f"/同意 {NUMBER}")
    await world.say("高书记", f"/退回 {NUMBER} 还差两页，12月10日前")

    assert (await request(NUMBER)).step == "rectify"
    assert "12月10日（周四）24:00前" in world.last("王书记")


async def test_a_proxy_is_shown_what_is_asked_before_they_answer_it(world: World) -> None:
    await issue(world)
    await world.say("王书记", "/代理 吴副书记 今天 明天")
    await world.say("吴副书记", REPLY)

    assert world.titles("吴副书记")[-2] == f"待整改 {NUMBER} 机电之声 限期整改"

    await world.click("吴副书记", "确认提交")

    assert (await request(NUMBER)).step == "inspect"


async def test_what_nobody_could_revise_is_not_turned_back(world: World) -> None:
    await issue(world, 措施="责令注销")
    await begun(world, "机电学院党委")
    for number in (ZX, ONE):
        await world.say("赵老师", f"/干预 {number} 退回 重写")

        assert "没有能修改它的申请人，不能退回" in world.last("赵老师")


async def test_a_notice_that_is_revised_drops_neither_an_order_nor_keeps_the_reply(world: World) -> None:
    await issue(world, 措施="责令停止运行")
    await reply(world)
    await world.say("赵老师", f"/干预 {NUMBER} 退回 重写")
    await world.say("钱主任", f"/修改 {NUMBER}\n媒体：机电学院网站")
    await world.click("钱主任", "确认提交")

    assert "“机电之声”已由这份通知责令停止运行" in world.card("钱主任", "确认提交").toast

    await world.say("钱主任", f"/修改 {NUMBER}\n媒体：机电之声、机电学院网站")
    await world.click("钱主任", "确认提交")

    assert "reply" not in (await request(NUMBER)).form

    await reply(world)
    await world.say("赵老师", f"/同意 {NUMBER}")

    assert {await state_of("机电之声"), await state_of("机电学院网站")} == {"在用"}


async def test_who_was_notified_sees_the_notice_while_it_rests_and_when_it_is_void(world: World) -> None:
    await issue(world)
    for what, said in (("暂停", "已暂停"), ("作废", "已作废")):
        await world.say("赵老师", f"/干预 {NUMBER} {what} 核查")
        await world.say("王书记", f"/查询 {NUMBER}")

        assert f"{said} {NUMBER}" in world.titles("王书记")[-1]


async def test_a_medium_that_went_to_another_unit_is_not_ended_by_the_former(world: World) -> None:
    await world.say("李老师", ASKED)
    await world.click("李老师", "确认提交")
    await db.run("UPDATE media SET unit = '2200', operator = '2202' WHERE no = 'QM-0001'")
    await world.say("王书记", f"/同意 {ZX}")

    assert "已改由其他单位主办" in world.last("王书记")

    await world.say("李老师", f"/撤回 {ZX}")

    assert (await request(ZX)).state is State.WITHDRAWN


async def test_a_proof_is_of_a_day_that_has_been(world: World) -> None:
    await approved(world)
    await world.say("李老师", f"/上传证明 {ZX}\n办结日期：2026-12-01\n证明：将注销")

    assert "这一天还没有到" in world.last("李老师")
    assert await state_of("机电之声") == "在用"


async def test_a_return_asks_for_the_media_it_began_with_whoever_answers_it(world: World) -> None:
    await db.run("UPDATE media SET operator = '2107' WHERE unit = '2100'")
    await begun(world, "机电学院党委")
    await db.run("UPDATE media SET unit = '2200' WHERE no = 'QM-0002'")
    await world.say("王书记", "/代理 林书记 今天 明天")
    await world.say(
        "林书记", f"/填报摸底 {ONE}\n无变化：机电之声、QM-0002、机电青年\n其他情况：机电旧刊：停更"
    )
    await world.click("林书记", "确认提交")

    assert (await request(ONE)).step == "report"


async def test_of_two_who_fill_in_the_second_is_told_and_a_late_return_is_still_found(world: World) -> None:
    await world.say("赵老师", "/摸底 开始 11-23 11-27 机电学院党委")
    await world.click("赵老师", "确认提交")
    await world.tick("rounds")
    await world.tick("remind", days=6)
    await world.say("赵老师", "/摸底 开始 12-07 12-31 机电学院党委")
    await world.click("赵老师", "确认提交")
    for who in ("李老师", "何老师"):
        await world.say(who, "/摸底\n无变化：全部")
    await world.click("李老师", "确认提交")

    assert (await request(ONE)).step == "report"
    assert "李老师 已填报 MD-2026-0001" in world.last("何老师")


async def test_a_zero_return_has_nobody_to_go_back_to(world: World) -> None:
    await db.run("DELETE FROM media WHERE unit = '2200'")
    await begun(world, "计算学部党委")

    assert "退回" not in buttons(world.card("林书记"))

    await world.say("林书记", f"/退回 {ONE} 有媒体没有列入")

    assert "前面没有要别人办的环节，不能退回" in world.last("林书记")


async def test_what_came_to_light_goes_to_somebody_who_can_finish_it(world: World) -> None:
    await begun(world, "机电学院党委")
    await world.say(
        "李老师", "/摸底\n无变化：机电之声、机电学院网站、机电青年\n其他情况：机电旧刊：拟注销\n未备案：无。"
    )
    await world.click("李老师", "确认提交")
    await db.run("UPDATE people SET left_on = '2026-11-22' WHERE id = '2105'")
    await world.click("王书记", "确认上报")
    begun_drafts = await db.rows("SELECT person, kind FROM drafts WHERE state = 'open'")

    assert [(row["person"], row["kind"]) for row in begun_drafts] == [("2101", "ZX")]


async def test_what_somebody_was_filling_in_ends_with_the_request_and_they_are_told(world: World) -> None:
    await approved(world)
    await world.say("李老师", f"/上传证明 {ZX}\n办结日期：2026-11-20\n证明：已看不到账号")
    old = world.card("李老师", "放弃")
    await world.say("赵老师", f"/干预 {ZX} 作废 平台已恢复使用")

    assert await db.rows("SELECT id FROM drafts WHERE state = 'open'") == []
    told = f"{ZX} 现在是“已作废”，您没有提交的“注销证明”不再需要，已放弃。"
    assert any(told in words(shown) for shown in world.screen("李老师"))
    assert told in words(old)
    await world.say("李老师", "恢复")
    assert f"上次放弃的是 {ZX} 的“注销证明”，现在已不需要，不能恢复" in world.last("李老师")
