"""A letter that reaches nobody is told of: also where the only administrator is whom nothing reaches."""

from functools import partial

from handlers.letters import notify
from storage import db, people
from tests.dialogues import telling
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


async def test_a_letter_that_vanishes_without_a_word_is_found(world: World) -> None:
    await tell(world, "李老师")
    await world.machine.writer.do(partial(db.run, "UPDATE letters SET state = 'dead', error = 'card: 1'"))
    found = await telling.untold()
    await world.machine.writer.do(partial(db.run, "UPDATE letters SET state = 'sent'"))

    assert found == ["say to 2104 on wecom: card: 1"]
