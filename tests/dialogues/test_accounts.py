"""A chat account passes from one to another: letters go to people, and nobody reads another's."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

import pytest

from bot.importing import bring_in
from bot.sandbox.sim import Shown, Sim
from handlers.events import DirectoryChange
from handlers.letters import notify
from handlers.rules.import_cells import TableKind
from handlers.rules.roll import Change
from storage import db, outbox, people, requests
from storage.records import Platform
from tests.dialogues.posts import post, request
from tests.faults.acts import pass_time
from tests.rules.import_tables import table
from tests.world import World, title, words

BOTH = pytest.mark.parametrize("platform", list(Platform))
OLD = {Platform.FEISHU: "ou_sun", Platform.WECOM: "lin"}
NEW = {Platform.FEISHU: "ou_he", Platform.WECOM: "wu"}
HEADER = {
    Platform.FEISHU: "工号,姓名,单位代码,身份,飞书账号",
    Platform.WECOM: "工号,姓名,单位代码,身份,企业微信账号",
}
SWAPPED = {
    Platform.FEISHU: ("2103,孙老师,2100,教职工,ou_he", "2105,何老师,2100,教职工,ou_sun"),
    Platform.WECOM: ("2201,林书记,2200,教职工,wu", "2102,吴副书记,2100,教职工,lin"),
}
PASSES = {Platform.FEISHU: "审查通过", Platform.WECOM: "同意"}
ASKED = {Platform.FEISHU: "2103", Platform.WECOM: "2201"}
TITLES = {
    Platform.FEISHU: ["待审查 FB-2026-0001 学院更名"],
    Platform.WECOM: ["待审批 FB-2026-0001 学院更名"],
}


async def bring(world: World, *lines: str) -> None:
    """An import of people."""
    decided = await bring_in([table(TableKind.PEOPLE, "\n".join(lines))], world.now)
    assert decided.problems == ()
    world.machine.courier.wake()
    await world.settle()


async def swap(world: World, platform: Platform) -> None:
    """The account of whoever is asked passes to another, and they get that one's."""
    await bring(world, HEADER[platform], *SWAPPED[platform])


def sim_of(world: World, platform: Platform) -> Sim:
    sim: Sim = getattr(world, platform)
    return sim


def seen(world: World, platform: Platform, account: str) -> Sequence[Shown]:
    return [one for one in sim_of(world, platform).screens.get(account, []) if not one.mine]


def titles(world: World, platform: Platform, account: str) -> list[str]:
    return [title(one) for one in seen(world, platform, account)]


async def written(world: World, platform: Platform) -> str:
    """A post that 孙老师 must pass in Feishu, or 林书记 in WeCom; its author, who has the preview."""
    await world.machine.writer.do(partial(db.run, "UPDATE people SET feishu = NULL WHERE id = '2201'"))
    author = "唐老师" if platform is Platform.WECOM else "李老师"
    await world.say(author, post(**({"媒体": "计算人"} if platform is Platform.WECOM else {})))
    return author


@BOTH
async def test_a_card_that_waited_for_the_platform_goes_to_whom_it_is_for(
    world: World, platform: Platform
) -> None:
    author = await written(world, platform)
    sim_of(world, platform).faults.down = True
    await world.click(author, "确认提交")
    await swap(world, platform)
    sim_of(world, platform).faults.down = False
    await pass_time(world, 60)

    assert titles(world, platform, NEW[platform]) == TITLES[platform]
    assert titles(world, platform, OLD[platform]) == []


@BOTH
async def test_an_open_step_is_asked_anew_once_and_the_old_card_shows_nothing(
    world: World, platform: Platform
) -> None:
    author = await written(world, platform)
    await world.click(author, "确认提交")
    assert titles(world, platform, OLD[platform]) == TITLES[platform]

    await swap(world, platform)
    await swap(world, platform)

    assert titles(world, platform, NEW[platform]) == TITLES[platform]
    (old,) = seen(world, platform, OLD[platform])
    assert title(old) == "卡片已失效"
    assert "更名" not in words(old)


@BOTH
async def test_what_happens_later_is_not_painted_over_a_card_of_somebody_elses(
    world: World, platform: Platform
) -> None:
    author = await written(world, platform)
    await world.click(author, "确认提交")
    await swap(world, platform)
    (new,) = seen(world, platform, NEW[platform])
    world.step()
    await sim_of(world, platform).click(NEW[platform], new.id, PASSES[platform])
    await world.settle()

    assert len(await requests.decisions((await request()).id)) == 1
    assert titles(world, platform, NEW[platform]) == ["已办 FB-2026-0001 学院更名"]
    assert titles(world, platform, OLD[platform]) == ["卡片已失效"]


@BOTH
async def test_a_card_of_somebody_elses_decides_nothing(world: World, platform: Platform) -> None:
    author = await written(world, platform)
    await world.click(author, "确认提交")
    (card,) = seen(world, platform, OLD[platform])
    native = card.native
    await swap(world, platform)
    card.native = native
    world.step()
    await sim_of(world, platform).click(OLD[platform], card.id, PASSES[platform])
    await world.settle()

    assert await requests.decisions((await request()).id) == []
    assert await outbox.last_shown("2105", 1, world.now) is None


async def test_the_directory_gives_somebody_another_account(world: World) -> None:
    await world.click(await written(world, Platform.FEISHU), "确认提交")
    world.feishu.people["ou_new"] = "孙老师"
    change = DirectoryChange(
        key="directory:1", at=world.now, platform=Platform.FEISHU, change=Change("2103", account="ou_new")
    )
    for _ in range(2):
        await world.machine.dispatch(change)
        await world.settle()

    assert titles(world, Platform.FEISHU, "ou_new") == TITLES[Platform.FEISHU]
    assert titles(world, Platform.FEISHU, "ou_sun") == ["卡片已失效"]


@BOTH
async def test_a_try_that_was_not_answered_is_not_mistaken_for_one_on_the_new_account(
    world: World, platform: Platform
) -> None:
    author = await written(world, platform)
    sim_of(world, platform).faults.lost = True
    await world.click(author, "确认提交")
    sim_of(world, platform).faults.lost = False
    await swap(world, platform)
    await pass_time(world, 120)

    assert titles(world, platform, NEW[platform]) == TITLES[platform]


@BOTH
async def test_what_was_queued_before_and_after_arrives_in_order(world: World, platform: Platform) -> None:
    async def tell(name: str) -> None:
        world.step()
        person = await people.get(ASKED[platform])
        assert person is not None
        await world.machine.writer.do(partial(notify.tell, [person], "say", {"text": name}, world.now))

    await written(world, platform)
    sim_of(world, platform).faults.down = True
    for name in ("一", "二"):
        await tell(name)
    await swap(world, platform)
    for name in ("三", "四"):
        await tell(name)
    sim_of(world, platform).faults.down = False
    await pass_time(world, 60)

    texts = [words(one).split("\n")[-1] for one in seen(world, platform, NEW[platform])]
    assert texts == ["一", "二", "三", "四"]
    assert seen(world, platform, OLD[platform]) == []


async def test_a_notice_goes_by_the_other_platform_where_its_account_is_no_more(world: World) -> None:
    person = (await people.called("林书记"))[0]
    world.wecom.faults.down = True
    await world.machine.writer.do(partial(notify.tell, [person], "say", {"text": "一"}, world.now))
    await world.settle()
    await bring(world, HEADER[Platform.WECOM], "2201,林书记,2200,教职工,")
    world.wecom.faults.down = False
    await pass_time(world, 60)

    assert titles(world, Platform.WECOM, "lin") == []
    assert [words(one).split("\n")[-1] for one in seen(world, Platform.FEISHU, "ou_lin")] == ["一"]


async def test_a_card_that_is_on_the_other_platform_already_is_not_sent_there_twice(world: World) -> None:
    await world.say("唐老师", post(媒体="计算人"))
    world.wecom.faults.down = True
    await world.click("唐老师", "确认提交")
    await bring(world, HEADER[Platform.WECOM], "2201,林书记,2200,教职工,")
    world.wecom.faults.down = False
    await pass_time(world, 60)

    assert titles(world, Platform.WECOM, "lin") == []
    assert titles(world, Platform.FEISHU, "ou_lin") == TITLES[Platform.WECOM]
    assert world.titles("赵老师") == []


@BOTH
async def test_nothing_leaves_for_somebody_who_left_before_it_did(world: World, platform: Platform) -> None:
    author = await written(world, platform)
    sim_of(world, platform).faults.down = True
    await world.click(author, "确认提交")
    sim, account = sim_of(world, platform), OLD[platform]
    await sim.say(account, "/查询 FB-2026-0001")
    await world.settle()
    left = (world.now - timedelta(days=1)).date().isoformat()
    name, unit = ("孙老师", "2100") if platform is Platform.FEISHU else ("林书记", "2200")
    await bring(world, "工号,姓名,单位代码,身份,离职日期", f"{ASKED[platform]},{name},{unit},教职工,{left}")
    sim.faults.down = False
    await pass_time(world, 60)

    assert titles(world, platform, account) == []
    await sim.say(account, "/待办")
    await world.settle()
    assert "离职" in words(seen(world, platform, account)[-1])
