"""代理 with a scope, and as the 内勤 of the unit arranges it; on both platforms."""

import pytest

from storage import db, proxies, trail
from storage.records import State
from tests.dialogues.books import units_say
from tests.dialogues.posts import pass_review, request
from tests.world import World, buttons, words


async def clerk(person: str, unit: str = "2100") -> None:
    """Somebody becomes 内勤, in that unit."""
    await db.run("UPDATE people SET roles = '内勤', unit = ? WHERE id = ?", unit, person)
    await db.run("INSERT INTO person_roles (person, role) VALUES (?, '内勤')", person)


def read(world: World, who: str) -> list[str]:
    """All that the bot sent to somebody."""
    return [words(shown) for shown in world.screen(who) if not shown.mine]


# 王书记 and 何老师 write in Feishu, 吴副书记 and 李老师 in WeCom; 林书记 is on both.
@pytest.mark.parametrize("stand_in", ["吴副书记", "高书记"])
async def test_a_stand_in_decides_what_the_scope_names(world: World, stand_in: str) -> None:
    await pass_review(world)
    await world.say("王书记", f"/代理 {stand_in} 今天 明天 发布 出差")

    assert "只代 发布（其他仍由您办理）" in world.last("王书记")
    assert "代为审批，范围：发布。" in world.last(stand_in)
    assert world.last(stand_in).endswith("现有 1 件，发 /待办 办理。")

    await world.say(stand_in, "/待办")

    assert "待办 1 件" in world.last(stand_in)

    await world.say(stand_in, "/同意 FB-2026-0001")
    await world.say(stand_in, "/同意 FB-2026-0001")

    assert (await request()).state is State.AWAITING_PUBLISH
    assert f"{stand_in} 已代您同意 FB-2026-0001" in world.last("王书记")


async def test_what_the_scope_does_not_name_is_not_theirs(world: World) -> None:
    await pass_review(world)
    await world.say("王书记", "/代理 吴副书记 今天 明天 备案、变更")

    assert "现有" not in world.last("吴副书记")

    await world.say("吴副书记", "/待办")

    assert world.last("吴副书记").endswith("没有等您办理的事项。")

    await world.say("吴副书记", "/同意 FB-2026-0001")

    assert "FB-2026-0001 不由您办理" in world.last("吴副书记")

    await world.say("王书记", "/代理 林书记 今天 明天 发布")
    await world.say("林书记", "/同意 FB-2026-0001")
    await world.say("林书记", "/同意 FB-2026-0001")

    assert (await request()).state is State.AWAITING_PUBLISH


@pytest.mark.parametrize(("who", "name"), [("2104", "李老师"), ("2105", "何老师")], ids=["wecom", "feishu"])
async def test_the_clerk_arranges_it_and_both_are_told(world: World, who: str, name: str) -> None:
    await clerk(who)
    await world.say(name, "/代理 吴副书记 今天 明天")

    assert "请写替谁设：/代理 姓名或工号 替 审批人" in world.last(name)

    await world.say(name, "/代理 吴副书记 替 王书记 今天 明天 发布 住院")

    assert "已替 王书记 设代理：吴副书记" in world.last(name)
    assert f"{name}（内勤）已替您设代理：吴副书记" in world.last("王书记")
    assert f"{name}（内勤）替 王书记 设了代理。王书记 请您在" in world.last("吴副书记")
    entry = await trail.last("proxy:2101", "proxy")
    assert entry is not None
    assert (entry.actor, entry.principal) == (who, "2101")
    assert entry.note.endswith("只代 发布")

    await world.say(name, "/代理 取消 王书记")

    assert await proxies.upcoming("2101", world.now) == []
    assert f"终止：{name}（内勤）已取消代理。审批恢复由您办理" in world.last("王书记")
    assert f"终止：{name}（内勤）已取消代理。不再需要您代为审批。" in world.last("吴副书记")


async def test_only_the_clerk_of_the_unit_and_only_for_approvers(world: World) -> None:
    await clerk("2202", "2200")
    await world.say("唐老师", "/代理 吴副书记 替 王书记 今天 明天")

    assert world.last("唐老师").endswith("替 王书记 设代理，须由本人或其单位的内勤办理。")

    await clerk("2106", "2110")
    await world.say("周老师", "/代理 吴副书记 替 李老师 今天 明天")

    assert "李老师 不是审批人" in world.last("周老师")
    assert await db.rows("SELECT * FROM proxies") == []


async def test_who_loses_the_post_stands_in_no_more_and_both_are_told_once(world: World) -> None:
    await world.say("王书记", "/代理 吴副书记 今天 明天")
    await units_say(world, "2100", 副职工号="")
    await units_say(world, "2100", 副职工号="2102")

    assert await proxies.upcoming("2101", world.now) == []
    why = "终止：吴副书记 的职务或角色已变动，不能再代理（第五条（二））。"
    told = [[text for text in read(world, who) if why in text] for who in ("王书记", "吴副书记")]
    assert [len(texts) for texts in told] == [1, 1]
    assert "审批恢复由您办理" in told[0][0]


async def test_whoever_stood_in_for_somebody_who_left_is_told(world: World) -> None:
    await world.say("王书记", "/代理 吴副书记 今天 明天")
    await db.run("UPDATE people SET left_on = '2026-11-23' WHERE id = '2101'")
    await world.tick("depart")

    assert "终止：王书记 已于 11月23日（周一）离职。不再需要您代为审批。" in world.last("吴副书记")


async def test_once_the_time_is_over_the_card_of_whoever_stood_in_offers_nothing(world: World) -> None:
    await world.say("王书记", "/代理 高书记 今天 明天 出差")
    await pass_review(world)

    assert world.card("高书记", "同意")

    await world.tick(days=3)

    assert not any({"同意", "退回"} & {*buttons(shown)} for shown in world.screen("高书记"))
    assert world.card("王书记", "同意")
