"""Pressed cards, from the played platform through our side and back: what the presser sees."""

import asyncio
from dataclasses import replace

import pytest

from bot.platforms.base import Answer, Raw
from cards.card import Button, Card, Input, Option, Question, Reason
from cards.feishu import render
from handlers.events import Click, Event, Reply
from tests.wire.feishu_world import ASK, DONE, KEY, LIN, UNHURRIED, ZHOU, World, meaning, sender


@pytest.fixture
async def world() -> World:
    return await World().started()


async def decided(_event: Event) -> tuple[Reply, Card | None]:
    return Reply(toast="已同意"), DONE


async def test_a_click_gets_its_toast_and_its_new_card_at_once(world: World) -> None:
    world.decide = decided
    sent = await world.feishu.send(ZHOU, ASK, KEY)
    await world.sim.click(ZHOU, sent.message_id, "同意")
    shown = world.sim.find(ZHOU, sent.message_id)
    assert (shown.toast, shown.native, shown.version) == ("已同意", render(DONE, KEY), 2)
    expected = Click(
        **sender(ZHOU, world), act="approve", ref="FB-2026-0001", step="responsible", version=2, card=KEY
    )
    assert list(map(meaning, world.events)) == [expected]
    assert world.events[0] == replace(expected, key=world.events[0].key, message=sent.message_id)


async def test_of_two_presses_worked_on_at_once_the_earlier_draws_nothing_over_the_later(
    world: World,
) -> None:
    later = asyncio.Event()

    async def decide(event: Event) -> tuple[Reply, Card | None]:
        if len(world.events) == 1:
            await later.wait()
            return Reply(toast="还差理由"), ASK
        later.set()
        return Reply(toast="已同意"), DONE

    world.decide = decide
    sent = await world.feishu.send(ZHOU, ASK, KEY)
    await asyncio.gather(*(world.sim.click(ZHOU, sent.message_id, "同意") for _ in range(2)))

    assert world.sim.find(ZHOU, sent.message_id).native == render(DONE, KEY)


async def test_a_form_is_sent_with_what_was_filled_in_and_what_stood_there(world: World) -> None:
    asked = (
        Question("title", "标题", Input.LINE, value="旧题", required=True),
        Question("note", "附言", Input.TEXT),
        Question("source", "来源", Input.ONE, (Option("own", "原创"), Option("in", "校内转载"))),
        Question("kind", "种类", Input.ONE, (Option("a", "甲"),), "a"),
        Question("none", "无", Input.ONE, (Option("a", "甲"),)),
        Question("involves", "涉及", Input.MANY, (Option("a", "甲"), Option("b", "乙"))),
        Question("day", "日期", Input.DATE),
        Question("at", "时间", Input.DATETIME, value="2026-01-05 10:00"),
        Question("never", "时间", Input.DATETIME),
    )
    card = Card("发布", questions=asked, buttons=(Button("确认提交", "submit"),))
    sent = await world.feishu.send(LIN, card, KEY)
    filled = {"note": "一\n二", "source": "校内转载", "involves": ("a", "乙"), "day": "2026-01-05"}
    await world.sim.click(LIN, sent.message_id, "确认提交", filled)
    fields: dict[str, str | tuple[str, ...]] = {
        "title": "旧题",
        "note": "一\n二",
        "source": "in",
        "kind": "a",
        "involves": ("a", "b"),
        "day": "2026-01-05",
        "at": "2026-01-05 10:00",
    }
    expected = Click(**sender(LIN, world), act="submit", card=KEY, fields=fields)
    assert list(map(meaning, world.events)) == [expected]


async def test_a_reason_travels_with_the_decision(world: World) -> None:
    card = replace(ASK, reason=Reason("reason", "理由", ("不实",)))
    sent = await world.feishu.send(ZHOU, card, KEY)
    await world.sim.click(ZHOU, sent.message_id, "同意", {"reason": "可以"})
    assert [event.fields for event in world.events if isinstance(event, Click)] == [{"reason": "可以"}]


@pytest.mark.parametrize(("button", "fields"), [("不存在", {}), ("同意", {"nobody": "asked"})])
async def test_what_is_not_on_the_card_cannot_be_pressed(
    world: World, button: str, fields: dict[str, str]
) -> None:
    sent = await world.feishu.send(ZHOU, ASK, KEY)
    with pytest.raises(LookupError):
        await world.sim.click(ZHOU, sent.message_id, button, fields)


async def test_an_option_that_is_not_offered_cannot_be_chosen(world: World) -> None:
    asked = (Question("source", "来源", Input.ONE, (Option("own", "原创"),)),)
    sent = await world.feishu.send(LIN, replace(ASK, questions=asked), KEY)
    with pytest.raises(LookupError):
        await world.sim.click(LIN, sent.message_id, "同意", {"source": "别的"})


async def test_a_decided_recalled_or_old_card_cannot_be_pressed(world: World) -> None:
    decided_, recalled, old = [await world.feishu.send(ZHOU, ASK, letter * 32) for letter in "abc"]
    await world.feishu.update(ZHOU, decided_, DONE, "a" * 32)
    await world.feishu.recall(recalled)
    for sent in (decided_, recalled):
        with pytest.raises(LookupError):
            await world.sim.click(ZHOU, sent.message_id, "同意")
    world.clock.advance(days=14, seconds=1)
    with pytest.raises(LookupError):
        await world.sim.click(ZHOU, old.message_id, "同意")


async def test_somebody_else_may_press_a_forwarded_card_and_all_copies_change(world: World) -> None:
    world.decide = decided
    sent = await world.feishu.send(ZHOU, ASK, KEY)
    await world.sim.forward_click(LIN, ZHOU, sent.message_id, "同意")
    assert [event.accounts[0] for event in world.events if isinstance(event, Click)] == [LIN]
    assert (world.screen(LIN), world.screen(ZHOU)) == (["已同意 FB-2026-0001"], ["已同意 FB-2026-0001"])


async def test_slow_work_is_announced_and_the_card_is_repainted_when_it_is_done() -> None:
    world = await World(replace(UNHURRIED, answer_within=0.0)).started()
    go = asyncio.Event()

    async def slow(_event: Event) -> tuple[Reply, Card | None]:
        await go.wait()
        return Reply(toast="已同意"), DONE

    world.decide = slow
    sent = await world.feishu.send(ZHOU, ASK, KEY)
    await world.sim.click(ZHOU, sent.message_id, "同意")
    shown = world.sim.find(ZHOU, sent.message_id)
    assert (shown.toast, shown.native) == ("正在处理，稍后更新卡片", render(ASK, KEY))
    go.set()
    await world.feishu.stop()
    assert (shown.native, world.sim.calls[-1]) == (
        render(DONE, KEY),
        ("PATCH", f"/open-apis/im/v1/messages/{sent.message_id}"),
    )


async def test_slow_work_that_fails_leaves_the_card_as_it_is_and_says_so() -> None:
    world = await World(replace(UNHURRIED, answer_within=0.0)).started()

    async def failing(_event: Event) -> tuple[Reply, Card | None]:
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        raise RuntimeError

    world.decide = failing
    sent = await world.feishu.send(ZHOU, ASK, KEY)
    await world.sim.click(ZHOU, sent.message_id, "同意")
    await world.feishu.stop()
    assert world.sim.find(ZHOU, sent.message_id).native == render(ASK, KEY)
    assert "没有记录您的操作" in str(world.sim.screens[ZHOU][-1].native)


async def failing(_event: Event) -> tuple[Reply, Card | None]:
    raise RuntimeError


async def test_a_click_that_fails_tells_its_presser_that_nothing_was_recorded(world: World) -> None:
    world.decide = failing
    sent = await world.feishu.send(ZHOU, ASK, KEY)
    answer = await world.sim.click(ZHOU, sent.message_id, "同意")
    shown = world.sim.find(ZHOU, sent.message_id)
    assert (answer.status, shown.toast, shown.version) == (
        200,
        "系统繁忙，没有记录您的操作，请稍后再点一次。",
        1,
    )


ANSWERS: list[tuple[Answer | Exception, str]] = [
    (Answer(503), "操作失败（200671）"),
    (Answer(200, b"<html>"), "操作失败（200672）"),
    (Answer(200, b"[]"), "操作失败（200672）"),
    (Answer(200, b'{"toast":"x"}'), "操作失败（200672）"),
    (Answer(200, b'{"card":{"type":"raw","data":{"schema":"2.0","body":{}}}}'), "操作失败（200673）"),
    (Answer(200, b'{"card":{"type":"raw","data":{"elements":[]}}}'), "操作失败（200830）"),
    (ConnectionRefusedError(), "操作失败（200342）"),
    (TimeoutError(), "操作失败（200341）"),
    (Answer(200, b"{}"), ""),
]


@pytest.mark.parametrize(("answer", "toast"), ANSWERS)
async def test_a_bad_answer_to_a_click_leaves_the_card_and_shows_the_error(
    world: World, answer: Answer | Exception, toast: str
) -> None:
    sent = await world.feishu.send(ZHOU, ASK, KEY)

    async def deliver(_raw: Raw) -> Answer:
        if isinstance(answer, Exception):
            raise answer
        return answer

    world.sim.deliver = deliver
    await world.sim.click(ZHOU, sent.message_id, "同意")
    shown = world.sim.find(ZHOU, sent.message_id)
    assert (shown.toast, shown.native) == (toast, render(ASK, KEY))
