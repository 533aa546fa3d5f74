"""A step that all whom its role has decide together: the examiners of topics, here by 会签 and 票签."""

from dataclasses import replace

import pytest

from handlers.cases import rerouting
from handlers.processes import topic
from storage import db, trail
from storage.records import State
from storage.steps import Step, Way
from tests.dialogues.posts import request
from tests.dialogues.test_topic import NUMBER, TOPIC, examiner
from tests.world import World, words


async def at_the_examiners(
    world: World, monkeypatch: pytest.MonkeyPatch, way: Way, *names: str, need: int = 0
) -> None:
    """李老师's topic, which these examine together."""
    plain = topic.topic_chain

    def chain(unit: str, *, applicant_is_responsible: bool, press: str) -> tuple[Step, ...]:
        first, last = plain(unit, applicant_is_responsible=applicant_is_responsible, press=press)
        return first, replace(last, way=way, need=need)

    monkeypatch.setattr(topic, "topic_chain", chain)
    for name in names:
        await examiner(name)
    await world.say("李老师", TOPIC)
    await world.click("李老师", "确认提交")
    await world.click("王书记", "同意")


async def loses_the_role(world: World, person: str) -> None:
    await db.run("DELETE FROM person_roles WHERE person = ?", person)
    async with db.transaction():
        await rerouting.all_open(f"{person} has lost a role", world.now)
    await world.settle()


async def test_all_examiners_agree_and_each_sees_how_far_it_is(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await at_the_examiners(world, monkeypatch, Way.ALL, "唐老师", "何老师")

    assert "这一步 2 人会签，都同意才通过；已有 0 人同意。" in words(world.card("唐老师", "审查通过"))

    await world.click("唐老师", "审查通过")
    await world.say("唐老师", f"/同意 {NUMBER}")

    assert "您已于11月23日（周一）09:00审查通过，不需要再办。" in world.last("唐老师")
    assert "已有 1 人同意" in words(world.card("何老师", "审查通过"))

    await world.say("李老师", f"/查询 {NUMBER}")

    assert "系统 请 何老师、唐老师 会签 · 11月23日（周一）09:00\n唐老师 审查通过" in world.last("李老师")

    await world.say("李老师", f"/为什么 {NUMBER}")

    assert "\u3000这一步 2 人会签，都同意才通过；已有 1 人同意。" in world.last("李老师")

    await world.click("何老师", "审查通过")

    assert (await request(NUMBER)).state is State.RECORDED


async def test_one_return_ends_it_and_the_others_have_nothing_to_do(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await at_the_examiners(world, monkeypatch, Way.ALL, "唐老师", "何老师")
    await world.say("唐老师", f"/退回 {NUMBER} 简介太短")

    assert (await request(NUMBER)).state is State.RETURNED
    assert world.titles("何老师") == [f"已办 {NUMBER} 机器人学导论"]
    assert "唐老师已退回。请申请人修改后重新提交。" in world.last("何老师")

    await world.say("唐老师", f"/拿回 {NUMBER}")

    assert (await request(NUMBER)).state is State.IN_REVIEW
    assert words(world.card("何老师", "审查通过"))


async def test_of_three_votes_two_pass_and_a_refusal_alone_ends_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await at_the_examiners(world, monkeypatch, Way.VOTE, "唐老师", "何老师", "周老师", need=2)
    await world.say("唐老师", f"/退回 {NUMBER} 简介太短")

    assert world.last("唐老师").endswith("这一步 3 人票签，2 票同意即通过；同意 0 票，不同意 1 票。")

    await world.click("何老师", "审查通过")
    await world.click("周老师", "审查通过")

    assert (await request(NUMBER)).state is State.RECORDED


async def test_who_loses_the_role_has_no_vote_and_nothing_passes_by_that(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await at_the_examiners(world, monkeypatch, Way.ALL, "唐老师", "何老师")
    await world.click("唐老师", "审查通过")
    await loses_the_role(world, "2105")

    assert (await request(NUMBER)).state is State.IN_REVIEW
    assert [entry.act for entry in await trail.of(NUMBER)][-2:] == ["reroute", "convene"]
    assert "这一步 1 人会签" in words(world.card("唐老师", "审查通过"))

    await loses_the_role(world, "2202")
    await world.say("李老师", f"/查询 {NUMBER}")

    assert "暂缺办理人" in world.last("李老师")

    await examiner("周老师")
    await world.tick("remind", seconds=20)
    await world.click("周老师", "审查通过")

    assert (await request(NUMBER)).state is State.RECORDED
