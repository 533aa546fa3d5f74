"""Somebody must decide and no platform reaches them: the centre and the administrators are told at once."""

from functools import partial

import pytest

from bot.importing import bring_in
from cards.delivery import PLATFORMS
from handlers.rules.import_cells import TableKind
from storage import audit, db, outbox, trail
from storage.records import Platform
from tests.dialogues.posts import pass_review, post, request, submit
from tests.rules.import_tables import table
from tests.world import World, words

NUMBER = "FB-2026-0001"
TOLD = f"联系不上办理人 {NUMBER} 学院更名"
OUT_OF_REACH = "账号不在应用的可见范围内，或已停用、离职"
BOTH = pytest.mark.parametrize("platform", list(Platform))


async def change(world: World, sql: str) -> None:
    await world.machine.writer.do(partial(db.run, sql))


async def bring(world: World, *lines: str) -> None:
    """An import of people."""
    decided = await bring_in([table(TableKind.PEOPLE, "\n".join(lines))], world.now)
    assert decided.problems == ()
    await world.settle()


async def noted() -> list[tuple[str, str, str]]:
    """Who stands in the trail as unreached, where and why."""
    assert await audit.verify() is None
    return [(e.actor, e.before, e.note) for e in await trail.of(NUMBER) if e.act == "unreached"]


def told(world: World) -> list[int]:
    """How often the centre and the administrator heard of it, in WeCom and in Feishu."""
    return [world.titles(name).count(TOLD) for name in ("赵老师", "钱主任")]


async def waiting(world: World) -> str:
    """What /查询 says of who is waited for."""
    await world.say("赵老师", f"/查询 {NUMBER}")
    lines = world.last("赵老师").splitlines()
    return next(line for line in lines if line.startswith("等待："))


async def asked(world: World, platform: Platform) -> tuple[str, str, str]:
    """A post that waits for somebody who is on that platform alone; 工号, name and account."""
    if platform is Platform.FEISHU:
        del world.feishu.people["ou_wang"]
        await pass_review(world)
        return "2101", "王书记", "ou_wang"
    await change(world, "UPDATE people SET feishu = NULL WHERE id = '2201'")
    del world.wecom.people["lin"]
    await submit(world, "唐老师", 媒体="计算人")
    return "2201", "林书记", "lin"


async def test_who_has_no_account_at_all_is_named_to_the_centre_at_once(world: World) -> None:
    await change(world, "UPDATE people SET feishu = NULL WHERE id = '2101'")
    await pass_review(world)

    assert told(world) == [1, 1]
    assert "王书记（第一责任人），但消息送不到：没有登记企业微信或飞书账号。" in world.last("赵老师")
    assert await noted() == [("", "in_review/responsible v1", "王书记（2101）：没有登记企业微信或飞书账号")]
    assert await waiting(world) == "等待：王书记；联系不上 王书记，已告知全媒体中心"


async def test_whose_only_platform_is_switched_off_is_named(
    world: World,
) -> None:
    await world.switch_off(Platform.FEISHU)
    await submit(world)

    assert world.titles("赵老师") == [TOLD, "有消息没能送达"]
    assert "消息送不到：登记的账号所在平台没有接入" in words(world.screen("赵老师")[0])
    assert world.titles("李老师")[-1] == "审批中 FB-2026-0001 学院更名"


async def test_it_is_said_once_for_each_step_however_often_they_are_asked(world: World) -> None:
    await change(world, "UPDATE people SET feishu = NULL WHERE id = '2101'")
    await pass_review(world)
    await world.click("李老师", "催办")
    for _ in range(4):
        await world.tick(days=1, minutes=3)
    await world.restart()
    await world.tick(hours=2)

    assert (told(world), len(await noted())) == ([1, 1], 1)


@BOTH
async def test_whom_the_only_platform_refuses_is_named_with_the_reason(
    world: World, platform: Platform
) -> None:
    number, name, _ = await asked(world, platform)

    assert told(world) == [1, 1]
    assert f"在等 {name}（第一责任人），但消息送不到：{OUT_OF_REACH}。" in world.last("钱主任")
    assert [note for _, _, note in await noted()] == [f"{name}（{number}）：{OUT_OF_REACH}"]
    assert (await waiting(world)).endswith(f"联系不上 {name}，已告知全媒体中心")
    refused = f"{name}，{PLATFORMS[platform]}没有送到（{OUT_OF_REACH}），已告知全媒体中心和系统管理员"
    assert f"卡片：{refused}" in world.last("赵老师")
    await world.say("赵老师", f"/为什么 {NUMBER}")
    assert f"卡片：{refused}" in world.last("赵老师")
    await world.say("赵老师", "/台账 关注")
    named = f"上一条消息没有送到 {name}（{PLATFORMS[platform]}：{OUT_OF_REACH}）"
    assert named in words(world.screen("赵老师")[-2])


async def test_who_is_on_two_platforms_is_unreached_where_both_refuse_them(world: World) -> None:
    del world.wecom.people["lin"]
    await submit(world, "唐老师", 媒体="计算人")
    assert (told(world), await noted()) == ([0, 0], [])
    assert await waiting(world) == "等待：林书记"

    del world.feishu.people["ou_lin"]
    await world.click("唐老师", "撤回")
    await world.say("唐老师", post(媒体="计算人"))
    await world.click("唐老师", "确认提交")

    second = TOLD.replace("0001", "0002")
    assert [world.titles(name).count(second) for name in ("赵老师", "钱主任")] == [1, 1]
    assert [e.act for e in await trail.of("FB-2026-0002")].count("unreached") == 1


@BOTH
async def test_what_arrives_later_ends_it_without_a_word(world: World, platform: Platform) -> None:
    _, name, account = await asked(world, platform)
    dead = await outbox.dead()
    if platform is Platform.FEISHU:
        world.feishu.people[account] = name
    else:
        world.wecom.people[account] = (account, name)
    before = [len(world.titles(who)) for who in ("赵老师", "钱主任", "李老师", "唐老师")]
    for letter in dead:
        await world.machine.writer.do(partial(outbox.resend, letter.id, world.now))
    await world.settle()

    assert world.titles(name, on=platform) == [f"待审批 {NUMBER} 学院更名"]
    assert [len(world.titles(who)) for who in ("赵老师", "钱主任", "李老师", "唐老师")] == before
    assert await waiting(world) == f"等待：{name}"


async def test_who_gets_an_account_is_asked_there_at_once(world: World) -> None:
    await change(world, "UPDATE people SET feishu = NULL WHERE id = '2101'")
    await pass_review(world)
    await bring(world, "工号,姓名,单位代码,身份,飞书账号", "2101,王书记,2100,教职工,ou_wang")

    assert world.titles("王书记") == [f"待审批 {NUMBER} 学院更名"]
    assert (told(world), await waiting(world)) == ([1, 1], "等待：王书记")


async def test_who_loses_the_only_account_while_a_step_waits_is_named(world: World) -> None:
    await pass_review(world)
    assert told(world) == [0, 0]

    await bring(world, "工号,姓名,单位代码,身份,飞书账号", "2101,王书记,2100,教职工,")

    assert (told(world), len(await noted())) == ([1, 1], 1)
    assert world.titles("王书记") == ["卡片已失效"]


async def test_a_card_that_is_refused_for_its_content_reaches_them_as_plain_words(world: World) -> None:
    await world.say("李老师", post())
    world.feishu.faults.next_codes.append(230028)
    await world.click("李老师", "确认提交")

    assert f"{NUMBER} 有新消息，卡片未能显示。" in world.last("孙老师")
    assert (told(world), await noted()) == ([0, 0], [])
    assert await waiting(world) == "等待：孙老师"


async def test_a_reminder_that_fails_is_no_unreached_step_where_the_card_arrived(world: World) -> None:
    await pass_review(world)
    del world.feishu.people["ou_wang"]
    await world.tick(hours=5, minutes=13)

    assert (told(world), await noted()) == ([0, 0], [])
    assert world.titles("赵老师")[-1] == "有消息没能送达"


async def test_of_several_approvers_each_who_is_unreached_is_named(world: World) -> None:
    await change(world, "UPDATE people SET feishu = NULL WHERE id = '1102'")
    await pass_review(world, 涉及="突发事件")
    await world.click("王书记", "同意")

    assert [note for _, _, note in await noted()] == ["钱主任（1102）：没有登记企业微信或飞书账号"]
    assert world.titles("赵老师").count(TOLD) == 1
    assert (await waiting(world)).endswith("；联系不上 钱主任，已告知全媒体中心")
    assert (await request()).step == "centre"


async def test_who_may_not_decide_any_more_is_not_looked_for(world: World) -> None:
    world.feishu.faults.down = True
    await world.say("李老师", post())
    await world.click("李老师", "确认提交")
    await change(world, "UPDATE people SET feishu = NULL WHERE id = '2103'")
    await world.click("李老师", "撤回")
    world.feishu.faults.down = False
    await world.tick(minutes=2)

    assert (told(world), await noted()) == ([0, 0], [])
