"""Two replicas on PostgreSQL, acting at the same moment: one draft, one medium, one request, one effect."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.machine import Machine
from handlers.events import Tick
from storage import db, drafts, ledger, requests
from storage.held import held
from storage.records import State
from tests.dialogues.filings import change, file
from tests.dialogues.posts import post
from tests.faults.pair import ROUNDS, Pair, count, of_number
from tests.world import World, words


def said(world: World, name: str) -> str:
    """Everything that was ever said to somebody, toasts too."""
    return "\n".join(f"{words(shown)}\n{shown.toast}" for shown in world.screen(name) if not shown.mine)


@pytest.mark.parametrize("who", ["李老师", "何老师"])
async def test_a_draft_confirmed_twice_at_once_is_one_request(pair: Pair, who: str) -> None:
    world = pair.world
    for number in range(1, ROUNDS + 1):
        await world.say(who, post(标题=f"第{number}号稿"))
        await pair.at_once(pair.press(who, "确认提交"), pair.press(who, "确认提交"))

        assert await count("requests") == number
        assert f"这份草稿已提交，编号 FB-2026-{number:04d}" in said(world, who)
    assert len(world.titles("孙老师")) == ROUNDS


@pytest.mark.parametrize("who", ["李老师", "何老师"])
async def test_a_submitted_draft_is_never_brought_back_by_a_late_line(pair: Pair, who: str) -> None:
    world = pair.world
    for number in range(1, ROUNDS + 1):
        await world.say(who, post(标题=f"第{number}号稿"))
        await pair.at_once(pair.write(who, f"摘要：{number}号摘要"), pair.press(who, "确认提交"))
        if await count("requests") != number:  # the line came first, and the preview is newer
            await world.click(who, "确认提交")

        assert await count("requests") == number
        assert await count("drafts WHERE state <> 'submitted'") == 0
    assert await count("versions WHERE draft IS NOT NULL") == ROUNDS


@pytest.mark.parametrize("who", ["李老师", "何老师"])
async def test_of_two_lines_to_one_draft_none_is_lost(pair: Pair, who: str) -> None:
    world = pair.world
    await world.say(who, post())
    for number in range(ROUNDS):
        lines = (f"摘要：第{number}号摘要", f"作者：第{number}位作者")
        await pair.at_once(*(pair.write(who, line) for line in lines))

        draft = (await drafts.open_of(world.member(who).id))[0]
        assert (draft.form["summary"], draft.form["author"]) == (f"第{number}号摘要", f"第{number}位作者")


async def test_of_two_files_to_one_draft_none_is_lost(pair: Pair) -> None:
    world = pair.world
    await world.say("何老师", post())
    for number in range(ROUNDS):
        names = (f"甲{number}.pdf", f"乙{number}.pdf")
        await pair.at_once(*(world.feishu.upload("ou_he", name, name.encode()) for name in names))
    await world.click("何老师", "确认提交")

    assert len((await of_number("FB-2026-0001")).form["files"]) == 2 * ROUNDS


async def test_a_draft_given_up_while_it_is_submitted_ends_one_way(pair: Pair) -> None:
    world = pair.world
    for number in range(ROUNDS):
        await world.say("李老师", post(标题=f"第{number}号稿"))
        await pair.at_once(pair.press("李老师", "确认提交"), pair.press("李老师", "放弃"))

    assert await count("requests") == await count("drafts WHERE state = 'submitted'")
    assert await count("drafts WHERE state = 'open'") == 0


async def test_a_draft_that_is_stopped_while_it_is_submitted_ends_one_way(pair: Pair) -> None:
    world = pair.world
    for number in range(ROUNDS):
        secret = f"玄武{number}号数据"
        await world.say("李老师", post(标题=secret))
        await pair.at_once(pair.press("李老师", "确认提交"), pair.press("李老师", "有涉密情形"))

        submitted = await count(f"requests WHERE title = '{secret}'")
        assert await count(f"versions WHERE form LIKE '%{secret}%'") == submitted
        assert await count(f"drafts WHERE form LIKE '%{secret}%'") == 0
    assert await count("drafts WHERE state = 'open'") == 0


async def test_a_revision_that_is_stopped_while_it_is_submitted_ends_one_way(pair: Pair) -> None:
    world = pair.world
    for number in range(1, ROUNDS + 1):
        name = await returned(pair, number)
        await world.say("李老师", f"/修改 {name}")
        await pair.at_once(pair.press("李老师", "确认提交"), pair.press("李老师", "有涉密情形"))

        request = await of_number(name)
        assert (request.state, request.version) in ((State.STOPPED, 1), (State.IN_REVIEW, 2))
        assert (request.form == {}) is (request.state is State.STOPPED)


async def test_of_two_of_the_centre_who_decide_at_once_one_does(pair: Pair) -> None:
    world = pair.world
    for number in range(1, ROUNDS + 1):
        await world.say("李老师", post(标题=f"第{number}号稿", 涉及="重大事项决策"))
        await world.click("李老师", "确认提交")
        await world.click("孙老师", "审查通过")
        await world.click("王书记", "同意")
        await pair.at_once(pair.press("赵老师", "同意"), pair.press("钱主任", "同意"))

        request = await of_number(f"FB-2026-{number:04d}")
        assert len([d for d in await requests.decisions(request.id) if d.actor in ("1101", "1102")]) == 1
    told = said(world, "赵老师") + said(world, "钱主任")
    assert told.count("不需要再办") >= ROUNDS


async def test_withdrawn_and_passed_at_once_is_one_of_both(pair: Pair) -> None:
    world = pair.world
    for number in range(1, ROUNDS + 1):
        name = f"第{number}号稿"
        await world.say("李老师", post(标题=name))
        await world.click("李老师", "确认提交")
        await world.click("孙老师", "审查通过")
        await pair.at_once(pair.press("李老师", "撤回", name), pair.press("王书记", "同意", name))

        request = await of_number(f"FB-2026-{number:04d}")
        approved = [d for d in await requests.decisions(request.id) if d.actor == "2101"]
        expected = State.AWAITING_PUBLISH if approved else State.WITHDRAWN
        assert request.state is expected
        loser, word = ("李老师", "撤回") if approved else ("王书记", "已撤回")
        assert word in said(world, loser)


async def returned(pair: Pair, number: int) -> str:
    """A post of 李老师's that was returned; its number."""
    world, name = pair.world, f"第{number}号稿"
    await world.say("李老师", post(标题=name))
    await world.click("李老师", "确认提交", name)
    await world.say("孙老师", f"/退回 FB-2026-{number:04d} 请再核对")
    return f"FB-2026-{number:04d}"


async def test_a_returned_request_opened_twice_at_once_is_one_draft(pair: Pair) -> None:
    for number in range(1, ROUNDS + 1):
        name = await returned(pair, number)
        await pair.at_once(*(pair.write("李老师", f"/修改 {name}") for _ in range(2)))

        assert await count("drafts WHERE revises IS NOT NULL") == number


async def test_a_revision_that_meets_a_withdrawal_submits_nothing_withdrawn(pair: Pair) -> None:
    world = pair.world
    for number in range(1, ROUNDS + 1):
        name = await returned(pair, number)
        await world.say("李老师", f"/修改 {name}")
        await pair.at_once(pair.press("李老师", "确认提交"), pair.write("李老师", f"/撤回 {name}"))

        assert (await of_number(name)).state is State.WITHDRAWN
        assert await count("drafts WHERE state = 'open'") == 0


async def test_a_revision_confirmed_twice_at_once_is_one_version(pair: Pair) -> None:
    world = pair.world
    for number in range(1, ROUNDS + 1):
        name = await returned(pair, number)
        await world.say("李老师", f"/修改 {name}")
        await pair.at_once(pair.press("李老师", "确认提交"), pair.press("李老师", "确认提交"))

        assert (await of_number(name)).version == 2
        assert f"这份草稿已提交，编号 {name}" in said(world, "李老师")


async def test_two_changes_of_one_medium_filed_at_once_stand_in_one_history(pair: Pair) -> None:
    world = pair.world
    for number in range(ROUNDS):
        for who in ("李老师", "何老师"):
            await world.say(who, change(管理员="", 账号=f"gh_{number}_{world.member(who).id}"))
        await pair.at_once(pair.press("李老师", "确认提交"), pair.press("何老师", "确认提交"))

    history = [one for one in await ledger.history("QM-0001") if one.item == "account"]
    assert len(history) == 2 * ROUNDS
    assert [one.before for one in history[1:]] == [one.after for one in history[:-1]]


async def test_the_same_change_filed_twice_at_once_is_one_and_the_other_is_told(pair: Pair) -> None:
    world = pair.world
    for who in ("李老师", "何老师"):
        await world.say(who, change())
    await pair.at_once(pair.press("李老师", "确认提交"), pair.press("何老师", "确认提交"))

    assert await count("requests") == 1
    assert await count("media_changes") == 1
    assert "与台账记载的一样" in said(world, "李老师") + said(world, "何老师")


async def test_two_changes_of_one_medium_recorded_at_once_are_both_recorded_once(pair: Pair) -> None:
    world = pair.world
    for who, item in (("李老师", "名称"), ("何老师", "账号")):
        await world.say(who, change(媒体="QM-0001", 管理员="", **{item: f"{item}新值"}))
        await world.click(who, "确认提交")
    for number in (1, 2):
        await world.say("王书记", f"/同意 BG-2026-000{number}")
    acts = [
        pair.write(who, f"/同意 BG-2026-000{number}") for number in (1, 2) for who in ("赵老师", "钱主任")
    ]
    await pair.at_once(*acts)

    for number in (1, 2):
        request = await of_number(f"BG-2026-000{number}")
        assert request.state is State.RECORDED
        centre = [d for d in await requests.decisions(request.id) if d.actor in ("1101", "1102")]
        assert len(centre) == 1
    assert await count("media_changes WHERE recorded_at IS NOT NULL") == 2


async def test_batches_that_take_the_same_rows_crosswise_both_come_through(pair: Pair) -> None:
    """What one job may not do two jobs of a batch can: the database ends it, and they run alone."""
    world = pair.world
    for name in ("第1号稿", "第2号稿"):
        await world.say("李老师", post(标题=name))
        await world.click("李老师", "确认提交")
    met, waited = asyncio.Barrier(2), list[Machine]()

    def urge(machine: Machine, number: int) -> Callable[[], Any]:
        async def job() -> None:
            request = (await held(request=f"FB-2026-000{number}")).request
            assert request is not None
            await requests.save(replace(request, step_since=request.step_since + timedelta(seconds=1)))
            if machine not in waited:
                waited.append(machine)
                await met.wait()

        return job

    before = [(await of_number(f"FB-2026-000{number}")).step_since for number in (1, 2)]
    first, second = pair.machines
    jobs = [(first, 1), (first, 2), (second, 2), (second, 1)]
    await asyncio.gather(*(machine.writer.do(urge(machine, number)) for machine, number in jobs))

    after = [(await of_number(f"FB-2026-000{number}")).step_since for number in (1, 2)]
    assert after == [since + timedelta(seconds=2) for since in before]


async def test_two_filings_of_one_name_at_the_centre_are_one_medium(pair: Pair) -> None:
    world = pair.world
    for number in range(1, ROUNDS + 1):
        name = f"机电青春{number}号"
        await file(world, 媒体名称=name, 同平台理由="面向不同的学生")
        await file(world, 媒体名称=f"{name}二", 同平台理由="面向不同的学生")
        same = f"""UPDATE requests SET form = replace(form, '{name}二', '{name}') WHERE kind = 'BA'"""
        await db.run(same)
        pending = (f"BA-2026-{2 * number - 1:04d}", f"BA-2026-{2 * number:04d}")
        for filing in pending:
            await world.say("王书记", f"/同意 {filing}")
        await pair.at_once(
            pair.write("赵老师", f"/同意 {pending[0]}"), pair.write("钱主任", f"/同意 {pending[1]}")
        )

        assert await count(f"media WHERE name = '{name}'") == 1
        states = {(await of_number(filing)).state for filing in pending}
        assert states == {State.RECORDED, State.IN_REVIEW}
    told = said(world, "赵老师") + said(world, "钱主任")
    assert told.count("请退回申请人改名") == ROUNDS


async def test_a_round_begun_twice_at_once_is_one_and_the_other_is_told(pair: Pair) -> None:
    world, words = pair.world, "/摸底 开始 11-23 12-31"
    await world.say("赵老师", words)
    await world.say("钱主任", words)
    await pair.at_once(pair.press("赵老师", "确认提交"), pair.press("钱主任", "确认提交"))

    assert await count("rounds") == 1
    assert "还没有结束" in said(world, "赵老师") + said(world, "钱主任")


async def test_two_replicas_open_each_return_of_a_round_once(pair: Pair) -> None:
    await pair.world.say("赵老师", "/摸底 开始 11-23 12-31")
    await pair.world.click("赵老师", "确认提交")
    ticks = [Tick(key=f"tick:rounds:{n}", at=pair.world.now, what="rounds") for n in (1, 2)]
    both = zip(pair.machines, ticks, strict=True)
    await pair.at_once(*(machine.dispatch(tick) for machine, tick in both))

    assert await count("requests") == await count("round_units") == 2


async def test_of_two_who_fill_in_one_return_at_once_one_does(pair: Pair) -> None:
    world = pair.world
    await world.say("赵老师", "/摸底 开始 11-23 12-31 机电学院党委")
    await world.click("赵老师", "确认提交")
    await world.tick("rounds")
    for who in ("李老师", "何老师"):
        await world.say(who, "/摸底\n无变化：全部")
    await pair.at_once(pair.press("李老师", "确认提交"), pair.press("何老师", "确认提交"))

    request = await of_number("MD-2026-0001")
    assert (request.step, request.version, len(await requests.decisions(request.id))) == ("report", 2, 1)
    assert await count("drafts WHERE state = 'open'") == 0


async def test_a_post_submitted_while_its_medium_is_stopped_is_halted_or_refused(pair: Pair) -> None:
    world = pair.world
    for name in ("机电之声", "机电学院网站"):
        await world.say("李老师", post(媒体=name))
        await world.say("钱主任", f"/整改\n媒体：{name}\n问题：用旧校名\n要求：更正\n措施：责令停止运行")
        await pair.at_once(pair.press("李老师", "确认提交"), pair.press("钱主任", "确认提交"))

    assert await count("requests WHERE kind = 'ZG'") == 2
