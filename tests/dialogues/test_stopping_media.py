"""责令停止运行: from that second nothing goes out, and only 通过 of the notice lifts it (Article 15)."""

from bot.importing import bring_in
from handlers.cases import orders
from handlers.cases.record import By
from handlers.rules.import_cells import TableKind
from storage import db
from storage.records import State
from tests.dialogues.books import exported
from tests.dialogues.filings import file_change
from tests.dialogues.posts import pass_all, post, request, submit
from tests.dialogues.rectifying import NOTICE, NUMBER, issue, reply, state_of
from tests.world import World

FB = "FB-2026-0001"
STOP = {"措施": "责令停止运行"}
ORDERED = f"“机电之声”已被{NOTICE}（{NUMBER}）责令停止运行"


async def test_nothing_goes_out_until_the_notice_has_passed(world: World) -> None:
    await pass_all(world, 发布时间="11月24日 10:00")
    await submit(world, "何老师", 标题="另一篇")
    await issue(world, **STOP)

    assert await state_of("机电之声") == "停止运行"
    assert world.titles("孙老师")[-1] == "发布已暂停"
    assert ORDERED in world.last("何老师")

    await world.say("李老师", f"/回执 {FB} https://mp.weixin.qq.com/s/1")

    assert f"{ORDERED}（第十五条），{FB}《学院更名》暂不能发布和登记回执。" in world.last("李老师")

    await world.say("李老师", f"/查询 {FB}")

    assert "可发布" not in world.last("李老师")

    await world.say("李老师", post())

    assert f"{ORDERED}，第一责任人回复整改、全媒体中心通过后恢复，恢复前不能发布" in world.last("李老师")

    world.step(3 * 24 * 3600)
    await reply(world)

    assert await state_of("机电之声") == "停止运行"

    await world.click("钱主任", "通过")

    assert await state_of("机电之声") == "在用"
    assert "拟发布时间 11月24日（周二）10:00 已过" in world.last("李老师")

    await world.say("李老师", f"/查询 {FB}")

    assert f"可发布 {FB} 学院更名" in world.last("李老师")


async def test_two_notices_must_both_pass(world: World) -> None:
    await issue(world, **STOP)
    await issue(world, **STOP, 问题="评论无人管理")
    await reply(world)
    await world.click("钱主任", "通过", of=NUMBER)

    assert await state_of("机电之声") == "停止运行"

    await world.say("李老师", post())

    assert "已被全媒体改〔2026〕2号（ZG-2026-0002）责令停止运行" in world.last("李老师")

    await reply(world, "ZG-2026-0002")
    await world.click("钱主任", "通过", of="ZG-2026-0002")

    assert await state_of("机电之声") == "在用"


async def test_no_filing_and_no_import_lifts_it(world: World) -> None:
    await file_change(world, "何老师", 管理员="", 状态="停更", 变更日期="2026-11-23")
    await issue(world, **STOP)
    await world.say("王书记", "/同意 BG-2026-0001")

    assert ORDERED in world.last("王书记")

    decided = await bring_in([await exported(TableKind.MEDIA, {"QM-0001": {"状态": "在用"}})], world.now)

    assert [(one.column, one.reason.partition("，")[0]) for one in decided.problems] == [
        ("状态", f"已被{NOTICE}（{NUMBER}）责令停止运行")
    ]

    await world.say(
        "李老师", "/注销\n媒体：机电之声\n方式：停更公告\n原因：不再使用\n已归档：是\n计划日期：2026-12-10"
    )
    await world.click("李老师", "确认提交")

    assert "不能改为停更" in world.last("李老师")
    assert await state_of("机电之声") == "停止运行"


async def test_after_a_notice_that_did_not_help_the_next_one_lifts_it(world: World) -> None:
    await issue(world, **STOP)
    await reply(world)
    await world.say("赵老师", f"/不同意 {NUMBER} 没有改")
    await issue(world, **STOP, 依据=NUMBER)
    await reply(world, "ZG-2026-0002")
    await world.say("赵老师", "/同意 ZG-2026-0002")

    assert (await request("ZG-2026-0002")).state is State.RECORDED
    assert await state_of("机电之声") == "在用"


async def test_what_is_ordered_to_end_passes_once_it_has_ended(world: World) -> None:
    await issue(world, 措施="责令注销")
    await reply(world)
    await world.say("赵老师", f"/同意 {NUMBER}")

    assert "“机电之声”还没有凭证明办结注销，办结后才能通过（第十五条）。" in world.last("赵老师")

    await world.say("李老师", "/上传证明 ZX-2026-0001\n办结日期：2026-11-20\n证明：平台页面已显示账号不存在")
    await world.click("李老师", "确认提交")
    await world.say("赵老师", f"/同意 {NUMBER}")

    assert (await request(NUMBER)).state is State.RECORDED
    assert await state_of("机电之声") == "注销"


async def test_what_ended_without_passing_is_lifted_by_nothing_but_the_next_notice(world: World) -> None:
    await issue(world, **STOP)
    await reply(world)
    await world.say("赵老师", f"/不同意 {NUMBER} 没有改")
    async with db.transaction():
        await orders.release(["QM-0001"], By("1102", world.now), "WG-2026-0001")

    assert await state_of("机电之声") == "停止运行"

    await world.say("李老师", "/台账 QM-0001 历史")

    assert f"停止运行令：— → {NOTICE}（{NUMBER}）" in world.last("李老师")
