"""`/查询` lists every act of everybody, in order: who, for whom, what, when and why."""

from storage import trail
from tests.dialogues.posts import pass_all, pass_review, request, submit
from tests.world import World

NUMBER = "FB-2026-0001"


async def record(world: World, who: str = "李老师") -> list[str]:
    """The acts that /查询 lists, without their times."""
    await world.say(who, f"/查询 {NUMBER}")
    lines = [line.strip() for line in world.last(who).replace("<br>", "\n").split("\n")]
    begin = next(n for n, line in enumerate(lines) if line.startswith("办理记录")) + 1
    acts = []
    for line in lines[begin:]:
        if " · " not in line:
            break
        who_and_what, _, rest = line.partition(" · ")
        acts.append(" · ".join([who_and_what, *rest.split(" · ")[1:]]))
    return acts


async def test_a_transfer_stays_on_the_record_after_the_deputy_has_decided(world: World) -> None:
    await pass_review(world)
    await world.say("王书记", f"/转办 {NUMBER} 吴副书记 出差")
    await world.click("吴副书记", "同意")

    assert await record(world) == [
        "李老师 提交",
        "孙老师 审查通过",
        "王书记 转办给 吴副书记 · 出差",
        "吴副书记 同意",
    ]
    assert "第一责任人审批（第六条（三）1）\n\u3000吴副书记（王书记 转办） 同意" in world.last("李老师")


async def test_return_revision_urging_escalation_and_withdrawal_are_on_the_record(world: World) -> None:
    await submit(world)
    await world.click("李老师", "催办")
    await world.click("孙老师", "退回", reason="请补主语")
    await world.click("李老师", "修改")
    await world.click("李老师", "确认提交")
    await world.click("孙老师", "审查通过")
    await world.say("王书记", f"/报中心 {NUMBER} 拿不准")
    await world.say("李老师", f"/撤回 {NUMBER} 活动取消")

    assert await record(world) == [
        "李老师 提交",
        "李老师 催办",
        "孙老师 退回 · 请补主语",
        "李老师 修改重报（第 2 版）",
        "孙老师 审查通过",
        "王书记 同意并报中心 · 拿不准",
        "李老师 撤回 · 活动取消",
    ]


async def test_a_stand_in_and_the_receipt_are_on_the_record(world: World) -> None:
    await world.say("王书记", "/代理 吴副书记 11-23 11-25 出差")
    await pass_review(world)
    await world.click("吴副书记", "同意")
    await world.say("李老师", f"/回执 {NUMBER} https://mp.weixin.qq.com/s/1")

    assert await record(world) == [
        "李老师 提交",
        "孙老师 审查通过",
        "吴副书记 代 王书记 同意",
        "李老师 登记发布 · https://mp.weixin.qq.com/s/1",
    ]


async def test_the_record_has_a_line_for_every_entry_of_the_trail(world: World) -> None:
    await pass_all(world)
    entries = await trail.of(NUMBER)

    assert len(await record(world)) == len(entries) == (await request()).trail_seq
