"""/解释: anybody asks, the centre signs, and it stands wherever the article bites (Article 16)."""

from storage import interpretations
from storage.records import State
from tests.dialogues.posts import request, submit
from tests.world import World, buttons, words

JS = "JS-2026-0001"


def said(world: World, who: str) -> str:
    """All that somebody was told: what is long comes to WeCom in several messages."""
    return "\n".join(words(shown) for shown in world.screen(who))


async def ask(world: World, who: str = "陈同学") -> None:
    await world.say(who, "/解释 8 转载校外稿件也要保密审查吗？")
    await world.click(who, "确认提交")


async def sign(world: World, number: str = JS, more: str = "") -> None:
    await world.say(
        "钱主任", f"/发布解释 {number}\n要点：转载也要审。\n解释正文：转载稿件同样一事一审。{more}"
    )
    await world.click("钱主任", "确认提交")


async def test_a_student_asks_and_the_centre_signs(world: World) -> None:
    await ask(world)

    assert world.titles("钱主任") == [f"待解释 {JS} 第八条 转载校外稿件也要保密审查吗？"]
    assert buttons(world.card("钱主任"))[:3] == ["发布解释", "退回", "不作解释"]

    await sign(world)

    assert (await request(JS)).state is State.RECORDED
    assert world.titles("陈同学")[-1] == f"已解释 {JS} 第八条 转载校外稿件也要保密审查吗？"
    assert f"要点：转载也要审。全文：/解释 {JS}。" in world.last("陈同学")


async def test_what_is_signed_stands_at_its_article_and_on_the_cards_of_its_steps(world: World) -> None:
    await ask(world)
    await submit(world)

    assert "另见解释" not in world.last("孙老师")

    await sign(world)
    await submit(world, 标题="另一篇")
    await world.say("林书记", "/条款 8")
    await world.say("何老师", f"/解释 {JS}")

    assert f"依据第八条，另见解释 {JS}。" in world.last("孙老师")
    assert f"解释 {JS} 第八条：转载也要审。（钱主任 签发，" in world.last("林书记")
    assert "草案" not in world.last("林书记")
    assert "转载稿件同样一事一审。" in world.last("何老师")
    assert "陈同学" not in world.last("何老师")


async def test_another_takes_the_place_of_an_older_one(world: World) -> None:
    await ask(world)
    await sign(world)
    await ask(world, "李老师")
    await sign(world, "JS-2026-0002", f"\n替代：{JS}")
    await world.say("何老师", f"/解释 {JS}")

    assert [one.number for one in await interpretations.valid()] == ["JS-2026-0002"]
    assert "已由 JS-2026-0002 替代，不再适用。" in world.last("何老师")


async def test_drafts_are_the_centres_and_never_shown_as_signed(world: World) -> None:
    await world.say("李老师", "/解释 草案")

    assert "草案由全媒体中心查看和签发。" in world.last("李老师")

    await world.say("李老师", "/解释 设置")

    assert "新媒体首次发布报中心：备案不满 30 天（草案 2，未签发）" in said(world, "李老师")

    await world.say("赵老师", "/条款 2")

    assert "草案 3（草案，未签发）第二条：属于，由其主办单位备案" in world.last("赵老师")

    await world.say("赵老师", "/解释 草案 2")
    await world.click("赵老师", "确认提交")
    await world.say("李老师", "/解释 设置")

    assert f"新媒体首次发布报中心：备案不满 30 天（{JS}）" in said(world, "李老师")
    assert (await request(JS)).outcome["signed_by"] == "1101"


async def test_a_clause_that_is_none_is_asked_again(world: World) -> None:
    await world.say("李老师", "/解释 61 网站新闻要审批吗？")

    assert "办法里没有这一条款" in world.last("李老师")

    await world.say("李老师", "条款：6(3)1")
    await world.click("李老师", "确认提交")

    assert (await request(JS)).form["clause"] == "第六条（三）1"
