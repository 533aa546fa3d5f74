"""/再发: from one's own request that has ended, a new one, filled in, which names the old."""

import pytest

from storage import drafts, trail
from storage.records import State
from tests.dialogues.posts import pass_all, pass_review, request, submit
from tests.world import World, buttons, title, words

OLD, NEW = "FB-2026-0001", "FB-2026-0002"
BOTH = pytest.mark.parametrize("who", ["李老师", "何老师"])
"""An author in WeCom and one in Feishu."""


@BOTH
async def test_a_withdrawn_post_is_sent_again_by_button_with_a_new_number(world: World, who: str) -> None:
    await submit(world, who)
    await world.click(who, "撤回")
    old = world.card(who, "再发一份")

    assert buttons(old) == ["再发一份", "查看"]

    await world.click(who, "再发一份")

    assert title(old) == f"已撤回 {OLD} 学院更名"

    await world.click(who, "确认提交")
    anew, before = await request(NEW), await request(OLD)

    assert (anew.state, before.state) == (State.IN_REVIEW, State.WITHDRAWN)
    assert (anew.title, anew.form["body"], anew.version) == (before.title, before.form["body"], 1)
    assert (await trail.of(NEW))[0].note.startswith(f"再发自 {OLD}；")

    await world.say(who, f"/查询 {NEW}")

    assert f"再发自 {OLD}" in words(world.screen(who)[-1])


@BOTH
async def test_the_command_opens_one_draft_however_often_it_is_sent(world: World, who: str) -> None:
    await submit(world, who)
    await world.say("孙老师", f"/不同意 {OLD} 不宜公开")
    await world.say(who, f"/再发 {OLD}")
    await world.say(who, f"/再发 {OLD}")

    assert len(await drafts.open_of(world.member(who).id)) == 1


async def test_its_preview_says_from_what_it_was_begun(world: World) -> None:
    await submit(world)
    await world.say("李老师", "/撤回 FB-2026-0001")
    await world.say("李老师", "/再发 FB-2026-0001")

    assert "照 FB-2026-0001 另拟的一份，提交后用新编号。" in world.last("李老师")


async def test_what_is_not_ones_own_or_has_not_ended_is_not_sent_again(world: World) -> None:
    await pass_review(world)
    for who, why in (("何老师", "只有申请人能再发"), ("李老师", "现在是“审批中”，不用再发")):
        await world.say(who, f"/再发 {OLD}")
        assert why in world.last(who)


async def test_what_was_erased_for_secrecy_cannot_be_sent_again(world: World) -> None:
    await submit(world)
    await world.say("孙老师", f"/退回 {OLD} 请核对")
    await world.say("李老师", f"/修改 {OLD}")
    await world.click("李老师", "有涉密情形")
    await world.say("李老师", f"/再发 {OLD}")

    assert (await request()).state is State.STOPPED
    assert "内容已删除，不能再发（第八条）" in world.last("李老师")


async def test_after_the_receipt_and_after_voiding_a_post_is_sent_again_without_a_time_that_is_over(
    world: World,
) -> None:
    await pass_all(world, 发布时间="2026-11-24 10:00")
    await world.say("李老师", f"/作废 {OLD} 活动取消")
    world.step(3 * 86400)
    await world.say("李老师", f"/再发 {OLD}")
    await world.click("李老师", "确认提交")

    assert "planned_at" not in (await request(NEW)).form
