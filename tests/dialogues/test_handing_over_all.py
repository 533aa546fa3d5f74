"""交接: what somebody holds, listed and moved in one act, by 系统管理员 (WeCom) and by a head (Feishu)."""

import pytest

from storage import db, trail
from storage.records import State
from storage.steps import How
from tests.dialogues.posts import pass_review, post, request, submit
from tests.world import World, words


@pytest.mark.parametrize("who", ["赵老师", "王书记"], ids=["wecom", "feishu"])
async def test_what_somebody_holds_is_moved_in_one_act(world: World, who: str) -> None:
    await pass_review(world)
    await submit(world, 标题="迎新")
    await world.click("孙老师", "审查通过", of="FB-2026-0002")
    await world.say("王书记", post(标题="还没写完", 正文=""))
    await world.say("王书记", "/代理 林书记 今天 明天")
    await world.say(who, "/交接 王书记 给 吴副书记")
    shown = "\n".join(words(one) for one in world.screen(who))

    assert "王书记 名下 2 件待办将转给 吴副书记" in shown
    assert "FB-2026-0001 学院更名（第一责任人审批）" in shown
    assert "职务、角色：机电学院党委第一责任人。" in shown
    assert "代理：请 林书记 代理。代理不能转交" in shown
    assert "没提交的草稿：发布 1 份。" in shown
    assert (await request()).chain[1].given == ()

    await world.click(who, "确认交接")

    assert "【已转给 吴副书记】" in world.last(who)
    assert "将 王书记 的 2 件待办交接给您" in "\n".join(words(one) for one in world.screen("吴副书记"))
    for number in ("FB-2026-0001", "FB-2026-0002"):
        step = (await request(number)).current
        assert step is not None
        assert [(seat.person, seat.how) for seat in step.given] == [("2102", How.HANDED)]
    entry = await trail.last("FB-2026-0001", "handover")
    assert entry is not None
    assert entry.note == "2101 → 2102"
    assert await trail.last("person:2101", "handover") is not None

    await world.click("吴副书记", "同意", of="FB-2026-0001")

    assert (await request()).state is State.AWAITING_PUBLISH

    await world.say("李老师", "/查询 FB-2026-0001")

    assert "交接：由 吴副书记 接替 王书记" in world.last("李老师")


async def test_what_cannot_be_given_is_named_and_stays(world: World) -> None:
    await pass_review(world)
    await world.say("赵老师", "/交接 王书记 给 何老师")

    assert "王书记 名下没有能转给 何老师 的待办。" in world.last("赵老师")
    assert "不能转：FB-2026-0001 学院更名（第一责任人审批）。何老师 不能办理这一步" in world.last("赵老师")
    assert "确认交接" not in world.last("赵老师")


async def test_the_list_alone_names_media_and_what_was_asked_for(world: World) -> None:
    await submit(world)
    await world.say("王书记", "/交接 李老师")

    assert "媒体：机电之声（QM-0001）、机电学院网站（QM-0002）。" in world.last("王书记")
    assert "提交的申请：FB-2026-0001 学院更名。" in world.last("王书记")


async def test_what_was_decided_meanwhile_is_named_and_nothing_else_moves(world: World) -> None:
    await pass_review(world)
    await world.say("赵老师", "/交接 王书记 给 吴副书记")
    await world.click("王书记", "同意")
    await world.click("赵老师", "确认交接")

    assert "FB-2026-0001 学院更名（第一责任人审批）：已不在其名下。" in world.last("赵老师")


@pytest.mark.parametrize(
    ("who", "typed", "answer"),
    [
        ("林书记", "/交接 王书记 给 吴副书记", "交接由系统管理员或其单位的第一责任人办理（第五条（二））。"),
        ("李老师", "/交接 李老师", "交接由系统管理员或其单位的第一责任人办理（第五条（二））。"),
        ("赵老师", "/交接 王书记 给 陈同学", "接手的须是在职的另一位教职工。"),
        ("赵老师", "/交接 王书记 给 王书记", "接手的须是在职的另一位教职工。"),
        ("赵老师", "/交接", "请这样写：/交接 姓名或工号 给 姓名或工号；只看清单发：/交接 姓名或工号"),
    ],
)
async def test_who_may_not_and_to_whom_not(world: World, who: str, typed: str, answer: str) -> None:
    await world.say(who, typed)

    assert world.last(who).endswith(answer)
    assert await db.rows("SELECT id FROM trail WHERE act = 'handover'") == []
