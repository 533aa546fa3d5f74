"""/台账 关注 says for each unit who would get a post today, and what would keep it."""

from storage import db
from tests.world import World, words


async def test_the_centre_sees_whom_each_units_post_would_be_put_to(world: World) -> None:
    await world.say("赵老师", "/台账 关注")
    told = words(world.screen("赵老师")[-2])

    assert "：保密审查 孙老师 → 第一责任人 王书记 → 全媒体中心 赵老师、钱主任（必要时）" in told


async def test_what_would_keep_a_post_stands_first(world: World) -> None:
    await db.run("UPDATE people SET wecom = '', feishu = '' WHERE name = '孙老师'")
    await world.say("赵老师", "/台账 关注")
    told = words(world.screen("赵老师")[-2])

    assert "【孙老师 没有绑定账号，收不到卡片】" in told
