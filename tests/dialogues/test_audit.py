"""Whoever changes a request beside its trail is found out: numbers, states, versions, decisions."""

from contextlib import suppress

from handlers import audit
from storage import db
from storage.places import Break
from tests.faults.acts import handed_in
from tests.world import World

NUMBER = "FB-2026-0001"
STATE = "申请的状态、环节或版本与留痕不一致"
TEXT = "各版本的内容与留痕不一致"
SAID = "审批意见与留痕不一致"
UNREAD = "申请的内容无法读取"

BENT = (
    ("UPDATE requests SET state = 'awaiting_publish'", STATE),
    ("UPDATE requests SET version = 2", STATE),
    ("UPDATE requests SET applicant = '2105'", STATE),
    ("UPDATE requests SET form = replace(form, '特此公告', '特此更正')", TEXT),
    ("UPDATE versions SET form = replace(form, '特此公告', '特此更正')", TEXT),
    ("DELETE FROM versions", TEXT),
    ("UPDATE requests SET state = 'no state'", UNREAD),
    ("UPDATE requests SET chain = '[{}]'", UNREAD),
    ("UPDATE decisions SET reason = '改过的意见'", SAID),
    ("UPDATE decisions SET actor = '2102'", SAID),
    ("DELETE FROM decisions", SAID),
)


class Undone(Exception):
    """Nothing of what was bent stays."""


async def found(*bent: str) -> Break | None:
    """What is found after these changes, which are undone."""
    broken = None
    with suppress(Undone):
        async with db.transaction():
            for sql in bent:
                await db.run(sql)
            broken = await audit.verify()
            raise Undone
    return broken


async def test_what_is_changed_beside_the_trail_is_found(world: World) -> None:
    await handed_in(world)
    await world.say("孙老师", f"/同意 {NUMBER} 可以公开")

    assert await found() is None
    assert [await found(sql) for sql, _ in BENT] == [Break(NUMBER, 0, why) for _, why in BENT]


async def test_a_request_that_is_gone_is_missed(world: World) -> None:
    await handed_in(world)

    gone = "DELETE FROM requests"
    assert await found(gone) == Break(NUMBER, 0, "留痕还在，申请不见了")
    whole = ("DELETE FROM trail", "UPDATE trail_tree SET size = 0, peaks = ''")
    assert await found(gone, *whole) == Break(NUMBER, 0, "这个编号不见了")


async def test_a_seat_that_stayed_open_where_a_matter_ended_is_no_break(world: World) -> None:
    """Until 加签 came, what was withdrawn left a seat that was handed over as it was."""
    await handed_in(world)
    await world.say("孙老师", f"/同意 {NUMBER}")
    await world.say("王书记", f"/转办 {NUMBER} 吴副书记")
    await world.say("李老师", f"/撤回 {NUMBER}")

    assert await found("UPDATE requests SET chain = replace(chain, 'closed', 'open')") is None
    assert await found("UPDATE requests SET chain = replace(chain, 'closed', 'decided')") is not None
