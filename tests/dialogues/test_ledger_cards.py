"""What the cards of /备案 and /变更 tell those who decide, where nothing can be unfolded."""

from tests.world import World, words

FILING = (
    "/备案\n媒体名称：机电研究\n平台类型：微信公众号\n运营负责人：李老师\n管理员：李老师、何老师\n"
    "定位：发布学院新闻和通知，服务师生校友。\n备案类型：补备案\n开通日期：2026-03-01\n"
    "补备案原因：原负责人调离\n同平台理由：面向研究生"
)
CHANGE = (
    "/变更\n媒体：机电之声\n变更日期：11-10\n管理员：何老师\n变更原因：岗位调整\n逾期原因：出差未及时办理"
)


async def test_a_change_is_told_before_and_after_on_the_card_itself(world: World) -> None:
    await world.say("李老师", CHANGE)
    await world.click("李老师", "确认提交")
    await world.click("王书记", "同意")
    card = world.card("赵老师", "备案").native or {}

    assert card["sub_title_text"].startswith(
        "管理员：李老师 → 何老师；变更原因：岗位调整\n依据第六条（二）。"
    )
    assert {"keyname": "逾期", "value": "4 个工作日：出差未及时办理"} in card["horizontal_content_list"]


async def test_a_filing_is_looked_at_state_first_and_then_whole(world: World) -> None:
    await world.say("李老师", FILING)
    await world.click("李老师", "确认提交")
    await world.click("王书记", "同意")
    await world.click("赵老师", "查看")
    state, whole = [words(shown) for shown in world.screen("赵老师") if shown.native is None]

    assert "备案信息：见 /查询 BA-2026-0001 全文\n承诺：" in state
    assert whole.startswith("【BA-2026-0001 全文（第 1 版）】\n媒体：机电研究（微信公众号）\n")
    assert "开通日期：3月1日（周日）\n补备案原因：原负责人调离" in whole
