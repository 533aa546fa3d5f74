"""An answer to a question is taken whole; what is wrong is asked again at once, and put right by a word."""

import pytest

from tests.dialogues.filings import FILING
from tests.dialogues.posts import post, request
from tests.dialogues.test_files import PICTURE, upload
from tests.world import World, buttons

BOTH = pytest.mark.parametrize("who", ["李老师", "何老师"])
"""An author in WeCom and one in Feishu."""

BEGUN = "/发布\n媒体：机电之声\n标题：校庆讲座"
NOTICE = "时间：周五下午\n来源：新华社\n联系人：何老师\n保密：人人有责"


@BOTH
async def test_lines_of_a_text_that_look_like_fields_stay_in_it(world: World, who: str) -> None:
    await world.say(who, BEGUN)
    await world.say(who, NOTICE)
    await world.click(who, "确认提交")
    form = (await request()).form

    assert (form["body"], form["source_kind"]) == (NOTICE, "原创")


async def test_a_text_may_begin_with_the_name_of_what_was_asked(world: World) -> None:
    await world.say("李老师", BEGUN)
    await world.say("李老师", f"正文：{NOTICE}")
    await world.click("李老师", "确认提交")

    assert (await request()).form["body"] == NOTICE


async def test_a_plain_yes_to_secrecy_stops_also_in_a_text(world: World) -> None:
    await world.say("李老师", BEGUN)
    await world.say("李老师", "校庆讲座\n是否涉密：是")

    assert world.titles("李老师")[-1] == "已停止：内容可能涉密"


@BOTH
async def test_a_picture_joins_the_text_that_is_still_asked_for(world: World, who: str) -> None:
    await world.say(who, BEGUN)
    await upload(world, who, "海报.jpg", PICTURE, "image")

    assert world.titles(who)[-1] == "发布：正文"
    assert "已收到 1 个附件。请接着发正文或链接" in world.last(who)

    await world.say(who, "校庆讲座定于周五。")
    await world.click(who, "确认提交")
    form = (await request()).form

    assert (form["body"], len(form["files"])) == ("校庆讲座定于周五。", 1)


@BOTH
async def test_that_there_is_no_text_is_said_by_button_or_in_words(world: World, who: str) -> None:
    await world.say(who, BEGUN)
    await upload(world, who, "海报.jpg", PICTURE, "image")
    await (world.click(who, "没有正文") if who == "何老师" else world.say(who, "没有正文。"))

    assert world.titles(who)[-1] == "请确认：校庆讲座"


async def test_without_text_and_file_there_is_nothing_to_publish(world: World) -> None:
    await world.say("李老师", BEGUN)
    await world.say("李老师", "没有正文")

    assert world.titles("李老师")[-1] == "发布：正文"
    assert "· 正文、链接、附件至少要有一样" in world.last("李老师")


async def test_a_wrong_answer_of_several_is_asked_again_with_what_was_understood(world: World) -> None:
    await world.say("李老师", "/备案")
    for answer in list(FILING.values())[:3]:
        await world.say("李老师", answer)
    await world.say("李老师", "张三、赵四")

    assert "已认出" not in world.last("李老师")

    await world.say("李老师", "李老师、张三")

    assert world.titles("李老师")[-1] == "备案：管理员"
    assert "· 管理员“张三”：没有在职的“张三”" in world.last("李老师")
    assert "· 已认出：李老师。请把管理员重新写全" in world.last("李老师")

    await world.say("李老师", "李老师、何老师")

    assert world.titles("李老师")[-1] == "备案：定位"

    await world.say("李老师", "发新闻")

    assert world.titles("李老师")[-1] == "备案：定位"


@BOTH
@pytest.mark.parametrize(
    ("field", "wrong", "right"),
    [("媒体", "机电之光", "机电之声"), ("链接", "mp.weixin.qq.com/s/1", "https://mp.weixin.qq.com/s/1")],
)
async def test_one_wrong_field_is_put_right_by_its_value_alone(
    world: World, who: str, field: str, wrong: str, right: str
) -> None:
    await world.say(who, post(**{field: wrong}))
    await world.say(who, right)

    assert world.titles(who)[-1] == "请确认：学院更名"


@BOTH
@pytest.mark.parametrize(
    ("field", "wrong", "offered", "meant"),
    [
        ("媒体", "机电之光、机电学院网站", "机电之声", ["QM-0001", "QM-0002"]),
        ("紧急", "紧急程度：普通", "普通", "普通"),
    ],
)
async def test_what_may_have_been_meant_is_a_button(
    world: World, who: str, field: str, wrong: str, offered: str, meant: object
) -> None:
    await world.say(who, post(**{field: wrong}))
    await world.click(who, offered)
    await world.click(who, "确认提交")

    assert (await request()).form["media" if field == "媒体" else "urgency"] == meant


async def test_several_wrong_fields_are_written_with_their_names(world: World) -> None:
    await world.say("李老师", post(媒体="机电之光", 紧急="紧急程度：普通"))

    assert "只需重发下面这几项（“字段：值”）" in world.last("李老师")
    assert buttons(world.card("李老师")) == ["机电之声", "机电学院网站", "普通", "紧急"]

    await world.say("李老师", "机电之声")

    assert world.titles("李老师")[-1] == "没看懂"
