"""Article 6(3)1, as people live it: from /发布 to the receipt, across both platforms."""

from tests.world import World

POST = "/发布\n媒体：机电之声\n标题：学院更名\n正文：经学校批准，机电学院今日更名。\n涉及：重大事项决策"


async def test_a_post_on_a_major_decision_also_needs_the_centre(world: World) -> None:
    await world.say("李老师", POST)
    await world.click("李老师", "确认提交")
    await world.click("孙老师", "审查通过")
    await world.click("王书记", "同意")

    assert world.titles("钱主任") == ["待审批 FB-2026-0001 学院更名"]
    assert world.titles("赵老师") == ["待审批 FB-2026-0001 学院更名"]

    await world.click("赵老师", "同意")

    assert world.titles("李老师")[-1] == "可发布 FB-2026-0001 学院更名"
    assert world.titles("钱主任") == ["已办 FB-2026-0001 学院更名"]


async def test_the_centres_own_post_is_passed_by_the_head_above_and_not_by_who_applied(world: World) -> None:
    await world.say("赵老师", "/发布\n媒体：今日哈工大\n标题：校庆公告\n正文：今日起接受预约。")
    await world.click("赵老师", "确认提交")
    await world.say("赵老师", "/同意 FB-2026-0001")

    assert "不能由本人审批" in world.last("赵老师")
    assert world.titles("钱主任") == []

    await world.click("高书记", "同意")

    assert world.titles("赵老师")[-1] == "可发布 FB-2026-0001 校庆公告"
