"""Who may publish on what: every refusal says why, and names its article."""

from datetime import date, timedelta

import pytest

from storage import db, people
from tests.dialogues.posts import post, submit
from tests.world import World, words


@pytest.mark.parametrize(
    ("who", "media", "answer"),
    [
        (
            "李老师",
            "机电之光",
            (
                "· 媒体“机电之光”：台账里没有“机电之光”。您是不是要找：机电之声、机电学院网站？"
                "未备案的账号须先 /备案，个人账号不走发布审批（第六条（一））。例：媒体：机电之声"
            ),
        ),
        (
            "李老师",
            "李老师的抖音",
            (
                "· 媒体“李老师的抖音”：台账里没有“李老师的抖音”。发 /台账 可看本单位已备案的媒体。"
                "未备案的账号须先 /备案，个人账号不走发布审批（第六条（一））。例：媒体：机电之声"
            ),
        ),
        (
            "李老师",
            "计算人",
            "· 媒体“计算人”：“计算人”不是本单位的媒体，请由其主办单位发起（第四条）",
        ),
        (
            "李老师",
            "机电青年",
            "· 媒体“机电青年”：“机电青年”已被责令停止运行，恢复前不能发布（第十五条）",
        ),
        (
            "李老师",
            "QM-0005",
            ("· 媒体“QM-0005”：“机电旧刊”目前是“停更”状态，不能发布。恢复使用请先 /变更（第六条（一））"),
        ),
    ],
    ids=["unfiled", "personal", "of-another-unit", "stopped-by-order", "paused"],
)
async def test_a_medium_on_which_one_may_not_publish_is_refused_with_the_article(
    world: World, who: str, media: str, answer: str
) -> None:
    await world.say(who, post(媒体=media))

    assert "其余内容已保存，请直接回复改正后的内容：" in world.last(who)
    assert answer in "\n".join(map(words, world.screen(who)))


async def test_one_bad_medium_of_two_is_named_and_the_post_waits_for_it(world: World) -> None:
    await world.say("李老师", post(媒体="机电之声、计算人"))

    assert world.titles("李老师") == ["发布：请改正"]

    await world.say("李老师", "媒体：机电之声、机电学院网站")

    assert world.titles("李老师") == ["发布：请改正", "请确认：学院更名"]


async def test_staff_of_an_inner_office_publish_on_the_media_of_their_college(world: World) -> None:
    await submit(world, "周老师")

    assert world.titles("周老师") == ["审批中 FB-2026-0001 学院更名"]


async def test_a_student_is_sent_to_the_operator_of_the_medium(world: World) -> None:
    await world.say("陈同学", post())

    assert world.last("陈同学") == (
        "【没有办成】\n发布审批由教职工发起。学生稿件请交本单位媒体的运营负责人提交（第六条（三）1）。"
    )


async def test_whoever_left_can_do_nothing_and_see_nothing_any_more(world: World) -> None:
    await submit(world)
    await leave("2103", date(2026, 11, 23))
    left = "您的离职信息已登记，不能再使用。如有误，请联系系统管理员。"

    assert await world.click("孙老师", "审查通过") == left
    assert await world.click("孙老师", "查看") == left

    await world.say("孙老师", "/查询 FB-2026-0001")
    await world.say("孙老师", "标题：学院更名")

    assert world.titles("孙老师") == ["待审查 FB-2026-0001 学院更名", "没有办成", "没有办成"]


async def test_the_last_day_of_service_is_still_one(world: World) -> None:
    await leave("2104", date(2026, 11, 24))
    await submit(world)

    assert world.titles("李老师") == ["审批中 FB-2026-0001 学院更名"]


async def leave(person: str, on: date) -> None:
    await db.run("UPDATE people SET left_on = ? WHERE id = ?", on.isoformat(), person)


async def test_an_unknown_account_is_told_how_to_be_bound_and_nothing_else(world: World) -> None:
    await db.run("UPDATE people SET feishu = NULL WHERE id = '2105'")
    await world.say("何老师", "/发布")
    await world.say("何老师", "/查询 FB-2026-0001")
    await world.feishu.enter("ou_he")
    await world.settle()

    assert world.titles("何老师") == ["还不认识您", "还不认识您"]
    assert "请把您的姓名、工号和下面的账号告诉本单位的系统管理员或全媒体中心" in world.last("何老师")
    assert "账号：ou_he" in world.last("何老师")


async def test_a_medium_stopped_after_the_preview_can_no_longer_be_confirmed(world: World) -> None:
    await world.say("何老师", post())
    await db.run("UPDATE media SET state = '停止运行' WHERE no = 'QM-0001'")

    assert await world.click("何老师", "确认提交") == (
        "“机电之声”已被责令停止运行，恢复前不能发布（第十五条）。"
    )


async def test_wecom_accounts_are_the_same_in_either_case(world: World) -> None:
    await submit(world, "李老师")

    person = await people.get("2104")

    assert person is not None
    assert (person.wecom, person.last_platform) == ("Li", "wecom")
    assert world.titles("李老师") == ["审批中 FB-2026-0001 学院更名"]


async def test_opening_the_conversation_is_greeted_once_a_day(world: World) -> None:
    await world.feishu.enter("ou_he")
    await world.feishu.enter("ou_he")
    await world.settle()

    assert world.titles("何老师") == ["全媒 · 审批助手"]

    world.step(timedelta(days=1, seconds=1).total_seconds())
    await world.feishu.enter("ou_he")
    await world.settle()

    assert world.titles("何老师") == ["全媒 · 审批助手", "全媒 · 审批助手"]
