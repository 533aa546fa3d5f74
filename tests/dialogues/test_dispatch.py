"""/调动: the centre asks media for the same; each answers once, and the centre sees how far it is (5(1))."""

from io import BytesIO

from openpyxl import load_workbook

from storage import campaigns
from storage.records import State
from tests.dialogues.books import media_say
from tests.dialogues.posts import request
from tests.dialogues.test_files import upload
from tests.world import World, buttons, words

NUMBER = "DD-2026-0001"
LINK = "https://mp.weixin.qq.com/s/abc"
FIELDS = {
    "主题": "百年校庆", "要求": "转发学校主页头条，不改标题", "媒体": "机电学院党委、计算人", "动作": "转发",
    "截止": "11月25日 18:00",
}  # fmt: skip


def written(**fields: str) -> str:
    lines = [f"{name}：{text}" for name, text in (FIELDS | fields).items() if text]
    return "\n".join(["/调动", *lines])


async def ordered(world: World, **fields: str) -> None:
    """赵老师's campaign, whose media have been asked."""
    await world.say("赵老师", written(**fields))
    await world.click("赵老师", "确认提交")
    await world.tick("campaigns")


async def answers() -> dict[str, str]:
    return {call.medium: call.answer for call in await campaigns.of((await request(NUMBER)).id)}


async def test_the_preview_says_how_many_and_which_and_whoever_runs_one_is_asked(world: World) -> None:
    await world.say("赵老师", written())
    shown = words(world.card("赵老师", "确认提交"))

    assert "3 个媒体（微信公众号 2、单位网站 1）" in shown

    await world.click("赵老师", "查看")

    assert "机电之声（微信公众号，QM-0001）" in world.last("赵老师")
    assert "机电旧刊（期刊，QM-0005）" in world.last("赵老师")

    await world.click("赵老师", "确认提交")
    await world.tick("campaigns")

    assert (await request(NUMBER)).state is State.RECORDED
    assert world.titles("李老师")[-2:] == [f"待转发 {NUMBER} 百年校庆"] * 2
    assert world.titles("唐老师")[-1] == f"待转发 {NUMBER} 百年校庆"
    assert buttons(world.card("唐老师"))[:4] == ["收到", "完成", "不能完成", "查看"]
    assert await answers() == {"QM-0001": "", "QM-0002": "", "QM-0006": ""}


async def test_what_is_not_found_is_said_with_what_is_near(world: World) -> None:
    await world.say("赵老师", written(媒体="机电之生、微信公众号"))

    assert "没有叫“机电之生”的媒体、平台、大类或单位。您是不是要找：机电之声" in world.last("赵老师")

    await world.say("赵老师", "机电之声、微信公众号")

    assert "3 个媒体（微信公众号 3）" in words(world.card("赵老师", "确认提交"))


async def test_one_answer_counts_for_the_medium_and_another_is_told_whose(world: World) -> None:
    await ordered(world, 媒体="计算人")
    await world.click("唐老师", "收到")

    assert "已收到" not in world.titles("唐老师")[-1]
    assert "唐老师 11月23日" in words(world.card("唐老师", "完成"))

    await world.click("唐老师", "完成")
    await world.say("唐老师", LINK)

    assert await answers() == {"QM-0006": "done"}

    await world.say("林书记", f"/完成 {NUMBER} https://example.edu.cn/1")

    assert "“计算人”已由 唐老师 回复已完成，不用再办。" in world.last("林书记")

    await world.say("李老师", f"/完成 {NUMBER} {LINK}")

    assert f"{NUMBER} 与您无关，不能办理。" in world.last("李老师")


async def test_who_runs_several_names_one_or_is_understood_by_the_link(world: World) -> None:
    await ordered(world)
    await world.say("李老师", f"/完成 {NUMBER} {LINK}")

    assert await answers() == {"QM-0001": "done", "QM-0002": "", "QM-0006": ""}
    assert "还没有回复的：机电学院网站" in world.last("李老师")

    await world.say("李老师", f"/不能完成 {NUMBER} 网站正在迁移")

    assert (await answers())["QM-0002"] == "cannot"

    await world.say("李老师", f"/完成 {NUMBER} 机电学院网站 https://jidian.example.edu.cn/1")

    assert (await answers())["QM-0002"] == "done"


async def test_a_link_of_another_platform_is_asked_about(world: World) -> None:
    await ordered(world)
    await world.click("李老师", "完成")
    await world.say("李老师", LINK)

    assert f"{LINK} 看着不是“机电学院网站”上的链接，没有登记。" in world.last("李老师")
    assert (await answers())["QM-0002"] == ""

    await world.say("李老师", f"/完成 {NUMBER} 确认 机电学院网站 {LINK}")

    assert (await answers())["QM-0002"] == "done"


async def test_feishu_answers_by_button(world: World) -> None:
    await media_say(world, QM_0001={"运营负责人工号": "2105", "管理员工号": "2104"})
    await ordered(world, 媒体="机电之声")

    assert await world.click("何老师", "收到") == f"已记下“机电之声”收到 {NUMBER}。"
    assert "收到" not in buttons(world.card("何老师", "完成"))

    await world.say("何老师", "/待办")

    assert "待转发" in world.last("何老师")

    await world.click("何老师", "完成", of="待转发")
    await world.say("何老师", LINK)

    assert await answers() == {"QM-0001": "done"}
    assert f"已登记“机电之声”已完成（{NUMBER}）。" in world.last("何老师")
    assert [world.titles(name)[-1] for name in ("李老师",)] == [f"已完成 {NUMBER} 百年校庆"]
    assert f"已完成 {NUMBER} 百年校庆" in world.titles("何老师")


async def test_the_head_may_answer_too(world: World) -> None:
    await ordered(world, 媒体="机电之声")
    await world.say("王书记", f"/收到 {NUMBER}")

    assert f"已记下“机电之声”收到 {NUMBER}。" in world.last("王书记")

    await world.say("王书记", f"/不能完成 {NUMBER}")

    assert "还差内容" in world.titles("王书记")[-1]

    await world.say("王书记", f"/不能完成 {NUMBER} 账号正在迁移")

    assert await answers() == {"QM-0001": "cannot"}
    assert "不能完成" in world.titles("李老师")[-1]


async def test_the_centre_sees_how_far_it_is(world: World) -> None:
    await ordered(world)
    await world.say("唐老师", f"/完成 {NUMBER} {LINK}")
    await world.say("钱主任", "/调动 进度")

    assert world.titles("钱主任")[-1] == f"{NUMBER} 百年校庆 1/3"
    assert "chart" in str(world.card("钱主任").native)
    assert f"计算人：{LINK}（唐老师）" in world.last("钱主任")

    await world.say("赵老师", f"/调动 结果 {NUMBER}")
    (sent,) = [shown for shown in world.screen("赵老师") if shown.file]
    book = load_workbook(BytesIO(sent.file.content if sent.file else b""))

    assert [row[2:7] for row in book["媒体"].values][3] == ("计算人", "微信公众号", "已完成", LINK, "唐老师")
    assert len(book["进度"]._charts) == 1

    await world.say("李老师", "/调动 进度")

    assert "进度由全媒体中心查看" in world.last("李老师")


async def test_reminders_within_the_window_then_the_head_then_the_centre(world: World) -> None:
    await ordered(world, 媒体="计算人", 截止="11月26日 18:00")
    heads = world.titles("林书记")
    await world.tick("remind", days=2, hours=1, minutes=7)

    assert world.titles("唐老师") == [f"待转发 {NUMBER} 百年校庆"] * 2

    await world.tick("remind", days=1)

    assert world.titles("唐老师") == [f"待转发 {NUMBER} 百年校庆"] * 3
    assert world.titles("林书记") == heads

    await world.tick("remind", days=1)

    assert "没有回复不等于没有做，系统不作认定" in world.last("林书记")

    await world.tick("remind", days=3)

    assert "还有 1 个没有回复。" in world.last("赵老师")


async def test_a_medium_that_is_in_use_no_more_owes_nothing(world: World) -> None:
    await ordered(world, 媒体="计算人、机电之声", 截止="11月26日 18:00")
    await media_say(world, QM_0006={"状态": "停更"})
    for _ in range(4):
        await world.tick("remind", days=1, minutes=7)

    assert world.titles("唐老师") == [f"已停用 {NUMBER} 百年校庆"]
    assert f"待转发 {NUMBER} 百年校庆" in world.titles("李老师")
    assert "“计算人”已停更，不用再办。" in words(world.card("唐老师", of=NUMBER))

    await world.say("赵老师", "/调动 进度")

    assert "已停用" in world.last("赵老师")


async def test_nobody_is_reminded_where_no_answer_is_asked_for(world: World) -> None:
    await ordered(world, 媒体="计算人", 须回复="否")
    before = {name: len(world.titles(name)) for name in ("唐老师", "林书记", "赵老师")}
    for _ in range(4):
        await world.tick("remind", days=1, minutes=7)

    assert {name: len(world.titles(name)) for name in before} == before


async def test_the_centre_adds_media_extends_and_ends_it(world: World) -> None:
    await ordered(world, 媒体="计算人")
    await world.say("钱主任", f"/追加媒体 {NUMBER} 机电之声、计算人")
    await world.tick("campaigns")

    assert world.titles("李老师")[-1] == f"待转发 {NUMBER} 百年校庆"

    await world.say("李老师", f"/完成 {NUMBER} {LINK}")
    await world.say("钱主任", f"/延期 {NUMBER} 11-27")
    await world.tick("campaigns")

    assert "11月23日 09:00至 11月27日 24:00" in world.last("唐老师")
    assert "11月27日" not in world.last("李老师")

    await world.say("钱主任", "/调动 进度")
    await world.click("钱主任", "收回")
    await world.say("钱主任", "另行安排")

    assert (await request(NUMBER)).state is State.WITHDRAWN
    assert await answers() == {"QM-0001": "done", "QM-0006": "dropped"}

    await world.tick("remind", minutes=1)
    await world.say("唐老师", f"/完成 {NUMBER} {LINK}")

    assert "已提前结束，不用再办" in world.last("唐老师")


async def test_its_files_reach_whoever_is_asked_and_nobody_else(world: World) -> None:
    await world.say("钱主任", written(媒体="计算人"))
    await upload(world, "钱主任", "海报.pdf", b"%PDF-1.7 poster")
    await world.click("钱主任", "确认提交")
    await world.tick("campaigns")
    await world.click("唐老师", "查看")

    assert "[文件] 海报.pdf" in [shown.text for shown in world.screen("唐老师") if shown.file]

    await world.say("李老师", f"/查询 {NUMBER}")

    assert f"{NUMBER} 与您无关，不能查看。" in world.last("李老师")


async def test_a_round_of_more_than_a_slice_asks_everybody_once(world: World) -> None:
    await ordered(world, 媒体="全校")
    await world.tick("campaigns")

    asked = f"待转发 {NUMBER} 百年校庆"
    assert [world.titles(name).count(asked) for name in ("李老师", "唐老师", "赵老师")] == [2, 1, 1]


async def test_only_the_centre_orders_one(world: World) -> None:
    await world.say("李老师", written())

    assert "统一调动由全媒体中心发起" in world.last("李老师")


async def test_feishu_fills_in_the_form(world: World) -> None:
    await world.say("钱主任", "/调动")
    await world.click(
        "钱主任", "预览", campaign="百年校庆", instruction="置顶校庆专题", targets="计算人", action="置顶",
        until="2026-11-27 18:00", person="您本人",
    )  # fmt: skip
    await world.click("钱主任", "确认提交")
    await world.tick("campaigns")
    await world.click("唐老师", "查看")

    assert "要求：置顶校庆专题" in world.last("唐老师")

    await world.say("唐老师", f"/完成 {NUMBER} 已置顶")

    assert (await request(NUMBER)).form["person"] == "1102"
    assert await answers() == {"QM-0006": "done"}


async def test_wecom_asks_question_by_question(world: World) -> None:
    await world.say("赵老师", "/调动 百年校庆")
    await world.say("赵老师", "转发头条")
    await world.say("赵老师", "微信公众号")
    await world.click("赵老师", "下一步", action=["转发"])
    await world.say("赵老师", "11月25日")
    await world.click("赵老师", "确认提交")

    assert (await request(NUMBER)).facts["media"] == ["QM-0001", "QM-0003", "QM-0006"]
