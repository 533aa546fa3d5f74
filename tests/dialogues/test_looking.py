"""待办, 我的, 查询, 条款: looking changes nothing, and shows no more than one may see."""

import pytest

from cards.form import SECRECY_QUESTIONS
from storage import db
from tests.dialogues.posts import pass_all, pass_review, post, submit
from tests.world import World, buttons, title, words


async def seven_requests(world: World) -> None:
    for number in range(1, 8):
        await submit(world, 标题=f"第 {number} 篇")


async def test_the_inbox_has_five_to_a_page_the_oldest_due_first(world: World) -> None:
    await seven_requests(world)
    await world.say("孙老师", "/待办")
    first = world.card("孙老师", of="待办")
    await world.say("孙老师", "/待办 2")
    second = world.card("孙老师", of="待办")

    assert (title(first), buttons(first)) == (
        "待办 7 件",
        [*(f"办 FB-2026-000{number}" for number in range(1, 6)), "一起同意 5 件"],
    )
    assert "还有 2 件：/待办 2" in words(first)
    assert buttons(second) == ["办 FB-2026-0006", "办 FB-2026-0007", "一起同意 2 件"]


async def test_a_matter_can_be_opened_and_decided_from_the_inbox(world: World) -> None:
    await submit(world)
    await world.say("孙老师", "、待办")
    toast = await world.click("孙老师", "办 FB-2026-0001")
    await world.click("孙老师", "审查通过")
    late = await world.click("孙老师", "办 FB-2026-0001")

    assert (toast, late) == ("已打开，请看新卡片。", "FB-2026-0001 不由您办理，现在等 王书记（第一责任人）。")
    assert world.titles("孙老师") == ["已办 FB-2026-0001 学院更名", "待办", "已办 FB-2026-0001 学院更名"]


async def test_the_head_of_a_unit_and_the_centre_see_all_that_is_open_there(world: World) -> None:
    await submit(world)
    await submit(world, "唐老师", 媒体="计算人", 标题="招生简章")
    for who, words_ in (("王书记", "本单位"), ("赵老师", "全校"), ("赵老师", "计算"), ("李老师", "全校")):
        await world.say(who, f"/待办 {words_}")
    school, one = [shown for shown in world.screen("赵老师") if "在办" in words(shown)]
    mechanical = "机电学院党委\n· FB-2026-0001 学院更名：待 孙老师，11月24日 09:00前\n"
    computing = "计算学部党委\n· FB-2026-0002 招生简章：待 林书记，11月24日 09:00前\n"

    head = "【在办 全校 2 件】\n按单位排列，先到期的在前，其中超时 0 件。\n"
    assert words(school) == f"{head}{mechanical}{computing}查一件发 /查询 编号。"
    assert "【在办 计算 1 件】" in words(one)
    assert mechanical in world.last("王书记")
    assert "FB-2026-0002" not in world.last("王书记")
    assert "全校的在办由全媒体中心查看" in world.last("李老师")


async def test_what_was_returned_or_paused_is_still_open_in_its_unit(world: World) -> None:
    await submit(world)
    await submit(world, 标题="第二篇")
    await world.say("孙老师", "/退回 FB-2026-0001 请补主语")
    await world.say("赵老师", "/干预 FB-2026-0002 暂停 等通知")
    await world.say("王书记", "/待办 本单位")

    assert "· FB-2026-0001 学院更名：已退回，待 李老师 修改\n" in world.last("王书记")
    assert "· FB-2026-0002 第二篇：已由管理员暂停，恢复前不办\n" in world.last("王书记")


async def test_an_empty_inbox_says_so(world: World) -> None:
    await world.say("李老师", "/inbox")

    assert world.last("李老师") == "【待办】\n没有等您办理的事项。"


async def test_what_one_sent_is_listed_newest_first_with_who_holds_it(world: World) -> None:
    await pass_review(world)
    await submit(world, 标题="第二篇")
    await world.say("李老师", "/我的")

    assert world.last("李老师").split("\n") == [
        "我的申请 2 件",
        "最近的在前。",
        "FB0002",
        "第二篇 审批中，在 孙老师 处",
        "FB0001",
        "学院更名 审批中，在 王书记 处",
        "看 FB0002",
        "看 FB0001",
    ]


async def test_a_request_shows_its_state_chain_decisions_and_who_is_reminded_when(world: World) -> None:
    await pass_review(world)
    await world.say("李老师", "/查询FB-2026-0001")

    assert (
        world.last("李老师")
        == f"""【审批中 FB-2026-0001 学院更名】
现在等 王书记（第一责任人）。
事项：信息发布审批
申请人：李老师（机电学院党委）
媒体：机电之声
提交：11月23日（周一）09:00，第 1 版
指纹：234e3e75a143cc5e
截至：11月23日（周一）09:00
等待：王书记
卡片：王书记，飞书已送达 11月23日（周一）09:00，还没有看
请于：11月24日（周二）09:00前
✓ 提交
　李老师 · 11月23日（周一）09:00
✓ 1. 保密审查（第八条）
　孙老师 审查通过 · 11月23日（周一）09:00
▶ 2. 第一责任人审批（第六条（三）1）
　正在等 王书记
○ 全部通过
　预计 11月24日（周二）09:00前
办理记录：
李老师 提交 · 11月23日（周一）09:00
孙老师 审查通过 · 11月23日（周一）09:00
稿件信息：
类别：新闻
作者：李老师
声明：
保密：李老师 声明八项均不涉及（第八条）：{"；".join(SECRECY_QUESTIONS)}
版权：文字原创，其余不涉及（第九条）
正文：共 15 字，见 /查询 FB-2026-0001 全文
依据第六条（三）1。不处理不会自动通过；11月23日（周一）13:11 再次提醒。"""
    )


@pytest.mark.parametrize("who", ["李老师", "孙老师", "王书记", "赵老师", "钱主任"])
async def test_those_involved_and_the_centre_see_the_text(world: World, who: str) -> None:
    await pass_review(world)
    await world.say(who, "/查询 FB-2026-0001 全文")

    assert "经学校批准" in world.last(who)


@pytest.mark.parametrize("who", ["周老师", "吴副书记", "沈老师"])
async def test_colleagues_and_the_auditor_see_the_chain_and_not_the_text(world: World, who: str) -> None:
    await pass_review(world)
    await world.say(who, "/查询 FB-2026-0001")

    assert "正在等 王书记" in world.last(who)
    assert "经学校批准" not in world.last(who)

    await world.say(who, "/查询 FB-2026-0001 全文")

    assert world.last(who) == "【没有办成】\n正文只给申请人和办理这件申请的人看。"


@pytest.mark.parametrize("who", ["唐老师", "陈同学"])
async def test_another_unit_and_students_see_nothing(world: World, who: str) -> None:
    await pass_review(world)
    await world.say(who, "/查询 FB-2026-0001")

    assert world.last(who) == "【没有办成】\nFB-2026-0001 与您无关，不能查看。"


async def test_a_long_text_comes_in_pages(world: World) -> None:
    await submit(world, 正文="学" * 3200)
    await world.say("孙老师", "/查询 FB-2026-0001 全文")
    first = world.last("孙老师")
    await world.say("孙老师", "/查询 FB-2026-0001 全文 3")
    last = world.last("孙老师")

    assert "（第 1/3 页，下一页：/查询 FB-2026-0001 全文 2）" in first
    assert first.count("学") == 1500 - len("标题：院更名\n")
    assert (last.count("学"), "下一页" in last) == (3200 + len("标题：学院更名\n") - 3000, False)


async def test_the_button_that_looks_sends_state_and_text_and_leaves_the_card(world: World) -> None:
    await submit(world)
    toast = await world.click("孙老师", "查看")

    assert toast == "详情已发到对话里。"
    assert world.titles("孙老师") == [
        "待审查 FB-2026-0001 学院更名",
        "审批中 FB-2026-0001 学院更名",
        "FB-2026-0001 全文（第 1 版）",
    ]
    assert buttons(world.card("孙老师", of="待审查")) == ["审查通过", "退回", "不宜公开", "查看", "更多"]


async def test_in_wecom_a_long_text_is_looked_at_state_first_and_then_page_by_page(world: World) -> None:
    await submit(world, 正文="学" * 9000)
    await world.click("李老师", "查看")
    told = [words(shown) for shown in world.screen("李老师") if shown.native is None and not shown.mine]
    state, pages = told[0], told[1:]

    assert "正文：共 9000 字，见 /查询 FB-2026-0001 全文\n依据" in state
    assert [page.split("\n")[0] for page in pages] == ["（1/3）", "（2/3）", "（3/3）"]
    assert sum(page.count("学") for page in pages) == 1500 - len("标题：院更名\n")
    assert pages[-1].endswith("（第 1/7 页，下一页：/查询 FB-2026-0001 全文 2）")


async def test_a_draft_is_read_page_by_page_as_well(world: World) -> None:
    await world.say("李老师", post(正文="学" * 3200))
    await world.click("李老师", "查看")
    first = world.last("李老师")
    await world.say("李老师", "/查询 全文 3")
    last = world.last("李老师")

    assert first.endswith("（第 1/3 页，下一页：/查询 全文 2）")
    assert last.startswith("【稿件全文：学院更名】\n")
    assert "8. 不涉及其他不宜公开的内容" in "".join(map(words, world.screen("李老师")))
    assert last.endswith("学")


async def test_what_was_looked_up_stays_what_it_was(world: World) -> None:
    await submit(world)
    await world.say("孙老师", "/查询 FB-2026-0001")
    shown = world.screen("孙老师")[-1]
    await world.click("孙老师", "审查通过")

    assert shown.version == 1
    assert "截至\n11月23日（周一）09:00" in words(shown)


async def test_an_unknown_number_is_answered(world: World) -> None:
    await world.say("李老师", "/查询 FB-2026-0404")
    await world.say("李老师", "/查询 学院更名")

    assert [words(shown) for shown in world.screen("李老师") if not shown.mine] == [
        "【没有办成】\n没有 FB-2026-0404 这件申请，请核对编号。",
        "【还差编号】\n请写明编号，例如：/查询 FB-2026-0001。发 /待办 或 /我的 看编号。",
    ]


@pytest.mark.parametrize(
    "typed", ["/条款 6", "/条款 第六条", "/条款 六", "/article 6", "/条款6", "/条款第6条"]
)
async def test_an_article_is_found_by_its_number(world: World, typed: str) -> None:
    await world.say("李老师", typed)

    assert world.titles("李老师") == ["第六条（哈工大党宣〔2019〕10号）"]
    assert "必要时须报全媒体中心审批，通过后方可正式发布。" in world.last("李老师")
    assert "在这里：/备案、/变更、/发布 三个流程照此进行；" in world.last("李老师")


async def test_an_article_is_found_by_words(world: World) -> None:
    await world.say("李老师", "/条款 一事一审")

    assert world.last("李老师") == (
        "【含“一事一审”的条文（1 条）】\n第八条：各单位应加强对全媒体发布内容的保密管理，做到“谁发布、谁审查”"
        "“先审查、后公开”和“一事一审”，确保保密审查各项制度落实到位。"
    )


async def test_when_the_centre_is_necessary_can_be_read(world: World) -> None:
    await world.say("李老师", "/条款 必要时")

    assert (
        world.last("李老师")
        == """【必要时须报全媒体中心】
有下列情形之一，第一责任人同意后还须全媒体中心审批：
1. 涉及重大事项决策
2. 涉及突发事件
3. 涉及上级领导
4. 涉及民族宗教
5. 涉外、涉港澳台
6. 涉及军工科研
7. 新备案媒体（不满 30 天）首次发布
另：第一责任人认为必要（同意并报中心）；申请人即第一责任人；保密审查人是申请人或作者；没有保密审查人，第一责任人是作者。

依据第六条（三）1，由全媒体中心解释（第十六条）。"""
    )


async def test_a_word_that_no_article_has_is_answered(world: World) -> None:
    await world.say("李老师", "/条款 量子")

    assert world.last("李老师") == "【条款】\n条文里没有“量子”。可以换个词，或发 /条款 6 看整条。"

    await world.say("李老师", f"/条款 {'量' * 2000}")

    assert f"没有“{'量' * 39}…”" in world.last("李老师")


async def test_looking_changes_nothing(world: World) -> None:
    await pass_all(world)
    before = await db.rows("SELECT * FROM requests")
    for typed in ("/待办", "/我的", "/查询 FB-2026-0001", "/查询 FB-2026-0001 全文", "/条款 6", "/帮助"):
        await world.say("李老师", typed)

    assert await db.rows("SELECT * FROM requests") == before
