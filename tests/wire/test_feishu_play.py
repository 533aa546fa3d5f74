"""Our side and the played platform together: what people do, what is understood, what they then see."""

from dataclasses import replace

import pytest

from bot.platforms.base import Answer, Download, Fault, Passing, Permanent, Sent
from cards.card import Card
from cards.feishu import render
from handlers.events import Enter, Event, FileRef, Message, Reply
from tests.wire.feishu_world import ASK, DONE, GROUP, KEY, LIN, OTHER, ZHOU, World, meaning, nothing, sender


@pytest.fixture
async def world() -> World:
    return await World().started()


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


async def failing(_event: Event) -> tuple[Reply, Card | None]:
    raise RuntimeError


async def test_an_event_that_fails_comes_again_under_the_same_key(world: World) -> None:
    world.decide = failing
    assert (await world.sim.say(LIN, "/待办")).status == 503
    assert (await world.sim.enter(LIN)).status == 503
    world.decide = nothing
    assert [answer.status for answer in await world.sim.redeliver()] == [200, 200]
    assert await world.sim.redeliver() == []
    assert world.events[:2] == world.events[2:]


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
    assert (world.screen(LIN), world.screen(ZHOU)) == (
        ["@全媒审批 /待办", line],
        ["@全媒审批 大家好", "@全媒审批 /待办", line],
    )
    assert [s.sender for s in world.sim.screens[ZHOU]] == [ZHOU, LIN, ""]


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
