"""提问, 答复, 评论, 督办, 抄送: a word on the record that changes nothing of the case."""

from storage import db, trail
from storage.records import State
from tests.dialogues.posts import pass_review, request
from tests.world import World, buttons, words

FB = "FB-2026-0001"


async def test_a_question_stops_nothing_and_stands_on_the_card_with_its_answer(world: World) -> None:
    await pass_review(world)
    await world.say("王书记", f"/提问 {FB} 何时批准的？")

    assert world.last("王书记").endswith(f"已把问题转给申请人，答复会写在 {FB} 的卡片上。")
    assert world.last("李老师") == (
        f"【提问】\n王书记 问 {FB}《学院更名》：何时批准的？\n请回复：/答复 {FB} 内容。审批不因此停下。"
    )

    await world.say("何老师", f"/答复 {FB} 不知道")
    await world.say("李老师", f"/答复 {FB} 11月20日")

    assert world.last("何老师").endswith("只有申请人能答复。")
    assert world.last("王书记").endswith(f"李老师 答复 {FB}《学院更名》：11月20日")
    assert "王书记 问：何时批准的？\n李老师 答：11月20日" in words(world.card("王书记", "同意"))

    await world.click("王书记", "同意")
    await world.say("王书记", f"/提问 {FB} 还有一问")

    assert (await request()).state is State.AWAITING_PUBLISH
    assert world.last("王书记").endswith("只有正在办理的人能提问。要留言请用 /评论。")


async def test_what_was_said_stands_in_the_record_in_order(world: World) -> None:
    await pass_review(world)
    await world.say("王书记", f"/提问 {FB} 何时批准的？")
    await world.say("李老师", f"/答复 {FB} 11月20日")
    await world.say("孙老师", f"/评论 {FB} 请存档")
    await world.say("赵老师", f"/督办 {FB} 今天要发")
    await world.say("李老师", f"/抄送 {FB} 唐老师")
    await world.say("李老师", f"/查询 {FB}")

    assert (
        "王书记 提问 · 11月23日（周一）09:00 · 何时批准的？\n"
        "李老师 答复 · 11月23日（周一）09:00 · 11月20日\n"
        "孙老师 评论 · 11月23日（周一）09:00 · 请存档\n"
        "赵老师 督办 · 11月23日（周一）09:00 · 今天要发\n"
        "李老师 抄送 唐老师 · 11月23日（周一）09:00\n"
    ) in world.last("李老师")


async def test_a_comment_is_told_to_applicant_and_holder_and_no_stranger_makes_one(world: World) -> None:
    await pass_review(world)
    await world.say("孙老师", f"/评论 {FB} 请存档")

    assert world.last("李老师") == f"【评论】\n孙老师 评论 {FB}《学院更名》：请存档"
    assert world.last("王书记").endswith(f"孙老师 评论 {FB}《学院更名》：请存档")

    await world.say("唐老师", f"/评论 {FB} 路过")
    await world.say("孙老师", f"/评论 {FB}")

    assert world.last("唐老师").endswith("只有申请人、办理人和全媒体中心能评论这件申请。")
    assert world.last("孙老师").endswith(f"请这样写：/评论 {FB} 内容")


async def test_words_that_are_too_long_are_refused_whole_and_asked_for_again(world: World) -> None:
    await pass_review(world)
    await world.say("孙老师", f"/评论 {FB} {'长' * 612}")

    assert world.last("孙老师").endswith(
        "最多写 500 字，这次写了 612 字，没有办理，什么都没有改变。请缩短后再发。"
    )

    await world.click("王书记", "更多")
    await world.click("王书记", "提问")
    await world.say("王书记", "长" * 501)
    await world.say("王书记", "长" * 500)

    assert [(one.act, len(one.note)) for one in await trail.of(FB)][-1] == ("ask", 500)
    assert "comment" not in [one.act for one in await trail.of(FB)]


async def test_the_centre_presses_for_a_decision_and_nobody_else(world: World) -> None:
    await pass_review(world)
    await world.say("王书记", f"/转办 {FB} 吴副书记")
    await world.say("赵老师", f"/督办 {FB} 今天要发")
    told = f"全媒体中心督办 {FB}《学院更名》，请尽快办理（第五条（一））。今天要发"

    assert world.last("赵老师").endswith(f"已督办 {FB}，告诉了办理人和该单位第一责任人，并记录在案。")
    assert world.last("吴副书记") == f"【督办】\n{told}"
    assert world.last("王书记").endswith(told)

    await world.say("何老师", f"/督办 {FB}")

    assert world.last("何老师").endswith("督办由全媒体中心发起（第五条（一））。")


async def test_a_copy_may_be_read_and_not_decided_and_is_given_once(world: World) -> None:
    await pass_review(world)
    await world.say("李老师", f"/抄送 {FB} 何老师、唐老师")

    assert world.last("李老师").endswith(f"已把 {FB} 抄送给 何老师、唐老师（可看，不办理）。")
    assert world.titles("何老师") == world.titles("唐老师") == [f"抄送 {FB} 学院更名"]
    assert buttons(world.card("唐老师")) == ["查看"]
    assert (
        "李老师 抄送给您，供了解，不用办理：李老师（机电学院党委）申请在“机电之声”发布。现在：审批中。"
    ) in world.last("唐老师")

    await world.say("唐老师", f"/同意 {FB}")

    assert world.last("唐老师").endswith(f"{FB} 不由您办理，现在等 王书记（第一责任人）。")

    await world.click("唐老师", "查看")

    assert "经学校批准，机电学院今日更名。" in world.last("唐老师")

    await world.say("李老师", f"/查询 {FB}")

    assert "抄送：何老师（还没有看）、唐老师（11月23日（周一）09:00 已看）" in world.last("李老师")

    await world.say("李老师", f"/抄送 {FB} 唐老师")

    assert world.last("李老师").endswith(f"{FB} 已抄送过 唐老师，不再重发。")
    assert (await request()).outcome["cc"].keys() == {"2105", "2202"}


async def test_who_was_given_a_copy_is_told_to_nobody_who_may_give_none(world: World) -> None:
    await pass_review(world)
    await world.say("李老师", f"/抄送 {FB} 唐老师")
    for who in ("林书记", "唐老师"):
        await world.say(who, f"/抄送 {FB} 唐老师")

        assert world.last(who).endswith("只有申请人、正在办理的人和全媒体中心能抄送。")

    await world.say("李老师", f"/抄送 {FB} 陈同学")

    assert world.last("李老师").endswith("没有找到在职的教职工“陈同学”。请写姓名或工号。")

    await world.say("李老师", f"/抄送 {FB}")

    assert world.last("李老师").endswith(f"请这样写：/抄送 {FB} 姓名、姓名")
    assert await db.rows("SELECT id FROM letters WHERE template = 'cc' AND person = '2107'") == []
