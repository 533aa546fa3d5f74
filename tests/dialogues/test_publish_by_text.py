"""/发布 as text lines: every field, every way to write it, and mistakes that lose nothing."""

import pytest

from tests.dialogues.posts import post, request, submit
from tests.world import World, buttons, words

EVERYTHING = """/发布
媒体：机电之声、QM-0002
标题：学院更名公告
正文：第一段。
第二段里有冒号：也还是正文。

第三段。
摘要：学院今日更名
来源：校外转载
转载来源：新华社
发布时间：明天 9:30
紧急：特急
紧急理由：今晚活动开始前须发布
涉及：校领导、招生考试
类别：通知公告
作者：李老师、何老师
评论值守：何老师
肖像授权：是
文字版权：已授权
图片版权：免费可商用"""


async def test_every_field_can_be_given_in_one_message(world: World) -> None:
    await world.say("李老师", EVERYTHING)
    await world.click("李老师", "确认提交")

    assert (await request()).form == {
        "media": ["QM-0001", "QM-0002"],
        "title": "学院更名公告",
        "body": "第一段。\n第二段里有冒号：也还是正文。\n\n第三段。",
        "summary": "学院今日更名",
        "source_kind": "校外转载",
        "source_name": "新华社",
        "planned_at": "2026-11-24T09:30+08:00",
        "urgency": "特急",
        "urgent_reason": "今晚活动开始前须发布",
        "involves": ["校领导", "招生考试"],
        "info_kind": "通知公告",
        "author": "李老师、何老师",
        "comments": "是",
        "watcher": "何老师",
        "portrait": "是",
        "copyright": {
            "text": "已授权",
            "image": "免费可商用",
            "font": "不涉及",
            "video": "不涉及",
            "music": "不涉及",
        },
        "files": [],
    }


async def test_several_fields_on_the_line_of_the_command_fill_those_fields(world: World) -> None:
    await world.say("李老师", "/发布 媒体：机电之声 标题：开放日：欢迎来 正文：时间：今天。 紧急：特急")

    assert "紧急理由" in world.last("李老师")

    await world.say("李老师", "今晚开始")
    await world.click("李老师", "确认提交")
    form = (await request()).form

    assert [form[name] for name in ("media", "title", "body", "urgency", "urgent_reason")] == [
        ["QM-0001"], "开放日：欢迎来", "时间：今天。", "特急", "今晚开始",
    ]  # fmt: skip


async def test_a_medium_that_is_named_twice_is_one_and_the_preview_says_so(world: World) -> None:
    await world.say("李老师", post(媒体="机电之声、QM-0001、机电学院网站、机电学院网站"))

    told = "“机电之声”、“机电学院网站”写了不止一次，只算一个。"
    assert told in world.last("李老师")

    await world.say("李老师", "标题：学院更名公告")

    assert told in world.last("李老师")

    await world.say("李老师", "媒体：机电之声、机电学院网站")

    assert "写了不止一次" not in world.last("李老师")

    await world.click("李老师", "确认提交")

    assert (await request()).form["media"] == ["QM-0001", "QM-0002"]


async def test_whatever_is_not_given_has_a_default(world: World) -> None:
    await submit(world)

    assert (await request()).form == {
        "media": ["QM-0001"],
        "title": "学院更名",
        "body": "经学校批准，机电学院今日更名。",
        "source_kind": "原创",
        "urgency": "普通",
        "involves": [],
        "info_kind": "新闻",
        "author": "李老师",
        "comments": "否",
        "portrait": "不涉及",
        "copyright": {
            "text": "原创",
            "image": "不涉及",
            "font": "不涉及",
            "video": "不涉及",
            "music": "不涉及",
        },
        "files": [],
    }


async def test_the_preview_shown_in_full_has_every_default_and_both_declarations(world: World) -> None:
    await world.say("李老师", post())
    await world.click("李老师", "查看")

    assert (
        world.last("李老师")
        == """【稿件全文：学院更名】
媒体：机电之声
来源：原创
涉及：无
拟发布：通过后即发
紧急：普通
审批：保密审查 → 第一责任人
【全部内容和声明】
【保密声明（第八条）】
1. 不涉及国家秘密或内部敏感事项
2. 不涉及工作秘密
3. 不涉及涉密科研项目的进展
4. 不涉及涉密成果、技术数据、图纸或照片
5. 不涉及军工涉外合作
6. 不涉及商业秘密
7. 不涉及个人隐私
8. 不涉及其他不宜公开的内容
【版权声明（第九条）】
文字：原创
图片：不涉及
字体：不涉及
视频：不涉及
音乐：不涉及
【其他内容】
类别：新闻
作者：李老师
摘要：—
评论：不开放
肖像授权：不涉及
附件：无
【正文】
经学校批准，机电学院今日更名。"""
    )


@pytest.mark.parametrize(
    "text",
    [
        "/发布\n媒体:机电之声\n标题:学院更名\n正文:经学校批准，机电学院今日更名。",
        "／发布\n媒体=机电之声\n标题 = 学院更名\n正文＝经学校批准，机电学院今日更名。",
        "、发布\n  媒体 ：“机电之声”\n标题：学院更名\n内容：经学校批准，机电学院今日更名。",
        "/publish\r\n发布媒体：QM-0001\r\n标题：学院更名\r\n正文：\r\n经学校批准，机电学院今日更名。\r\n",
        "/PUBLISH 学院更名\n媒体：机电之声·微信公众号\n正文：经学校批准，机电学院今日更名。",
        "/发布 标题：学院更名\n媒体：机电之声\n正文：经学校批准，机电学院今日更名。",
    ],
    ids=["colons", "equals", "blanks", "alias", "title-first", "field-first"],
)
async def test_a_post_may_be_written_in_many_ways(world: World, text: str) -> None:
    await world.say("李老师", text)
    await world.click("李老师", "确认提交")

    written = await request()

    assert (written.title, written.form["media"], written.form["body"]) == (
        "学院更名",
        ["QM-0001"],
        "经学校批准，机电学院今日更名。",
    )


async def test_a_mistake_is_answered_with_field_reason_and_example(world: World) -> None:
    await world.say(
        "李老师", post(紧急="很急", 标题="长" * 65, 发布时间="昨天 8:00", 链接="mp.weixin.qq.com")
    )

    told, card = [shown for shown in world.screen("李老师") if not shown.mine]

    assert (
        told.text
        == """【发布：请改正】
· 标题“长长长长长长长长长长长长长长长长长长长…”：最多 64 字，现在 65 字。例：标题：学院更名公告
· 链接“mp.weixin.qq.com”：链接要以 http:// 或 https:// 开头，中间没有空格。例：链接：https://mp.weixin.qq.com/s/…
· 发布时间“昨天 8:00”：这个时间已经过去了（11月22日（周日）08:00）。例：发布时间：明天 18:00
· 紧急“很急”：只能填：普通、紧急、特急。例：紧急：特急"""
    )
    assert "其余内容已保存，只需重发下面这几项（“字段：值”）：" in words(card)
    assert buttons(card) == ["普通", "紧急", "特急"]


async def test_sending_the_wrong_line_again_completes_the_post(world: World) -> None:
    await world.say("李老师", post(紧急="很急", 涉及="党建"))
    await world.say("李老师", "紧急：普通")
    await world.say("李老师", "涉及：无")

    assert world.titles("李老师") == ["发布：请改正", "发布：请改正", "请确认：学院更名"]

    await world.click("李老师", "确认提交")

    assert (await request()).form["body"] == "经学校批准，机电学院今日更名。"


async def test_a_wrong_field_must_be_corrected_before_the_post_can_be_confirmed(world: World) -> None:
    await world.say("李老师", post(涉及="党建、校领导"))
    await world.say("李老师", "摘要：更名")

    assert "确认提交" not in world.last("李老师")
    assert "涉及“党建、校领导”：没有“党建”这一项" in world.last("李老师")


async def test_what_is_missing_is_asked_for(world: World) -> None:
    await world.say("李老师", "/发布\n标题：学院更名")
    await world.click("李老师", "下一步", media=["QM-0001"])
    await world.say("李老师", "经学校批准，机电学院今日更名。")

    assert world.titles("李老师") == ["发布：正文", "请确认：学院更名"]


async def test_a_reprint_is_asked_where_it_comes_from(world: World) -> None:
    await world.say("李老师", post(来源="本校转载"))

    assert world.titles("李老师") == ["发布：转载来源"]

    await world.say("李老师", "校新闻网")
    await world.click("李老师", "确认提交")

    assert (await request()).form["source_name"] == "校新闻网"


async def test_haste_is_asked_for_its_reason(world: World) -> None:
    await world.say("李老师", post(紧急="特急"))

    assert world.titles("李老师") == ["发布：紧急理由"]


async def test_a_line_sent_after_the_preview_changes_it_and_the_old_preview_cannot_be_confirmed(
    world: World,
) -> None:
    await world.say("何老师", post())
    first = world.card("何老师", "确认提交")
    await world.say("何老师", "标题：学院更名公告")
    await world.feishu.click("ou_he", first.id, "确认提交")
    await world.settle()

    assert first.toast == "内容已有改动，请核对最新的预览。"
    assert world.titles("何老师") == ["请确认：学院更名公告", "请确认：学院更名公告"]

    await world.click("何老师", "确认提交")

    assert (await request()).title == "学院更名公告"
