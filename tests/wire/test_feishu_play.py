"""Our side and the played platform together: what people do, what is understood, what they then see."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from bot.platforms.base import Answer, Download, Fault, Passing, Permanent, Raw, Sent
from cards.card import Button, Card, Input, Option, Question, Reason, Style
from cards.feishu import render
from handlers.events import Click, Enter, Event, FileRef, Message, Reply
from storage.records import Platform
from tests.wire.feishu_world import LIN, UNHURRIED, ZHOU, World, nothing

KEY = "0123456789abcdef0123456789abcdef"
OTHER = "f" * 32
GROUP = "oc_group"
ASK = Card(
    "待审批 FB-2026-0001",
    buttons=(Button("同意", "approve", "FB-2026-0001", 1, 2, Style.PRIMARY), Button("查看", "show")),
)
DONE = Card("已同意 FB-2026-0001", closed="周明 已同意")


@pytest.fixture
async def world() -> World:
    return await World().started()


def meaning(event: Event) -> Event:
    """The event without what the platform numbers."""
    assert isinstance(event, Message | Click | Enter)
    return replace(event, key="", message="")


def sender(account: str, world: World) -> dict[str, Any]:
    ids = (account, account.removeprefix("ou_")[:8])
    return {"key": "", "platform": Platform.FEISHU, "accounts": ids, "at": world.clock()}


async def test_what_people_do_is_understood(world: World) -> None:
    await world.sim.say(LIN, "/发布\n媒体：机电之声")
    await world.sim.say(LIN, "/转办 FB-2026-0001 @周明")
    await world.sim.say(LIN, "/待办 @周明", chat=GROUP)
    await world.sim.enter(LIN)
    await world.sim.menu(LIN, "menu_inbox")
    lin = sender(LIN, world)
    assert list(map(meaning, world.events)) == [
        Message(**lin, text="/发布\n媒体：机电之声"),
        Message(**lin, text="/转办 FB-2026-0001 周明"),
        Message(**lin, text="/待办 周明", chat=GROUP),
        Enter(**lin),
        Message(**lin, text="/待办"),
    ]


async def test_a_file_is_announced_and_can_be_fetched(world: World) -> None:
    await world.sim.upload(LIN, "报价 单.pdf", b"%PDF")
    await world.sim.upload(LIN, "照片.png", b"\x89PNG", kind="image")
    files = [event.files[0] for event in world.events if isinstance(event, Message)]
    assert [(file.name, file.kind) for file in files] == [("报价 单.pdf", "file"), ("图片", "image")]
    fetched = [await world.feishu.fetch(file) for file in files]
    kind = "application/octet-stream"
    assert fetched == [Download(b"%PDF", kind, "报价 单.pdf"), Download(b"\x89PNG", kind, "照片.png")]


async def test_a_file_that_is_not_in_the_message_is_gone(world: World) -> None:
    await world.sim.say(LIN, "你好")
    message = world.sim.screens[LIN][0].id
    with pytest.raises(Permanent) as error:
        await world.feishu.fetch(FileRef("file_x", "x", "file", message))
    assert (error.value.fault, error.value.code) == (Fault.GONE, 234003)


async def test_a_card_is_sent_once_under_its_key_and_again_under_another(world: World) -> None:
    first = await world.feishu.send(ZHOU, ASK, KEY)
    again = await world.feishu.send(ZHOU, ASK, KEY)
    other = await world.feishu.send(ZHOU, ASK, OTHER)
    assert (first == again, first == other) == (True, False)
    assert world.screen(ZHOU) == ["待审批 FB-2026-0001", "待审批 FB-2026-0001"]
    assert world.sim.find(ZHOU, first.message_id).native == render(ASK, KEY)


async def test_a_card_reaches_a_person_by_user_id_too(world: World) -> None:
    await world.feishu.send("2b3c4d5e", ASK, KEY)
    assert world.screen(ZHOU) == ["待审批 FB-2026-0001"]


async def test_a_card_whose_answer_was_lost_is_not_shown_twice(world: World) -> None:
    world.sim.faults.lost = True
    with pytest.raises(Passing):
        await world.feishu.send(ZHOU, ASK, KEY)
    world.sim.faults.lost = False
    await world.feishu.send(ZHOU, ASK, KEY)
    assert world.screen(ZHOU) == ["待审批 FB-2026-0001"]


async def decided(_event: Event) -> tuple[Reply, Card | None]:
    return Reply(toast="已同意"), DONE


async def test_a_click_gets_its_toast_and_its_new_card_at_once(world: World) -> None:
    world.decide = decided
    sent = await world.feishu.send(ZHOU, ASK, KEY)
    await world.sim.click(ZHOU, sent.message_id, "同意")
    shown = world.sim.find(ZHOU, sent.message_id)
    assert (shown.toast, shown.native, shown.version) == ("已同意", render(DONE, KEY), 2)
    expected = Click(**sender(ZHOU, world), act="approve", ref="FB-2026-0001", step=1, version=2, card=KEY)
    assert list(map(meaning, world.events)) == [expected]
    assert world.events[0] == replace(expected, key=world.events[0].key, message=sent.message_id)


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


async def test_slow_work_that_fails_leaves_the_card_as_it_is() -> None:
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


async def failing(_event: Event) -> tuple[Reply, Card | None]:
    raise RuntimeError


async def test_a_click_that_fails_tells_its_presser_that_nothing_was_recorded(world: World) -> None:
    world.decide = failing
    sent = await world.feishu.send(ZHOU, ASK, KEY)
    answer = await world.sim.click(ZHOU, sent.message_id, "同意")
    shown = world.sim.find(ZHOU, sent.message_id)
    assert (answer.status, shown.toast, shown.version) == (
        200,
        "系统繁忙，没有记录您的操作，请稍后再点一次",
        1,
    )


async def test_an_event_that_fails_comes_again_under_the_same_key(world: World) -> None:
    world.decide = failing
    assert (await world.sim.say(LIN, "/待办")).status == 503
    assert (await world.sim.enter(LIN)).status == 503
    world.decide = nothing
    assert [answer.status for answer in await world.sim.redeliver()] == [200, 200]
    assert await world.sim.redeliver() == []
    assert world.events[:2] == world.events[2:]


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


async def test_the_address_is_verified(world: World) -> None:
    answer = await world.sim.verify_address()
    assert (answer.status, answer.body[:14]) == (200, b'{"challenge":"')


async def test_a_refused_request_is_answered_without_a_reason(world: World) -> None:
    world.sim.settings = replace(world.sim.settings, encrypt_key="another")
    assert await world.sim.say(LIN, "/待办") == Answer(400)
    assert world.events == []


async def test_an_unknown_event_is_answered_and_leaves_no_trace(world: World) -> None:
    answer = await world.sim._push("im.chat.disbanded_v1", {})
    assert (answer.status, answer.body, world.events) == (200, b"{}", [])


async def test_a_line_in_a_group_stands_under_the_message_and_mentions_nobody(world: World) -> None:
    await world.sim.say(ZHOU, "大家好", chat=GROUP)
    await world.sim.say(LIN, "/待办", chat=GROUP)
    message = world.sim.screens[LIN][0].id
    await world.feishu.say_in_group(GROUP, message, '已私信<at user_id="all"></at>', KEY)
    await world.feishu.say_in_group(GROUP, message, "同一封信", KEY)
    line = '已私信＜at user_id="all">＜/at>'
    assert (world.screen(LIN), world.screen(ZHOU)) == (["/待办", line], ["大家好", "/待办", line])


async def test_group_messages_are_ignored_until_the_bot_knows_itself(world: World) -> None:
    fresh = World()
    fresh.sim.faults.down = True
    await fresh.started()
    fresh.sim.faults.down = False
    assert (await fresh.sim.say(LIN, "/待办", chat=GROUP)).status == 200
    assert fresh.events == []
    await fresh.feishu.stop()
    await fresh.sim.say(LIN, "/待办", chat=GROUP)
    assert list(map(meaning, fresh.events)) == [Message(**sender(LIN, fresh), text="/待办", chat=GROUP)]


async def test_ready_learns_the_bot_and_raises_where_it_cannot() -> None:
    world = World()
    world.sim.faults.down = True
    with pytest.raises(Passing):
        await world.feishu.ready()
    world.sim.faults.down = False
    await world.feishu.ready()
    await world.feishu.ready()
    assert world.sim.calls[1:] == [
        ("POST", "/open-apis/auth/v3/tenant_access_token/internal"),
        ("GET", "/open-apis/bot/v3/info"),
    ]


@pytest.mark.parametrize(
    ("code", "fault"), [(230013, Fault.RECEIVER), (230031, Fault.GONE), (99991672, Fault.CONFIG)]
)
async def test_an_error_on_demand_fails_the_next_call_only(world: World, code: int, fault: Fault) -> None:
    world.sim.faults.next_codes.append(code)
    with pytest.raises(Permanent) as error:
        await world.feishu.send(ZHOU, ASK, KEY)
    assert (error.value.fault, error.value.code) == (fault, code)
    await world.feishu.send(ZHOU, ASK, KEY)
    assert world.screen(ZHOU) == ["待审批 FB-2026-0001"]


async def test_a_token_that_the_platform_forgot_is_fetched_once_more(world: World) -> None:
    world.sim.faults.next_codes.extend([99991663])
    await world.feishu.send(ZHOU, ASK, KEY)
    assert [path.rsplit("/", 1)[-1] for _, path in world.sim.calls[2:]] == [
        "messages",
        "internal",
        "messages",
    ]


async def test_tokens_are_renewed_before_they_end(world: World) -> None:
    for _ in range(8):
        world.clock.advance(minutes=29)
        await world.feishu.recall(await world.feishu.send(ZHOU, ASK, f"{world.clock().timestamp():.0f}"))
    fetched = [path for _, path in world.sim.calls if path.endswith("/internal")]
    assert len(fetched) == 3


async def test_the_platform_over_its_limit_is_left_alone_for_as_long_as_it_says(world: World) -> None:
    world.sim.faults.limited = True
    with pytest.raises(Passing) as error:
        await world.feishu.send(ZHOU, ASK, KEY)
    assert (error.value.after, error.value.whole) == (3.0, True)


@pytest.mark.parametrize(("limit", "whole"), [("app_per_second", True), ("user_per_second", False)])
async def test_the_played_limits_follow_the_clock(world: World, limit: str, whole: bool) -> None:
    setattr(world.sim, limit, 2)
    for letter in "ab":
        await world.feishu.send(ZHOU, ASK, letter * 32)
    with pytest.raises(Passing) as error:
        await world.feishu.send(ZHOU, ASK, "c" * 32)
    assert error.value.whole is whole
    world.clock.advance(seconds=1)
    await world.feishu.send(ZHOU, ASK, "c" * 32)
    assert len(world.screen(ZHOU)) == 3


async def test_a_repaint_reaches_the_card_for_fourteen_days(world: World) -> None:
    sent = await world.feishu.send(ZHOU, ASK, KEY)
    world.clock.advance(days=14)
    await world.feishu.update(ZHOU, sent, DONE, KEY)
    assert world.screen(ZHOU) == ["已同意 FB-2026-0001"]
    world.clock.advance(seconds=1)
    with pytest.raises(Permanent) as error:
        await world.feishu.update(ZHOU, sent, ASK, KEY)
    assert (error.value.fault, error.value.code) == (Fault.GONE, 230031)


async def test_a_recalled_message_is_gone_and_may_be_recalled_again(world: World) -> None:
    sent = await world.feishu.send(ZHOU, ASK, KEY)
    await world.feishu.recall(sent)
    await world.feishu.recall(sent)
    assert world.sim.find(ZHOU, sent.message_id).recalled
    with pytest.raises(Permanent) as error:
        await world.feishu.update(ZHOU, sent, DONE, KEY)
    assert (error.value.fault, error.value.code) == (Fault.GONE, 230011)


async def test_an_unknown_person_cannot_be_reached(world: World) -> None:
    for account in ("ou_nobody", "nobody", ""):
        with pytest.raises(Permanent) as error:
            await world.feishu.send(account, ASK, KEY)
        assert error.value.fault is Fault.RECEIVER


async def test_a_message_without_an_id_is_gone(world: World) -> None:
    with pytest.raises(Permanent) as error:
        await world.feishu.update(ZHOU, Sent(""), DONE, KEY)
    assert error.value.fault is Fault.GONE


async def test_a_wrong_secret_is_a_matter_of_settings() -> None:
    world = World()
    world.sim.settings = replace(world.sim.settings, app_secret="another")
    await world.started()
    with pytest.raises(Permanent) as error:
        await world.feishu.send(ZHOU, ASK, KEY)
    assert (error.value.fault, error.value.code) == (Fault.CONFIG, 10014)
