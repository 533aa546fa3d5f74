"""What is kept how long, and how much of it: told before it goes, and nothing of a record does."""

from datetime import timedelta

import pytest

from handlers.drafts import keeping, quota
from storage import db
from tests.faults.acts import handed_in, post
from tests.world import World, words


async def count(table: str) -> int:
    return int((await db.rows(f"SELECT count(*) AS n FROM {table}"))[0]["n"])


async def test_a_draft_left_alone_is_told_of_then_given_up_then_emptied(world: World) -> None:
    await world.say("李老师", post("没写完"))
    await world.tick("forget", days=82)
    assert "草稿将到期" not in world.titles("李老师")

    await world.tick("forget", days=2)
    await world.tick("forget", days=1)
    assert world.titles("李老师").count("草稿将到期") == 1
    assert await count("drafts WHERE state = 'open'") == 1

    await world.tick("forget", days=7)
    assert await count("drafts WHERE state = 'discarded' AND form LIKE '%没写完%'") == 1
    await world.tick("forget", days=31)
    assert await count("drafts WHERE state = 'discarded' AND form = '{}'") == 1


async def test_whoever_goes_on_writing_keeps_the_draft(world: World) -> None:
    await world.say("李老师", post("没写完"))
    await world.tick("forget", days=85)
    await world.say("李老师", "标题：还在写")
    await world.tick("forget", days=20)

    assert await count("drafts WHERE state = 'open'") == 1


async def test_old_letters_and_claims_go_and_the_record_stays(world: World) -> None:
    await handed_in(world, "办完的")
    await world.say("李老师", "/撤回 FB-2026-0001")
    await handed_in(world, "还开着的")
    kept = [await count(name) for name in ("requests", "versions", "trail", "decisions")]
    world.now += keeping.LETTERS + timedelta(days=1)
    await world.tick("forget")

    assert [await count(name) for name in ("requests", "versions", "trail", "decisions")] == kept
    assert await count("letters WHERE request = 1") == 0
    assert await count("letters WHERE request = 2 AND template = 'approval'") == 1
    assert await count("claims") == 0


async def test_too_many_drafts_are_refused_after_a_warning(world: World) -> None:
    for number in range(quota.MOST_OPEN):
        await world.say("李老师", post(f"第{number:02}篇"))
        warned = [text for text in world.titles("李老师") if text == "全媒"]
        assert len(warned) == max(0, number + 2 - quota.NEARLY_OPEN)
    await world.say("李老师", post("再一篇"))

    assert f"最多 {quota.MOST_OPEN} 份，这一份没有开始" in world.last("李老师")
    assert await count("drafts") == quota.MOST_OPEN


async def test_too_many_bytes_in_a_day_are_refused_after_a_warning_until_tomorrow(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quota, "MOST_A_DAY", 30)
    monkeypatch.setattr(quota, "NEARLY_A_DAY", 10)
    await world.say("何老师", post("有附件"))

    async def sent(name: str) -> str:
        world.step()
        await world.feishu.upload("ou_he", name, name.encode() * 5)
        await world.settle()
        return world.last("何老师")

    await sent("甲")
    await sent("乙")
    assert [text for text in map(words, world.screen("何老师")) if "每天最多" in text] != []
    assert "这次的没有收下" in await sent("丙")
    world.now += timedelta(days=1)
    assert "这次的没有收下" not in await sent("丁")
