"""Much that is due at once is done in slices, between which others get their turn."""

import pytest

from handlers.reminders import remind
from handlers.rounds import opening
from storage import db
from tests.dialogues.posts import submit
from tests.world import World, words


@pytest.fixture(autouse=True)
def _narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remind, "SLICE", 2)
    monkeypatch.setattr(opening, "SLICE", 1)


async def test_what_is_due_to_one_person_in_several_slices_is_one_message(world: World) -> None:
    for n in range(5):
        await submit(world, 标题=f"第{n}篇")
    seen = {who: len(world.screen(who)) for who in ("孙老师", "王书记", "赵老师")}
    await world.tick(days=2, minutes=7)

    for who, before in seen.items():
        (only,) = world.screen(who)[before:]
        assert [n for n in range(5) if f"第{n}篇" in words(only)] == [0, 1, 2, 3, 4], words(only)


async def test_a_message_of_many_matters_names_the_first_and_counts_the_others(world: World) -> None:
    for n in range(7):
        await submit(world, 标题=f"第{n}篇")
    await world.tick(days=2, minutes=7)

    for who, rest in (("孙老师", "还有 2 件：/待办。"), ("赵老师", "另有 2 件抄送。")):
        assert world.titles(who)[-1] == "7 件事项请您关注"
        assert rest in world.last(who)
        assert [n for n in range(7) if f"第{n}篇" in world.last(who)] == [0, 1, 2, 3, 4]


async def test_somebody_on_two_platforms_keeps_one_message_of_the_slices(world: World) -> None:
    for n in range(3):
        await submit(world, "唐老师", 媒体="计算人", 标题=f"第{n}篇")
    await world.tick(days=1, minutes=7)

    told = await db.rows("SELECT person, count(*) AS n FROM letters WHERE state = 'queued' GROUP BY person")
    assert [dict(row) for row in told] == []


async def test_a_tick_opens_every_return_of_a_round(world: World) -> None:
    await world.say("赵老师", "/摸底 开始 11-23 12-31")
    await world.click("赵老师", "确认提交")
    await world.tick("rounds")

    assert await db.rows("SELECT unit FROM round_units WHERE request IS NULL") == []
