"""What reaches nobody, and what cannot be taken back, is told of."""

from functools import partial

import pytest

from bot.errands import FALLBACKS
from bot.platforms.base import Fault, Permanent, Sent
from handlers.letters import notify
from storage import db, outbox, people
from storage.letters import Letter, LetterKind
from storage.records import Platform
from tests.dialogues import telling
from tests.dialogues.posts import post
from tests.world import World


async def tell(world: World, name: str) -> None:
    [person] = await people.called(name)
    await world.machine.writer.do(partial(notify.tell, [person], "say", {"text": "请看"}, world.now))
    await world.settle()


async def test_of_the_only_administrator_the_centre_is_told(world: World) -> None:
    del world.wecom.people["zhao"]
    await tell(world, "赵老师")

    assert world.titles("钱主任") == ["有消息没能送达"]
    assert "发给 赵老师 的消息没能送达：账号不在应用的可见范围内" in world.last("钱主任")


async def test_where_a_message_cannot_be_taken_back_its_reader_is_asked_to_delete_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(_: Sent) -> None:
        raise Permanent(Fault.GONE, 230009, "refused")

    monkeypatch.setattr(world.machine.platforms[Platform.FEISHU], "recall", refuse)
    await world.say("何老师", post(正文="某型号发动机的推力参数。"))
    await world.say("何老师", "摘要：某型号发动机的推力参数。")
    await world.click("何老师", "有涉密情形")

    assert world.titles("何老师").count("请删除消息") == 1


async def test_each_conversation_with_what_stays_is_asked_about(world: World) -> None:
    refused = Permanent(Fault.GONE, 230009, "refused")
    for platform in (Platform.WECOM, Platform.FEISHU, Platform.FEISHU):
        made = outbox.new_id(world.now)
        stays = Letter(made, LetterKind.RECALL, platform, "2104", "x", "say", {}, created_at=world.now)
        await world.machine.writer.do(partial(FALLBACKS[LetterKind.RECALL], stays, refused, world.now))
    asked = await db.rows("SELECT platform FROM letters WHERE once LIKE 'unrecalled:%' ORDER BY platform")

    assert [row["platform"] for row in asked] == ["feishu", "wecom"]


async def test_a_letter_that_vanishes_without_a_word_is_found(world: World) -> None:
    await tell(world, "李老师")
    await world.machine.writer.do(partial(db.run, "UPDATE letters SET state = 'dead', error = 'card: 1'"))
    found = await telling.untold()
    await world.machine.writer.do(partial(db.run, "UPDATE letters SET state = 'sent'"))

    assert found == ["say to 2104 on wecom: card: 1"]
