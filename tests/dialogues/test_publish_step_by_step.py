"""/发布 with nothing behind it: WeCom asks question by question, Feishu shows a form."""

from collections.abc import Mapping
from typing import Any

from tests.dialogues.posts import post, request
from tests.world import World, title


async def answered_up_to_the_preview(world: World) -> None:
    await world.say("李老师", "/发布")
    await world.click("李老师", "下一步", media=["机电之声", "机电学院网站"])
    await world.say("李老师", "校庆通知")
    await world.say("李老师", "全校师生：\n校庆定于六月举行。")
    await world.click("李老师", "下一步", urgency="普通", info_kind="通知公告")
    await world.click("李老师", "下一步", involves=["校领导"])


async def test_wecom_asks_one_thing_after_the_other(world: World) -> None:
    seen = []
    await world.say("李老师", "/发布")
    seen.append(world.titles("李老师")[-1])
    await world.click("李老师", "下一步", media=["机电之声", "机电学院网站"])
    seen.append(world.titles("李老师")[-1])
    await world.say("李老师", "校庆通知")
    seen.append(world.titles("李老师")[-1])
    await world.say("李老师", "校庆定于六月举行。")
    seen.append(world.titles("李老师")[-1])
    await world.click("李老师", "下一步")
    seen.append(world.titles("李老师")[-1])
    await world.click("李老师", "下一步")
    seen.append(world.titles("李老师")[-1])

    assert seen == [
        "发布：媒体",
        "发布：标题",
        "发布：正文",
        "发布：基本情况",
        "发布：涉及内容",
        "请确认：校庆通知",
    ]


async def test_what_was_chosen_and_written_is_what_is_submitted(world: World) -> None:
    await answered_up_to_the_preview(world)
    await world.click("李老师", "确认提交")

    form = (await request()).form

    assert {name: form[name] for name in ("media", "title", "body", "info_kind", "involves")} == {
        "media": ["QM-0001", "QM-0002"],
        "title": "校庆通知",
        "body": "全校师生：\n校庆定于六月举行。",
        "info_kind": "通知公告",
        "involves": ["校领导"],
    }


async def test_only_media_on_which_one_may_publish_can_be_chosen(world: World) -> None:
    await world.say("周老师", "/发布")

    options = world.card("周老师").native["checkbox"]["option_list"]  # type: ignore[index]

    assert [option["text"] for option in options] == ["机电之声", "机电学院网站"]


async def test_a_link_may_stand_for_the_text(world: World) -> None:
    await world.say("李老师", "/发布\n媒体：机电之声\n标题：校庆")
    await world.say("李老师", "https://mp.weixin.qq.com/s/abc")
    await world.click("李老师", "确认提交")

    form = (await request()).form

    assert (form.get("link"), form.get("body")) == ("https://mp.weixin.qq.com/s/abc", None)


async def test_a_bad_link_is_forgotten_once_the_text_itself_is_there(world: World) -> None:
    await world.say("李老师", "/发布\n媒体：机电之声\n标题：校庆")
    await world.say("李老师", "https://mp.weixin .qq.com")
    await world.say("李老师", "校庆定于六月举行。")

    assert world.titles("李老师") == ["发布：正文", "发布：正文", "请确认：校庆"]


async def test_a_wrong_answer_is_asked_for_again(world: World) -> None:
    await world.say("李老师", "/发布")
    await world.click("李老师", "下一步", media=["机电之声"])
    await world.say("李老师", "长" * 70)

    assert world.last("李老师") == (
        "【发布：标题】\n标题是什么？（64 字以内）\n"
        "· 标题“长长长长长长长长长长长长长长长长长长长…”：最多 64 字，现在 70 字。例：标题：学院更名公告\n"
        "直接回复即可，已填的会保存；不写了请发“放弃”。"
    )


async def test_other_commands_in_between_do_not_disturb_the_dialogue(world: World) -> None:
    await world.say("李老师", "/发布")
    await world.click("李老师", "下一步", media=["机电之声"])
    await world.say("李老师", "/待办")
    await world.say("李老师", "/条款 8")
    await world.say("李老师", "校庆通知")

    assert world.titles("李老师")[-1] == "发布：正文"


async def test_a_restart_in_the_middle_goes_on_where_it_was(world: World) -> None:
    await world.say("李老师", "/发布")
    await world.click("李老师", "下一步", media=["机电之声"])
    await world.restart()
    await world.say("李老师", "校庆通知")
    await world.restart()
    await world.say("李老师", "校庆定于六月举行。")

    assert world.titles("李老师")[-1] == "发布：基本情况"


async def test_giving_up_ends_the_dialogue(world: World) -> None:
    await world.say("李老师", "/发布")
    await world.click("李老师", "下一步", media=["机电之声"])
    await world.say("李老师", "放弃")

    assert world.last("李老师") == "【全媒】\n草稿已放弃，没有提交任何内容。24 小时内发“恢复”可以取回。"

    await world.say("李老师", "校庆通知")

    assert world.titles("李老师")[-1] == "没看懂"


async def test_an_unfinished_post_can_be_gone_on_with(world: World) -> None:
    await world.say("李老师", "/发布\n媒体：机电之声\n标题：校庆")
    await world.say("李老师", "/发布")

    assert world.titles("李老师")[-1] == "您有一份没提交的稿件"

    await world.click("李老师", "继续填写")
    await world.say("李老师", "校庆定于六月举行。")

    assert world.titles("李老师")[-1] == "请确认：校庆"


async def test_another_post_can_be_begun_beside_an_unfinished_one(world: World) -> None:
    await world.say("李老师", "/发布\n媒体：机电之声\n标题：校庆")
    await world.say("李老师", "/发布")
    await world.click("李老师", "另写一份")

    assert world.titles("李老师")[-1] == "发布：媒体"

    await world.say("李老师", "/我的")

    assert "另有 2 份没提交的草稿，发 /发布 继续。" in world.last("李老师")


async def test_half_an_hour_of_silence_brings_one_reminder(world: World) -> None:
    await world.say("李老师", "/发布\n媒体：机电之声\n标题：校庆")
    await world.tick(minutes=29)

    assert world.titles("李老师") == ["发布：正文"]

    await world.tick(minutes=3)
    await world.tick(hours=3)
    await world.tick(days=1)

    assert world.titles("李老师") == ["发布：正文", "您有一份没提交的稿件"]


async def test_a_post_left_in_the_evening_is_reminded_of_on_the_next_working_morning(world: World) -> None:
    world.step(9 * 3600)
    await world.say("李老师", "/发布\n媒体：机电之声\n标题：校庆")
    await world.tick(minutes=31)
    await world.tick(hours=13)

    assert world.titles("李老师") == ["发布：正文"]

    await world.tick(hours=2)

    assert world.titles("李老师") == ["发布：正文", "您有一份没提交的稿件"]


async def test_a_submitted_post_is_not_reminded_of(world: World) -> None:
    await world.say("李老师", post())
    await world.click("李老师", "确认提交")
    await world.tick(minutes=45)

    assert world.titles("李老师") == ["审批中 FB-2026-0001 学院更名"]


async def test_feishu_shows_the_whole_form(world: World) -> None:
    await world.say("何老师", "/发布")
    await world.click(
        "何老师",
        "预览",
        media=["QM-0001"],
        title="校庆通知",
        body="校庆定于六月举行。",
        involves=["校领导", "上级领导"],
        planned_at="2026-11-25 18:00",
    )

    assert world.titles("何老师") == ["请确认：校庆通知"]

    await world.click("何老师", "确认提交")
    form = (await request()).form

    assert (form["media"], form["involves"], form["planned_at"]) == (
        ["QM-0001"],
        ["校领导", "上级领导"],
        "2026-11-25T18:00+08:00",
    )


async def test_the_form_says_what_is_wrong_and_keeps_what_was_typed(world: World) -> None:
    await world.say("何老师", "/发布")
    await world.click("何老师", "预览", media=["QM-0001"], title="校庆通知", link="mp.weixin.qq.com")

    assert world.titles("何老师") == ["信息发布审批：请填写"]
    assert "· 链接“mp.weixin.qq.com”：链接要以 http:// 或 https:// 开头，中间没有空格" in world.last("何老师")
    assert typed(world, "何老师") == {"title": "校庆通知", "link": "mp.weixin.qq.com"}


def typed(world: World, who: str) -> dict[str, str]:
    """What stands in the inputs of the form somebody sees."""
    return {
        node["name"]: node["default_value"]
        for node in nodes(world.card(who, "预览").native)
        if node.get("tag") == "input" and node.get("default_value")
    }


def nodes(value: Any) -> list[Mapping[str, Any]]:
    if isinstance(value, Mapping):
        return [value, *(node for part in value.values() for node in nodes(part))]
    return [node for part in value for node in nodes(part)] if isinstance(value, list) else []


async def test_the_form_names_what_is_still_missing(world: World) -> None:
    await world.say("何老师", "/发布")
    await world.click("何老师", "预览", title="校庆通知", urgency="特急")

    assert "· 还缺：媒体、正文（或链接、附件）、紧急理由" in world.last("何老师")


async def test_an_empty_form_that_is_sent_is_told_what_it_needs(world: World) -> None:
    await world.say("何老师", "/发布")
    opened = world.last("何老师")
    await world.click("何老师", "预览")

    assert "还缺" not in opened
    assert "· 还缺：媒体、标题、正文（或链接、附件）" in world.last("何老师")


async def test_what_is_missing_stands_beside_what_is_wrong_but_not_what_a_later_card_asks(
    world: World,
) -> None:
    await world.say("何老师", "/发布")
    await world.click("何老师", "预览", link="mp.weixin.qq.com", source_kind="校外转载")

    said = [line for line in world.last("何老师").split("\n") if line.startswith("· ")]

    assert [line.split("：")[0] for line in said] == [
        "· 链接“mp.weixin.qq.com”",
        "· 还缺",
    ]
    assert said[-1] == "· 还缺：媒体、标题、转载来源"


async def test_the_form_marks_what_is_required_and_how_to_choose(world: World) -> None:
    await world.say("何老师", "/发布")

    shown = world.last("何老师").split("\n")

    assert [line for line in shown if line.endswith("）") and "（" in line and "文件" not in line][:5] == [
        "媒体（必填）",
        "标题（必填）",
        "标题是什么？（64 字以内）",
        "正文（必填，或给链接、附件）",
        "转载来源（转载必填）",
    ]
    assert shown[shown.index("媒体（必填）") + 1] == "可多选"


REPRINT = {"来源": "校外转载", "转载来源": "新华社"}


async def test_feishu_asks_the_rights_of_a_reprint_and_names_what_was_left_open(world: World) -> None:
    await world.say("何老师", post(**REPRINT))
    asked = world.last("何老师")
    await world.click("何老师", "下一步", copyright_image="已授权")

    assert world.titles("何老师") == ["发布：版权"]
    assert "请逐项选择，“文字版权”必选。" in asked
    assert "原创\n" not in asked.split("图片版权")[0].split("文字版权\n请选择")[0]
    assert "· 还没有选：文字版权" in world.last("何老师")

    await world.click("何老师", "下一步", copyright_text="已授权")

    assert world.titles("何老师") == ["请确认：学院更名"]


async def test_wecom_asks_the_rights_of_a_reprint_and_names_what_was_left_open(world: World) -> None:
    await world.say("李老师", post(**REPRINT))
    asked = world.last("李老师")
    await world.click("李老师", "下一步", copyright_image="已授权")

    assert world.titles("李老师") == ["发布：版权（1/2）"]
    assert "请逐项选择，“文字版权”必选。" in asked
    assert "还没有选：文字版权。" in world.last("李老师")

    await world.click("李老师", "下一步", copyright_text="已授权")

    assert world.titles("李老师") == ["发布：版权（2/2）"]
    assert "请选择要改的；不用改的可直接按“下一步”。" in world.last("李老师")


async def test_wecom_promises_no_files_that_it_does_not_deliver(world: World) -> None:
    await world.say("李老师", "/发布\n媒体：机电之声\n标题：校庆")

    assert "图片、视频可直接发；文件请给链接，或在飞书里发。" in world.last("李老师")


async def test_the_form_can_be_opened_again_from_the_preview(world: World) -> None:
    await world.say("何老师", post())
    await world.click("何老师", "修改")

    assert typed(world, "何老师") == {"title": "学院更名", "body": "经学校批准，机电学院今日更名。"}

    await world.click("何老师", "预览", media=["QM-0001"], title="学院更名公告", body="今日更名。")

    assert world.titles("何老师") == ["请确认：学院更名公告"]


async def test_a_form_given_up_cannot_be_sent_any_more(world: World) -> None:
    await world.say("何老师", "/发布")
    toast = await world.click("何老师", "放弃")

    assert toast == "已放弃，没有提交任何内容。24 小时内发“恢复”可以取回。"
    assert [title(shown) for shown in world.screen("何老师") if not shown.mine] == ["草稿已放弃"]


async def test_choices_can_be_changed_after_the_preview(world: World) -> None:
    await world.say("李老师", post())
    await world.click("李老师", "修改")
    await world.click("李老师", "涉及内容")
    await world.click("李老师", "下一步", involves=["突发事件"])
    await world.click("李老师", "版权")
    await world.click("李老师", "下一步", copyright_text="已授权")
    await world.click("李老师", "下一步", copyright_music="免费可商用")
    await world.click("李老师", "确认提交")

    form = (await request()).form

    assert (form["involves"], form["copyright"]["text"], form["copyright"]["music"]) == (
        ["突发事件"],
        "已授权",
        "免费可商用",
    )
