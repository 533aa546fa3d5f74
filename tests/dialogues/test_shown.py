"""What somebody was last shown of a request: what was true when it left, and had arrived by then."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime

import pytest

from handlers.letters import notify
from storage import db, outbox
from storage.letters import LetterKind
from storage.records import Platform
from tests.dialogues.posts import post, request, submit
from tests.faults.acts import pass_time
from tests.world import World

NUMBER = "FB-2026-0001"
REVIEW, FIRST = "review", "responsible"
SUN, WANG, LI, WU, LIN = "2103", "2101", "2104", "2102", "2201"
BOTH = pytest.mark.parametrize("platform", list(Platform))
ASKED = {Platform.FEISHU: ("孙老师", SUN), Platform.WECOM: ("林书记", LIN)}
STEPS = {Platform.FEISHU: REVIEW, Platform.WECOM: FIRST}
REFUSES = {Platform.FEISHU: 230013, Platform.WECOM: 81013}


async def shown(world: World, person: str, by: datetime | None = None) -> outbox.Shown | None:
    """Which step of which version."""
    return await outbox.last_shown(person, (await request()).id, by or world.now)


async def handed_in(world: World, platform: Platform, broken: Callable[[], object]) -> str:
    """A post for somebody who is on that platform alone, which breaks before the post is handed in."""
    await world.machine.writer.do(lambda: db.run("UPDATE people SET feishu = NULL WHERE id = ?", LIN))
    theirs = {"媒体": "计算人"} if platform is Platform.WECOM else {}
    author = "唐老师" if theirs else "李老师"
    await world.say(author, post(**theirs))
    broken()
    await world.click(author, "确认提交")
    return ASKED[platform][1]


async def revise(world: World) -> None:
    """李老师 hands in another version of what was returned."""
    await world.say("李老师", f"/修改 {NUMBER}")
    await world.say("李老师", "正文：经学校批准，机电工程学院今日更名。")
    await world.click("李老师", "确认提交")


def put(world: World, kind: LetterKind) -> Callable[[], Awaitable[None]]:
    """A letter that repaints 孙老师's newest card, or takes it back."""

    async def work() -> None:
        card = [one for one in await outbox.copies((await request()).id) if one.person == SUN][-1]
        await outbox.put([replace(notify.update_of(card, world.now), kind=kind)])

    return work


async def test_a_card_is_shown_from_its_arrival_on_to_whom_it_came(world: World) -> None:
    before = world.now
    await submit(world)

    assert (await shown(world, SUN), await shown(world, SUN, before)) == ((REVIEW, 1), None)
    assert [await shown(world, person) for person in (WANG, LI)] == [None, None]

    arrived = world.now
    await world.click("孙老师", "审查通过")

    assert (await shown(world, WANG), await shown(world, WANG, arrived)) == ((FIRST, 1), None)
    assert await shown(world, SUN) == (REVIEW, 1)


@BOTH
async def test_a_card_that_is_still_under_way_was_not_shown(world: World, platform: Platform) -> None:
    sim = getattr(world, platform)
    asked = await handed_in(world, platform, lambda: setattr(sim.faults, "down", True))
    meanwhile = world.now
    assert await shown(world, asked) is None

    sim.faults.down = False
    await pass_time(world, 60)

    assert (await shown(world, asked), await shown(world, asked, meanwhile)) == ((STEPS[platform], 1), None)


@BOTH
async def test_a_card_that_could_not_be_delivered_was_not_shown(world: World, platform: Platform) -> None:
    sim = getattr(world, platform)
    asked = await handed_in(world, platform, lambda: None)
    await world.machine.writer.do(lambda: db.run("DELETE FROM letters WHERE person = ?", asked))
    sim.faults.next_codes.append(REFUSES[platform])
    await world.say(ASKED[platform][0], f"/查询 {NUMBER}", on=platform)

    assert [letter.person for letter in await outbox.dead()] == [asked]
    assert await shown(world, asked) is None


async def test_one_platform_is_enough(world: World) -> None:
    world.feishu.faults.down = True
    await submit(world, "唐老师", 媒体="计算人")

    assert await shown(world, LIN) == (FIRST, 1)


async def test_until_the_card_of_the_new_version_comes_the_old_one_was_shown_last(world: World) -> None:
    await submit(world)
    await world.click("孙老师", "退回", reason="请补主语")
    world.feishu.faults.down = True
    await revise(world)
    assert await shown(world, SUN) == (REVIEW, 1)

    world.feishu.faults.down = False
    await pass_time(world, 60)

    assert await shown(world, SUN) == (REVIEW, 2)


async def test_a_page_that_was_asked_for_shows_what_is_true_when_it_leaves(world: World) -> None:
    await submit(world)
    await world.click("孙老师", "退回", reason="请补主语")
    world.feishu.faults.down = True
    await world.say("孙老师", f"/查询 {NUMBER}")
    await revise(world)
    sql = "UPDATE letters SET state = 'skipped' WHERE template = 'approval' AND state = 'queued'"
    await world.machine.writer.do(lambda: db.run(sql))

    world.feishu.faults.down = False
    await pass_time(world, 60)

    assert "第 2 版" in world.last("孙老师")
    assert await shown(world, SUN) == (REVIEW, 2)


@pytest.mark.parametrize("words", [f"/查询 {NUMBER}", f"/查询 {NUMBER} 全文"])
@pytest.mark.parametrize(("who", "person", "seen"), [("高书记", "1001", None), ("孙老师", SUN, (REVIEW, 1))])
async def test_a_page_shows_the_matter_to_whom_it_shows_the_text(
    world: World, words: str, who: str, person: str, seen: outbox.Shown | None
) -> None:
    await submit(world)
    await world.machine.writer.do(lambda: db.run("UPDATE letters SET shown_version = NULL"))
    await world.say(who, words)

    assert await shown(world, person) == seen


async def test_a_page_whose_first_try_was_not_answered_is_repainted_and_shows_what_is_true(
    world: World,
) -> None:
    await submit(world)
    await world.click("孙老师", "退回", reason="请补主语")
    await revise(world)
    await world.machine.writer.do(lambda: db.run("UPDATE letters SET shown_version = NULL"))
    world.feishu.faults.lost = True
    await world.say("孙老师", f"/查询 {NUMBER}")
    world.feishu.faults.lost = False
    await pass_time(world, 60)

    assert world.titles("孙老师")[-1] == f"审批中 {NUMBER} 学院更名"
    assert await shown(world, SUN) == (REVIEW, 2)


async def test_the_card_of_a_step_whose_first_try_was_not_answered_shows_that_step(world: World) -> None:
    await world.say("李老师", post())
    world.feishu.faults.lost = True
    await world.click("李老师", "确认提交")
    world.feishu.faults.lost = False
    await pass_time(world, 60)

    assert await shown(world, SUN) == (REVIEW, 1)


async def test_what_a_repaint_shows_was_shown_and_what_was_taken_back_was_not(world: World) -> None:
    await submit(world)
    await world.machine.writer.do(lambda: db.run("UPDATE letters SET shown_version = NULL"))
    await world.machine.writer.do(put(world, LetterKind.UPDATE))
    await world.settle()
    assert await shown(world, SUN) == (REVIEW, 1)

    await world.machine.writer.do(put(world, LetterKind.RECALL))
    await world.settle()

    assert world.titles("孙老师") == []
    assert await shown(world, SUN) is None


async def test_a_step_that_is_over_is_not_shown_by_its_last_coat(world: World) -> None:
    await submit(world)
    await world.machine.writer.do(lambda: db.run("UPDATE letters SET shown_version = NULL"))
    await world.click("孙老师", "审查通过")

    assert await shown(world, SUN) is None
