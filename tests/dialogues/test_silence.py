"""静默: from that second nothing goes out, review goes on; it ends by itself or by the centre (5(1))."""

from storage import trail
from storage.records import State
from tests.dialogues.posts import pass_all, pass_review, post, request, submit
from tests.dialogues.rectifying import issue
from tests.world import World, words

FB, NUMBER = "FB-2026-0001", "DD-2026-0001"
SILENT = f"“机电之声”正按 {NUMBER} 静默，至 2026-11-24（含当天）"


async def hush(world: World, words_: str = "11-23 11-24", **fields: str) -> None:
    """赵老师's silence, of which whoever is concerned has been told."""
    lines = [f"/调动 静默 {words_}", *(f"{name}：{text}" for name, text in fields.items())]
    await world.say("赵老师", "\n".join(lines))
    await world.click("赵老师", "确认提交")
    await world.tick("silences")


async def test_nothing_begins_and_what_may_go_out_waits_until_it_is_over(world: World) -> None:
    await pass_all(world, 发布时间="11月24日 10:00")
    before = {name: len(world.titles(name)) for name in ("李老师", "王书记", "唐老师")}
    await hush(world)

    new = {name: world.titles(name)[count:] for name, count in before.items()}
    assert new == {"李老师": ["发布已暂停"], "王书记": [], "唐老师": []}
    assert f"{SILENT}（第五条（一）），{FB}《学院更名》暂不能发布和登记回执。" in world.last("李老师")

    await world.say("李老师", f"/查询 {FB}")

    assert "可发布" not in world.last("李老师")
    assert "提示：暂缓发布" in world.last("李老师")

    await world.say("李老师", f"/回执 {FB} https://mp.weixin.qq.com/s/1")

    assert "暂不能发布和登记回执" in world.last("李老师")
    assert (await request(FB)).state is State.AWAITING_PUBLISH

    await world.say("李老师", post(标题="另一篇"))

    assert f"{SILENT}，结束前不能发布；草稿会保留（第五条（一））" in world.last("李老师")

    await world.say("李老师", "/台账 机电之声")

    assert f"暂停发布：正按 {NUMBER} 静默，至 2026-11-24（含当天）（第五条（一））" in world.last("李老师")

    await world.tick("silences", days=1, hours=14)

    assert world.titles("李老师")[-1] != "可以继续办理"

    await world.tick("silences", hours=1, minutes=10)

    assert world.titles("李老师")[-1] == "可以继续办理"
    assert "拟发布时间 11月24日（周二）10:00 已过，请先核对是否仍宜发布。" in world.last("李老师")
    assert [e.act for e in await trail.of(FB) if not e.actor] == ["silenced", "resumed"]

    await world.say("李老师", f"/回执 {FB} https://mp.weixin.qq.com/s/1")

    assert (await request(FB)).state is State.PUBLISHED


async def test_whoever_runs_a_medium_is_told_once_of_it_and_of_its_early_end(world: World) -> None:
    before = {name: world.titles(name) for name in ("李老师", "唐老师", "孙老师")}
    await hush(world, "11-25 11-26", 例外="今日哈工大")
    for _ in range(2):
        await world.tick("campaigns")

    new = {name: world.titles(name)[len(old) :] for name, old in before.items()}
    told = [f"静默 {NUMBER} 统一静默"]
    assert new == {"李老师": told, "唐老师": told, "孙老师": []}
    assert "要求全校媒体静默：11月25日至 11月26日，含当天（第五条（一））。" in world.last("唐老师")
    assert f"静默 {NUMBER} 统一静默" not in world.titles("赵老师")

    await world.say("钱主任", "/解除静默")
    await world.tick("campaigns")

    assert world.titles("唐老师")[-1] == f"已解除 {NUMBER} 统一静默"


async def test_review_goes_on_and_passing_does_not_let_it_out(world: World) -> None:
    await pass_review(world)
    await hush(world)

    assert f"{FB}《学院更名》通过后也暂不能发布。审批照常办理。" in world.last("王书记")

    await world.click("王书记", "同意", of=FB)

    assert (await request(FB)).state is State.AWAITING_PUBLISH
    assert world.titles("李老师")[-1] == f"暂停发布 {FB} 学院更名"
    assert "可以在“机电之声”发布" not in world.last("李老师")

    await world.say("赵老师", "/解除静默")
    await world.tick("silences")

    assert (await request(NUMBER)).state is State.WITHDRAWN
    assert "可以发布，请按批准的内容发布后登记" in world.last("李老师")


async def test_what_was_returned_is_revised_and_reviewed_meanwhile(world: World) -> None:
    await submit(world)
    await world.say("孙老师", f"/退回 {FB} 请补充时间")
    await hush(world)

    assert "可照常修改重报，静默结束后会通知您。" in world.last("李老师")

    await world.say("李老师", f"/修改 {FB}\n正文：经学校批准，机电学院 11 月 30 日更名。")
    await world.click("李老师", "确认提交")

    assert (await request(FB)).state is State.IN_REVIEW


async def test_a_draft_stays_and_can_be_sent_once_it_is_over(world: World) -> None:
    await world.say("李老师", post())
    await hush(world)
    await world.click("李老师", "确认提交")

    assert "结束前不能发布" in world.last("李老师")

    await world.say("钱主任", f"/解除静默 {NUMBER} 公祭结束")
    await world.click("李老师", "确认提交")

    assert (await request(FB)).state is State.IN_REVIEW


async def test_only_what_is_named_keeps_silence_and_the_centre_may_except_its_own(world: World) -> None:
    await hush(world, "11-23 11-24 计算学部党委")
    await submit(world)

    assert (await request(FB)).state is State.IN_REVIEW

    await world.say("赵老师", "/解除静默")
    await hush(world, 例外="今日哈工大")
    await world.say("赵老师", post(媒体="今日哈工大"))
    await world.click("赵老师", "确认提交")

    assert (await request("FB-2026-0002")).state is State.IN_REVIEW

    await world.say("赵老师", "/调动 静默 11-25 11-25\n例外：机电之声")

    assert "只有全媒体中心自己的媒体可以例外" in world.last("赵老师")


async def test_it_begins_on_its_day_and_not_before(world: World) -> None:
    await hush(world, "11-25")
    await pass_all(world)

    assert world.titles("李老师")[-1] == f"可发布 {FB} 学院更名"

    await world.tick("silences", days=1, hours=16)

    assert "静默，至 2026-11-25（含当天）" in world.last("李老师")


async def test_the_preview_says_how_many_posts_are_held(world: World) -> None:
    await submit(world)
    await world.say("赵老师", "/调动 静默 11-23 11-24")
    shown = words(world.card("赵老师", "确认提交"))

    assert "全校媒体静默：1 件在办稿件将暂停发布" in shown
    assert "即刻至 11月24日，含当天" in shown


async def test_an_order_says_more_than_a_silence(world: World) -> None:
    await pass_review(world)
    await hush(world)
    await issue(world, 措施="责令停止运行")

    assert "责令停止运行（第十五条）" in await world.click("王书记", "同意", of=FB)


async def test_only_the_centre_lifts_it_and_only_what_lasts(world: World) -> None:
    await world.say("赵老师", "/解除静默")

    assert "现在没有静默" in world.last("赵老师")

    await hush(world)
    await world.say("王书记", f"/解除静默 {NUMBER}")

    assert "由全媒体中心办理" in world.last("王书记")
