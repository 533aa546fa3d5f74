"""Our side of WeCom: tokens, what is sent once, what is repainted, and callbacks."""

from dataclasses import replace

import pytest

from bot.platforms.base import Answer, Fault, Passing, Permanent, Refused, Sent
from bot.platforms.wecom import Wecom
from bot.platforms.wecom_pace import Pace
from cards.card import Button, Card, Row, Tone
from handlers.events import Enter, FileRef, Message
from storage.records import Platform
from tests.wire.wecom_samples import NOW, SETTINGS, sample
from tests.wire.wecom_world import Clock, Line, World, said

KEY = "0123456789abcdef0123456789abcdef"
OTHER = "fedcba9876543210fedcba9876543210"
ASK = Card(
    "待审批 FB-2026-0001", Tone.WAITING, "待审批", buttons=(Button("同意", "approve", "7", "responsible", 1),)
)
DONE = Card("已同意 FB-2026-0001", Tone.DONE, closed="陈墨已同意")
TOKEN = said(sample("out-gettoken")["response"]["body"])


@pytest.fixture
def world() -> World:
    return World()


def request_of(line: Line) -> dict[str, object]:
    method, url, query, body = line.asked[-1]
    path = url.removeprefix(SETTINGS.base_url)
    return {"method": method, "path": path, "query": query, "body": body}


def expected(name: str, *fields: str) -> dict[str, object]:
    """A sample's request; of its body what we say as well."""
    request = sample(name)["request"]
    body = {field: request["body"][field] for field in fields} if fields else request["body"]
    return {"method": request["method"], "path": request["path"], "query": request["query"], "body": body}


async def test_a_text_is_sent_as_documented() -> None:
    line = Line(TOKEN, said(sample("out-message_send-text")["response"]["body"]))

    sent = await Wecom(SETTINGS, line, Clock()).send("chenmo", Card("你有 2 条待审批单据"), KEY)

    said_by_us = request_of(line)
    body = said_by_us["body"]
    assert isinstance(body, dict)
    assert 1800 <= body.pop("duplicate_check_interval") <= 14400
    assert body.pop("text") == {"content": "【你有 2 条待审批单据】"}
    assert said_by_us == expected(
        "out-message_send-text", "touser", "msgtype", "agentid", "enable_duplicate_check"
    )
    assert sent == Sent("msgFICTIONAL--message-send-text")


async def test_a_card_is_sent_as_documented_and_its_code_kept() -> None:
    line = Line(TOKEN, said(sample("out-message_send-button_interaction")["response"]["body"]))

    sent = await Wecom(SETTINGS, line, Clock()).send("chenmo", ASK, KEY)

    said_by_us = request_of(line)
    body = said_by_us["body"]
    assert isinstance(body, dict)
    body.pop("duplicate_check_interval")
    assert body.pop("template_card") == {
        "card_type": "button_interaction",
        "source": {"desc": "待审批", "desc_color": 1},
        "main_title": {"title": "待审批 FB-2026-0001"},
        "button_list": [{"text": "同意", "style": 4, "key": "approve|7|responsible|1"}],
        "task_id": KEY,
    }
    assert said_by_us == expected(
        "out-message_send-button_interaction", "touser", "msgtype", "agentid", "enable_duplicate_check"
    )
    assert sent == Sent("msgFICTIONAL-button-interaction", "rcSENDFICTIONAL0002")


async def test_a_repaint_is_asked_for_as_documented() -> None:
    line = Line(TOKEN, said(sample("out-update_template_card-button_interaction")["response"]["body"]))
    sent = Sent("msg", "rcFICTIONAL000000000000000000000000000001")

    await Wecom(SETTINGS, line, Clock()).update("chenmo", sent, DONE, KEY)

    said_by_us = request_of(line)
    body = said_by_us["body"]
    assert isinstance(body, dict)
    assert body.pop("template_card")["replace_text"] == "陈墨已同意"
    assert said_by_us == expected(
        "out-update_template_card-button_interaction", "userids", "agentid", "response_code"
    )


async def test_a_recall_is_asked_for_as_documented() -> None:
    line = Line(TOKEN, said(sample("out-message_recall")["response"]["body"]))

    await Wecom(SETTINGS, line, Clock()).recall(Sent("msgFICTIONAL-0001"))

    assert request_of(line) == expected("out-message_recall")


async def test_the_menu_has_the_four_commands() -> None:
    line = Line(TOKEN, said(sample("out-menu_create")["response"]["body"]))

    await Wecom(SETTINGS, line, Clock()).create_menu()

    assert request_of(line) == expected("out-menu_create") | {
        "query": {"access_token": "ACCESSTOKEN_FICTIONAL_0001", "agentid": "1000017"},
        "body": {
            "button": [
                {"type": "click", "name": "待办", "key": "menu.inbox"},
                {"type": "click", "name": "发布", "key": "menu.publish"},
                {
                    "name": "更多",
                    "sub_button": [
                        {"type": "click", "name": "我的", "key": "menu.mine"},
                        {"type": "click", "name": "帮助", "key": "menu.help"},
                    ],
                },
            ]
        },
    }


async def test_a_letter_whose_answer_was_lost_arrives_once(world: World) -> None:
    await world.wecom.ready()
    world.sim.faults.lost = True
    with pytest.raises(Passing):
        await world.wecom.send("chenmo", ASK, KEY)
    world.sim.faults.lost = False

    again = await world.wecom.send("chenmo", ASK, KEY)

    assert len(world.screen("chenmo")) == 1
    assert again == Sent("")


async def test_equal_texts_of_two_letters_both_arrive(world: World) -> None:
    for key in (KEY, KEY, OTHER):
        await world.wecom.send("liwei", Card("你没有待办"), key)

    assert [shown.text for shown in world.screen("liwei")] == ["【你没有待办】"] * 2


async def test_a_long_text_arrives_in_parts_once_each(world: World) -> None:
    card = Card("条款", text="第六条 " * 600)

    first = await world.wecom.send("liwei", card, KEY)
    await world.wecom.send("liwei", card, KEY)

    assert [shown.text[:5] for shown in world.screen("liwei")] == ["（1/3）", "（2/3）", "（3/3）"]
    assert first == Sent(world.screen("liwei")[0].id)


@pytest.mark.parametrize("account", ["", "@all", "liwei|chenmo"])
async def test_a_letter_goes_to_one_member_only(world: World, account: str) -> None:
    with pytest.raises(Permanent) as failure:
        await world.wecom.send(account, Card("提醒"), KEY)

    assert failure.value.fault == Fault.RECEIVER
    assert world.sim.calls == []


async def test_a_member_is_never_written_to_faster_than_the_platform_delivers(world: World) -> None:
    keys = iter(f"{number:032x}" for number in range(1000))
    sent = 0
    for _ in range(3):
        try:
            for key in keys:
                await world.wecom.send("liwei", Card("提醒"), key)
                sent += 1
        except Passing as full:
            world.clock.move(seconds=full.after or 0)

    assert sent == 3 * 28
    assert len(world.screen("liwei")) == sent


def test_members_not_written_to_for_an_hour_are_forgotten() -> None:
    clock = Clock()
    pace = Pace(clock)
    for account in ("liwei", "chenmo", "LiWei"):
        pace.take(account)
        clock.move(minutes=20)
    assert len(pace) == 2

    clock.move(minutes=20)
    pace.take("sunyu")

    assert len(pace) == 2


async def test_another_member_is_not_kept_waiting(world: World) -> None:
    for number in range(28):
        await world.wecom.send("liwei", Card("提醒"), f"{number:032x}")

    await world.wecom.send("ChenMo", Card("提醒"), KEY)

    assert len(world.screen("chenmo")) == 1


async def test_a_decision_repaints_the_card(world: World) -> None:
    sent = await world.wecom.send("chenmo", ASK, KEY)

    await world.wecom.update("chenmo", sent, DONE, KEY)

    (shown,) = world.screen("chenmo")
    assert shown.native is not None
    assert (shown.native["replace_text"], shown.version) == ("陈墨已同意", 2)


@pytest.mark.parametrize("hours", [0, 72])
async def test_a_code_that_was_used_or_is_too_old_is_gone(world: World, hours: int) -> None:
    sent = await world.wecom.send("chenmo", ASK, KEY)
    if not hours:
        await world.wecom.update("chenmo", sent, DONE, KEY)
    world.clock.move(hours=hours)

    with pytest.raises(Permanent) as failure:
        await world.wecom.update("chenmo", sent, DONE, KEY)

    assert failure.value.fault == Fault.GONE


async def test_a_code_spent_by_a_try_whose_answer_was_lost_is_a_success(world: World) -> None:
    sent = await world.wecom.send("chenmo", ASK, KEY)
    world.sim.faults.lost = True
    with pytest.raises(Passing):
        await world.wecom.update("chenmo", sent, DONE, KEY)
    world.sim.faults.lost = False

    await world.wecom.update("chenmo", sent, DONE, KEY)

    assert world.screen("chenmo")[0].version == 2


async def test_a_message_without_a_code_or_an_id_cannot_be_changed(world: World) -> None:
    for change in (world.wecom.update("chenmo", Sent("m"), DONE, KEY), world.wecom.recall(Sent(""))):
        with pytest.raises(Permanent) as failure:
            await change
        assert failure.value.fault == Fault.GONE
    assert world.sim.calls == []


async def test_a_repaint_for_somebody_else_is_told() -> None:
    line = Line(TOKEN, said({"errcode": 0, "invaliduser": ["chenmo"]}))

    with pytest.raises(Permanent) as failure:
        await Wecom(SETTINGS, line, Clock()).update("chenmo", Sent("m", "rc"), DONE, KEY)

    assert failure.value.fault == Fault.RECEIVER


async def test_a_message_can_be_taken_back_for_a_day(world: World) -> None:
    sent = await world.wecom.send("chenmo", Card("提醒"), KEY)
    await world.wecom.recall(sent)
    assert world.screen("chenmo")[0].recalled

    world.clock.move(hours=24)
    with pytest.raises(Permanent) as failure:
        await world.wecom.recall(sent)
    assert failure.value.fault == Fault.GONE


async def test_nothing_is_said_in_groups(world: World) -> None:
    with pytest.raises(Permanent) as failure:
        await world.wecom.say_in_group("chat", "m", "text", KEY)

    assert failure.value.fault == Fault.RECEIVER


async def test_a_picture_is_fetched_with_its_name_and_type(world: World) -> None:
    await world.sim.upload("liwei", "封面.jpg", b"\xff\xd8picture", "image")
    (event,) = world.heard
    assert isinstance(event, Message)

    download = await world.wecom.fetch(event.files[0])

    assert (download.content, download.media_type) == (b"\xff\xd8picture", "image/jpeg")
    assert download.name == "封面.jpg"


async def test_a_picture_is_gone_after_three_days(world: World) -> None:
    await world.sim.upload("liwei", "a.jpg", b"picture", "image")
    (event,) = world.heard
    assert isinstance(event, Message)
    world.clock.move(days=3)

    with pytest.raises(Permanent) as failure:
        await world.wecom.fetch(event.files[0])

    assert failure.value.fault == Fault.GONE


async def test_a_page_instead_of_a_picture_passes() -> None:
    line = Line(TOKEN, Answer(200, b"<html>", {"content-type": "text/html"}))

    with pytest.raises(Passing):
        await Wecom(SETTINGS, line, Clock()).fetch(FileRef("media", "图片", "image"))


async def test_the_address_check_is_echoed(world: World) -> None:
    assert await world.sim.check_address() == Answer(
        body=b"5823391047116640001", headers={"content-type": "text/plain"}
    )


async def test_a_callback_is_handed_over_and_answered_empty(world: World) -> None:
    answer = await world.sim.enter("ChenMo")

    (event,) = world.heard
    assert answer == Answer()
    assert event == Enter(key=event.key, platform=Platform.WECOM, accounts=("chenmo",), at=NOW)


async def test_an_event_that_could_not_be_taken_comes_again_under_its_key(world: World) -> None:
    world.fails = True
    assert (await world.sim.say("liwei", "/待办")).status == 503
    world.fails = False

    assert [answer.status for answer in await world.sim.redeliver()] == [200]
    (event,) = world.heard
    assert isinstance(event, Message)
    assert (event.text, event.accounts) == ("/待办", ("liwei",))


async def test_a_callback_of_another_corp_is_refused(world: World) -> None:
    stranger = Wecom(replace(SETTINGS, corp_id="ww-stranger"), world.sim, world.clock)
    world.sim.deliver = lambda raw: stranger.receive(raw, world.submit, world.clock())

    with pytest.raises(Refused):
        await world.sim.say("liwei", "/待办")

    assert world.heard == []
    assert stranger.name == Platform.WECOM


async def test_rows_reach_the_screen_as_they_are(world: World) -> None:
    await world.wecom.send("liwei", replace(ASK, rows=(Row("媒体", "机电之声"),)), KEY)

    native = world.screen("liwei")[0].native
    assert native is not None
    assert native["horizontal_content_list"] == [{"keyname": "媒体", "value": "机电之声"}]
