"""退回 to a step, 拿回, 作废 and 干预: what was decided is undone on the record, never erased."""

import pytest

from storage.records import State
from tests.dialogues.posts import pass_all, pass_review, request, submit
from tests.world import World, buttons, words

FB = "FB-2026-0001"


async def test_a_step_that_was_returned_to_goes_on_from_there(world: World) -> None:
    await pass_all(world, 涉及="突发事件")
    await world.say("赵老师", f"/退回 {FB} 到 第一责任人 请再核")

    assert world.last("赵老师").endswith(f"已将 {FB} 退回到“第一责任人”，从这一步起重新办理。理由：请再核")
    assert "赵老师 退回 · 11月23日（周一）09:00 · 请再核" in world.last("王书记")
    assert "赵老师 退回到这一步：请再核\n" in world.last("王书记")
    assert "已办\n孙老师 审查通过\n" in world.last("王书记")
    assert "现在等 王书记（第一责任人）。" in world.last("李老师")
    assert world.titles("钱主任")[-1] == f"已不需办理 {FB} 学院更名"

    await world.say("李老师", f"/查询 {FB}")

    assert "赵老师 退回到 第一责任人 · 11月23日（周一）09:00 · 请再核" in world.last("李老师")
    assert "赵老师 退回到“第一责任人”：请再核" in words(world.card("李老师", of="审批中"))

    await world.click("王书记", "同意")
    await world.click("钱主任", "同意")

    assert (await request()).state is State.AWAITING_PUBLISH
    assert "请再核" not in world.last("李老师")


async def test_what_was_decided_between_stands_where_it_comes_straight_back(world: World) -> None:
    await pass_all(world, 涉及="突发事件")
    await world.say("钱主任", f"/退回 {FB} 到保密审查 回到我 请看第二段")

    assert world.last("钱主任").endswith(
        f"已将 {FB} 退回到“保密审查”，办好后直接回到您这里。理由：请看第二段"
    )

    await world.click("孙老师", "审查通过")

    assert (await request()).step == "centre"
    assert "王书记 同意；孙老师 审查通过\n" in world.last("钱主任")

    await world.click("赵老师", "同意")

    assert (await request()).state is State.AWAITING_PUBLISH


async def test_only_to_a_step_that_was_decided_and_with_a_reason(world: World) -> None:
    await pass_review(world)
    for typed, answer in (
        ("到 财务处 请再看", f"{FB} 没有已办过的“财务处”这一步，没有退回。"),
        ("到 全媒体中心 请再看", f"{FB} 没有已办过的“全媒体中心”这一步，没有退回。"),
        ("到 第一责任人 请再看", f"{FB} 没有已办过的“第一责任人”这一步，没有退回。"),
        ("到 保密审查", f"退回须写明理由，没有退回。请这样写：/退回 {FB} 到 保密审查 理由"),
    ):
        await world.say("王书记", f"/退回 {FB} {typed}")

        assert answer in world.last("王书记")

    assert (await request()).step == "responsible"

    await world.click("王书记", "退回")
    await world.say("王书记", "到 保密审查 请再看")

    assert (await request()).step == "review"


async def test_a_reason_that_begins_with_the_word_for_to_is_a_reason(world: World) -> None:
    await pass_review(world)
    await world.say("王书记", f"/退回 {FB} 到场人数有误")

    assert (await request()).state is State.RETURNED
    assert "王书记 退回：到场人数有误" in world.last("李老师")


async def test_the_last_decision_is_taken_back_while_nobody_has_decided_since(world: World) -> None:
    await pass_review(world)
    await world.say("孙老师", f"/拿回 {FB}")

    assert f"孙老师 拿回了对 {FB}《学院更名》的决定，重新办理。" in world.last("王书记")
    assert world.titles("王书记")[0] == f"已不需办理 {FB} 学院更名"
    assert "现在等 孙老师（保密审查）。" in world.last("李老师")

    await world.click("孙老师", "审查通过")
    await world.click("王书记", "同意")
    await world.say("孙老师", f"/拿回 {FB}")

    assert world.last("孙老师").endswith(f"{FB} 最后一步不是您办的，或者下一步已经有人办理，不能拿回。")

    await world.say("李老师", f"/拿回 {FB}")

    assert world.last("李老师").endswith(f"“拿回”的是办理人自己的决定。要撤回申请请发：/撤回 {FB}")


async def test_a_leave_to_publish_that_is_taken_back_ends_at_once(world: World) -> None:
    await pass_all(world)
    await world.say("王书记", f"/拿回 {FB}")

    assert world.last("王书记").endswith(f"已拿回 {FB}，请重新办理。原来的决定仍留在记录里。") or (
        world.titles("王书记")[-1] == f"待审批 {FB} 学院更名"
    )
    assert any("此前的“可发布”即时失效，请不要发布。" in words(shown) for shown in world.screen("李老师"))

    await world.say("李老师", f"/回执 {FB} https://mp.weixin.qq.com/s/1")

    assert (await request()).state is State.IN_REVIEW

    await world.click("王书记", "同意")
    world.step(31 * 60)
    await world.say("王书记", f"/拿回 {FB}")

    assert world.last("王书记").endswith("已超过 30 分钟，不能拿回。需要改变时请联系全媒体中心。")

    await world.say("李老师", f"/回执 {FB} https://mp.weixin.qq.com/s/1")
    await world.say("王书记", f"/拿回 {FB}")

    assert world.last("王书记").endswith(f"{FB} 现在没有可以拿回的决定，请看 /查询 {FB}。")


async def test_a_return_that_is_taken_back_is_due_again_and_no_opinion(world: World) -> None:
    await pass_review(world)
    await world.say("王书记", f"/退回 {FB} 标题不对")
    await world.say("王书记", f"/拿回 {FB}")

    assert (await request()).due_at is not None
    assert "请于\n11月24日（周二）09:00前" in words(world.card("王书记", "同意"))

    await world.click("王书记", "同意")

    assert "标题不对" not in world.last("李老师")


@pytest.mark.parametrize("who", ["李老师", "钱主任"])
async def test_what_may_be_published_is_voided_by_applicant_or_centre_with_a_reason(
    world: World, who: str
) -> None:
    await pass_review(world)
    await world.say("李老师", f"/作废 {FB} 不发了")

    assert world.last("李老师").endswith(f"{FB} 还没有“可发布”，不能作废；申请人可以 /撤回 {FB}。")

    await world.click("王书记", "同意")
    await world.say("何老师", f"/作废 {FB} 不发了")
    await world.say(who, f"/作废 {FB}")

    assert world.last("何老师").endswith(f"只有申请人和全媒体中心能作废 {FB}。")
    assert world.last(who).endswith(f"请这样写：/作废 {FB} 原因")

    await world.say(who, f"/作废 {FB} 活动取消")
    told = f"{who} 已将 {FB}《学院更名》作废，不得发布。原因：活动取消"

    assert (await request()).state is State.VOIDED
    then = "仍要发布请发" if who == "李老师" else "申请人仍要发布请发"
    assert world.last(who).endswith(f"{FB} 已作废，不得再发布。{then}：/再发 {FB}")
    assert world.last("王书记").endswith(told)
    assert world.last("孙老师").endswith(told)
    assert who == "李老师" or any(told in words(shown) for shown in world.screen("李老师"))

    await world.say(who, f"/作废 {FB} 活动取消")

    assert world.last(who).endswith(f"{FB} 已作废，不需要再办。")


async def test_a_steward_gives_the_step_to_somebody_who_may_decide_it(world: World) -> None:
    await pass_review(world)
    await world.say("王书记", f"/干预 {FB} 暂停 想停")
    await world.say("赵老师", f"/干预 {FB} 改派 吴副书记")

    assert world.last("王书记").endswith("干预只由系统管理员或全媒体中心负责人办理。")
    assert world.last("赵老师").endswith(f"干预须写明理由：/干预 {FB} 改派 姓名 理由")

    await world.say("赵老师", f"/干预 {FB} 改派 何老师 王书记外出")

    assert world.last("赵老师").endswith("何老师 不能办理这一步，没有改派。")

    await world.say("赵老师", f"/干预 {FB} 改派 吴副书记 王书记外出")
    told = f"赵老师 对 {FB}《学院更名》作了干预：改派给 吴副书记 办理。理由：王书记外出"

    assert world.last("王书记").endswith(told)
    assert world.last("李老师") == f"【干预】\n{told}"
    assert "赵老师 改派您办理。" in world.last("吴副书记")

    await world.say("李老师", f"/查询 {FB}")

    assert "赵老师 改派给 吴副书记（干预） · 11月23日（周一）09:00 · 王书记外出" in world.last("李老师")

    await world.click("吴副书记", "同意")

    assert (await request()).state is State.AWAITING_PUBLISH


async def test_nobody_decides_what_a_steward_stopped_until_it_goes_on(world: World) -> None:
    await pass_review(world)
    await world.say("赵老师", f"/干预 {FB} 暂停 等学校通知")
    await world.say("王书记", f"/同意 {FB}")

    assert world.last("王书记").endswith(f"{FB} 已暂停，恢复前不能办理。")
    assert buttons(world.card("王书记", of="已不需办理")) == []

    await world.say("李老师", f"/催办 {FB}")

    assert world.last("李老师").endswith(f"{FB} 已由管理员暂停，不能催办。")

    await world.say("李老师", f"/查询 {FB}")

    assert "赵老师 暂停（干预） · 11月23日（周一）09:00 · 等学校通知" in world.last("李老师")

    await world.tick(days=2)
    await world.say("赵老师", f"/干预 {FB} 恢复 通知到了")

    assert "请于\n11月26日（周四）09:00前" in world.last("王书记")

    await world.say("赵老师", f"/干预 {FB} 恢复 通知到了")

    assert world.last("赵老师").endswith(f"{FB} 现在是“审批中”，不能恢复。")

    await world.click("王书记", "同意")

    assert (await request()).state is State.AWAITING_PUBLISH


async def test_a_steward_turns_a_matter_back_and_nobody_is_said_to_have(world: World) -> None:
    await pass_review(world)
    await world.say("赵老师", f"/干预 {FB} 退回 材料有误")

    assert (await request()).state is State.RETURNED
    assert "管理员已退回，请修改后重新提交。原因见 /查询。" in world.last("李老师")
    assert any("作了干预：退回。理由：材料有误" in words(shown) for shown in world.screen("王书记"))

    await world.say("李老师", f"/查询 {FB}")

    assert "赵老师 退回申请人（干预） · 11月23日（周一）09:00 · 材料有误" in world.last("李老师")


async def test_a_steward_voids_what_is_open_and_its_holder_hears_it(world: World) -> None:
    await submit(world)
    await world.say("赵老师", f"/干预 {FB} 作废 重复提交")
    told = f"赵老师 已将 {FB}《学院更名》作废，不得发布。原因：重复提交"

    assert world.last("孙老师").endswith(told)
    assert world.last("李老师") == f"【已作废】\n{told}"
    assert world.last("赵老师").endswith(f"{FB} 已作废，已告诉有关的人。")
