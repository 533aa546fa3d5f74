"""/培训: a code in the meeting and one tap; a short quiz; counts for others, one's own record for oneself."""

from datetime import timedelta

from storage import db, marks, trainings
from storage.records import State
from tests.dialogues import cases
from tests.dialogues.posts import request
from tests.world import World, buttons, title, words

NUMBER = "ZD-2026-0001"
QUIZ = "测验：发布前先做什么？；A 保密审查；B 排版；答案 A\n改一个字要不要重新审？；要；不要；答案 A"


def typed(*more: str, kind: str = "警示教育", at: str = "10:00") -> str:
    lines = (f"种类：{kind}", "标题：新媒体运营警示教育", "日期：2026-11-23", f"时间：{at}", "学时：2")
    return "\n".join(("/培训", *lines, "地点：行政楼 201", *more))


async def held(world: World, *more: str, who: str = "李老师", **of: str) -> None:
    await world.say(who, typed(*more, **of))
    await world.click(who, "确认提交")


async def shown(world: World, who: str = "李老师") -> str:
    """The code, an hour into the morning."""
    if world.now.hour < 2:
        await world.tick(hours=1)
    await world.say(who, f"/培训 {NUMBER}")
    await world.click(who, "显示签到码")
    return title(world.card(who, of="签到码")).removeprefix("签到码 ")


async def sign(world: World, who: str, code: str) -> None:
    await world.say(who, f"/签到 {code}")
    await world.click(who, "签到")


async def test_a_code_in_the_meeting_and_one_tap(world: World) -> None:
    await held(world)

    kept = await request(NUMBER)
    assert (kept.kind, kept.state, kept.form["hours"]) == ("PX", State.RECORDED, "2")

    code = await shown(world)
    for who in ("何老师", "陈同学", "唐老师"):
        await sign(world, who, code)

    assert "签到人\n何老师" in world.last("何老师")
    assert "您已签到：11-23" in world.last("何老师")
    assert [one.person for one in await trainings.of_request(kept.id)] == ["2105", "2107", "2202"]

    await world.click("李老师", "看签到")

    assert "已签到\n3 人" in world.last("李老师")

    await world.say("王书记", "/制度")

    assert f"警示教育：{NUMBER}（2026-11-23）" in world.last("王书记")
    assert "培训 1 次，本单位 2 人次，2 学时" in world.last("王书记")


async def test_a_code_that_is_old_or_of_nobody_signs_nothing(world: World) -> None:
    await held(world)
    old = await shown(world)
    await world.say("何老师", f"/签到 {old}")
    await world.click("李老师", "换签到码")
    await world.click("何老师", "签到")

    assert await trainings.of_request((await request(NUMBER)).id) == []

    await world.say("何老师", f"/签到 {old}")

    assert "没有这个签到码" in world.last("何老师")


async def test_codes_end_with_time_and_are_not_guessed(world: World) -> None:
    await held(world)
    code = await shown(world)
    await world.tick(minutes=16)
    await world.say("何老师", f"/签到 {code}")

    assert "没有这个签到码" in world.last("何老师")

    for _ in range(5):
        await world.say("何老师", "/签到 1")

    assert "签到码错得太多了" in world.last("何老师")

    await world.tick("registers", minutes=11)

    assert await marks.named("signing:") == []


async def test_a_code_is_shown_by_who_holds_it_and_around_its_time(world: World) -> None:
    await held(world)
    await world.say("孙老师", f"/培训 {NUMBER}")
    await world.say("王书记", f"/培训 {NUMBER}")

    assert buttons(world.card("孙老师")) == []
    assert "显示签到码" not in buttons(world.card("王书记"))

    await world.tick(hours=1)
    await world.say("王书记", f"/培训 {NUMBER}")

    assert buttons(world.card("王书记")) == ["显示签到码"]

    await world.tick(hours=5)
    await world.click("王书记", "显示签到码")

    assert await trainings.code_of((await request(NUMBER)).id) is None


async def test_nobody_of_another_unit_sees_a_training_of_a_unit_and_all_see_the_centres(world: World) -> None:
    await held(world)
    await world.say("唐老师", f"/培训 {NUMBER}")

    assert "与您无关" in world.last("唐老师")

    await held(world, who="钱主任", kind="政策宣讲")
    await world.say("陈同学", "/培训")

    assert "ZD-2026-0002 2026-11-23 10:00 政策宣讲" in world.last("陈同学")
    assert NUMBER in world.last("陈同学")


async def test_the_organiser_enters_who_was_there_with_a_reason_and_they_are_told(world: World) -> None:
    await held(world)
    await world.tick(hours=4)
    await world.say("李老师", f"/补签 {NUMBER} 何老师")

    assert "请写明理由" in world.last("李老师")

    await world.say("李老师", f"/补签 {NUMBER} 何老师 手机没电，在场")

    assert "李老师 为您补签了" in world.last("何老师")

    await world.say("孙老师", f"/补签 {NUMBER} 陈同学 在场")

    assert "由培训的组织者办理" in world.last("孙老师")

    await world.say("何老师", "/培训 我的")

    assert "补签 签到" in world.last("何老师")
    assert "共 2 学时" in world.last("何老师")

    await world.tick(days=9)
    await world.say("李老师", f"/补签 {NUMBER} 陈同学 在场")

    assert "7 天内可以补签" in world.last("李老师")


async def test_the_quiz_is_answered_once_and_its_score_is_ones_own(world: World) -> None:
    await held(world, QUIZ)
    code = await shown(world)
    for who, first, second in (("何老师", "A", "B"), ("陈同学", "A", "A"), ("孙老师", "A", "A")):
        await sign(world, who, code)
        await world.click(who, "答题")
        await world.click(who, first)
        await world.click(who, second)

    assert "测验完成：答对 1/2" in world.last("何老师")
    assert "第 2 题正确答案：A 要" in world.last("何老师")
    assert "测验完成：答对 2/2" in world.last("陈同学")

    await world.say("李老师", f"/培训 {NUMBER}")

    assert "测验\n3 人答完，平均答对 83%" in world.last("李老师")
    assert "何老师" not in world.last("李老师")

    await world.say("何老师", f"/查询 {NUMBER}")
    await world.say("何老师", f"/查询 {NUMBER} 全文")

    assert "答案 A" not in world.last("何老师")

    await world.say("李老师", f"/更正 {NUMBER}\n测验：换一题；是；否；答案 A")
    await world.click("李老师", "确认提交")

    assert "题目不能再改" in world.last("李老师")


async def test_who_was_there_may_have_the_material(world: World) -> None:
    await held(world, "材料：课件见 https://example.edu.cn/a")
    code = await shown(world)
    await world.say("孙老师", f"/查询 {NUMBER} 全文")

    assert "课件见" not in world.last("孙老师")

    await sign(world, "孙老师", code)
    await world.click("孙老师", "看材料")

    assert "课件见" in world.last("孙老师")


async def test_who_is_named_is_told_and_hears_when_it_is_called_off(world: World) -> None:
    await held(world, "参加人：何老师、陈同学")

    assert world.titles("何老师") == [f"培训 {NUMBER} 警示教育“新媒体运营警示教育”"]

    await world.say("李老师", f"/更正 {NUMBER}\n参加人：何老师、陈同学、孙老师")
    await world.click("李老师", "确认提交")

    assert len(world.titles("何老师")) == len(world.titles("孙老师")) == 1

    await world.say("李老师", f"/更正 {NUMBER}\n地点：图书馆")
    await world.click("李老师", "确认提交")

    assert "图书馆" in world.last("何老师")

    await world.click("李老师", "取消培训")
    await world.click("李老师", "确认取消")

    assert "已取消" in world.last("何老师")
    assert "已取消" in world.last("陈同学")


async def test_one_that_was_held_before_is_put_on_record_with_how_many_came(world: World) -> None:
    await held(world, "参加人：约35人", kind="政策宣讲", at="8点")
    await world.say("李老师", "/培训 2026年")

    assert any("培训 1 次，本单位 35 人次" in words(one) for one in world.screen("李老师"))


async def test_wecom_asks_what_must_be_known_and_mistakes_are_said(world: World) -> None:
    await world.say("李老师", "/培训")
    await world.click("李老师", "下一步", kind=["保密培训"])
    await world.say("李老师", "保密培训")
    await world.say("李老师", "2026-12-01")
    await world.say("李老师", "时间：很早")

    assert "看不出是几点" in world.last("李老师")

    await world.say("李老师", "时间：下午2点半")
    await world.say("李老师", "测验：一题没有答案")

    assert "没有写答案" in world.last("李老师")

    await world.say("李老师", "测验：是否涉密由谁定？；A 保密审查人；B 自己；答案 A")
    await world.click("李老师", "确认提交")

    kept = await request(NUMBER)
    assert (kept.form["starts"], kept.form["kind"]) == ("14:30", "保密培训")


async def test_feishu_fills_in_the_form(world: World) -> None:
    await world.say("何老师", "/培训")
    await world.click("何老师", "预览", kind="版权培训", title="图片版权", held_on="2026-12-01", hours="1.5")
    await world.click("何老师", "确认提交")

    assert (await request(NUMBER)).form["hours"] == "1.5"


async def test_two_taps_at_once_are_one(world: World) -> None:
    await held(world)
    code = await shown(world)
    await sign(world, "何老师", code)
    kept = await request(NUMBER)
    async with db.transaction():
        again = await trainings.sign(trainings.Attendance(kept.id, "2105", "2100", world.now + timedelta(1)))

    assert not again


async def test_closed_cases_are_lessons_that_name_nobody(world: World) -> None:
    await cases.heard(world)
    await cases.decides(world)
    await world.say("王书记", "/培训 案例")

    assert "还没有可用的案例" in world.last("王书记")

    await world.tick(days=14)
    await world.say("王书记", "/培训 案例")

    told = world.last("王书记")
    assert "案例 1：2026 年，师生个人，第十四条（三）发布授权，情节一般，提醒、责令停止运行" in told
    assert not any(one in told for one in ("何老师", "唐老师", "机电", "QM-", "WG-", "报名日期"))

    await world.say("孙老师", "/培训 案例")

    assert "由第一责任人、媒体运营负责人" in world.last("孙老师")

    await world.say("李老师", "/培训\n种类：警示教育\n标题：案例课\n日期：明天\n引用案例：案例 9")

    assert "没有这个案例" in world.last("李老师")

    await world.say("李老师", "引用案例：案例 1")
    await world.click("李老师", "确认提交")

    assert (await request(NUMBER)).form["case_used"].startswith("2026 年，师生个人，")
