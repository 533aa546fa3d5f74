"""A medium that is stopped, rests, is struck off or moves while a post of it is on its way (Article 15)."""

import pytest

from storage import requests, trail
from storage.records import State
from tests.dialogues.books import media_say
from tests.dialogues.filings import file_change, pass_filing
from tests.dialogues.posts import pass_all, pass_review, post, request, submit
from tests.world import World, words

FB = "FB-2026-0001"
STOP, RUN = {"状态": "停止运行"}, {"状态": "在用"}
ORDERED = f"“机电之声”已被责令停止运行（第十五条），{FB}《学院更名》暂不能"


async def state() -> State:
    return (await request(FB)).state


@pytest.mark.parametrize("author", ["李老师", "何老师"])
async def test_the_last_click_does_not_let_it_out(world: World, author: str) -> None:
    await submit(world, author)
    await world.click("孙老师", "审查通过")
    await media_say(world, QM_0001=STOP)

    assert await world.click("王书记", "同意") == f"{ORDERED}通过。"
    assert await state() is State.IN_REVIEW
    assert world.titles(author)[-1] == "发布已暂停"


async def test_neither_does_the_first_nor_one_by_text(world: World) -> None:
    await submit(world)
    await media_say(world, QM_0001=STOP)

    assert await world.click("孙老师", "审查通过") == f"{ORDERED}通过。"

    await world.say("孙老师", f"/同意 {FB}")

    assert f"{ORDERED}通过。" in world.last("孙老师")


async def test_nobody_is_reminded_while_it_stands_and_everybody_again_once_it_is_lifted(world: World) -> None:
    await submit(world)
    await media_say(world, QM_0001=STOP)
    heard = {name: world.titles(name) for name in ("孙老师", "王书记", "赵老师", "李老师")}
    for _ in range(3):
        await world.tick(days=1, minutes=3)

    assert {name: world.titles(name) for name in heard} == heard
    assert "恢复前不再提醒，不会自动通过。" in world.last("孙老师") + words(world.screen("孙老师")[0])

    await media_say(world, QM_0001=RUN)
    await world.tick(days=1, minutes=3)

    assert world.titles("孙老师")[-1] == f"待审查 {FB} 学院更名"
    assert "次提醒" in world.last("孙老师")


async def test_it_is_not_passed_on_to_the_centre_either(world: World) -> None:
    await pass_review(world)
    await media_say(world, QM_0001=STOP)

    assert await world.click("王书记", "同意并报中心") == f"{ORDERED}通过。"


async def test_a_centre_on_wecom_is_told_the_same(world: World) -> None:
    await pass_review(world, 涉及="重大事项决策")
    await world.click("王书记", "同意")
    await media_say(world, QM_0001=STOP)
    await world.click("赵老师", "同意")

    assert f"{ORDERED}通过。" in "\n".join(words(shown) for shown in world.screen("赵老师"))
    assert await state() is State.IN_REVIEW


@pytest.mark.parametrize(("act", "then"), [("退回", State.RETURNED), ("不同意", State.REJECTED)])
async def test_it_can_be_returned_and_rejected(world: World, act: str, then: State) -> None:
    await pass_review(world)
    await media_say(world, QM_0001=STOP)
    await world.say("王书记", f"/{act} {FB} 媒体已停")

    assert await state() is then


async def test_it_can_be_taken_back(world: World) -> None:
    await pass_all(world)
    await media_say(world, QM_0001=STOP)
    await world.say("李老师", f"/撤回 {FB}")
    await world.click("李老师", "确认撤回")

    assert await state() is State.WITHDRAWN


@pytest.mark.parametrize("author", ["李老师", "何老师"])
async def test_what_has_passed_is_not_registered(world: World, author: str) -> None:
    await submit(world, author)
    await world.click("孙老师", "审查通过")
    await world.click("王书记", "同意")
    await media_say(world, QM_0001=STOP)

    assert world.titles(author)[-1] == "发布已暂停"
    assert f"{ORDERED}发布和登记回执。恢复后再发布并登记；不再发布请 /撤回 {FB}。" in world.last(author)

    await world.say(author, f"/回执 {FB} https://mp.weixin.qq.com/s/1")

    assert f"{ORDERED}发布和登记回执。" in world.last(author)
    assert await state() is State.AWAITING_PUBLISH

    await world.say(author, f"/查询 {FB}")

    assert f"暂停发布 {FB} 学院更名" in world.last(author)
    assert "可发布" not in world.last(author)
    assert (
        "系统 提示：暂不能通过 · 11月23日（周一）09:00 · “机电之声”已被责令停止运行（第十五条）"
        in world.last(author)
    )


async def test_lifted_again_everything_goes_on(world: World) -> None:
    await pass_review(world)
    await submit(world, "何老师", 标题="另一篇")
    await media_say(world, QM_0001=STOP)
    await media_say(world, QM_0001=RUN)

    assert world.titles("李老师")[-1] == "可以继续办理"
    assert f"“机电之声”已恢复，{FB}《学院更名》可以继续办理。" in world.last("李老师")

    await world.click("王书记", "同意", of=FB)
    await media_say(world, QM_0001=STOP)
    await media_say(world, QM_0001=RUN)

    assert "可以发布，请按批准的内容发布后登记。" in world.last("李老师")

    await world.say("李老师", f"/回执 {FB} https://mp.weixin.qq.com/s/1")

    assert await state() is State.PUBLISHED
    assert [e.act for e in await trail.of(FB) if not e.actor] == ["halted", "resumed"] * 2


async def test_each_is_told_once_in_one_message_and_the_trail_says_so(world: World) -> None:
    await pass_review(world)
    await submit(world, 标题="另一篇")
    await world.click("孙老师", "审查通过")
    before = {name: len(world.titles(name)) for name in ("李老师", "王书记", "孙老师", "何老师")}
    await media_say(world, QM_0001=STOP)
    await media_say(world, QM_0001={**STOP, "账号": "jdzs"})
    new = {name: world.titles(name)[count:] for name, count in before.items()}

    assert new == {"李老师": ["发布已暂停"], "王书记": ["发布已暂停"], "孙老师": [], "何老师": []}
    assert world.last("王书记").count("恢复后照常办理；也可 /退回 FB-2026-000") == 2
    entries = [entry for entry in await trail.of(FB) if entry.act == "halted"]
    assert [(e.actor, e.note) for e in entries] == [("", "“机电之声”已被责令停止运行（第十五条）；import")]
    assert trail.sealed(entries[0]) == entries[0]


async def test_the_open_cards_say_so_too(world: World) -> None:
    await pass_review(world)
    await media_say(world, QM_0001=STOP)

    assert f"{ORDERED}通过。" in words(world.card("王书记", "同意"))

    await media_say(world, QM_0001=RUN)

    assert ORDERED not in words(world.card("王书记", "同意"))


@pytest.mark.parametrize(
    ("cells", "fact"),
    [
        ({"状态": "停更"}, "“机电之声”已停更（第六条（一））"),
        ({"状态": "注销"}, "“机电之声”已注销（第六条（一））"),
        ({"主办单位代码": "2200"}, "“机电之声”已改由其他单位主办（第四条）"),
    ],
)
async def test_so_does_whatever_else_an_import_says(world: World, cells: dict[str, str], fact: str) -> None:
    await pass_review(world)
    await media_say(world, QM_0001=cells)

    assert (await world.click("王书记", "同意")).startswith(f"{fact}，{FB}")
    assert fact in world.last("李老师")


async def test_another_office_of_the_same_unit_stops_nothing(world: World) -> None:
    await pass_review(world)
    await media_say(world, QM_0001={"主办单位代码": "2110"})
    await world.click("王书记", "同意")

    assert await state() is State.AWAITING_PUBLISH


@pytest.mark.parametrize("item", [{"状态": "停更"}, {"主办单位": "计算学部党委"}])
async def test_a_change_stops_it_once_it_is_recorded(world: World, item: dict[str, str]) -> None:
    await pass_review(world)
    await file_change(world, "何老师", 管理员="", **item)
    await world.say("王书记", "/同意 BG-2026-0001")

    assert "发布已暂停" not in world.titles("李老师")

    await world.say("赵老师", "/同意 BG-2026-0001")

    assert world.titles("李老师")[-1] == "发布已暂停"
    assert (await trail.of(FB))[-1].note.endswith("；BG-2026-0001")
    assert await state() is State.IN_REVIEW


async def test_a_medium_filed_again_lets_its_posts_go_on(world: World) -> None:
    await pass_review(world)
    await media_say(world, QM_0001={"状态": "注销"})
    again = {"媒体名称": "机电之声", "平台类型": "微信公众号", "备案类型": "重新备案"}
    await pass_filing(world, **again)

    assert (await trail.of(FB))[-1].act == "resumed"

    await world.click("王书记", "同意", of=FB)

    assert await state() is State.AWAITING_PUBLISH


async def test_one_of_two_media_stops_the_whole_post(world: World) -> None:
    await world.say("李老师", post(媒体="机电之声、机电学院网站"))
    await world.click("李老师", "确认提交")
    await media_say(world, QM_0002=STOP)

    assert (await world.click("孙老师", "审查通过")).startswith("“机电学院网站”已被责令停止运行")
    assert await requests.open_posts(["QM-0001"]) == [FB]


async def test_a_draft_that_was_ready_is_refused_when_it_is_confirmed(world: World) -> None:
    await world.say("李老师", post())
    await media_say(world, QM_0001=STOP)
    await world.click("李老师", "确认提交")

    assert "“机电之声”已被责令停止运行，恢复前不能发布（第十五条）。" in world.last("李老师")
